"""Tests wait longer for an office than people do: a slow machine never decides a test."""

import pytest

from app.api.client import patience

PEOPLES = {name: value for name, value in vars(patience).items() if name.endswith("_S")}
TESTS_S = 60.0


def wait_longer() -> None:
    """From now on a call that a person would give up is waited for."""
    for name in PEOPLES:
        setattr(patience, name, TESTS_S)


@pytest.fixture
def as_people_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what comes when an office hangs."""
    for name, value in PEOPLES.items():
        monkeypatch.setattr(patience, name, value)

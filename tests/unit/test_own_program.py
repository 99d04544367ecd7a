"""A fresh Tirai is started by the words that fit how this one was installed."""

import sys

import pytest

from app.own_program import own_program


def test_that_a_checkout_starts_the_package_and_a_bundle_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_program() == [sys.executable, "-I", "-m", "app"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/lib/tirai/tirai")
    assert own_program() == ["/usr/lib/tirai/tirai"]

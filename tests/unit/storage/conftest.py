"""Private places and a private keyring for the storage tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.places import Places
from tests.keyring_session import missing_programs, private_keyring


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Three private roots below the test's own folder."""
    return Places(home=tmp_path / "home", cache_root=tmp_path / "cache", runtime=tmp_path / "run" / "1").prepare()


@pytest.fixture
def open_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process's environment points to an unlocked private keyring meanwhile."""
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} here")
    with private_keyring(tmp_path) as environment:
        for name in set(os.environ) - set(environment):
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield

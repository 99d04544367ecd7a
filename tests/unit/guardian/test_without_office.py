"""While two kit holders work on an office's file, no office runs and none can start."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.errors import WorkstationError
from app.guardian.office_start import ensure_office, without_office


@dataclass(frozen=True)
class Here:
    """Home and runtime folder."""

    home: Path

    def socket(self, name: str) -> Path:
        return self.home / f"{name}.sock"


@pytest.fixture
def here(tmp_path: Path) -> Here:
    return Here(tmp_path)


@contextlib.contextmanager
def listening(path: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        yield


def test_that_no_office_starts_in_the_block_and_one_may_afterwards(here: Here) -> None:
    with without_office(here), pytest.raises(WorkstationError):
        ensure_office(here, lambda: 0, timeout_s=0.1)
    with without_office(here):
        pass


def test_that_a_running_office_is_waited_for_and_named_if_it_stays(here: Here) -> None:
    told: list[str] = []
    with (
        without_office(here),
        pytest.raises(WorkstationError, match="Sign out everywhere"),
        without_office(here, lambda: told.append("waits"), timeout_s=0.1),
    ):
        pass
    assert told == ["waits"]


def test_that_an_office_whose_home_was_moved_away_is_waited_for_too(here: Here) -> None:
    with (
        listening(here.socket("office")),
        pytest.raises(WorkstationError, match="Sign out everywhere"),
        without_office(here, timeout_s=0.1),
    ):
        pass
    with without_office(here):
        pass

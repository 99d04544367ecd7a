"""`tirai wipe --everything`: nothing of a person stays, and nothing goes while they work or have not agreed."""

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.program import Program
from app.domain.errors import InputRefusedError, WorkstationError
from app.guardian.office_start import SOCKET_NAME
from app.storage.keyring_errors import KeyringAbsentError
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from app.storage.wiping import hold_session_lock
from app.terminal import leaving_nothing
from app.terminal.leaving_nothing import leave_nothing


class Shelf:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, text: str) -> None:
        self.kept[name] = text

    def delete(self, name: str) -> bool:
        return self.kept.pop(name, None) is not None

    def names(self) -> list[str]:
        return list(self.kept)

    @contextlib.contextmanager
    def only_maker(self) -> Iterator[None]:
        yield


@pytest.fixture
def lasting(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A keyring with this person's half and what was seen of an office."""
    shelf = Shelf()
    store = KeyStore(Shelf(), shelf)
    store.seat_half()
    store.put_witness("aa" * 16, "seen")
    monkeypatch.setattr(leaving_nothing, "open_key_store", lambda: store)
    return shelf


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A home with an office's file, a link that leads out, and what a dead session left."""
    places = Places(tmp_path / "data/tirai", tmp_path / "cache/tirai", tmp_path / "run/tirai/x").prepare()
    (places.home / "office.db").write_bytes(b"customers")
    (places.home / "out").symlink_to(tmp_path / "theirs")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/kept").write_text("kept")
    (places.cache_root / "5e55").mkdir(mode=0o700)
    (places.cache_root / "5e55/cache.db").write_bytes(b"left")
    return Program(places)


def test_that_nothing_is_left(program: Program, lasting: Shelf, tmp_path: Path) -> None:
    assert leave_nothing(program, sure=True) == 0
    assert lasting.kept == {}
    for folder in (program.places.home, program.places.cache_root, program.places.runtime):
        assert not folder.exists()
    assert (tmp_path / "theirs/kept").read_text() == "kept"


@pytest.mark.parametrize(("typed", "goes"), [("destroy", True), ("yes", False), ("", False)])
def test_that_it_asks_for_the_word(
    program: Program, lasting: Shelf, monkeypatch: pytest.MonkeyPatch, typed: str, goes: bool
) -> None:
    monkeypatch.setattr(leaving_nothing, "ask", lambda _question: typed)
    if goes:
        assert leave_nothing(program, sure=False) == 0
    else:
        with pytest.raises(InputRefusedError, match="Nothing was destroyed"):
            leave_nothing(program, sure=False)
    assert (program.places.home / "office.db").exists() is not goes
    assert bool(lasting.kept) is not goes


def test_that_a_session_at_work_stops_it(program: Program, lasting: Shelf) -> None:
    folder = program.places.cache_root / "a11fe"
    folder.mkdir(mode=0o700)
    lock = hold_session_lock(folder)
    try:
        with pytest.raises(WorkstationError, match="still signed in"):
            leave_nothing(program, sure=True)
    finally:
        os.close(lock)
    assert (program.places.home / "office.db").exists()
    assert lasting.kept


def test_that_an_office_at_work_stops_it(program: Program, lasting: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.guardian.office_start.without_office.__wrapped__.__defaults__", ((lambda: None), 0.0))
    with socket.socket(socket.AF_UNIX) as office:
        office.bind(str(program.places.socket(SOCKET_NAME)))
        office.listen()
        with pytest.raises(WorkstationError, match="still signed in"):
            leave_nothing(program, sure=True)
    assert (program.places.home / "office.db").exists()
    assert lasting.kept


def test_that_without_a_keyring_nothing_is_begun(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> KeyStore:
        raise KeyringAbsentError("It is locked.")

    monkeypatch.setattr(leaving_nothing, "open_key_store", absent)
    with pytest.raises(KeyringAbsentError):
        leave_nothing(program, sure=True)
    assert (program.places.home / "office.db").exists()
    assert (program.places.cache_root / "5e55").exists()


def test_that_what_resists_is_said_and_its_key_is_gone(
    program: Program, lasting: Shelf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(leaving_nothing, "remove_folder", lambda _folder: ["It stays: Read-only file system."])
    assert leave_nothing(program, sure=True) == 5
    assert lasting.kept == {}
    assert "Read-only file system" in capsys.readouterr().err

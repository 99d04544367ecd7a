"""Removing by path, as Windows needs it: a session's folder, with what resists and what must not be followed."""

from pathlib import Path

import pytest

from app.storage import wiping
from app.storage.removing import empty_by_path
from app.storage.wiping import CACHE_NAME, LOCK_NAME
from tests.unit.guardian.fake_windows import FakeNames


class Tally:
    def __init__(self) -> None:
        self.bytes: list[int] = []
        self.failures: list[tuple[str, str]] = []

    def removed(self, size_bytes: int) -> None:
        self.bytes.append(size_bytes)

    def failed(self, name: str, error: OSError) -> None:
        self.failures.append((name, type(error).__name__))


def emptied(folder: Path) -> Tally:
    tally = Tally()
    empty_by_path(folder, lambda name: (name == LOCK_NAME, name), tally.removed, tally.failed)
    return tally


def test_that_all_goes_and_a_link_is_not_followed(tmp_path: Path) -> None:
    other, folder = tmp_path / "other", tmp_path / "session"
    (folder / "below" / "deeper").mkdir(parents=True)
    other.mkdir()
    (other / "kept").write_text("kept")
    (folder / "link").symlink_to(other)
    (folder / CACHE_NAME).write_bytes(b"12345")
    (folder / LOCK_NAME).touch(mode=0o400)
    (folder / "below" / "deeper" / "file").write_bytes(b"1")
    tally = emptied(folder)
    assert not list(folder.iterdir())
    assert (other / "kept").read_text() == "kept"
    assert (len(tally.bytes), sum(tally.bytes), tally.failures) == (6, 6, [])


def test_that_one_which_stays_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).touch()
    unlink = Path.unlink

    def is_open(path: Path, missing_ok: bool = False) -> None:
        if path.name == "b":
            raise PermissionError(13, "it is open in another program")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", is_open)
    tally = emptied(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert tally.failures == [("b", "PermissionError")]


def test_that_a_wipe_goes_by_path_where_no_folder_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.storage.places import Places

    places = Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare()
    folder = places.session_folder("5e55")
    folder.mkdir(mode=0o700)
    (folder / CACHE_NAME).write_bytes(b"left")
    names = FakeNames()
    monkeypatch.setattr(wiping, "HAS_FOLDERS", False)
    monkeypatch.setattr(wiping, "names_of_this_system", lambda: names)
    monkeypatch.setattr(wiping, "let_go", names.close)
    held = wiping.hold_session_lock(folder)
    assert wiping.sweep(places, None) == [], "somebody holds it"
    names.close(held)
    report = wiping.sweep(places, None)[0]
    assert names.held == {}
    assert not folder.exists()
    assert [(step.name, str(step.outcome), step.count) for step in report.steps][1] == ("cache", "removed", 2)

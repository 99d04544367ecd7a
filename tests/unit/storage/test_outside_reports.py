"""The folder of reports that wait: room, what lies there that is none, and names that no killed process leaves."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.outside_reports import MOST_KEPT, MOST_SET_ASIDE, PAUSE_S, OutsideFolder, ReportNotKeptError

OFFICE, OTHER = b"\1" * 32, b"\2" * 32


class Clock:
    def __init__(self) -> None:
        self.now = 1_795_921_200.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> OutsideFolder:
    made = OutsideFolder(tmp_path, clock)
    made.keep_office(OFFICE, b"key")
    return made


def put(folder: OutsideFolder, number: int, clock: Clock, office: bytes = OFFICE) -> str:
    """Keep a report, made at the clock's time."""
    key = f"{number:032x}"
    folder.put(key, office, b"sealed %d" % number)
    os.utime(folder.path / key, (clock.now, clock.now))
    return key


def code_of(folder: OutsideFolder) -> str:
    try:
        folder.check_room()
    except ReportNotKeptError as refused:
        return refused.code
    return "ok"


def test_that_nothing_is_kept_or_made_before_it_is_known_for_whom(tmp_path: Path, clock: Clock) -> None:
    fresh = OutsideFolder(tmp_path, clock)
    assert (fresh.office(), code_of(fresh), fresh.waiting()) == (None, "reports_no_office", 0)
    with pytest.raises(ReportNotKeptError):
        fresh.put("0" * 32, OFFICE, b"sealed")
    assert list(tmp_path.iterdir()) == []
    OutsideFolder(tmp_path / "no home", clock).keep_office(OFFICE, b"key")
    assert list(tmp_path.iterdir()) == []


def test_that_a_report_lies_there_once_and_for_its_owner_alone(folder: OutsideFolder, clock: Clock) -> None:
    key = put(folder, 1, clock)
    folder.put(key, OFFICE, b"other words")
    assert folder.lying(OFFICE).reports == {key: b"sealed 1"}
    assert folder.lying(OTHER).reports == {}
    assert folder.lying(OTHER).foreign == ()
    assert (folder.path / key).stat().st_mode & 0o777 == 0o600
    folder.forget(key)
    folder.forget(key)
    assert folder.waiting() == 0


def test_that_there_is_a_pause_and_a_most_and_another_offices_reports_take_no_room(
    folder: OutsideFolder, clock: Clock
) -> None:
    for number in range(MOST_KEPT):
        assert code_of(folder) == "ok"
        put(folder, number, clock)
        assert code_of(folder) in {"reports_too_soon", "reports_full"}
        clock.now += PAUSE_S
    assert code_of(folder) == "reports_full"
    with pytest.raises(ReportNotKeptError):
        put(folder, 99, clock)
    assert folder.waiting() == MOST_KEPT
    folder.keep_office(OTHER, b"key")
    assert code_of(folder) == "ok"


def test_that_a_clock_that_was_set_back_shuts_nobody_out(folder: OutsideFolder, clock: Clock) -> None:
    put(folder, 1, clock)
    clock.now -= 86_400
    assert code_of(folder) == "ok"


def test_that_what_no_program_of_ours_wrote_is_named_set_aside_and_not_named_again(
    folder: OutsideFolder, clock: Clock, tmp_path: Path
) -> None:
    good = put(folder, 1, clock)
    (tmp_path / "elsewhere").write_bytes((folder.path / good).read_bytes())
    strange: dict[str, Callable[[Path], object]] = {
        "a" * 32: lambda path: path.write_bytes(b"no head"),
        "b" * 32: lambda path: path.symlink_to(tmp_path / "elsewhere"),
        "c" * 32: lambda path: path.write_bytes((folder.path / good).read_bytes() + bytes(16 * 1024)),
        "d" * 32: lambda path: path.hardlink_to(tmp_path / "elsewhere"),
        "e" * 32: lambda path: path.mkdir(),
        "notes.txt": lambda path: path.write_text("x"),
    }
    for name, make in strange.items():
        make(folder.path / name)
    lying = folder.lying(OFFICE)
    assert list(lying.reports) == [good]
    assert set(lying.foreign) == set(strange)
    for name in lying.foreign:
        folder.set_aside(name)
    assert folder.lying(OFFICE).foreign == ()
    assert (tmp_path / "elsewhere").exists()
    assert sum(path.suffix == ".refused" for path in folder.path.iterdir()) == len(strange)


def test_that_strange_files_do_not_pile_up(folder: OutsideFolder) -> None:
    for number in range(MOST_SET_ASIDE + 20):
        (folder.path / f"strange{number}").write_bytes(b"x")
    for name in folder.lying(OFFICE).foreign:
        folder.set_aside(name)
    assert sum(path.suffix == ".refused" for path in folder.path.iterdir()) == MOST_SET_ASIDE


def test_that_what_a_killed_process_was_writing_goes_later_and_is_told_to_nobody(
    folder: OutsideFolder, clock: Clock
) -> None:
    half = folder.path / f".{'f' * 32}.01234567"
    half.write_bytes(b"half")
    os.utime(half, (clock.now, clock.now))
    assert folder.lying(OFFICE).foreign == ()
    assert half.exists(), "its process may be at it"
    clock.now += 61
    assert folder.lying(OFFICE).foreign == ()
    assert not half.exists()


def test_that_a_disk_that_takes_nothing_is_told(
    folder: OutsideFolder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReportNotKeptError) as told:
        put(folder, 1, clock)
    assert told.value.code == "reports_disk"
    assert sorted(path.name for path in folder.path.iterdir()) == ["office"]

"""Notes for the log wait in a small file, come once, and take nothing from whoever else wrote into it."""

import json
import os
import stat
from pathlib import Path

import pytest

from app.storage.log_notes import MOST_NOTES, NOTES_FILE, LogNote, leave_note, note_wipe, waiting_notes
from app.storage.wiping import WipeOutcome, WipeReport, WipeStep


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "office.json").write_text("{}")
    return tmp_path


def taken(home: Path) -> list[LogNote]:
    with waiting_notes(home) as notes:
        return list(notes)


def test_that_a_note_comes_once_and_the_file_is_the_owners_alone(home: Path) -> None:
    assert leave_note(home, "start.refused", "refused", "foreign_code", "LD_PRELOAD")
    assert stat.S_IMODE((home / NOTES_FILE).stat().st_mode) == 0o600
    (note,) = taken(home)
    assert (note.event, note.outcome, note.reason, note.detail, note.session) == (
        ("start.refused", "refused", "foreign_code", "LD_PRELOAD", "")
    )  # fmt: skip
    assert taken(home) == []


def test_that_a_note_stays_when_its_entry_could_not_be_written(home: Path) -> None:
    leave_note(home, "wipe", "ok", "sweep")
    with pytest.raises(OSError, match="disk"), waiting_notes(home):
        raise OSError("disk")
    assert len(taken(home)) == 1


def test_that_a_wipe_is_noted_with_what_stayed(home: Path) -> None:
    steps = (
        WipeStep("keyring", WipeOutcome.REMOVED, "", 1.0, 1),
        WipeStep("cache", WipeOutcome.FAILED, "the session folder: S3NT in a name", 1.0, 0),
    )
    note_wipe(home, WipeReport("ab12", steps), "sweep")
    (note,) = taken(home)
    assert (note.event, note.outcome, note.detail, note.session) == (
        ("wipe.incomplete", "failed", "keyring=removed cache=failed", "ab12")
    )  # fmt: skip


def test_that_without_an_office_nothing_is_made(tmp_path: Path) -> None:
    assert not leave_note(tmp_path, "wipe", "ok", "sweep")
    assert not leave_note(tmp_path / "nowhere", "wipe", "ok", "sweep")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[]",
        b"[" * 100_000,
        json.dumps({"at_ms": 1, "event": "sign_in", "outcome": "ok", "reason": ""}).encode(),
        json.dumps({"at_ms": 1, "event": "wipe", "outcome": "ok", "reason": "a\x1b[2J"}).encode(),
        json.dumps({"at_ms": True, "event": "wipe", "outcome": "ok", "reason": ""}).encode(),
        json.dumps({"at_ms": 2**60, "event": "wipe", "outcome": "ok", "reason": ""}).encode(),
        json.dumps({"at_ms": 1, "event": "wipe", "outcome": "ok", "reason": "", "actor": "hendra"}).encode(),
        json.dumps({"at_ms": 1, "event": "wipe", "outcome": "ok", "reason": "x" * 201}).encode(),
    ],
)
def test_that_a_line_of_another_making_is_dropped_and_stops_nothing(home: Path, line: bytes) -> None:
    (home / NOTES_FILE).write_bytes(line[:60_000] + b"\n")
    (home / NOTES_FILE).chmod(0o600)
    leave_note(home, "wipe", "ok", "sweep")
    assert [note.event for note in taken(home)] == ["wipe"]
    assert (home / NOTES_FILE).stat().st_size == 0


def test_that_half_a_line_that_a_full_disk_left_costs_no_other_note(home: Path) -> None:
    leave_note(home, "wipe", "ok", "sweep")
    with (home / NOTES_FILE).open("ab") as file:
        file.write(b'{"at_ms": 1, "eve')
    leave_note(home, "start.refused", "refused", "keyring")
    assert [note.event for note in taken(home)] == ["wipe", "start.refused"]


def test_that_a_flood_keeps_the_first_ones(home: Path) -> None:
    for n in range(MOST_NOTES + 20):
        leave_note(home, "wipe", "ok", "sweep", session=f"{n:04x}")
    notes = taken(home)
    assert (len(notes), notes[0].session) == (MOST_NOTES, "0000")


@pytest.mark.parametrize("how", ["link", "second name", "pipe"])
def test_that_a_link_or_no_plain_file_is_neither_read_nor_written(home: Path, tmp_path: Path, how: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("stays")
    match how:
        case "link":
            (home / NOTES_FILE).symlink_to(victim)
        case "second name":
            os.link(victim, home / NOTES_FILE)
        case _:
            os.mkfifo(home / NOTES_FILE)
    assert not leave_note(home, "wipe", "ok", "sweep")
    assert taken(home) == []
    assert victim.read_text() == "stays"

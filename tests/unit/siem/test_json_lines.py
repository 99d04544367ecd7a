"""The log as lines in a file: whole ones alone, each once, gone on with where it ended."""

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.auth.audit_chain import first_hash
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from app.siem.export_place import ExportPlace, read_place, write_place
from app.siem.exporting import export
from app.siem.json_lines import LinesFile, LinesStream, entry_of, line_of
from tests.office.made_log import OFFICE, made_log

START = ExportPlace(0, first_hash(OFFICE))
LOG = made_log(60)


def exported(path: Path, length: int) -> None:
    lines = LinesFile(path, OFFICE)
    place = lines.place or START
    export(OFFICE, [LOG[place.number : length]], place, lines)
    lines.close()


def test_that_a_line_holds_the_entry_again() -> None:
    for entry in LOG:
        line = line_of(OFFICE, entry)
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        assert line.isascii()
        assert entry_of(line, OFFICE) == entry


def test_that_a_file_is_gone_on_with_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for length in (0, 1, 1, 20, 60):
        exported(path, length)
    assert [json.loads(line)["number"] for line in path.read_bytes().splitlines()] == list(range(1, 61))
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", range(1, 400, 23))
def test_that_half_a_line_is_cut_off_and_written_whole(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "log.jsonl"
    exported(path, 30)
    whole = path.read_bytes()
    os.truncate(path, len(whole) - cut)
    exported(path, 30)
    assert path.read_bytes() == whole


def test_that_half_a_first_line_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(line_of(OFFICE, LOG[0])[:50])
    exported(path, 3)
    assert len(path.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("content", [b"hello\n", b"\n", b"{}\n", b"[1]\n", b"something without an end", b"\x00" * 9])
def test_that_another_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(InputRefusedError):
        LinesFile(path, OFFICE)
    assert path.read_bytes() == content


def test_that_another_offices_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other"
    path.write_bytes(line_of(bytes(32), LOG[0]))
    with pytest.raises(InputRefusedError, match="another office"):
        LinesFile(path, OFFICE)


def test_that_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(WorkstationError):
        LinesFile(tmp_path / "link", OFFICE)


def test_that_lines_go_to_a_stream() -> None:
    stream = io.BytesIO()
    export(OFFICE, [LOG[:5], LOG[5:9]], START, LinesStream(stream, OFFICE))
    assert len(stream.getvalue().splitlines()) == 9


# the chain while it goes out


@pytest.mark.parametrize("at", [0, 7, 24, 49])
def test_that_a_log_that_was_rewritten_is_not_handed_on_from_there(at: int) -> None:
    stream = io.BytesIO()
    seen: list[ExportPlace] = []
    log = [*LOG[:at], replace(LOG[at], actor="budi"), *LOG[at + 1 :]]
    groups = [log[i : i + 10] for i in range(0, 60, 10)]
    with pytest.raises(VerificationError, match=f"Entry {at + 1} does not follow"):
        export(OFFICE, groups, START, LinesStream(stream, OFFICE), seen.append)
    assert len(stream.getvalue().splitlines()) == at
    assert (seen[-1].number if seen else 0) == at


def test_that_an_entry_left_out_stops_the_export() -> None:
    with pytest.raises(VerificationError, match="Entry 5 does not follow"):
        export(OFFICE, [LOG[:4] + LOG[5:]], START, LinesStream(io.BytesIO(), OFFICE))


def test_that_another_log_than_the_one_before_stops_at_its_first_entry() -> None:
    place = ExportPlace(10, LOG[9].hash)
    other = made_log(60, bytes(32))
    with pytest.raises(VerificationError, match="Entry 11 does not follow"):
        export(OFFICE, [other[10:]], place, LinesStream(io.BytesIO(), OFFICE))


# the place


def test_that_a_place_is_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "state"
    assert read_place(path, OFFICE) is None
    for number in (1, 2**40):
        write_place(path, OFFICE, ExportPlace(number, bytes(32)))
        assert read_place(path, OFFICE) == ExportPlace(number, bytes(32))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["state"]


@pytest.mark.parametrize("content", ["", "{", "[]", "3", '{"format": 2}', '{"format": 1, "office": "zz"}'])
def test_that_no_state_file_is_taken_for_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "state"
    path.write_text(content)
    with pytest.raises(InputRefusedError):
        read_place(path, OFFICE)


def test_that_another_offices_place_is_refused(tmp_path: Path) -> None:
    write_place(tmp_path / "state", bytes(32), ExportPlace(1, bytes(32)))
    with pytest.raises(InputRefusedError, match="another office"):
        read_place(tmp_path / "state", OFFICE)

"""`tirai crashes`: which reports lie in a home, with place and count; a stray file is not one."""

import json
from pathlib import Path

import pytest

from app.storage.crash_reports import FOLDER, CrashReports, kept_crashes
from app.terminal.crashes import list_crashes


def crash(home: Path, times: int = 1, process: str = "console") -> str:
    number = ""
    for _ in range(times):
        try:
            raise ValueError("S3NT-value")  # noqa: TRY301
        except ValueError as error:
            number = CrashReports(home, process).keep(error).number
    return number


def test_that_reports_are_listed_with_place_and_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = crash(tmp_path, 1_200)
    other = crash(tmp_path, process="office")
    assert list_crashes(tmp_path, as_json=False) == 0
    said = capsys.readouterr().out
    assert f"{number}  " in said
    assert "1,200 times" in said
    assert "office: ValueError, once" in said
    assert str(tmp_path / FOLDER / f"crash-{other}.txt") in said
    assert "S3NT" not in said


def test_that_a_program_can_read_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = crash(tmp_path)
    assert list_crashes(tmp_path, as_json=True) == 0
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert (report["number"], report["kind"], report["count"]) == (number, "ValueError", 1)


def test_that_an_empty_home_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list_crashes(tmp_path / "nowhere", as_json=False) == 0
    assert "No fault" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 600, b"Tirai crash report ZZZZZZ\n"])
def test_that_a_stray_file_is_no_report_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    number = crash(tmp_path)
    path = tmp_path / FOLDER / f"crash-{number}.txt"
    path.write_bytes(content)
    assert kept_crashes(tmp_path) == ()
    assert crash(tmp_path) == number
    assert [c.count for c in kept_crashes(tmp_path)] == [1]


def test_that_a_link_in_a_report_s_place_is_not_followed(tmp_path: Path) -> None:
    number = crash(tmp_path)
    path, target = tmp_path / FOLDER / f"crash-{number}.txt", tmp_path / "elsewhere"
    path.unlink()
    target.write_text("somebody's")
    path.symlink_to(target)
    assert crash(tmp_path) == number
    assert target.read_text() == "somebody's"
    assert kept_crashes(tmp_path) == ()


def test_that_a_home_that_takes_no_report_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    kept = CrashReports(tmp_path, "console").keep(ValueError())
    assert kept.path is None
    assert len(kept.number) == 6

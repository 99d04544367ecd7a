"""The log for IT: whole lines, bounded, at its level, from many processes at once, and never in anybody's way."""

import os
import re
from multiprocessing import get_context
from pathlib import Path

import pytest

from app.storage import text_log
from app.storage.file_locks import lock
from app.storage.text_log import KEPT, LogLevel, TextLog

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING|ERROR) \w+\[\d+\]: .*")


def lines(home: Path) -> list[str]:
    return (home / "log/tirai.log").read_text("utf-8").splitlines()


def test_that_a_line_says_when_how_grave_and_who(tmp_path: Path) -> None:
    TextLog(tmp_path, "console").write(LogLevel.WARNING, "the gateway was gone for 12 s")
    (line,) = lines(tmp_path)
    assert LINE.fullmatch(line)
    assert line.endswith(f"WARNING console[{os.getpid()}]: the gateway was gone for 12 s")


def test_that_the_level_decides(tmp_path: Path) -> None:
    log = TextLog(tmp_path, "console", LogLevel.WARNING)
    log.write(LogLevel.INFO, "no")
    assert not (tmp_path / "log").exists()
    TextLog(tmp_path, "console", LogLevel.INFO).write(LogLevel.INFO, "yes")
    assert len(lines(tmp_path)) == 1


@pytest.mark.parametrize(
    "words", ["a\nb", "\x1b[31mred", "a\r\n2026-11-28T00:00:00Z ERROR console[1]: forged", "\u2028"]
)
def test_that_words_make_no_second_line_and_no_colour(tmp_path: Path, words: str) -> None:
    TextLog(tmp_path, "console").write(LogLevel.ERROR, words)
    (line,) = (tmp_path / "log/tirai.log").read_bytes().decode().split("\n")[:-1]
    assert "\x1b" not in line
    assert line.isprintable()


def test_that_a_long_line_is_cut(tmp_path: Path) -> None:
    TextLog(tmp_path, "console").write(LogLevel.ERROR, "x" * 10_000)
    assert len(lines(tmp_path)[0]) <= text_log.LONGEST_LINE


def test_that_the_log_begins_anew_and_keeps_a_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_log, "LARGEST_BYTES", 2_000)
    log = TextLog(tmp_path, "console")
    for n in range(500):
        log.write(LogLevel.ERROR, f"line {n}")
    files = sorted(p.name for p in (tmp_path / "log").glob("tirai.log*"))
    assert files == ["tirai.log", *(f"tirai.log.{n}" for n in range(1, KEPT + 1))]
    assert lines(tmp_path)[-1].endswith("line 499")
    told = [int(t.rpartition(" ")[2]) for f in reversed(files) for t in (tmp_path / "log" / f).read_text().splitlines()]
    assert told == list(range(told[0], 500)), "nothing between the oldest and the newest is missing"
    assert all((tmp_path / "log" / f).stat().st_size < 2_200 for f in files)


def _write(home: str, who: int) -> None:
    log = TextLog(Path(home), f"p{who}")
    for n in range(200):
        log.write(LogLevel.ERROR, f"{who} {n}")


def test_that_processes_write_whole_lines_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_log, "LARGEST_BYTES", 20_000)
    many = [get_context("fork").Process(target=_write, args=(str(tmp_path), who)) for who in range(4)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    files = (tmp_path / "log").glob("tirai.log*")
    found = [line for file in files for line in file.read_text("utf-8").splitlines()]
    assert all(LINE.fullmatch(line) for line in found)
    assert len(found) == 800 == len({line.partition(": ")[2] for line in found})


def test_that_files_are_the_owners_alone_and_links_are_not_followed(tmp_path: Path) -> None:
    log = TextLog(tmp_path, "console")
    log.write(LogLevel.ERROR, "a")
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o700
    assert log.path.stat().st_mode & 0o777 == 0o600
    log.path.unlink()
    other = tmp_path / "other"
    other.write_text("kept")
    log.path.symlink_to(other)
    log.write(LogLevel.ERROR, "b")
    assert other.read_text() == "kept"


def test_that_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way")
    TextLog(tmp_path, "console").write(LogLevel.ERROR, "a")
    assert (tmp_path / "log").read_text() == "in the way"


def test_that_a_lock_that_somebody_keeps_loses_no_line(tmp_path: Path) -> None:
    log = TextLog(tmp_path, "console")
    log.write(LogLevel.ERROR, "a")
    held = os.open(tmp_path / "log/.lock", os.O_RDWR)
    lock(held)
    log.write(LogLevel.ERROR, "b")
    os.close(held)
    assert len(lines(tmp_path)) == 2

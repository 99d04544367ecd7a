"""One office per home, whoever starts it and however many do."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.guardian import office_start
from tests.e2e.stage_play import PATIENCE_S, Play, is_gone, on_stage, until


@pytest.fixture
def play() -> Iterator[Play]:
    with on_stage() as it:
        yield it


def stop_office(play: Play) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(play.root / "run" / "office.sock"))
        line.sendall(b"stop")
    until(lambda: is_gone(play.events("office")[-1]["pid"]))


def test_that_ten_starters_at_once_make_one_office(play: Play) -> None:
    starters = [play.start("office_slow", "--only-office") for _ in range(10)]
    assert [s.wait(PATIENCE_S) for s in starters] == [0] * 10
    assert len(play.events("office_begins")) == 1


def test_that_the_office_is_nobodys_child_and_inherits_its_lock_alone(play: Play) -> None:
    starter = play.start("none", "--only-office")
    starter.wait(PATIENCE_S)
    office = play.wait("office")
    assert office["ppid"] != starter.pid
    assert office["sid"] not in (starter.pid, os.getsid(0))
    names = [name for name in office["fds"] if not name.startswith("/proc/")]
    assert names == ["/dev/null"] * 3 + [str(play.root / "home" / "office.lock"), "pipe", "socket"]


def test_that_an_office_that_left_or_was_killed_is_started_again(play: Play) -> None:
    play.start("none", "--only-office").wait(PATIENCE_S)
    stop_office(play)
    play.start("none", "--only-office").wait(PATIENCE_S)
    os.kill(play.wait("office", 2)["pid"], signal.SIGKILL)
    assert (play.root / "run" / "office.sock").exists(), "a stale socket lies in the way"
    assert play.start("none", "--only-office").wait(PATIENCE_S) == 0
    play.wait("office", 3)


def test_that_a_starter_says_why_its_office_refused(play: Play) -> None:
    starter = play.start("office_refuses", "--only-office")
    assert starter.communicate(timeout=PATIENCE_S)[0] == b"The office's file is not whole."
    assert starter.returncode == 5


def test_that_a_starter_does_not_wait_for_an_office_that_died(play: Play) -> None:
    starter = play.start("office_crashes", "--only-office")
    assert b"ended while it started" in starter.communicate(timeout=PATIENCE_S)[0]


def test_that_a_link_in_place_of_the_lock_is_not_followed(play: Play) -> None:
    play.start("none", "--only-office").wait(PATIENCE_S)
    stop_office(play)
    lock = play.root / "home" / "office.lock"
    lock.unlink()
    lock.symlink_to(Path("/etc/passwd"))
    assert play.start("none", "--only-office").wait(PATIENCE_S) == 1
    assert len(play.events("office")) == 1


def test_that_the_guardian_starts_an_office_that_outlives_it(play: Play) -> None:
    guardian = play.start("with_office")
    office = play.wait("office")["pid"]
    play.order(play.wait("console")["pid"], "exit 0")
    guardian.wait(PATIENCE_S)
    assert not is_gone(office)


def test_that_a_console_gets_a_new_office_through_its_guardian(play: Play) -> None:
    play.start("with_office")
    console = play.wait("console")["pid"]
    office = play.wait("office")["pid"]
    os.kill(office, signal.SIGKILL)
    until(lambda: is_gone(office))
    play.order(console, "office")
    assert play.wait("office", 2)["ppid"] not in (console, play.events("guardian")[0]["pid"])


def test_that_a_killed_office_does_not_hold_the_guardians_lines(play: Play) -> None:
    """An office that kept the guardian's end of a console's line would hide the guardian's death."""
    guardian = play.start("with_office")
    play.wait("office")
    play.open_session(play.wait("console")["pid"])
    guardian.kill()
    assert play.wait("console", 2)["receipt"]["cause"] == "guardian_died"
    play.assert_nothing_left()


def test_that_no_office_answers_where_the_system_has_no_such_sockets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("socket.AF_UNIX")
    assert not office_start.office_answers(tmp_path / "office.sock")

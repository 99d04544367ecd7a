"""Consoles and guardians killed at random moments, with stand-in consoles: nothing of a session may stay.

Everything runs in real processes (`stage.py`); a test waits for what must happen, never for a time.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stage_play import PATIENCE_S, Play, is_free, is_gone, on_stage, outcomes, start_as_ordinary, until

ROUNDS = pytest.mark.parametrize(
    "round_", [*range(5), *(pytest.param(n, marks=pytest.mark.slow) for n in range(5, 20))]
)
"""Five kills each in every run, twenty before a release (`protection.md` section 9)."""


@pytest.fixture
def play() -> Iterator[Play]:
    with on_stage() as it:
        yield it


# --- an orderly end


@pytest.mark.parametrize("cause", ["signed_out", "window_closed"])
def test_that_after_an_end_the_helper_looks_again_and_a_fresh_console_shows_the_receipt(play: Play, cause: str) -> None:
    guardian = play.start()
    first = play.wait("console")["pid"]
    play.order(first, "session abc", f"ended {cause}", "exit 0")
    fresh = play.wait("console", 2)
    assert fresh["receipt"]["cause"] == cause
    assert fresh["receipt"]["details"] == ["looked_again"]
    assert outcomes(fresh["receipt"]) == {"keyring": "removed", "cache": "removed"}
    play.assert_nothing_left()
    play.order(fresh["pid"], "exit 0")
    assert guardian.wait(PATIENCE_S) == 0


def test_that_a_console_without_a_session_takes_the_guardian_with_it_and_its_exit_code(play: Play) -> None:
    guardian = play.start()
    play.order(play.wait("console")["pid"], "exit 3")
    assert guardian.wait(PATIENCE_S) == 3


def test_that_a_console_that_said_ended_and_stays_is_killed(play: Play) -> None:
    play.start()
    first = play.wait("console")["pid"]
    play.order(first, "session abc", "ended signed_out")
    assert play.wait("console", 2)["receipt"]["cause"] == "signed_out"
    assert is_gone(first)
    play.assert_nothing_left()


# --- kills


@ROUNDS
def test_that_a_console_killed_at_a_random_moment_leaves_nothing(play: Play, round_: int) -> None:
    guardian = play.start()
    first = play.wait("console")["pid"]
    play.order(first, "session abc")
    time.sleep(random.uniform(0, 0.03))
    os.kill(first, signal.SIGKILL)
    until(lambda: len(play.events("console")) == 2 or guardian.poll() is not None)
    if play.events("announced"):  # killed before its first word otherwise: then there was nothing
        receipt = play.wait("console", 2)["receipt"]
        assert receipt["cause"] == "console_died"
        assert "failed" not in outcomes(receipt).values()
        assert receipt["audit_entry"] == 41
        assert play.wait("reported")["token"] == "token-abc"
    play.assert_nothing_left()


@ROUNDS
def test_that_a_guardian_killed_at_a_random_moment_leaves_nothing_and_a_fresh_window_says_so(
    play: Play, round_: int
) -> None:
    guardian = play.start()
    first = play.wait("console")["pid"]
    play.order(first, "session abc")
    time.sleep(random.uniform(0, 0.03))
    guardian.kill()
    fresh = play.wait("console", 2)
    assert play.wait("guardian", 2)["pid"] == first, "the console replaced its own image"
    if fresh["receipt"] is not None:
        assert fresh["receipt"]["cause"] in ("guardian_died", "sweep")
        assert "failed" not in outcomes(fresh["receipt"]).values()
    else:
        assert not play.events("open")
    play.assert_nothing_left()


def test_that_a_console_whose_open_session_lost_its_guardian_shows_it(play: Play) -> None:
    guardian = play.start()
    play.open_session(play.wait("console")["pid"])
    guardian.kill()
    receipt = play.wait("console", 2)["receipt"]
    assert receipt["cause"] == "guardian_died"
    assert outcomes(receipt) == {"keyring": "removed", "cache": "removed"}
    assert receipt["details"] == ["looked_again"]
    play.assert_nothing_left()


def test_that_a_console_that_lost_its_guardian_makes_nothing_while_it_wipes(play: Play) -> None:
    """Its work finds the cache gone, and would make another one, with another keyring entry."""
    guardian = play.start()
    play.open_session(play.wait("console")["pid"])
    play.order_again("make_anew abc")
    play.wait("makes_anew")
    guardian.kill()
    receipt = play.wait("console", 2)["receipt"]
    assert receipt["cause"] == "guardian_died"
    assert [line["what"] for line in receipt["lines"] if line["detail"] == "found_again"] == []
    play.assert_nothing_left()


def kill_all(play: Play) -> None:
    """An open session, and nobody left who could wipe it."""
    guardian = play.start()
    console = play.wait("console")["pid"]
    play.open_session(console)
    os.kill(console, signal.SIGSTOP)
    guardian.kill()
    os.kill(console, signal.SIGKILL)
    guardian.wait(PATIENCE_S)
    until(lambda: is_gone(console))
    (folder,) = (play.root / "cache").iterdir()
    until(lambda: is_free(folder))  # else the next start takes the session for a living one


def test_that_when_all_are_killed_at_once_the_next_start_sweeps_first(play: Play) -> None:
    kill_all(play)
    play.start()
    receipt = play.wait("console", 2)["receipt"]
    assert receipt["cause"] == "sweep"
    assert outcomes(receipt) == {"keyring": "removed", "cache": "removed"}
    play.assert_nothing_left()


def test_that_a_console_which_makes_an_office_comes_after_the_sweep_with_its_receipt(play: Play) -> None:
    kill_all(play)
    play.start("makes_an_office")
    assert play.wait("console", 2)["receipt"]["cause"] == "sweep"
    assert len(play.events("waits")) == 1, "the one that was killed waited for a sweep; this one did not"
    play.assert_nothing_left()


@pytest.mark.parametrize("trouble", ["sweep_waits", "closed_in_the_sweep"])
def test_that_a_console_that_is_gone_before_the_sweep_is_over_leaves_its_receipt_to_a_fresh_one(
    play: Play, trouble: str
) -> None:
    kill_all(play)
    play.start(trouble)
    gone = play.wait("waits", 2)["pid"]
    if trouble == "sweep_waits":
        os.kill(gone, signal.SIGKILL)
    (play.root / "go").touch()
    receipt = play.wait("console", 2)["receipt"]
    assert receipt["cause"] == "sweep"
    assert outcomes(receipt) == {"keyring": "removed", "cache": "removed"}
    play.assert_nothing_left()


def test_that_a_second_start_leaves_a_living_session_alone(play: Play) -> None:
    play.start()
    play.open_session(play.wait("console")["pid"])
    play.start()
    assert play.wait("console", 2)["receipt"] is None
    assert [p.name for p in (play.root / "cache").iterdir()] == ["abc"]
    assert [p.name for p in (play.root / "keyring").iterdir()] == ["abc"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_that_a_stop_signal_to_the_guardian_wipes_and_ends_everybody(play: Play, number: signal.Signals) -> None:
    guardian = play.start()
    console = play.wait("console")["pid"]
    play.open_session(console)
    guardian.send_signal(number)
    assert guardian.wait(PATIENCE_S) == 128 + number
    assert is_gone(console)
    play.assert_nothing_left()


def test_that_three_dead_consoles_within_a_minute_end_the_guardian(play: Play) -> None:
    guardian = play.start()
    for count in (1, 2, 3):
        console = play.wait("console", count)["pid"]
        play.open_session(console, f"s{count}")
        os.kill(console, signal.SIGKILL)
    assert guardian.wait(PATIENCE_S) == 5
    play.assert_nothing_left()


@pytest.mark.parametrize("order", ["nonsense", "flood", "hang_up"])
def test_that_a_console_that_breaks_the_protocol_is_ended_and_wiped(play: Play, order: str) -> None:
    play.start()
    first = play.wait("console")["pid"]
    play.open_session(first)
    play.order_again(order)
    assert play.wait("console", 2)["receipt"]["cause"] == "console_died"
    assert is_gone(first)
    play.assert_nothing_left()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_that_a_terminal_that_stops_everybody_at_once_leaves_nothing(play: Play, number: signal.Signals) -> None:
    guardian = play.start()
    console = play.wait("console")["pid"]
    play.open_session(console)
    os.killpg(guardian.pid, number)
    assert guardian.wait(PATIENCE_S) == 128 + number
    assert is_gone(console)
    play.assert_nothing_left()


def test_that_a_wipe_once_begun_is_finished_by_the_same_helper_when_the_terminal_closes(play: Play) -> None:
    guardian = play.start("files_wait")
    console = play.wait("console")["pid"]
    play.open_session(console)
    os.kill(console, signal.SIGKILL)
    helper = play.wait("wiping")["pid"]
    os.killpg(guardian.pid, signal.SIGHUP)
    (play.root / "go").touch()
    assert guardian.wait(PATIENCE_S) == 128 + signal.SIGHUP
    assert [e["pid"] for e in play.events("wiping")] == [helper]
    play.assert_nothing_left()


def test_that_a_helper_finishes_when_its_guardian_is_killed(play: Play) -> None:
    guardian = play.start("files_wait")
    console = play.wait("console")["pid"]
    play.open_session(console)
    os.kill(console, signal.SIGKILL)
    play.wait("wiping")
    guardian.kill()
    (play.root / "go").touch()
    until(lambda: not list((play.root / "cache").iterdir()))
    play.assert_nothing_left()


def test_that_the_last_words_of_a_dying_console_are_heard(play: Play) -> None:
    play.start()
    play.order(play.wait("console")["pid"], "announce_and_die abc")
    receipt = play.wait("console", 2)["receipt"]
    assert outcomes(receipt) == {"keyring": "removed", "cache": "was_not_there"}
    play.assert_nothing_left()


# --- helpers, keyrings and offices that fail


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["helper_dies_once", "helper_hangs_once"])
def test_that_a_helper_that_dies_or_hangs_is_followed_by_another(play: Play, trouble: str) -> None:
    play.start(trouble)
    first = play.wait("console")["pid"]
    play.open_session(first)
    os.kill(first, signal.SIGKILL)
    receipt = play.wait("console", 2)["receipt"]
    assert outcomes(receipt)["cache"] == "removed"
    assert "failed" not in outcomes(receipt).values()
    play.assert_nothing_left()


def test_that_nobody_says_removed_when_both_helpers_died(play: Play) -> None:
    play.start("helper_always_dies")
    first = play.wait("console")["pid"]
    play.open_session(first)
    os.kill(first, signal.SIGKILL)
    assert outcomes(play.wait("console", 2)["receipt"]) == {"keyring": "failed", "cache": "failed"}


def test_that_a_keyring_that_hangs_does_not_keep_the_files(play: Play) -> None:
    play.start("keyring_hangs")
    first = play.wait("console")["pid"]
    play.open_session(first)
    os.kill(first, signal.SIGKILL)
    receipt = play.wait("console", 2)["receipt"]
    assert outcomes(receipt) == {"keyring": "failed", "cache": "removed"}
    assert list((play.root / "cache").iterdir()) == []


def test_that_an_office_that_hangs_delays_nothing_but_its_entry(play: Play) -> None:
    play.start("office_hangs")
    first = play.wait("console")["pid"]
    play.open_session(first)
    os.kill(first, signal.SIGKILL)
    receipt = play.wait("console", 2)["receipt"]
    assert receipt["audit_entry"] is None
    assert outcomes(receipt) == {"keyring": "removed", "cache": "removed"}
    play.assert_nothing_left()


# --- the approval


def test_that_one_approval_opens_at_a_time_and_dies_with_the_guardian(play: Play) -> None:
    guardian = play.start()
    console = play.wait("console")["pid"]
    play.order(console, "approve", "approve")
    approval = play.wait("approval")["pid"]
    assert play.wait("raised")["pid"] == approval
    assert len(play.events("approval")) == 1
    guardian.kill()
    until(lambda: is_gone(approval))


def test_that_an_approval_that_left_can_be_opened_again(play: Play) -> None:
    play.start()
    console = play.wait("console")["pid"]
    play.order(console, "approve")
    approval = play.wait("approval")["pid"]
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(play.root / f"{approval}.sock"))
        line.sendall(b"exit 0\n")
        until(lambda: not Path(f"/proc/{approval}").exists())  # and its guardian knows
    play.order_again("approve")
    assert play.wait("approval", 2)["pid"] != approval


# --- what children inherit, and who may read them


def test_that_a_console_inherits_its_line_and_nothing_else(play: Play) -> None:
    play.start()
    sockets_and_more = [name for name in play.wait("console")["fds"] if name not in ("pipe", "/dev/null")]
    assert [n for n in sockets_and_more if n == "socket"] == ["socket", "socket"], "its line and its own server"


@pytest.mark.attack("A4")
def test_that_an_ordinary_user_cannot_read_a_console_or_its_guardian(play: Play) -> None:
    if not reads_memory_of_a_plain_process():
        pytest.skip("this kernel forbids reading even an unprotected process (Yama or a container's filter)")
    guardian = play.start()
    console = play.wait("console")["pid"]
    play.open_session(console)
    for pid in (guardian.pid, console):
        assert is_shut(pid, "mem")
        assert is_shut(pid, "environ")
        limits = Path(f"/proc/{pid}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["0", "0"]


def reads_memory_of_a_plain_process() -> bool:
    plain = as_ordinary("import time; print(1, flush=True); time.sleep(60)")
    try:
        assert plain.stdout is not None
        plain.stdout.read(1)
        return not is_shut(plain.pid, "mem")
    finally:
        plain.kill()
        plain.communicate()


def is_shut(pid: int, name: str) -> bool:
    reader = as_ordinary(f"open('/proc/{pid}/{name}', 'rb')")
    _, errors = reader.communicate(timeout=PATIENCE_S)
    return reader.returncode != 0 and b"PermissionError" in errors


def as_ordinary(program: str) -> "subprocess.Popen[bytes]":
    return start_as_ordinary([sys.executable, "-I", "-c", program])

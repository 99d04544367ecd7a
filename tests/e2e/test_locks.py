"""Locks, with real guardians and stand-in consoles: who stands after whom, and which ends wipe (`stage.py`).

A test waits for what must happen, never for a time; a deadline of the stage is short only where it must pass.
"""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from functools import partial

import pytest

from tests.e2e.stage_play import PATIENCE_S, Event, Play, is_gone, on_stage, outcomes, until

LONG = "900 idle"


@pytest.fixture
def play() -> Iterator[Play]:
    with on_stage() as it:
        yield it


def lock(play: Play, ends: str = LONG, *orders: str, trouble: str = "none") -> tuple["subprocess.Popen[bytes]", int]:
    """A console that has locked its session, and the next one at the lock screen."""
    guardian = play.start(trouble)
    first = play.wait("console")["pid"]
    play.open_session(first)
    play.order_again(f"lock abc {ends}", "exit 0")
    fresh = play.wait("console", 2)
    assert is_gone(first), "the process that had the keys"
    assert fresh["lock"]["session"] == "abc"
    if orders:
        play.order(fresh["pid"], *orders)
    return guardian, fresh["pid"]


def session_is_kept(play: Play) -> bool:
    return [p.name for p in (play.root / "keyring").iterdir()] == ["abc"] and (play.root / "cache" / "abc").exists()


def guardian_looks(play: Play) -> None:
    """Wait until it has heard all words so far and has looked at its clock after them: it opens or raises a window."""

    def shown() -> int:
        return len(play.events("approval")) + len(play.events("raised"))

    for nth in range(shown() + 1, shown() + 3):  # twice: it looks at the clock after each word
        play.order_again("approve")
        until(partial(lambda nth: shown() >= nth, nth))


def test_that_after_a_lock_another_process_stands_there_and_the_session_waits(play: Play) -> None:
    _guardian, pid = lock(play, LONG, "stand abc")
    assert session_is_kept(play)
    told = play.wait("console", 2)["lock"]
    assert (told["account"], told["display_name"], told["cause"], told["tries"]) == ("ayu", "Ayu", "by_hand", 5)
    assert not is_gone(pid)
    assert not play.events("reported"), "a lock is no end"


def test_that_a_second_start_leaves_a_locked_session_alone(play: Play) -> None:
    lock(play, LONG, "stand abc")
    play.start()
    play.wait("console", 3)
    assert session_is_kept(play), "the guardian holds the folder's lock between two consoles"


def test_that_a_console_that_said_locked_and_stays_is_killed_and_it_is_a_lock_all_the_same(play: Play) -> None:
    play.start()
    first = play.wait("console")["pid"]
    play.open_session(first)
    play.order_again(f"lock abc {LONG}")
    assert play.wait("console", 2)["lock"]["session"] == "abc"
    assert is_gone(first)
    assert session_is_kept(play)


@pytest.mark.parametrize(("ends", "cause"), [(LONG, "idle"), ("900 session_over", "session_over")])
def test_that_the_guardian_ends_a_locked_session_at_its_time(play: Play, ends: str, cause: str) -> None:
    _guardian, pid = lock(play, ends, "stand abc")
    play.pass_s(850)
    guardian_looks(play)
    assert session_is_kept(play), "it is not time yet"
    play.pass_s(901)
    play.order_again("office")  # any word wakes the guardian
    receipt = play.wait("console", 3)["receipt"]
    assert receipt["cause"] == cause
    assert outcomes(receipt) == {"keyring": "removed", "cache": "removed"}
    assert play.wait("reported")["cause"] == cause
    assert is_gone(pid)
    play.assert_nothing_left()


def test_that_a_lock_screen_that_never_comes_is_an_end(play: Play) -> None:
    play.start("lock_screen_never_comes")
    play.open_session(play.wait("console")["pid"])
    play.order_again(f"lock abc {LONG}", "exit 0")
    receipts: list[Event] = []

    def is_told() -> bool:  # the one at the lock screen may be ended before it has said that it is there
        receipts[:] = [event["receipt"] for event in play.events("console") if event["receipt"]]
        return bool(receipts)

    until(is_told)
    assert receipts[0]["cause"] == "console_died"
    assert outcomes(receipts[0]) == {"keyring": "removed", "cache": "removed"}
    play.assert_nothing_left()


def test_that_one_try_more_than_allowed_ends_the_session(play: Play) -> None:
    _guardian, pid = lock(play, LONG, "stand abc", *["try abc"] * 5)
    assert not is_gone(pid)
    play.order_again("try abc")
    assert play.wait("console", 3)["receipt"]["cause"] == "too_many_tries"
    play.assert_nothing_left()


def test_that_a_resumed_session_has_no_deadline_and_can_be_locked_again(play: Play) -> None:
    _guardian, second = lock(play, LONG, "stand abc", "try abc", "resume abc")
    guardian_looks(play)
    play.pass_s(1000)
    guardian_looks(play)
    assert session_is_kept(play), "its deadline is past"
    assert not is_gone(second)
    play.order_again(f"lock abc {LONG}", "exit 0")
    third = play.wait("console", 3)
    assert third["lock"]["session"] == "abc"
    assert is_gone(second)
    play.order(third["pid"], "stand abc", *["try abc"] * 5, "resume abc", "ended signed_out", "exit 0")
    assert play.wait("console", 4)["receipt"]["cause"] == "signed_out"
    play.assert_nothing_left()


def test_that_an_end_at_the_lock_screen_is_told_and_wiped_by_the_guardian(play: Play) -> None:
    lock(play, LONG, "stand abc", "ended window_closed", "exit 0")
    receipt = play.wait("console", 3)["receipt"]
    assert receipt["cause"] == "window_closed"
    assert outcomes(receipt)["cache"] == "removed"
    play.assert_nothing_left()


@pytest.mark.parametrize("round_", range(5))
def test_that_a_locked_console_killed_at_a_random_moment_leaves_nothing(play: Play, round_: int) -> None:
    _guardian, pid = lock(play)
    time.sleep(random.uniform(0, 0.03))
    os.kill(pid, signal.SIGKILL)
    assert play.wait("console", 3)["receipt"]["cause"] == "console_died"
    play.assert_nothing_left()


@pytest.mark.parametrize("round_", range(5))
def test_that_a_guardian_killed_while_its_console_locks_leaves_nothing(play: Play, round_: int) -> None:
    guardian = play.start()
    first = play.wait("console")["pid"]
    play.open_session(first)
    play.order_again(f"lock abc {LONG}", "exit 0")
    time.sleep(random.uniform(0, 0.1))
    guardian.kill()
    guardian.wait(PATIENCE_S)
    until(lambda: is_gone(first) or len(play.events("guardian")) > 1)
    play.start()  # if nobody was left, this one sweeps; else the console has wiped, or does so now
    until(lambda: not list((play.root / "keyring").iterdir()) and not list((play.root / "cache").iterdir()))
    play.assert_nothing_left()


def test_that_a_locked_console_whose_guardian_died_wipes_what_the_one_before_it_announced(play: Play) -> None:
    guardian, _pid = lock(play, LONG, "stand abc")
    guardian.kill()
    receipt = play.wait("console", 3)["receipt"]
    assert receipt["cause"] == "guardian_died"
    assert outcomes(receipt) == {"keyring": "removed", "cache": "removed"}
    play.assert_nothing_left()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_that_a_stop_signal_ends_a_locked_session(play: Play, number: signal.Signals) -> None:
    guardian, pid = lock(play, LONG, "stand abc")
    guardian.send_signal(number)
    assert guardian.wait(PATIENCE_S) == 128 + number
    assert is_gone(pid)
    play.assert_nothing_left()


@pytest.mark.parametrize(
    "order", [f"lock other {LONG}", "stand abc", "try abc", "resume abc"], ids=lambda o: o.split()[0]
)
def test_that_words_out_of_place_end_a_console(play: Play, order: str) -> None:
    play.start()
    first = play.wait("console")["pid"]
    play.open_session(first)
    play.order_again(order)
    assert play.wait("console", 2)["receipt"]["cause"] == "console_died"
    play.assert_nothing_left()

"""How long a locked session waits, by moved clocks."""

from dataclasses import dataclass, replace
from typing import cast

import pytest

from app.guardian.limits import Limits
from app.guardian.lock_watch import LOOK_EVERY_S, LockWatch
from app.guardian.ward import Ward
from app.guardian.wire import Locked, SessionEnded

WORD = Locked("a1", "idle", "ratna", "agent", "SBY-0417", "300", "600", "idle")


@dataclass
class Console:
    """What a watch looks at."""

    is_lock: bool = True
    lock_stands: bool = True
    tries: int = 0
    ended: SessionEnded | None = None

    def ward(self) -> Ward:
        return cast("Ward", self)


class Clocks:
    def __init__(self) -> None:
        self.boot, self.awake = 5_000.0, 100.0


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(clocks: Clocks) -> LockWatch:
    return LockWatch(WORD, "Ratna", 7, Limits(), boot_clock=lambda: clocks.boot, clock=lambda: clocks.awake)


def test_that_the_lock_screen_gets_what_the_console_said_and_nothing_more(watch: LockWatch) -> None:
    lock = watch.lock
    assert (lock.session, lock.account, lock.display_name, lock.role, lock.seat) == (
        "a1", "ratna", "Ratna", "agent", "SBY-0417",
    )  # fmt: skip
    assert (lock.cause, lock.unused_s, lock.ends_at_boot_s, lock.generation, lock.tries) == ("idle", 300, 5_600, 7, 5)


@pytest.mark.parametrize("over", ["idle", "session_over"])
def test_that_it_ends_at_its_time_with_its_cause_and_sleep_counts(clocks: Clocks, over: str) -> None:
    word = replace(WORD, over=over)
    watch = LockWatch(word, "R", 1, Limits(), boot_clock=lambda: clocks.boot, clock=lambda: clocks.awake)
    clocks.boot += 599
    assert watch.end_of(Console().ward()) == ""
    clocks.boot += 1
    assert clocks.awake == 100.0, "the machine slept"
    assert watch.end_of(Console().ward()) == over


def test_that_five_tries_are_judged_and_the_sixth_is_not(watch: LockWatch) -> None:
    assert watch.end_of(Console(tries=5).ward()) == ""
    assert watch.end_of(Console(tries=6).ward()) == "too_many_tries"


def test_that_a_lock_screen_must_stand_within_ten_seconds(watch: LockWatch, clocks: Clocks) -> None:
    late = Console(lock_stands=False)
    clocks.awake += 9.9
    assert watch.end_of(late.ward()) == ""
    clocks.awake += 0.2
    assert watch.end_of(late.ward()) == "console_died"
    assert watch.end_of(Console().ward()) == ""


def test_that_a_resumed_or_ended_session_is_left_alone(watch: LockWatch, clocks: Clocks) -> None:
    clocks.boot += 10_000
    assert watch.end_of(Console(is_lock=False, tries=99).ward()) == ""
    assert watch.end_of(Console(ended=SessionEnded("signed_out", "")).ward()) == ""
    assert watch.look_in_s(Console(is_lock=False).ward()) is None


def test_that_it_looks_again_in_time_for_whatever_comes_first(watch: LockWatch, clocks: Clocks) -> None:
    assert watch.look_in_s(Console().ward()) == LOOK_EVERY_S
    clocks.awake += 8
    assert watch.look_in_s(Console(lock_stands=False).ward()) == pytest.approx(2)
    clocks.boot += 599
    assert watch.look_in_s(Console().ward()) == pytest.approx(1)
    clocks.boot += 5
    assert watch.look_in_s(Console().ward()) == 0

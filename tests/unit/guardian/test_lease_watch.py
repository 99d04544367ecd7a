"""How long a session goes on without its office, by a moved clock."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from app.guardian.lease_watch import LEASE_OVER, LOOK_EVERY_S, LeaseWatch
from app.guardian.limits import Limits
from app.guardian.ward import Ward
from app.guardian.wire import LeaseKept, SessionBegun, SessionEnded

LEASE_S = 1_800
LIMITS = Limits()


@dataclass
class Console:
    """What a watch looks at."""

    is_lock: bool = False
    ended: SessionEnded | None = None
    sessions: list[SessionBegun] = field(default_factory=lambda: [SessionBegun("a1", "Ratna", "token", "")])

    def ward(self) -> Ward:
        return cast("Ward", self)


class Clock:
    def __init__(self) -> None:
        self.boot = 5_000.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(clock: Clock) -> LeaseWatch:
    made = LeaseWatch(LIMITS, boot_clock=lambda: clock.boot)
    made.kept(LeaseKept("a1", str(LEASE_S)))
    return made


def test_that_without_a_lease_nothing_ends(clock: Clock) -> None:
    made = LeaseWatch(LIMITS, boot_clock=lambda: clock.boot)
    clock.boot += 1e6
    assert made.end_of(Console().ward()) == ""
    assert made.look_in_s(Console().ward()) is None


def test_that_an_unlocked_console_has_a_moment_to_end_by_itself(clock: Clock, watch: LeaseWatch) -> None:
    clock.boot += LEASE_S + LIMITS.lease_grace_s - 1
    assert watch.end_of(Console().ward()) == ""
    assert watch.look_in_s(Console().ward()) == 1.0
    clock.boot += 1
    assert watch.end_of(Console().ward()) == LEASE_OVER
    assert watch.look_in_s(Console().ward()) == 0.0


def test_that_a_locked_one_ends_at_once(clock: Clock, watch: LeaseWatch) -> None:
    clock.boot += LEASE_S - 1
    assert watch.end_of(Console(is_lock=True).ward()) == ""
    clock.boot += 1
    assert watch.end_of(Console(is_lock=True).ward()) == LEASE_OVER


@pytest.mark.parametrize("left", [60, 3_600])
def test_that_the_last_word_counts(clock: Clock, watch: LeaseWatch, left: int) -> None:
    clock.boot += 30
    watch.kept(LeaseKept("a1", str(left)))
    clock.boot += left + LIMITS.lease_grace_s - 1
    assert watch.end_of(Console().ward()) == ""
    clock.boot += 1
    assert watch.end_of(Console().ward()) == LEASE_OVER


def test_that_another_sessions_lease_is_not_this_ones(clock: Clock, watch: LeaseWatch) -> None:
    other = Console(sessions=[SessionBegun("b2", "Yoga", "token", "")])
    clock.boot += 1e6
    assert watch.end_of(other.ward()) == ""


def test_that_a_session_that_said_its_last_word_is_left_alone(clock: Clock, watch: LeaseWatch) -> None:
    clock.boot += 1e6
    assert watch.end_of(Console(ended=SessionEnded("signed_out", "{}")).ward()) == ""


def test_that_it_looks_often_enough_to_notice_a_sleep(watch: LeaseWatch) -> None:
    assert watch.look_in_s(Console().ward()) == LOOK_EVERY_S

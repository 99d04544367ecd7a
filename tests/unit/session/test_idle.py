"""When nobody is at the console, by a moved clock."""

import time

import pytest

from app.session.idle import IdleRule, Stage, boot_s


class Moved:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Moved:
    return Moved()


@pytest.fixture
def rule(clock: Moved) -> IdleRule:
    return IdleRule(900, clock=clock)


@pytest.mark.parametrize(
    ("after_s", "stage", "left_s"),
    [
        (0, Stage.BUSY, 900), (839, Stage.BUSY, 61), (840, Stage.NOTICE, 60), (899, Stage.NOTICE, 1),
        (900, Stage.OVER, 0), (100_000, Stage.OVER, 0),
    ],
)  # fmt: skip
def test_that_a_minute_before_the_end_there_is_a_notice(
    rule: IdleRule, clock: Moved, after_s: float, stage: Stage, left_s: float
) -> None:
    clock.now += after_s
    verdict = rule.judge()
    assert (verdict.stage, verdict.left_s) == (stage, left_s)


def test_that_each_use_counts_from_its_own_moment(rule: IdleRule, clock: Moved) -> None:
    for _ in range(5):
        clock.now += 899
        assert rule.use().stage is Stage.NOTICE, "the answer says what stood before"
        assert rule.judge().stage is Stage.BUSY


def test_that_who_comes_too_late_keeps_nothing(rule: IdleRule, clock: Moved) -> None:
    """The first key after a night's sleep of the machine, before any timer has looked."""
    clock.now += 8 * 3600
    assert rule.use().stage is Stage.OVER
    assert rule.judge().stage is Stage.OVER
    clock.now -= 8 * 3600
    assert rule.use().stage is Stage.OVER, "also if the clock should go back"


def test_that_a_short_idle_time_has_a_shorter_notice(clock: Moved) -> None:
    rule = IdleRule(40, clock=clock)
    clock.now += 19
    assert rule.judge().stage is Stage.BUSY
    clock.now += 1
    assert rule.judge().stage is Stage.NOTICE


def test_that_the_clock_counts_the_machines_sleep() -> None:
    assert abs(boot_s() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 5


@pytest.mark.parametrize(
    ("after_s", "stage", "left_s"),
    [
        (299, Stage.BUSY, 601), (300, Stage.LOCK, 600), (840, Stage.LOCK, 60), (899, Stage.LOCK, 1),
        (900, Stage.OVER, 0),
    ],
)  # fmt: skip
def test_that_the_lock_comes_before_notice_and_end(clock: Moved, after_s: float, stage: Stage, left_s: float) -> None:
    rule = IdleRule(900, clock=clock, lock_s=300)
    clock.now += after_s
    verdict = rule.judge()
    assert (verdict.stage, verdict.left_s, verdict.unused_s) == (stage, left_s, after_s)


def test_that_who_comes_after_the_time_to_lock_keeps_nothing_open(clock: Moved) -> None:
    rule = IdleRule(900, clock=clock, lock_s=300)
    clock.now += 301
    assert rule.use().stage is Stage.LOCK
    assert rule.use().stage is Stage.LOCK, "once locked it stays so here; another process goes on"
    clock.now += 600
    assert rule.judge().stage is Stage.OVER, "and the end still comes"


def test_that_a_lock_as_late_as_the_end_is_none(clock: Moved) -> None:
    rule = IdleRule(900, clock=clock, lock_s=900)
    clock.now += 899
    assert rule.judge().stage is Stage.NOTICE

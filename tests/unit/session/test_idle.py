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


@pytest.mark.attack("A25")
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


# a call


@pytest.fixture
def on_call(clock: Moved) -> IdleRule:
    rule = IdleRule(900, clock=clock, lock_s=300, call_max_s=1_200)
    rule.set_call(True)
    return rule


@pytest.mark.parametrize(
    ("after_s", "stage", "left_s", "locks_in_s"),
    [
        (299, Stage.BUSY, 1_501, 901), (300, Stage.COVER, 1_500, 900), (1_199, Stage.COVER, 601, 1),
        (1_200, Stage.LOCK, 600, 0), (1_799, Stage.LOCK, 1, 0), (1_800, Stage.OVER, 0, 0),
    ],
)  # fmt: skip
def test_that_during_a_call_the_console_covers_first_and_locks_at_the_maximum(
    on_call: IdleRule, clock: Moved, after_s: float, stage: Stage, left_s: float, locks_in_s: float
) -> None:
    clock.now += after_s
    verdict = on_call.judge()
    assert (verdict.stage, verdict.left_s, verdict.locks_in_s) == (stage, left_s, locks_in_s)


def test_that_who_comes_back_to_a_covered_console_counts_anew(on_call: IdleRule, clock: Moved) -> None:
    for _ in range(5):
        clock.now += 1_100
        assert on_call.use().stage is Stage.COVER
        assert on_call.judge().stage is Stage.BUSY


def test_that_it_locks_when_the_call_ends_and_nobody_has_come(on_call: IdleRule, clock: Moved) -> None:
    clock.now += 1_000
    verdict = on_call.set_call(False)
    assert (verdict.stage, verdict.left_s) == (Stage.LOCK, 600), "and waits as long as after any lock by time"
    clock.now += 600
    assert on_call.judge().stage is Stage.OVER


def test_that_after_a_call_at_which_somebody_was_there_the_time_goes_on(on_call: IdleRule, clock: Moved) -> None:
    clock.now += 299
    assert on_call.set_call(False).stage is Stage.BUSY
    clock.now += 1
    assert on_call.judge().stage is Stage.LOCK


@pytest.mark.parametrize("is_call", [True, False])
def test_that_news_of_a_call_is_no_use_and_undoes_no_lock(clock: Moved, is_call: bool) -> None:
    rule = IdleRule(900, clock=clock, lock_s=300, call_max_s=1_200)
    clock.now += 299
    rule.set_call(is_call)
    clock.now += 2
    assert rule.judge().stage is (Stage.COVER if is_call else Stage.LOCK)
    late = IdleRule(900, clock=clock, lock_s=300, call_max_s=1_200)
    clock.now += 301
    assert late.set_call(is_call).stage is Stage.LOCK, "due before the news, however seldom somebody looks"


@pytest.mark.asvs("V7.3.1")
def test_that_calls_upon_calls_hold_nothing_open_beyond_the_maximum(on_call: IdleRule, clock: Moved) -> None:
    for _ in range(12):
        clock.now += 100
        on_call.set_call(True)
    assert on_call.judge().stage is Stage.LOCK


def test_that_a_machine_that_slept_through_a_call_finds_the_end(on_call: IdleRule, clock: Moved) -> None:
    clock.now += 8 * 3600
    assert on_call.use().stage is Stage.OVER


def test_that_a_call_never_makes_the_lock_come_sooner(clock: Moved) -> None:
    rule = IdleRule(900, clock=clock, lock_s=300, call_max_s=10)
    rule.set_call(True)
    clock.now += 299
    assert rule.judge().stage is Stage.BUSY


def test_that_without_a_lock_by_time_a_call_covers_and_its_end_still_gives_notice(clock: Moved) -> None:
    rule = IdleRule(900, clock=clock, lock_s=900, call_max_s=1_200)
    rule.set_call(True)
    clock.now += 900
    assert rule.judge().stage is Stage.COVER
    clock.now += 240
    assert rule.judge().stage is Stage.NOTICE
    verdict = rule.set_call(False)
    assert (verdict.stage, verdict.left_s) == (Stage.NOTICE, 60)

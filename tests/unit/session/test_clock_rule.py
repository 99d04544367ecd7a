"""A clock that was set back is told from one that runs, from one that is corrected, and from one that slept."""

import pytest

from app.session.clock_rule import BACK_S, ClockRule


class Clocks:
    def __init__(self) -> None:
        self.wall, self.boot = 1_800_000_000.0, 5_000.0
        self.rule = ClockRule(lambda: self.wall, lambda: self.boot)

    def pass_s(self, seconds: float) -> None:
        self.wall += seconds
        self.boot += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_that_a_clock_that_runs_or_sleeps_is_not_set_back(clocks: Clocks) -> None:
    for seconds in (5, 8 * 3600, 5):
        clocks.pass_s(seconds)
        assert not clocks.rule.is_set_back


@pytest.mark.attack("A20")
@pytest.mark.parametrize(("back_s", "is_back"), [(1, False), (BACK_S, False), (BACK_S + 1, True), (86_400, True)])
def test_that_more_than_two_minutes_are_no_correction(clocks: Clocks, back_s: float, is_back: bool) -> None:
    clocks.pass_s(60)
    clocks.wall -= back_s
    assert clocks.rule.is_set_back is is_back


def test_that_small_steps_add_up(clocks: Clocks) -> None:
    for _ in range(3):
        clocks.wall -= 50
        clocks.pass_s(5)
    assert clocks.rule.is_set_back


def test_that_a_clock_set_forward_is_no_matter_and_back_again_is_one(clocks: Clocks) -> None:
    clocks.wall += 3600
    assert not clocks.rule.is_set_back
    clocks.pass_s(5)
    clocks.wall -= 3600
    assert clocks.rule.is_set_back


@pytest.mark.attack("A20")
def test_that_a_clock_behind_the_offices_last_time_is_set_back(clocks: Clocks) -> None:
    clocks.rule.told(clocks.wall + BACK_S)
    assert not clocks.rule.is_set_back
    clocks.rule.told(clocks.wall + BACK_S + 1)
    assert clocks.rule.is_set_back
    clocks.rule.told(clocks.wall)
    assert clocks.rule.is_set_back, "an earlier word takes nothing back"


@pytest.mark.attack("A20")
def test_that_setting_the_clock_back_wins_no_time(clocks: Clocks) -> None:
    clocks.pass_s(60)
    before = clocks.rule.now()
    clocks.wall -= 7200
    clocks.boot += 10
    assert clocks.rule.now() == before + 10

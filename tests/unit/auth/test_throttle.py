"""Waits after failed tries: of an account, of a workstation, and of codes beside a right password."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.throttle import (
    DAY_S,
    DEVICE_FREE_TRIES,
    UNTIL_RELEASED_S,
    WRONG_CODES_A_DAY,
    WRONG_CODES_IN_A_ROW,
    Moment,
    codes_wait_s,
    device_wait_after,
    leaked,
    of_today,
    takes_present_step_only,
    tries_left,
    wait_after,
)

NOW = Moment(1_800_000_000_000, 500_000.0, "boot")


def ago(seconds: float) -> Moment:
    return Moment(NOW.at_ms - int(seconds * 1000), NOW.boot_s - seconds, NOW.boot_id)


# account


@pytest.mark.asvs("V6.1.1")
def test_that_five_tries_are_free_and_then_the_wait_doubles_to_half_an_hour() -> None:
    assert [wait_after(n) for n in range(5)] == [0] * 5
    assert [wait_after(n) for n in range(5, 12)] == [60, 120, 240, 480, 960, 1800, 1800]
    assert wait_after(10_000) == 1800


@pytest.mark.asvs("V6.3.1")
def test_that_the_tenth_failure_waits_half_an_hour() -> None:
    """PCI DSS 4.0.1 8.3.4: at most ten tries, then 30 minutes or a person's confirmation."""
    assert wait_after(10) == 30 * 60


def test_that_the_tries_left_are_told_down_to_none() -> None:
    assert [tries_left(n) for n in range(7)] == [5, 4, 3, 2, 1, 0, 0]


# workstation


def test_that_a_workstation_waits_once_its_bucket_is_full_and_never_longer_than_five_minutes() -> None:
    assert device_wait_after(DEVICE_FREE_TRIES - 0.1) == 0
    assert [device_wait_after(DEVICE_FREE_TRIES + n) for n in range(5)] == [60, 120, 240, 300, 300]
    assert device_wait_after(1e9) == 300


def test_that_the_bucket_leaks_a_try_in_three_minutes() -> None:
    assert leaked(5, 180) == 4
    assert leaked(5, 10 * 180) == 0
    assert leaked(5, -1000) == 5


# codes


def test_that_ten_wrong_codes_in_a_day_end_codes_until_the_first_of_them_is_a_day_old() -> None:
    wrong = [ago(3600 * n) for n in range(WRONG_CODES_A_DAY)]
    assert codes_wait_s(wrong[:-1], 0, NOW) == 0
    assert codes_wait_s(wrong, 0, NOW) == DAY_S - 3600 * (WRONG_CODES_A_DAY - 1)


def test_that_more_wrong_codes_make_the_wait_no_shorter() -> None:
    wrong = [ago(60 * n) for n in range(30)]
    assert codes_wait_s(wrong, 0, NOW) == DAY_S - 60 * (WRONG_CODES_A_DAY - 1)


def test_that_codes_of_yesterday_are_forgotten() -> None:
    wrong = [ago(DAY_S + n) for n in range(50)]
    assert codes_wait_s(wrong, 0, NOW) == 0
    assert of_today(wrong, NOW) == []


def test_that_a_hundred_in_a_row_wait_for_somebody() -> None:
    assert codes_wait_s([], WRONG_CODES_IN_A_ROW - 1, NOW) == 0
    assert codes_wait_s([], WRONG_CODES_IN_A_ROW, NOW) == UNTIL_RELEASED_S


def test_that_the_arithmetic_of_the_day_holds() -> None:
    """Two tries at three steps of a million codes, then tries at one step, up to ten."""
    chances = [1 if takes_present_step_only(tried) else 3 for tried in range(WRONG_CODES_A_DAY)]
    assert sum(chances) == 14
    assert sum(chances) / 1e6 <= 1.5e-5


@given(st.integers(-10 * DAY_S, 10 * DAY_S))
def test_that_a_set_clock_lets_no_code_of_this_boot_be_forgotten(clock_s: int) -> None:
    wrong = [ago(60 * n) for n in range(WRONG_CODES_A_DAY)]
    moved = Moment(NOW.at_ms + clock_s * 1000, NOW.boot_s, NOW.boot_id)
    assert codes_wait_s(wrong, 0, moved) > 0


def test_that_codes_of_an_earlier_boot_count_by_the_wall_clock() -> None:
    wrong = [ago(3600) for _ in range(WRONG_CODES_A_DAY)]
    rebooted = Moment(NOW.at_ms, 3.0, "next boot")
    assert codes_wait_s(wrong, 0, rebooted) == DAY_S - 3600
    set_back = Moment(NOW.at_ms - 30 * DAY_S * 1000, 3.0, "next boot")
    assert codes_wait_s(wrong, 0, set_back) == DAY_S

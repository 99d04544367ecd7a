"""Ends by the clock, and who is told of them when."""

import pytest

from app.session.timed_end import EARLY_S, Coming, Why, coming_end

ENDS = 100_000.0
LEASE = 50_000.0


def told(now: float, *, is_away: bool = False, has_work: bool = True) -> Coming | None:
    return coming_end(now, ENDS, LEASE, is_away=is_away, has_work=has_work)


@pytest.mark.parametrize(
    ("left_s", "has_work", "is_told", "is_near"),
    [
        (601, True, False, False), (600, True, True, False), (121, True, True, False), (120, True, True, True),
        (1, True, True, True), (600, False, False, False), (121, False, False, False), (120, False, True, True),
    ],
)  # fmt: skip
def test_that_whoever_has_work_in_hand_is_told_ten_minutes_before_and_everybody_two(
    left_s: float, has_work: bool, is_told: bool, is_near: bool
) -> None:
    coming = told(ENDS - EARLY_S - left_s, has_work=has_work)
    assert (coming is not None) == is_told
    if coming is not None:
        assert (coming.why, coming.left_s, coming.is_near, coming.is_due) == (Why.SESSION, left_s, is_near, False)


@pytest.mark.parametrize("late_s", [0, 1, 10_000])
def test_that_the_longest_session_is_ended_while_the_office_still_takes_the_note(late_s: float) -> None:
    coming = told(ENDS - EARLY_S + late_s, has_work=False)
    assert coming is not None
    assert coming.is_due


def test_that_a_lease_counts_only_while_nobody_renews_it() -> None:
    assert told(LEASE - 60) is None
    coming = told(LEASE - 60, is_away=True)
    assert coming == Coming(Why.LEASE, 60, is_near=True)


def test_that_a_lease_that_has_run_out_is_ended_by_whoever_renews_it() -> None:
    coming = told(LEASE + 1, is_away=True)
    assert coming is not None
    assert (coming.left_s, coming.is_due) == (0, False)


def test_that_of_two_ends_the_first_is_told() -> None:
    coming = coming_end(ENDS - 60, ENDS, ENDS + 60, is_away=True, has_work=True)
    assert coming is not None
    assert coming.why is Why.SESSION

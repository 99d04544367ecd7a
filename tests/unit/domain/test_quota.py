"""Quotas: so many in a shift, so many in a while, whatever a clock says meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quota import SHIFT_S, Quota, Shut, is_near, judge, never_earlier

TEN = Quota(shift=10, pace_count=10, pace_s=60)
NOW = 1_790_000_000_000
SHIFT_MS = SHIFT_S * 1000


@pytest.mark.parametrize(("used", "shut"), [(0, None), (9, None), (10, Shut.QUOTA), (11, Shut.QUOTA)])
def test_that_a_shift_has_so_many_and_no_more(used: int, shut: Shut | None) -> None:
    standing = judge(TEN, [NOW - 3_600_000] * used, NOW)
    assert (standing.used, standing.shut) == (used, shut)


def test_that_the_next_one_is_free_when_the_oldest_is_a_shift_ago() -> None:
    opened = [NOW - SHIFT_MS + 5_000 * n for n in range(1, 11)]
    standing = judge(TEN, opened, NOW)
    assert (standing.shut, standing.wait_ms) == (Shut.QUOTA, 5_000)
    assert judge(TEN, opened, NOW + standing.wait_ms - 1).shut is Shut.QUOTA
    assert judge(TEN, opened, NOW + standing.wait_ms).shut is None


def test_that_too_many_in_a_while_wait_and_the_shift_goes_on() -> None:
    slow = Quota(shift=10, pace_count=3, pace_s=60)
    standing = judge(slow, [NOW - 59_000, NOW - 30_000, NOW - 1_000], NOW)
    assert (standing.pace_used, standing.shut, standing.wait_ms) == (3, Shut.PACE, 1_000)
    assert judge(slow, [NOW - 60_000, NOW - 30_000, NOW - 1_000], NOW).shut is None


def test_that_whoever_is_over_by_more_waits_until_one_fits() -> None:
    """A quota that was lowered while a shift went on."""
    opened = [NOW - SHIFT_MS + 1_000 * n for n in range(1, 14)]
    standing = judge(TEN, opened, NOW)
    assert standing.wait_ms == 4_000
    assert judge(TEN, opened, NOW + standing.wait_ms).shut is None


def test_that_people_are_told_from_eighty_in_a_hundred_on() -> None:
    assert [used for used in range(41) if is_near(used, 40)] == list(range(32, 41))
    assert not is_near(0, 0)


def test_that_a_clock_that_is_set_back_opens_nothing() -> None:
    opened = [NOW - 1_000] * 10
    for back_ms in (1, 60_000, SHIFT_MS, 365 * 86_400_000):
        assert judge(TEN, opened, NOW - back_ms).shut is Shut.QUOTA


@pytest.mark.attack("A20")
def test_that_what_was_opened_under_a_clock_set_back_counts_when_it_is_right_again() -> None:
    """Signed in at NOW, back by two days, ten openings, right again: the sign-in tells how late they were."""
    two_days = 2 * 86_400_000
    signed_in, *opened = never_earlier([NOW, *(NOW - two_days + n for n in range(10))])
    assert judge(TEN, opened, NOW + 60_000).shut is Shut.QUOTA
    assert judge(TEN, [NOW - two_days + n for n in range(10)], NOW + 60_000).shut is None, "the control: by its stamp"
    assert signed_in == NOW


@given(
    ticks=st.lists(st.integers(min_value=-200_000, max_value=30_000), max_size=60),
    shift=st.integers(min_value=1, max_value=12),
    pace_count=st.integers(min_value=1, max_value=12),
    pace_s=st.integers(min_value=60, max_value=600),
)
def test_that_no_play_with_the_clock_opens_more_than_time_that_passed_allows(
    ticks: list[int], shift: int, pace_count: int, pace_s: int
) -> None:
    """Somebody asks again and again, and sets the clock back or lets it go on in between."""
    quota, now, latest = Quota(shift, pace_count, pace_s), NOW, NOW
    stamps: list[int] = [NOW]  # a sign-in
    opened: list[tuple[int, int]] = []  # stamp, and the latest time there had been
    for tick in ticks:
        now += tick * 1000
        latest = max(latest, now)
        late = never_earlier(stamps)[1:]
        if judge(quota, late, now).shut is None:
            stamps.append(now)
            opened.append((now, latest))
    for at, (_, since) in enumerate(opened):
        in_shift = [one for one in opened[at:] if one[1] < since + SHIFT_MS]
        assert len(in_shift) <= shift
        in_pace = [one for one in opened[at:] if one[1] < since + pace_s * 1000]
        assert len(in_pace) <= pace_count

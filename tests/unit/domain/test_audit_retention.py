"""What stays at hand, and when a clock is not believed."""

from app.domain.audit_retention import AT_HAND_DAYS, KEPT_DAYS, is_jump, is_young

DAY_MS = 86_400_000
NOW = 1_790_000_000_000


def test_that_three_months_stay_at_hand_and_a_year_is_kept() -> None:
    assert AT_HAND_DAYS >= 31 + 31 + 30
    assert KEPT_DAYS >= 366
    assert is_young(NOW - AT_HAND_DAYS * DAY_MS, NOW)
    assert not is_young(NOW - AT_HAND_DAYS * DAY_MS - 1, NOW)


def test_that_a_clock_more_than_two_days_ahead_is_a_jump() -> None:
    assert not is_jump(NOW, NOW + 2 * DAY_MS)
    assert is_jump(NOW, NOW + 2 * DAY_MS + 1)
    assert not is_jump(NOW, NOW - 400 * DAY_MS)

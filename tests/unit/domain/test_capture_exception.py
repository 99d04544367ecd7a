"""IT's exception to the block of screen capture: it begins, it ends soon, it says why; anything else is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.capture_exception import LONGEST_S, CaptureExceptionError, read_capture_exception

BEGINS = datetime(2026, 12, 1, 9, tzinfo=UTC)
GOOD: dict[str, object] = {"from": BEGINS, "until": BEGINS + timedelta(hours=3), "reason": "Remote support, 4711"}


def test_that_a_good_one_is_taken() -> None:
    exception = read_capture_exception(GOOD)
    assert (exception.begins_at, exception.ends_at) == (BEGINS.timestamp(), BEGINS.timestamp() + 3 * 3600)
    assert exception.reason == "Remote support, 4711"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": None}, "without an end"),
        ({"from": None}, "from is missing"),
        ({"reason": None}, "reason is missing"),
        ({"until": "2026-12-01"}, "offset"),
        ({"until": BEGINS.date()}, "offset"),
        ({"until": BEGINS.replace(tzinfo=None)}, "offset"),
        ({"until": BEGINS}, "not after"),
        ({"until": BEGINS - timedelta(hours=1)}, "not after"),
        ({"until": BEGINS + timedelta(seconds=LONGEST_S + 1)}, "3 days"),
        ({"reason": "  "}, "reason must be"),
        ({"reason": "a\nb"}, "reason must be"),
        ({"reason": "x" * 201}, "reason must be"),
        ({"reason": 7}, "reason must be"),
        ({"for": "ever"}, "unknown key 'for'"),
    ],
)
def test_that_a_bad_one_is_refused_in_a_sentence(change: dict[str, object], words: str) -> None:
    table = {key: value for key, value in (GOOD | change).items() if value is not None}
    with pytest.raises(CaptureExceptionError) as refused:
        read_capture_exception(table)
    assert words in refused.value.reason


@given(hours=st.floats(0.01, LONGEST_S / 3600), now=st.integers(-1_000_000, 1_000_000))
def test_that_none_holds_longer_than_it_may(hours: float, now: int) -> None:
    exception = read_capture_exception(GOOD | {"until": BEGINS + timedelta(hours=hours)})
    assert exception.ends_at - exception.begins_at <= LONGEST_S
    if exception.holds(exception.begins_at + now):
        assert 0 <= now < LONGEST_S

"""Call-backs: what a person types, by the office's clock."""

from datetime import UTC, date, datetime, time

import pytest

from app.domain.call_back import CallBack, CallBackError, CallBackFault, judge, kept_call_back, typed_call_back
from app.domain.office_hours import read_office_hours

HOURS = read_office_hours({"time_zone": "Asia/Jakarta", "days": ["mon"], "from": "07:00", "until": "21:00"})
NOW = round(datetime(2026, 11, 26, 20, 0, tzinfo=UTC).timestamp() * 1000)
"""In Jakarta it is 27 November, 03:00, already."""


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("12/3", date(2027, 3, 12), None),
        ("27/11", date(2026, 11, 27), None),
        ("27.11 10.00", date(2026, 11, 27), time(10)),
        ("28-11, 9:05", date(2026, 11, 28), time(9, 5)),
        ("1/12/2026 23:59", date(2026, 12, 1), time(23, 59)),
        ("2026-12-24 10:00", date(2026, 12, 24), time(10)),
    ],
)
def test_that_a_day_and_a_time_are_read_as_people_of_both_languages_write_them(
    text: str, day: date, at: time | None
) -> None:
    assert typed_call_back(text, HOURS, NOW) == CallBack(day, at)


def test_that_nothing_typed_is_no_call_back() -> None:
    assert typed_call_back("  ", HOURS, NOW) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tomorrow", CallBackFault.FORM),
        ("31/2", CallBackFault.FORM),
        ("27/11 25:00", CallBackFault.FORM),
        ("27/11 10:00 please", CallBackFault.FORM),
        ("0812 3456 7890", CallBackFault.FORM),
        ("26/11/2026", CallBackFault.OVER),
        ("27/11 02:59", CallBackFault.OVER),
        ("2028-01-01", CallBackFault.FAR),
    ],
)
def test_that_what_cannot_be_promised_is_refused_with_its_fault(text: str, fault: CallBackFault) -> None:
    with pytest.raises(CallBackError) as caught:
        typed_call_back(text, HOURS, NOW)
    assert caught.value.fault is fault


def test_that_it_is_due_by_the_offices_clock_and_today_counts_until_midnight() -> None:
    timed, whole = CallBack(date(2026, 11, 27), time(10)), CallBack(date(2026, 11, 27))
    assert timed.due_ms(HOURS) == round(datetime(2026, 11, 27, 3, 0, tzinfo=UTC).timestamp() * 1000)
    assert whole.due_ms(HOURS) == round(datetime(2026, 11, 26, 17, 0, tzinfo=UTC).timestamp() * 1000)
    late = round(datetime(2026, 11, 27, 16, 59, tzinfo=UTC).timestamp() * 1000)
    assert judge(whole, HOURS, late) == whole
    with pytest.raises(CallBackError):
        judge(timed, HOURS, late)


def test_that_what_is_kept_comes_back_and_another_form_does_not() -> None:
    promised = CallBack(date(2026, 12, 1), time(10, 30))
    assert kept_call_back(promised.day_text, promised.at_text) == promised
    assert kept_call_back("", "") is None
    for day, at in (("", "10:00"), ("soon", ""), ("2026-12-01", "noon"), ("20261201", ""), ("2026-12-01", "10:00:07")):
        with pytest.raises(CallBackError):
            kept_call_back(day, at)

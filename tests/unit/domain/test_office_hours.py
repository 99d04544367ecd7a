"""The office's hours: days and hours are those of its zone, over midnight too, and what cannot be is refused."""

import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.office_hours import DAYS, OfficeHoursError, read_office_hours

JAKARTA = {"time_zone": "Asia/Jakarta", "days": list(DAYS[:5]), "from": "08:00", "until": "17:30"}
NIGHT = {**JAKARTA, "from": "20:00", "until": "04:00"}
ALWAYS = {**JAKARTA, "days": list(DAYS), "from": "00:00", "until": "24:00"}


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        ("2026-11-27T08:00+07:00", True),
        ("2026-11-27T07:59:59.999+07:00", False),
        ("2026-11-27T17:29:59+07:00", True),
        ("2026-11-27T17:30+07:00", False),
        ("2026-11-27T01:00+00:00", True),
        ("2026-11-28T10:00+07:00", False),
    ],
)
def test_that_work_is_by_the_zone_of_the_office(when: str, works: bool) -> None:
    assert read_office_hours(JAKARTA).is_work(at(when)) is works


@pytest.mark.parametrize(
    ("when", "works"),
    [
        ("2026-11-27T21:00+07:00", True),
        ("2026-11-28T03:59+07:00", True),
        ("2026-11-28T21:00+07:00", False),
        ("2026-11-23T03:00+07:00", False),
        ("2026-11-27T12:00+07:00", False),
    ],
)
def test_that_the_morning_after_a_night_belongs_to_the_day_before(when: str, works: bool) -> None:
    assert read_office_hours(NIGHT).is_work(at(when)) is works


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_that_an_office_which_never_closes_always_works(when: datetime) -> None:
    assert read_office_hours(ALWAYS).is_work(round(when.timestamp() * 1000))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["Asia/Jakarta", "Asia/Jayapura", "UTC"]))
def test_that_a_day_begins_where_the_day_before_ends(day: date, zone: str) -> None:
    hours = read_office_hours({**JAKARTA, "time_zone": zone})
    start = hours.day_start_ms(day)
    assert hours.local(start).date() == day
    assert hours.local(start - 1).date() == day - timedelta(days=1)


def test_that_the_hours_shown_hold_the_whole_of_the_work() -> None:
    assert read_office_hours(JAKARTA).hours == (8, 18)
    assert read_office_hours(NIGHT).hours == (0, 24)
    assert read_office_hours(ALWAYS).hours == (0, 24)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"time_zone": "Asia/Batavia"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"time_zone": 7}, "time_zone"),
        ({"days": []}, "days"),
        ({"days": ["mon", "mon"]}, "days"),
        ({"days": ["monday"]}, "days"),
        ({"from": "8:00"}, "from"),
        ({"from": "24:01"}, "from"),
        ({"from": "08:60"}, "from"),
        ({"from": "17:30"}, "until"),
        ({"breaks": "12:00"}, "breaks"),
    ],
)
def test_that_hours_which_cannot_be_are_refused_by_their_key(change: Mapping[str, object], key: str) -> None:
    with pytest.raises(OfficeHoursError) as refused:
        read_office_hours({**JAKARTA, **change})
    assert refused.value.key == key


WEEK_MS = 7 * 24 * 3600 * 1000


@given(
    st.sampled_from([JAKARTA, NIGHT, ALWAYS, {**JAKARTA, "days": ["sun"]}]),
    st.integers(at("2026-11-01T00:00Z"), at("2026-12-01T00:00Z")),
    st.integers(1, WEEK_MS),
    st.floats(0, 1, exclude_max=True),
)
def test_that_a_time_is_in_a_stretch_off_work_just_when_nobody_works(
    declared: Mapping[str, object], since: int, lasts: int, part: float
) -> None:
    hours = read_office_hours(declared)
    stretches, when = hours.off_stretches(since, since + lasts), since + int(lasts * part)
    assert any(start <= when < end for start, end in stretches) is not hours.is_work(when)
    assert all(since <= start < end <= since + lasts for start, end in stretches)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(stretches))


def test_that_an_hour_begins_where_its_day_says() -> None:
    hours = read_office_hours(JAKARTA)
    assert hours.hour_ms(date(2026, 11, 27), 9) == at("2026-11-27T09:00+07:00")
    assert hours.hour_ms(date(2026, 11, 27), 24) == at("2026-11-28T00:00+07:00")

"""When a schedule is due: never in the past, never twice a day, whatever the clock on the wall does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.schedule import Schedule, ScheduleError, read_schedule

HOUR_MS = 3_600_000


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def utc(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def test_that_a_beat_is_kept_and_missed_runs_are_one() -> None:
    every = read_schedule({"every": "6h"})
    due = ms("2026-03-01T00:00Z")
    assert utc(every.next_ms(due, due)) == "2026-03-01 06:00"
    assert utc(every.next_ms(due, due + HOUR_MS)) == "2026-03-01 06:00"
    assert utc(every.next_ms(due, ms("2026-03-08T07:30Z"))) == "2026-03-08 12:00"
    assert utc(every.next_ms(due, due - HOUR_MS)) == "2026-03-01 00:00"


def test_that_a_daily_run_follows_the_wall() -> None:
    daily = read_schedule({"at": "02:30", "time_zone": "Asia/Jakarta"})
    assert utc(daily.next_ms(0, ms("2026-03-01T00:00Z"))) == "2026-03-01 19:30"
    assert utc(daily.next_ms(0, ms("2026-03-01T19:30Z"))) == "2026-03-02 19:30"


def test_that_a_day_whose_clock_skips_the_time_has_its_run() -> None:
    berlin = read_schedule({"at": "02:30", "time_zone": "Europe/Berlin"})
    assert utc(berlin.next_ms(0, ms("2026-03-28T12:00Z"))) == "2026-03-29 01:30"  # 02:30 is not; it is 03:30 then
    assert utc(berlin.next_ms(0, ms("2026-03-29T01:30Z"))) == "2026-03-30 00:30"


def test_that_a_day_whose_clock_shows_the_time_twice_has_one_run() -> None:
    berlin = read_schedule({"at": "02:30", "time_zone": "Europe/Berlin"})
    first = berlin.next_ms(0, ms("2026-10-24T12:00Z"))
    assert utc(first) == "2026-10-25 00:30"
    assert utc(berlin.next_ms(first, first)) == "2026-10-26 01:30"


@given(st.integers(0, 4_000_000_000_000), st.integers(0, 4_000_000_000_000), st.sampled_from(["5m", "7h", "31d"]))
def test_that_what_is_due_lies_ahead_and_on_the_beat(due: int, now: int, every: str) -> None:
    schedule = read_schedule({"every": every})
    following = schedule.next_ms(due, now)
    assert following > now
    assert (following - due) % (schedule.every_s * 1000) == 0
    assert following - now <= schedule.every_s * 1000 or following == due


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),
    st.integers(0, 1439),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Jakarta", "Pacific/Apia"]),
)
def test_that_there_is_one_run_a_day(now: datetime, minute: int, zone: str) -> None:
    daily = read_schedule({"at": f"{minute // 60:02}:{minute % 60:02}", "time_zone": zone})
    start = round(now.replace(tzinfo=UTC).timestamp() * 1000)
    first = daily.next_ms(0, start)
    second = daily.next_ms(first, first)
    assert start < first < second
    assert timedelta(hours=22) <= timedelta(milliseconds=second - first) <= timedelta(hours=50)
    assert first - start <= 50 * HOUR_MS


@pytest.mark.parametrize(
    ("found", "key"),
    [
        ({}, "every"),
        ({"every": "1h", "at": "02:00"}, "every"),
        ({"every": 6}, "every"),
        ({"every": "4m"}, "every"),
        ({"every": "32d"}, "every"),
        ({"every": "1h", "time_zone": "UTC"}, "time_zone"),
        ({"at": "2:30", "time_zone": "UTC"}, "at"),
        ({"at": "24:00", "time_zone": "UTC"}, "at"),
        ({"at": "02:30"}, "time_zone"),
        ({"at": "02:30", "time_zone": "Nowhere"}, "time_zone"),
        ({"at": "02:30", "time_zone": "UTC", "on": "mon"}, "on"),
    ],
)
def test_that_another_declaration_is_refused(found: dict[str, object], key: str) -> None:
    with pytest.raises(ScheduleError) as refused:
        read_schedule(found)
    assert refused.value.key == key


def test_that_a_schedule_is_a_value() -> None:
    assert read_schedule({"every": "1d"}) == Schedule(every_s=86_400)

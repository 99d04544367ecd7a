"""The figures of the office's proof: months in the office's zone, and requests in time, late or open."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.compliance.figures import (
    LATE,
    ON_TIME,
    OPEN,
    month_after,
    month_begins_ms,
    month_of,
    months_back,
    requests_by_month,
    state_of_request,
)

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=JAKARTA).timestamp() * 1000)


@pytest.mark.parametrize(
    ("month", "by", "expected"),
    [("2026-11", 1, "2026-12"), ("2026-12", 1, "2027-01"), ("2026-01", -1, "2025-12"), ("2026-11", -11, "2025-12")],
)
def test_that_months_go_on_over_a_year(month: str, by: int, expected: str) -> None:
    assert month_after(month, by) == expected


def test_that_a_month_is_the_offices_own() -> None:
    begins = month_begins_ms("2026-11", JAKARTA)
    assert month_of(begins, JAKARTA) == "2026-11"
    assert month_of(begins - 1, JAKARTA) == "2026-10"
    assert months_back(begins, JAKARTA)[0] == "2025-12"
    assert months_back(begins, JAKARTA)[-1] == "2026-11"


@pytest.mark.parametrize(
    ("ended_ms", "now_ms", "state"),
    [(None, 10, OPEN), (None, 11, LATE), (10, 99, ON_TIME), (11, 99, LATE)],
)
def test_that_a_request_is_in_time_to_its_very_end(ended_ms: int | None, now_ms: int, state: str) -> None:
    assert state_of_request(10, ended_ms, now_ms) == state


def test_that_requests_count_for_the_month_in_which_they_came() -> None:
    now = at("2026-11-20T10:00")
    rows = [
        (at("2026-10-31T23:59"), at("2026-11-03T23:59"), at("2026-11-02T09:00")),
        (at("2026-11-01T00:01"), at("2026-11-04T00:01"), at("2026-11-05T09:00")),
        (at("2026-11-19T09:00"), at("2026-11-22T09:00"), None),
        (at("2024-01-01T09:00"), at("2024-01-04T09:00"), None),
    ]
    series = requests_by_month(rows, months_back(now, JAKARTA), now, JAKARTA)
    found = {part.code: part.counts[-2:] for part in series.parts}
    assert found == {ON_TIME: (1, 0), OPEN: (0, 1), LATE: (0, 1)}
    assert sum(series.total(column) for column in range(12)) == 3

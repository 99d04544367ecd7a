"""Outside the hours of work: what is declared, and when the hours begin."""

from datetime import UTC, datetime

import pytest

from app.domain.off_hours import OffHoursError, Outside, begins_in_ms, read_off_hours
from app.domain.office_hours import read_office_hours
from app.domain.role import Role

SURABAYA = read_office_hours(
    {"time_zone": "Asia/Jakarta", "days": ["mon", "tue", "wed", "thu", "fri"], "from": "07:00", "until": "21:00"}
)
NIGHT = read_office_hours({"time_zone": "Asia/Jakarta", "days": ["sat"], "from": "22:00", "until": "06:00"})
HOUR_MS = 3_600_000


def at(day: int, hour: int, minute: int = 0) -> int:
    """A time in November 2026 by Jakarta's clock (UTC+7), whose 27th is a Friday."""
    return round(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp() * 1000) - 7 * HOUR_MS


@pytest.mark.parametrize(
    ("now_ms", "hours"),
    [(at(27, 6), 1.0), (at(27, 6, 30), 0.5), (at(27, 7), 72.0), (at(27, 22), 57.0), (at(29, 7), 24.0)],
)
def test_that_one_is_told_when_the_hours_begin(now_ms: int, hours: float) -> None:
    assert begins_in_ms(SURABAYA, now_ms) == hours * HOUR_MS


def test_that_a_window_over_midnight_begins_once_a_week() -> None:
    assert begins_in_ms(NIGHT, at(28, 21)) == HOUR_MS
    assert begins_in_ms(NIGHT, at(29, 3)) == (6 * 24 + 19) * HOUR_MS


def test_that_each_role_has_its_word() -> None:
    assert read_off_hours({"agent": "ask", "supervisor": "code"}) == {
        Role.AGENT: Outside.ASK,
        Role.SUPERVISOR: Outside.CODE,
    }


@pytest.mark.parametrize(
    ("table", "key"), [({"guest": "ask"}, "guest"), ({"agent": "never"}, "agent"), ({"agent": 1}, "agent")]
)
def test_that_an_unknown_role_or_word_is_refused(table: dict[str, object], key: str) -> None:
    with pytest.raises(OffHoursError) as refused:
        read_off_hours(table)
    assert refused.value.key == key

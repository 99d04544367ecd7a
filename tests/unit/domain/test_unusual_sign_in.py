"""Unusual sign-ins: a new workstation, off hours, far from the usual; and nothing of whoever always works so."""

from datetime import datetime

import pytest

from app.domain.office_hours import OfficeHours
from app.domain.policy_reader import load_policy
from app.domain.unusual_sign_in import FEW, Earlier, Unusual, unusual
from app.resource_files import resource_text

HOURS: OfficeHours = load_policy(resource_text("policy", "default.toml")).office_hours
HERE, THERE = bytes(16), bytes([1] * 16)
NEW, OFF, FAR = Unusual


def at(hour: int, day: int = 27) -> int:
    """A time in November 2026 by the office's clock; the 22nd and the 29th are Sundays."""
    return int(datetime(2026, 11, day, hour, 10, tzinfo=HOURS.zone).timestamp() * 1000)


def before(hour: int, count: int = FEW, seat: bytes = HERE) -> list[Earlier]:
    return [Earlier(seat, at(hour, 23 + n % 4)) for n in range(count)]


@pytest.mark.parametrize(
    ("seat", "at_ms", "earlier", "found"),
    [
        (HERE, at(9), [], ()),
        (HERE, at(9), before(9), ()),
        (THERE, at(9), before(9), (NEW,)),
        (THERE, at(9), before(9, 1), (NEW,)),
        (THERE, at(9), [*before(9), Earlier(THERE, at(9, 23))], ()),
        (HERE, at(23), before(9, FEW - 1), ()),
        (HERE, at(23), before(20), (OFF,)),
        (HERE, at(3), before(9), (OFF, FAR)),
        (THERE, at(3), before(9), (NEW, OFF, FAR)),
        (HERE, at(23), before(23), ()),
        (HERE, at(0), before(23), ()),
        (HERE, at(15), before(8), (FAR,)),
        (HERE, at(9, 29), before(9), (OFF,)),
    ],
)
def test_that_what_is_unlike_earlier_ones_is_named(
    seat: bytes, at_ms: int, earlier: list[Earlier], found: tuple[Unusual, ...]
) -> None:
    assert unusual(seat, at_ms, earlier, HOURS) == found

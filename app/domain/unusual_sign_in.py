"""What is unusual about a right sign-in: a new workstation, off hours, an hour far from the usual. Pure judgement.

It flags and refuses nothing: who was it is for people to find out. Nothing of a network or a place is looked at, since
none is kept. Whoever always works at night is not flagged each night.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.office_hours import OfficeHours

LOOKED_AT = 60
"""So many earlier sign-ins tell what is usual."""
FEW = 5
"""With fewer earlier ones, nobody knows a person's hours."""
FAR_MIN = 3 * 60
"""So far from every earlier one, by the clock on the wall, is far."""
_DAY_MIN = 24 * 60


class Unusual(StrEnum):
    """What is unusual."""

    NEW_WORKSTATION = "new_workstation"
    OFF_HOURS = "off_hours"
    FAR_FROM_USUAL = "far_from_usual"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier sign-in of the same account: from which workstation, and when (ms since 1970)."""

    seat: bytes
    at_ms: int


def unusual(seat: bytes, at_ms: int, earlier: Sequence[Earlier], hours: OfficeHours) -> tuple[Unusual, ...]:
    """What is unusual about a sign-in, in the order of `Unusual`.

    Args:
        seat: the workstation.
        at_ms: when, ms since 1970.
        earlier: the account's newest earlier ones; none: it is the first, and nothing is unusual about it.
        hours: the office's.
    """
    found = []
    if earlier and all(one.seat != seat for one in earlier):
        found.append(Unusual.NEW_WORKSTATION)
    if len(earlier) < FEW:
        return tuple(found)
    outside = sum(not hours.is_work(one.at_ms) for one in earlier)
    if not hours.is_work(at_ms) and outside * FEW < len(earlier):
        found.append(Unusual.OFF_HOURS)
    now = _minute(at_ms, hours)
    if min(_apart(now, _minute(one.at_ms, hours)) for one in earlier) > FAR_MIN:
        found.append(Unusual.FAR_FROM_USUAL)
    return tuple(found)


def _minute(at_ms: int, hours: OfficeHours) -> int:
    local = hours.local(at_ms)
    return local.hour * 60 + local.minute


def _apart(one: int, other: int) -> int:
    """Minutes between two times of the day, over midnight where that is shorter."""
    return min((one - other) % _DAY_MIN, (other - one) % _DAY_MIN)

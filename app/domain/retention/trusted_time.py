"""Which time retention believes: a clock that jumps, forward or back, makes nothing due.

The last time that was believed is kept with the boot clock of that moment. In the same boot the wall clock has to go on
as that one did; after another boot it may be ahead by two days at most (a long weekend), and behind by two minutes
(`protection.md` section 6). In doubt nothing is due, until a person says that the date is right.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

BACK_MS: Final = 120_000
FORWARD_MS: Final = 48 * 3_600_000
DRIFT_MS: Final = 3_600_000
"""What NTP may put right within one boot."""
SERVERS: Final = "servers"
"""Stands for the boot of gateways, whose boot clock is the wall clock and proves nothing."""


class Doubt(StrEnum):
    """Why a time is not believed."""

    NONE = ""
    AHEAD = "ahead"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class TimeSeen:
    """The last time that was believed.

    Attributes:
        at_ms: that time, ms since 1970.
        boot_id: which boot it was seen in.
        boot_ms: the boot clock of that moment.
    """

    at_ms: int
    boot_id: str
    boot_ms: int


@dataclass(frozen=True, slots=True)
class TimeNow:
    """What is believed now.

    Attributes:
        seen: what to keep for the next look.
        doubt: why the wall clock is not believed; then `seen.at_ms` may be long ago.
    """

    seen: TimeSeen
    doubt: Doubt


def look(seen: TimeSeen | None, wall_ms: int, boot_id: str, boot_ms: int) -> TimeNow:
    """Judge the clocks of this moment.

    Args:
        seen: what the last look kept; None for the first one.
        wall_ms: the wall clock.
        boot_id: which boot this is.
        boot_ms: the boot clock.
    """
    here = TimeSeen(wall_ms, boot_id, boot_ms)
    if seen is None:
        return TimeNow(here, Doubt.NONE)
    if boot_id == seen.boot_id != SERVERS:
        expected = seen.at_ms + max(0, boot_ms - seen.boot_ms)
        if wall_ms > expected + DRIFT_MS:
            return TimeNow(replace(here, at_ms=expected), Doubt.AHEAD)
        if wall_ms < expected - BACK_MS:
            return TimeNow(replace(here, at_ms=expected), Doubt.BEHIND)
        return TimeNow(here, Doubt.NONE)
    if wall_ms > seen.at_ms + FORWARD_MS:
        return TimeNow(seen, Doubt.AHEAD)
    if wall_ms < seen.at_ms - BACK_MS:
        return TimeNow(seen, Doubt.BEHIND)
    return TimeNow(here, Doubt.NONE)

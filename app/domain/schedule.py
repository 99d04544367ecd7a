"""When work that nobody starts by hand is due next: every so often, or once a day by a clock on the wall.

Pure: a time goes in, a time comes out. Invariants: what is due lies after now, so a gateway that stood still for a
week runs once and not a hundred times; a day has one run, also where the clock skips that time (it runs as much later
as the clock skipped) or shows it twice (it runs at the first).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from app.domain.office_hours import OfficeHoursError, minute_of_day, zone_named

SHORTEST_S = 300
LONGEST_S = 31 * 86_400
_EVERY = re.compile(r"([1-9][0-9]{0,4})(m|h|d)")
_UNIT_S = {"m": 60, "h": 3_600, "d": 86_400}
_DAY_MIN = 24 * 60


class ScheduleError(ValueError):
    """The declared schedule is refused.

    Attributes:
        key: which of its words.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Schedule:
    """Either of two.

    Attributes:
        every_s: seconds from one run to the next, or 0.
        at_min: minutes after midnight of the daily run, or None.
        time_zone: name of the zone of `at_min`, or empty.
        zone: that zone.
    """

    every_s: int = 0
    at_min: int | None = None
    time_zone: str = ""
    zone: tzinfo = UTC

    def next_ms(self, due_ms: int, now_ms: int) -> int:
        """The first time after now at which a run is due.

        Args:
            due_ms: when the run that was taken was due, or when the schedule was made, ms since 1970: runs keep its
                beat, however late they were.
            now_ms: now, ms since 1970.
        """
        if self.at_min is not None:
            return self._next_daily_ms(now_ms)
        every_ms = self.every_s * 1_000
        beats = max(0, (now_ms - due_ms) // every_ms) + 1
        return due_ms + beats * every_ms if due_ms <= now_ms else due_ms

    def _next_daily_ms(self, now_ms: int) -> int:
        assert self.at_min is not None
        at = time(self.at_min // 60, self.at_min % 60)
        day = datetime.fromtimestamp(now_ms / 1_000, self.zone).date() - timedelta(days=1)
        while True:
            due = datetime.combine(day, at, self.zone)  # fold 0: the first of two, or past the gap (PEP 495)
            due_ms = round(due.timestamp() * 1_000)
            if due_ms > now_ms:
                return due_ms
            day += timedelta(days=1)


def read_schedule(found: Mapping[str, object]) -> Schedule:
    """A schedule as a file declares it: `every`, or `at` and `time_zone`.

    Raises:
        ScheduleError: with key and reason.
    """
    for key in found:
        if key not in {"every", "at", "time_zone"}:
            raise ScheduleError(key, f"unknown key {key!r}")
    if ("every" in found) == ("at" in found):
        raise ScheduleError("every", "say either every or at")
    if "every" in found:
        if "time_zone" in found:
            raise ScheduleError("time_zone", "time_zone belongs to at")
        return Schedule(every_s=_every_s(found["every"]))
    try:
        at_min = minute_of_day("at", found["at"])
        name, zone = zone_named(found.get("time_zone"))
    except OfficeHoursError as error:
        raise ScheduleError(error.key, error.reason) from error
    if at_min == _DAY_MIN:
        raise ScheduleError("at", "at must be a time such as 00:00; a day has no 24:00 of its own")
    return Schedule(at_min=at_min, time_zone=name, zone=zone)


def _every_s(value: object) -> int:
    parts = _EVERY.fullmatch(value) if isinstance(value, str) else None
    seconds = int(parts[1]) * _UNIT_S[parts[2]] if parts else 0
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise ScheduleError("every", "every must be a time from 5m to 31d, such as 30m, 6h or 1d")
    return seconds

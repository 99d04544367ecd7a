"""The office's clock on the wall: its time zone, and the hours in which people work there.

A zone of Indonesia needs no database of zones (none of them has summer time); another one is looked up in the
machine's, which a minimal machine may lack. Days and hours of the exposure ledger are those of this zone, wherever
the office's process or a console runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIXED_H: Mapping[str, int] = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9, "UTC": 0}
_DAY_MIN = 24 * 60


class OfficeHoursError(ValueError):
    """The declared hours are refused.

    Attributes:
        key: which of them.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Hours of work.

    Attributes:
        time_zone: name of the zone, such as `Asia/Jakarta`.
        zone: the zone.
        days: working days, Monday is 0.
        from_min, until_min: minutes after midnight; `until_min` is not included. Where it is not above `from_min`, the
            work goes on over midnight, and the morning belongs to the day before.
    """

    time_zone: str
    zone: tzinfo
    days: frozenset[int]
    from_min: int
    until_min: int

    def local(self, at_ms: int) -> datetime:
        """A time, ms since 1970, by the office's clock."""
        return datetime.fromtimestamp(at_ms / 1000, self.zone)

    def is_work(self, at_ms: int) -> bool:
        """Whether people work at this time, ms since 1970."""
        now = self.local(at_ms)
        minute = now.hour * 60 + now.minute
        if self.from_min < self.until_min:
            return now.weekday() in self.days and self.from_min <= minute < self.until_min
        if minute >= self.from_min:
            return now.weekday() in self.days
        return minute < self.until_min and (now.weekday() - 1) % 7 in self.days

    def is_within(self, other: "OfficeHours") -> bool:
        """Whether the others, of a zone of the same name, are hours of work whenever these are."""
        return self.time_zone == other.time_zone and self._minutes_of_week() <= other._minutes_of_week()

    def _minutes_of_week(self) -> frozenset[int]:
        """The minutes of work, from Monday's midnight on."""
        length = self.until_min - self.from_min + (_DAY_MIN if self.until_min <= self.from_min else 0)
        starts = [day * _DAY_MIN + self.from_min for day in self.days]
        return frozenset(minute % (7 * _DAY_MIN) for at in starts for minute in range(at, at + length))

    def day_start_ms(self, day: date) -> int:
        """When a day begins, ms since 1970."""
        return round(datetime.combine(day, time(), self.zone).timestamp() * 1000)

    def hour_ms(self, day: date, hour: int) -> int:
        """When an hour of a day begins, ms since 1970; 24 is the next day's first."""
        return self._minute_ms(day, hour * 60)

    def off_stretches(self, since_ms: int, until_ms: int) -> list[tuple[int, int]]:
        """The stretches from `since_ms` to before `until_ms` in which nobody works, in order."""
        found: list[tuple[int, int]] = []
        at_ms, day = since_ms, self.local(since_ms).date() - timedelta(days=1)
        last = self.local(until_ms).date()
        while day <= last:
            if day.weekday() in self.days:
                start, end = self._work(day)
                if start > at_ms and at_ms < until_ms:
                    found.append((at_ms, min(start, until_ms)))
                at_ms = max(at_ms, end)
            day += timedelta(days=1)
        if at_ms < until_ms:
            found.append((at_ms, until_ms))
        return found

    def _work(self, day: date) -> tuple[int, int]:
        """The hours of one day, ms since 1970."""
        ends_on = day if self.from_min < self.until_min else day + timedelta(days=1)
        return self._minute_ms(day, self.from_min), self._minute_ms(ends_on, self.until_min)

    def _minute_ms(self, day: date, minute: int) -> int:
        if minute == _DAY_MIN:
            return self.day_start_ms(day + timedelta(days=1))
        at = datetime.combine(day, time(minute // 60, minute % 60), self.zone)
        return round(at.timestamp() * 1000)

    @property
    def hours(self) -> tuple[int, int]:
        """The first hour in which people work, and the hour after the last; all of them where it goes over midnight."""
        if self.from_min >= self.until_min:
            return 0, 24
        return self.from_min // 60, -(-self.until_min // 60)


def read_office_hours(found: Mapping[str, Any]) -> OfficeHours:
    """The hours that a policy declares: `time_zone`, `days`, `from`, `until`.

    Raises:
        OfficeHoursError: with key and reason.
    """
    for key in ("time_zone", "days", "from", "until"):
        if key not in found:
            raise OfficeHoursError(key, f"{key} is missing")
    for key in found:
        if key not in {"time_zone", "days", "from", "until"}:
            raise OfficeHoursError(key, f"unknown key {key!r}")
    days = found["days"]
    if not isinstance(days, list) or not days or any(day not in DAYS for day in days) or len(set(days)) != len(days):
        raise OfficeHoursError("days", f"days must list some of {', '.join(DAYS)}, each once")
    name, zone = zone_named(found["time_zone"])
    start, end = minute_of_day("from", found["from"]), minute_of_day("until", found["until"])
    if start == end:
        raise OfficeHoursError("until", "until is from; for the whole day say 00:00 and 24:00")
    return OfficeHours(name, zone, frozenset(DAYS.index(day) for day in days), start, end)


def zone_named(name: object) -> tuple[str, tzinfo]:
    """A declared zone and its name.

    Raises:
        OfficeHoursError: no name, or one that this machine does not know.
    """
    if not isinstance(name, str):
        raise OfficeHoursError("time_zone", "time_zone must name a zone, such as Asia/Jakarta")
    if name in _FIXED_H:
        return name, timezone(timedelta(hours=_FIXED_H[name]), name) if _FIXED_H[name] else UTC
    try:
        return name, ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise OfficeHoursError("time_zone", "this machine does not know that time_zone") from error


def minute_of_day(key: str, value: object) -> int:
    """Minutes after midnight of `HH:MM`; 24:00 is the end of a day.

    Raises:
        OfficeHoursError: no such time.
    """
    parts = value.split(":") if isinstance(value, str) else []
    if len(parts) != 2 or any(len(part) != 2 or not part.isascii() or not part.isdigit() for part in parts):
        raise OfficeHoursError(key, f"{key} must be a time such as 08:00")
    hour, minute = int(parts[0]), int(parts[1])
    if minute > 59 or hour * 60 + minute > _DAY_MIN:
        raise OfficeHoursError(key, f"{key} must be a time such as 08:00")
    return hour * 60 + minute

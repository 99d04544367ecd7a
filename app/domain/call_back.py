"""When a customer is to be called back: a day by the office's clock, and a time of it if one was agreed.

What a person types is read here, in the manners of both languages: `12/3`, `12/3/2026`, `2026-03-12`, each with a time
behind it if there is one (`10:00`, `10.00`). A day without a year is the next such day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.domain.errors import InputRefusedError
from app.domain.office_hours import OfficeHours

FURTHEST_DAYS = 366
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")


class CallBackFault(StrEnum):
    """Why a day or time is refused; screens have words for each."""

    FORM = "form"
    OVER = "over"
    FAR = "far"


class CallBackError(InputRefusedError):
    """What was typed is no time to call back at.

    Attributes:
        fault: why.
    """

    def __init__(self, fault: CallBackFault) -> None:
        super().__init__("This is no day to call back on.", code="call_back")
        self.fault = fault


@dataclass(frozen=True, slots=True)
class CallBack:
    """A day, and a time or None, by the office's clock."""

    day: date
    at: time | None = None

    @property
    def day_text(self) -> str:
        """As it is kept: `2026-03-12`."""
        return self.day.isoformat()

    @property
    def at_text(self) -> str:
        """As it is kept: `10:00`, or empty."""
        return self.at.isoformat("minutes") if self.at is not None else ""

    def due_ms(self, hours: OfficeHours) -> int:
        """From when on the call is due, ms since 1970."""
        if self.at is None:
            return hours.day_start_ms(self.day)
        return round(datetime.combine(self.day, self.at, hours.zone).timestamp() * 1000)

    def over_ms(self, hours: OfficeHours) -> int:
        """From when on it can be promised no more: its time, or the end of its day."""
        return self.due_ms(hours) if self.at is not None else hours.day_start_ms(self.day + timedelta(days=1))


def judge(call_back: CallBack, hours: OfficeHours, now_ms: int) -> CallBack:
    """Give it back if it may be promised now.

    Raises:
        CallBackError: it is over already, or too far.
    """
    if call_back.over_ms(hours) <= now_ms:
        raise CallBackError(CallBackFault.OVER)
    if (call_back.day - hours.local(now_ms).date()).days > FURTHEST_DAYS:
        raise CallBackError(CallBackFault.FAR)
    return call_back


def kept_call_back(day: str, at: str) -> CallBack | None:
    """Out of the forms in which it is kept; None where there is none.

    Raises:
        CallBackError: it is in another form.
    """
    if not day:
        if at:
            raise CallBackError(CallBackFault.FORM)
        return None
    try:
        kept = CallBack(date.fromisoformat(day), time.fromisoformat(at) if at else None)
    except ValueError:
        raise CallBackError(CallBackFault.FORM) from None
    if (kept.day_text, kept.at_text) != (day, at):
        raise CallBackError(CallBackFault.FORM)
    return kept


def typed_call_back(text: str, hours: OfficeHours, now_ms: int) -> CallBack | None:
    """What a person typed; None for nothing.

    Raises:
        CallBackError: with its fault.
    """
    parts = text.replace(",", " ").split()
    if not parts:
        return None
    today = hours.local(now_ms).date()
    day = _day(parts[0], today)
    at = _time(parts[1]) if len(parts) == 2 else None
    if day is None or len(parts) > 2 or (len(parts) == 2 and at is None):
        raise CallBackError(CallBackFault.FORM)
    return judge(CallBack(day, at), hours, now_ms)


def _day(text: str, today: date) -> date | None:
    try:
        if found := _ISO_DAY.fullmatch(text):
            return date(*map(int, found.groups()))
        if not (found := _DAY.fullmatch(text)):
            return None
        day, month, year = int(found[1]), int(found[2]), int(found[3] or today.year)
        typed = date(year, month, day)
        return typed if found[3] or typed >= today else date(year + 1, month, day)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None

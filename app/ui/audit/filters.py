"""What is looked for, as words and as a filter of the log. Spans of time are counted when the search begins."""

import re
import time
from dataclasses import dataclass
from enum import StrEnum

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.session.log_shown import LogFilter
from app.ui.audit.words import event_name, event_names, outcome_name, short_id
from app.ui.language import tr as _tr
from app.ui.words import class_name, iso_day

_DAY_S = 86_400
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+(\d{4}-\d{2}-\d{2}))?")
_NUMBERS = re.compile(r"(\d{1,15})(?:-(\d{1,15}))?")
_PERSON = re.compile(r"[a-z0-9_.-]{1,64}")


class By(StrEnum):
    """The filters, in the order of their chips."""

    TIME = "time"
    PERSON = "person"
    EVENT = "event"
    OUTCOME = "outcome"
    CLASS = "class"
    ENTRY = "entry"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter's list."""

    key: str
    words: str


def choices(by: By) -> tuple[Choice, ...]:
    """What a filter offers; empty for one that is typed."""
    match by:
        case By.TIME:
            return (
                Choice("hour", _tr("Last hour")),
                Choice("today", _tr("Today")),
                Choice("week", _tr("Last 7 days")),
                Choice("month", _tr("Last 30 days")),
            )
        case By.EVENT:
            return tuple(Choice(key, words) for key, words in event_names().items())
        case By.OUTCOME:
            return tuple(Choice(key, outcome_name(key)) for key in ("ok", "refused", "failed"))
        case By.CLASS:
            return tuple(Choice(c.value, class_name(c)) for c in DataClass if c in SEALED_CLASSES)
        case _:
            return ()


def filter_name(by: By) -> str:
    """A filter's name on its chip."""
    names = {
        By.TIME: _tr("Time"),
        By.PERSON: _tr("Person"),
        By.EVENT: _tr("Event"),
        By.OUTCOME: _tr("Outcome"),
        By.CLASS: _tr("Class"),
        By.ENTRY: _tr("Entry"),
        By.SUBJECT: _tr("Subject"),
    }
    return names[by]


def typed_hint(by: By) -> str:
    """What may be typed."""
    hints = {
        By.TIME: _tr("A day or two: 2026-11-27, or 2026-11-01 2026-11-27"),
        By.PERSON: _tr("An account, such as ratna.dewanti; also finds what was done with it"),
        By.ENTRY: _tr("A number or a span: 88190, or 88100-88190"),
    }
    return hints.get(by, "")


def judged(by: By, text: str) -> str | None:
    """What was typed as a filter keeps it, or None where it is none."""
    text = text.strip().lower()
    match by:
        case By.PERSON:
            return text if _PERSON.fullmatch(text) else None
        case By.ENTRY:
            text = re.sub(r"[.,\s]", "", text)
            found = _NUMBERS.fullmatch(text)
            return text if found and int(found[1]) and (not found[2] or int(found[1]) <= int(found[2])) else None
        case By.TIME:
            span = _span(text)
            return text if span is not None and span[0] < span[1] else None
        case _:
            return None


def shown(by: By, value: str) -> str:
    """A filter's value on its chip."""
    words = {choice.key: choice.words for choice in choices(by)}
    if by is By.SUBJECT:
        return short_id(value)
    if by is By.EVENT:
        return event_name(value)
    return words.get(value, value.replace(" ", " – ") if by is By.TIME else value)


def log_filter(values: dict[By, str], now: float | None = None) -> LogFilter:
    """The filter for the log.

    Args:
        values: what is looked for; each was offered, or judged.
        now: seconds since 1970; None for now.
    """
    since, until = _times(values.get(By.TIME, ""), time.time() if now is None else now)
    numbers = _NUMBERS.fullmatch(values.get(By.ENTRY, ""))
    return LogFilter(
        since=since,
        until=until,
        actor=values.get(By.PERSON, ""),
        event=values.get(By.EVENT, ""),
        outcome=values.get(By.OUTCOME, ""),
        data_class=values.get(By.CLASS, ""),
        first=int(numbers[1]) if numbers else None,
        last=int(numbers[2]) if numbers and numbers[2] else None,
        record=values.get(By.SUBJECT, ""),
    )


def _times(value: str, now: float) -> tuple[float | None, float | None]:
    if not value:
        return None, None
    days = {"hour": 1 / 24, "week": 7.0, "month": 30.0}
    if value in days:
        return now - days[value] * _DAY_S, None
    if value == "today":
        return _midnight(iso_day(now)), None
    span = _span(value)
    return span if span is not None else (None, None)


def _span(text: str) -> tuple[float, float] | None:
    """From the first day's beginning to the last day's end, by the clock of this workstation."""
    found = _DAYS.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return _midnight(found[1]), _midnight(found[2] or found[1], days=1)
    except (ValueError, OverflowError):
        return None


def _midnight(day: str, days: int = 0) -> float:
    parts = time.strptime(day, "%Y-%m-%d")
    return time.mktime((parts.tm_year, parts.tm_mon, parts.tm_mday + days, 0, 0, 0, 0, 0, -1))

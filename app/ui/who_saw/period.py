"""Which days a list is about: a choice, or two days that are typed."""

from datetime import date, timedelta
from enum import StrEnum

from app.session.shown_who_saw import Days
from app.ui.language import tr as _tr

_SEPARATORS = str.maketrans("/. ", "---")


class Period(StrEnum):
    """What the picker offers."""

    ALL = "all"
    MONTH = "month"
    YEAR = "year"
    CHOSEN = "chosen"


def period_name(period: Period) -> str:
    """A choice, in the language of the screen."""
    names = {
        Period.ALL: _tr("All that is kept"),
        Period.MONTH: _tr("Last 30 days"),
        Period.YEAR: _tr("Last 12 months"),
        Period.CHOSEN: _tr("Chosen days"),
    }
    return names[period]


def day_of(text: str) -> date | None:
    """The day that a text says, as 2026-11-27 or 27/11/2026 (with dots or dashes, too); None where it says none."""
    parts = text.strip().translate(_SEPARATORS).split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    first, month, last = (int(part) for part in parts)
    year, day = (first, last) if len(parts[0]) == 4 else (last, first)
    if len(str(year)) != 4:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_of(period: Period, first: str, last: str, today: date) -> Days | None:
    """The days of a choice; None where what was typed is no day.

    Args:
        period: the choice.
        first: what was typed as the first day; an empty one is open.
        last: the same of the last day.
        today: the last day of "last 30 days".
    """
    if period is Period.ALL:
        return Days()
    if period is not Period.CHOSEN:
        return Days(first=today - timedelta(days=29 if period is Period.MONTH else 364))
    begin, end = day_of(first), day_of(last)
    if (first.strip() and begin is None) or (last.strip() and end is None):
        return None
    return Days(begin, end)

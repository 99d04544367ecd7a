"""Filters of the table, as they are chosen and saved: a column, and what of it. Spans of days count from today."""

import time
from collections.abc import Sequence

from app.domain.table_query import Among, Between, Filter, FilterKind, TableColumn
from app.ui.language import tr as _tr
from app.ui.saying import now, said
from app.ui.words import iso_day, number

_DAY_S = 86_400
_SINCE = {"today": 0, "week": 6, "month": 29}
"""Days before today from which on a contact counts."""
_NOT_SINCE = {"not_month": 30, "not_quarter": 90}
"""Days before today since which there was none."""
DAYS = ("today", "week", "month", "not_month", "not_quarter", "never")
"""What a column of days offers, in order."""
_MOST_WORDS = 2


def days_words(code: str) -> str:
    """What a span of days is called."""
    words = {
        "today": _tr("Today"),
        "week": _tr("Last 7 days"),
        "month": _tr("Last 30 days"),
        "not_month": _tr("Not for 30 days"),
        "not_quarter": _tr("Not for 90 days"),
        "never": _tr("Never"),
    }
    return words[code]


def value_words(column: TableColumn, value: str) -> str:
    """What stands for a value in lists and chips."""
    if column.filter is FilterKind.DAYS:
        return days_words(value)
    return value or _tr("Not given")


@said
def chip_words(column: TableColumn, values: Sequence[str]) -> str:
    """What a filter's chip says."""
    if len(values) > _MOST_WORDS:
        words = _tr("{n} chosen").format(n=number(len(values)))
    else:
        words = ", ".join(value_words(column, value) for value in values)
    return f"{now(column.label)}: {words}"


def filter_of(column: TableColumn, values: Sequence[str], now: float | None = None) -> Filter:
    """The filter that a choice makes.

    Args:
        column: of what.
        values: what was chosen, at least one; of days exactly one.
        now: seconds since 1970; None for now.
    """
    if column.filter is not FilterKind.DAYS:
        return Among(column.key, tuple(values))
    code, today = values[0], time.time() if now is None else now
    if code in _SINCE:
        return Between(column.key, first=_day(today, _SINCE[code]))
    if code in _NOT_SINCE:
        return Between(column.key, last=_day(today, _NOT_SINCE[code]), with_none=True)
    return Among(column.key, ("",))


def _day(now: float, days_before: int) -> str:
    local = time.localtime(now)
    noon = time.mktime((local.tm_year, local.tm_mon, local.tm_mday - days_before, 12, 0, 0, 0, 0, -1))
    return iso_day(noon)

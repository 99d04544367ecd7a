"""The figures of the office's proof over time, by month: pure, from numbers and times alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

MONTHS_BACK, MONTHS_AHEAD = 12, 12
ON_TIME, LATE, OPEN = "on_time", "late", "open"
COUNTS, ENDS_SOON, LACKING = "counts", "ends_soon", "lacking"


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of what is counted.

    Attributes:
        code: its name in code.
        counts: one a column.
        label: in whatever language it is shown; empty where the screen has words of its own.
    """

    code: str
    counts: tuple[int, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Columns, and the parts of which each is made: a month as `2026-11`, or a lesson's code."""

    columns: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(any(part.counts) for part in self.parts)

    def total(self, column: int) -> int:
        """All of a column."""
        return sum(part.counts[column] for part in self.parts)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the compliance page draws.

    Attributes:
        requests: of data subjects, by the month in which they came: on time, late, open.
        consents: in force at the end of each month, by purpose.
        ahead: values that have to go, by month.
        training: people by lesson: theirs counts, ends soon, or is lacking.
    """

    requests: Series
    consents: Series
    ahead: Series
    training: Series


def month_of(at_ms: int, zone: tzinfo) -> str:
    """The month of a moment, `2026-11`."""
    return f"{datetime.fromtimestamp(at_ms / 1000, zone):%Y-%m}"


def month_after(month: str, by: int = 1) -> str:
    """The month so many later; earlier where `by` is negative."""
    year, number = map(int, month.split("-"))
    at = year * 12 + number - 1 + by
    return f"{at // 12}-{at % 12 + 1:02}"


def month_begins_ms(month: str, zone: tzinfo) -> int:
    """When a month begins, ms since 1970."""
    year, number = map(int, month.split("-"))
    return round(datetime(year, number, 1, tzinfo=zone).timestamp() * 1000)


def months_back(now_ms: int, zone: tzinfo) -> tuple[str, ...]:
    """The last twelve months, this one last."""
    this = month_of(now_ms, zone)
    return tuple(month_after(this, by) for by in range(1 - MONTHS_BACK, 1))


def state_of_request(due_ms: int, ended_ms: int | None, now_ms: int) -> str:
    """Whether a request was answered in its time, is late, or is open and in time."""
    if ended_ms is None:
        return OPEN if now_ms <= due_ms else LATE
    return ON_TIME if ended_ms <= due_ms else LATE


def requests_by_month(
    rows: Iterable[tuple[int, int, int | None]], months: tuple[str, ...], now_ms: int, zone: tzinfo
) -> Series:
    """Requests by the month in which they came.

    Args:
        rows: when each was received, is due and ended, ms since 1970.
        months: the columns; what came in none of them is left out.
        now_ms: the office's time.
        zone: of its days.
    """
    found = Counter(
        (month_of(received_ms, zone), state_of_request(due_ms, ended_ms, now_ms))
        for received_ms, due_ms, ended_ms in rows
    )
    parts = tuple(Part(state, tuple(found[month, state] for month in months)) for state in (ON_TIME, OPEN, LATE))
    return Series(months, parts)

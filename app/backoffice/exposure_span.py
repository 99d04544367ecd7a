"""Which days the exposure ledger looks at, by the office's clock on the wall, and which entries show something.

Every time zone is a whole number of quarters of an hour from UTC, so quarters fold into the office's hours and days. A
clock that was set ahead has left entries in what is the future now: they count in the last hour, and are lost nowhere.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_

from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.view_ends import SHOWING_EVENTS
from app.domain.office_hours import OfficeHours

BEFORE_DAYS = 30
"""What is usual is told by so many days before."""
QUARTER_MS = 15 * 60 * 1000
Slot = tuple[date, int]
"""A day of the office, and an hour of it."""


def shown() -> ColumnElement[bool]:
    """The entries that tell of a value on a screen."""
    return and_(schema.audit.c.event.in_(SHOWING_EVENTS), schema.audit.c.outcome == "ok")


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a scope.

    Attributes:
        now_ms: the office's time.
        first, today: the first day, and the last.
    """

    hours: OfficeHours
    now_ms: int
    first: date
    today: date

    @classmethod
    def of(cls, office: OpenOffice, days: int) -> "Span":
        """The last `days` days, today among them."""
        hours, now_ms = office.policy.office_hours, office.clock.now_ms()
        today = hours.local(now_ms).date()
        return cls(hours, now_ms, today - timedelta(days=days - 1), today)

    @property
    def since_ms(self) -> int:
        """When the first day begins."""
        return self.hours.day_start_ms(self.first)

    @property
    def before_ms(self) -> int:
        """When the days before begin, which tell what is usual."""
        return self.hours.day_start_ms(self.first - timedelta(days=BEFORE_DAYS))

    @property
    def days(self) -> int:
        """How many days."""
        return (self.today - self.first).days + 1

    def with_before(self) -> tuple[tuple[int, int | None], tuple[int, int | None]]:
        """Begin and end of the scope, which has none, and of as many days before it."""
        before = self.hours.day_start_ms(self.first - timedelta(days=self.days))
        return (self.since_ms, None), (before, self.since_ms)

    def slot(self, quarter: int) -> Slot:
        """Day and hour of a quarter."""
        now = self.hours.local(min(quarter * QUARTER_MS, self.now_ms))
        return now.date(), now.hour


def since_of(office: OpenOffice, days: int) -> int:
    """When the first of the last `days` days of the office began, ms since 1970."""
    return Span.of(office, days).since_ms

"""Messages about retention: the rules, what is due, what is ahead, and whether the date is right."""

from typing import Annotated

from pydantic import Field

from app.api.messages.erasure import SubjectMark
from app.api.messages.wire import Message
from app.domain.field import RetentionStart
from app.domain.retention.trusted_time import Doubt

MOST_SHOWN = 60
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class RetentionRule(Message):
    """How long a field is kept, in months from an event."""

    field: str
    start: RetentionStart
    least: int
    most: int


class DueField(Message):
    """Of how many customers who stay a field is due."""

    field: str
    count: int


class MonthAhead(Message):
    """How many values have to go in a month, such as `2027-03`."""

    month: str
    fields: int


class RetentionNow(Message):
    """A dry run.

    Attributes:
        day: the date that is believed.
        office_day: what the office's clock says.
        doubt: why the clock is not believed; then nothing is due.
        customers: how many are due whole.
        subjects: who and what is due, as an order names it; the first thousand.
        held: customers on whom a hold stands.
        unknown: customers of whom no date is known.
    """

    day: Day
    office_day: Day
    doubt: Doubt
    rules: tuple[RetentionRule, ...]
    customers: int
    fields: tuple[DueField, ...]
    subjects: tuple[SubjectMark, ...]
    held: int
    unknown: int
    ahead: tuple[MonthAhead, ...]


class ConfirmDate(Message):
    """The date is right, says whoever looked at a calendar."""

    day: Day

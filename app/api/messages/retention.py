"""Messages about retention: the rules, what is due, what is ahead, and whether the date is right."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.erasure import SubjectMark
from app.api.messages.since import Before, since, words
from app.api.messages.wire import Id16, Message
from app.domain.field import RetentionStart
from app.domain.retention.trusted_time import Doubt

MOST_SHOWN = 60
MOST_SAMPLES = 3
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


OwnStart = Annotated[
    RetentionStart,
    Before(2, words({"consent_withdrawn": None}), Literal["collected", "last_contact", "contract_end"]),
]
"""A field's own event: never a withdrawal, which is one of rules alone."""


class RetentionRule(Message):
    """How long a field is kept by its own time, in months from an event; the inventory's rules say the rest."""

    field: str
    start: OwnStart
    least: int
    most: int


class DueField(Message):
    """Of how many customers who stay a field is due."""

    field: str
    count: int


class DueByRule(Message):
    """Of how many customers a rule makes a field due: its own longest time, or one of the inventory's rules.

    Attributes:
        start, months, purpose: the rule; `purpose` is the one whose consent was withdrawn.
        law: the article that says it; empty: the inventory alone does.
        samples: some of these customers.
    """

    field: str
    start: RetentionStart
    months: int
    purpose: str
    law: str
    count: int
    samples: tuple[Id16, ...]


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
        by_rule: what is due, by field and by the rule that decides.
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
    by_rule: Annotated[tuple[DueByRule, ...], since(2)] = ()


class ConfirmDate(Message):
    """The date is right, says whoever looked at a calendar."""

    day: Day

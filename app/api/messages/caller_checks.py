"""Messages of identity checks and of the lookup of whole values.

What a caller says goes to the office, is compared there, and comes back as a match or none. No answer carries a value.
"""

from pydantic import Field

from app.api.messages.wire import Id16, Message, Name
from app.domain.caller_check import How

LONGEST_ANSWER = 200
"""Characters; nobody says more about one field."""


class BeginCheck(Message):
    """A call begins whose caller has not been identified yet.

    Attributes:
        check: made by the console, so that the same request may come twice.
        record: the customer that the caller says to be.
    """

    check: Id16
    record: Id16


class CallerAnswer(Message):
    """What the caller said of one field; `text` stays empty when it was compared with the mask by eye."""

    field: Name
    how: How
    text: str = Field(default="", max_length=LONGEST_ANSWER)


class CheckedField(Message):
    """How one field of a check stands.

    Attributes:
        field: its name.
        counts: whether policy counts it.
        typed: whether what was typed matched.
        by_eye: whether it was ticked.
        tries_left: how often it may still be tried in this call.
    """

    field: str
    counts: bool
    typed: bool
    by_eye: bool
    tries_left: int


class CheckState(Message):
    """How a check stands.

    Attributes:
        check: its id.
        record: whose.
        fields: the fields that policy counts and that are not empty, and others that were tried.
        matched: whether the last answer matched; true where none was given.
        is_identified: whether the caller counts as identified.
        tries_left_today: of this customer, over all fields and people, in 24 hours.
        until_ms: until when the check counts.
    """

    check: Id16
    record: Id16
    fields: tuple[CheckedField, ...]
    matched: bool
    is_identified: bool
    tries_left_today: int
    until_ms: int


class Lookup(Message):
    """A whole value that the caller says; the office knows by its form what it can be.

    `of_caller`: it is the number from which somebody calls, as a softphone told the console.
    """

    text: str = Field(min_length=1, max_length=LONGEST_ANSWER)
    of_caller: bool = False


class LookupFound(Message):
    """Customers of the person's queues who have that value.

    Attributes:
        records: their records, at most `MOST_FOUND`.
        left: how many lookups the person has left in this shift.
    """

    records: tuple[Id16, ...]
    left: int

"""What is to be destroyed on a day: judged for each field of each customer from dates alone.

Invariants, each a property test (`tests/unit/domain/test_retention.py`): nothing is due before its minimum; everything
is due once its maximum is over, unless it is held; a hold comes before everything; an event that has not happened, or
that nobody knows of, makes nothing due.
"""

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.field import RetentionStart
from app.domain.inventory import Inventory


class Verdict(StrEnum):
    """What the rules say of one field of one customer."""

    KEEP = "keep"
    """Its minimum is not over: it must stay."""
    MAY = "may"
    """Between minimum and maximum: it may stay as long as it is needed."""
    DUE = "due"
    """Its maximum is over: it must go."""
    HELD = "held"
    """It would be due, and a legal hold stands."""
    OPEN = "open"
    """The event from which it counts has not happened, as far as anybody knows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one field is kept.

    Attributes:
        field: its name.
        start: the event from which months count.
        least, most: months; `least` is never above `most`.
    """

    field: str
    start: RetentionStart
    least: int
    most: int

    def verdict(self, began: date | None, today: date, *, is_held: bool) -> Verdict:
        """What holds for it today.

        Args:
            began: the day of its event; None where that has not happened.
            today: by a clock that is believed.
            is_held: whether a hold stands on the customer.
        """
        if began is None:
            return Verdict.OPEN
        if today < months_after(began, self.least):
            return Verdict.KEEP
        if today < months_after(began, self.most):
            return Verdict.MAY
        return Verdict.HELD if is_held else Verdict.DUE

    def due_on(self, began: date | None) -> date | None:
        """The day on which it has to go; None where nobody knows."""
        return None if began is None else months_after(began, self.most)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of one customer for this.

    Attributes:
        record: hex or any other name; this module does not look at it.
        fields: names of the fields that hold something.
        began: days of the events that have happened.
        collected: for single fields, a later day of collection than `began` has.
        is_held: whether a legal hold stands.
    """

    record: str
    fields: frozenset[str]
    began: Mapping[RetentionStart, date]
    collected: Mapping[str, date]
    is_held: bool = False

    def start_of(self, rule: Rule) -> date | None:
        """The day from which a rule counts for this customer."""
        if rule.start is RetentionStart.COLLECTED:
            return self.collected.get(rule.field, self.began.get(rule.start))
        return self.began.get(rule.start)


@dataclass(frozen=True, slots=True)
class Due:
    """What has to go of one customer.

    Attributes:
        record: as `Kept` names it.
        fields: which fields, in the order of the rules; empty for the whole customer.
    """

    record: str
    fields: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the customer stays."""
        return not self.fields


_LAST_YEAR: Final = 9999


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month; never past the end of the calendar."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if years > _LAST_YEAR:
        return date.max
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def rules_of(inventory: Inventory) -> tuple[Rule, ...]:
    """The rules that an inventory declares, field by field."""
    return tuple(
        Rule(
            one.name,
            one.retention.start,
            inventory.minimums.months(one.data_class.value, one.purposes),
            one.retention.months,
        )
        for one in inventory.fields
    )


def due_of(kept: Kept, rules: Iterable[Rule], today: date, lasting: frozenset[str]) -> Due | None:
    """What has to go of a customer today; None where nothing has.

    Args:
        kept: the customer.
        rules: the inventory's.
        today: by a clock that is believed.
        lasting: fields that a customer cannot be without (number, name, queue): they go with the last other one.
    """
    due, stays = [], False
    for rule in rules:
        if rule.field not in kept.fields:
            continue
        verdict = rule.verdict(kept.start_of(rule), today, is_held=kept.is_held)
        if verdict is Verdict.DUE:
            due.append(rule.field)
        else:
            stays = True
    if not stays and due:
        return Due(kept.record, ())
    single = tuple(name for name in due if name not in lasting)
    return Due(kept.record, single) if single else None


def ahead(kept: Kept, rules: Iterable[Rule]) -> Iterator[tuple[str, date]]:
    """The day on which each field of a customer has to go, for those of which it is known."""
    for rule in rules:
        if rule.field in kept.fields and (day := rule.due_on(kept.start_of(rule))) is not None:
            yield rule.field, day

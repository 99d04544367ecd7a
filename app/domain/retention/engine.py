"""What is to be destroyed on a day: judged for each field of each customer from dates alone.

Invariants, each a property test (`tests/unit/domain/test_retention.py`): nothing is due before a least time whose law
comes first; everything is due once its longest times are over, unless such a law or a hold keeps it; a hold comes
before everything; an event that has not happened, or that nobody knows of, makes nothing due. What a field's times
are stands in `app/domain/retention/terms.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.terms import DayOf, Rule, Term
from app.domain.retention.times import rule_for


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
class Kept:
    """What is known of one customer for this.

    Attributes:
        record: hex or any other name; this module does not look at it.
        fields: names of the fields that hold something.
        began: days of the events that have happened.
        collected: for single fields, a later day of collection than `began` has.
        is_held: whether a legal hold stands.
        withdrawn: by purpose, the day on which consent was withdrawn and not given again.
    """

    record: str
    fields: frozenset[str]
    began: Mapping[RetentionStart, date]
    collected: Mapping[str, date]
    is_held: bool = False
    withdrawn: Mapping[str, date] = field(default_factory=dict)

    def day_of(self, name: str) -> DayOf:
        """The days from which terms of a field count for this customer."""

        def day(term: Term) -> date | None:
            if term.start is RetentionStart.COLLECTED:
                return self.collected.get(name, self.began.get(term.start))
            if term.start is RetentionStart.CONSENT_WITHDRAWN:
                return self.withdrawn.get(term.purpose)
            return self.began.get(term.start)

        return day

    def verdict(self, rule: Rule, today: date) -> Verdict:
        """What a rule says of this customer.

        Args:
            rule: of one field.
            today: by a clock that is believed.
        """
        day_of = self.day_of(rule.field)
        due = rule.due_on(day_of)
        if due is not None and today >= due:
            return Verdict.HELD if self.is_held else Verdict.DUE
        least = rule.least_until(day_of)
        if least is not None and today < least:
            return Verdict.KEEP
        return Verdict.OPEN if due is None else Verdict.MAY


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


def rules_of(inventory: Inventory) -> tuple[Rule, ...]:
    """The rules that an inventory comes to, field by field."""
    return tuple(rule_for(inventory, one) for one in inventory.fields)


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
        if kept.verdict(rule, today) is Verdict.DUE:
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
        if rule.field in kept.fields and (day := rule.due_on(kept.day_of(rule.field))) is not None:
            yield rule.field, day

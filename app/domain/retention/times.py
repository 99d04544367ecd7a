"""What an inventory says of a field's time, purpose by purpose, and where its rules contradict each other. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.field import Field, RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.rules import DeclaredRule
from app.domain.retention.terms import Rule, Term, rule_of


@dataclass(frozen=True, slots=True)
class Least:
    """A least time, and whether its law stands above a longest one."""

    term: Term
    wins: bool


@dataclass(frozen=True, slots=True)
class PurposeTime:
    """How long a field is kept for one purpose.

    Attributes:
        purpose: its name.
        least: at least so long, each of them.
        most: at most so long: the first that is over ends it.
    """

    purpose: str
    least: tuple[Least, ...]
    most: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class FieldTime:
    """Purposes of a field with the same times."""

    field: str
    purposes: tuple[str, ...]
    least: tuple[Least, ...]
    most: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A least time that is longer than a longest one, or can be.

    Attributes:
        field: of which field.
        least, most: the two.
        is_certain: whether it is so for every customer: both count from the same event.
        wins: whether the least time decides; else the longest one does.
    """

    field: str
    least: Term
    most: Term
    is_certain: bool
    wins: bool

    @property
    def decides(self) -> Term:
        """The term that decides where both meet."""
        return self.least if self.wins else self.most


def purpose_times(inventory: Inventory, field: Field) -> tuple[PurposeTime, ...]:
    """A field's times, in the order of its purposes."""
    return tuple(_of_purpose(inventory, field, name) for name in field.purposes)


def field_times(inventory: Inventory, field: Field) -> tuple[FieldTime, ...]:
    """The same, with purposes together that say the same."""
    found: dict[tuple[object, ...], FieldTime] = {}
    for one in purpose_times(inventory, field):
        other = found.get((one.least, one.most))
        purposes = (*other.purposes, one.purpose) if other is not None else (one.purpose,)
        found[one.least, one.most] = FieldTime(field.name, purposes, one.least, one.most)
    return tuple(found.values())


def rule_for(inventory: Inventory, field: Field) -> Rule:
    """The rule that the engine judges a field by."""
    times = purpose_times(inventory, field)
    least = [one for time in times for one in time.least]
    return rule_of(
        field.name,
        (time.most for time in times),
        (one.term for one in least if one.wins),
        (one.term for one in least if not one.wins),
    )


def conflicts_of(inventory: Inventory, field: Field) -> tuple[Conflict, ...]:
    """Where a field's rules contradict each other: for the customer of whom both are true, which one decides."""
    rule = rule_for(inventory, field)
    most = tuple(dict.fromkeys(term for ceiling in rule.ceilings for term in ceiling))
    found = [*_against(rule, rule.floors, most, wins=True), *_against(rule, rule.wishes, most, wins=False)]
    return tuple(found)


def conflicts(inventory: Inventory) -> tuple[Conflict, ...]:
    """Those of all fields."""
    return tuple(one for field in inventory.fields for one in conflicts_of(inventory, field))


def events_without_a_field(inventory: Inventory) -> tuple[RetentionStart, ...]:
    """Events that rules count from and that can never be known, since `[record]` names no field that says them."""
    if inventory.record.contract_end:
        return ()
    used = {term[0] for field in inventory.fields for term in rule_for(inventory, field).events}
    return (RetentionStart.CONTRACT_END,) if RetentionStart.CONTRACT_END in used else ()


def longest_of(inventory: Inventory, field: Field) -> Term:
    """The field's own longest time, or the least one of a law from the same event that is longer."""
    own = Term(field.retention.start, field.retention.months)
    floors = (term for term in rule_for(inventory, field).floors if term.event == own.event)
    return max((own, *floors), key=lambda term: term.months)


def _against(rule: Rule, least: tuple[Term, ...], most: tuple[Term, ...], *, wins: bool) -> Iterator[Conflict]:
    for low in least:
        for high in most:
            is_same = low.event == high.event
            if not is_same or low.months > high.months:
                yield Conflict(rule.field, low, high, is_same, wins)


def _of_purpose(inventory: Inventory, field: Field, name: str) -> PurposeTime:
    purpose, own = inventory.purpose(name), field.retention
    least, most = list[Least](), [Term(own.start, own.months)]
    for place, rule in enumerate(inventory.retention_rules, start=1):
        if not rule.is_for(field, purpose):
            continue
        if rule.least:
            least.append(Least(_term(rule, rule.least, place, field, name), rule.wins))
        if rule.most:
            most.append(_term(rule, rule.most, place, field, name))
    return PurposeTime(name, tuple(_longest(least)), rule_of(field.name, (most,), (), ()).ceilings[0])


def _longest(least: list[Least]) -> Iterator[Least]:
    """Of each event the longest, for those whose law comes first and for the others."""
    for wins in (True, False):
        terms = [one.term for one in least if one.wins is wins]
        yield from (Least(term, wins) for term in rule_of("", (), terms, ()).floors)


def _term(rule: DeclaredRule, months: int, place: int, field: Field, purpose: str) -> Term:
    start = rule.start if rule.start is not None else field.retention.start
    withdrawn = purpose if start is RetentionStart.CONSENT_WITHDRAWN else ""
    return Term(start, months, withdrawn, place, rule.law)

"""What one field's time comes to: floors that stand, ceilings of its purposes, and the day that follows. Pure.

A field serves purposes, and each of them has times of its own: the field's longest time, which holds for all, and what
rules say of its class and that purpose. A purpose is over with the *first* of its longest times; the field has to go
when *every* purpose is over. No least time whose law comes first is ever undercut; one that gives way is shown, and a
longest time that is over before it decides.
"""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.field import RetentionStart

OWN: Final = 0
"""The place of a term that is the field's own."""
_LAST_YEAR: Final = 9999


@dataclass(frozen=True, slots=True)
class Term:
    """Months from an event.

    Attributes:
        start: the event.
        months: how many.
        purpose: whose withdrawn consent it is; empty for every other event.
        place: which rule of the inventory says it, from 1; `OWN`: the field's own. Two terms that say the same are one.
        law: the article that says it.
    """

    start: RetentionStart
    months: int
    purpose: str = ""
    place: int = field(default=OWN, compare=False)
    law: str = field(default="", compare=False)

    @property
    def event(self) -> tuple[RetentionStart, str]:
        """What it counts from."""
        return self.start, self.purpose


DayOf = Callable[[Term], date | None]
"""The day of a term's event; None where it has not happened, as far as anybody knows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one field is kept.

    Attributes:
        field: its name.
        ceilings: for each purpose its longest times; the first of them ends it.
        floors: least times that come before any ceiling.
        wishes: least times that give way to a ceiling.
    """

    field: str
    ceilings: tuple[tuple[Term, ...], ...]
    floors: tuple[Term, ...] = ()
    wishes: tuple[Term, ...] = ()

    @property
    def events(self) -> tuple[tuple[RetentionStart, str], ...]:
        """All events that its day depends on, each once, in a fixed sequence."""
        terms = [*self.floors, *(term for ceiling in self.ceilings for term in ceiling)]
        return tuple(sorted({term.event for term in terms}))

    def due_on(self, day_of: DayOf) -> date | None:
        """The day on which it has to go; None where nobody knows."""
        found = self.decided(day_of)
        return None if found is None else found[0]

    def decided(self, day_of: DayOf) -> tuple[date, Term] | None:
        """The same, and the term that decides; of two that say the same day, a longest time."""
        last: tuple[date, Term] | None = None
        for ceiling in self.ceilings:
            ends = [(day, term) for term in ceiling if (day := _end(term, day_of)) is not None]
            if not ends:
                return None
            last = _later(last, min(ends, key=lambda one: one[0]))
        for term in self.floors:
            day = _end(term, day_of)
            if day is None:
                return None
            last = _later(last, (day, term))
        return last

    def is_kept_by_law(self, day_of: DayOf, today: date) -> bool:
        """Whether a least time whose law comes first is not over, or counts from what has not happened."""
        ends = (_end(term, day_of) for term in self.floors)
        return any(day is None or today < day for day in ends)

    def least_until(self, day_of: DayOf) -> date | None:
        """Until when a least time asks for it, whether it gives way or not; None where none does, as far as known."""
        ends = (_end(term, day_of) for term in (*self.floors, *self.wishes))
        return max((day for day in ends if day is not None), default=None)


def rule_of(field: str, ceilings: Iterable[Iterable[Term]], floors: Iterable[Term], wishes: Iterable[Term]) -> Rule:
    """The rule without what changes nothing: of each event one term, and no purpose that another one outlives."""
    shortest = list(dict.fromkeys(_one_each(one, longest=False) for one in ceilings))
    kept = [one for one in shortest if not any(other is not one and _ends_before(one, other) for other in shortest)]
    return Rule(field, tuple(kept), _one_each(floors, longest=True), _one_each(wishes, longest=True))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month; never past the end of the calendar."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if years > _LAST_YEAR:
        return date.max
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def _end(term: Term, day_of: DayOf) -> date | None:
    began = day_of(term)
    return None if began is None else months_after(began, term.months)


def _later(last: tuple[date, Term] | None, one: tuple[date, Term]) -> tuple[date, Term]:
    return one if last is None or one[0] > last[0] else last


def _one_each(terms: Iterable[Term], *, longest: bool) -> tuple[Term, ...]:
    """Of each event the longest or the shortest term; the one with a law where two say the same."""
    found: dict[tuple[RetentionStart, str], Term] = {}
    for term in terms:
        other = found.get(term.event)
        is_more = other is None or (term.months > other.months if longest else term.months < other.months)
        if is_more or (term == other and term.law and not other.law):
            found[term.event] = term
    return tuple(sorted(found.values(), key=lambda term: term.event))


def _ends_before(one: tuple[Term, ...], other: tuple[Term, ...]) -> bool:
    """Whether a purpose is over no later than another one, whatever happens."""
    own = {term.event: term.months for term in one}
    return all(own.get(term.event, term.months + 1) <= term.months for term in other)

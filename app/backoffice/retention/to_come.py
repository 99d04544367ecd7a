"""How many values have to go on which day, counted by the database: groups of customers with the same dates.

The engine says it of one customer (`app/domain/retention/engine.py:ahead`). Over a hundred thousand it is the same
counted by groups, since a field's day comes from its events alone. Invariant: the counts are those of the engine over
every customer (`tests/contract/test_past_time.py`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Label,
    Subquery,
    Text,
    case,
    cast,
    func,
    null,
    select,
)

from app.backoffice import schema
from app.backoffice.retention.days import day_in
from app.backoffice.retention.shown_fields import shown_text
from app.backoffice.retention.withdrawals import withdrawn
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.engine import rules_of
from app.domain.retention.terms import DayOf, Rule

_DAY_MS: Final = 86_400_000
_EPOCH: Final = date(1970, 1, 1)
_COLLECTED: Final = RetentionStart.COLLECTED
Events = tuple[tuple[RetentionStart, str], ...]
_customers, _values, _imports = schema.customers.c, schema.sealed_values.c, schema.imports.c


def due_days(db: Connection, inventory: Inventory, *of: ColumnElement[bool]) -> Counter[date]:
    """How many values have to go on each day; of what nobody knows the day of, nothing.

    Args:
        db: connection.
        inventory: has the rules.
        of: conditions over `customers`; none: all of them.
    """
    return _Counting(db, inventory, of).count()


class _Counting:
    """One count."""

    def __init__(self, db: Connection, inventory: Inventory, of: tuple[ColumnElement[bool], ...]) -> None:
        self._db, self._record, self._of = db, inventory.record, of
        self._sealed = {one.name for one in inventory.sealed_fields}
        self._rules = rules_of(inventory)
        self._found = Counter[date]()

    def count(self) -> Counter[date]:
        by_events = defaultdict[tuple[bool, Events], list[Rule]](list)
        for rule in self._rules:
            is_collected = any(start is _COLLECTED for start, _purpose in rule.events)
            by_events[is_collected and rule.field in self._sealed, rule.events].append(rule)
        for (comes_in_versions, events), rules in by_events.items():
            if not any(self._can_be_due(rule) for rule in rules):
                continue
            if comes_in_versions:
                self._count_versions(events, rules)
            else:
                self._count_groups(events, rules)
        return self._found

    def _can_be_due(self, rule: Rule) -> bool:
        """Whether each of its dates can be known; of an event that no field says, none is."""
        never = RetentionStart.CONTRACT_END if not self._record.contract_end else None
        ceilings = all(any(term.start is not never for term in ceiling) for ceiling in rule.ceilings)
        return ceilings and all(term.start is not never for term in rule.floors)

    def _count_groups(self, events: Events, rules: list[Rule]) -> None:
        """Customers by the dates that their events come from, and how many of them have each field."""
        there = [self._is_there(rule.field).label(f"there_{at}") for at, rule in enumerate(rules)]
        days, joined = self._days(events, _imports.at_ms // _DAY_MS)
        tables: FromClause = schema.customers.join(schema.imports, _imports.id == _customers.import_id)
        for other in joined:
            tables = tables.outerjoin(other, other.c.record == _customers.record)
        one = select(*days, *there).select_from(tables).where(_imports.committed, *self._of).subquery()
        keys = [one.c[day.name] for day in days]
        sums = (func.sum(one.c[has.name]) for has in there)
        for row in self._db.execute(select(*keys, *sums).group_by(*keys)):
            day_of = _day_of(events, row[: len(keys)])
            for rule, count in zip(rules, row[len(keys) :], strict=True):
                self._add(rule, day_of, int(count))

    def _is_there(self, field: str) -> ColumnElement[int]:
        """1 where a customer has the field, or 0."""
        if field not in self._sealed:
            return case((shown_text(self._db, field) != "", 1), else_=0)
        own = schema.imports.alias()
        version = (
            select(_values.version)
            .join(own, own.c.id == _values.import_id)
            .where(_values.record == _customers.record, _values.field == field, own.c.committed)
        )
        return case((version.correlate(schema.customers).exists(), 1), else_=0)

    def _days(self, events: Events, came: ColumnElement[Any]) -> tuple[list[Label[Any]], list[Subquery]]:
        """For each event a day as a number of days and one as a field says it, and what has to be joined for that."""
        columns, joined = list[Label[Any]](), list[Subquery]()
        for at, (start, purpose) in enumerate(events):
            day: ColumnElement[Any] = cast(null(), BigInteger)
            told: ColumnElement[Any] = cast(null(), Text)
            if start is _COLLECTED:
                day = came
            elif start is RetentionStart.CONSENT_WITHDRAWN:
                joined.append(withdrawn(purpose).subquery())
                day = joined[-1].c.at_ms // _DAY_MS
            elif start is RetentionStart.CONTRACT_END:
                told = self._told(self._record.contract_end)
            else:
                day, told = _customers.last_contact_ms // _DAY_MS, self._told(self._record.last_contact)
            columns += [day.label(f"day_{at}"), told.label(f"told_{at}")]
        return columns, joined

    def _told(self, field: str) -> ColumnElement[Any]:
        return shown_text(self._db, field) if field else cast(null(), Text)

    def _count_versions(self, events: Events, rules: list[Rule]) -> None:
        """Sealed values whose time counts from when they came in: each by its newest version."""
        newest = (
            select(_values.record, _values.field, (func.max(_imports.at_ms) // _DAY_MS).label("day"))
            .join(schema.imports, _imports.id == _values.import_id)
            .where(_imports.committed, _values.field.in_([rule.field for rule in rules]))
            .group_by(_values.record, _values.field)
            .subquery()
        )
        own = schema.imports.alias()
        days, joined = self._days(events, newest.c.day)
        tables: FromClause = newest.join(schema.customers, _customers.record == newest.c.record)
        tables = tables.join(own, own.c.id == _customers.import_id)
        for other in joined:
            tables = tables.outerjoin(other, other.c.record == _customers.record)
        one = select(newest.c.field, *days).select_from(tables).where(own.c.committed, *self._of).subquery()
        keys = [one.c[day.name] for day in days]
        of_field = {rule.field: rule for rule in rules}
        for row in self._db.execute(select(one.c.field, func.count(), *keys).group_by(one.c.field, *keys)):
            self._add(of_field[row[0]], _day_of(events, row[2:]), int(row[1]))

    def _add(self, rule: Rule, day_of: DayOf, count: int) -> None:
        due = rule.due_on(day_of) if count else None
        if due is not None:
            self._found[due] += count


def _day_of(events: Events, found: Sequence[Any]) -> DayOf:
    """The days of one group."""
    days = {event: _began(*pair) for event, pair in zip(events, _pairs(found), strict=True)}
    return lambda term: days.get(term.event)


def _pairs(found: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Day and text of each event."""
    return list(zip(found[::2], found[1::2], strict=True))


def _began(day: int | None, said: str | None) -> date | None:
    """The later of the two days that are known."""
    days = [_EPOCH + timedelta(days=day)] if day is not None else []
    days += day_in(said or "")
    return max(days, default=None)

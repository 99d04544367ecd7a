"""How many values have to go on which day, counted by the database: groups of customers with the same dates.

The engine says it of one customer (`app/domain/retention/engine.py:ahead`). Over a hundred thousand it is the same
counted by groups, since a field's day comes from its event alone. Invariant: the counts are those of the engine over
every customer (`tests/contract/test_past_time.py`).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Connection, Text, case, cast, func, null, select

from app.backoffice import schema
from app.backoffice.retention.due import day_in
from app.backoffice.retention.shown_fields import shown_text
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.engine import Rule, rules_of

_DAY_MS: Final = 86_400_000
_EPOCH: Final = date(1970, 1, 1)
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
        for start in RetentionStart:
            rules = [rule for rule in self._rules if rule.start is start]
            if start is RetentionStart.COLLECTED:
                self._count_sealed([rule for rule in rules if rule.field in self._sealed])
                rules = [rule for rule in rules if rule.field not in self._sealed]
            if rules and self._is_known(start):
                self._count_groups(start, rules)
        return self._found

    def _is_known(self, start: RetentionStart) -> bool:
        return start is not RetentionStart.CONTRACT_END or bool(self._record.contract_end)

    def _count_groups(self, start: RetentionStart, rules: list[Rule]) -> None:
        """Customers by the dates that an event comes from, and how many of them have each field."""
        there = [self._is_there(rule.field).label(rule.field) for rule in rules]
        dates = select(*self._keys(start), *there).select_from(schema.customers)
        dates = dates.join(schema.imports, _imports.id == _customers.import_id).where(_imports.committed, *self._of)
        one = dates.subquery()
        sums = (func.sum(one.c[rule.field]) for rule in rules)
        for day, said, *counts in self._db.execute(
            select(one.c.day, one.c.said, *sums).group_by(one.c.day, one.c.said)
        ):
            began = _began(day, said)
            if began is not None:
                self._add(rules, began, counts)

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

    def _keys(self, start: RetentionStart) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """A day as a number of days, and a day as a field says it."""
        no_day, not_said = cast(null(), BigInteger), cast(null(), Text)
        if start is RetentionStart.COLLECTED:
            return (_imports.at_ms // _DAY_MS).label("day"), not_said.label("said")
        if start is RetentionStart.CONTRACT_END:
            return no_day.label("day"), shown_text(self._db, self._record.contract_end).label("said")
        field = self._record.last_contact
        said = shown_text(self._db, field) if field else not_said
        return (_customers.last_contact_ms // _DAY_MS).label("day"), said.label("said")

    def _count_sealed(self, rules: list[Rule]) -> None:
        """Sealed values whose time counts from when they came in: each by its newest version."""
        if not rules:
            return
        newest = (
            select(_values.record, _values.field, (func.max(_imports.at_ms) // _DAY_MS).label("day"))
            .join(schema.imports, _imports.id == _values.import_id)
            .where(_imports.committed, _values.field.in_([rule.field for rule in rules]))
            .group_by(_values.record, _values.field)
            .subquery()
        )
        own = schema.imports.alias()
        query = (
            select(newest.c.field, newest.c.day, func.count())
            .join(schema.customers, _customers.record == newest.c.record)
            .join(own, own.c.id == _customers.import_id)
            .where(own.c.committed, *self._of)
            .group_by(newest.c.field, newest.c.day)
        )
        of_field = {rule.field: rule for rule in rules}
        for field, day, count in self._db.execute(query):
            self._add([of_field[field]], _EPOCH + timedelta(days=day), [count])

    def _add(self, rules: Iterable[Rule], began: date, counts: Iterable[int]) -> None:
        for rule, count in zip(rules, counts, strict=True):
            due = rule.due_on(began)
            if count and due is not None:
                self._found[due] += int(count)


def _began(day: int | None, said: str | None) -> date | None:
    """The later of the two days that are known."""
    days = [_EPOCH + timedelta(days=day)] if day is not None else []
    days += day_in(said or "")
    return max(days, default=None)

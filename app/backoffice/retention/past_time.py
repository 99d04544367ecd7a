"""Whom something can be due of, asked of the database: a condition over customers that leaves nobody out.

The engine judges day by day and customer by customer (`app/domain/retention/engine.py`). To say of a hundred thousand
that nothing lies past its time it need not read them: who has no field whose date is old enough has nothing due.

Invariant: whoever the engine finds something due of fulfils the condition (a property test,
`tests/contract/test_past_time.py`); who fulfils it is judged by the engine, so the answer is the engine's.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from app.backoffice import schema
from app.backoffice.erasure.holds import held_records
from app.backoffice.retention.due import customers_to_judge, kept_of, lasting_fields
from app.backoffice.retention.shown_fields import shown_text
from app.backoffice.retention.withdrawals import has_withdrawn
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.engine import due_of, rules_of
from app.domain.retention.terms import Rule, Term, months_after

MOST_COUNTED: Final = 1_000
"""So many customers with something late are counted; of an office that has more it is said that there are more."""
_SLACK: Final = timedelta(days=4)
"""Months back and months on meet within so many days, however long the months are; and a day is a day of UTC."""
_DATE: Final = "____-__-__"
_customers, _values, _imports = schema.customers.c, schema.sealed_values.c, schema.imports.c


def committed(db: Connection) -> int:
    """How many customers there are to judge."""
    return int(db.execute(select(func.count()).select_from(customers_to_judge().subquery())).scalar_one())


def late_customers(db: Connection, inventory: Inventory, day: date) -> int:
    """Of how many customers something is due on a day, counted up to `MOST_COUNTED`."""
    rules, lasting, late = rules_of(inventory), lasting_fields(inventory), 0
    query = customers_to_judge().where(may_be_due(db, inventory, day))
    for kept in kept_of(db, inventory, query):
        late += due_of(kept, rules, day, lasting) is not None
        if late >= MOST_COUNTED:
            break
    return late


def may_be_due(db: Connection, inventory: Inventory, day: date) -> ColumnElement[bool]:
    """The condition, over `customers_to_judge`."""
    asked, lasting = _Asked(db, inventory), lasting_fields(inventory)
    found = []
    for rules in _alike(inventory):
        single = [rule.field for rule in rules if rule.field not in lasting]
        shown = [name for name in single if not inventory.field(name).is_sealed]
        sealed = [name for name in single if inventory.field(name).is_sealed]
        over = asked.is_over(rules[0], day)
        if len(single) < len(rules):  # what a customer cannot be without goes last, with nothing left beside it
            found.append(and_(over, asked.is_bare()))
        if shown:
            found.append(and_(over, asked.has_any(shown)))
        if sealed:
            found.append(and_(asked.is_over(rules[0], day, sealed), asked.has_any(sealed)))
    return and_(or_(false(), *found), _customers.record.not_in(held_records()))


def without_a_date(db: Connection, inventory: Inventory) -> ColumnElement[bool]:
    """Of whom no date is known that any of their fields counts from, over `customers_to_judge`."""
    asked, found = _Asked(db, inventory), []
    for rules in _alike(inventory):
        found.append(and_(asked.has_day(rules[0]), asked.has_any((rule.field for rule in rules), arrived=True)))
    return not_(or_(false(), *found))


def _alike(inventory: Inventory) -> list[list[Rule]]:
    """Rules by what they count, field after field."""
    found = defaultdict[tuple[object, ...], list[Rule]](list)
    for rule in rules_of(inventory):
        found[rule.ceilings, rule.floors].append(rule)
    return list(found.values())


def _until(day: date, months: int) -> date | None:
    """The last day on which an event can have been for its months to be over on `day`."""
    try:
        return months_after(day, -months) + _SLACK
    except (ValueError, OverflowError):  # before the calendar's first year
        return None


class _Asked:
    """Conditions over a customer's row, in the words of the database that is asked."""

    def __init__(self, db: Connection, inventory: Inventory) -> None:
        self._db, self._record = db, inventory.record
        lasting = lasting_fields(inventory)
        self._others = [one.name for one in inventory.fields if not one.is_sealed and one.name not in lasting]

    def is_over(self, rule: Rule, day: date, sealed: Collection[str] = ()) -> ColumnElement[bool]:
        """Whether a rule's time can be over on a day; of sealed fields each version came in at a time of its own."""

        def over(term: Term) -> ColumnElement[bool]:
            until = _until(day, term.months)
            if until is None:
                return false()
            if sealed and term.start is RetentionStart.COLLECTED:
                return self._sealed_since(sealed, until)
            return self._began(term, until)

        return _of_all(rule, over)

    def has_day(self, rule: Rule) -> ColumnElement[bool]:
        """Whether the day of a rule is known."""
        return _of_all(rule, self._is_known)

    def _began(self, term: Term, until: date) -> ColumnElement[bool]:
        """Whether an event is known, and can have been on this day or before."""
        if term.start is RetentionStart.COLLECTED:
            return _imports.at_ms < _ends_ms(until)
        if term.start is RetentionStart.CONSENT_WITHDRAWN:
            return has_withdrawn(_customers.record, term.purpose, _ends_ms(until))
        if term.start is RetentionStart.CONTRACT_END:
            return self._is_day(self._record.contract_end, until)
        at, field = _customers.last_contact_ms, self._record.last_contact
        seen = at < _ends_ms(until)
        if not field:
            return seen
        told = self._is_day(field, until)
        return or_(and_(seen, self._is_empty(field)), and_(at.is_(None), told), and_(seen, told))

    def _is_known(self, term: Term) -> ColumnElement[bool]:
        """Whether the day of an event is known."""
        if term.start is RetentionStart.COLLECTED:
            return true()
        if term.start is RetentionStart.CONSENT_WITHDRAWN:
            return has_withdrawn(_customers.record, term.purpose)
        if term.start is RetentionStart.CONTRACT_END:
            return self._says_day(self._record.contract_end)
        return or_(_customers.last_contact_ms.is_not(None), self._says_day(self._record.last_contact))

    def _says_day(self, field: str) -> ColumnElement[bool]:
        return func.coalesce(self._shown(field), "").like(_DATE) if field else false()

    def has_any(self, fields: Iterable[str], *, arrived: bool = False) -> ColumnElement[bool]:
        """Whether any of these fields holds something.

        Args:
            fields: names.
            arrived: leave out what an import has brought that is not over yet.
        """
        names = list(fields)
        shown = [not_(self._is_empty(name)) for name in names]
        here = _values.import_id.in_(select(_imports.id).where(_imports.committed)) if arrived else true()
        return or_(*shown, self._has_sealed(and_(_values.field.in_(names), here)))

    def is_bare(self) -> ColumnElement[bool]:
        """Whether nothing is there beside the fields that a customer cannot be without."""
        return and_(not_(self._has_sealed(true())), *map(self._is_empty, self._others))

    def _sealed_since(self, fields: Collection[str], until: date) -> ColumnElement[bool]:
        """Whether a version of one of these came in on this day or before."""
        old = select(_imports.id).where(_imports.committed, _imports.at_ms < _ends_ms(until))
        if self._db.execute(old.limit(1)).first() is None:
            return false()
        return self._has_sealed(and_(_values.field.in_(list(fields)), _values.import_id.in_(old)))

    def _shown(self, field: str) -> ColumnElement[Any]:
        return shown_text(self._db, field)

    def _has_sealed(self, condition: ColumnElement[bool]) -> Exists:
        return exists().where(_values.record == _customers.record, condition)

    def _is_day(self, field: str, until: date) -> ColumnElement[bool]:
        if not field:
            return false()
        text = self._shown(field)
        early = or_(func.substr(text, 1, 10) <= until.isoformat(), text.not_like(_DATE))
        return and_(not_(self._is_empty(field)), early)

    def _is_empty(self, field: str) -> ColumnElement[bool]:
        return func.coalesce(self._shown(field), "") == ""


def _of_all(rule: Rule, holds: Callable[[Term], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether something holds of the first term of each ceiling for which it does, and of every floor."""
    ceilings = (or_(*map(holds, ceiling)) for ceiling in rule.ceilings)
    return and_(*ceilings, *map(holds, rule.floors))


def _ends_ms(day: date) -> int:
    """When a day of UTC is over, ms since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() + 86_400) * 1000

"""What is due among the office's customers: their dates, and the engine's judgement over them.

Dates come from what the office has: when a customer or a value came in, the last contact, the end of the contract
where the inventory names a field for it, and the ledger of consents. Nothing sealed is opened.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from app.auth.erasure_order import Subject
from app.backoffice import schema
from app.backoffice.erasure.holds import held_among
from app.backoffice.office import OpenOffice
from app.backoffice.retention.days import day_in, day_of
from app.backoffice.retention.withdrawals import withdrawable, withdrawn_days
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.engine import Due, Kept, due_of, rules_of

_AT_ONCE = 1_000
_customers, _values, _imports = schema.customers.c, schema.sealed_values.c, schema.imports.c
_Customer = Row[tuple[Any, ...]]


def kept_of(db: Connection, inventory: Inventory, query: Select[Any]) -> Iterator[Kept]:
    """What is known of the customers that a query over `customers_to_judge` gives, chunk by chunk."""
    after, asks_withdrawals = 0, bool(withdrawable(inventory))
    while rows := db.execute(query.where(_customers.id > after).order_by(_customers.id).limit(_AT_ONCE)).all():
        records = [row.record for row in rows]
        held, sealed = held_among(db, records), _sealed(db, records)
        withdrawn = withdrawn_days(db, records) if asks_withdrawals else {}
        for row in rows:
            kept = _kept(inventory, row, sealed.get(row.record, {}), is_held=row.record in held)
            yield replace(kept, withdrawn=withdrawn.get(row.record, {}))
        after = rows[-1].id


def customers_to_judge() -> Select[Any]:
    """Committed customers with what their dates come from."""
    columns = (_customers.id, _customers.record, _customers.open_fields, _customers.last_contact_ms)
    query = select(*columns, _imports.at_ms).join(schema.imports, _imports.id == _customers.import_id)
    return query.where(_imports.committed)


def is_still_due(office: OpenOffice, db: Connection, subject: Subject, day: date) -> bool:
    """Whether all that an order names of a customer is due on this day; whoever was in contact meanwhile stays."""
    rules, lasting = rules_of(office.inventory), lasting_fields(office.inventory)
    for kept in kept_of(db, office.inventory, customers_to_judge().where(_customers.record == subject.record)):
        due = due_of(kept, rules, day, lasting)
        if due is None:
            return False
        return due.is_whole or (subject.fields != "" and set(subject.fields.split()) <= set(due.fields))
    return False


def is_kept_by_law(office: OpenOffice, db: Connection, subjects: Sequence[Subject], day: date) -> bool:
    """Whether a law that comes first wants something of these kept on this day, whatever an order says.

    Args:
        office: the open office.
        db: a connection that sees these customers.
        subjects: as an order names them.
        day: by whichever clock there is: a law is not shorter while it is in doubt.
    """
    rules = [rule for rule in rules_of(office.inventory) if rule.floors]
    named = {subject.record: set(subject.fields.split()) for subject in subjects}
    records = list(named)
    for at in range(0, len(records) if rules else 0, _AT_ONCE):
        query = customers_to_judge().where(_customers.record.in_(records[at : at + _AT_ONCE]))
        for kept in kept_of(db, office.inventory, query):
            fields = named[bytes.fromhex(kept.record)] or kept.fields
            going = (rule for rule in rules if rule.field in fields and rule.field in kept.fields)
            if any(rule.is_kept_by_law(kept.day_of(rule.field), day) for rule in going):
                return True
    return False


def lasting_fields(inventory: Inventory) -> frozenset[str]:
    """Fields that a customer cannot be without."""
    return frozenset({inventory.record.number, inventory.record.name, inventory.record.queue})


def subject_of(due: Due) -> Subject:
    """What is due, as an order names it."""
    return Subject(bytes.fromhex(due.record), " ".join(due.fields))


def _kept(inventory: Inventory, row: _Customer, sealed: dict[str, date], *, is_held: bool) -> Kept:
    shown: dict[str, str] = json.loads(row.open_fields)
    began = {RetentionStart.COLLECTED: day_of(row.at_ms)}
    contacts = [day_of(row.last_contact_ms)] if row.last_contact_ms is not None else []
    contacts += _day(shown, inventory.record.last_contact)
    if contacts:
        began[RetentionStart.LAST_CONTACT] = max(contacts)
    for day in _day(shown, inventory.record.contract_end):
        began[RetentionStart.CONTRACT_END] = day
    fields = frozenset(name for name, text in shown.items() if text) | frozenset(sealed)
    return Kept(row.record.hex(), fields, began, sealed, is_held=is_held)


def _sealed(db: Connection, records: list[bytes]) -> dict[bytes, dict[str, date]]:
    """The day on which the newest version of each sealed field came in; an emptied one has older versions still."""
    found: dict[bytes, dict[str, date]] = {}
    query = (
        select(_values.record, _values.field, func.max(_imports.at_ms).label("at_ms"))
        .join(schema.imports, _imports.id == _values.import_id)
        .where(_imports.committed, _values.record.in_(records))
        .group_by(_values.record, _values.field)
    )
    for row in db.execute(query):
        found.setdefault(row.record, {})[row.field] = day_of(row.at_ms)
    return found


def _day(shown: dict[str, str], field: str) -> list[date]:
    return day_in(shown.get(field, ""))

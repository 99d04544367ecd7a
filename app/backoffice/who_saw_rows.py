"""What database, book and inventory hold of the accesses to one customer."""

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.api.messages.who_saw import AskWhoSaw
from app.auth.audit_chain import AuditEntry
from app.backoffice import schema
from app.backoffice.accesses import (
    ASKED,
    COUNTED,
    IMPORT,
    NOT_USED,
    REFUSABLE,
    UNLOCKABLE,
    USE,
    USE_END,
    People,
    accesses_of,
)
from app.backoffice.class_grants import display_names
from app.backoffice.customers import NumberRecordQueue
from app.backoffice.office import OpenOffice
from app.domain.access import AccessList
from app.domain.data_class import DataClass
from app.domain.role import Role

_log = schema.audit.c
_AT_ONCE = 500
_Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of the log about one customer.

    Attributes:
        accesses: the newest of them, in the order of the log.
        total: how many there are.
        refused: how many tries were refused.
        order: accounts in the order in which the whole log about the customer names them.
    """

    accesses: list[AuditEntry]
    total: int
    refused: int
    order: tuple[str, ...]


def entries_about(db: Connection, customer: NumberRecordQueue, request: AskWhoSaw, most: int) -> Entries:
    """What the log has within the time that is asked for: the newest `most`, and counts of all."""
    within: list[_Condition] = []
    if request.since_ms is not None:
        within.append(_log.at_ms >= request.since_ms)
    if request.until_ms is not None:
        within.append(_log.at_ms < request.until_ms)
    parts = [_accesses(customer, within), _imports(db, customer, within)]
    found, total, first = list[AuditEntry](), 0, dict[str, int]()
    for part in parts:
        newest = select(schema.audit).where(*part).order_by(_log.number.desc()).limit(most)
        found += [AuditEntry(**row._mapping) for row in db.execute(newest)]
        total += _count(db, part)
        for account, place in _places(db, part):
            first[account] = min(place, first.get(account, place))
    found.sort(key=lambda entry: entry.number)
    of_record = _log.record == customer.record.hex()
    refused = _count(db, [of_record, _log.event.in_(sorted(REFUSABLE)), _log.outcome == "refused", *within])
    return Entries(found[-most:], total, refused, tuple(sorted(first, key=first.__getitem__)))


def _count(db: Connection, which: list[_Condition]) -> int:
    return int(db.execute(select(func.count()).select_from(schema.audit).where(*which)).scalar_one())


def _places(db: Connection, which: list[_Condition]) -> list[tuple[str, int]]:
    """Where each account is named first: who did it comes before who unlocked it."""
    did = select(_log.actor, func.min(_log.number)).where(*which).group_by(_log.actor)
    unlocked = (_log.event.in_(sorted(UNLOCKABLE)), _log.acting_with != "")
    let = select(_log.acting_with, func.min(_log.number)).where(*which, *unlocked).group_by(_log.acting_with)
    places = [(account, 2 * number) for account, number in db.execute(did)]
    return places + [(account, 2 * number + 1) for account, number in db.execute(let)]


def _accesses(customer: NumberRecordQueue, within: list[_Condition]) -> list[_Condition]:
    of_record = _log.record == customer.record.hex()
    unused = select(_log.reference).where(of_record, _log.event == USE_END, _log.reason.in_(sorted(NOT_USED)))
    kinds = [and_(_log.outcome == outcome, _log.event.in_(sorted(events))) for outcome, events in COUNTED.items()]
    return [of_record, or_(*kinds), or_(_log.event != USE, _log.reference.not_in(unused)), *within]


def _imports(db: Connection, customer: NumberRecordQueue, within: list[_Condition]) -> list[_Condition]:
    """Imports that brought the customer in, or changed it. Their entries name no record, but the import."""
    changed, imports = schema.customer_imports.c, schema.imports.c
    ids = {
        customer.import_id,
        *db.execute(select(changed.import_id).where(changed.record == customer.record)).scalars(),
    }
    accounts = db.execute(select(imports.account).where(imports.id.in_(ids))).scalars()
    return [
        _log.actor.in_(set(accounts)),  # by the index of actors and events
        _log.event == IMPORT,
        _log.outcome == "ok",
        _log.reference.in_([import_id.hex() for import_id in ids]),
        *within,
    ]


def people_of(office: OpenOffice, db: Connection) -> People:
    """How this office's policy has a list name its people."""
    names = display_names(db) if office.policy.who_saw.names else {}

    def role_of(account: str) -> Role | None:
        entry = office.book.account(account)
        return Role(entry.role) if entry is not None else None

    return People(role_of, lambda account: names.get(account, ""))


def list_of(
    office: OpenOffice,
    db: Connection,
    customer: NumberRecordQueue,
    request: AskWhoSaw,
    entries: Entries,
    people: People,
) -> AccessList:
    """The list that entries make."""
    for account in entries.order:
        people.somebody(account)
    shown = _shown_ms(db, [entry.number for entry in entries.accesses])
    reasons = _asked(db, customer, [entry.reference for entry in entries.accesses if entry.reference])
    accesses = accesses_of(entries.accesses, reasons, customer.import_id.hex(), people, shown)
    return AccessList(
        customer_number=customer.number,
        customer_name=_open_name(office, customer),
        accesses=tuple(accesses),
        total=entries.total,
        refused=entries.refused,
        since_ms=request.since_ms,
        until_ms=request.until_ms,
        log_since_ms=db.execute(select(_log.at_ms).order_by(_log.number).limit(1)).scalar_one(),
        view_s=office.policy.view_s,
    )


def _asked(db: Connection, customer: NumberRecordQueue, references: list[str]) -> dict[str, str]:
    """Reasons of requests for an unlock, by their ids."""
    found = dict[str, str]()
    for at in range(0, len(references), _AT_ONCE):
        query = select(_log.reference, _log.reason).where(
            _log.record == customer.record.hex(),
            _log.event == ASKED,
            _log.outcome == "ok",
            _log.reference.in_(references[at : at + _AT_ONCE]),
        )
        found |= {row.reference: row.reason for row in db.execute(query)}
    return found


def _shown_ms(db: Connection, numbers: list[int]) -> dict[int, int]:
    """How long values stood open, by the number of their entry, as far as consoles have told."""
    ends, found = schema.view_ends.c, dict[int, int]()
    for at in range(0, len(numbers), _AT_ONCE):
        query = select(ends.entry, ends.shown_ms).where(ends.entry.in_(numbers[at : at + _AT_ONCE]))
        found |= {row.entry: row.shown_ms for row in db.execute(query)}
    return found


def _open_name(office: OpenOffice, customer: NumberRecordQueue) -> str:
    """The customer's name where policy wants it, and the inventory has it open."""
    field = office.inventory.field(office.inventory.record.name)
    if not office.policy.who_saw.customer_name or field.data_class is not DataClass.OPEN:
        return ""
    return str(json.loads(customer.open_fields).get(field.name, ""))

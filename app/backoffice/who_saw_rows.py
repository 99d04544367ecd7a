"""What database, book and inventory hold of the accesses to one customer."""

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from app.api.messages.who_saw import AskWhoSaw
from app.auth.audit_chain import AuditEntry
from app.backoffice import schema
from app.backoffice.accesses import ASKED, IMPORT, People, accesses_of, is_access, is_refusal
from app.backoffice.class_grants import display_names
from app.backoffice.customers import NumberRecordQueue
from app.backoffice.office import OpenOffice
from app.domain.access import AccessList
from app.domain.data_class import DataClass
from app.domain.role import Role

_log = schema.audit.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of the log about one customer.

    Attributes:
        accesses: in the order of the log.
        refused: how many tries were refused.
    """

    accesses: list[AuditEntry]
    refused: int


def entries_about(db: Connection, customer: NumberRecordQueue, request: AskWhoSaw) -> Entries:
    """What the log has within the time that is asked for."""
    within: list[ColumnElement[bool]] = []
    if request.since_ms is not None:
        within.append(_log.at_ms >= request.since_ms)
    if request.until_ms is not None:
        within.append(_log.at_ms < request.until_ms)
    about = select(schema.audit).where(_log.record == customer.record.hex(), *within)
    rows = [AuditEntry(**row._mapping) for row in db.execute(about)]
    found = [row for row in rows if is_access(row)] + _imports_of(db, customer, within)
    return Entries(sorted(found, key=lambda entry: entry.number), sum(is_refusal(row) for row in rows))


def _imports_of(db: Connection, customer: NumberRecordQueue, within: list[ColumnElement[bool]]) -> list[AuditEntry]:
    """Imports that brought the customer in, or changed it. Their entries name no record, but the import."""
    changed, imports = schema.customer_imports.c, schema.imports.c
    ids = {
        customer.import_id,
        *db.execute(select(changed.import_id).where(changed.record == customer.record)).scalars(),
    }
    accounts = db.execute(select(imports.account).where(imports.id.in_(ids))).scalars()
    query = select(schema.audit).where(
        _log.actor.in_(set(accounts)),  # by the index of actors and events
        _log.event == IMPORT,
        _log.outcome == "ok",
        _log.reference.in_([import_id.hex() for import_id in ids]),
        *within,
    )
    return [AuditEntry(**row._mapping) for row in db.execute(query)]


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
    most: int,
) -> AccessList:
    """The list that entries make, the newest `most` of them."""
    asked = select(_log.reference, _log.reason).where(
        _log.record == customer.record.hex(), _log.event == ASKED, _log.outcome == "ok"
    )
    reasons = {row.reference: row.reason for row in db.execute(asked)}
    shown = _shown_ms(db, [entry.number for entry in entries.accesses])
    accesses = accesses_of(entries.accesses, reasons, customer.import_id.hex(), people, shown)
    return AccessList(
        customer_number=customer.number,
        customer_name=_open_name(office, customer),
        accesses=tuple(accesses[-most:]),
        total=len(accesses),
        refused=entries.refused,
        since_ms=request.since_ms,
        until_ms=request.until_ms,
        log_since_ms=db.execute(select(_log.at_ms).order_by(_log.number).limit(1)).scalar_one(),
        view_s=office.policy.view_s,
    )


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

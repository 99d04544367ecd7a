"""How the fields of a customer stand: mask or open text, how often they were changed, and a mark of what lies there."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from app.api.messages.customers import MaskText
from app.api.messages.editing import FieldState, FieldVersion, FieldVersions
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.customers import NumberRecordQueue, find_record, mask_of_field
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.crypto.derive import sha256
from app.crypto.labels import lp
from app.domain.editing import can_be_emptied, is_edited_by_hand
from app.domain.errors import NotAllowedError
from app.domain.field import Field

EMPTY = bytes(16)
"""The mark of a field in which nothing lies."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Who brought a version in, when, and how (`imports.kind`)."""

    account: str
    at_ms: int
    kind: str


def mark_of(what: bytes | str) -> bytes:
    """The mark of a blob, or of an open field's text: 16 bytes that say nothing of a sealed value."""
    return sha256(lp("field-mark", what))[:16] if what else EMPTY


def edited_fields(office: OpenOffice, session: Session) -> tuple[Field, ...]:
    """The fields that this person's role may change by hand."""
    inventory, policy = office.inventory, office.policy
    return tuple(
        f for f in inventory.fields if policy.may_edit(session.role, f.data_class) and is_edited_by_hand(f, inventory)
    )


def field_states(
    office: OpenOffice, db: Connection, customer: NumberRecordQueue, fields: Iterable[Field]
) -> tuple[FieldState, ...]:
    """How these fields of a customer stand."""
    sealed, values = schema.sealed_values, json.loads(customer.open_fields)
    newest: dict[str, tuple[bytes, int]] = {}
    for name, blob in db.execute(
        select(sealed.c.field, sealed.c.blob)
        .join(schema.imports, schema.imports.c.id == sealed.c.import_id)
        .where(schema.imports.c.committed, sealed.c.record == customer.record)
        .order_by(sealed.c.version)
    ):
        newest[name] = blob, newest.get(name, (b"", -1))[1] + 1
    edits = schema.edits.c
    query = select(edits.field, func.count()).where(edits.record == customer.record).group_by(edits.field)
    edited = {name: count for name, count in db.execute(query)}  # noqa: C416  (rows are no pairs for a type checker)
    states = []
    for field in fields:
        may_go = can_be_emptied(field, office.inventory)
        if field.is_sealed:
            blob, changes = newest.get(field.name, (b"", 0))
            mask = mask_of_field(customer, field.name)
            state = FieldState(field=field.name, mark=mark_of(blob), changes=changes, can_be_emptied=may_go, mask=mask)
        else:
            text, changes = values.get(field.name, ""), edited.get(field.name, 0)
            state = FieldState(field=field.name, mark=mark_of(text), changes=changes, can_be_emptied=may_go, text=text)
        states.append(state)
    return tuple(states)


def last_brought(db: Connection, customer: NumberRecordQueue, field: Field) -> Brought:
    """Who brought in what lies in a field now; of an open field that nobody edited, the newest import of the record."""
    imports, of = schema.imports, customer.record
    if field.is_sealed:
        values = schema.sealed_values.c
        ids = [select(values.import_id).where(values.record == of, values.field == field.name)]
    else:
        changed, edits = schema.customer_imports.c, schema.edits.c
        ids = [select(edits.id).where(edits.record == of, edits.field == field.name)]
        ids.append(select(changed.import_id).where(changed.record == of))
    by_these = select(imports).where(imports.c.committed, or_(*(imports.c.id.in_(which) for which in ids)))
    row = db.execute(by_these.order_by(imports.c.committed_ms.desc()).limit(1)).first()
    if row is None:
        row = db.execute(select(imports).where(imports.c.id == customer.import_id)).one()
    return Brought(row.account, row.committed_ms or row.at_ms, row.kind)


def field_versions(office: OpenOffice, session: Session, record: bytes, name: str) -> FieldVersions:
    """The versions of one field, the newest first: who made them and when, and their masks. Nothing is opened.

    Raises:
        NotAllowedError: code `not_in_queue` or `no_field`.
    """
    if not office.inventory.has(name):
        raise NotAllowedError("The inventory declares no such field.", code="no_field")
    field = office.inventory.field(name)
    with office.database.reading() as db:
        customer = find_record(office, db, session, record)
        names = display_names(db)
        found = _sealed_versions(db, customer, field) if field.is_sealed else _open_versions(db, customer, field)
    return FieldVersions(
        versions=tuple(
            FieldVersion(at_ms=by.at_ms, name=names.get(by.account, by.account), kind=by.kind, mask=mask, text=text)
            for by, mask, text in found
        )
    )


_Version = tuple[Brought, MaskText | None, str]


def _sealed_versions(db: Connection, customer: NumberRecordQueue, field: Field) -> list[_Version]:
    """Each version's mask stands with the version that took its place."""
    values, imports = schema.sealed_values, schema.imports
    query = (
        select(values.c.mask_before, imports.c.account, imports.c.committed_ms, imports.c.at_ms, imports.c.kind)
        .join(imports, imports.c.id == values.c.import_id)
        .where(imports.c.committed, values.c.record == customer.record, values.c.field == field.name)
        .order_by(values.c.version.desc())
    )
    found, mask = list[_Version](), mask_of_field(customer, field.name)
    for row in db.execute(query):
        found.append((Brought(row.account, row.committed_ms or row.at_ms, row.kind), mask, ""))
        mask = tuple(json.loads(row.mask_before)) if row.mask_before else None
    return found


def _open_versions(db: Connection, customer: NumberRecordQueue, field: Field) -> list[_Version]:
    edits, imports = schema.edits, schema.imports
    query = (
        select(edits.c.text_before, imports.c.account, imports.c.committed_ms, imports.c.kind)
        .join(imports, imports.c.id == edits.c.id)
        .where(edits.c.record == customer.record, edits.c.field == field.name)
        .order_by(imports.c.committed_ms.desc())
    )
    found, text = list[_Version](), json.loads(customer.open_fields).get(field.name, "")
    for row in db.execute(query):
        found.append((Brought(row.account, row.committed_ms, row.kind), None, text))
        text = row.text_before or ""
    if text or not found:
        first = db.execute(select(imports).where(imports.c.id == customer.import_id)).one()
        found.append((Brought(first.account, first.committed_ms or first.at_ms, first.kind), None, text))
    return found

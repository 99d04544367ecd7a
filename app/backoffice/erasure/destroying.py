"""Destroying what the office holds about one customer, all of it in the caller's transaction: whole, or not at all.

Every table that names a customer stands in `WHAT_GOES` or, with the reason, in `WHAT_STAYS`; a test finds one that
somebody adds and puts in neither. With the row goes the customer's key, so that a sealed value which lies somewhere
else (another file's free pages, a dump) opens no more without a backup of record keys.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from app.auth.outbox_entry import OutboxEntry, open_entry
from app.auth.outbox_payload import record_of
from app.backoffice import erasure_tables, privacy_schema, schema
from app.backoffice.customer_sync import forget, touch
from app.backoffice.customers import last_change
from app.backoffice.office import OpenOffice
from app.backoffice.page_tables import page_links
from app.backoffice.subject_tables import processing_holds, subject_requests
from app.crypto.errors import SealError
from app.crypto.values import batch_of
from app.domain.exposures.words import Rule
from app.sources.sql_marks import values_in

WHAT_GOES: Final[Mapping[Table, str]] = MappingProxyType(
    {
        schema.sealed_values: "values",
        schema.notes: "notes",
        schema.contacts: "visits",
        schema.unlocks: "requests",
        schema.caller_answers: "checks",
        schema.caller_checks: "checks",
        schema.edits: "edits",
        schema.collected: "origin",
        privacy_schema.consents: "origin",
        schema.customer_changes: "origin",
        schema.customer_imports: "origin",
        schema.answered_reveals: "requests",
        schema.fronts: "requests",
        processing_holds: "requests",
        page_links: "requests",
        schema.customers: "rows",
    }
)
"""Tables whose rows about a customer go, in this order, and what they count as on the certificate."""

WHAT_STAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "audit": "The log keeps the record's id, a pseudonym: with the customer's row gone it leads to nobody.",
        "erasure_subjects": "The order's own proof, by the same pseudonym.",
        "request_attachments": "It belongs to the register: whose a request was found to be, by the same pseudonym.",
        "subject_requests": "The register stays (UU PDP article 14); what was asked in own words goes.",
        "holds": "Who held what and when is evidence; a customer who is held is not erased.",
    }
)
"""Tables that name a customer and keep their rows, and why."""


def destroy_customer(office: OpenOffice, db: Connection, record: bytes) -> dict[str, int]:
    """Destroy one customer.

    Args:
        office: the open office.
        db: a transaction that acts for the office.
        record: who.

    Returns:
        How much went, by sort.
    """
    counts: dict[str, int] = {}

    def count(what: str, rows: int) -> None:
        if rows:
            counts[what] = counts.get(what, 0) + rows

    forget(db, record)
    count("keys", _own_data_keys(db, record) + 1)  # and the customer's own
    count("index", _index_values(db, record))
    count("comments", _comments(db, record))
    count("outbox", _sealed_wishes(office, db, record))
    count("requests", _words_of_requests(db, record))
    _marks_of_sources(db, record)
    for table, what in WHAT_GOES.items():
        count(what, db.execute(table.delete().where(table.c.record == record)).rowcount)
    return counts


def destroy_fields(office: OpenOffice, db: Connection, record: bytes, fields: tuple[str, ...]) -> dict[str, int]:
    """Destroy all versions of some fields of a customer who stays.

    Returns:
        How much went, by sort.
    """
    table, values, edits = schema.customers, schema.sealed_values, schema.edits
    row = db.execute(select(table.c.open_fields, table.c.masks).where(table.c.record == record)).one()
    shown, masks = json.loads(row.open_fields), json.loads(row.masks)
    open_gone = [name for name in fields if shown.pop(name, None) is not None]
    for name in fields:
        masks.pop(name, None)
    own = (values.c.record == record, values.c.field.in_(fields))
    tags = db.execute(select(values.c.lookup_tag).where(*own, values.c.lookup_tag.is_not(None))).all()
    gone = db.execute(values.delete().where(*own)).rowcount
    changed = edits.update().where(edits.c.record == record, edits.c.field.in_(fields)).values(text_before=None)
    edited = db.execute(changed).rowcount
    new = {"open_fields": json.dumps(shown), "masks": json.dumps(masks)}
    db.execute(table.update().where(table.c.record == record).values(new))
    touch(db, record)
    counts = {"values": gone, "index": len(tags), "open": len(open_gone), "edits": edited}
    return {what: rows for what, rows in counts.items() if rows}


def change_now(db: Connection) -> int:
    """The number by which consoles hear of what was just done."""
    return last_change(db)


def is_erased(db: Connection, record: bytes) -> bool:
    """Whether a record was erased whole: it is nobody's any more."""
    table = erasure_tables.erasure_subjects.c
    done = (table.record == record, table.fate == "erased", table.fields == "")
    return db.execute(select(table.place).where(*done).limit(1)).first() is not None


def _own_data_keys(db: Connection, record: bytes) -> int:
    """Data keys that seal nothing but this customer's: of edits, of notes, of a customer who was typed in."""
    keys, edits, collected, notes = schema.data_keys, schema.edits.c, schema.collected.c, schema.notes.c
    own = select(edits.id).where(edits.record == record).union(select(collected.id).where(collected.record == record))
    arrivals = list(db.execute(own).scalars())
    batches = [batch_of(blob) for blob in db.execute(select(notes.blob).where(notes.record == record)).scalars()]
    gone = db.execute(keys.delete().where(keys.c.import_id.in_(arrivals) | keys.c.batch.in_(batches)))
    return gone.rowcount


def _index_values(db: Connection, record: bytes) -> int:
    table = schema.sealed_values.c
    has_tag = table.lookup_tag.is_not(None) | table.verify_tag.is_not(None)
    return len(db.execute(select(table.version).where(table.record == record, has_tag)).all())


def _comments(db: Connection, record: bytes) -> int:
    """What was written to flags about the customer; that they were acknowledged stays."""
    table = schema.exposure_answers
    about = (table.c.rule == Rule.SAME_CUSTOMER.value, table.c.subject == record.hex(), table.c.comment.is_not(None))
    return db.execute(table.update().where(*about).values(comment=None)).rowcount


def _words_of_requests(db: Connection, record: bytes) -> int:
    """What the customer asked for in own words; the request's number and dates stay."""
    table = subject_requests
    about = (table.c.record == record, table.c.words.is_not(None))
    return db.execute(table.update().where(*about).values(words=None)).rowcount


def _marks_of_sources(db: Connection, record: bytes) -> None:
    """How far a source was read, where that names the customer: it is read from its beginning the next time."""
    customers, marks = schema.customers.c, schema.source_marks
    number = db.execute(select(customers.number).where(customers.record == record)).scalar_one()
    for row in db.execute(select(marks)).all():
        if number.casefold() in values_in(row.mark):
            db.execute(marks.update().where(marks.c.name == row.name).values(mark=""))


def _sealed_wishes(office: OpenOffice, db: Connection, record: bytes) -> int:
    """Notes and visits from an outbox that could not be done and are kept as they came, sealed to the office."""
    table, gone = schema.outbox_entries, 0
    for row in db.execute(select(table).where(table.c.sealed.is_not(None))).all():
        if _record_in(office, row.sealed) == record:
            here = (table.c.session == row.session, table.c.number == row.number)
            gone += db.execute(table.update().where(*here).values(sealed=None)).rowcount
    return gone


def _record_in(office: OpenOffice, sealed: bytes) -> bytes | None:
    try:
        return record_in(open_entry(office.id, office.keys.office_kem, sealed).entry)
    except SealError:
        return None


def record_in(entry: OutboxEntry) -> bytes | None:
    """Whom an entry of an outbox is about; None: nobody, or it has another form."""
    return record_of(entry.kind, entry.payload)


def counted(counts: Mapping[str, Any]) -> str:
    """Counts for the log."""
    return " ".join(f"{what}={number}" for what, number in sorted(counts.items()))

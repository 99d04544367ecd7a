"""A large office in little time: customers and notes sealed as imports and saves seal them, written many at a time.

What an import does to each cell beside (kinds, masks, tags) is left out. A data key serves at most `BATCH` customers
of one class; each note has its own, as each save has. Values follow from record and field, so that every one of them
can be compared afterwards without being kept.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.import_sealing import store_data_key
from app.backoffice.notes import note_field
from app.backoffice.office import OpenOffice
from app.crypto.values import DataKey, new_data_key, seal_value
from app.domain.data_class import DataClass

BATCH = 1000
FIELDS = {
    "street_address": DataClass.CONTACT,
    "mothers_name": DataClass.IDENTITY,
    "bank_name": DataClass.FINANCIAL,
    "health_note": DataClass.SPECIAL,
}
"""A sealed field of each class."""


def value_of(record: bytes, field: str) -> str:
    """What is sealed there: 128 bits that nobody guesses without this function."""
    return f"S3NT-{hashlib.sha256(b'a value of this test' + record + field.encode()).hexdigest()[:32]}"


def seal_many(office: OpenOffice, customers: int, notes: int, author: str) -> None:
    """Put customers and notes into an open office."""
    imported = secrets.token_bytes(16)
    with office.writing() as db:
        row = {"id": imported, "account": author, "at_ms": office.clock.now_ms(), "committed": True}
        db.execute(schema.imports.insert().values(row | {"committed_ms": office.clock.now_ms()}))
    for first in range(0, customers, BATCH):
        with office.writing() as db:
            _seal_batch(office, db, range(first, min(customers, first + BATCH)), imported)
    _seal_notes(office, notes, author)


def _new_key(office: OpenOffice, db: Connection, data_class: DataClass, imported: bytes | None) -> DataKey:
    version = office.book.class_version(data_class)
    public = office.book.class_public(data_class, version)
    key, boxed = new_data_key(office.id, data_class.value, version, public)
    store_data_key(db, boxed, imported)
    return key


def _seal_batch(office: OpenOffice, db: Connection, numbers: range, imported: bytes) -> None:
    keys = {field: _new_key(office, db, data_class, imported) for field, data_class in FIELDS.items()}
    people, values = [], []
    for number in numbers:
        record, z = secrets.token_bytes(16), secrets.token_bytes(32)
        version, wrapped = office.keys.wrap_record_key(record, z)
        people.append({
            "record": record, "number": f"B-{number:07}", "queue": "billing", "masks": "{}",
            "open_fields": json.dumps({"customer_number": f"B-{number:07}", "full_name": f"Customer {number}"}),
            "master_version": version, "record_key": wrapped, "import_id": imported,
        })  # fmt: skip
        for field, data_class in FIELDS.items():
            blob = seal_value(office.id, keys[field], z, record, field, data_class.value, value_of(record, field))
            values.append({
                "record": record, "field": field, "version": 1, "data_class": data_class.value, "blob": blob,
                "verify_tag": None, "lookup_tag": None, "import_id": imported,
            })  # fmt: skip
    db.execute(schema.customers.insert(), people)
    db.execute(schema.sealed_values.insert(), values)


def _seal_notes(office: OpenOffice, notes: int, author: str) -> None:
    """One note each to as many customers as there are, and further ones from the first customer on."""
    with office.database.reading() as db:
        query = select(schema.customers).order_by(schema.customers.c.id).limit(notes)
        owners = [
            (r.record, office.keys.record_key(r.record, r.master_version, r.record_key)) for r in db.execute(query)
        ]
    for first in range(0, notes, BATCH):
        with office.writing() as db:
            rows = [
                _seal_note(office, db, *owners[n % len(owners)], author)
                for n in range(first, min(notes, first + BATCH))
            ]
            db.execute(schema.notes.insert(), rows)


def _seal_note(office: OpenOffice, db: Connection, record: bytes, z: bytes, author: str) -> dict[str, object]:
    note, now = secrets.token_bytes(16), office.clock.now_ms()
    key = _new_key(office, db, DataClass.NOTE, None)
    field = note_field(note)
    blob = seal_value(office.id, key, z, record, field, DataClass.NOTE.value, value_of(record, field))
    return {
        "id": note, "record": record, "author": author, "session": bytes(16), "created_ms": now, "changed_ms": now,
        "logged_ms": now, "revision": 1, "blob": blob,
    }  # fmt: skip


def every_value(db: Connection) -> Iterator[tuple[bytes, str, str, bytes]]:
    """Record, field, class and blob of each sealed value and note, as they lie in the office's file."""
    for row in db.execute(select(schema.sealed_values)):
        yield row.record, row.field, row.data_class, row.blob
    for row in db.execute(select(schema.notes)):
        yield row.record, note_field(row.id), DataClass.NOTE.value, row.blob

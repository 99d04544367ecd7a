"""The book's entries as rows, and their replay at each start."""

import json
from base64 import b64decode, b64encode

from sqlalchemy import Connection, Row, select

from app.auth.book import Book, Entry, Holds, Kind, Signature
from app.backoffice import schema
from app.backoffice.database import office_changed


def load_book(db: Connection, root: bytes, holds: Holds) -> Book:
    """Replay the stored book.

    Raises:
        BookError: a row was forged, changed or taken away.
    """
    rows = db.execute(select(schema.book).order_by(schema.book.c.number))
    return Book.replay(root, holds, (_entry(row) for row in rows))


def entries_after(db: Connection, length: int) -> list[Entry]:
    """Stored entries past the first `length`, in order."""
    table = schema.book
    return [_entry(row) for row in db.execute(select(table).where(table.c.number >= length).order_by(table.c.number))]


def store_entry(db: Connection, entry: Entry) -> None:
    """Write an entry that the book took over, in the same transaction as what belongs to it."""
    office_changed(db)
    marks = [[s.signer, b64encode(s.value).decode()] for s in entry.signatures]
    db.execute(
        schema.book.insert().values(
            number=entry.number,
            previous=entry.previous,
            kind=entry.kind.value,
            name=entry.name,
            role=entry.role,
            queues=json.dumps(entry.queues),
            state=entry.state,
            kem=entry.kem,
            sign=entry.sign,
            activation=entry.activation,
            signatures=json.dumps(marks),
        )
    )


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        number=row.number,
        previous=row.previous,
        kind=Kind(row.kind),
        name=row.name,
        role=row.role,
        queues=tuple(json.loads(row.queues)),
        state=row.state,
        kem=row.kem,
        sign=row.sign,
        activation=row.activation,
        signatures=tuple(Signature(who, b64decode(value)) for who, value in json.loads(row.signatures)),
    )

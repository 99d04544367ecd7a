"""What an import leaves that was never committed: it goes when that stops, when its process dies, at each opening."""

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.office import OpenOffice


def committed_entry(office: OpenOffice, import_id: bytes) -> int | None:
    """Number of the audit entry of an import that came in, or None where it did not."""
    table, log = schema.imports.c, schema.audit.c
    with office.database.reading() as db:
        if db.execute(select(table.id).where(table.id == import_id, table.committed)).first() is None:
            return None
        query = select(log.number).where(log.event == "import", log.outcome == "ok", log.reference == import_id.hex())
        number: int = db.execute(query).scalar_one()
    return number


def is_staged(db: Connection, import_id: bytes) -> bool:
    """Whether an import has begun and is neither committed nor dropped."""
    table = schema.imports.c
    return db.execute(select(table.id).where(table.id == import_id, table.committed.is_(False))).first() is not None


def withdraw(office: OpenOffice, import_id: bytes, who: dict[str, str], detail: str) -> None:
    """Drop what an import has staged and log that it did not come in; nothing where it was committed or is dropped.

    Args:
        office: the open office.
        import_id: which import.
        who: `Session.log_fields` of whoever began it.
        detail: counts, or why.
    """
    with office.writing() as db:
        if is_staged(db, import_id):
            _drop(db, import_id)
            office.log.append(db, "import", "refused", reference=import_id.hex(), detail=detail, **who)


def sweep_unfinished(db: Connection, running: frozenset[bytes] = frozenset()) -> None:
    """Remove what imports left that never got their commit.

    Args:
        db: a connection in `Database.writing()`.
        running: imports whose process lives.
    """
    table = schema.imports.c
    for row in db.execute(select(table.id).where(table.committed.is_(False))).all():
        if row.id not in running:
            _drop(db, row.id)


def _drop(db: Connection, import_id: bytes) -> None:
    with for_the_office(db):
        for table in (schema.sealed_values, schema.data_keys, schema.customer_changes, schema.customers):
            db.execute(table.delete().where(table.c.import_id == import_id))
        db.execute(schema.imports.delete().where(schema.imports.c.id == import_id))

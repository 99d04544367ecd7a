"""Purposes under which nothing is done with a customer's data, since the customer asked for that (UU PDP art. 40, 41).

Whoever works under a purpose asks `held_purposes` first, in the transaction of the work.
"""

from sqlalchemy import Connection, select

from app.backoffice.subject_requests.rows import RequestRow
from app.backoffice.subject_tables import processing_holds

_COLUMNS = processing_holds.c


def held_purposes(db: Connection, record: bytes) -> frozenset[str]:
    """The purposes that are held for one customer, by the names of the inventory."""
    return frozenset(db.execute(select(_COLUMNS.purpose).where(_COLUMNS.record == record)).scalars())


def hold(db: Connection, row: RequestRow, now_ms: int) -> list[str]:
    """Hold the purposes of a request from now on; those that another request holds already stay with it."""
    there = held_purposes(db, row.record)
    new = [purpose for purpose in row.purposes.split() if purpose not in there]
    for purpose in new:
        db.execute(
            processing_holds.insert().values(record=row.record, purpose=purpose, request=row.id, since_ms=now_ms)
        )
    return new


def lift(db: Connection, row: RequestRow) -> int:
    """Free the purposes that a request holds; how many."""
    return db.execute(processing_holds.delete().where(_COLUMNS.request == row.id)).rowcount

"""What changed of customers since a console asked last: one sequence of numbers over all of them.

Who changes what a console shows of a customer says so with `touch`, `move` or `forget`, in the same transaction; a
route does it inside `service.changing(Topic.CUSTOMERS)`, so that consoles ask. Invariants: there is one writer at a
time, so numbers become visible in order; an answer is made at one moment; it holds customers of the asking account's
queues alone, and the numbers of rows that left those very queues.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, exists, func, insert, literal, select, text, tuple_

from app.api.messages.customers import CustomerChanges
from app.api.messages.wire import MOST_ENTRIES
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.customers import NumberRecordQueue, last_change, messages_of, need_customers, visible
from app.backoffice.erasure import copies
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session

Place = tuple[int, int]
"""Number of a change and row number of a customer: everything up to there is known."""

_COUNTER = schema.CUSTOMERS_COUNTER
_Change = tuple[int, int, NumberRecordQueue | None]
"""Number of the change, row number, and the customer as it is, or None where it left."""


def next_change(db: Connection) -> int:
    """Take the next number.

    Args:
        db: a connection in `Database.writing()`.
    """
    table = schema.change_counters
    here = table.update().where(table.c.name == _COUNTER)
    taken = db.execute(here.values(number=table.c.number + 1).returning(table.c.number)).scalar()
    if taken is None:
        db.execute(insert(table).values(name=_COUNTER, number=1))
    return taken or 1


def touch(db: Connection, *records: bytes) -> None:
    """Say that these customers changed: open fields, masks, last contact. Call it in the transaction that does it."""
    table = schema.customers
    db.execute(table.update().where(table.c.record.in_(records)).values(changed=next_change(db)))


def move(db: Connection, record: bytes, queue: str) -> None:
    """Put a customer into another queue, and their last contact with them; consoles without that one forget the row."""
    table, change, contacts = schema.customers, next_change(db), schema.contacts
    with for_the_office(db):  # whoever moves a customer need not work in the other queue
        _leave(db, change, record, (table.c.record == record) & (table.c.queue != queue))
        db.execute(table.update().where(table.c.record == record).values(queue=queue, changed=change))
        db.execute(contacts.update().where(contacts.c.record == record, contacts.c.is_last).values(queue=queue))


def forget(db: Connection, record: bytes) -> None:
    """Say that a customer is about to be erased: consoles forget the row. Call it before the row goes."""
    _leave(db, next_change(db), record, schema.customers.c.record == record)


def _leave(db: Connection, change: int, record: bytes, which: Any) -> None:
    table = schema.customers
    leaving = select(literal(change), table.c.id, table.c.queue).where(table.c.record == record, which)
    db.execute(insert(schema.departures).from_select(["change", "customer", "queue"], leaving))


def changes_since(office: OpenOffice, session: Session, place: Place, limit: int) -> CustomerChanges:
    """What changed for an account behind a place.

    Args:
        office: the open office.
        session: whose queues.
        place: from the last answer, or the number of a page's change with all of its rows.
        limit: at most so many customers.

    Raises:
        NotAllowedError: the role sees no customers.
    """
    need_customers(office, session)
    with office.database.reading() as db:
        newest = last_change(db)
        found = sorted(_all_changes(db, session, place, limit + 1), key=lambda change: change[:2])
        shown, more = found[:limit], len(found) > limit
        rows = messages_of(office, (row for _change, _id, row in shown if row is not None))
        is_waited_for = not more and copies.has_untold(db, session, newest)
    if is_waited_for:
        with office.writing() as db:
            copies.told(office, db, session, newest)
    return CustomerChanges(
        rows=rows,
        gone=tuple(id_ for _change, id_, row in shown if row is None),
        place=shown[-1][:2] if more else (newest, MOST_ENTRIES),
        more=more,
        inventory=office.inventory.digest,
    )


def _all_changes(db: Connection, session: Session, place: Place, limit: int) -> Iterator[_Change]:
    """The first so many changes of each sort, in no order."""
    yield from _touched(db, session, place, limit)
    yield from _departed(db, session, place, limit)
    left, (since, after), table = limit, place, schema.imports.c
    coming = select(table.id, table.change).where(table.committed, table.change >= since, table.change > 0)
    for import_id, change in db.execute(coming.order_by(table.change)).all():
        if left > 0 and (change > since or after < MOST_ENTRIES):
            for row in db.execute(_new_ones(session, import_id, change, after if change == since else 0, left)):
                left -= 1
                yield change, row.id, row


def _customers(session: Session) -> Select[Any]:
    table = schema.customers.c
    columns = (table.id, table.record, table.number, table.queue, table.open_fields, table.masks, table.last_contact_ms)
    return visible(session, select(*columns, table.changed), by_queue=False)  # few have changed, many lie in a queue


def _touched(db: Connection, session: Session, place: Place, limit: int) -> Iterator[_Change]:
    table = schema.customers.c
    # The index is over those that have a number; it serves a query that says so in the same words.
    behind = _customers(session).where(text("changed > 0"), tuple_(table.changed, table.id) > tuple_(*place))
    for row in db.execute(behind.order_by(table.changed, table.id).limit(limit)):
        yield row.changed, row.id, row


def _new_ones(session: Session, import_id: bytes, change: int, after: int, limit: int) -> Select[Any]:
    """Customers of one import that nothing has changed since: an import's rows lie together in its index."""
    table = schema.customers.c
    query = _customers(session).where(table.import_id == import_id, table.id > after, table.changed < change)
    return query.order_by(table.id).limit(limit)


def _departed(db: Connection, session: Session, place: Place, limit: int) -> Iterator[_Change]:
    table, customers = schema.departures.c, schema.customers.c
    is_here = exists(visible(session, select(customers.id)).where(customers.id == table.customer))
    query = select(func.max(table.change).label("change"), table.customer).where(
        tuple_(table.change, table.customer) > tuple_(*place), ~is_here
    )
    if "*" not in session.account.queues:
        query = query.where(table.queue.in_(session.account.queues))
    query = query.group_by(table.customer).order_by("change", table.customer).limit(limit)
    for row in db.execute(query):
        yield row.change, row.customer, None

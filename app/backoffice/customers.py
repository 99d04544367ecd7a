"""Customers as consoles get them: open fields and masks of their queues, by pages of ids. Nothing sealed."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from app.api.messages.customers import CustomerPage, CustomerRow, MaskText, SealedPackage
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.ready import Ready
from app.backoffice.sessions import Session
from app.crypto.values import batch_of, salt_of
from app.domain.errors import NotAllowedError

NumberRecordQueue = Row[tuple[object, ...]]
_values, _imports = schema.sealed_values.c, schema.imports.c
_CUSTOMER = Ready(
    select(schema.customers)
    .join(schema.imports, _imports.id == schema.customers.c.import_id)
    .where(_imports.committed, schema.customers.c.record == bindparam("record"))
)
_NEWEST = Ready(
    select(_values.blob)
    .join(schema.imports, _imports.id == _values.import_id)
    .where(_imports.committed, _values.record == bindparam("record"), _values.field == bindparam("field"))
    .order_by(_values.version.desc())
    .limit(1)
)
_DATA_KEY = Ready(select(schema.data_keys).where(schema.data_keys.c.batch == bindparam("batch")))


def queues_of_customers(db: Connection, most: int) -> tuple[str, ...]:
    """Queues that customers lie in, by name.

    Each step jumps to the next name in the index, so that a hundred thousand customers cost no more than a hundred.

    Args:
        db: a connection that reads.
        most: at most so many.
    """
    column = schema.customers.c.queue
    first = select(func.min(column).label("queue")).cte("queues", recursive=True)
    after = select(select(func.min(column)).where(column > first.c.queue).scalar_subquery())
    names = first.union_all(after.where(first.c.queue.is_not(None)))
    query = select(names.c.queue).where(names.c.queue.is_not(None)).limit(most)
    return tuple(db.execute(query).scalars())


def customer_page(
    office: OpenOffice, session: Session, after: int, limit: int, *, with_total: bool = True
) -> CustomerPage:
    """Customers of the account's queues with an id above `after`.

    Args:
        office: the open office.
        session: whose queues.
        after: the last id that the console has.
        limit: at most so many.
        with_total: whether to count all of them, which takes longer the more there are.

    Raises:
        NotAllowedError: the role sees no customers.
    """
    need_customers(office, session)
    table = schema.customers
    shown = select(
        table.c.id,
        table.c.record,
        table.c.number,
        table.c.queue,
        table.c.open_fields,
        table.c.masks,
        table.c.last_contact_ms,
    )
    query = visible_after(session, shown, after, limit)
    count = visible(session, select(func.count(table.c.id)))
    with office.database.reading() as db:
        change = last_change(db)
        total = int(db.execute(count).scalar_one()) if with_total else 0
        rows = messages_of(office, db.execute(query))
    return CustomerPage(rows=rows, total=total, change=change)


def need_customers(office: OpenOffice, session: Session) -> None:
    """Refuse a role that sees no customers.

    Raises:
        NotAllowedError: it sees none.
    """
    if not office.policy.may_see_customers(session.role):
        raise NotAllowedError("This role sees no customers.", code="role")


def last_change(db: Connection) -> int:
    """Number of the newest change of a customer, or 0."""
    table = schema.change_counters.c
    return db.execute(select(table.number).where(table.name == schema.CUSTOMERS_COUNTER)).scalar() or 0


def visible(session: Session, query: Select[Any], *, by_queue: bool = True) -> Select[Any]:
    """Narrow a query over customers to committed ones of the session's queues.

    Args:
        session: whose queues.
        query: over customers.
        by_queue: whether the database may go by the index of queues; without, it goes by what else the query names.
    """
    table, queues = schema.customers, session.account.queues
    queue = table.c.queue if by_queue else table.c.queue.concat("")
    query = query.join(schema.imports, schema.imports.c.id == table.c.import_id).where(schema.imports.c.committed)
    return query if "*" in queues else query.where(queue.in_(queues))


def visible_after(session: Session, query: Select[Any], after: int, limit: int) -> Select[Any]:
    """The next page of what `visible` leaves, in the order of ids.

    The index of one queue has its customers in that order. Those of several would be sorted anew for each page: a fill
    would grow with the square of their number. They are walked by their ids.

    Args:
        session: whose queues.
        query: over customers.
        after: the last id of the page before, 0 for the first page.
        limit: so many at most.
    """
    table = schema.customers.c
    query = visible(session, query, by_queue=len(session.account.queues) == 1)
    return query.where(table.id > after).order_by(table.id).limit(limit)


def messages_of(office: OpenOffice, rows: Iterable[NumberRecordQueue]) -> tuple[CustomerRow, ...]:
    """Rows of customers as consoles get them."""
    open_names = [f.name for f in office.inventory.open_fields]
    sealed_names = [f.name for f in office.inventory.sealed_fields]
    return tuple(_message(row, open_names, sealed_names) for row in rows)


def _message(row: NumberRecordQueue, open_names: list[str], sealed_names: list[str]) -> CustomerRow:
    values, masks = json.loads(row.open_fields), json.loads(row.masks)
    # Our own rows need no second judgement: the console's side judges what it is given.
    return CustomerRow.model_construct(
        id=row.id,
        record=row.record,
        number=row.number,
        queue=row.queue,
        last_contact_ms=row.last_contact_ms,
        open=tuple(values.get(name, "") for name in open_names),
        masks=tuple(tuple(masks[name]) if name in masks else None for name in sealed_names),
    )


def find_record(office: OpenOffice, db: Connection, session: Session, record: bytes) -> NumberRecordQueue:
    """One committed customer of the account's queues.

    Raises:
        NotAllowedError: there is none such, or it lies in another queue: one sentence for both.
    """
    row: NumberRecordQueue | None = _CUSTOMER.first(db, record=record)
    if row is None or not session.sees_queue(row.queue) or not office.policy.may_see_customers(session.role):
        raise NotAllowedError("This customer is not in your queues.", code="not_in_queue")
    return row


def mask_of_field(row: NumberRecordQueue, field: str) -> MaskText | None:
    """The stored mask of one field, or None where it is empty."""
    masks = json.loads(row.masks)
    return tuple(masks[field]) if field in masks else None


def current_blob(db: Connection, record: bytes, field: str) -> bytes:
    """The newest blob of one field of one record.

    Raises:
        NotAllowedError: the field is empty.
    """
    found = _NEWEST.first(db, record=record, field=field)
    if found is None or not found.blob:  # never kept, or taken away by hand
        raise NotAllowedError("There is nothing in this field.", code="empty")
    return bytes(found.blob)


def blob_with_salt(db: Connection, record: bytes, field: str, salt: bytes) -> bytes:
    """The blob of one field that has this salt, the newest one or an older one.

    Raises:
        NotAllowedError: it is gone.
    """
    table = schema.sealed_values
    query = select(table.c.blob).where(table.c.record == record, table.c.field == field)
    for blob in db.execute(query.order_by(table.c.version.desc())).scalars():
        if blob and salt_of(blob) == salt:
            return bytes(blob)
    raise NotAllowedError("There is nothing in this field.", code="empty")


def package_of(db: Connection, blob: bytes) -> SealedPackage:
    """The boxed data key that a blob needs."""
    row = _DATA_KEY.one(db, batch=batch_of(blob))
    return SealedPackage(
        data_class=row.data_class,
        version=row.version,
        batch=row.batch,
        box=row.box,
        check=row.check,
        salt=salt_of(blob),
    )


def record_key(office: OpenOffice, row: NumberRecordQueue) -> bytes:
    """Z of a customer.

    Raises:
        SealError: it was destroyed: the customer is erased.
    """
    return office.keys.record_key(row.record, row.master_version, row.record_key)

"""What is read of contacts: those of a customer, and what waits for a person. Open to whoever sees the customer."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, select, text, union_all

from app.api.messages.contacts import ContactsOf, DueCallBack, OpenContact, PastContact, Standing, WrapUp
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.contacts import LATE_MS
from app.backoffice.customers import find_record, need_customers, visible
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session

MOST_PAST, MOST_DUE, MOST_UNFINISHED, MOST_SERVED = 100, 50, 50, 1_000
MOST_LOOKED_AT = 20_000
"""Call-backs that are due in one queue, or in all for who sees all; more are never looked at, the oldest first."""
_TABLE = schema.contacts


def contacts_of(office: OpenOffice, session: Session, record: bytes) -> ContactsOf:
    """A customer's finished contacts, the newest first, and one's own that is not finished.

    Raises:
        NotAllowedError: the customer is not in the account's queues.
    """
    same = _TABLE.c.record == record
    past = select(_TABLE).where(same, _TABLE.c.ended_ms.is_not(None)).order_by(_TABLE.c.ended_ms.desc())
    mine = select(_TABLE).where(same, _TABLE.c.account == session.name, _TABLE.c.ended_ms.is_(None))
    with office.database.reading() as db:
        find_record(office, db, session, record)
        names = display_names(db)
        rows = db.execute(past.limit(MOST_PAST)).all()
        unfinished = db.execute(mine.order_by(_TABLE.c.changed_ms.desc()).limit(1)).first()
    return ContactsOf(
        past=tuple(_past(row, names) for row in rows),
        unfinished=_open(unfinished) if unfinished is not None else None,
    )


def standing(office: OpenOffice, session: Session) -> Standing:
    """Call-backs that are due, contacts that were not finished, and whom the account has served today.

    One's own call-back is there from its time on; a colleague's only when nobody has called for an hour, or by the end
    of its day where no time was agreed: it must not be lost with whoever promised it.

    Raises:
        NotAllowedError: the role sees no customers.
    """
    need_customers(office, session)
    hours, now = office.policy.office_hours, office.clock.now_ms()
    today = hours.day_start_ms(hours.local(now).date())
    mine = _TABLE.c.account == session.name
    with office.database.reading() as db:
        due = [row for row in _due(db, session, now) if row.account == session.name or _is_late(row, office, now)]
        open_ = _rows(db, _seen(session, mine, _TABLE.c.ended_ms.is_(None)).order_by(_TABLE.c.started_ms))
        served = select(_TABLE.c.record).where(mine, _TABLE.c.ended_ms >= today).distinct()
        records = tuple(db.execute(served.limit(MOST_SERVED)).scalars())
    return Standing(
        due=tuple(
            DueCallBack(
                record=row.record, day=row.call_back_day, at=row.call_back_at, is_own=row.account == session.name
            )
            for row in due[:MOST_DUE]
        ),
        unfinished=tuple(_open(row) for row in open_[:MOST_UNFINISHED]),
        served=records,
    )


def _seen(session: Session, *where: Any) -> Select[Any]:
    """Contacts of customers whom the account sees now."""
    customers = schema.customers
    return visible(session, select(_TABLE).join(customers, customers.c.record == _TABLE.c.record)).where(*where)


def _rows(db: Connection, query: Select[Any]) -> list[Row[Any]]:
    return list(db.execute(query.limit(MOST_UNFINISHED)))


def _due(db: Connection, session: Session, now_ms: int) -> list[Row[Any]]:
    """Those that are due, by their index first: begun at the customers, it would take each of a queue in hand.

    Each queue is looked at by itself, so that a full one hides nothing of a small one.
    """
    queues = session.account.queues
    among = [()] if "*" in queues else [(_TABLE.c.queue == queue,) for queue in queues]
    some = [
        select(
            select(_TABLE)
            .where(text("is_last"), _TABLE.c.call_back_ms <= now_ms, *queue)
            .order_by(_TABLE.c.call_back_ms)
            .limit(MOST_LOOKED_AT)
            .subquery()
        )
        for queue in among
    ]
    if not some:
        return []
    due = union_all(*some).subquery("due")
    customers = schema.customers
    query = visible(session, select(due).join(customers, customers.c.record == due.c.record))
    return list(db.execute(query.order_by(due.c.call_back_ms).limit(10 * MOST_DUE)))


def _is_late(row: Row[Any], office: OpenOffice, now_ms: int) -> bool:
    if row.call_back_at:
        return bool(row.call_back_ms + LATE_MS <= now_ms)
    hours = office.policy.office_hours
    return hours.day_start_ms(hours.local(row.call_back_ms).date() + timedelta(days=1)) <= now_ms


def _wrap_up(row: Row[Any]) -> WrapUp:
    return WrapUp(
        outcome=row.outcome,
        tags=tuple(row.tags.split()),
        call_back_day=row.call_back_day,
        call_back_at=row.call_back_at,
    )


def _past(row: Row[Any], names: dict[str, str]) -> PastContact:
    return PastContact(
        contact=row.id,
        account=row.account,
        name=names.get(row.account, row.account),
        started_ms=row.started_ms,
        ended_ms=row.ended_ms,
        wrap_up=_wrap_up(row),
        note=row.note,
        was_call=bool(row.call),
    )


def _open(row: Row[Any]) -> OpenContact:
    return OpenContact(
        contact=row.id,
        record=row.record,
        revision=row.revision,
        started_ms=row.started_ms,
        wrap_up=_wrap_up(row),
        note=row.note,
        call=row.call,
    )

"""Which consoles may still have an erased customer in their cache, and until when.

A console takes rows over by number (`app/backoffice/customer_sync.py`): one that was told of the last customer of an
order has forgotten them in the same transaction of its cache. One that is away is told nothing; its lease ends there
and here at the same time, and its guardian destroys the cache with the session.
"""

import json

from sqlalchemy import ColumnElement, Connection, select, update

from app.backoffice import schema
from app.backoffice.erasure_tables import erasure_copies as TABLE  # noqa: N812  (a table)
from app.backoffice.office import OpenOffice
from app.backoffice.session_ends import lives
from app.backoffice.sessions import Session
from app.domain.role import Role

_sessions = schema.sessions


def expect_copies(office: OpenOffice, db: Connection, order: bytes, queue: str, change: int) -> None:
    """Note the consoles that live now and show this queue; call it in the transaction in which a customer goes."""
    own = (TABLE.c.order_id == order,)
    known = set(db.execute(select(TABLE.c.session).where(*own)).scalars())
    for row in db.execute(select(_sessions).where(_sessions.c.kind == "console", _sessions.c.ended_ms.is_(None))).all():
        account = office.book.account(row.account)
        if account is None or not lives(office, row) or not {"*", queue} & set(account.queues):
            continue
        if not office.policy.may_see_customers(Role(account.role)):
            continue
        if row.id in known:
            again = update(TABLE).where(*own, TABLE.c.session == row.id)
            db.execute(again.values(change=change, told_ms=None))
        else:
            db.execute(TABLE.insert().values(order_id=order, session=row.id, change=change))


def has_untold(db: Connection, session: Session, change: int) -> bool:
    """Whether a console that knows everything up to this change is waited for; a look that changes nothing."""
    return db.execute(select(TABLE.c.order_id).where(*_of(session, change)).limit(1)).first() is not None


def told(office: OpenOffice, db: Connection, session: Session, change: int) -> None:
    """A console was told everything up to this change."""
    db.execute(update(TABLE).where(*_of(session, change)).values(told_ms=office.clock.now_ms()))


def _of(session: Session, change: int) -> tuple[ColumnElement[bool], ...]:
    return TABLE.c.session == session.id, TABLE.c.told_ms.is_(None), TABLE.c.change <= change


def waits_for(office: OpenOffice, db: Connection, order: bytes) -> tuple[int, int]:
    """How many consoles have neither been told nor ended, and when the last of them is over by itself, ms."""
    query = select(_sessions).join(TABLE, TABLE.c.session == _sessions.c.id)
    rows = db.execute(query.where(TABLE.c.order_id == order, TABLE.c.told_ms.is_(None))).all()
    waiting = [min(row.lease_ms, row.ends_ms) for row in rows if lives(office, row)]
    return len(waiting), max(waiting, default=0)


def told_and_ended(db: Connection, order: bytes) -> dict[str, int]:
    """How many consoles were told, and how many ended before."""
    rows = db.execute(select(TABLE.c.told_ms).where(TABLE.c.order_id == order)).scalars().all()
    return {"told": sum(ms is not None for ms in rows), "ended": sum(ms is None for ms in rows)}


def words(counts: dict[str, int]) -> str:
    """As JSON."""
    return json.dumps(counts, sort_keys=True)

"""How an order to wipe reaches a console: every call of a session that it is about is answered with it."""

import contextlib
from typing import Any

from sqlalchemy import Connection, Row, select

from app.backoffice import schema
from app.backoffice.database import AuditUnwritableError
from app.backoffice.office import OpenOffice, SessionUnknownError

WIPE_ORDERED = "wipe_ordered"
WIPE_NOW = "wipe_now"


class WipeNowError(SessionUnknownError):
    """The session is over, and what it left at its workstation is to be destroyed now.

    Attributes:
        order: the order's id, 16 bytes.
    """

    def __init__(self, order: bytes) -> None:
        super().__init__("An administrator has this workstation wiped.", code=WIPE_NOW)
        self.order = order


def order_about(db: Connection, session: bytes) -> bytes | None:
    """The newest order about a session."""
    named, orders = schema.wipe_order_sessions, schema.wipe_orders
    query = select(orders.c.id).join(named, named.c.order_id == orders.c.id).where(named.c.session == session)
    found = db.execute(query.order_by(orders.c.at_ms.desc(), orders.c.id).limit(1)).scalar()
    return bytes(found) if found is not None else None


def told_in(office: OpenOffice, db: Connection, session: bytes) -> WipeNowError | None:
    """What a call of a session that is over is answered with, if it is to be wiped; noted with the caller's commit."""
    order = order_about(db, session)
    if order is None:
        return None
    table = schema.wipe_order_sessions
    untold = (table.c.session == session, table.c.told_ms.is_(None))
    db.execute(table.update().where(*untold).values(told_ms=office.clock.now_ms()))
    return WipeNowError(order)


def wipe_now(office: OpenOffice, row: Row[tuple[Any, ...]]) -> WipeNowError | None:
    """The same for a session's row that was read, in a transaction of its own; a full disk withholds no order."""
    with office.database.reading() as db:
        order = order_about(db, row.id)
    if order is None:
        return None
    with contextlib.suppress(AuditUnwritableError), office.writing() as db:
        told_in(office, db, row.id)
    return WipeNowError(order)

"""Customers whom no export has: processing is restricted, objected to or no longer agreed to (UU PDP art. 40, 41).

A number that is told is never smaller than the order's k: whoever knows of one customer that they objected would learn
from it who is not in the file.
"""

from sqlalchemy import Connection, exists, func, select

from app.backoffice import schema
from app.backoffice.customers import visible
from app.backoffice.sessions import Session
from app.backoffice.subject_tables import processing_holds

IS_HELD = exists().where(processing_holds.c.record == schema.customers.c.record)


def held_back(db: Connection, session: Session, k: int) -> int | None:
    """How many customers are left out; None where they are fewer than the order's k, and where there is none.

    Args:
        db: a connection.
        session: whose queues count.
        k: of the order.
    """
    count: int = db.execute(visible(session, select(func.count(schema.customers.c.id))).where(IS_HELD)).scalar_one()
    return count if count >= k else None

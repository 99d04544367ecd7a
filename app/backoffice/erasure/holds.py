"""Legal holds: while one stands, nothing of its customer is erased (UU PDP article 12: evidence for a claim).

Whoever takes part in erasures sets one, at once and alone: keeping is the safe side. A privacy officer lifts it, with a
fresh code, and never one that they have set themselves.
"""

import secrets
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from app.api.messages.erasure import HoldRow, Holds, SetHold
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.customers import find_record, visible
from app.backoffice.erasure_tables import holds as TABLE  # noqa: N812  (a table)
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, needs_step_up
from app.domain.erasure.words import PARTICIPANTS
from app.domain.errors import NotAllowedError
from app.domain.role import Role

SET, LIFTED = "hold.set", "hold.lifted"


def need_participant(session: Session) -> None:
    """Demand a role that takes part in erasures.

    Raises:
        NotAllowedError: code `role`.
    """
    if session.role not in PARTICIPANTS:
        raise NotAllowedError("Supervisors and privacy officers look after what is kept and erased.", code="role")


def is_held(db: Connection, record: bytes) -> bool:
    """Whether a hold stands, also for whoever may not see the customer."""
    return db.execute(select(TABLE.c.id).where(TABLE.c.record == record, _stands()).limit(1)).first() is not None


def held_among(db: Connection, records: list[bytes]) -> set[bytes]:
    """Which of these are held."""
    return set(db.execute(select(TABLE.c.record).where(TABLE.c.record.in_(records), _stands())).scalars())


def held_records() -> Select[Any]:
    """All of them, as a query."""
    return select(TABLE.c.record).where(_stands())


def set_hold(office: OpenOffice, session: Session, request: SetHold) -> bytes:
    """Hold a customer; it counts from the next statement of any erasure that runs.

    Raises:
        NotAllowedError: code `role` or `not_in_queue`.
    """
    with refusals_logged(office, session, SET, record=request.record.hex()), office.writing() as db:
        need_participant(session)
        find_record(office, db, session, request.record)
        key = secrets.token_bytes(16)
        what = {"reason": request.reason.value, "reference": request.reference}
        who = {"set_by": session.name, "set_ms": office.clock.now_ms()}
        db.execute(TABLE.insert().values(id=key, record=request.record, **what, **who))
        office.log.append(
            db,
            SET,
            record=request.record.hex(),
            reference=key.hex(),
            reason=request.reason.value,
            **session.log_fields(),
        )
    return key


def lift_hold(office: OpenOffice, session: Session, key: bytes) -> None:
    """Lift a hold.

    Raises:
        NotAllowedError: code `role`, `own` or `over`; or a stale code.
    """
    with refusals_logged(office, session, LIFTED, reference=key.hex()), office.writing() as db:
        if session.role is not Role.PRIVACY_OFFICER:
            raise NotAllowedError("A privacy officer lifts a hold.", code="role")
        row = db.execute(select(TABLE).where(TABLE.c.id == key, _stands())).first()
        if row is None:
            raise NotAllowedError("There is no such hold, or it was lifted already.", code="over")
        if row.set_by == session.name:
            raise NotAllowedError("Somebody else lifts what you have set.", code="own")
        needs_step_up(office, session)
        now = office.clock.now_ms()
        db.execute(TABLE.update().where(TABLE.c.id == key).values(lifted_by=session.name, lifted_ms=now))
        who = {"acting_with": row.set_by, **session.log_fields()}
        office.log.append(db, LIFTED, record=row.record.hex(), reference=key.hex(), reason=row.reason, **who)


def standing_holds(office: OpenOffice, session: Session) -> Holds:
    """Holds of customers in the person's queues, the newest first.

    Raises:
        NotAllowedError: code `role`.
    """
    need_participant(session)
    customers = schema.customers.c
    seen = visible(session, select(customers.record, customers.number)).subquery()
    query = select(TABLE, seen.c.number).join(seen, seen.c.record == TABLE.c.record).where(_stands())
    with office.database.reading() as db:
        names = display_names(db)
        rows = db.execute(query.order_by(TABLE.c.set_ms.desc()).limit(_MOST)).all()
    return Holds(holds=tuple(_message(row, names, session) for row in rows))


_MOST = 500


def _stands() -> Any:
    return TABLE.c.lifted_ms.is_(None)


def _message(row: Row[Any], names: dict[str, str], session: Session) -> HoldRow:
    return HoldRow(
        id=row.id,
        record=row.record,
        customer_number=row.number,
        reason=row.reason,
        reference=row.reference,
        set_by_name=names.get(row.set_by, row.set_by),
        set_ms=row.set_ms,
        is_own=row.set_by == session.name,
    )

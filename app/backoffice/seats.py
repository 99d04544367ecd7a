"""Workstations as administrators see them: what each told of itself, who is there, what was ordered; revoking one.

Nobody signs in from a revoked workstation. Limit: its id and key come from H, and whoever is its OS user could make
another H and come as a new one; what a revocation takes away at once are its sessions, and what they left (ADR 0050).
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from app.api.messages.administration import MOST_QUEUES
from app.api.messages.seats import ChangeSeat, CheckedPart, SeatRow, SeatRows, SeatSession
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.customers import queues_of_customers
from app.backoffice.known_seats import wants_known
from app.backoffice.office import OpenOffice
from app.backoffice.posture import postures
from app.backoffice.refused import refusals_logged
from app.backoffice.seat_codes import waiting_codes
from app.backoffice.seat_rows import KNOWN, REVOKED
from app.backoffice.session_ends import lives
from app.backoffice.sessions import Session, needs_step_up
from app.backoffice.wipe_orders import administers, end_all_at, order_in, orders_of, unwiped_at
from app.domain.errors import InputRefusedError
from app.domain.self_check import CheckState


def seat_rows(office: OpenOffice, session: Session) -> SeatRows:
    """Every workstation, by name.

    Raises:
        NotAllowedError: no administrator.
    """
    administers(office, session)
    with office.database.reading() as db:
        table = schema.seats
        rows = db.execute(select(table).order_by(table.c.name, table.c.id)).all()
        here, running, orders = _seat_of(db, session), _running(office, db), orders_of(office, db)
        unwiped: dict[bytes, int] = {}
        for left in unwiped_at(db, None, session.id):
            unwiped[bytes(left.seat_id)] = unwiped.get(bytes(left.seat_id), 0) + 1
        queues, posture = queues_of_customers(db, MOST_QUEUES), postures(office, db)
        waiting = waiting_codes(office, db)
    shown = [
        SeatRow(
            id=row.id,
            name=row.name,
            key=row.public_key,
            first_seen_ms=row.first_seen_ms,
            last_seen_ms=row.last_seen_ms,
            version=row.version,
            policy=row.policy,
            machine=row.machine,
            machine_from=row.machine_from,
            check_ms=row.check_ms,
            check_failed=tuple(row.check_failed.split()),
            check_parts=tuple(map(_checked, row.check_parts.split())),
            state="revoked" if row.state == REVOKED else "known",
            changed_by=row.changed_by,
            changed_ms=row.changed_ms,
            is_here=row.id == here,
            unwiped=unwiped.get(bytes(row.id), 0),
            sessions=tuple(running.get(bytes(row.id), ())),
            orders=tuple(orders.get(bytes(row.id), ())),
            posture=posture.get(bytes(row.id), ()),
            enrolled_ms=row.enrolled_ms,
            enrolled_as=row.enrolled_as,
            invited_by=row.invited_by,
            proved_ms=row.proved_ms,
            twice_ms=row.twice_ms,
        )
        for row in rows
    ]
    only_known = wants_known(office)
    return SeatRows(seats=tuple(shown), queues=queues, waiting=waiting, only_known=only_known)


def revoke_seat(office: OpenOffice, session: Session, request: ChangeSeat) -> None:
    """Let nobody sign in from a workstation, end what runs there, and order what was left there to be wiped.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: there is no such workstation, it is revoked already, or it is one's own.
    """
    with refusals_logged(office, session, "seat.revoke"):
        administers(office, session)
        needs_step_up(office, session)
        with office.writing() as db:
            seat = _known(db, request.seat)
            if seat.state == REVOKED:
                raise InputRefusedError("This workstation is revoked already.", code="is_revoked")
            if seat.id == _seat_of(db, session):
                raise InputRefusedError("You sit at this workstation; revoke it from another one.", code="own_seat")
            _turn(office, db, session, seat, REVOKED)
            left = unwiped_at(db, [seat.id], session.id)
            if left:
                order_in(office, db, session, seat.id, left, REVOKED)
            else:
                end_all_at(office, db, seat.id, session.id)
            office.log.checkpoint(db)


def allow_seat(office: OpenOffice, session: Session, request: ChangeSeat) -> None:
    """Let people sign in from a revoked workstation again.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: there is no such workstation, or it is not revoked.
    """
    with refusals_logged(office, session, "seat.allow"):
        administers(office, session)
        needs_step_up(office, session)
        with office.writing() as db:
            seat = _known(db, request.seat)
            if seat.state != REVOKED:
                raise InputRefusedError("This workstation is not revoked.", code="not_revoked")
            _turn(office, db, session, seat, KNOWN)
            office.log.checkpoint(db)


def _turn(office: OpenOffice, db: Connection, session: Session, seat: Row[tuple[Any, ...]], state: str) -> None:
    table = schema.seats
    changed = {"state": state, "changed_by": session.name, "changed_ms": office.clock.now_ms()}
    if state == KNOWN:  # whoever allows it again has seen to its copy
        changed |= {"boot": "", "boots": "", "twice_ms": None}
    db.execute(table.update().where(table.c.id == seat.id).values(**changed))
    event = "seat.revoke" if state == REVOKED else "seat.allow"
    office.log.append(db, event, reference=seat.id.hex(), detail=f"at={seat.name}", **session.log_fields())


def _known(db: Connection, seat: bytes) -> Row[tuple[Any, ...]]:
    row = db.execute(select(schema.seats).where(schema.seats.c.id == seat)).first()
    if row is None:
        raise InputRefusedError("There is no such workstation.", code="no_seat")
    return row


def _seat_of(db: Connection, session: Session) -> bytes:
    table = schema.sessions
    return bytes(db.execute(select(table.c.seat_id).where(table.c.id == session.id)).scalar_one())


def _running(office: OpenOffice, db: Connection) -> dict[bytes, list[SeatSession]]:
    table, names = schema.sessions, display_names(db)
    running: dict[bytes, list[SeatSession]] = {}
    for row in db.execute(select(table).where(table.c.ended_ms.is_(None)).order_by(table.c.started_ms)).all():
        if lives(office, row):
            running.setdefault(bytes(row.seat_id), []).append(
                SeatSession(
                    session=row.id,
                    account=row.account,
                    display_name=names.get(row.account, row.account),
                    kind=row.kind,
                    started_ms=row.started_ms,
                    is_locked=row.locked_ms is not None,
                )
            )
    return running


def _checked(told: str) -> CheckedPart:
    name, _, state = told.partition("=")
    return CheckedPart(name=name, state=CheckState(state))

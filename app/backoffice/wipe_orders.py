"""Orders to wipe: an administrator has destroyed what sessions left at workstations, and sees whether it was.

An order names sessions of one workstation: those that run there, and those of which nobody has proved that nothing is
left. The ones that run end with it, and each call of theirs is answered with the order. Invariant: an order is
confirmed by a signed receipt for each of its sessions and by nothing else; time confirms none.
"""

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from app.api.messages.seats import OrderRow, OrderState, OrderWipe, WipeOrdered
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.session_ends import end_one
from app.backoffice.sessions import Session, needs_step_up
from app.backoffice.wipe_told import WIPE_ORDERED
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role

ORDER_BYTES = 16
MOST_ORDERS = 20
"""So many of a workstation's newest orders are shown."""


def administers(office: OpenOffice, session: Session) -> None:
    """Demand an administrator.

    Raises:
        NotAllowedError: another role.
    """
    if not office.policy.may_invite(session.role):
        raise NotAllowedError("Only an administrator looks after workstations.", code="role")


def order_wipe(office: OpenOffice, session: Session, request: OrderWipe) -> WipeOrdered:
    """Order a wipe of one workstation, of those with sessions of one queue's people, or of all.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: there is no such workstation or queue, or nothing that would have to be destroyed.
    """
    with refusals_logged(office, session, "wipe.order"):
        administers(office, session)
        needs_step_up(office, session)
        if request.seat is not None and request.queue is not None:
            raise InputRefusedError("Name one workstation, one queue, or neither.", code="one_or_the_other")
        with office.writing() as db:
            if request.seat is not None and not _is_known(db, request.seat):
                raise InputRefusedError("There is no such workstation.", code="no_seat")
            found = _left_behind(office, db, session.id, request)
            if not any(found.values()):
                raise InputRefusedError("No session has left anything there.", code="nothing_there")
            orders = [order_in(office, db, session, seat, rows, request.reason) for seat, rows in found.items()]
            office.log.checkpoint(db)
    return WipeOrdered(orders=tuple(orders), sessions=sum(map(len, found.values())))


def order_in(
    office: OpenOffice, db: Connection, session: Session, seat: bytes, rows: list[Row[tuple[Any, ...]]], reason: str
) -> bytes:
    """Write one workstation's order in the caller's transaction and end what runs there; its id."""
    order, now = secrets.token_bytes(ORDER_BYTES), office.clock.now_ms()
    db.execute(
        schema.wipe_orders.insert().values(id=order, seat=seat, ordered_by=session.name, at_ms=now, reason=reason)
    )
    for row in rows:
        db.execute(schema.wipe_order_sessions.insert().values(order_id=order, session=row.id))
    name = db.execute(select(schema.seats.c.name).where(schema.seats.c.id == seat)).scalar_one()
    detail = f"at={name} sessions={len(rows)}"
    office.log.append(db, "wipe.order", reason=reason, reference=order.hex(), detail=detail, **session.log_fields())
    end_all_at(office, db, seat, session.id)
    return order


def end_all_at(office: OpenOffice, db: Connection, seat: bytes, spare: bytes) -> None:
    """End every session at a workstation, but the one that asks."""
    table = schema.sessions
    query = select(table.c.id).where(table.c.seat_id == seat, table.c.ended_ms.is_(None), table.c.id != spare)
    for row in db.execute(query).all():
        end_one(office, db, row.id, WIPE_ORDERED)


def unwiped_at(db: Connection, seats: Collection[bytes] | None, spare: bytes) -> list[Row[tuple[Any, ...]]]:
    """Sessions of consoles that may have left something: with a card once, and no proof that it is gone.

    Args:
        db: a connection.
        seats: of these workstations; None: of all.
        spare: never this one.
    """
    table = schema.sessions
    had_card = or_(table.c.card_kem.is_not(None), table.c.locked_ms.is_not(None))
    query = select(table).where(table.c.wiped_ms.is_(None), table.c.kind == "console", had_card, table.c.id != spare)
    query = query.where(table.c.seat_id.in_(select(schema.seats.c.id) if seats is None else seats))
    return list(db.execute(query.order_by(table.c.started_ms)).all())


def _left_behind(
    office: OpenOffice, db: Connection, spare: bytes, request: OrderWipe
) -> dict[bytes, list[Row[tuple[Any, ...]]]]:
    """What a request is about, by workstation: a workstation is wiped whole, whoever of the queue was there."""
    rows = unwiped_at(db, None if request.seat is None else [request.seat], spare)
    wanted = {bytes(row.seat_id) for row in rows if request.queue is None or _works_in(office, row, request.queue)}
    found: dict[bytes, list[Row[tuple[Any, ...]]]] = {seat: [] for seat in sorted(wanted)}
    for row in rows:
        if row.seat_id in found:
            found[row.seat_id].append(row)
    return found


def _works_in(office: OpenOffice, row: Row[tuple[Any, ...]], queue: str) -> bool:
    """Whether a session's cache may hold customers of a queue, as the book has its account now."""
    account = office.book.account(row.account)
    if account is None or not office.policy.may_see_customers(Role(account.role)):
        return False
    return queue in account.queues or "*" in account.queues


def _is_known(db: Connection, seat: bytes) -> bool:
    return db.execute(select(schema.seats.c.id).where(schema.seats.c.id == seat)).first() is not None


# what came of them


@dataclass(slots=True)
class _Tally:
    """What is known of one order's sessions."""

    sessions: int = 0
    confirmed: int = 0
    on_its_way: int = 0
    files: int = 0
    entries: int = 0


def orders_of(office: OpenOffice, db: Connection) -> dict[bytes, list[OrderRow]]:
    """Each workstation's newest orders, the newest first, and how they stand."""
    table = schema.wipe_orders
    shown: dict[bytes, list[OrderRow]] = {}
    tallies = _tallies(office, db)
    for row in db.execute(select(table).order_by(table.c.at_ms.desc(), table.c.id)).all():
        orders = shown.setdefault(bytes(row.seat), [])
        if len(orders) < MOST_ORDERS:
            tally = tallies.get(bytes(row.id), _Tally())
            orders.append(
                OrderRow(
                    id=row.id,
                    by=row.ordered_by,
                    at_ms=row.at_ms,
                    reason=row.reason,
                    state=_state(row, tally),
                    sessions=tally.sessions,
                    confirmed=tally.confirmed,
                    files=tally.files,
                    entries=tally.entries,
                    confirmed_ms=row.confirmed_ms,
                )
            )
    return shown


def _state(row: Row[tuple[Any, ...]], tally: _Tally) -> OrderState:
    if row.confirmed_ms is not None:
        return "confirmed"
    return "ordered" if tally.on_its_way else "unconfirmed"


def _tallies(office: OpenOffice, db: Connection) -> dict[bytes, _Tally]:
    found: dict[bytes, _Tally] = {}
    for row in _named(db):
        tally = found.setdefault(bytes(row.order_id), _Tally())
        tally.sessions += 1
        if row.taken_ms is not None:
            tally.confirmed += 1
            tally.files += row.files
            tally.entries += row.entries
        elif row.told_ms is None and office.clock.now_ms() < row.lease_ms:
            tally.on_its_way += 1
    return found


def _named(db: Connection) -> Iterator[Any]:
    named, receipts, sessions = schema.wipe_order_sessions, schema.wipe_receipts, schema.sessions
    query = (
        select(
            named.c.order_id, named.c.told_ms, sessions.c.lease_ms,
            receipts.c.taken_ms, receipts.c.files, receipts.c.entries,
        )
        .join(sessions, sessions.c.id == named.c.session)
        .outerjoin(receipts, receipts.c.session == named.c.session)
    )  # fmt: skip
    yield from db.execute(query)


def confirm_orders(office: OpenOffice, db: Connection, session: bytes) -> list[bytes]:
    """A session's receipt has come: confirm the orders for which it was the last one; all orders about it."""
    named, receipts, orders = schema.wipe_order_sessions, schema.wipe_receipts, schema.wipe_orders
    about = [bytes(o) for o in db.execute(select(named.c.order_id).where(named.c.session == session)).scalars()]
    for order in about:
        lacking = (
            select(func.count())
            .select_from(named)
            .outerjoin(receipts, receipts.c.session == named.c.session)
            .where(named.c.order_id == order, receipts.c.session.is_(None))
        )
        if not db.execute(lacking).scalar_one():
            unconfirmed = (orders.c.id == order, orders.c.confirmed_ms.is_(None))
            db.execute(orders.update().where(*unconfirmed).values(confirmed_ms=office.clock.now_ms()))
    return about

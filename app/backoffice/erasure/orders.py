"""Orders to erase: one person proposes, another approves, and one of the two is a privacy officer.

An agent takes no part, so nobody erases the traces of their own misuse: whoever proposes does not approve, the log
keeps what everybody did, and an order is shown as unusual where its proposer has worked on that customer not long ago.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from app.api.messages.erasure import ApproveErasure, ErasureProposed, ProposeErasure
from app.auth.book import Kind
from app.auth.erasure_order import ErasureOrder, Subject, digest_of
from app.backoffice import schema
from app.backoffice.customers import visible
from app.backoffice.edit_pace import EVENTS
from app.backoffice.erasure.asked_by import request_number
from app.backoffice.erasure.holds import held_among, need_participant
from app.backoffice.erasure_tables import erasure_subjects, erasures
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.retention.clock import today
from app.backoffice.retention.due import is_kept_by_law
from app.backoffice.sessions import Session, needs_step_up
from app.crypto.errors import SealError
from app.domain.erasure.words import (
    GROUNDS,
    LOOK_BACK_MS,
    PARTICIPANTS,
    Action,
    Fate,
    Ground,
    OrderState,
    Unusual,
    is_pair,
)
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role

PROPOSED, APPROVED, REFUSED, TAKEN_BACK, EXPIRED = (
    "erasure.proposed",
    "erasure.approved",
    "erasure.refused",
    "erasure.withdrawn",
    "erasure.expired",
)
CLOCK_SLACK_MS = 600_000
"""How far the time under an order may be from the office's."""
_WORK = ("reveal", "use", "note.write", "notes.read", "lookup.found", *EVENTS)
_AT_ONCE = 400
_TAKES_PART = frozenset(role.value for role in PARTICIPANTS)


def propose(office: OpenOffice, session: Session, request: ProposeErasure) -> ErasureProposed:
    """Keep an order for its second person.

    Raises:
        NotAllowedError: code `role`, `not_in_queue`, `held` or `signature`; or a stale code.
        InputRefusedError: code `ground`, `no_field`, `clock`, `twice` or `waits`.
    """
    order = _order(request)
    with refusals_logged(office, session, PROPOSED, reference=request.id.hex()):
        need_participant(session)
        needs_step_up(office, session)
        _judge_words(office, order, request)
        with office.writing() as db:
            return _kept(office, db, session, order, request)


def _order(request: ProposeErasure) -> ErasureOrder:
    subjects = digest_of(Subject(s.record, s.fields) for s in request.subjects)
    return ErasureOrder(request.id, request.action, request.ground, request.reference, request.proposed_ms, subjects)


def _judge_words(office: OpenOffice, order: ErasureOrder, request: ProposeErasure) -> None:
    if order.ground not in GROUNDS[order.action]:
        raise InputRefusedError("This is no ground for that.", code="ground")
    if abs(order.proposed_ms - office.clock.now_ms()) > CLOCK_SLACK_MS:
        raise InputRefusedError("The clock of this workstation is not the office's; have it set.", code="clock")
    if len({s.record for s in request.subjects}) != len(request.subjects):
        raise InputRefusedError("A customer stands twice in this.", code="twice")
    roles = {office.inventory.record.number, office.inventory.record.name}
    for name in {name for s in request.subjects for name in s.fields.split()}:
        if not office.inventory.has(name) or name in roles:
            raise InputRefusedError(
                "The inventory has no such field, or a customer cannot be without.", code="no_field"
            )


def _kept(
    office: OpenOffice, db: Connection, session: Session, order: ErasureOrder, request: ProposeErasure
) -> ErasureProposed:
    expire(office, db)
    if db.execute(select(erasures.c.id).where(erasures.c.id == order.id)).first() is not None:
        raise NotAllowedError("This id was used for something else.", code="replay")
    try:
        order.check(office.id, session.account.sign, request.signature)
    except SealError as e:
        raise NotAllowedError("An order is signed by whoever brings it.", code="signature") from e
    records = [s.record for s in request.subjects]
    _judge_customers(db, session, records)
    unusual = tuple(_unusual(office, db, session.name, order, request))
    number = int(db.execute(select(func.coalesce(func.max(erasures.c.number), 0))).scalar_one()) + 1
    now = office.clock.now_ms()
    until = now + office.policy.activation_s * 1000
    row = {
        "id": order.id, "number": number, "action": order.action.value, "ground": order.ground.value,
        "reference": order.reference, "digest": order.digest, "proposed_by": session.name,
        "proposed_ms": order.proposed_ms, "until_ms": until, "signature": request.signature,
        "unusual": " ".join(unusual), "state": OrderState.WAITING.value,
    }  # fmt: skip
    db.execute(insert(erasures).values(row))
    subjects = [
        {"order_id": order.id, "place": place, "record": s.record, "fields": s.fields, "fate": Fate.PENDING.value}
        for place, s in enumerate(request.subjects)
    ]
    db.execute(insert(erasure_subjects), subjects)
    detail = f"action={order.action.value} customers={len(records)} unusual={'+'.join(unusual) or '-'}"
    log(office, db, PROPOSED, order.id, order.ground.value, detail, records, **session.log_fields())
    return ErasureProposed(number=number, until_ms=until, unusual=unusual)


def _judge_customers(db: Connection, session: Session, records: list[bytes]) -> None:
    """All in the person's queues, none held, none in another order that waits or runs.

    Raises:
        NotAllowedError, InputRefusedError: see `propose`.
    """
    table, subjects, states = schema.customers.c, erasure_subjects.c, erasures.c
    open_ones = (OrderState.WAITING.value, OrderState.RUNNING.value)
    for at in range(0, len(records), _AT_ONCE):
        some = records[at : at + _AT_ONCE]
        here = db.execute(visible(session, select(table.record)).where(table.record.in_(some))).all()
        if len(here) != len(some):
            raise NotAllowedError("This customer is not in your queues.", code="not_in_queue")
        if held_among(db, some):
            raise NotAllowedError("A legal hold stands on this customer. Nothing of it is erased.", code="held")
        taken = (
            select(subjects.record)
            .join(erasures, states.id == subjects.order_id)
            .where(subjects.record.in_(some), subjects.fate == Fate.PENDING.value, states.state.in_(open_ones))
        )
        if db.execute(taken.limit(1)).first() is not None:
            raise InputRefusedError("Another order names this customer already.", code="waits")


def _unusual(
    office: OpenOffice, db: Connection, who: str, order: ErasureOrder, request: ProposeErasure
) -> list[Unusual]:
    found, records = [], [s.record for s in request.subjects]
    log_, since = schema.audit.c, office.clock.now_ms() - LOOK_BACK_MS
    for at in range(0, len(records), _AT_ONCE):
        about = [record.hex() for record in records[at : at + _AT_ONCE]]
        own = (log_.record.in_(about), log_.actor == who, log_.event.in_(_WORK), log_.at_ms > since)
        if db.execute(select(log_.number).where(*own).limit(1)).first() is not None:
            found.append(Unusual.PROPOSER_OPENED)
            break
    if order.ground is Ground.REQUESTED and not _names_a_request(db, order, records):
        found.append(Unusual.NO_REQUEST)
    if order.ground is not Ground.TIME_OVER:  # that one is judged again for each customer as it runs
        subjects = [Subject(s.record, s.fields) for s in request.subjects]
        if is_kept_by_law(office, db, subjects, today(office, db)[0]):
            found.append(Unusual.LAW_KEEPS)
    return found


def _names_a_request(db: Connection, order: ErasureOrder, records: list[bytes]) -> bool:
    """A number is one of the register, about one of these customers; anything else is another register's."""
    if not order.reference.isdigit():
        return bool(order.reference)
    return request_number(db, order.ground.value, order.reference, records) > 0


def approve(office: OpenOffice, session: Session, key: bytes, request: ApproveErasure) -> None:
    """Approve somebody else's order; from now on it runs, whoever is killed.

    Raises:
        NotAllowedError: code `role`, `own`, `over` or `signature`; or a stale code.
    """
    with refusals_logged(office, session, APPROVED, reference=key.hex()), office.writing() as db:
        need_participant(session)
        row = waiting_order(office, db, key)
        if row.proposed_by == session.name:
            raise NotAllowedError("Somebody else has to approve what you proposed.", code="own")
        first = office.book.active(row.proposed_by)
        if not is_pair(Role(first.role), session.role):
            raise NotAllowedError("One of the two people is a privacy officer.", code="role")
        needs_step_up(office, session)
        order = order_of(row)
        try:
            order.check(office.id, first.sign, row.signature)
            order.check_approval(office.id, session.account.sign, request.approval)
        except SealError as e:
            raise NotAllowedError("This is not the order that was proposed.", code="signature") from e
        now = office.clock.now_ms()
        decided = {"state": OrderState.RUNNING.value, "decided_by": session.name, "decided_ms": now}
        db.execute(update(erasures).where(erasures.c.id == key).values(approval=request.approval, **decided))
        detail = f"action={row.action} unusual={row.unusual.replace(' ', '+') or '-'}"
        who = {"acting_with": row.proposed_by, **session.log_fields()}
        log(office, db, APPROVED, key, row.ground, detail, records_of(db, key), **who)


def drop(office: OpenOffice, session: Session, key: bytes) -> None:
    """Take an own order back, or refuse somebody else's; one that was approved runs to its end.

    Raises:
        NotAllowedError: code `role` or `over`.
    """
    with refusals_logged(office, session, REFUSED, reference=key.hex()), office.writing() as db:
        need_participant(session)
        row = waiting_order(office, db, key)
        is_own = row.proposed_by == session.name
        close(office, db, row, OrderState.WITHDRAWN if is_own else OrderState.REFUSED, session.name)
        who = {"acting_with": "" if is_own else row.proposed_by, **session.log_fields()}
        detail = f"action={row.action}"
        log(office, db, TAKEN_BACK if is_own else REFUSED, key, row.ground, detail, records_of(db, key), **who)


def expire(office: OpenOffice, db: Connection) -> int:
    """What nobody approved in time is over; how much that was."""
    over = (erasures.c.state == OrderState.WAITING.value, erasures.c.until_ms <= office.clock.now_ms())
    rows = db.execute(select(erasures).where(*over)).all()
    for row in rows:
        close(office, db, row, OrderState.EXPIRED, "")
        log(office, db, EXPIRED, row.id, row.ground, f"action={row.action}", records_of(db, row.id),
            acting_with=row.proposed_by)  # fmt: skip
    return len(rows)


def waiting_order(office: OpenOffice, db: Connection, key: bytes) -> Row[Any]:
    """The row of an order that waits.

    Raises:
        NotAllowedError: code `over`.
    """
    row = db.execute(select(erasures).where(erasures.c.id == key)).first()
    if row is None or row.state != OrderState.WAITING.value or row.until_ms <= office.clock.now_ms():
        raise NotAllowedError("This order was decided already, or its time is over.", code="over")
    return row


def order_of(row: Row[Any]) -> ErasureOrder:
    """An order as it was signed."""
    return ErasureOrder(row.id, Action(row.action), Ground(row.ground), row.reference, row.proposed_ms, row.digest)


def subjects_of(db: Connection, key: bytes) -> list[Row[Any]]:
    """The customers of an order, in the sequence that was signed."""
    table = erasure_subjects
    return list(db.execute(select(table).where(table.c.order_id == key).order_by(table.c.place)).all())


def records_of(db: Connection, key: bytes) -> list[bytes]:
    """The records of an order."""
    return [row.record for row in subjects_of(db, key)]


def check_signed(office: OpenOffice, db: Connection, row: Row[Any]) -> None:
    """Demand that two people of the book have signed this very order with these very customers.

    Raises:
        SealError: they have not; somebody wrote into the database.
    """
    order = order_of(row)
    found = digest_of(Subject(s.record, s.fields) for s in subjects_of(db, row.id))
    if row.proposed_by == row.decided_by or found != order.digest:
        raise SealError("an order to erase was not made by two people")
    _check_one(office, row.proposed_by, lambda public: order.check(office.id, public, row.signature))
    _check_one(office, row.decided_by, lambda public: order.check_approval(office.id, public, row.approval))


def _check_one(office: OpenOffice, name: str, check: Callable[[bytes], None]) -> None:
    """By the key that the person had then: somebody who left since has signed none the less.

    Raises:
        SealError: none of their keys has signed it while they took part.
    """
    for entry in reversed(office.book.entries):
        if entry.kind is Kind.ACCOUNT and entry.name == name and entry.sign and entry.role in _TAKES_PART:
            with suppress(SealError):
                check(entry.sign)
                return
    raise SealError("an order to erase was not signed by whom it names")


def close(office: OpenOffice, db: Connection, row: Row[Any], state: OrderState, by: str) -> None:
    """An order that waited is over."""
    now = office.clock.now_ms()
    decided = {"state": state.value, "decided_by": by, "decided_ms": now, "ended_ms": now}
    db.execute(update(erasures).where(erasures.c.id == row.id).values(**decided))


def log(
    office: OpenOffice,
    db: Connection,
    event: str,
    order: bytes,
    ground: str,
    detail: str,
    records: list[bytes],
    **who: str,
) -> int:
    """Write an entry about an order; it names the customer where there is one alone."""
    record = records[0].hex() if len(records) == 1 else ""
    return office.log.append(db, event, record=record, reference=order.hex(), reason=ground, detail=detail, **who)

"""One-time codes for workstations: an administrator makes them, a workstation shows one and is known from then on.

Invariants: a code is kept as a keyed hash; it counts once, whoever comes at the same moment, and until its time by the
office's clock; whoever shows one proves the key that comes to stand in the row. A code has 128 random bits, so no count
of wrong ones is kept besides the rate of the door; the first few of an hour stand in the log.
"""

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from app.api.messages.seats import (
    MOST_WAITING,
    EnrolSeat,
    InviteSeats,
    SeatCode,
    SeatCodes,
    SeatEnrolled,
    WaitingSeat,
    WithdrawInvitation,
)
from app.auth.seat_code import stored_seat_code
from app.auth.seat_proof import enrol_proof
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.seat_rows import REVOKED, SEAT_KEY, SEAT_REVOKED
from app.backoffice.sessions import Session, needs_step_up
from app.backoffice.wipe_orders import administers
from app.crypto import signing
from app.crypto.account_keys import ACTIVATION_BYTES
from app.crypto.derive import same
from app.crypto.errors import SealError
from app.domain.errors import InputRefusedError, NotAllowedError

WRONG, USED, OVER = "seat_code_wrong", "seat_code_used", "seat_code_over"
MOST_LOGGED = 20
"""Refused codes of an hour that stand in the log: nobody fills it."""
_HOUR_MS = 3_600_000
_KEPT_MS = 30 * 24 * _HOUR_MS
_WORDS = {
    WRONG: "The office knows no such code. Copy it again, or ask IT for a new one.",
    USED: "This code was used already. Each counts once; ask IT for a new one.",
    OVER: "This code is out of time. Ask IT for a new one.",
    SEAT_REVOKED: "An administrator has revoked this workstation. It must be allowed again first.",
    SEAT_KEY: "The office knows this workstation by another key. Tell your administrator.",
}


def invite_seats(office: OpenOffice, session: Session, request: InviteSeats) -> SeatCodes:
    """Make codes, one for each name.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: the office stands on its workstation, or too many codes wait.
    """
    with refusals_logged(office, session, "seat.invite"):
        administers(office, session)
        needs_step_up(office, session)
        with office.writing() as db:
            return invited(office, db, request, session.name, session.log_fields())


def invited(office: OpenOffice, db: Connection, request: InviteSeats, by: str, who: dict[str, str]) -> SeatCodes:
    """Make codes in the caller's transaction, in somebody's name; each stands in the log.

    Raises:
        InputRefusedError: see `invite_seats`.
    """
    if not office.database.is_shared:
        raise InputRefusedError(
            "This office stands on its workstation and knows it; codes are for the workstations of a gateway.",
            code="own_office",
        )
    now = office.clock.now_ms()
    until, table = now + request.valid_h * _HOUR_MS, schema.seat_codes
    db.execute(delete(table).where(table.c.until_ms < now - _KEPT_MS))
    if _counting(db, now) + len(request.names) > MOST_WAITING:
        raise InputRefusedError("Too many codes wait to be used; let some of them end first.", code="too_many_codes")
    codes = [SeatCode(name=name, secret=secrets.token_bytes(ACTIVATION_BYTES)) for name in request.names]
    for code in codes:
        key = secrets.token_bytes(16)
        stored = stored_seat_code(office.keys.pepper, office.id, code.secret)
        row = {"id": key, "name": code.name, "code_hash": stored, "invited_by": by, "made_ms": now, "until_ms": until}
        db.execute(insert(table).values(row))
        detail = f"as={code.name} hours={request.valid_h}"
        office.log.append(db, "seat.invite", reference=key.hex(), detail=detail, **who)
    office.log.checkpoint(db)
    return SeatCodes(codes=tuple(codes), until_ms=until)


def waiting_codes(office: OpenOffice, db: Connection) -> tuple[WaitingSeat, ...]:
    """Codes that nobody has used, by name: those that still count first, then those that are over since not long."""
    table, now = schema.seat_codes, office.clock.now_ms()
    query = select(table).where(table.c.used_ms.is_(None), table.c.until_ms >= now - _KEPT_MS)
    rows: Iterable[Any] = db.execute(query.order_by(table.c.until_ms.desc(), table.c.id).limit(MOST_WAITING)).all()
    shown = [
        WaitingSeat(
            id=row.id, name=row.name, invited_by=row.invited_by, until_ms=row.until_ms, is_over=row.until_ms < now
        )
        for row in rows
    ]
    return tuple(sorted(shown, key=lambda one: (one.is_over, one.name, one.id)))


def _counting(db: Connection, now: int) -> int:
    """How many codes still count."""
    table = schema.seat_codes
    query = select(func.count()).select_from(table).where(table.c.used_ms.is_(None), table.c.until_ms >= now)
    return int(db.execute(query).scalar_one())


def withdraw_invitation(office: OpenOffice, session: Session, request: WithdrawInvitation) -> None:
    """Take a code back: who has it is told from then on that the office knows no such code.

    It opens nothing, so no fresh code of the person's is asked for.

    Raises:
        NotAllowedError: no administrator.
        InputRefusedError: it was used or taken back already (`no_invitation`).
    """
    table = schema.seat_codes
    with refusals_logged(office, session, "seat.withdraw"):
        administers(office, session)
        with office.writing() as db:
            its = (table.c.id == request.invitation, table.c.used_ms.is_(None))
            row = db.execute(select(table.c.name).where(*its)).first()
            if row is None or db.execute(delete(table).where(*its)).rowcount != 1:
                raise InputRefusedError("This code was used or taken back already.", code="no_invitation")
            reference = request.invitation.hex()
            office.log.append(db, "seat.withdraw", reference=reference, detail=f"as={row.name}", **session.log_fields())
            office.log.checkpoint(db)


def enrol_seat(office: OpenOffice, request: EnrolSeat, called: str) -> SeatEnrolled:
    """Know a workstation from now on, by a code.

    Args:
        office: the office.
        request: code, workstation, proof.
        called: what it calls itself, for the log.

    Raises:
        NotAllowedError: the code is wrong, used or over, or the workstation is revoked or has another key.
    """
    with office.writing() as db:
        why, name = _taken(office, db, request, called)
        if why:
            _log_refusal(office, db, why, called)
    if why:
        raise NotAllowedError(_WORDS[why], code=why)
    return SeatEnrolled(name=name)


def _taken(office: OpenOffice, db: Connection, request: EnrolSeat, called: str) -> tuple[str, str]:
    """Take the code; why not, and the name that goes with it."""
    table, seats, now = schema.seat_codes, schema.seats, office.clock.now_ms()
    stored = stored_seat_code(office.keys.pepper, office.id, request.secret)
    code = db.execute(select(table).where(table.c.code_hash == stored)).first()
    if code is None or not _is_proved(office, request):
        return WRONG, ""
    if code.used_ms is not None:
        return USED, ""
    if now > code.until_ms:
        return OVER, ""
    seat = request.proof.seat
    row = db.execute(select(seats).where(seats.c.id == seat)).first()
    if row is not None and not same(row.public_key, request.seat.key):
        return SEAT_KEY, ""
    if row is not None and row.state == REVOKED:
        return SEAT_REVOKED, ""
    once = update(table).where(table.c.id == code.id, table.c.used_ms.is_(None)).values(used_ms=now, seat=seat)
    if db.execute(once).rowcount != 1:
        return USED, ""
    known = {"enrolled_ms": now, "enrolled_as": code.name, "invited_by": code.invited_by, "proved_ms": now}
    known |= {"name": request.seat.name, "version": request.seat.version, "last_seen_ms": now}
    if row is None:
        db.execute(insert(seats).values(id=seat, public_key=request.seat.key, first_seen_ms=now, **known))
    else:
        db.execute(update(seats).where(seats.c.id == seat).values(**known))
    detail = f"as={code.name} code={bytes(code.id).hex()}"
    office.log.append(db, "seat.enrol", reference=seat.hex(), detail=detail, seat=called, actor="")
    office.log.checkpoint(db)
    return "", code.name


def _is_proved(office: OpenOffice, request: EnrolSeat) -> bool:
    said = enrol_proof(office.id, request.proof.seat, request.proof.nonce, request.secret)
    try:
        signing.check(request.seat.key, request.proof.signature, said)
    except SealError:
        return False
    return True


def _log_refusal(office: OpenOffice, db: Connection, why: str, called: str) -> None:
    now = office.clock.now_ms()
    if office.log.count(db, "seat.enrol", "", now - _HOUR_MS, "refused") < MOST_LOGGED:
        office.log.append(db, "seat.enrol", "refused", actor="", seat=called, reason=why)

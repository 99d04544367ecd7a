"""Rows of workstations: who may sign in from one, and what it told of itself.

A workstation is an OS user of a machine: its id and its key both come from H (`app/crypto/account_keys.py`). Invariant:
the key of a row never changes; who comes with the id and another key is refused, since receipts are checked against it.
"""

from sqlalchemy import Connection, select

from app.api.messages.door import SignInRequest
from app.api.messages.seats import SeatReport
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.crypto.derive import same

KNOWN, REVOKED = "known", "revoked"
SEAT_REVOKED, SEAT_KEY = "seat_revoked", "seat_key"


def why_refused(db: Connection, request: SignInRequest) -> str:
    """Why nobody signs in from this workstation, or empty; judged after password and code."""
    table = schema.seats
    row = db.execute(select(table).where(table.c.id == request.seat_id)).first()
    if row is None:
        return ""
    if not same(row.public_key, request.seat.key):
        return SEAT_KEY
    return SEAT_REVOKED if row.state == REVOKED else ""


def came(office: OpenOffice, db: Connection, request: SignInRequest) -> None:
    """Somebody signs in from this workstation: make its row, or bring it up to date; its key stays."""
    table, now = schema.seats, office.clock.now_ms()
    told = {"name": request.seat.name, "version": request.seat.version, "last_seen_ms": now}
    updated = db.execute(table.update().where(table.c.id == request.seat_id).values(**told))
    if not updated.rowcount:
        key = request.seat.key
        db.execute(table.insert().values(id=request.seat_id, public_key=key, first_seen_ms=now, **told))


def heard(office: OpenOffice, db: Connection, session: bytes, report: SeatReport | None) -> None:
    """A session's workstation is there, and told this of itself, if anything."""
    table, its = schema.seats, select(schema.sessions.c.seat_id).where(schema.sessions.c.id == session)
    told: dict[str, object] = {"last_seen_ms": office.clock.now_ms()}
    if report is not None:
        told |= {"policy": report.policy, "machine": report.machine, "machine_from": report.machine_from}
        if report.check_ms is not None:  # commands do not tell it
            stood = " ".join(f"{part.name}={part.state}" for part in report.check_parts)
            failed = " ".join(report.check_failed)
            told |= {"check_ms": report.check_ms, "check_failed": failed, "check_parts": stood}
    db.execute(table.update().where(table.c.id == its.scalar_subquery()).values(**told))

"""Rows of workstations: who may sign in from one, and what it told of itself.

A workstation is an OS user of a machine: its id and its key both come from H (`app/crypto/account_keys.py`). Invariant:
the key of a row never changes; who comes with the id and another key is refused, since receipts are checked against it.
"""

from sqlalchemy import Connection, select

from app.api.messages.door import SignInRequest
from app.api.messages.seats import SeatReport
from app.auth.seat_proof import sign_in_proof
from app.backoffice import schema
from app.backoffice.known_seats import not_known, proves, why_unknown
from app.backoffice.office import OpenOffice
from app.backoffice.refusals import Refusal, SignInRefused
from app.crypto.derive import same

KNOWN, REVOKED = "known", "revoked"
SEAT_REVOKED, SEAT_KEY = "seat_revoked", "seat_key"


def refusal_of(office: OpenOffice, db: Connection, request: SignInRequest) -> SignInRefused | None:
    """Why nobody signs in from this workstation, or None; judged after password and code."""
    table = schema.seats
    row = db.execute(select(table).where(table.c.id == request.seat_id)).first()
    if row is not None and not same(row.public_key, request.seat.key):
        return SignInRefused(Refusal(SEAT_KEY))
    if row is not None and row.state == REVOKED:
        return SignInRefused(Refusal(SEAT_REVOKED))
    why = why_unknown(office, db, request.seat_id, request.proof, _said(office, request))
    return not_known(why) if why else None


def came(office: OpenOffice, db: Connection, request: SignInRequest, **who: str) -> None:
    """Somebody signs in from this workstation: make its row, or bring it up to date; its key stays.

    An office on the workstation itself knows it from now on. One that a gateway knows and that calls itself otherwise
    than before stands in the log: two computers with one key would show themselves so.
    """
    table, now = schema.seats, office.clock.now_ms()
    told: dict[str, object] = {"name": request.seat.name, "version": request.seat.version, "last_seen_ms": now}
    row = db.execute(select(table).where(table.c.id == request.seat_id)).first()
    if not office.database.is_shared and (row is None or row.enrolled_ms is None):
        told["enrolled_ms"] = now
    if row is None:
        key = request.seat.key
        db.execute(table.insert().values(id=request.seat_id, public_key=key, first_seen_ms=now, **told))
    elif row.enrolled_ms is not None and row.name != request.seat.name:
        detail = f"from={row.name} to={request.seat.name}"
        office.log.append(db, "seat.renamed", reference=request.seat_id.hex(), detail=detail, **who)
    if proves(db, request.seat_id, request.proof, _said(office, request)):
        told["proved_ms"] = now
    db.execute(table.update().where(table.c.id == request.seat_id).values(**told))


def _said(office: OpenOffice, request: SignInRequest) -> bytes | None:
    if request.proof is None:
        return None
    about = (request.account, request.kind, request.code, request.verifier)
    return sign_in_proof(office.id, request.seat_id, request.proof.nonce, *about)


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

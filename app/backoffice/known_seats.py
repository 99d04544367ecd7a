"""Known workstations: which have a key that an administrator let in, and what a policy that wants one refuses.

An office on the workstation itself knows it: nobody else reaches its socket. A gateway knows those that showed a code
of `app/backoffice/seat_codes.py`, and believes their id only with a signature by the key that came with it. Where
policy does not want known workstations nothing is refused here; proofs are judged all the same, so that administrators
see beforehand who would be left outside (ADR 0077).
"""

from sqlalchemy import Connection, select

from app.api.messages.seats import SeatProof
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.refusals import Refusal, SignInRefused
from app.backoffice.session_ends import end_one
from app.crypto import signing
from app.crypto.derive import same
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError

UNKNOWN, UNPROVED = "seat_unknown", "seat_unproved"
"""What the log says; people are told the first one, whichever it was."""
OWN_UNKNOWN = "own_seat_unknown"
NOT_KNOWN = "This workstation is not known to the office. Ask IT."


def wants_known(office: OpenOffice) -> bool:
    """Whether nobody signs in from a workstation that the office does not know."""
    return office.database.is_shared and office.policy.only_known_workstations


def why_unknown(office: OpenOffice, db: Connection, seat: bytes, proof: SeatProof | None, said: bytes | None) -> str:
    """Why a workstation is not known, or empty; asked only where policy wants one.

    Args:
        office: the office.
        db: a connection.
        seat: the id that it says.
        proof: what it brought.
        said: what the proof is a signature of; None without one.
    """
    if not wants_known(office):
        return ""
    row = db.execute(select(schema.seats.c.enrolled_ms).where(schema.seats.c.id == seat)).first()
    if row is None or row.enrolled_ms is None:
        return UNKNOWN
    return "" if proves(db, seat, proof, said) else UNPROVED


def proves(db: Connection, seat: bytes, proof: SeatProof | None, said: bytes | None) -> bool:
    """Whether a proof is a signature of this by the key of a workstation's row."""
    if proof is None or said is None or not same(proof.seat, seat):
        return False
    key = db.execute(select(schema.seats.c.public_key).where(schema.seats.c.id == seat)).scalar()
    if key is None:
        return False
    try:
        signing.check(key, proof.signature, said)
    except SealError:
        return False
    return True


def not_known(why: str) -> SignInRefused:
    """The refusal of a workstation; the log has which of the two it was."""
    return SignInRefused(Refusal(UNKNOWN), why, NOT_KNOWN)


def demand_known(office: OpenOffice, db: Connection, session: bytes) -> None:
    """Demand that the workstation of a session would be let in: whoever shuts the others out is not one of them.

    Raises:
        NotAllowedError: it is not known, or has not proved its key since the session began (code `own_seat_unknown`).
    """
    sessions, seats = schema.sessions, schema.seats
    if not office.database.is_shared:
        return
    query = (
        select(seats.c.enrolled_ms, seats.c.proved_ms, sessions.c.started_ms)
        .join(seats, seats.c.id == sessions.c.seat_id)
        .where(sessions.c.id == session)
    )
    row = db.execute(query).first()
    if row is None or row.enrolled_ms is None or row.proved_ms is None or row.proved_ms < row.started_ms:
        raise NotAllowedError(
            "This workstation is not known to the office itself; enrol it first, or you would be shut out, too.",
            code=OWN_UNKNOWN,
        )


def end_unknown(office: OpenOffice, db: Connection) -> int:
    """End the sessions of workstations that are not known; how many those were."""
    sessions, seats = schema.sessions, schema.seats
    known = select(seats.c.id).where(seats.c.enrolled_ms.is_not(None))
    query = select(sessions.c.id).where(sessions.c.ended_ms.is_(None), sessions.c.seat_id.not_in(known))
    found = db.execute(query).scalars().all()
    for session in found:
        end_one(office, db, bytes(session), UNKNOWN)
    return len(found)

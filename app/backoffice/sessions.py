"""Sessions: who is signed in, proved by a token, its card, its lease and the book.

Invariants: only the SHA-256 of a token is stored; a session without its card may do nothing but bring it; a session
ends by sign-out, by the guardian's word, by its end or its lapsed lease, by a newer sign-in of the same account, by
the account losing its place in the book, by its token coming from another workstation. With the office's process that
knew its keys it ends, or locks.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Row, bindparam, select

from app.api.messages.door import CardRequest, Lease, SignInRequest, WitnessMark
from app.api.messages.own_account import Elsewhere
from app.api.messages.seats import SeatReport
from app.auth.book import Entry
from app.auth.session_card import SessionCard
from app.backoffice import schema
from app.backoffice.acting import Acting
from app.backoffice.book_store import entries_after
from app.backoffice.office import OpenOffice, SessionUnknownError
from app.backoffice.outbox_marks import hear, mark_of
from app.backoffice.posture import hear_again, hear_posture, tells_news
from app.backoffice.ready import Ready
from app.backoffice.seat_boots import hear_boot, is_news
from app.backoffice.seat_rows import heard
from app.backoffice.session_ends import (
    ADMINISTRATIVE,
    ENDED_BY_ADMINISTRATOR,
    end_lapsed,
    end_one,
    end_sessions_of,
    end_vanished,
    lives,
    unlocked_consoles,
    update_session,
)
from app.backoffice.wipe_told import wipe_now
from app.backoffice.workstation import asking_workstation, asks_from
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError
from app.domain.role import Role

__all__ = [
    "NewSession",
    "Session",
    "begin_session",
    "bring_card",
    "check_session_signature",
    "end_lapsed",
    "end_sessions_of",
    "end_vanished",
    "is_all_locked",
    "living_sessions",
    "needs_step_up",
    "over",
    "renew_lease",
    "session_by_id",
    "session_of",
    "turn_token",
    "unlocked_consoles",
]

TOKEN_BYTES = 32
SESSION_BYTES = 16
_BY_TOKEN = Ready(select(schema.sessions).where(schema.sessions.c.token_hash == bindparam("token_hash")))


@dataclass(frozen=True, slots=True)
class Session:
    """A living session, as the office found it for one request.

    Attributes:
        id: 16 bytes.
        kind: console, approval or command.
        account: the account's entry in the book.
        seat: workstation.
        card: its card.
        card_signature: the account's signature under the card.
        step_up_ms: until when a fresh code counts.
        started_ms: when it began.
    """

    id: bytes
    kind: str
    account: Entry
    seat: str
    card: SessionCard
    card_signature: bytes
    step_up_ms: int
    started_ms: int

    @property
    def name(self) -> str:
        """Account name."""
        return self.account.name

    @property
    def role(self) -> Role:
        """Role, as the book says."""
        return Role(self.account.role)

    @property
    def acting(self) -> Acting:
        """For whom the office works when this session asks."""
        return Acting(self.name, self.account.queues)

    def sees_queue(self, queue: str) -> bool:
        """Whether the account works in this queue; `*` means all."""
        return "*" in self.account.queues or queue in self.account.queues

    def log_fields(self) -> dict[str, str]:
        """Who, for an audit entry."""
        return {"actor": self.name, "session": self.id.hex(), "seat": self.seat}


@dataclass(frozen=True, slots=True)
class NewSession:
    """A fresh session: the only moment at which its tokens exist here.

    `ended_elsewhere` are older ones of the same person at another workstation, which it has ended.
    """

    id: bytes
    token: bytes
    end_token: bytes
    ends_ms: int
    lease_ms: int
    ended_elsewhere: tuple[Elsewhere, ...]


def begin_session(office: OpenOffice, db: Connection, request: SignInRequest, seat: str) -> NewSession:
    """Begin a session of an account; an older one of the same kind ends, at whatever workstation."""
    now, policy = office.clock.now_ms(), office.policy
    longest_s = min(policy.session_s, request.longest_s or policy.session_s)
    lasts_s = {"approval": policy.step_up_s, "replace": policy.sign_in_s}.get(request.kind, longest_s)
    new = NewSession(
        id=secrets.token_bytes(SESSION_BYTES),
        token=secrets.token_bytes(TOKEN_BYTES),
        end_token=secrets.token_bytes(TOKEN_BYTES),
        ends_ms=now + lasts_s * 1000,
        lease_ms=now + policy.sign_in_s * 1000,
        ended_elsewhere=_end_older(office, db, request),
    )
    db.execute(
        schema.sessions.insert().values(
            id=new.id,
            account=request.account,
            kind=request.kind,
            seat=seat,
            seat_id=request.seat_id,
            token_hash=sha256(new.token),
            end_token_hash=sha256(new.end_token),
            started_ms=now,
            ends_ms=new.ends_ms,
            lease_ms=new.lease_ms,
            step_up_ms=0 if request.kind == "replace" else now + policy.step_up_s * 1000,
            cause="",
        )
    )
    return new


def _end_older(office: OpenOffice, db: Connection, request: SignInRequest) -> tuple[Elsewhere, ...]:
    table, elsewhere = schema.sessions, []
    query = select(table).where(
        table.c.account == request.account, table.c.kind == request.kind, table.c.ended_ms.is_(None)
    )
    for row in db.execute(query).all():
        here = row.seat_id == request.seat_id
        if not here and lives(office, row):
            elsewhere.append(Elsewhere(seat=row.seat, started_ms=row.started_ms))
        end_one(office, db, row.id, "signed_in_again" if here else "signed_in_elsewhere")
    return tuple(elsewhere)


def turn_token(db: Connection, session: bytes) -> bytes:
    """Give a session another token, in the caller's transaction; the old one is dead with its commit.

    A request that was let in before goes on; one that comes later with the old token is nobody's. The console
    (`app/api/client/turns.py`) sends none meanwhile.
    """
    token = secrets.token_bytes(TOKEN_BYTES)
    update_session(db, session, token_hash=sha256(token))
    return token


def bring_card(office: OpenOffice, token: bytes, request: CardRequest) -> None:
    """Take a session's card, once.

    Raises:
        SessionUnknownError: no such session, or it has its card.
        SealError: the card is not signed by the account's key in the book.
    """
    with office.writing() as db:
        row = _row(office, db, token)
        if row is None or row.card_kem is not None or row.locked_ms is not None or not asks_from(row.seat_id, row.seat):
            raise SessionUnknownError("Your session is over; sign in again.", code="session_over")
        card = SessionCard(row.account, row.id, request.kem, request.sign, row.seat, row.ends_ms)
        card.check(office.id, office.book.active(row.account).sign, request.signature)
        lease_ms = office.clock.now_ms() + office.policy.lease_s * 1000
        update_session(
            db,
            row.id,
            card_kem=request.kem,
            card_sign=request.sign,
            card_signature=request.signature,
            lease_ms=min(lease_ms, row.ends_ms),
        )


def session_of(office: OpenOffice, token: bytes) -> Session:
    """The living session of a token.

    Raises:
        SessionUnknownError: it is over, never was, or its row carries a card that its account did not sign; or it came
            from another workstation, and is over from now on.
    """
    with office.database.reading() as db:
        row = _BY_TOKEN.first(db, token_hash=sha256(token))
    if row is None:
        raise over("")
    if row.card_kem is None or not lives(office, row):
        raise wipe_now(office, row) or over(row.cause)
    if not asks_from(row.seat_id, row.seat):
        raise _at_another_workstation(office, row.id)
    return _session(office, row)


def _at_another_workstation(office: OpenOffice, session: bytes) -> SessionUnknownError:
    """End a session whose token came from elsewhere: one of the two that have it stole it, and neither goes on.

    It stands in the log once, with the id that the other one gave, and its own console hears why. Tokens are for one
    client alone (RFC 9700, section 2.2). This stops a token that was taken by itself, out of a log or a dump; whoever
    takes it with everything else that its console says lacks the session's key still, without which nothing opens.
    """
    with office.writing() as db:
        end_one(office, db, session, OTHER_WORKSTATION, detail=f"asked_by={asking_workstation.get().id.hex()}")
    return over(OTHER_WORKSTATION)


OTHER_WORKSTATION = "other_workstation"
_OVER = {
    "signed_in_again": "You signed in once more at this workstation, so this session is over.",
    "signed_in_elsewhere": "You signed in at another workstation, so this session is over.",
    "ended_by_person": "You ended this session from another one.",
    ENDED_BY_ADMINISTRATOR: "An administrator ended this session.",
    OTHER_WORKSTATION: "Another workstation used your session, so it is over. Tell IT, and sign in again.",
}
"""Ends that the person learns of at the session that was ended; others are told as over."""


def over(cause: str) -> SessionUnknownError:
    """What a session that ended with this cause is told."""
    cause = ENDED_BY_ADMINISTRATOR if cause in ADMINISTRATIVE else cause
    words = _OVER.get(cause)
    if words is None:
        return SessionUnknownError("Your session is over; sign in again.", code="session_over")
    return SessionUnknownError(words, code=cause)


def session_by_id(office: OpenOffice, db: Connection, session: bytes) -> Session | None:
    """A living session by its id, or None."""
    row = db.execute(select(schema.sessions).where(schema.sessions.c.id == session)).first()
    if row is None or not lives(office, row) or row.card_kem is None:
        return None
    try:
        return _session(office, row)
    except SessionUnknownError:
        return None


def _session(office: OpenOffice, row: Row[tuple[object, ...]]) -> Session:
    card = SessionCard(row.account, row.id, row.card_kem, row.card_sign, row.seat, row.ends_ms)
    account = office.book.active(row.account)
    try:
        card.check(office.id, account.sign, row.card_signature)
    except SealError:
        raise SessionUnknownError("Your session is over; sign in again.", code="session_over") from None
    return Session(row.id, row.kind, account, row.seat, card, row.card_signature, row.step_up_ms, row.started_ms)


def _row(office: OpenOffice, db: Connection, token: bytes) -> Row[tuple[object, ...]] | None:
    row: Row[tuple[object, ...]] | None = _BY_TOKEN.first(db, token_hash=sha256(token))
    return row if row is not None and lives(office, row) else None


def renew_lease(
    office: OpenOffice,
    session: Session,
    changes: int,
    seen: WitnessMark | None = None,
    outbox: WitnessMark | None = None,
    seat: SeatReport | None = None,
) -> Lease:
    """Renew the lease and hand out what the console should remember, with the proof that it follows `seen`.

    `outbox` is what the console has kept in its outbox so far; the answer tells what of it is here. `seat` is what its
    workstation tells of itself.
    """
    now = office.clock.now_ms()
    lease_ms = min(now + office.policy.lease_s * 1000, session.card.end_ms)
    if office.database.is_shared and not _tells_news(office, session, outbox, seat):
        book, here = _renewed_beside(office, session, lease_ms, seat)
    else:
        with office.writing() as db:
            update_session(db, session.id, lease_ms=lease_ms)
            heard(office, db, session.id, seat)
            hear_posture(office, db, session.id, seat.posture if seat else (), **session.log_fields())
            hear_boot(office, db, session.id, seat.boot if seat else "", **session.log_fields())
            # Inside the transaction: no entry that is rolled back later is ever witnessed.
            book = WitnessMark(length=office.book.length, head=office.book.head)
            here = hear(office, db, session, outbox)
    with office.database.reading() as db:  # what is committed, while others write: a proof may be long
        number, head, proof = office.log.standing(db, seen.length) if seen else (*office.log.head(db), [])
    audit = WitnessMark(length=number, head=head)
    return Lease(
        ends_ms=session.card.end_ms,
        lease_ms=lease_ms,
        now_ms=now,
        audit=audit,
        audit_proof=tuple(proof),
        book=book,
        changes=changes,
        outbox=here,
    )


def _tells_news(office: OpenOffice, session: Session, outbox: WitnessMark | None, seat: SeatReport | None) -> bool:
    """Whether a lease tells something that changes more than its own rows: then it takes the writers' turn."""
    with office.database.reading() as db:
        if outbox is not None and outbox.length > mark_of(office, db, session.id).told:
            return True
        return seat is not None and (tells_news(db, session.id, seat.posture) or is_news(db, session.id, seat.boot))


def _renewed_beside(
    office: OpenOffice, session: Session, lease_ms: int, seat: SeatReport | None
) -> tuple[WitnessMark, WitnessMark | None]:
    """Renew a lease beside whoever writes: what it touches has no order with book and log.

    The rows are two transactions, so that none of them is held while another one is waited for.
    """
    with office.database.beside() as db:
        update_session(db, session.id, lease_ms=lease_ms)
    with office.database.beside() as db:
        heard(office, db, session.id, seat)
        if seat is not None:
            hear_again(office, db, session.id, seat.posture)
    with office.database.reading() as db:
        return _committed_book(office, db), hear(office, db, session, None)


def _committed_book(office: OpenOffice, db: Connection) -> WitnessMark:
    """Length and head of the book without what somebody in this process is just writing."""
    book, length = office.book, office.book.length
    if entries_after(db, length - 1)[:1] != [*book.entries[length - 1 : length]]:
        with office.database.lock:
            book, length = office.book, office.book.length
    return WitnessMark(length=length, head=book.hash_at(length) or book.head)


def cache_replaced(office: OpenOffice, session: Session, reason: str) -> None:
    """Write down that another program touched a console's session cache, and how; the console has replaced it."""
    with office.writing() as db:
        office.log.append(db, "cache.replaced", reason=reason, **session.log_fields())


def needs_step_up(office: OpenOffice, session: Session) -> None:
    """Demand a fresh code.

    Raises:
        NotAllowedError: the last one is older than policy allows.
    """
    if office.clock.now_ms() > session.step_up_ms:
        raise NotAllowedError("This needs a fresh code from your authenticator.", code="step_up")


def living_sessions(office: OpenOffice) -> int:
    """How many sessions live; the office's process leaves some time after the last."""
    with office.database.reading() as db:
        rows = db.execute(select(schema.sessions).where(schema.sessions.c.ended_ms.is_(None))).all()
    return sum(lives(office, row) for row in rows)


def is_all_locked(office: OpenOffice) -> bool:
    """Whether sessions live and every one is locked: then nobody here needs the office's keys."""
    with office.database.reading() as db:
        rows = db.execute(select(schema.sessions).where(schema.sessions.c.ended_ms.is_(None))).all()
    living = [row for row in rows if lives(office, row)]
    return bool(living) and all(row.locked_ms is not None for row in living)


def check_session_signature(session: Session, signature: bytes, message: bytes) -> None:
    """Check that the session's own key signed a request.

    Raises:
        NotAllowedError: something else did.
    """
    from app.crypto import signing

    try:
        signing.check(session.card.sign, signature, message)
    except SealError as e:
        raise NotAllowedError("The request is not signed by this session.", code="signature") from e

"""Sessions: who is signed in, proved by a token, its card, its lease and the book.

Invariants: only the SHA-256 of a token is stored; a session without its card may do nothing but bring it; a session
ends by sign-out, by the guardian's word, by its end or its lapsed lease, by a newer sign-in of the same account, by
the account losing its place in the book, and with the process that knew its keys.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from app.api.messages.door import CardRequest, Ended, EndReport, Lease, SignInRequest, WipeStepReport, WitnessMark
from app.auth.book import Entry
from app.auth.session_card import SessionCard
from app.auth.totp import CodeVerdict, Judgement, judge_code
from app.backoffice import schema
from app.backoffice.office import OpenOffice, SessionUnknownError
from app.crypto.derive import same, sha256
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError
from app.domain.role import Role

TOKEN_BYTES = 32
SESSION_BYTES = 16


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
    """

    id: bytes
    kind: str
    account: Entry
    seat: str
    card: SessionCard
    card_signature: bytes
    step_up_ms: int

    @property
    def name(self) -> str:
        """Account name."""
        return self.account.name

    @property
    def role(self) -> Role:
        """Role, as the book says."""
        return Role(self.account.role)

    def sees_queue(self, queue: str) -> bool:
        """Whether the account works in this queue; `*` means all."""
        return "*" in self.account.queues or queue in self.account.queues

    def log_fields(self) -> dict[str, str]:
        """Who, for an audit entry."""
        return {"actor": self.name, "session": self.id.hex(), "seat": self.seat}


@dataclass(frozen=True, slots=True)
class NewSession:
    """A fresh session: the only moment at which its tokens exist here."""

    id: bytes
    token: bytes
    end_token: bytes
    ends_ms: int
    lease_ms: int


def begin_session(office: OpenOffice, db: Connection, request: SignInRequest, seat: str) -> NewSession:
    """Begin a session of an account; an older one of the same kind ends."""
    now, policy = office.clock.now_ms(), office.policy
    end_sessions_of(office, db, request.account, request.kind, "signed_in_again")
    new = NewSession(
        id=secrets.token_bytes(SESSION_BYTES),
        token=secrets.token_bytes(TOKEN_BYTES),
        end_token=secrets.token_bytes(TOKEN_BYTES),
        ends_ms=now + (policy.step_up_s if request.kind == "approval" else policy.session_s) * 1000,
        lease_ms=now + policy.sign_in_s * 1000,
    )
    db.execute(
        schema.sessions.insert().values(
            id=new.id,
            account=request.account,
            kind=request.kind,
            seat=seat,
            token_hash=sha256(new.token),
            end_token_hash=sha256(new.end_token),
            started_ms=now,
            ends_ms=new.ends_ms,
            lease_ms=new.lease_ms,
            step_up_ms=now + policy.step_up_s * 1000,
            cause="",
        )
    )
    return new


def bring_card(office: OpenOffice, token: bytes, request: CardRequest) -> None:
    """Take a session's card, once.

    Raises:
        SessionUnknownError: no such session, or it has its card.
        SealError: the card is not signed by the account's key in the book.
    """
    with office.writing() as db:
        row = _row(office, db, token)
        if row is None or row.card_kem is not None:
            raise SessionUnknownError("Your session is over; sign in again.", code="session_over")
        card = SessionCard(row.account, row.id, request.kem, request.sign, row.seat, row.ends_ms)
        card.check(office.id, office.book.active(row.account).sign, request.signature)
        lease_ms = office.clock.now_ms() + office.policy.lease_s * 1000
        _update(
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
        SessionUnknownError: it is over, never was, or its row carries a card that its account did not sign.
    """
    with office.database.reading() as db:
        row = _row(office, db, token)
    if row is None or row.card_kem is None:
        raise SessionUnknownError("Your session is over; sign in again.", code="session_over")
    return _session(office, row)


def session_by_id(office: OpenOffice, db: Connection, session: bytes) -> Session | None:
    """A living session by its id, or None."""
    row = db.execute(select(schema.sessions).where(schema.sessions.c.id == session)).first()
    if row is None or not _lives(office, row) or row.card_kem is None:
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
    return Session(row.id, row.kind, account, row.seat, card, row.card_signature, row.step_up_ms)


def _row(office: OpenOffice, db: Connection, token: bytes) -> Row[tuple[object, ...]] | None:
    table = schema.sessions
    row = db.execute(select(table).where(table.c.token_hash == sha256(token))).first()
    return row if row is not None and _lives(office, row) else None


def _lives(office: OpenOffice, row: Row[tuple[object, ...]]) -> bool:
    now = office.clock.now_ms()
    account = office.book.account(row.account)
    active = account is not None and account.state == "active"
    return active and row.ended_ms is None and now < row.ends_ms and now < row.lease_ms


def renew_lease(office: OpenOffice, session: Session, changes: int, seen: WitnessMark | None = None) -> Lease:
    """Renew the lease and hand out what the console should remember, with the proof that it follows `seen`."""
    now = office.clock.now_ms()
    lease_ms = min(now + office.policy.lease_s * 1000, session.card.end_ms)
    with office.writing() as db:
        _update(db, session.id, lease_ms=lease_ms)
        number, head = office.log.head(db)
        # Inside the transaction: no entry that is rolled back later is ever witnessed.
        book = WitnessMark(length=office.book.length, head=office.book.head)
        proof = office.log.digests_after(db, seen.length) if seen is not None else []
    audit = WitnessMark(length=number, head=head)
    return Lease(
        ends_ms=session.card.end_ms,
        lease_ms=lease_ms,
        now_ms=now,
        audit=audit,
        audit_proof=tuple(proof),
        book=book,
        changes=changes,
    )


def step_up(office: OpenOffice, session: Session, code: str) -> Judgement:
    """Judge a fresh code and remember that it was given; a wrong one stands in the log.

    Raises:
        SessionUnknownError: too many wrong ones in this session; it is over.
    """
    with office.writing() as db:
        judgement = judge_and_use(office, db, session.name, code)
        right = judgement.verdict is CodeVerdict.RIGHT
        if right:
            _update(db, session.id, step_up_ms=office.clock.now_ms() + office.policy.step_up_s * 1000)
        outcome = "ok" if right else "failed"
        office.log.append(db, "step_up", outcome, reason="" if right else judgement.verdict, **session.log_fields())
        over = not right and _wrong_codes(office, db, session) >= office.policy.lock_tries
        if over:
            _end(office, db, session.id, "too_many_codes", ())
    if over:
        raise SessionUnknownError("Too many wrong codes; this session is over. Sign in again.", code="session_over")
    return judgement


def _wrong_codes(office: OpenOffice, db: Connection, session: Session) -> int:
    """Wrong fresh codes in this session."""
    return office.log.count(db, "step_up", session.name, 0, "failed", session.id.hex())


def judge_and_use(office: OpenOffice, db: Connection, account: str, code: str) -> Judgement:
    """Judge a code and, if right, use its step up, in the caller's transaction: a code works once."""
    table = schema.accounts
    row = db.execute(select(table.c.totp, table.c.last_step, table.c.told_step).where(table.c.name == account)).one()
    now_s = office.clock.now_ms() / 1000
    judgement = judge_code(office.keys.totp(account, row.totp), code, now_s, row.last_step, row.told_step)
    told = {CodeVerdict.RIGHT: "last_step", CodeVerdict.CLOCK_OFF: "told_step"}.get(judgement.verdict)
    if told is not None:
        db.execute(table.update().where(table.c.name == account).values({told: judgement.step}))
    return judgement


def needs_step_up(office: OpenOffice, session: Session) -> None:
    """Demand a fresh code.

    Raises:
        NotAllowedError: the last one is older than policy allows.
    """
    if office.clock.now_ms() > session.step_up_ms:
        raise NotAllowedError("This needs a fresh code from your authenticator.", code="step_up")


def cache_replaced(office: OpenOffice, session: Session, reason: str) -> None:
    """Write down that another program touched a console's session cache, and how; the console has replaced it."""
    with office.writing() as db:
        office.log.append(db, "cache.replaced", reason=reason, **session.log_fields())


def end_session(office: OpenOffice, session: Session, cause: str, wipe: tuple[WipeStepReport, ...]) -> Ended:
    """End a session and write down what its workstation destroyed.

    Returns:
        Number of the audit entry, and the log's head after it.
    """
    with office.writing() as db:
        return _ended(office, db, _end(office, db, session.id, cause, wipe))


def end_by_guardian(office: OpenOffice, report: EndReport) -> Ended:
    """End a session on the word of its guardian, also one that is over already.

    Raises:
        SessionUnknownError: the end token is another session's.
    """
    with office.writing() as db:
        table = schema.sessions
        row = db.execute(select(table).where(table.c.id == report.session)).first()
        if row is None or not same(row.end_token_hash, sha256(report.end_token)):
            raise SessionUnknownError("No session with this end token.", code="session_over")
        return _ended(office, db, _end(office, db, report.session, report.cause, report.wipe))


def _ended(office: OpenOffice, db: Connection, entry: int) -> Ended:
    number, head = office.log.head(db)
    return Ended(entry=entry, audit=WitnessMark(length=number, head=head))


def _end(office: OpenOffice, db: Connection, session: bytes, cause: str, wipe: tuple[WipeStepReport, ...]) -> int:
    row = db.execute(select(schema.sessions).where(schema.sessions.c.id == session)).one()
    who = {"actor": row.account, "session": session.hex(), "seat": row.seat}
    number = 0
    if row.ended_ms is None:
        _update(db, session, ended_ms=office.clock.now_ms(), cause=cause)
        _withdraw_requests(office, db, session)
        number = office.log.append(db, "session.end", reason=cause, **who)
    if wipe:
        outcome = "failed" if any(step.outcome == "failed" for step in wipe) else "ok"
        detail = " ".join(f"{step.what}={step.outcome}" for step in wipe)
        number = office.log.append(db, "wipe", outcome, reason=cause, detail=detail, **who)
    office.log.checkpoint(db)
    return number


def _withdraw_requests(office: OpenOffice, db: Connection, session: bytes) -> None:
    table = schema.unlocks
    db.execute(
        table.update()
        .where(table.c.session == session, table.c.state.in_(("waiting", "approved")))
        .values(state="expired", views_left=0, decided_ms=office.clock.now_ms())
    )


def end_sessions_of(office: OpenOffice, db: Connection, account: str, kind: str, cause: str) -> None:
    """End every open session of one kind of an account."""
    table = schema.sessions
    query = select(table.c.id).where(table.c.account == account, table.c.kind == kind, table.c.ended_ms.is_(None))
    for row in db.execute(query).all():
        _end(office, db, row.id, cause, ())


def end_all_open(office: OpenOffice, db: Connection, cause: str) -> None:
    """End every session that an earlier process left open."""
    table = schema.sessions
    for row in db.execute(select(table.c.id).where(table.c.ended_ms.is_(None))).all():
        _end(office, db, row.id, cause, ())


def end_lapsed(office: OpenOffice) -> None:
    """End sessions whose lease or time is over, with that cause and in time."""
    query = select(schema.sessions).where(schema.sessions.c.ended_ms.is_(None))
    with office.database.reading() as db:
        if all(_lives(office, row) for row in db.execute(query).all()):
            return
    with office.writing() as db:  # judged again: a lease may have been renewed meanwhile
        for row in db.execute(query).all():
            if not _lives(office, row):
                _end(office, db, row.id, "lapsed", ())


def living_sessions(office: OpenOffice) -> int:
    """How many sessions live; the office's process leaves some time after the last."""
    with office.database.reading() as db:
        rows = db.execute(select(schema.sessions).where(schema.sessions.c.ended_ms.is_(None))).all()
    return sum(_lives(office, row) for row in rows)


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


def _update(db: Connection, session: bytes, **values: object) -> None:
    db.execute(schema.sessions.update().where(schema.sessions.c.id == session).values(**values))

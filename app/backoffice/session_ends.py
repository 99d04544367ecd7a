"""The ends of sessions: by the person, by the guardian, by a newer sign-in, by time; each with its entry in the log."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select

from app.api.messages.door import Ended, EndReport, WipeStepReport, WitnessMark
from app.backoffice import schema
from app.backoffice.office import BackOffice, OpenOffice, SessionUnknownError
from app.backoffice.open_calls import end_calls
from app.backoffice.outbox_keys import drop_if_done, session_over
from app.backoffice.outbox_marks import hear_last_word
from app.crypto.derive import same, sha256

if TYPE_CHECKING:
    from app.backoffice.sessions import Session

ENDED_BY_ADMINISTRATOR, PLACE_CHANGED, ACCOUNT_CLOSED, ACCOUNT_RESET = (
    "ended_by_administrator",
    "place_changed",
    "account_closed",
    "account_reset",
)
OFFICE_LOST = "office_lost"
ADMINISTRATIVE = frozenset({ENDED_BY_ADMINISTRATOR, PLACE_CHANGED, ACCOUNT_CLOSED, ACCOUNT_RESET})
"""Causes that an administrator set; the session that was ended is told the first one, whichever it was."""
CONSOLE_DIED = "console_died"


def lives(office: OpenOffice, row: Row[tuple[object, ...]]) -> bool:
    """Whether a session's row is that of a living one."""
    now = office.clock.now_ms()
    account = office.book.account(row.account)
    active = account is not None and account.state == "active"
    return active and row.ended_ms is None and now < row.ends_ms and now < row.lease_ms


def update_session(db: Connection, session: bytes, **values: object) -> None:
    """Change columns of a session."""
    db.execute(schema.sessions.update().where(schema.sessions.c.id == session).values(**values))


def end_session(
    office: OpenOffice,
    session: "Session",
    cause: str,
    wipe: tuple[WipeStepReport, ...],
    outbox: WitnessMark | None = None,
) -> Ended:
    """End a session and write down what its workstation destroyed; `outbox` is all that it ever kept there.

    Returns:
        Number of the audit entry, and the log's head after it.
    """
    with office.writing() as db:
        hear_last_word(office, db, session, outbox, ends=True)
        return _ended(office, db, end_one(office, db, session.id, cause, wipe))


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
        return _ended(office, db, end_one(office, db, report.session, report.cause, report.wipe))


def _ended(office: OpenOffice, db: Connection, entry: int) -> Ended:
    number, head = office.log.head(db)
    return Ended(entry=entry, audit=WitnessMark(length=number, head=head))


def end_one(
    office: OpenOffice,
    db: Connection,
    session: bytes,
    cause: str,
    wipe: tuple[WipeStepReport, ...] = (),
    *,
    detail: str = "",
) -> int:
    """End a session in the caller's transaction, if it is not over yet, and write down what was destroyed.

    Returns:
        Number of the audit entry, 0 for none.
    """
    row = db.execute(select(schema.sessions).where(schema.sessions.c.id == session)).one()
    who = {"actor": row.account, "session": session.hex(), "seat": row.seat}
    number = 0
    if row.ended_ms is None:
        update_session(db, session, ended_ms=office.clock.now_ms(), cause=cause)
        _drop_requests(office, db, session, ("waiting", "approved"))
        end_calls(office, db, session, who)
        session_over(db, session)
        drop_if_done(db, session)
        number = office.log.append(db, "session.end", reason=cause, detail=detail, **who)
    if wipe:
        is_whole = not any(step.outcome == "failed" for step in wipe)
        if is_whole:
            update_session(db, session, wiped_ms=office.clock.now_ms())
        event, outcome = ("wipe", "ok") if is_whole else ("wipe.incomplete", "failed")
        detail = " ".join(f"{step.what}={step.outcome}" for step in wipe)
        number = office.log.append(db, event, outcome, reason=cause, detail=detail, **who)
    office.log.checkpoint(db)
    return number


def drop_approved(office: OpenOffice, db: Connection, session: bytes) -> None:
    """What was opened for a session's keys is over with them; what waits is later sealed to its next ones."""
    _drop_requests(office, db, session, ("approved",))


def _drop_requests(office: OpenOffice, db: Connection, session: bytes, states: tuple[str, ...]) -> None:
    table = schema.unlocks
    db.execute(
        table.update()
        .where(table.c.session == session, table.c.state.in_(states))
        .values(state="expired", views_left=0, sealed_half=None, decided_ms=office.clock.now_ms())
    )


def end_sessions_of(office: OpenOffice, db: Connection, account: str, kind: str, cause: str) -> None:
    """End every open session of one kind of an account."""
    table = schema.sessions
    query = select(table.c.id).where(table.c.account == account, table.c.kind == kind, table.c.ended_ms.is_(None))
    for row in db.execute(query).all():
        end_one(office, db, row.id, cause)


def end_others(office: OpenOffice, db: Connection, account: str, keep: bytes | None, cause: str) -> int:
    """End every living session of an account, but one if one is named; how many there were."""
    table = schema.sessions
    query = select(table).where(table.c.account == account, table.c.id != keep, table.c.ended_ms.is_(None))
    rows = db.execute(query).all()
    for row in rows:
        end_one(office, db, row.id, cause)
    return len(rows)


def last_heard_ms(office: OpenOffice, row: Row[tuple[Any, ...]]) -> int:
    """When a console last renewed its lease, or the office heard nothing since the session began; ms since 1970."""
    return int(max(row.started_ms, min(office.clock.now_ms(), row.lease_ms - office.policy.lease_s * 1000)))


def lock_row(
    office: OpenOffice, db: Connection, row: Row[tuple[Any, ...]], cause: str, detail: str = "", **times: int
) -> int:
    """Lock a session in the caller's transaction: its card goes, and what a supervisor opened for its keys.

    Args:
        office: the open office.
        db: the transaction.
        row: of the session.
        cause: why.
        detail: for the log.
        times: `locked_ms`, and `lease_ms` where that changes.

    Returns:
        Number of the audit entry.
    """
    update_session(db, row.id, card_kem=None, card_sign=None, card_signature=None, **times)
    drop_approved(office, db, row.id)
    who = {"actor": row.account, "session": row.id.hex(), "seat": row.seat}
    number = office.log.append(db, "session.lock", reason=cause, detail=detail, **who)
    office.log.checkpoint(db)
    return number


def leave_none_open(office: OpenOffice, db: Connection) -> None:
    """Lock or end what an earlier process left open: no session goes on beyond the process that knew its keys.

    A console whose office dies locks, and can tell nobody: its session waits for its person as any locked one does,
    no longer than its lease, and wrong passwords count from when it was last heard. Everything else ends.
    """
    table = schema.sessions
    query = select(table).where(table.c.ended_ms.is_(None), table.c.locked_ms.is_(None))
    for row in db.execute(query).all():
        if row.kind == "console" and row.card_kem is not None and lives(office, row):
            lock_row(office, db, row, OFFICE_LOST, locked_ms=last_heard_ms(office, row))
        else:
            end_one(office, db, row.id, OFFICE_LOST)


def end_as_noted(office: OpenOffice, notes: list[dict[str, Any]]) -> None:
    """End what guardians reported while the office was shut, each on its own end token."""
    table = schema.sessions
    with office.writing() as db:
        for note in notes:
            session, proof = bytes.fromhex(note["session"]), bytes.fromhex(note["proof"])
            row = db.execute(select(table).where(table.c.id == session)).first()
            if row is not None and same(row.end_token_hash, proof):
                wipe = tuple(WipeStepReport(what=what, outcome=outcome) for what, outcome in note["wipe"])
                end_one(office, db, session, note["cause"], wipe)


def judge_noted_ends(office: BackOffice) -> None:
    """End the sessions that guardians reported while the file was shut; called when it was opened."""
    notes = office.front_door.noted_ends
    if notes:
        end_as_noted(office.opened, notes)
        office.front_door.forget_ends()


def end_note(report: EndReport) -> dict[str, Any]:
    """A guardian's report as the front door keeps it: with the hash of the end token alone."""
    return {
        "session": report.session.hex(),
        "proof": sha256(report.end_token).hex(),
        "cause": report.cause,
        "wipe": [[step.what, step.outcome] for step in report.wipe],
    }


def unlocked_consoles(office: OpenOffice) -> list[bytes]:
    """Sessions of consoles that live and are not locked."""
    table = schema.sessions
    query = select(table).where(table.c.ended_ms.is_(None), table.c.locked_ms.is_(None), table.c.kind == "console")
    with office.database.reading() as db:
        return [row.id for row in db.execute(query).all() if lives(office, row)]


def end_vanished(office: OpenOffice, sessions: Collection[bytes]) -> None:
    """End consoles' sessions whose console and guardian were killed at once, as far as they are not over yet."""
    table = schema.sessions
    query = select(table.c.id).where(table.c.id.in_(sessions), table.c.ended_ms.is_(None), table.c.locked_ms.is_(None))
    with office.writing() as db:
        for row in db.execute(query).all():
            end_one(office, db, row.id, CONSOLE_DIED)


def end_lapsed(office: OpenOffice) -> int:
    """End sessions whose lease or time is over, with that cause and in time; how many there were."""
    query = select(schema.sessions).where(schema.sessions.c.ended_ms.is_(None))
    with office.database.reading() as db:
        if all(lives(office, row) for row in db.execute(query).all()):
            return 0
    with office.writing() as db:  # judged again: a lease may have been renewed meanwhile
        return end_lapsed_in(office, db)


def end_lapsed_in(office: OpenOffice, db: Connection) -> int:
    """The same in the caller's transaction."""
    query = select(schema.sessions).where(schema.sessions.c.ended_ms.is_(None))
    over = [row.id for row in db.execute(query).all() if not lives(office, row)]
    for session in over:
        end_one(office, db, session, "lapsed")
    return len(over)

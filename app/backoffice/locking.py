"""Locking a session and resuming it: the one way by which a session gets the keys of another process.

Invariants: a locked session has no card, so its token does nothing but be shown at the resume; resuming takes V, the
slot key and the token at once, at the session's own workstation, and is counted, throttled and written down like a
sign-in; a try is on disk before it is judged; five wrong passwords for one locked session end it, whatever its guardian
counts, but none from another workstation; whoever names no session of the account learns nothing of its password; lock
and resume are one transaction with their entries.
"""

import contextlib
from typing import Any

from sqlalchemy import Connection, Row, select

from app.api.messages.door import AskWhileLocked, Ended, EndReport, Resumed, ResumeRequest, WitnessMark
from app.api.messages.own_account import Profile
from app.auth.book_messages import entry_message
from app.auth.seat_proof import resume_proof
from app.auth.session_card import SessionCard
from app.backoffice import schema, session_ends
from app.backoffice.capture_excepted import log_exception
from app.backoffice.factors import right_password
from app.backoffice.known_seats import not_known, why_unknown
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.outbox_keys import root_of
from app.backoffice.outbox_marks import hear_last_word, reopen
from app.backoffice.refusals import SignInRefused, wrong
from app.backoffice.session_ends import (
    drop_approved,
    end_note,
    end_one,
    judge_noted_ends,
    last_heard_ms,
    lives,
    lock_row,
    update_session,
)
from app.backoffice.sessions import Session, over, turn_token
from app.backoffice.sign_in import count_try, own_grants
from app.backoffice.wipe_receipts import ReceiptRefusedError, take_receipt
from app.backoffice.wipe_told import told_in, wipe_now
from app.backoffice.workstation import asks_from
from app.crypto.derive import same, sha256
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError, TiraiError

TOO_MANY_TRIES = "too_many_tries"


def lock(office: OpenOffice, session: Session, cause: str, outbox: WitnessMark | None = None) -> Ended:
    """Lock a session: its card goes, and what a supervisor opened for its keys; `outbox` is all that it kept there.

    Returns:
        Number of the audit entry, and the log's head after it.

    Raises:
        NotAllowedError: it is no console's session; nothing else has a lock screen.
    """
    if session.kind != "console":
        raise NotAllowedError("This kind of session does not lock.", code="kind")
    now = office.clock.now_ms()
    lease_ms = min(now + office.policy.idle_end_s * 1000, session.card.end_ms)
    with office.writing() as db:
        row = db.execute(select(schema.sessions).where(schema.sessions.c.id == session.id)).one()
        hear_last_word(office, db, session, outbox, ends=False)
        number = lock_row(office, db, row, cause, locked_ms=now, lease_ms=lease_ms)
        length, head = office.log.head(db)
    return Ended(entry=number, audit=WitnessMark(length=length, head=head))


def resume(office: BackOffice, request: ResumeRequest) -> Resumed:
    """Go on with a session under a new card.

    Raises:
        SignInRefused: the password is wrong, or tries wait.
        SessionUnknownError: the session is over, or the token is not its.
        SealError: the card is not signed by the account's key in the book.
        AuditUnwritableError: the entry cannot be written; nothing is resumed.
    """
    with office.lock:
        failed = count_try(office, request.account)
        try:
            file_key = office.front_door.open_file_key(office.plate.office, request.account, request.slot_key)
        except SealError:
            _remember_failure(office, request)
            raise wrong(failed) from None
        opened = office.open(file_key)
        judge_noted_ends(office)
        answer: Resumed | TiraiError
        with opened.writing() as db:
            answer = _judge(office, opened, db, request, failed)
        if isinstance(answer, TiraiError):
            raise answer
        failed_ms = office.front_door.forgive(request.account)
    return answer.model_copy(update={"failed_ms": tuple(failed_ms)})


def _judge(
    office: BackOffice, opened: OpenOffice, db: Connection, request: ResumeRequest, failed: int
) -> Resumed | TiraiError:
    account = db.execute(select(schema.accounts).where(schema.accounts.c.name == request.account)).first()
    entry = opened.book.account(request.account)
    known = account is not None and entry is not None and entry.state == "active"
    if account is None or not known or not right_password(opened, db, account, request.verifier):
        return _wrong_password(office, opened, db, request, failed)
    row = _row(db, request)
    if row is None:  # else a password could be tried here, without a code, by naming any session
        opened.log.append(db, **_failure(office, request, "no_session"))
        return wrong(failed)
    is_here = (
        row.seat == office.seat and asks_from(row.seat_id, row.seat) and same(row.token_hash, sha256(request.token))
    )
    if not is_here or not lives(opened, row):
        opened.log.append(db, **_failure(office, request, "session_over" if is_here else "no_session"))
        return told_in(opened, db, row.id) or over(row.cause)
    if why := _why_unknown(opened, db, row, request):
        opened.log.append(db, **_failure(office, request, why))
        return not_known(why)
    if _wrong_tries(opened, db, row) >= opened.policy.lock_tries:  # some were written down at a shut door
        end_one(opened, db, row.id, TOO_MANY_TRIES)
        return over("")
    if row.locked_ms is None:  # it was locked while this office did not answer
        lock_row(opened, db, row, request.cause, "told=late", locked_ms=last_heard_ms(opened, row))
    brought = request.card
    card = SessionCard(row.account, row.id, brought.kem, brought.sign, row.seat, row.ends_ms)
    card.check(opened.id, opened.book.active(row.account).sign, brought.signature)
    now = opened.clock.now_ms()
    lease_ms = min(now + opened.policy.lease_s * 1000, row.ends_ms)
    update_session(
        db,
        row.id,
        locked_ms=None,
        lease_ms=lease_ms,
        card_kem=brought.kem,
        card_sign=brought.sign,
        card_signature=brought.signature,
    )
    drop_approved(opened, db, row.id)
    outbox = reopen(opened, db, row.id)
    token = turn_token(db, row.id)
    who = {"actor": row.account, "session": row.id.hex(), "seat": row.seat}
    opened.log.append(db, "session.resume", detail=f"factor=password locked={request.cause}", **who)
    log_exception(opened, db, **who)
    opened.log.checkpoint(db)
    number, head = opened.log.head(db)
    seen, cost = request.audit_seen, office.front_door.profile
    return Resumed(
        token=token,
        ends_ms=row.ends_ms,
        lease_ms=lease_ms,
        now_ms=now,
        display_name=account.display_name,
        failed_ms=(),
        profile=Profile(cost=(cost.memory_kib, cost.passes, cost.lanes)),
        book=tuple(entry_message(e) for e in opened.book.entries),
        grants=own_grants(db, row.account),
        inventory=opened.inventory.text,
        audit=WitnessMark(length=number, head=head),
        audit_proof=tuple(opened.log.digests_after(db, seen.length)) if seen else (),
        outbox=outbox,
        outbox_key=root_of(db, row.id),
    )


def _why_unknown(opened: OpenOffice, db: Connection, row: Row[tuple[Any, ...]], request: ResumeRequest) -> str:
    """Why the session's workstation is not known, or empty."""
    proof = request.proof
    said = None
    if proof is not None:
        about = (request.session, request.token, request.card.sign)
        said = resume_proof(opened.id, row.seat_id, proof.nonce, *about)
    return why_unknown(opened, db, row.seat_id, proof, said)


def _remember_failure(office: BackOffice, request: ResumeRequest) -> None:
    """Write a wrong password down: now if the file is open, else at its next opening."""
    if office.is_open:
        with office.opened.writing() as db:
            _wrong_password(office, office.opened, db, request, 0)
        return
    office.front_door.note({"at_ms": office.clock.now_ms(), **_failure(office, request, "wrong_password")})


def _wrong_password(
    office: BackOffice, opened: OpenOffice, db: Connection, request: ResumeRequest, failed: int
) -> SignInRefused:
    """Log it; the fifth for a session, where it is locked, ends that session."""
    opened.log.append(db, **_failure(office, request, "wrong_password"))
    row = _row(db, request)
    if row is None or row.seat != office.seat or row.ended_ms is not None:
        return wrong(failed)
    if _wrong_tries(opened, db, row) >= opened.policy.lock_tries:
        end_one(opened, db, row.id, TOO_MANY_TRIES)
    return wrong(failed)


def _row(db: Connection, request: ResumeRequest) -> Row[tuple[object, ...]] | None:
    """The console's session that a request names, if it is this account's."""
    table = schema.sessions.c
    named = (table.id == request.session, table.account == request.account, table.kind == "console")
    return db.execute(select(schema.sessions).where(*named)).first()


def _failure(office: BackOffice, request: ResumeRequest, reason: str) -> dict[str, str]:
    """The entry of a refused resume. Names nobody has are not written down, as at a sign-in."""
    door = office.front_door.door(request.account)
    who = {"actor": request.account if door and door.slots else "", "session": request.session.hex()}
    return {"event": "session.resume", "outcome": "failed", "reason": reason, "seat": office.seat, **who}


def _wrong_tries(opened: OpenOffice, db: Connection, row: Row[tuple[Any, ...]]) -> int:
    """Wrong passwords for a session since it was locked, at its own workstation."""
    where = {"session": row.id.hex(), "seat": row.seat, "reason": "wrong_password"}
    since_ms = row.locked_ms if row.locked_ms is not None else last_heard_ms(opened, row)
    return opened.log.count(db, "session.resume", row.account, since_ms, "failed", **where)


def heard_while_locked(office: OpenOffice, asked: AskWhileLocked) -> None:
    """Tell a lock screen that its session waits still, by saying nothing.

    Raises:
        WipeNowError: an administrator has it wiped.
        SessionUnknownError: it is over, or the end token is another session's.
    """
    with office.database.reading() as db:
        row = db.execute(select(schema.sessions).where(schema.sessions.c.id == asked.session)).first()
    if row is None or not same(row.end_token_hash, sha256(asked.end_token)):
        raise over("")
    if not lives(office, row):
        raise wipe_now(office, row) or over(row.cause)


def end_reported(office: BackOffice, report: EndReport) -> Ended:
    """A guardian's word that a session is over and wiped; a shut office keeps it until its file is open.

    A receipt that comes along is not kept by a shut office: its workstation brings it again.

    Raises:
        SessionUnknownError: the end token is another session's.
    """
    if office.is_open:
        ended = session_ends.end_by_guardian(office.opened, report)
        if report.receipt is not None:
            with contextlib.suppress(ReceiptRefusedError):  # the refusal stands in the log
                take_receipt(office.opened, report.receipt)
        return ended.model_copy(update={"receipt": report.receipt is not None})
    office.front_door.note_end(end_note(report))
    return Ended(entry=0, audit=WitnessMark(length=0, head=bytes(32)))

"""Answers to other people's requests: approve, refuse, ask back, and close again what is open.

Two people may answer at once: the first transaction wins, the other is refused with `decided` and told so. An approval
names the session key that it was sealed to, so that one made before the agent's console was locked is refused instead
of used up by a process that cannot open it.
"""

from sqlalchemy import Connection

from app.api.messages.decisions import AskBack
from app.api.messages.reveals import ApproveUnlock, RefuseUnlock
from app.auth.unlock_grant import UnlockGrant
from app.backoffice import schema
from app.backoffice.card_gate import kept
from app.backoffice.customers import NumberRecordQueue, current_blob
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, needs_step_up, session_by_id
from app.backoffice.unlock_log import is_as_asked
from app.backoffice.unlock_rules import Unlock, append, boot_ms, deciding, is_over, must_wait, text_key
from app.crypto import signing
from app.crypto.aead import wrap
from app.crypto.derive import same, sha256
from app.crypto.errors import SealError
from app.crypto.values import salt_of
from app.domain.errors import NotAllowedError

_CLOCK_SLACK_MS = 5_000
_table = schema.unlocks


def approve(office: OpenOffice, session: Session, request: bytes, approval: ApproveUnlock) -> None:
    """Take a signed unlock grant.

    Raises:
        NotAllowedError: own request, a class that the approver may not decide or does not hold, decided or over,
            step-up over, the agent's console is locked (`asker_locked`) or was meanwhile (`asker_resumed`), the value
            was edited meanwhile, the request is not what the log says was asked (`altered`), or the signature fits
            another grant. Logged.
        AuditUnwritableError: the entry cannot be written; the request waits on.
    """
    with deciding(office, session, "unlock.approve", request) as (db, row, _customer):
        must_wait(office, row)
        if not is_as_asked(db, row):
            raise NotAllowedError("This request was altered after it was asked.", code="altered")
        _check_length(office, approval)
        needs_step_up(office, session)
        _check_asker(office, db, row, approval)
        if approval.salt != salt_of(current_blob(db, row.record, row.field)):
            raise NotAllowedError("The field was changed meanwhile. Look again.", code="changed")
        _check_signature(office, session, row, approval)
        now = office.clock.now_ms()
        _change(
            db,
            row,
            state="approved",
            decided_by=session.name,
            decided_ms=now,
            until_ms=approval.expiry_ms,
            until_boot_ms=boot_ms(office) + approval.expiry_ms - now,
            salt=approval.salt,
            views=approval.views,
            views_left=approval.views,
            sealed_half=approval.sealed_half,
            signature=approval.signature,
        )
        append(office, db, session, "unlock.approve", row, acting_with=row.agent)


def _check_length(office: OpenOffice, approval: ApproveUnlock) -> None:
    now = office.clock.now_ms()
    latest = now + office.policy.unlock_s * 1000 + _CLOCK_SLACK_MS
    if not now < approval.expiry_ms <= latest or approval.views > office.policy.unlock_views:
        raise NotAllowedError("The grant is longer than policy allows.", code="too_long")


def _check_asker(office: OpenOffice, db: Connection, row: Unlock, approval: ApproveUnlock) -> None:
    asker = session_by_id(office, db, row.session)
    if asker is None:
        raise NotAllowedError("The agent's console is locked. Approve once they are back.", code="asker_locked")
    if not same(sha256(asker.card.kem), approval.sealed_to):
        raise NotAllowedError("The agent's console was locked meanwhile. Approve again.", code="asker_resumed")


def _check_signature(office: OpenOffice, session: Session, row: Unlock, approval: ApproveUnlock) -> None:
    grant = UnlockGrant(row.id, row.agent, row.session, row.record, row.field, approval.salt, approval.expiry_ms,
                        approval.views, approval.sealed_half)  # fmt: skip
    try:
        signing.check(session.account.sign, approval.signature, grant.body(office.id))
    except SealError:
        raise NotAllowedError("The grant's signature does not fit this request.", code="altered") from None


def refuse(office: OpenOffice, session: Session, request: bytes, refusal: RefuseUnlock) -> None:
    """Refuse a request, with a reason for the agent, which is kept without cards.

    Raises:
        NotAllowedError: it was decided already or is over, or is not this person's to decide. Logged.
    """
    why = kept(refusal.why)
    with deciding(office, session, "unlock.refuse", request) as (db, row, customer):
        _answer(office, db, session, "unlock.refuse", row, customer, "refused", why)


def ask_back(office: OpenOffice, session: Session, request: bytes, question: AskBack) -> None:
    """Ask the agent something instead of deciding; they ask anew with the answer. Kept without cards, too.

    Raises:
        NotAllowedError: it was decided already or is over, or is not this person's to decide. Logged.
    """
    words = kept(question.question)
    with deciding(office, session, "unlock.ask_back", request) as (db, row, customer):
        _answer(office, db, session, "unlock.ask_back", row, customer, "asked_back", words)


def _answer(
    office: OpenOffice,
    db: Connection,
    session: Session,
    event: str,
    row: Unlock,
    customer: NumberRecordQueue,
    state: str,
    words: str,
) -> None:
    must_wait(office, row)
    key, aad = text_key(office, customer, row.id)
    why = wrap(key, words.encode(), aad)
    _change(db, row, state=state, decided_by=session.name, decided_ms=office.clock.now_ms(), why=why)
    detail = f"words={office.log.keyed_hash(words)}"
    append(office, db, session, event, row, acting_with=row.agent, detail=detail)


def revoke(office: OpenOffice, session: Session, request: bytes) -> None:
    """Close an unlock that is open: nothing opens by it any more, and the agent's console is told.

    Raises:
        NotAllowedError: code `not_open`: it is not open; or it is not this person's to close. Logged.
    """
    with deciding(office, session, "unlock.revoke", request) as (db, row, _customer):
        if not open_until(office, row):
            raise NotAllowedError("This field is not open any more.", code="not_open")
        _change(db, row, state="revoked", views_left=0, revoked_by=session.name, sealed_half=None)
        append(office, db, session, "unlock.revoke", row, acting_with=row.agent)


def open_until(office: OpenOffice, row: Unlock) -> int:
    """Until when an unlock is open, or 0: a grant until its expiry, a view for as long as views last."""
    if row.state == "approved" and not is_over(office, row):
        return int(row.until_ms)
    seen_until = (row.used_ms or 0) + office.policy.view_s * 1000
    return seen_until if row.state == "used" and seen_until > office.clock.now_ms() else 0


def _change(db: Connection, row: Unlock, **values: object) -> None:
    db.execute(_table.update().where(_table.c.id == row.id).values(**values))

"""Unlock requests: an agent asks, a supervisor decides for one field of one record of one session.

The supervisor's console signs the grant and seals E to the agent's session; the office checks that signature against
the book and releases the share later, by its own clock. Free text is wrapped under the customer's record key, so that
it goes with the customer; the log has a keyed hash.
"""

from contextlib import suppress

from sqlalchemy import Connection, Row, func, or_, select

from app.api.messages.reveals import (
    ApproveUnlock,
    AskUnlock,
    OwnRequest,
    OwnRequests,
    RefuseUnlock,
    SessionCardMark,
    WaitingRequest,
    WaitingRequests,
)
from app.auth.unlock_grant import UnlockGrant
from app.backoffice import schema
from app.backoffice.caller_checks import identified_check, need_caller
from app.backoffice.class_grants import display_names
from app.backoffice.customers import current_blob, find_record, mask_of_field, package_of, record_key
from app.backoffice.office import OpenOffice
from app.backoffice.reveal import check_reason, quota_of
from app.backoffice.sessions import Session, needs_step_up, session_by_id
from app.crypto import signing
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import expand
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.crypto.values import salt_of
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.policy import Access, ReasonFor

_SHOWN_AFTER_MS = 150_000
_CLOCK_SLACK_MS = 5_000
MOST_WAITING = 5


def ask(office: OpenOffice, session: Session, request: AskUnlock) -> OwnRequests:
    """Take a request.

    Raises:
        NotAllowedError: the role may not ask for this class, the reason lacks words, the customer is in another
            queue, the field is empty, or the caller was not identified (`not_identified`). Logged.
    """
    try:
        _check_ask(office, session, request)
        with office.database.reading() as db:
            _check_new(db, request.request)
            find_record(office, db, session, request.record)
            current_blob(db, request.record, request.field)
            data_class = office.inventory.field(request.field).data_class
            caller = need_caller(office, db, session, request.record, ReasonFor.ASK, data_class, request.reason)
            _check_room(office, db, session, request)
    except NotAllowedError as e:
        _log(office, session, "unlock.ask", "refused", request.record, request.field, e.code, request.request)
        raise
    now = office.clock.now_ms()
    with office.writing() as db:
        row = find_record(office, db, session, request.record)
        _withdraw_same(db, session, request)
        key, aad = text_key(office, row, request.request)
        db.execute(
            schema.unlocks.insert().values(
                id=request.request,
                agent=session.name,
                session=session.id,
                record=request.record,
                field=request.field,
                data_class=office.inventory.field(request.field).data_class.value,
                reason=request.reason,
                words=wrap(key, request.words.encode(), aad),
                state="waiting",
                asked_ms=now,
                until_ms=now + office.policy.unlock_wait_s * 1000,
            )
        )
        append(office, db, session, "unlock.ask", "ok", request.record, request.field, request.reason,
                request.request, detail=f"words={office.log.keyed_hash(request.words)} {caller}".strip())  # fmt: skip
    return own_requests(office, session)


def _check_ask(office: OpenOffice, session: Session, request: AskUnlock) -> None:
    if not office.inventory.has(request.field) or not office.inventory.field(request.field).is_sealed:
        raise NotAllowedError("The inventory declares no such sealed field.", code="no_field")
    data_class = office.inventory.field(request.field).data_class
    access = office.policy.access(session.role, data_class)
    if access is not Access.ASK and not (access is Access.REVEAL and _quota_is_spent(office, session)):
        raise NotAllowedError("Your role may not ask for this field.", code="role")
    check_reason(office, ReasonFor.ASK, data_class, request.reason, request.words)
    if len(request.words.strip()) < office.policy.reason_text_min:
        raise NotAllowedError(f"Say why in at least {office.policy.reason_text_min} characters.", code="reason")


def _quota_is_spent(office: OpenOffice, session: Session) -> bool:
    """Whether the reveals of this shift are used up: then what the role opens can be asked for."""
    quota = quota_of(office, session)
    return quota.used >= quota.quota


def _check_new(db: Connection, request: bytes) -> None:
    if db.execute(select(schema.unlocks.c.id).where(schema.unlocks.c.id == request)).first() is not None:
        raise NotAllowedError("This request id was used before.", code="replay")


def _check_room(office: OpenOffice, db: Connection, session: Session, request: AskUnlock) -> None:
    """A few at a time, and not the same field again right after a refusal: a supervisor's queue is no siren."""
    now, table = office.clock.now_ms(), schema.unlocks
    own = (
        table.c.session == session.id,
        table.c.state == "waiting",
        table.c.until_ms > now,
        or_(table.c.record != request.record, table.c.field != request.field),
    )
    if db.execute(select(func.count()).select_from(table).where(*own)).scalar_one() >= MOST_WAITING:
        raise NotAllowedError("Five requests wait already. Withdraw one, or wait for a decision.", code="too_many")
    refused = select(table.c.id).where(
        table.c.agent == session.name,
        table.c.record == request.record,
        table.c.field == request.field,
        table.c.state == "refused",
        table.c.decided_ms > now - office.policy.ask_again_s * 1000,
    )
    if db.execute(refused).first() is not None:
        raise NotAllowedError("This was refused a moment ago. Ask again in two minutes.", code="ask_again")


def _withdraw_same(db: Connection, session: Session, request: AskUnlock) -> None:
    table = schema.unlocks
    db.execute(
        table.update()
        .where(table.c.session == session.id, table.c.record == request.record, table.c.field == request.field)
        .where(table.c.state == "waiting")
        .values(state="withdrawn")
    )


def withdraw(office: OpenOffice, session: Session, request: bytes) -> None:
    """Take back an own request that waits."""
    table = schema.unlocks
    with office.writing() as db:
        row = db.execute(select(table).where(table.c.id == request, table.c.session == session.id)).first()
        if row is None or row.state != "waiting":
            raise NotAllowedError("This request was decided already.", code="decided")
        db.execute(table.update().where(table.c.id == request).values(state="withdrawn"))
        append(office, db, session, "unlock.withdraw", "ok", row.record, row.field, "", request)


def own_requests(office: OpenOffice, session: Session) -> OwnRequests:
    """The session's requests that wait or were decided a short while ago."""
    now, table = office.clock.now_ms(), schema.unlocks
    query = select(table).where(table.c.session == session.id, table.c.until_ms > now - _SHOWN_AFTER_MS)
    with office.database.reading() as db:
        rows, names = db.execute(query.order_by(table.c.asked_ms)).all(), display_names(db)
        requests = tuple(_own(office, db, session, row, now, names) for row in rows)
    return OwnRequests(requests=requests, now_ms=now)


def _own(
    office: OpenOffice,
    db: Connection,
    session: Session,
    row: Row[tuple[object, ...]],
    now: int,
    names: dict[str, str],
) -> OwnRequest:
    over = row.state in {"waiting", "approved"} and now > row.until_ms
    who = row.revoked_by or row.decided_by
    why = ""
    if row.why:
        with suppress(NotAllowedError):  # the customer left the queue meanwhile
            key, aad = text_key(office, find_record(office, db, session, row.record), row.id)
            why = unwrap(key, row.why, aad).decode()
    return OwnRequest(
        id=row.id,
        record=row.record,
        field=row.field,
        state="expired" if over else row.state,
        asked_ms=row.asked_ms,
        until_ms=row.until_ms,
        decided_by=who,
        decided_name=names.get(who, who),
        why=why,
        salt=row.salt,
        views=row.views,
        sealed_half=row.sealed_half,
        signature=row.signature,
    )


def waiting(office: OpenOffice, session: Session) -> WaitingRequests:
    """Requests that this person may decide, the oldest first; nobody sees their own."""
    now, table = office.clock.now_ms(), schema.unlocks
    query = select(table).where(table.c.state == "waiting", table.c.until_ms > now).order_by(table.c.asked_ms)
    with office.database.reading() as db:
        rows = [r for r in db.execute(query).all() if may_decide(office, session, r)]
        names = display_names(db)
        found = [_waiting(office, db, session, row, names) for row in rows]
    return WaitingRequests(requests=tuple(r for r in found if r is not None), now_ms=now)


def may_decide(office: OpenOffice, session: Session, row: Row[tuple[object, ...]]) -> bool:
    """Whether this person decides on a request: not their own, of a class that they hold and may decide."""
    data_class = DataClass(row.data_class)
    holds = data_class in office.book.granted(session.name)
    return row.agent != session.name and holds and office.policy.may_decide(session.role, data_class)


def _waiting(
    office: OpenOffice, db: Connection, session: Session, row: Row[tuple[object, ...]], names: dict[str, str]
) -> WaitingRequest | None:
    asker = session_by_id(office, db, row.session)
    if asker is None:
        return None
    try:
        customer = find_record(office, db, session, row.record)
    except NotAllowedError:
        return None
    key, aad = text_key(office, customer, row.id)
    return WaitingRequest(
        id=row.id,
        agent=row.agent,
        agent_name=names.get(row.agent, row.agent),
        number=customer.number,
        record=row.record,
        field=row.field,
        data_class=row.data_class,
        mask=mask_of_field(customer, row.field) or ("", "", 10),
        reason=row.reason,
        words=unwrap(key, row.words, aad).decode(),
        asked_ms=row.asked_ms,
        until_ms=row.until_ms,
        is_identified=identified_check(office, db, asker, row.record) is not None,
        card=SessionCardMark(
            session=asker.id,
            kem=asker.card.kem,
            sign=asker.card.sign,
            seat=asker.card.seat,
            end_ms=asker.card.end_ms,
            signature=asker.card_signature,
        ),
        package=package_of(db, current_blob(db, row.record, row.field)),
    )


def approve(office: OpenOffice, session: Session, request: bytes, approval: ApproveUnlock) -> None:
    """Take a signed unlock grant.

    Raises:
        NotAllowedError: own request, a class that the approver may not decide or does not hold, decided or over,
            step-up over, the value was edited meanwhile, or the signature fits another grant. Logged.
    """
    with office.writing() as db:
        row = db.execute(select(schema.unlocks).where(schema.unlocks.c.id == request)).first()
        problem = _approval_problem(office, db, session, row, approval)
        if row is not None and problem is None:
            db.execute(
                schema.unlocks.update()
                .where(schema.unlocks.c.id == request)
                .values(
                    state="approved",
                    decided_by=session.name,
                    decided_ms=office.clock.now_ms(),
                    until_ms=approval.expiry_ms,
                    salt=approval.salt,
                    views=approval.views,
                    views_left=approval.views,
                    sealed_half=approval.sealed_half,
                    signature=approval.signature,
                )
            )
        record, field, agent = (row.record, row.field, row.agent) if row is not None else (b"", "", "")
        outcome, code = ("refused", problem.code) if problem else ("ok", "")
        append(office, db, session, "unlock.approve", outcome, record, field, code, request, acting_with=agent)
    if problem is not None:
        raise problem


def _approval_problem(
    office: OpenOffice,
    db: Connection,
    session: Session,
    row: Row[tuple[object, ...]] | None,
    approval: ApproveUnlock,
) -> NotAllowedError | None:
    now = office.clock.now_ms()
    if row is None or row.state != "waiting" or now > row.until_ms:
        return NotAllowedError("This request was decided already, or is over.", code="expired")
    if row.agent == session.name:
        return NotAllowedError("You cannot decide your own request.", code="own_request")
    if not may_decide(office, session, row):
        return NotAllowedError("You cannot open this class yourself, so you cannot open it for others.",
                               code="class_not_held")  # fmt: skip
    latest = now + office.policy.unlock_s * 1000 + _CLOCK_SLACK_MS
    if not now < approval.expiry_ms <= latest or approval.views > office.policy.unlock_views:
        return NotAllowedError("The grant is longer than policy allows.", code="too_long")
    try:
        needs_step_up(office, session)
        find_record(office, db, session, row.record)
    except NotAllowedError as e:
        return e
    if approval.salt != salt_of(current_blob(db, row.record, row.field)):
        return NotAllowedError("The field was changed meanwhile. Look again.", code="changed")
    grant = UnlockGrant(row.id, row.agent, row.session, row.record, row.field, approval.salt, approval.expiry_ms,
                        approval.views, approval.sealed_half)  # fmt: skip
    try:
        signing.check(session.account.sign, approval.signature, grant.body(office.id))
    except SealError:
        return NotAllowedError("The grant's signature does not fit this request.", code="signature")
    return None


def refuse(office: OpenOffice, session: Session, request: bytes, refusal: RefuseUnlock) -> None:
    """Refuse a request, with a reason for the agent.

    Raises:
        NotAllowedError: it was decided already, or is not this person's to decide. Logged.
    """
    with office.writing() as db:
        row = db.execute(select(schema.unlocks).where(schema.unlocks.c.id == request)).first()
        mine = row is not None and row.state == "waiting" and may_decide(office, session, row)
        if row is not None and mine:
            _store_refusal(office, db, session, row, refusal)
        else:
            append(office, db, session, "unlock.refuse", "refused", b"", "", "expired", request)
    if not mine:
        raise NotAllowedError("This request was decided already, or is over.", code="expired")


def _store_refusal(
    office: OpenOffice, db: Connection, session: Session, row: Row[tuple[object, ...]], refusal: RefuseUnlock
) -> None:
    key, aad = text_key(office, find_record(office, db, session, row.record), row.id)
    db.execute(
        schema.unlocks.update()
        .where(schema.unlocks.c.id == row.id)
        .values(
            state="refused",
            decided_by=session.name,
            decided_ms=office.clock.now_ms(),
            why=wrap(key, refusal.why.encode(), aad),
        )
    )
    detail = f"words={office.log.keyed_hash(refusal.why)}"
    append(office, db, session, "unlock.refuse", "ok", row.record, row.field, "", row.id,
            acting_with=row.agent, detail=detail)  # fmt: skip


def text_key(office: OpenOffice, customer: Row[tuple[object, ...]], request: bytes) -> tuple[bytes, bytes]:
    """Key and associated data of a request's free text: under Z, so that it goes with the customer."""
    aad = lp("unlock-text", office.id, customer.record, request)
    return expand(record_key(office, customer), aad), aad


def append(
    office: OpenOffice,
    db: Connection,
    session: Session,
    event: str,
    outcome: str,
    record: bytes,
    field: str,
    reason: str,
    request: bytes,
    **rest: str,
) -> None:
    """Write down what became of a request, in the transaction that it belongs to."""
    known = office.inventory.has(field)
    office.log.append(
        db,
        event,
        outcome,
        record=record.hex(),
        field=field if known else "",
        data_class=office.inventory.field(field).data_class.value if known else "",
        reason=reason,
        reference=request.hex(),
        **rest,
        **session.log_fields(),
    )


def _log(
    office: OpenOffice,
    session: Session,
    event: str,
    outcome: str,
    record: bytes,
    field: str,
    reason: str,
    request: bytes,
) -> None:
    with office.writing() as db:
        append(office, db, session, event, outcome, record, field, reason, request)

"""Unlock requests, the agent's side: ask for one field of one record, take it back, see how it stands.

The supervisor's console signs the grant and seals E to the agent's session (`unlock_answers`); the office checks that
signature against the book and releases the share later, by its own clock. Free text is wrapped under the customer's
record key, so that it goes with the customer; the log has a keyed hash.
"""

from contextlib import suppress

from sqlalchemy import Connection, func, or_, select

from app.api.messages.reveals import AskUnlock, OwnRequest, OwnRequests
from app.backoffice import schema
from app.backoffice.caller_checks import need_caller
from app.backoffice.card_gate import kept
from app.backoffice.class_grants import display_names
from app.backoffice.customers import NumberRecordQueue, current_blob, find_record
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.purpose_gate import need_purpose
from app.backoffice.quotas import is_shut
from app.backoffice.reveal import check_reason
from app.backoffice.sessions import Session
from app.backoffice.training.gate import need_training
from app.backoffice.unlock_queue import Desks
from app.backoffice.unlock_rules import (
    Unlock,
    append,
    boot_ms,
    class_of,
    is_over,
    must_wait,
    refused,
    state_of,
    text_key,
    write_down,
)
from app.crypto.aead import unwrap, wrap
from app.crypto.errors import SealError
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.policy import OWN_RIGHT_REASONS, Access, ReasonFor

_SHOWN_AFTER_MS = 150_000
MOST_WAITING = 5
_table = schema.unlocks


def ask(office: OpenOffice, session: Session, request: AskUnlock) -> OwnRequests:
    """Take a request; its words are kept without cards.

    Raises:
        NotAllowedError: the role may not ask for this class, the reason lacks words, the customer is in another
            queue, the field is empty, a lesson lacks (`training`), or the caller was not identified
            (`not_identified`). Logged.
    """
    try:
        _check_ask(office, session, request)
        request = request.model_copy(update={"words": kept(request.words)})
        with office.writing() as db:
            _take(office, db, session, request)
    except NotAllowedError as e:
        asked = (request.request, request.record, request.field)
        with office.writing() as db:
            write_down(office, db, session, "unlock.ask", asked, outcome="refused", reason=e.code)
        raise
    return own_requests(office, session)


def _take(office: OpenOffice, db: Connection, session: Session, request: AskUnlock) -> None:
    _check_new(db, request.request)
    customer = find_record(office, db, session, request.record)
    current_blob(db, request.record, request.field)
    data_class = office.inventory.field(request.field).data_class
    wanted = office.policy.purpose_of(ReasonFor.ASK, data_class, request.reason)
    need_purpose(office, db, request.record, office.inventory.field(request.field), wanted=wanted)
    need_training(office, db, session, data_class)
    caller = need_caller(office, db, session, request.record, ReasonFor.ASK, data_class, request.reason)
    _check_room(office, db, session, request)
    _withdraw_same(office, db, session, request)
    now, wait_ms = office.clock.now_ms(), office.policy.unlock_wait_s * 1000
    key, aad = text_key(office, customer, request.request)
    db.execute(
        _table.insert().values(
            id=request.request,
            agent=session.name,
            session=session.id,
            record=request.record,
            field=request.field,
            data_class=data_class.value,
            reason=request.reason,
            words=wrap(key, request.words.encode(), aad),
            state="waiting",
            asked_ms=now,
            until_ms=now + wait_ms,
            until_boot_ms=boot_ms(office) + wait_ms,
        )
    )
    detail = f"words={office.log.keyed_hash(request.words)} {caller}".strip()
    asked = (request.request, request.record, request.field)
    write_down(office, db, session, "unlock.ask", asked, reason=request.reason, detail=detail)


def _check_ask(office: OpenOffice, session: Session, request: AskUnlock) -> None:
    if not office.inventory.has(request.field) or not office.inventory.field(request.field).is_sealed:
        raise NotAllowedError("The inventory declares no such sealed field.", code="no_field")
    data_class = office.inventory.field(request.field).data_class
    access = office.policy.access(session.role, data_class)
    if access is not Access.ASK and not (access is Access.REVEAL and _is_shut(office, session, data_class)):
        raise NotAllowedError("Your role may not ask for this field.", code="role")
    if access is Access.ASK and request.reason in OWN_RIGHT_REASONS:
        raise NotAllowedError("This reason is for what your role opens by itself.", code="reason")
    check_reason(office, ReasonFor.ASK, data_class, request.reason, request.words)
    if len(request.words.strip()) < office.policy.reason_text_min:
        raise NotAllowedError(f"Say why in at least {office.policy.reason_text_min} characters.", code="reason")


def _is_shut(office: OpenOffice, session: Session, data_class: DataClass) -> bool:
    """Whether what the role opens by itself is shut for now: then it can be asked for."""
    with office.database.reading() as db:
        return is_shut(office, db, session, data_class)


def _check_new(db: Connection, request: bytes) -> None:
    if db.execute(select(schema.unlocks.c.id).where(schema.unlocks.c.id == request)).first() is not None:
        raise NotAllowedError("This request id was used before.", code="replay")


def _check_room(office: OpenOffice, db: Connection, session: Session, request: AskUnlock) -> None:
    """A few at a time, and not the same field again right after a refusal: a supervisor's queue is no siren."""
    now, table = office.clock.now_ms(), _table
    own = (
        table.c.session == session.id,
        table.c.state == "waiting",
        table.c.until_ms >= now,
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


def _withdraw_same(office: OpenOffice, db: Connection, session: Session, request: AskUnlock) -> None:
    """Whoever asks anew for the same field takes back what they asked before."""
    same = (_table.c.session == session.id, _table.c.record == request.record, _table.c.field == request.field)
    for row in db.execute(select(_table).where(*same, _table.c.state == "waiting")).all():
        db.execute(_table.update().where(_table.c.id == row.id).values(state="withdrawn"))
        if not is_over(office, row):
            append(office, db, session, "unlock.withdraw", row, reason="asked_again")


def withdraw(office: OpenOffice, session: Session, request: bytes) -> None:
    """Take back an own request that waits.

    Raises:
        NotAllowedError: code `unlock` (this session has no such request), `decided`, `expired` or `withdrawn`. Logged.
    """
    row: Unlock | None = None
    try:
        with office.writing() as db:
            row = db.execute(select(_table).where(_table.c.id == request, _table.c.session == session.id)).first()
            known = _asked(row)
            must_wait(office, known)
            db.execute(_table.update().where(_table.c.id == request).values(state="withdrawn"))
            append(office, db, session, "unlock.withdraw", known)
    except NotAllowedError as e:
        refused(office, session, "unlock.withdraw", row, request, e.code)
        raise


def _asked(row: Unlock | None) -> Unlock:
    if row is None:
        raise NotAllowedError("This session has asked no such thing.", code="unlock")
    return row


def own_requests(office: OpenOffice, session: Session) -> OwnRequests:
    """The session's requests that wait or were decided a short while ago."""
    now = office.clock.now_ms()
    query = select(_table).where(_table.c.session == session.id, _table.c.until_ms > now - _SHOWN_AFTER_MS)
    with office.database.reading() as db:
        rows, names = db.execute(query.order_by(_table.c.asked_ms)).all(), display_names(db)
        desks = Desks(office, db)
        requests = tuple(_own(office, db, session, row, names, desks) for row in rows)
    return OwnRequests(requests=requests, now_ms=now)


def _own(
    office: OpenOffice, db: Connection, session: Session, row: Unlock, names: dict[str, str], desks: Desks
) -> OwnRequest:
    who, state = row.revoked_by or row.decided_by, state_of(office, row)
    customer: NumberRecordQueue | None = None
    with suppress(NotAllowedError):  # the customer left the queue meanwhile
        customer = find_record(office, db, session, row.record)
    why, deciders = "", None
    if customer is not None and row.why:
        key, aad = text_key(office, customer, row.id)
        with suppress(SealError):  # a row that somebody altered does not keep the others from being shown
            why = unwrap(key, row.why, aad).decode()
    data_class = class_of(office, row)
    if customer is not None and data_class is not None and state == "waiting":
        deciders = desks.who_decide(session.name, str(customer.queue), data_class)
    return OwnRequest(
        id=row.id,
        record=row.record,
        field=row.field,
        state=state,
        asked_ms=row.asked_ms,
        until_ms=row.until_ms,
        decided_by=who,
        decided_name=names.get(who, who),
        why=why,
        deciders=deciders,
        salt=row.salt,
        views=row.views,
        sealed_half=row.sealed_half,
        signature=row.signature,
    )

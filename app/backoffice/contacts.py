"""Contacts: visits to a customer, with the wrap-up of each. In the open: times, words of the policy, who and whom.

A contact is kept in states, each with a higher revision; one without an end is not finished, or was brought back after
its end, which stands in the log as an entry of its own. Whoever began a contact finishes it, in whichever session;
what is finished changes in that very session alone. The times are the console's, since a contact may wait in an outbox,
but none lies in the future, and nothing is promised for a day before the session.

Invariant: of a customer's finished contacts the newest `is_last` and alone counts: its call-back is the promise that
holds, its end the customer's `last_contact_ms`.
"""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.api.messages.contacts import ContactSaved, SaveContact
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.caller_checks import end_checks
from app.backoffice.customer_sync import touch
from app.backoffice.customers import find_record
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.call_back import CallBack, CallBackError, judge, kept_call_back
from app.domain.errors import NotAllowedError

_TABLE = schema.contacts
LATE_MS = 60 * 60 * 1000
"""So long after its time a call-back is shown to colleagues, too; one without a time at the end of its day."""


def save_contact(office: OpenOffice, session: Session, request: SaveContact) -> ContactSaved:
    """Store a state of a contact; what comes late or twice changes nothing.

    Raises:
        NotAllowedError: the customer is not in the account's queues; the contact is somebody else's, or was finished in
            another session (`not_own`); or code `outcome`, `tags`, `call_back`.
    """
    with office.writing() as db:
        return save_contact_in(office, db, session, request)


def save_contact_in(office: OpenOffice, db: Connection, session: Session, request: SaveContact) -> ContactSaved:
    """The same in the caller's transaction; refused before anything is written.

    Raises:
        NotAllowedError: see there.
    """
    customer, old = find_record(office, db, session, request.record), _row(db, request.contact)
    _must_be_own(session, old, request)
    if old is not None and request.revision <= old.revision:
        return ContactSaved(at_ms=old.changed_ms)
    now = office.clock.now_ms()
    ended_ms = None if request.ended_ms is None else min(request.ended_ms, now)
    call_back = _judged(office, request, max(now if ended_ms is None else ended_ms, session.started_ms))
    kept = {
        "session": session.id,
        "revision": request.revision,
        "changed_ms": now,
        "ended_ms": ended_ms,
        "outcome": request.wrap_up.outcome,
        "tags": " ".join(request.wrap_up.tags),
        "call_back_day": request.wrap_up.call_back_day,
        "call_back_at": request.wrap_up.call_back_at,
        "call_back_ms": call_back.due_ms(office.policy.office_hours) if call_back is not None else None,
        "note": _own_note(db, session, request),
        "call": _call_mark(office, request.call),
    }
    if old is None:
        begun = {"id": request.contact, "record": request.record, "account": session.name, "queue": customer.queue}
        started_ms = min(request.started_ms, now if ended_ms is None else ended_ms)
        db.execute(_TABLE.insert().values(**begun, **kept, started_ms=started_ms, is_last=False))
    else:
        db.execute(update(_TABLE).where(_TABLE.c.id == request.contact).values(**kept))
    moves_last = ended_ms is not None or (old is not None and old.ended_ms is not None)
    if moves_last:
        _settle(db, request.record)
    if ended_ms is not None:
        end_checks(office, db, session, request.record)
    _log(office, db, session, request, _event(old, ended_ms))
    return ContactSaved(at_ms=now, moves_last=moves_last)


def _own_note(db: Connection, session: Session, request: SaveContact) -> bytes | None:
    """The note of the visit; another person's, or another customer's, is none of it."""
    table = schema.notes.c
    with for_the_office(db):
        row = db.execute(select(table.author, table.record).where(table.id == request.note)).first()
    return request.note if row is None or tuple(row) == (session.name, request.record) else None


def _call_mark(office: OpenOffice, told: str) -> str:
    """What is kept of a call: keyed, since a softphone may use a number as its id, and the few numbers can be tried."""
    return office.log.keyed_hash(f"contact-call {told}")[:16] if told else ""


def _row(db: Connection, contact: bytes) -> Row[Any] | None:
    with for_the_office(db):  # an id is used up, in whichever queue
        return db.execute(select(_TABLE).where(_TABLE.c.id == contact)).first()


def _must_be_own(session: Session, old: Row[Any] | None, request: SaveContact) -> None:
    if old is None:
        return
    if (old.account, old.record) != (session.name, request.record):
        raise NotAllowedError("This contact is somebody else's; begin a new one.", code="not_own")
    if old.ended_ms is not None and old.session != session.id:
        raise NotAllowedError("This contact was finished in another session; begin a new one.", code="not_own")


def _judged(office: OpenOffice, request: SaveContact, at_ms: int) -> CallBack | None:
    """What was chosen is declared in the policy; a finished contact has an outcome, and a call-back where it needs one.

    What the policy has retired is taken: it was offered when it was chosen.
    """
    chosen, policy, is_finished = request.wrap_up, office.policy, request.ended_ms is not None
    outcome = next((word for word in policy.outcomes if word.code == chosen.outcome), None)
    if outcome is None and (chosen.outcome or is_finished):
        raise NotAllowedError("Choose an outcome to finish.", code="outcome")
    if not set(chosen.tags) <= {word.code for word in policy.tags} or len(set(chosen.tags)) != len(chosen.tags):
        raise NotAllowedError("Choose tags that the policy has.", code="tags")
    try:
        call_back = kept_call_back(chosen.call_back_day, chosen.call_back_at)
        if call_back is not None and is_finished:
            judge(call_back, policy.office_hours, at_ms)
    except CallBackError as error:
        raise NotAllowedError("Choose a day to come for the call-back.", code="call_back") from error
    if is_finished and outcome is not None and outcome.needs_call_back and call_back is None:
        raise NotAllowedError("This outcome needs a day to call back.", code="call_back")
    return call_back


def _settle(db: Connection, record: bytes) -> None:
    """Find the customer's newest finished contact anew, and tell consoles."""
    same, finished = _TABLE.c.record == record, _TABLE.c.ended_ms.is_not(None)
    newest = select(_TABLE.c.id, _TABLE.c.ended_ms).where(same, finished)
    last = db.execute(newest.order_by(_TABLE.c.ended_ms.desc(), _TABLE.c.changed_ms.desc()).limit(1)).first()
    db.execute(update(_TABLE).where(same, _TABLE.c.is_last).values(is_last=False))
    if last is not None:
        db.execute(update(_TABLE).where(_TABLE.c.id == last.id).values(is_last=True))
    customers = schema.customers
    ended = {"last_contact_ms": last.ended_ms if last is not None else None}
    db.execute(update(customers).where(customers.c.record == record).values(**ended))
    touch(db, record)


def _event(old: Row[Any] | None, ended_ms: int | None) -> str:
    was_finished = old is not None and old.ended_ms is not None
    if ended_ms is None:
        return "contact.reopened" if was_finished else "contact.kept" if old is None else ""
    return "contact.changed" if was_finished else "contact.ended"


def _log(office: OpenOffice, db: Connection, session: Session, request: SaveContact, event: str) -> None:
    """Words of the policy, and whether there is a call-back; no day, which could tell of a person's life."""
    if not event:
        return  # of what is half filled the first state stands in the log, and the end
    chosen = request.wrap_up
    detail = f"tags={len(chosen.tags)} call_back={int(bool(chosen.call_back_day))} call={int(bool(request.call))}"
    office.log.append(
        db, event, record=request.record.hex(), reason=chosen.outcome, reference=request.contact.hex(), detail=detail,
        **session.log_fields(),
    )  # fmt: skip

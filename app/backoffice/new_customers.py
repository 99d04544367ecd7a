"""A customer whom a person types in: what the inventory asks for, sealed as an import seals, basis and notice with it.

The fields come sealed in one piece and are judged all at once; what is bad is named without its text. The queue is one
of the person's. Where customers of theirs have one of the phone numbers already they are told first: that look counts
and is written down like any lookup, so that nobody finds out here whose number it is for less.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select

from app.api.messages.editing import LONGEST_VALUE, MOST_FIELDS, BadField, CustomerMade, NewCustomer
from app.auth.names import queue_name
from app.auth.session_card import new_customer_request
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.card_gate import holds_card
from app.backoffice.customer_sync import next_change
from app.backoffice.customers import find_record, messages_of
from app.backoffice.editing import opened_text
from app.backoffice.erasure.suppression import must_stay_out
from app.backoffice.import_sealing import DEFAULT_QUEUE, Sealer
from app.backoffice.lookup import found_by
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.notices import notice_told
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, check_session_signature
from app.crypto.derive import sha256
from app.crypto.grants import new_customer_info
from app.domain.editing import is_typed_for_a_new_customer
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import Field, Search
from app.domain.kinds import Kind
from app.sources.records import BadCellError, ReadRow, normalise, verify_form

EVENT = "customer.created"
_MINUTE_MS, _SHIFT_MS = 60_000, 10 * 3600 * 1000


@dataclass(slots=True)
class _Read:
    """What was typed, judged: values by field, and what is wrong."""

    values: dict[str, str] = field(default_factory=dict, repr=False)
    bad: list[BadField] = field(default_factory=list)

    def refuse(self, name: str, code: str) -> None:
        self.bad.append(BadField(field=name, code=code))


def make_customer(office: OpenOffice, session: Session, request: NewCustomer) -> CustomerMade:
    """Make a customer, or say what is wrong, or who has such a number already.

    Raises:
        NotAllowedError: with a code: signature, replay, role_edits, sealed, lookups_pace, lookups_shift.
        InputRefusedError: code `notice` (another notice holds now), or `no_field` (the inventory has moved on).
        AuditUnwritableError: the entry cannot be written; nothing was made.
    """
    with refusals_logged(office, session, EVENT, reference=request.request.hex()):
        signed = new_customer_request(office.id, session.id, request.told, request.request, request.sealed)
        check_session_signature(session, request.signature, signed)
        if not office.policy.may_create(session.role):
            raise NotAllowedError("Your role makes no customers.", code="role_edits")
        texts = _texts(office, session, request)
        cards = [name for name, text in texts.items() if holds_card(office.inventory.field(name).kind, text)]
        with office.writing() as db:
            known = _known(db, session, request)
            if known is not None:
                return _made(office, db, session, known)
            _must_be_told(office, db, request)
            _keep_pace(office, db, session)
            read = _judge(office, db, session, texts)
            for name in cards:
                read.refuse(name, "card_number")
            if read.bad:
                office.log.append(
                    db, EVENT, "refused", reason="bad_fields", reference=request.request.hex(), **session.log_fields()
                )
                return CustomerMade(bad=tuple(read.bad))
            number = read.values[office.inventory.record.number]
            if must_stay_out(office, db, office.inventory, {number: read.values}):
                raise NotAllowedError(
                    "This person asked to be erased, so they are not taken down again. Ask a privacy officer.",
                    code="was_erased",
                )
            forms = _phones(office, read.values)
            if forms and not request.known:
                found, _left = found_by(office, session, db, forms)
                if found:
                    return CustomerMade(found=found)
            return _made(office, db, session, _seal(office, db, session, read.values, request))


def _must_be_told(office: OpenOffice, db: Connection, request: NewCustomer) -> None:
    """Demand the notice that holds: the newest published one, by its text; else the one that the inventory names.

    Raises:
        InputRefusedError: code `notice`.
    """
    if (request.notice, request.notice_digest) != notice_told(office, db):
        raise InputRefusedError("Another privacy notice holds now. Read it out, then try again.", code="notice")


def _keep_pace(office: OpenOffice, db: Connection, session: Session) -> None:
    """As many customers as lookups: they come to all consoles of the queue, and nobody removes them again.

    Raises:
        NotAllowedError: code `lookups_pace` or `lookups_shift`.
    """
    now, policy, count = office.clock.now_ms(), office.policy, office.log.count
    if count(db, EVENT, session.name, now - _MINUTE_MS) >= policy.lookups_minute:
        raise NotAllowedError("That was fast. Wait a minute, then make the next one.", code="lookups_pace")
    if count(db, EVENT, session.name, now - _SHIFT_MS) >= policy.lookups_shift:
        raise NotAllowedError("No more customers are made in this shift; ask a supervisor.", code="lookups_shift")


def _texts(office: OpenOffice, session: Session, request: NewCustomer) -> Mapping[str, str]:
    text = opened_text(office, request.sealed, new_customer_info(office.id, session.id, request.request))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    texts = found if isinstance(found, dict) and len(found) <= MOST_FIELDS else {}
    if not texts or any(not isinstance(t, str) or len(t) > LONGEST_VALUE for t in texts.values()):
        raise NotAllowedError("What was typed did not come whole. Type it again.", code="sealed")
    if any(not office.inventory.has(name) for name in texts):
        raise InputRefusedError("The inventory does not know one of these fields any more.", code="no_field")
    return texts


def _known(db: Connection, session: Session, request: NewCustomer) -> bytes | None:
    """The record that this very request has made before.

    Raises:
        NotAllowedError: the id was used for something else.
    """
    with for_the_office(db):  # an id is used up, in whichever queue
        row = db.execute(select(schema.collected).where(schema.collected.c.id == request.request)).first()
    if row is None:
        if db.execute(select(schema.imports.c.id).where(schema.imports.c.id == request.request)).first() is not None:
            raise NotAllowedError("This request id was used for something else.", code="replay")
        return None
    if (row.session, row.digest) != (session.id, sha256(request.sealed)):
        raise NotAllowedError("This request id was used for something else.", code="replay")
    record: bytes = row.record
    return record


def _judge(office: OpenOffice, db: Connection, session: Session, texts: Mapping[str, str]) -> _Read:
    read, roles = _Read(), office.inventory.record
    for declared in office.inventory.fields:
        text = texts.get(declared.name, "")
        if declared.name == roles.number:
            _judge_number(db, read, declared, text)
        elif declared.name == roles.queue:
            _judge_queue(session, read, declared, text)
        else:
            _judge_field(office, session, read, declared, text)
    return read


def _judge_field(office: OpenOffice, session: Session, read: _Read, declared: Field, text: str) -> None:
    if value := _normalised(read, declared, text):
        is_theirs = office.policy.may_edit(session.role, declared.data_class)
        if is_theirs and is_typed_for_a_new_customer(declared, office.inventory):
            read.values[declared.name] = value
        else:
            read.refuse(declared.name, "role_edits")
    elif value is not None and declared.required:
        read.refuse(declared.name, "missing")


def _normalised(read: _Read, declared: Field, text: str) -> str | None:
    """The value in the form of its kind, empty where nothing was typed; None where it is refused."""
    try:
        return normalise(declared.kind, text)
    except BadCellError as error:
        read.refuse(declared.name, error.reason_code)
        return None


def _judge_number(db: Connection, read: _Read, declared: Field, text: str) -> None:
    """The office makes the number: one that is typed would be another customer's one day, or tell that it is taken."""
    if text.strip():
        read.refuse(declared.name, "number_given")
    else:
        read.values[declared.name] = _fresh_number(db)


def _fresh_number(db: Connection) -> str:
    while _is_taken(db, number := f"N-{secrets.randbelow(10**8):08}"):
        pass
    return number


def _is_taken(db: Connection, number: str) -> bool:
    table = schema.customers.c
    with for_the_office(db):
        return db.execute(select(table.id).where(table.number == number).limit(1)).first() is not None


def _judge_queue(session: Session, read: _Read, declared: Field, text: str) -> None:
    """One of the person's; the only one where nothing was said."""
    queues = session.account.queues
    if not text.strip() and len(queues) == 1 and queues != ("*",):
        read.values[declared.name] = queues[0]
        return
    try:
        queue = queue_name(text)
    except InputRefusedError:
        read.refuse(declared.name, "bad_queue" if text.strip() else "missing")
        return
    if session.sees_queue(queue):
        read.values[declared.name] = queue
    else:
        read.refuse(declared.name, "not_in_queue")


def _phones(office: OpenOffice, values: Mapping[str, str]) -> set[tuple[Kind, str]]:
    exact = (f for f in office.inventory.sealed_fields if f.kind is Kind.PHONE and f.search is Search.EXACT)
    return {(f.kind, verify_form(f.kind, values[f.name])) for f in exact if f.name in values}


def _seal(
    office: OpenOffice, db: Connection, session: Session, values: Mapping[str, str], request: NewCustomer
) -> bytes:
    """Record key, data keys, versions, masks and tags, as an import makes them; and the entry.

    Returns:
        The new record.
    """
    now, digest, arrival = office.clock.now_ms(), office.inventory.digest, request.request
    brought = {"id": arrival, "account": session.name, "at_ms": now, "committed": True, "committed_ms": now}
    db.execute(insert(schema.imports).values(**brought, kind="new", change=next_change(db)))
    queue = values.get(office.inventory.record.queue) or DEFAULT_QUEUE
    Sealer(arrival, office.inventory, queue).seal(office, db, [ReadRow(0, values, ())], {})
    table = schema.customers.c
    record: bytes = db.execute(select(table.record).where(table.import_id == arrival)).scalar_one()
    told: dict[str, object] = {"session": session.id, "digest": sha256(request.sealed), "inventory": digest}
    told |= {"notice": request.notice, "notice_digest": request.notice_digest}
    db.execute(insert(schema.collected).values(id=arrival, record=record, **told))
    office.log.append(
        db,
        EVENT,
        record=record.hex(),
        reference=arrival.hex(),
        detail=f"fields={len(values)} notice={request.notice}{_digest_said(request)} inventory={digest.hex()[:16]}",
        **session.log_fields(),
    )
    return record


def _digest_said(request: NewCustomer) -> str:
    return f" notice_digest={request.notice_digest.hex()}" if request.notice_digest is not None else ""


def _made(office: OpenOffice, db: Connection, session: Session, record: bytes) -> CustomerMade:
    (row,) = messages_of(office, [find_record(office, db, session, record)])
    return CustomerMade(row=row)

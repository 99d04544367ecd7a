"""Rows of the register: finding, judging, changing, and the words that a person wrote.

The words are wrapped under expand(Z, LP("subject-words", O, record, request)), with the same bytes as aad: they go with
their customer, while the row stays. Whoever changes a row names the revision that they saw.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from app.api.messages.subject_requests import SubjectRequest
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.customers import NumberRecordQueue, record_key
from app.backoffice.erasure.asked_by import orders_for
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.ways import ways_of
from app.backoffice.sessions import Session
from app.backoffice.subject_requests import outsiders
from app.backoffice.subject_tables import processing_holds, request_attachments, request_letters, subject_requests
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import expand
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.data_class import DataClass
from app.domain.erasure.words import OrderState
from app.domain.errors import NotAllowedError
from app.domain.subject_requests.clock import TERMS
from app.domain.subject_requests.steps import RequestNow
from app.domain.subject_requests.words import (
    Channel,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
    SentBy,
)

RequestRow = Row[Any]
_COLUMNS = subject_requests.c


def words_info(office: bytes, record: bytes, request: bytes) -> bytes:
    """What the key of a request's words is made for, and what they are bound to."""
    return lp("subject-words", office, record, request)


def wrapped_words(office: OpenOffice, customer: NumberRecordQueue | None, request: bytes, words: str) -> bytes | None:
    """The words as they are stored; None for none. Without a customer: see `outsiders.py`.

    Raises:
        SealError: the customer is erased.
    """
    if customer is None:
        return outsiders.wrapped(office, request, words)
    info = words_info(office.id, customer.record, request)
    return wrap(expand(record_key(office, customer), info), words.encode(), info) if words else None


def words_of(office: OpenOffice, customer: NumberRecordQueue | None, row: RequestRow) -> str:
    """The words, empty where they went with their customer."""
    if row.words is not None and row.record == outsiders.NOBODY:
        return outsiders.unwrapped(office, row.id, row.words)
    if row.words is None or customer is None:
        return ""
    info = words_info(office.id, row.record, row.id)
    try:
        return unwrap(expand(record_key(office, customer), info), row.words, info).decode()
    except SealError:
        return ""


def found_row(office: OpenOffice, db: Connection, session: Session, request: bytes) -> RequestRow:
    """A request about a customer of the account's queues, or of nobody's; of one who is gone, by their last queue.

    Raises:
        NotAllowedError: code `no_request`.
    """
    row = db.execute(select(subject_requests).where(_COLUMNS.id == request)).first()
    is_seen = row is not None and (row.record == outsiders.NOBODY or session.sees_queue(_queue_now(db, row)))
    if row is None or not is_seen:
        raise NotAllowedError("There is no such request in your queues.", code="no_request")
    return row


def _queue_now(db: Connection, row: RequestRow) -> str:
    customer = customer_of(db, row.record)
    return str(customer.queue if customer is not None else row.queue)


def customer_of(db: Connection, record: bytes) -> NumberRecordQueue | None:
    """The customer of a request, in whichever queue, or None for one who is gone."""
    with for_the_office(db):
        return db.execute(select(schema.customers).where(schema.customers.c.record == record)).first()


def now_of(row: RequestRow, *, is_attached: bool = False) -> RequestNow:
    """A row, as the rules judge it."""
    return RequestNow(
        RequestKind(row.kind),
        RequestState(row.state),
        bool(row.identity),
        Proposal(row.proposal),
        row.proposed_by,
        row.bundle_ms is not None,
        row.record == outsiders.NOBODY,
        is_attached,
        row.letter_ms is not None,
    )


def change(db: Connection, row: RequestRow, revision: int, **values: Any) -> None:
    """Change a row that is as it was seen.

    Raises:
        NotAllowedError: code `changed`: somebody else was first.
    """
    if row.revision != revision:
        raise NotAllowedError("Somebody else has changed this request. Look again.", code="changed")
    db.execute(subject_requests.update().where(_COLUMNS.id == row.id).values(revision=row.revision + 1, **values))


def log(
    office: OpenOffice,
    db: Connection,
    session: Session,
    event: str,
    row: RequestRow,
    reason: str = "",
    detail: str = "",
) -> int:
    """Write down what was done about a request: its kind and number, no value."""
    said = f"kind={row.kind} number={row.number}" + (f" {detail}" if detail else "")
    return office.log.append(
        db,
        event,
        record=row.record.hex(),
        reference=row.id.hex(),
        reason=reason,
        detail=said,
        **session.log_fields(),
    )


def messages_of(office: OpenOffice, db: Connection, rows: Iterable[RequestRow]) -> list[tuple[str, SubjectRequest]]:
    """Rows as consoles get them, each with the queue that its customer lies in now."""
    found = list(rows)
    records = {row.record for row in found}
    customers, held = _customers(db, records), _held(db, {row.id for row in found})
    keys = {row.id for row in found}
    orders, attached, sent = orders_for(db, found), attachments_of(db, keys), sent_of(db, keys)
    ways = ways_of(db, records)
    told = [_message(office, row, customers.get(row.record), held.get(row.id, ())) for row in found]
    return [
        (queue, _with(one, orders.get(one.id), attached.get(one.id), sent.get(one.id), ways.get(one.record or b"")))
        for queue, one in told
    ]


def _with(
    message: SubjectRequest, order: Row[Any] | None, attached: Row[Any] | None, sent: Row[Any] | None, way: str | None
) -> SubjectRequest:
    """With the order that answers it, who found whose it is, its letter, and how the person is written to."""
    more: dict[str, Any] = {"way": way} if way else {}
    if order is not None:
        more |= {"order": order.number, "order_state": OrderState(order.state)}
    if attached is not None:
        more |= {"attached_by": attached.done_by, "attached_ms": attached.at_ms}
    if sent is not None:
        more |= {"sent_by": SentBy(sent.way), "sent_ms": sent.sent_ms}
        more |= {"sent_reference": sent.reference, "sent_told_by": sent.told_by}
    return message.model_copy(update=more) if more else message


def attachments_of(db: Connection, requests: set[bytes]) -> dict[bytes, Row[Any]]:
    """Of requests that were attached to a customer and still are, the entry that says so."""
    wanted, found, table = sorted(requests), dict[bytes, Row[Any]](), request_attachments.c
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(request_attachments).where(table.request.in_(wanted[at : at + _AT_ONCE]))
        found |= {bytes(row.request): row for row in db.execute(query.order_by(table.number))}
    return {request: row for request, row in found.items() if row.is_attached}


def sent_of(db: Connection, requests: set[bytes]) -> dict[bytes, Row[Any]]:
    """Of requests whose letter went out, the last row about it."""
    wanted, found, table = sorted(requests), dict[bytes, Row[Any]](), request_letters.c
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(request_letters).where(table.request.in_(wanted[at : at + _AT_ONCE]))
        found |= {bytes(row.request): row for row in db.execute(query.order_by(table.number))}
    return found


_AT_ONCE = 500


def _customers(db: Connection, records: set[bytes]) -> dict[bytes, NumberRecordQueue]:
    wanted, found = sorted(records), dict[bytes, NumberRecordQueue]()
    with for_the_office(db):
        for at in range(0, len(wanted), _AT_ONCE):
            query = select(schema.customers).where(schema.customers.c.record.in_(wanted[at : at + _AT_ONCE]))
            found |= {bytes(row.record): row for row in db.execute(query)}
    return found


def _held(db: Connection, requests: set[bytes]) -> dict[bytes, tuple[str, ...]]:
    wanted, found = sorted(requests), dict[bytes, tuple[str, ...]]()
    holds = processing_holds.c
    with for_the_office(db):
        for at in range(0, len(wanted), _AT_ONCE):
            query = select(holds.request, holds.purpose).where(holds.request.in_(wanted[at : at + _AT_ONCE]))
            for row in db.execute(query.order_by(holds.purpose)):
                found[bytes(row.request)] = (*found.get(bytes(row.request), ()), row.purpose)
    return found


def _message(
    office: OpenOffice, row: RequestRow, customer: NumberRecordQueue | None, held: tuple[str, ...]
) -> tuple[str, SubjectRequest]:
    queue = str(customer.queue if customer is not None else row.queue)
    kind = RequestKind(row.kind)
    return queue, SubjectRequest(
        id=row.id,
        number=row.number,
        record=row.record or None,
        customer_number=customer.number if customer is not None else "",
        customer_name=_open_name(office, customer),
        queue=queue,
        kind=kind,
        channel=Channel(row.channel),
        purposes=tuple(row.purposes.split()),
        received_ms=row.received_ms,
        opened_ms=row.opened_ms,
        opened_by=row.opened_by,
        due_ms=row.due_ms,
        is_law=TERMS[kind].is_law,
        state=RequestState(row.state),
        revision=row.revision,
        identity=IdentityCheck(row.identity) if row.identity else None,
        identity_by=row.identity_by,
        proposal=Proposal(row.proposal),
        proposed_by=row.proposed_by,
        refusal=RefusalReason(row.refusal) if row.refusal else None,
        decided_by=row.decided_by,
        grant_until_ms=row.grant_until_ms,
        bundle_ms=row.bundle_ms,
        ended_by=row.ended_by,
        ended_ms=row.ended_ms,
        letter_ms=row.letter_ms,
        held=held,
    )


def _open_name(office: OpenOffice, customer: NumberRecordQueue | None) -> str:
    """The customer's name, where the inventory has it open."""
    field = office.inventory.field(office.inventory.record.name)
    if customer is None or field.data_class is not DataClass.OPEN:
        return ""
    return str(json.loads(customer.open_fields).get(field.name, ""))

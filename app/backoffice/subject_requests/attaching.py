"""A request of somebody who was no customer is found to be a customer's, and that is undone where it was wrong.

The register keeps each as an entry of its own (`request_attachments`), which nothing changes; what the request's row
says of its customer is the last of them. The identity check of an attachment stands in its entry: a document that shows
who wrote a letter does not yet show which customer that is. What was asked in own words goes under the customer's key
with it, and back under the office's; a grant, a copy and an identity check that were made for one customer count for no
other.
"""

from contextlib import suppress
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from app.api.messages.subject_requests import AttachRequest, DetachRequest
from app.backoffice import schema
from app.backoffice.customers import NumberRecordQueue, find_record
from app.backoffice.erasure.asked_by import orders_for
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.subject_requests.outsiders import NOBODY
from app.backoffice.subject_requests.rows import (
    RequestRow,
    attachments_of,
    change,
    customer_of,
    log,
    now_of,
    words_of,
    wrapped_words,
)
from app.backoffice.subject_requests.working import worked_row
from app.backoffice.subject_tables import request_attachments, subject_requests
from app.domain.errors import NotAllowedError
from app.sources.records import BadCellError, normalise

ATTACHED: Final = "request.attached"
DETACHED: Final = "request.detached"


def attach(office: OpenOffice, session: Session, request: bytes, said: AttachRequest) -> None:
    """Keep whose customer's request it was found to be, and how.

    Raises:
        NotAllowedError: code `role`, `no_request`, `changed`, `ended`, `waits`, `attached`, or `no_customer`: none of
            the person's queues has this number. Logged.
    """
    with worked_row(office, session, ATTACHED, request) as (db, row):
        now_of(row).judge_attach()
        customer = _numbered(office, db, session, said.customer_number)
        words = words_of(office, None, row)
        values = {
            "record": customer.record, "queue": customer.queue, "identity": said.identity.value,
            "identity_by": session.name, "identity_ms": office.clock.now_ms(),
            "words": wrapped_words(office, customer, row.id, words),
        }  # fmt: skip
        change(db, row, said.revision, **values)
        _keep(office, db, session, row.id, customer.record, said.identity.value, is_attached=True)
        log(office, db, session, ATTACHED, _anew(db, row.id), detail=f"by={said.identity.value}")


def detach(office: OpenOffice, session: Session, request: bytes, said: DetachRequest) -> None:
    """Undo an attachment that was wrong, by a second entry.

    Raises:
        NotAllowedError: code `role`, `no_request`, `changed`, `ended`, `waits`, `not_attached`, or `ordered`: an order
            to erase that customer answers the request. Logged.
    """
    with worked_row(office, session, DETACHED, request) as (db, row):
        now_of(row, is_attached=bool(attachments_of(db, {row.id}))).judge_detach()
        if orders_for(db, [row]):
            raise NotAllowedError("An order to erase that customer answers this request.", code="ordered")
        customer = customer_of(db, row.record)
        words = words_of(office, customer, row)
        copied = " copied=yes" if row.bundle_ms is not None else ""
        values = {
            "record": NOBODY, "queue": "", "identity": "", "identity_by": "", "identity_ms": None, "bundle_ms": None,
            "grant_until_ms": None, "words": wrapped_words(office, None, row.id, words) if words else None,
        }  # fmt: skip
        change(db, row, said.revision, **values)
        _keep(office, db, session, row.id, row.record, "", is_attached=False)
        log(office, db, session, DETACHED, row, detail=f"identity={row.identity}{copied}")


def _numbered(office: OpenOffice, db: Connection, session: Session, typed: str) -> NumberRecordQueue:
    """A customer of the person's queues by their number.

    Raises:
        NotAllowedError: code `no_customer`.
    """
    customers, kind = schema.customers.c, office.inventory.field(office.inventory.record.number).kind
    with suppress(BadCellError, NotAllowedError):
        number = normalise(kind, typed) or ""
        record = db.execute(select(customers.record).where(customers.number == number)).scalar()
        if record is not None:
            return find_record(office, db, session, bytes(record))
    raise NotAllowedError("No customer of your queues has this number.", code="no_customer")


def _keep(
    office: OpenOffice,
    db: Connection,
    session: Session,
    request: bytes,
    record: bytes,
    identity: str,
    *,
    is_attached: bool,
) -> None:
    last = db.execute(select(func.coalesce(func.max(request_attachments.c.number), 0))).scalar_one()
    values: dict[str, Any] = {
        "number": int(last) + 1, "request": request, "record": record, "is_attached": is_attached,
        "identity": identity, "done_by": session.name, "at_ms": office.clock.now_ms(),
    }  # fmt: skip
    db.execute(insert(request_attachments).values(values))


def _anew(db: Connection, request: bytes) -> RequestRow:
    return db.execute(select(subject_requests).where(subject_requests.c.id == request)).one()

"""Who saw one customer's data: every access that the log knows, for a page and for a document (UU PDP art. 7, 32).

Asking is an access itself: it stands in the log, with the one who asked, before anything is answered. What is answered
was checked against the chain; a log that does not hold gives no list.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.api.messages.who_saw import AskWhoSaw, AskWhoSawPdf
from app.backoffice import schema
from app.backoffice.customers import NumberRecordQueue, visible
from app.backoffice.log_proof import LogProof, check_whole, prove
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.backoffice.who_saw_rows import entries_about, list_of, people_of
from app.domain.access import AccessList, Somebody
from app.domain.errors import InputRefusedError, NotAllowedError
from app.sources.records import BadCellError, normalise

MOST_ON_A_PAGE = 2_000
MOST_IN_A_DOCUMENT = 5_000
READ, MADE = "who_saw.read", "who_saw.pdf"
Tell = Callable[[int, int], None]


def _tell_nobody(_done: int, _total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Answered:
    """A list, and what stands behind it.

    Attributes:
        record: whose.
        found: the accesses.
        proof: what of the log was checked.
        made_by: who asked.
        made_ms: when.
    """

    record: bytes
    found: AccessList
    proof: LogProof
    made_by: Somebody
    made_ms: int


def read_who_saw(office: OpenOffice, session: Session, request: AskWhoSaw) -> Answered:
    """The list for a page; only the newest where there are more than `MOST_ON_A_PAGE`.

    Raises:
        NotAllowedError: code `role_who_saw` or `no_customer`.
        InputRefusedError: code `no_time`: the time ends before it begins.
        VerificationError: code `log`: the log does not hold.
        AuditUnwritableError: the entry cannot be written; nothing is answered.
    """
    return _answer(office, session, request, READ, MOST_ON_A_PAGE)


def list_for_pdf(office: OpenOffice, session: Session, request: AskWhoSawPdf, tell: Tell = _tell_nobody) -> Answered:
    """The list for a document, all of it, with the office's signature under the log as it stands then.

    Args:
        office: the open office.
        session: who asks.
        request: for what.
        tell: called with entries of the log that are read, and with how many there are; what it raises stops this
            before anything is written down or answered.

    Raises:
        NotAllowedError: see `read_who_saw`.
        InputRefusedError: also code `too_much`: more than `MOST_IN_A_DOCUMENT`.
        VerificationError: see there.
        AuditUnwritableError: see there.
    """
    return _answer(office, session, request, MADE, MOST_IN_A_DOCUMENT, tell)


def list_for_bundle(office: OpenOffice, session: Session, request: AskWhoSaw) -> Answered:
    """The list that goes into a copy of the customer's data; it has that copy, too.

    Raises:
        NotAllowedError: see `read_who_saw`.
        VerificationError: see there.
    """
    return _answer(office, session, request, READ, MOST_IN_A_DOCUMENT)


def _answer(
    office: OpenOffice, session: Session, request: AskWhoSaw, event: str, most: int, tell: Tell = _tell_nobody
) -> Answered:
    about = request.record.hex() if request.record is not None else ""
    with refusals_logged(office, session, event, record=about):
        _must_be_allowed(office, session, event)
        if event == MADE:
            check_whole(office, tell)
        return _list(office, session, request, event, most)


def _list(office: OpenOffice, session: Session, request: AskWhoSaw, event: str, most: int) -> Answered:
    """The list, made and proved while others write; its entry alone is written under the lock, before the answer."""
    with office.database.reading() as db:
        customer = _customer(office, db, session, request)
        entries = entries_about(db, customer, request, most)
        if event == MADE and entries.total > most:
            raise InputRefusedError("That is too much for one document. Choose a shorter time.", code="too_much")
        people = people_of(office, db)
        proof = prove(office, db, entries.accesses)
        found = list_of(office, db, customer, request, entries, people)
    language = f" language={request.language}" if isinstance(request, AskWhoSawPdf) else ""
    detail = f"entries={found.total}{language}"
    with office.writing() as db:
        made_ms = office.clock.now_ms()
        if event == MADE:
            prove(office, db, ())  # nothing is signed that came meanwhile and does not hold
        office.log.append(db, event, record=customer.record.hex(), detail=detail, **session.log_fields())
        if event == MADE:
            proof = proof.signed_now(office, db)
    return Answered(customer.record, found, proof, people.somebody(session.name), made_ms)


def _must_be_allowed(office: OpenOffice, session: Session, event: str) -> None:
    policy = office.policy
    may = policy.may_make_who_saw_pdf if event == MADE else policy.may_read_who_saw
    if not may(session.role):
        raise NotAllowedError("This role does not see who saw a customer's data.", code="role_who_saw")


def _customer(office: OpenOffice, db: Connection, session: Session, request: AskWhoSaw) -> NumberRecordQueue:
    """The customer, of the person's queues.

    Raises:
        NotAllowedError: there is none such, or it lies in another queue: one sentence for both.
        InputRefusedError: the time ends before it begins.
    """
    since, until = request.since_ms, request.until_ms
    if since is not None and until is not None and until <= since:
        raise InputRefusedError("The time ends before it begins.", code="no_time")
    table = schema.customers
    query = visible(session, select(table))
    if request.record is not None:
        query = query.where(table.c.record == request.record)
    else:
        query = query.where(table.c.number == _number(office, request.number))
    row = db.execute(query).first()
    if row is None:
        raise NotAllowedError("No customer of your queues has this number.", code="no_customer")
    return row


def _number(office: OpenOffice, typed: str) -> str:
    """The number as an import writes it; what cannot be one is nobody's."""
    try:
        return normalise(office.inventory.field(office.inventory.record.number).kind, typed) or ""
    except BadCellError:
        return ""

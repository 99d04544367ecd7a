"""Writing requests down, and looking at the register.

Anybody who speaks with customers writes one down; privacy officers work the register, and those who are a second person
see it. A request's term is set with its receipt, by the office's clock, and stands in the row for good.
"""

from sqlalchemy import Connection, case, func, select

from app.api.messages.subject_requests import (
    MOST_ROWS,
    OpenedRequest,
    OpenRequest,
    RequestWords,
    SubjectRequests,
)
from app.backoffice.card_gate import kept
from app.backoffice.customers import find_record
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.backoffice.subject_requests.outsiders import NOBODY
from app.backoffice.subject_requests.rows import (
    RequestRow,
    customer_of,
    found_row,
    log,
    messages_of,
    words_of,
    wrapped_words,
)
from app.backoffice.subject_tables import subject_requests
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.plain_words import plain_words
from app.domain.subject_requests.clock import HOUR_MS, due_ms
from app.domain.subject_requests.steps import may_open, may_second, may_work
from app.domain.subject_requests.words import NAMES_PURPOSES, NEEDS_PURPOSES, OF_OUTSIDERS, RequestState

OPENED, READ = "request.opened", "request.read"
_COLUMNS = subject_requests.c
_LONGEST = 1000
_READS_AT_MOST = 5_000


def open_request(office: OpenOffice, session: Session, asked: OpenRequest) -> OpenedRequest:
    """Write a request down; the same one again changes nothing.

    Raises:
        NotAllowedError: code `role`, `not_in_queue`, or `taken`: the id belongs to another request.
        InputRefusedError: code `purposes`, `words`, `kind` or `no_words`. Logged like the rest.
    """
    record = asked.record or NOBODY
    with refusals_logged(office, session, OPENED, record=record.hex(), detail=f"kind={asked.kind.value}"):
        if not may_open(session.role):
            raise NotAllowedError("This role takes no requests of customers.", code="role")
        words = kept(plain_words(asked.words, most=_LONGEST))
        if not (words or record):
            raise InputRefusedError("Write down who asks, and where the letter goes.", code="no_words")
        _judge(office, asked)
        with office.writing() as db:
            customer = find_record(office, db, session, record) if record else None
            old = db.execute(select(subject_requests).where(_COLUMNS.id == asked.id)).first()
            if old is not None:
                return _same(old, session, asked)
            now = office.clock.now_ms()
            received_ms = now - asked.hours_ago * HOUR_MS
            number = 1 + (db.execute(select(func.max(_COLUMNS.number))).scalar() or 0)
            db.execute(
                subject_requests.insert().values(
                    id=asked.id,
                    number=number,
                    record=record,
                    queue=customer.queue if customer is not None else "",
                    kind=asked.kind.value,
                    channel=asked.channel.value,
                    purposes=" ".join(asked.purposes),
                    words=wrapped_words(office, customer, asked.id, words),
                    received_ms=received_ms,
                    opened_ms=now,
                    opened_by=session.name,
                    due_ms=due_ms(received_ms),
                    state=RequestState.OPEN.value,
                    revision=1,
                )
            )
            row = db.execute(select(subject_requests).where(_COLUMNS.id == asked.id)).one()
            written = f" words={office.log.keyed_hash(words)}" if words else ""
            log(office, db, session, OPENED, row, detail=f"channel={asked.channel.value}{written}")
    return OpenedRequest(number=row.number, due_ms=row.due_ms)


def _same(old: RequestRow, session: Session, asked: OpenRequest) -> OpenedRequest:
    if (old.record, old.kind, old.opened_by) != (asked.record or NOBODY, asked.kind.value, session.name):
        raise NotAllowedError("This id belongs to another request.", code="taken")
    return OpenedRequest(number=old.number, due_ms=old.due_ms)


def _judge(office: OpenOffice, asked: OpenRequest) -> None:
    declared = {purpose.name for purpose in office.inventory.purposes}
    named = set(asked.purposes)
    fits = asked.kind in NAMES_PURPOSES if named else asked.kind not in NEEDS_PURPOSES
    if not named <= declared or len(named) != len(asked.purposes) or not fits:
        raise InputRefusedError("Name the purposes of the inventory that the request is about.", code="purposes")
    if asked.record is None and asked.kind not in OF_OUTSIDERS:
        raise InputRefusedError("Whose data we do not hold cannot ask for that.", code="kind")


def must_look(session: Session) -> None:
    """Demand one who works the register, or is its second person.

    Raises:
        NotAllowedError: code `role`.
    """
    if not (may_work(session.role) or may_second(session.role)):
        raise NotAllowedError("This role does not see the requests of customers.", code="role")


def register(office: OpenOffice, session: Session) -> SubjectRequests:
    """The requests about customers of the account's queues, and of who is no customer.

    Open ones come first, by the end of their term, then the newest.

    Raises:
        NotAllowedError: code `role`.
    """
    must_look(session)
    is_over = case((_COLUMNS.state == RequestState.OPEN.value, 0), else_=1)
    order = case((_COLUMNS.state == RequestState.OPEN.value, _COLUMNS.due_ms), else_=-_COLUMNS.ended_ms)
    query = select(subject_requests).order_by(is_over, order, _COLUMNS.number).limit(_READS_AT_MOST)
    with office.database.reading() as db:
        found = messages_of(office, db, db.execute(query))
    mine = [message for queue, message in found if message.record is None or session.sees_queue(queue)]
    return SubjectRequests(
        requests=tuple(mine[:MOST_ROWS]), now_ms=office.clock.now_ms(), left_off=max(0, len(mine) - MOST_ROWS)
    )


def read_words(office: OpenOffice, session: Session, request: bytes) -> RequestWords:
    """What a person asked for in their words; that they were read stands in the log.

    Raises:
        NotAllowedError: code `role` or `no_request`. Logged.
    """
    with refusals_logged(office, session, READ, reference=request.hex()):
        must_look(session)
        with office.writing() as db:
            row = found_row(office, db, session, request)
            words = words_of(office, customer_of(db, row.record), row)
            log(office, db, session, READ, row)
    return RequestWords(words=words)


def open_count(db: Connection) -> int:
    """How many requests are open, over all queues."""
    query = select(func.count()).select_from(subject_requests).where(_COLUMNS.state == RequestState.OPEN.value)
    return int(db.execute(query).scalar_one())

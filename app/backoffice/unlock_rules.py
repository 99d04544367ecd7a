"""What every step of an unlock asks: is it over, whose is it to decide, and how it is written down.

Invariants: time runs out by the wall clock or by the boot clock, whichever is first, so that a clock that is set back
wins no time; each decision is judged, changed and written down in one transaction; a refusal has its entry before the
person hears of it. The class of a request is that of its field in the inventory, whatever its row says.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Row, select

from app.backoffice import schema
from app.backoffice.customers import NumberRecordQueue, find_record, record_key
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.crypto.derive import expand
from app.crypto.labels import lp
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError

Unlock = Row[tuple[object, ...]]
_table = schema.unlocks
_STATES = frozenset({"waiting", "approved", "used", "refused", "asked_back", "revoked", "withdrawn", "expired"})


def boot_ms(office: OpenOffice) -> int:
    """Milliseconds of a clock that nobody sets."""
    return int(office.clock.boot_s() * 1000)


def is_over(office: OpenOffice, row: Unlock) -> bool:
    """Whether the time to decide, or to use what was approved, is up.

    The boot clock counts from the last approval or request; after a restart of the machine it says nothing, and a
    grant has ended with its session's lock.
    """
    by_boot = row.until_boot_ms is not None and boot_ms(office) > row.until_boot_ms
    return bool(by_boot or office.clock.now_ms() > row.until_ms)


def state_of(office: OpenOffice, row: Unlock) -> str:
    """The state of a request; one whose time is up has expired, whatever was stored last, or that is no state."""
    if row.state not in _STATES or (row.state in {"waiting", "approved"} and is_over(office, row)):
        return "expired"
    return str(row.state)


def class_of(office: OpenOffice, row: Unlock) -> DataClass | None:
    """The class of what is asked for; nothing where a row that somebody altered names no sealed field."""
    if not office.inventory.has(row.field) or not office.inventory.field(row.field).is_sealed:
        return None
    return office.inventory.field(row.field).data_class


def may_decide(office: OpenOffice, session: Session, row: Unlock) -> bool:
    """Whether this person decides on a request: not their own, of a class that they hold and may decide."""
    return row.agent != session.name and _holds_and_decides(office, session, row)


def _holds_and_decides(office: OpenOffice, session: Session, row: Unlock) -> bool:
    data_class = class_of(office, row)
    if data_class is None or data_class not in office.book.granted(session.name):
        return False
    return office.policy.may_decide(session.role, data_class)


@contextmanager
def deciding(
    office: OpenOffice, session: Session, event: str, request: bytes
) -> Iterator[tuple[Connection, Unlock, NumberRecordQueue]]:
    """One decision about somebody else's request, and its entry where it is refused.

    Yields:
        The transaction, the request and its customer.

    Raises:
        NotAllowedError: `expired` (or never there), `own_request`, `class_not_held`, `not_in_queue`, or what the block
            raises. Logged.
    """
    row: Unlock | None = None
    try:
        with office.writing() as db:
            row = db.execute(select(_table).where(_table.c.id == request)).first()
            known = _theirs(office, session, row)
            yield db, known, find_record(office, db, session, known.record)
    except NotAllowedError as e:
        refused(office, session, event, row, request, e.code)
        raise


def _theirs(office: OpenOffice, session: Session, row: Unlock | None) -> Unlock:
    if row is None:
        raise NotAllowedError("There is no such request.", code="expired")
    if row.agent == session.name:
        raise NotAllowedError("You cannot decide your own request.", code="own_request")
    if not _holds_and_decides(office, session, row):
        raise NotAllowedError(
            "You cannot open this class yourself, so you cannot open it for others.", code="class_not_held"
        )
    return row


def must_wait(office: OpenOffice, row: Unlock) -> None:
    """Demand that a request still waits for a decision.

    Raises:
        NotAllowedError: `withdrawn`, `expired`, or `decided` by somebody.
    """
    state = state_of(office, row)
    if state == "withdrawn":
        raise NotAllowedError("The agent took this request back.", code="withdrawn")
    if state == "expired":
        raise NotAllowedError("This request is over.", code="expired")
    if state != "waiting":
        raise NotAllowedError("This request was decided already.", code="decided")


def text_key(office: OpenOffice, customer: NumberRecordQueue, request: bytes) -> tuple[bytes, bytes]:
    """Key and associated data of a request's free text: under Z, so that it goes with the customer."""
    aad = lp("unlock-text", office.id, customer.record, request)
    return expand(record_key(office, customer), aad), aad


def append(
    office: OpenOffice,
    db: Connection,
    session: Session,
    event: str,
    row: Unlock,
    *,
    outcome: str = "ok",
    reason: str = "",
    **rest: str,
) -> None:
    """Write down what became of a request, in the transaction that it belongs to."""
    write_down(office, db, session, event, (row.id, row.record, row.field), outcome=outcome, reason=reason, **rest)


def write_down(
    office: OpenOffice,
    db: Connection,
    session: Session,
    event: str,
    asked: tuple[bytes, bytes, str],
    **rest: str,
) -> None:
    """Write down something about a request, which need not stand in the table.

    Args:
        office: the open office.
        db: the transaction.
        session: who acts.
        event: what happened.
        asked: id, record and field; a field that the inventory does not know is left out.
        rest: further columns of the entry.
    """
    request, record, field = asked
    known = office.inventory.has(field)
    office.log.append(
        db,
        event,
        record=record.hex(),
        field=field if known else "",
        data_class=office.inventory.field(field).data_class.value if known else "",
        reference=request.hex(),
        **rest,
        **session.log_fields(),
    )


def refused(office: OpenOffice, session: Session, event: str, row: Unlock | None, request: bytes, code: str) -> None:
    """Write down that something about a request was refused, in a transaction of its own."""
    agent = row.agent if row is not None and row.agent != session.name else ""
    asked = (request, row.record, row.field) if row is not None else (request, b"", "")
    with office.writing() as db:
        write_down(office, db, session, event, asked, outcome="refused", reason=code, acting_with=agent)

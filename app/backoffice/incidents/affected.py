"""Whom an incident touched, found in the audit log: customers whose data came before somebody within its scope.

The log is checked as a whole first: a list out of a log that does not hold would tell a customer that nothing happened.
Nothing is kept; the same scope gives the same list for as long as the log stands.
"""

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.api.messages.incidents import MOST_AFFECTED, Affected, AffectedRow
from app.backoffice import schema
from app.backoffice.accesses import NOT_USED, USE, USE_END
from app.backoffice.acting import for_the_office
from app.backoffice.incidents.rows import Incident, found, log, must_work
from app.backoffice.log_proof import check_whole
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError
from app.domain.incidents.words import EXPOSING_EVENTS

LISTED = "incident.affected"
_log = schema.audit.c
_AT_ONCE = 500


def affected_of(office: OpenOffice, session: Session, key: bytes) -> Affected:
    """The list, by customer number; that it was made stands in the log, with how many there are.

    Raises:
        NotAllowedError: code `role`, `no_incident` or `no_scope`. Logged.
        VerificationError: code `log`: the log does not hold.
    """
    with refusals_logged(office, session, LISTED, reference=key.hex()):
        must_work(session)
        with office.database.reading() as db:
            row = found(db, key)
            if row.since_ms is None:
                raise NotAllowedError("Say first what the incident is about.", code="no_scope")
        check_whole(office, lambda _done, _total: None)
        with office.database.reading() as db:
            rows = affected_in(db, row)
            entry = office.log.head(db)[0]
        with office.writing() as db:
            log(office, db, session, LISTED, row, f"affected={len(rows)}")
    return Affected(rows=tuple(rows[:MOST_AFFECTED]), total=len(rows), entry=entry)


def affected_in(db: Connection, row: Incident) -> list[AffectedRow]:
    """All whom it touched; customers who are gone come last, by record."""
    times, classes = dict[str, int](), defaultdict[str, set[str]](set)
    query = (
        select(_log.record, _log.data_class, func.count().label("times"))
        .where(*_within(row))
        .group_by(_log.record, _log.data_class)
    )
    for found_ in db.execute(query):
        times[found_.record] = times.get(found_.record, 0) + found_.times
        classes[found_.record].add(found_.data_class or "open")
    numbers = _numbers(db, list(times))
    rows = [
        AffectedRow(
            record=record,
            customer_number=numbers.get(record, ""),
            times=count,
            classes=tuple(sorted(classes[record])),
        )
        for record, count in times.items()
    ]
    return sorted(rows, key=lambda one: (not one.customer_number, one.customer_number, one.record))


def classes_in(rows: list[AffectedRow]) -> tuple[str, ...]:
    """The classes of data that came before somebody, of all of them."""
    return tuple(sorted({name for row in rows for name in row.classes}))


def _within(row: Incident) -> list[ColumnElement[bool]]:
    """Entries with which a customer's data came before somebody, that fit all that the scope names."""
    unused = select(_log.reference).where(_log.event == USE_END, _log.reason.in_(sorted(NOT_USED)))
    wanted: list[ColumnElement[bool]] = [
        _log.at_ms >= row.since_ms,
        _log.at_ms < row.until_ms,
        _log.event.in_(sorted(EXPOSING_EVENTS)),
        _log.outcome == "ok",
        _log.record != "",
        or_(_log.event != USE, _log.reference.not_in(unused)),
    ]
    if row.account:
        wanted.append(or_(_log.actor == row.account, and_(_log.acting_with == row.account, _log.acting_with != "")))
    if row.seat:
        wanted.append(_log.seat == row.seat)
    if row.data_class:
        wanted.append(_log.data_class == row.data_class)
    return wanted


def _numbers(db: Connection, records: list[str]) -> dict[str, str]:
    table, numbers = schema.customers, dict[str, str]()
    with for_the_office(db):  # an incident knows no queues
        for at in range(0, len(records), _AT_ONCE):
            wanted = [bytes.fromhex(record) for record in records[at : at + _AT_ONCE]]
            query = select(table.c.record, table.c.number).where(table.c.record.in_(wanted))
            numbers |= {row.record.hex(): row.number for row in db.execute(query)}
    return numbers

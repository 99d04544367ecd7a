"""Calling to mind what has a term: open requests of customers, and incidents of which somebody must still be told.

After so many hours (`app.domain.subject_requests.clock.REMINDERS_H`), and once the term is over, an entry of the log
says so, and goes with the log wherever that goes (SIEM). Each hour is called once: the log itself says what it has
called. A clock that stands before what was written down calls nothing.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from app.backoffice import schema
from app.backoffice.incident_tables import incidents
from app.backoffice.incidents.rows import now_of
from app.backoffice.office import OpenOffice
from app.backoffice.subject_tables import subject_requests
from app.domain.incidents.words import IncidentState
from app.domain.subject_requests.clock import HOUR_MS, REMINDERS_H, TERM_MS, hours_called, standing
from app.domain.subject_requests.words import RequestState

REQUEST, INCIDENT = "request.due", "incident.due"
_MOST = 1_000
_log = schema.audit.c


def remind(office: OpenOffice, db: Connection) -> int:
    """Write down what is due to be called, in a transaction that acts for the office; how much that was."""
    now_ms = office.clock.now_ms()
    return _requests(office, db, now_ms) + _incidents(office, db, now_ms)


def _requests(office: OpenOffice, db: Connection, now_ms: int) -> int:
    columns, first_ms = subject_requests.c, now_ms - REMINDERS_H[0] * HOUR_MS
    open_ones = (columns.state == RequestState.OPEN.value, columns.received_ms <= first_ms)
    rows = db.execute(select(subject_requests).where(*open_ones).order_by(columns.due_ms).limit(_MOST)).all()
    called = 0
    for row in rows:
        hours = hours_called(standing(row.received_ms, row.opened_ms, None, now_ms))
        called += _call(office, db, REQUEST, row, hours, f"kind={row.kind}", record=row.record.hex())
    return called


def _incidents(office: OpenOffice, db: Connection, now_ms: int) -> int:
    columns = incidents.c
    open_ones = (
        columns.state.in_((IncidentState.REPORTED.value, IncidentState.CONFIRMED.value)),
        columns.is_drill.is_(False),
    )
    rows = db.execute(select(incidents).where(*open_ones).order_by(columns.t0_ms).limit(_MOST)).all()
    called = 0
    for row in rows:
        clock = now_of(row).clock(now_ms)
        if clock is not None:
            called += _call(office, db, INCIDENT, row, hours_called(clock), f"state={row.state}")
    return called


def _call(
    office: OpenOffice, db: Connection, event: str, row: Row[Any], hours: int, detail: str, record: str = ""
) -> int:
    """An entry, unless these hours or later ones were called; how many were written."""
    if not hours:
        return 0
    said = (_log.event == event, _log.reference == row.id.hex(), _log.at_ms >= row_begins(row))
    before = db.execute(select(_log.reason).where(*said)).scalars()
    if any(int(reason) >= hours for reason in before if reason.isdigit()):
        return 0
    late = "yes" if hours * HOUR_MS >= TERM_MS else "no"
    what = f"number={row.number} {detail} late={late}"
    office.log.append(db, event, record=record, reference=row.id.hex(), reason=str(hours), detail=what)
    return 1


def row_begins(row: Row[Any]) -> int:
    """The earliest moment at which an entry may have called a row; the log has an index of events by time."""
    return int(row.received_ms if "received_ms" in row._mapping else row.t0_ms)

"""Rows of incidents: finding, changing, and what was written, wrapped under a key of the office.

key = expand(log key, LP("incident-text", O, id, which)), aad the same LP: words about an incident may name anybody, and
belong to no single customer. Whoever changes a row names the revision that they saw.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from app.api.messages.incidents import IncidentRow
from app.backoffice.incident_tables import incidents
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import expand
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.incidents.rules import IncidentNow, may_work
from app.domain.incidents.words import IncidentState, Origin, Suspicion, Told
from app.domain.subject_requests.clock import due_ms

Incident = Row[Any]
_COLUMNS = incidents.c


def text_info(office: bytes, key: bytes, which: str) -> bytes:
    """What the key of one text is made for, and what it is bound to."""
    return lp("incident-text", office, key, which)


def wrapped(office: OpenOffice, key: bytes, which: str, words: str) -> bytes | None:
    """A text as it is stored; None for none."""
    info = text_info(office.id, key, which)
    return wrap(expand(office.keys.log_key, info), words.encode(), info) if words else None


def text_of(office: OpenOffice, key: bytes, which: str, stored: bytes | None) -> str:
    """The text, empty where there is none or somebody has put another row's there."""
    if stored is None:
        return ""
    info = text_info(office.id, key, which)
    try:
        return unwrap(expand(office.keys.log_key, info), stored, info).decode()
    except SealError:
        return ""


def must_work(session: Session) -> None:
    """Demand a privacy officer.

    Raises:
        NotAllowedError: code `role`.
    """
    if not may_work(session.role):
        raise NotAllowedError("Only privacy officers work on incidents.", code="role")


def found(db: Connection, key: bytes) -> Incident:
    """An incident.

    Raises:
        NotAllowedError: code `no_incident`.
    """
    row = db.execute(select(incidents).where(_COLUMNS.id == key)).first()
    if row is None:
        raise NotAllowedError("There is no such incident.", code="no_incident")
    return row


def now_of(row: Incident) -> IncidentNow:
    """A row, as the rules judge it."""
    return IncidentNow(
        IncidentState(row.state), row.reported_ms, row.t0_ms, told_of(row), row.closed_ms, row.since_ms is not None
    )


def told_of(row: Incident) -> dict[Told, int]:
    """When who was told."""
    return {who: at for who in Told if (at := row._mapping[f"{who.value}_ms"]) is not None}


def change(db: Connection, row: Incident, revision: int, **values: Any) -> None:
    """Change a row that is as it was seen.

    Raises:
        NotAllowedError: code `changed`: somebody else was first.
    """
    if row.revision != revision:
        raise NotAllowedError("Somebody else has changed this incident. Look again.", code="changed")
    db.execute(incidents.update().where(_COLUMNS.id == row.id).values(revision=row.revision + 1, **values))


def log(office: OpenOffice, db: Connection, session: Session, event: str, row: Incident, detail: str = "") -> int:
    """Write down what was done about an incident; a drill says that it is one."""
    said = f"number={row.number} drill={'yes' if row.is_drill else 'no'}" + (f" {detail}" if detail else "")
    return office.log.append(
        db, event, reason=row.suspicion, reference=row.id.hex(), detail=said, **session.log_fields()
    )


def message(row: Incident) -> IncidentRow:
    """A row as consoles get it."""
    return IncidentRow(
        id=row.id,
        number=row.number,
        is_drill=row.is_drill,
        suspicion=Suspicion(row.suspicion),
        state=IncidentState(row.state),
        revision=row.revision,
        reported_ms=row.reported_ms,
        reported_by=row.reported_by,
        reported_at=row.reported_at,
        t0_ms=row.t0_ms,
        due_ms=due_ms(row.t0_ms),
        since_ms=row.since_ms,
        until_ms=row.until_ms,
        account=row.account,
        seat=row.seat,
        data_class=DataClass(row.data_class) if row.data_class else None,
        told=told_of(row),
        closed_ms=row.closed_ms,
        origin=Origin(row.origin),
        made_ms=row.made_ms,
        locked_account=row.locked_account,
        brought_by=row.brought_by,
    )

"""Reporting a suspicion, and looking at what was reported.

Everybody reports, from wherever they are: what they saw comes first, and whether it is an incident is judged later by
somebody else. Its clock runs from the report on.
"""

from sqlalchemy import Connection, case, func, select

from app.api.messages.incidents import (
    LONGEST_WORDS,
    MOST_INCIDENTS,
    MOST_TIMELINE,
    Incidents,
    OpenedIncident,
    Reported,
    ReportSuspicion,
    TimelineLine,
)
from app.backoffice import schema
from app.backoffice.card_gate import kept
from app.backoffice.incident_tables import incident_notes, incidents
from app.backoffice.incidents.rows import Incident, found, log, message, must_work, text_of, wrapped
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError
from app.domain.incidents.rules import may_report
from app.domain.incidents.words import IncidentState, NoteKind, Suspicion
from app.domain.plain_words import plain_words

REPORTED, READ = "incident.reported", "incident.read"
_COLUMNS = incidents.c
_log = schema.audit.c


def report(office: OpenOffice, session: Session, said: ReportSuspicion) -> Reported:
    """Take a report; the same one again changes nothing. The log is signed behind it.

    Raises:
        NotAllowedError: code `role` or `taken`: the id belongs to another report.
        InputRefusedError: code `words`. Logged.
    """
    with refusals_logged(office, session, REPORTED):
        if not may_report(session.role):
            raise NotAllowedError("This account is not a person.", code="role")
        words = kept(plain_words(said.words, most=LONGEST_WORDS))
        with office.writing() as db:
            old = db.execute(select(incidents).where(_COLUMNS.id == said.id)).first()
            if old is not None:
                return _same(old, session, said)
            who = {"reported_by": session.name, "reported_at": session.seat}
            put(office, db, said.id, said.suspicion, words, is_drill=said.is_drill, **who)
            row = found(db, said.id)
            written = f"words={office.log.keyed_hash(words)}" if words else ""
            log(office, db, session, REPORTED, row, written)
            office.log.checkpoint(db)
    return Reported(number=row.number)


def put(
    office: OpenOffice,
    db: Connection,
    key: bytes,
    suspicion: Suspicion,
    words: str,
    *,
    is_drill: bool = False,
    **origin: str | int,
) -> None:
    """Put a suspicion down under the next number; the office knows of it from now on.

    Args:
        office: whose.
        db: a transaction that writes.
        key: its id.
        suspicion: what it looks like.
        words: what was written, as it may be kept.
        is_drill: whether it is one.
        origin: who reported it where, by the table's columns.
    """
    now = office.clock.now_ms()
    db.execute(
        incidents.insert().values(
            id=key,
            number=1 + (db.execute(select(func.max(_COLUMNS.number))).scalar() or 0),
            is_drill=is_drill,
            suspicion=suspicion.value,
            words=wrapped(office, key, "words", words),
            reported_ms=now,
            state=IncidentState.REPORTED.value,
            revision=1,
            t0_ms=now,
            **origin,
        )
    )


def _same(old: Incident, session: Session, said: ReportSuspicion) -> Reported:
    if (old.reported_by, old.suspicion, old.is_drill) != (session.name, said.suspicion.value, said.is_drill):
        raise NotAllowedError("This id belongs to another report.", code="taken")
    return Reported(number=old.number)


def all_incidents(office: OpenOffice, session: Session) -> Incidents:
    """All of them: what is open by its T0, then the newest.

    Raises:
        NotAllowedError: code `role`.
    """
    must_work(session)
    is_open = _COLUMNS.state.in_((IncidentState.REPORTED.value, IncidentState.CONFIRMED.value))
    order = (case((is_open, 0), else_=1), case((is_open, _COLUMNS.t0_ms), else_=-_COLUMNS.reported_ms))
    with office.database.reading() as db:
        total = int(db.execute(select(func.count()).select_from(incidents)).scalar_one())
        rows = db.execute(select(incidents).order_by(*order).limit(MOST_INCIDENTS)).all()
    return Incidents(
        incidents=tuple(message(row) for row in rows),
        now_ms=office.clock.now_ms(),
        left_off=max(0, total - MOST_INCIDENTS),
    )


def read(office: OpenOffice, session: Session, key: bytes) -> OpenedIncident:
    """One with what was written, and its timeline out of the log; that it was read stands there.

    Raises:
        NotAllowedError: code `role` or `no_incident`. Logged.
    """
    with refusals_logged(office, session, READ, reference=key.hex()):
        must_work(session)
        with office.writing() as db:
            row = found(db, key)
            logged = (
                select(_log.at_ms, _log.actor, _log.event, _log.detail)
                .where(_log.event.like("incident.%"), _log.event != READ, _log.outcome == "ok")
                .where(_log.reference == key.hex(), _log.at_ms >= row.reported_ms)
                .order_by(_log.number.desc())
                .limit(MOST_TIMELINE)
            )
            lines = [
                TimelineLine(at_ms=entry.at_ms, by=entry.actor, event=entry.event, detail=entry.detail)
                for entry in db.execute(logged)
            ]
            notes = select(incident_notes).where(incident_notes.c.incident == key).limit(MOST_TIMELINE)
            lines += [
                TimelineLine(
                    at_ms=note.at_ms,
                    by=note.written_by,
                    kind=NoteKind(note.kind),
                    words=text_of(office, note.id, note.kind, note.words),
                )
                for note in db.execute(notes)
            ]
            log(office, db, session, READ, row)
    texts = {which: text_of(office, row.id, which, row._mapping[which]) for which in _TEXTS}
    lines.sort(key=lambda line: (line.at_ms, line.event))
    return OpenedIncident(row=message(row), timeline=tuple(lines), **texts)


_TEXTS = ("words", "how", "handling", "recovery")

"""What privacy officers do about an incident. Each step is one transaction with its entry in the log."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select

from app.api.messages.incidents import (
    LONGEST_WORDS,
    AffectedRow,
    AskIncidentLetter,
    AtRevision,
    ConfirmIncident,
    SayTold,
    SetScope,
    SetTexts,
    WriteNote,
)
from app.backoffice.card_gate import kept
from app.backoffice.incident_tables import incident_notes
from app.backoffice.incidents.affected import affected_in, classes_in
from app.backoffice.incidents.rows import Incident, change, found, log, must_work, now_of, text_of, wrapped
from app.backoffice.letter_paper import letter_pdf
from app.backoffice.letter_sender import sender_of
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.access_words import AccessWords
from app.domain.errors import NotAllowedError
from app.domain.incidents.letters import IncidentFacts, letter_to
from app.domain.incidents.rules import Scope
from app.domain.incidents.words import IncidentState
from app.domain.plain_words import plain_words
from app.domain.subject_requests.clock import due_ms

CONFIRMED, DISMISSED, SCOPED, WRITTEN = (
    "incident.confirmed",
    "incident.dismissed",
    "incident.scoped",
    "incident.written",
)
NOTED, TOLD, LETTER, CLOSED = "incident.noted", "incident.told", "incident.letter", "incident.closed"


@contextmanager
def _row(office: OpenOffice, session: Session, event: str, key: bytes) -> Iterator[tuple[Connection, Incident]]:
    """A row that a privacy officer works on, in a transaction of its own.

    Raises:
        NotAllowedError: code `role` or `no_incident`. Logged, like what the block refuses.
    """
    with refusals_logged(office, session, event, reference=key.hex()):
        must_work(session)
        with office.writing() as db:
            yield db, found(db, key)


def confirm(office: OpenOffice, session: Session, key: bytes, said: ConfirmIncident) -> None:
    """It is an incident, and known since T0.

    Raises:
        NotAllowedError: code `role`, `no_incident`, `changed`, `state` or `t0`.
    """
    with _row(office, session, CONFIRMED, key) as (db, row):
        now_of(row).judge_t0(said.t0_ms)
        change(db, row, said.revision, state=IncidentState.CONFIRMED.value, t0_ms=said.t0_ms)
        log(office, db, session, CONFIRMED, row, f"t0={said.t0_ms}")


def dismiss(office: OpenOffice, session: Session, key: bytes, said: AtRevision) -> None:
    """It is none; why is a note of its timeline, which comes first.

    Raises:
        NotAllowedError: code `role`, `no_incident`, `changed`, `state` or `no_note`.
    """
    with _row(office, session, DISMISSED, key) as (db, row):
        now_of(row).must_be(IncidentState.REPORTED)
        notes = select(incident_notes.c.id).where(incident_notes.c.incident == key)
        if db.execute(notes.limit(1)).first() is None:
            raise NotAllowedError("Write in the timeline why it is no incident.", code="no_note")
        now = office.clock.now_ms()
        change(db, row, said.revision, state=IncidentState.DISMISSED.value, closed_ms=now, closed_by=session.name)
        log(office, db, session, DISMISSED, row)


def set_scope(office: OpenOffice, session: Session, key: bytes, said: SetScope) -> None:
    """Say what it is about.

    Raises:
        NotAllowedError: code `role`, `no_incident`, `changed`, `state`, `span` or `no_scope`.
    """
    data_class = said.data_class.value if said.data_class is not None else ""
    scope = Scope(said.since_ms, said.until_ms, said.account, said.seat, data_class)
    with _row(office, session, SCOPED, key) as (db, row):
        now_of(row).must_be(IncidentState.REPORTED, IncidentState.CONFIRMED)
        scope.judge(office.clock.now_ms())
        change(
            db, row, said.revision, since_ms=scope.since_ms, until_ms=scope.until_ms, account=scope.account,
            seat=scope.seat, data_class=scope.data_class,
        )  # fmt: skip
        named = " ".join(name for name in ("account", "seat", "data_class") if getattr(scope, name)).replace(" ", "+")
        log(office, db, session, SCOPED, row, f"since={scope.since_ms} until={scope.until_ms} by={named}")


def set_texts(office: OpenOffice, session: Session, key: bytes, said: SetTexts) -> None:
    """Keep what the letters say in the officer's words.

    Raises:
        NotAllowedError: code `role`, `no_incident`, `changed` or `state`.
        InputRefusedError: code `words`.
    """
    texts = {which: kept(plain_words(getattr(said, which), most=LONGEST_WORDS)) for which in _TEXTS}
    with _row(office, session, WRITTEN, key) as (db, row):
        now_of(row).must_be(IncidentState.REPORTED, IncidentState.CONFIRMED)
        stored = {which: wrapped(office, key, which, text) for which, text in texts.items()}
        change(db, row, said.revision, **stored)
        hashes = " ".join(f"{which}={office.log.keyed_hash(text)}" for which, text in texts.items() if text)
        log(office, db, session, WRITTEN, row, hashes)


_TEXTS = ("how", "handling", "recovery")


def write_note(office: OpenOffice, session: Session, key: bytes, said: WriteNote) -> None:
    """Write a line for the timeline, or a lesson: also to one that is closed, since lessons come late.

    Raises:
        NotAllowedError: code `role`, `no_incident` or `taken`.
        InputRefusedError: code `words`.
    """
    words = kept(plain_words(said.words, most=LONGEST_WORDS))
    with _row(office, session, NOTED, key) as (db, row):
        old = db.execute(select(incident_notes).where(incident_notes.c.id == said.id)).first()
        if old is not None:
            if (old.incident, old.written_by, old.kind) != (key, session.name, said.kind.value):
                raise NotAllowedError("This id belongs to another note.", code="taken")
            return
        db.execute(
            incident_notes.insert().values(
                id=said.id,
                incident=key,
                kind=said.kind.value,
                at_ms=office.clock.now_ms(),
                written_by=session.name,
                words=wrapped(office, said.id, said.kind.value, words) or b"",
            )
        )
        log(office, db, session, NOTED, row, f"kind={said.kind.value} words={office.log.keyed_hash(words)}")


def say_told(office: OpenOffice, session: Session, key: bytes, said: SayTold) -> None:
    """Somebody was told: by the office's clock now, once, and late if it is late.

    Raises:
        NotAllowedError: code `role`, `no_incident`, `changed`, `state` or `told`.
    """
    with _row(office, session, TOLD, key) as (db, row):
        now = now_of(row)
        now.must_be(IncidentState.CONFIRMED)
        if said.who in now.told:
            raise NotAllowedError("They were told already.", code="told")
        at_ms = office.clock.now_ms()
        change(db, row, said.revision, **{f"{said.who.value}_ms": at_ms})
        late = "yes" if at_ms > due_ms(row.t0_ms) else "no"
        log(office, db, session, TOLD, row, f"who={said.who.value} late={late}")


def close(office: OpenOffice, session: Session, key: bytes, said: AtRevision) -> None:
    """Close it.

    Raises:
        NotAllowedError: code `role`, `no_incident`, `changed`, `state`, `no_scope` or `not_told`.
    """
    with _row(office, session, CLOSED, key) as (db, row):
        now_of(row).judge_close()
        now = office.clock.now_ms()
        change(db, row, said.revision, state=IncidentState.CLOSED.value, closed_ms=now, closed_by=session.name)
        log(office, db, session, CLOSED, row)
        office.log.checkpoint(db)


def make_letter(office: OpenOffice, session: Session, key: bytes, asked: AskIncidentLetter) -> bytes:
    """A letter of art. 46, or the public notice, as a PDF.

    Raises:
        NotAllowedError: code `role`, `no_incident` or `state`.
    """
    with _row(office, session, LETTER, key) as (db, row):
        now_of(row).must_be(IncidentState.CONFIRMED, IncidentState.CLOSED)
        facts = facts_of(office, row, affected_in(db, row) if row.since_ms is not None else None)
        words = AccessWords(asked.language, office.inventory, office.policy)
        now_ms = office.clock.now_ms()
        letter = letter_to(asked.who, facts, sender_of(office), asked.language, now_ms, words.moment)
        pdf = letter_pdf(letter, now_ms)
        digest = hashlib.sha256(pdf).hexdigest()[:16]
        log(office, db, session, LETTER, row, f"to={asked.who.value} language={asked.language} sha256={digest}")
    return pdf


def facts_of(office: OpenOffice, row: Incident, affected: list[AffectedRow] | None) -> IncidentFacts:
    """What letters about an incident are filled in from; `affected` is None while nobody knows whom it touched."""
    return IncidentFacts(
        number=row.number,
        is_drill=row.is_drill,
        t0_ms=row.t0_ms,
        due_ms=due_ms(row.t0_ms),
        since_ms=row.since_ms,
        until_ms=row.until_ms,
        classes=classes_in(affected) if affected else (),
        affected=len(affected) if affected is not None else None,
        how=text_of(office, row.id, "how", row.how),
        handling=text_of(office, row.id, "handling", row.handling),
        recovery=text_of(office, row.id, "recovery", row.recovery),
    )

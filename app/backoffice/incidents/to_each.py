"""A letter of art. 46 for each customer whom an incident touched: what the log says was disclosed, in both languages.

They are made in parts, since there may be thousands. The first part checks the whole log; each one after it needs a
first part of the same session. Each letter is an entry of the log under its customer's record, with the digest of its
file; the letter itself is kept nowhere.
"""

import hashlib
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, select

from app.api.messages.incidents import AffectedRow, AskEachLetter, EachLetter, EachLetters
from app.backoffice import schema
from app.backoffice.incidents.affected import affected_in
from app.backoffice.incidents.rows import Incident, found, log, must_work, now_of
from app.backoffice.incidents.working import facts_of
from app.backoffice.letter_paper import letters_pdf
from app.backoffice.letter_sender import sender_of
from app.backoffice.log_proof import check_whole
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.access_words import AccessWords
from app.domain.errors import NotAllowedError
from app.domain.incidents.letters import IncidentFacts, letter_to
from app.domain.incidents.words import IncidentState, Told

MADE, TO_ONE = "incident.letters", "incident.letter_to_one"
AT_ONCE: Final = 40
"""Letters in a part: about a second of work."""
LANGUAGES: Final = ("id", "en")
_log = schema.audit.c


def letters_to_each(office: OpenOffice, session: Session, key: bytes, asked: AskEachLetter) -> EachLetters:
    """The next part of the letters, by customer number; customers who are gone are counted and get none.

    Raises:
        NotAllowedError: code `role`, `no_incident`, `state`, `no_scope`, or `no_first`: the log was not checked for
            this session. Logged.
        VerificationError: code `log`: the log does not hold.
        AuditUnwritableError: the entries cannot be written; no letter is handed out.
    """
    with refusals_logged(office, session, MADE, reference=key.hex()):
        must_work(session)
        with office.database.reading() as db:
            row = found(db, key)
            now_of(row).must_be(IncidentState.CONFIRMED, IncidentState.CLOSED)
            if row.since_ms is None:
                raise NotAllowedError("Say first what the incident is about.", code="no_scope")
            if asked.after and not _has_begun(db, session, key):
                raise NotAllowedError("Begin with the first letter.", code="no_first")
        if not asked.after:
            check_whole(office, lambda _done, _total: None)
        with office.database.reading() as db:
            everybody = affected_in(db, row)
            facts = facts_of(office, row, everybody)
        reached = [one for one in everybody if one.customer_number]
        left = [one for one in reached if one.customer_number > asked.after]
        letters = tuple(_letter(office, facts, one) for one in left[:AT_ONCE])
        with office.writing() as db:
            _write_down(office, db, session, row, asked.after, left[:AT_ONCE], letters)
    is_last = len(left) <= AT_ONCE
    return EachLetters(
        letters=letters,
        after="" if is_last else letters[-1].customer_number,
        done=len(reached) - len(left) + len(letters),
        total=len(reached),
        gone=len(everybody) - len(reached),
    )


def _has_begun(db: Connection, session: Session, key: bytes) -> bool:
    mine = (_log.event == MADE, _log.outcome == "ok", _log.reference == key.hex(), _log.session == session.id.hex())
    return db.execute(select(_log.number).where(*mine).limit(1)).first() is not None


def _letter(office: OpenOffice, facts: IncidentFacts, one: AffectedRow) -> EachLetter:
    """The letter to one, in both languages after each other."""
    own = replace(facts, classes=one.classes, customer=one.customer_number)
    said_by = [AccessWords(language, office.inventory, office.policy) for language in LANGUAGES]
    now_ms, sender = office.clock.now_ms(), sender_of(office)
    letters = [letter_to(Told.SUBJECTS, own, sender, words.language, now_ms, words.moment) for words in said_by]
    return EachLetter(
        customer_number=one.customer_number,
        reference=own.reference,
        times=one.times,
        classes=one.classes,
        pdf=letters_pdf(letters, now_ms),
    )


def _write_down(
    office: OpenOffice,
    db: Connection,
    session: Session,
    row: Incident,
    after: str,
    touched: list[AffectedRow],
    letters: tuple[EachLetter, ...],
) -> None:
    for one, letter in zip(touched, letters, strict=True):
        digest = hashlib.sha256(letter.pdf).hexdigest()[:16]
        office.log.append(
            db, TO_ONE, record=one.record, reference=row.id.hex(), detail=f"number={row.number} sha256={digest}",
            **session.log_fields(),
        )  # fmt: skip
    part = "next" if after else "first"
    log(office, db, session, MADE, row, f"part={part} letters={len(letters)}")

"""What was said to flags of the exposure ledger: who acknowledged which, up to which value, and their comment.

The comment is free text, so it stays out of the log, which has a keyed hash; it is wrapped, under the customer's key
where the flag is about a customer, and can be erased. key = expand(Z or log key, LP("flag-comment", O, id)), aad the
same LP.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from app.api.messages.exposures import AcknowledgeFlag, FlagMark
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.customers import record_key
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import expand
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import NotAllowedError
from app.domain.exposures.words import Rule

ACKNOWLEDGE, ERASE = "exposures.acknowledge", "exposures.erase_comment"
_table = schema.exposure_answers
Answer = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers to flags of a stretch of days."""

    rows: tuple[Answer, ...]

    def to(self, rule: Rule, subject: str, since_ms: int, until_ms: int) -> Answer | None:
        """The answer to a flag: of those of the same rule and subject that overlap it, the one to the highest value."""
        mine = [r for r in self.rows if (r.rule, r.subject) == (rule.value, subject)]
        same = [r for r in mine if r.since_ms < until_ms and since_ms < r.until_ms]
        return max(same, key=lambda r: (r.value, r.at_ms), default=None)


def answers_since(db: Connection, since_ms: int) -> Answers:
    """Answers to flags that reach into the time from `since_ms` on."""
    return Answers(tuple(db.execute(select(_table).where(_table.c.until_ms > since_ms)).all()))


def store_answer(office: OpenOffice, db: Connection, session: Session, said: AcknowledgeFlag) -> None:
    """Keep an answer and write it down, in the caller's transaction."""
    key = secrets.token_bytes(16)
    values = {"rule": said.rule.value, "subject": said.subject, "since_ms": said.since_ms, "until_ms": said.until_ms}
    db.execute(
        _table.insert().values(
            id=key,
            **values,
            value=said.value,
            acknowledged_by=session.name,
            at_ms=office.clock.now_ms(),
            comment=_wrap(office, db, said, key),
        )
    )
    detail = f"rule={said.rule.value} value={said.value} words={office.log.keyed_hash(said.comment)}"
    office.log.append(
        db, ACKNOWLEDGE, reference=key.hex(), detail=detail, **subject_fields(said), **session.log_fields()
    )


def subject_fields(mark: FlagMark) -> dict[str, str]:
    """Whom or what a flag is about, for the log."""
    return {"record": mark.subject} if mark.rule is Rule.SAME_CUSTOMER else {"acting_with": mark.subject}


def erase_comment(office: OpenOffice, db: Connection, session: Session, mark: FlagMark) -> None:
    """Erase the comment of a flag, in the caller's transaction; that it was acknowledged stays.

    Raises:
        NotAllowedError: code `role`, or `no_comment`.
    """
    if not office.policy.may_erase_comments(session.role):
        raise NotAllowedError("This role does not erase comments.", code="role")
    answer = answers_since(db, mark.since_ms).to(mark.rule, mark.subject, mark.since_ms, mark.until_ms)
    if answer is None or answer.comment is None:
        raise NotAllowedError("This flag has no comment.", code="no_comment")
    db.execute(_table.update().where(_table.c.id == answer.id).values(comment=None))
    detail = f"rule={mark.rule.value}"
    office.log.append(
        db, ERASE, reference=answer.id.hex(), detail=detail, **subject_fields(mark), **session.log_fields()
    )


def comment_info(office: bytes, answer: bytes) -> bytes:
    """What the key of one comment is made for, and what it is bound to."""
    return lp("flag-comment", office, answer)


def comment_of(office: OpenOffice, db: Connection, answer: Answer) -> str:
    """The comment, empty where it was erased, by itself or with its customer."""
    found = _key(office, db, answer.rule, answer.subject, answer.id) if answer.comment is not None else None
    return unwrap(found[0], answer.comment, found[1]).decode() if found is not None else ""


def _wrap(office: OpenOffice, db: Connection, said: AcknowledgeFlag, answer: bytes) -> bytes | None:
    found = _key(office, db, said.rule.value, said.subject, answer)
    return wrap(found[0], said.comment.encode(), found[1]) if found is not None else None


def _key(office: OpenOffice, db: Connection, rule: str, subject: str, answer: bytes) -> tuple[bytes, bytes] | None:
    """Key and associated data: under Z of the customer whom a flag is about, else under the log key.

    None where the customer is erased: then nothing is kept about them.
    """
    aad = comment_info(office.id, answer)
    if rule != Rule.SAME_CUSTOMER:
        return expand(office.keys.log_key, aad), aad
    customers = schema.customers
    with for_the_office(db):  # the flag is about a colleague; the customer may lie in another queue than the watcher's
        row = db.execute(select(customers).where(customers.c.record == bytes.fromhex(subject))).first()
    try:
        return (expand(record_key(office, row), aad), aad) if row is not None else None
    except SealError:
        return None

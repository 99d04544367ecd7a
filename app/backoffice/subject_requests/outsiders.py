"""Requests of people who are no customers: somebody asks what is held about them, and nothing is (UU PDP art. 7, 8).

"Nothing" is said only by one who sees every queue and has looked: the log has a lookup of theirs since the request was
written down. What the person wrote names them and belongs to no customer, so it is wrapped under expand(log key,
LP("outsider-words", O, request)), and emptied a month after the end, as the letter says.
"""

from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.retention.clock import time_now
from app.backoffice.sessions import Session
from app.backoffice.subject_tables import subject_requests
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import expand
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import NotAllowedError
from app.domain.retention.trusted_time import Doubt
from app.domain.subject_requests.letters import OUTSIDERS_KEPT_DAYS

NOBODY: Final = b""
"""The record of somebody who is no customer."""
_KEPT_MS: Final = OUTSIDERS_KEPT_DAYS * 24 * 3_600_000
_log = schema.audit.c


def outsider_info(office: bytes, request: bytes) -> bytes:
    """What the key of their words is made for, and what they are bound to."""
    return lp("outsider-words", office, request)


def wrapped(office: OpenOffice, request: bytes, words: str) -> bytes:
    """Their words as they are stored."""
    info = outsider_info(office.id, request)
    return wrap(expand(office.keys.log_key, info), words.encode(), info)


def unwrapped(office: OpenOffice, request: bytes, stored: bytes) -> str:
    """Their words; empty where they cannot be opened."""
    info = outsider_info(office.id, request)
    try:
        return unwrap(expand(office.keys.log_key, info), stored, info).decode()
    except SealError:
        return ""


def searched_for(office: OpenOffice, db: Connection, session: Session, row: Row[Any]) -> int:
    """How often whoever says that nothing is held has looked since the request was written down.

    Raises:
        NotAllowedError: code `not_all_queues`, or `not_searched`: never.
    """
    if "*" not in session.account.queues:
        raise NotAllowedError("Only one who sees every queue can say that nothing is held.", code="not_all_queues")
    opened = select(func.min(_log.number)).where(_log.reference == row.id.hex(), _log.event == "request.opened")
    mine = (_log.event == "lookup", _log.actor == session.name, _log.number > opened.scalar_subquery())
    query = select(func.count()).select_from(schema.audit).where(*mine, _log.outcome.in_(("ok", "failed")))
    found = int(db.execute(query).scalar_one())
    if not found:
        raise NotAllowedError("Look the person up first, by what they gave you.", code="not_searched")
    return found


def forget_outsiders(office: OpenOffice, db: Connection) -> int:
    """Empty the words of requests that ended a month ago; nothing while the clock is in doubt. How many that were."""
    now = time_now(office, db)
    if now.doubt is not Doubt.NONE:
        return 0
    columns = subject_requests.c
    over = (columns.record == NOBODY, columns.words.is_not(None), columns.ended_ms < now.seen.at_ms - _KEPT_MS)
    return int(db.execute(subject_requests.update().where(*over).values(words=None)).rowcount)

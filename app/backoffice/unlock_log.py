"""What the log says became of a request, for what no signature covers: why it was asked, and what it has opened.

Invariant: a row that is put back to what it was opens nothing again. Whoever removes or changes an entry breaks the
chain; reads go by the request's record, whose index has few entries, in the transaction that decides by them.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.unlock_rules import Unlock

_ASK, _APPROVED, _OPENED, _REVOKED = "unlock.ask", "unlock.approve", "reveal", "unlock.revoke"
_LOCKED = "session.lock"
_log = schema.audit.c


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log holds of a request.

    Attributes:
        reason: why it was asked, or nothing: this agent asked for no such field in this session.
        approved: number of the entry of who the row says approved it; 0 where there is none.
        views: how often it has opened its field.
        is_revoked: whether somebody closed it again.
    """

    reason: str | None
    approved: int
    views: int
    is_revoked: bool


def logged(db: Connection, row: Unlock) -> Logged:
    """What the log says of this row's request."""
    query = select(_log.number, _log.event, _log.actor, _log.session, _log.field, _log.reason).where(
        _log.record == row.record.hex(),
        _log.reference == row.id.hex(),
        _log.outcome == "ok",
        _log.event.in_((_ASK, _APPROVED, _OPENED, _REVOKED)),
    )
    entries = db.execute(query).all()
    what = (row.agent, row.session.hex(), row.field)
    asked = (e.reason for e in entries if e.event == _ASK and (e.actor, e.session, e.field) == what)
    return Logged(
        next(asked, None),
        max((e.number for e in entries if e.event == _APPROVED and e.actor == row.decided_by), default=0),
        sum(e.event == _OPENED for e in entries),
        any(e.event == _REVOKED for e in entries),
    )


def is_as_asked(db: Connection, row: Unlock) -> bool:
    """Whether agent, session, record, field and reason of a row are those of its entry."""
    return logged(db, row).reason == str(row.reason)


def was_locked_since(db: Connection, row: Unlock, number: int) -> bool:
    """Whether the console that asked was locked after an entry: what was opened for its keys went with them."""
    query = select(_log.number).where(
        _log.actor == row.agent, _log.event == _LOCKED, _log.session == row.session.hex(), _log.number > number
    )
    return db.execute(query).first() is not None


def is_revoked(db: Connection, record: bytes, unlock: bytes) -> bool:
    """Whether the log says that an unlock was closed."""
    query = select(_log.number).where(
        _log.record == record.hex(), _log.reference == unlock.hex(), _log.outcome == "ok", _log.event == _REVOKED
    )
    return db.execute(query).first() is not None

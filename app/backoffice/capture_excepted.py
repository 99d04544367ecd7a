"""Writes down that a session begins, or goes on, while IT's exception lets screenshots through."""

from sqlalchemy import Connection

from app.backoffice.office import OpenOffice


def log_exception(office: OpenOffice, db: Connection, **who: str) -> None:
    """Append the entry if an exception holds now; its reason, free text, is in it as a keyed hash.

    Args:
        office: the open office.
        db: a connection in `Database.writing()`.
        who: actor, session and seat.
    """
    exception, now_ms = office.policy.capture_exception, office.clock.now_ms()
    if exception is not None and exception.holds(now_ms / 1000):
        detail = f"until={int(exception.ends_at)} words={office.log.keyed_hash(exception.reason)}"
        office.log.append(db, "capture.excepted", detail=detail, **who)

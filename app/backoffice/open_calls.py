"""The calls that are on, as far as consoles have told (`call_log.py`): rows, and the entry that ends each."""

from sqlalchemy import Connection, bindparam, insert, select, update

from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.ready import Ready

STARTED, ENDED = "call.started", "call.ended"
_calls = schema.calls
_OPEN = Ready(select(_calls.c.reference).where(_calls.c.session == bindparam("session"), _calls.c.ended_ms.is_(None)))


def open_calls(db: Connection, session: bytes) -> set[str]:
    """References of the calls that are on at a session."""
    return {row.reference for row in _OPEN.all(db, session=session)}


def call_mark(db: Connection, session: bytes) -> str:
    """`phone=on` while a call is on at this session, or empty: for the detail of an opening (`exposures/row.py`)."""
    return "phone=on" if open_calls(db, session) else ""


def start_call(office: OpenOffice, db: Connection, session: bytes, reference: str, who: dict[str, str]) -> None:
    """A call has begun."""
    db.execute(insert(_calls).values(session=session, reference=reference, started_ms=office.clock.now_ms()))
    office.log.append(db, STARTED, reference=reference, **who)


def end_call(
    office: OpenOffice, db: Connection, session: bytes, reference: str, who: dict[str, str], reason: str = ""
) -> None:
    """A call is over; the entry tells for how long it was on."""
    now = office.clock.now_ms()
    mine = (_calls.c.session == session, _calls.c.reference == reference, _calls.c.ended_ms.is_(None))
    started = int(db.execute(select(_calls.c.started_ms).where(*mine)).scalar_one())
    db.execute(update(_calls).where(*mine).values(ended_ms=now))
    office.log.append(db, ENDED, reason=reason, reference=reference, detail=f"ms={max(0, now - started)}", **who)


def end_calls(office: OpenOffice, db: Connection, session: bytes, who: dict[str, str]) -> None:
    """The session is over, and its calls as far as the log knows."""
    for reference in sorted(open_calls(db, session)):
        end_call(office, db, session, reference, who, reason="session")

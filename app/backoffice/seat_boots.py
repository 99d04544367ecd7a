"""Two computers with one workstation's key: a boot that comes back after another one was seen shows them.

A machine never returns to a boot that is over. Each lease says which boot its console runs in
(`app/session/boot_mark.py`); the office keeps the current one and the last few before it. Invariant: nothing is
refused for it. A snapshot of a running machine that is put back looks the same, and is a copy, too. Limit: two copies
that are never awake at overlapping times, one boot each, do not show themselves, nor do systems that tell no boot.
"""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.backoffice import schema
from app.backoffice.office import OpenOffice

TWICE = "seat.twice"
KEPT = 16
"""Boots before the current one."""
_LOGGED_EVERY_MS = 3_600_000


def is_news(db: Connection, session: bytes, boot: str) -> bool:
    """Whether a session's workstation runs in another boot than when it was heard last."""
    return bool(boot) and _row(db, session).boot != boot


def hear_boot(office: OpenOffice, db: Connection, own: bytes, boot: str, **who: str) -> None:
    """Keep which boot a session's workstation runs in; one that was over already marks it as seen twice.

    Args:
        office: the office.
        db: a connection in `Database.writing()`.
        own: the session whose workstation it is.
        boot: as the lease said it; empty: it tells none.
        who: fields of the log.
    """
    row = _row(db, own) if boot else None
    if row is None or row.boot == boot:
        return
    before, now = row.boots.split(), office.clock.now_ms()
    kept = [each for each in (row.boot, *before) if each and each != boot]
    told: dict[str, object] = {"boot": boot, "boots": " ".join(kept[:KEPT])}
    if boot in before and office.database.is_shared:
        told["twice_ms"] = now
        if row.twice_ms is None or now - row.twice_ms > _LOGGED_EVERY_MS:
            office.log.append(db, TWICE, reference=bytes(row.id).hex(), detail=f"at={row.name}", **who)
    db.execute(update(schema.seats).where(schema.seats.c.id == row.id).values(**told))


def _row(db: Connection, session: bytes) -> Row[tuple[Any, ...]]:
    sessions, seats = schema.sessions, schema.seats
    query = select(seats).join(sessions, sessions.c.seat_id == seats.c.id).where(sessions.c.id == session)
    return db.execute(query).one()

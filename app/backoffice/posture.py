"""Postures of workstations: what consoles tell with each lease, what changes stand in the log, and what rests for it.

Invariants: a part that is required and not *ok*, not told, or told too long ago shuts values at that workstation, for
reveals, notes and uses alike; a change stands in the log in the transaction that keeps it. Limit: a console says this
of its own machine, so a changed one can say anything (software, docs/threat-model.md).
"""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from app.api.messages.posture import FoundPart, KnownPart
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.posture_schema import seat_posture
from app.backoffice.ready import Ready
from app.domain.errors import NotAllowedError
from app.domain.posture.demands import Heard, lacking, required
from app.domain.posture.words import Part, State

CHANGED = "posture.changed"
_SEAT = Ready(select(schema.sessions.c.seat_id).where(schema.sessions.c.id == bindparam("id")))
_HEARD = Ready(select(seat_posture).where(seat_posture.c.seat == bindparam("seat")))


def hear_posture(office: OpenOffice, db: Connection, own: bytes, found: Iterable[FoundPart], **who: str) -> None:
    """Keep what a session's console found of its workstation; what has changed goes into the log, in one entry.

    Args:
        office: the open office.
        db: a connection in `Database.writing()`.
        own: the session, whose workstation it is.
        found: by part; of two of one part the later counts.
        who: actor, session and seat.
    """
    told = {one.part: one for one in found}
    if not told:
        return
    of_seat, now = _seat(db, own), office.clock.now_ms()
    table = seat_posture
    before = {row.part: row.state for row in db.execute(select(table).where(table.c.seat == of_seat))}
    changes = []
    for part in (part for part in Part if part in told):
        one, was = told[part], before.get(part.value)
        values = {"state": one.state.value, "raw": one.raw, "at_ms": one.at_ms, "heard_ms": now}
        if was != one.state.value:
            values["since_ms"] = now
            changes.append(f"{part}={was or 'none'}>{one.state}")
        if was is None:
            db.execute(table.insert().values(seat=of_seat, part=part.value, **values))
        else:
            db.execute(table.update().where(table.c.seat == of_seat, table.c.part == part.value).values(**values))
    if changes:
        office.log.append(db, CHANGED, reference=of_seat.hex(), detail=" ".join(changes), **who)


def tells_news(db: Connection, own: bytes, found: Iterable[FoundPart]) -> bool:
    """Whether a session's console found something else than was kept of its workstation."""
    told = {one.part.value: one.state.value for one in found}
    if not told:
        return False
    table = seat_posture
    rows = db.execute(select(table.c.part, table.c.state).where(table.c.seat == _seat(db, own)))
    before = {row.part: row.state for row in rows}
    return any(before.get(part) != state for part, state in told.items())


def hear_again(office: OpenOffice, db: Connection, own: bytes, found: Iterable[FoundPart]) -> None:
    """Keep that a session's console found the same as before; what it found otherwise stays for `hear_posture`."""
    table, now, of_seat = seat_posture, office.clock.now_ms(), None
    for one in {one.part: one for one in found}.values():
        of_seat = of_seat or _seat(db, own)
        same = (table.c.seat == of_seat, table.c.part == one.part.value, table.c.state == one.state.value)
        db.execute(table.update().where(*same).values(raw=one.raw, at_ms=one.at_ms, heard_ms=now))


def need_posture(office: OpenOffice, db: Connection, session: bytes) -> None:
    """Demand that the workstation of a session has what policy requires of it.

    Raises:
        NotAllowedError: code `posture`; the message names the parts.
    """
    if not required(office.policy.posture):
        return
    gone = lacking(office.policy.posture, _heard(db, _seat(db, session)), office.clock.now_ms())
    if gone:
        named = ", ".join(part.replace("_", " ") for part in gone)
        raise NotAllowedError(f"Values stay shut at this workstation, which lacks: {named}.", code="posture")


def postures(office: OpenOffice, db: Connection) -> dict[bytes, tuple[KnownPart, ...]]:
    """What the office knows of every workstation, in the order of the screens."""
    now, demands = office.clock.now_ms(), office.policy.posture
    rows: dict[bytes, dict[Part, KnownPart]] = {}
    for row in db.execute(select(seat_posture)).all():
        part, state = Part(row.part), State(row.state)
        known = KnownPart(
            part=part,
            state=state,
            raw=row.raw,
            at_ms=row.at_ms,
            heard_ms=row.heard_ms,
            since_ms=row.since_ms,
            is_lacking=part in lacking(demands, [Heard(part, state, row.heard_ms)], now),
        )
        rows.setdefault(bytes(row.seat), {})[part] = known
    return {seat: tuple(parts[part] for part in Part if part in parts) for seat, parts in rows.items()}


def _heard(db: Connection, seat: bytes) -> list[Heard]:
    return [Heard(Part(row.part), State(row.state), row.heard_ms) for row in _HEARD.all(db, seat=seat)]


def _seat(db: Connection, session: bytes) -> bytes:
    return bytes(_SEAT.one(db, id=session).seat_id)

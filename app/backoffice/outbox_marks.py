"""How far each session's outbox has come here, of how much its console told, and whether it said its last word.

A console tells with each lease, lock and end how many entries it ever kept. A lock or an end is its last word, by a
request or, if the office was away, by its last entry; a session that ended without one was killed or lost its office
for good, and nobody can prove that nothing is missing. Once no console of the seat has anything of it left, that is
written down, and shown to its person.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, or_, select

from app.api.messages.door import WitnessMark
from app.api.messages.outbox import Look, Looked, Mark, OpenEnd
from app.auth.outbox_entry import EntryKind, OutboxEntry, first_link
from app.backoffice import schema
from app.backoffice.office import OpenOffice

if TYPE_CHECKING:
    from app.backoffice.sessions import Session

GRACE_MS = 2 * 60 * 1000
"""So long after its end a session may still say its last word through another console."""
_LOOKS_BACK_MS = 35 * 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class OutboxMark:
    """One session's outbox.

    Attributes:
        session: 16 bytes.
        taken: entries that are here.
        link: hash of the last of them.
        told: entries of which its console told.
        ends_at: number of entries at its end, once it said so.
        is_closed: whether it said its last word, and nothing since.
    """

    session: bytes
    taken: int
    link: bytes
    told: int = 0
    ends_at: int | None = None
    is_closed: bool = False

    def with_entry(self, entry: OutboxEntry, link: bytes, *, is_resumed: bool) -> "OutboxMark":
        """As it is after the next entry; a session that brings its own lock itself was resumed after that."""
        closes = entry.kind.closes and not is_resumed
        ends_at = entry.number if entry.kind is EntryKind.END else self.ends_at
        is_closed = closes or (self.is_closed and entry.number <= self.told)
        return replace(self, taken=entry.number, link=link, ends_at=ends_at, is_closed=is_closed)


def mark_of(office: OpenOffice, db: Connection, session: bytes) -> OutboxMark:
    """A session's outbox as it is here."""
    row = db.execute(select(schema.outboxes).where(schema.outboxes.c.session == session)).first()
    if row is None:
        return OutboxMark(session, 0, first_link(office.id, session))
    return OutboxMark(session, row.taken, row.link, row.told, row.ends_at, row.is_closed)


def put_mark(db: Connection, mark: OutboxMark) -> None:
    """Store it in the caller's transaction."""
    table = schema.outboxes
    values = {
        "taken": mark.taken, "link": mark.link, "told": mark.told, "ends_at": mark.ends_at, "is_closed": mark.is_closed,
    }  # fmt: skip
    if not db.execute(table.update().where(table.c.session == mark.session).values(**values)).rowcount:
        db.execute(table.insert().values(session=mark.session, **values))


def hear(office: OpenOffice, db: Connection, session: "Session", told: WitnessMark | None) -> WitnessMark | None:
    """What a living console told with its lease; what is here of its entries, None for nothing."""
    mark = mark_of(office, db, session.id)
    if told is not None and told.length > mark.told:
        mark = replace(mark, told=told.length)
        put_mark(db, mark)
    return WitnessMark(length=mark.taken, head=mark.link) if mark.taken else None


def hear_last_word(
    office: OpenOffice, db: Connection, session: "Session", told: WitnessMark | None, *, ends: bool
) -> None:
    """A console locks or ends, and told how much it ever kept."""
    if session.kind != "console":
        return
    mark = mark_of(office, db, session.id)
    told_now = max(mark.told, told.length if told is not None else mark.taken)
    put_mark(db, replace(mark, told=told_now, ends_at=told_now if ends else mark.ends_at, is_closed=True))


def reopen(office: OpenOffice, db: Connection, session: bytes) -> WitnessMark:
    """A session is resumed: its last word was not the last. What is here of its entries."""
    mark = mark_of(office, db, session)
    if mark.is_closed:
        put_mark(db, replace(mark, is_closed=False))
    return WitnessMark(length=mark.taken, head=mark.link)


def look(office: OpenOffice, courier: "Session", request: Look) -> Looked:
    """What is here of these sessions; and write down which others of this seat ended without a last word."""
    with office.database.reading() as db:
        known = [mark_of(office, db, session) for session in request.sessions]
        missed = _never_closed(office, db, courier, request)
        unseen = _unseen(db, courier)
    ends: tuple[OpenEnd, ...] = ()
    if missed or unseen:
        with office.writing() as db:
            for row in _never_closed(office, db, courier, request):
                _miss(office, db, row)
            ends = _shown(office, db, courier)
    marks = tuple(Mark(session=m.session, taken=m.taken, link=m.link) for m in known)
    return Looked(marks=marks, open_ends=ends)


def seat_id_of(db: Connection, session: bytes) -> bytes:
    """The seat of a session: workstation and OS user."""
    return bytes(db.execute(select(schema.sessions.c.seat_id).where(schema.sessions.c.id == session)).scalar_one())


def _never_closed(office: OpenOffice, db: Connection, courier: "Session", request: Look) -> list[Any]:
    """Ended sessions of this seat without a last word, or with entries that did not come; each is found once."""
    sessions, boxes, now = schema.sessions, schema.outboxes, office.clock.now_ms()
    columns = (sessions.c.id, sessions.c.account, sessions.c.seat, boxes.c.taken, boxes.c.told)
    joined = sessions.outerjoin(boxes, boxes.c.session == sessions.c.id)
    query = select(*columns).select_from(joined).where(
        sessions.c.kind == "console",
        sessions.c.seat_id == seat_id_of(db, courier.id),
        sessions.c.ended_ms > now - _LOOKS_BACK_MS,
        sessions.c.ended_ms < now - GRACE_MS,
        boxes.c.missed_ms.is_(None),
        or_(func.coalesce(boxes.c.is_closed, False).is_(False), boxes.c.told > boxes.c.taken),
    )  # fmt: skip
    listed = set(request.sessions)
    return [row for row in db.execute(query).all() if row.id not in listed]


def _miss(office: OpenOffice, db: Connection, row: Any) -> None:
    mark = mark_of(office, db, row.id)
    put_mark(db, mark)
    table = schema.outboxes
    db.execute(table.update().where(table.c.session == row.id).values(missed_ms=office.clock.now_ms()))
    who = {"actor": row.account, "session": row.id.hex(), "seat": row.seat}
    detail = f"taken={mark.taken} told={mark.told}"
    reason = "missing" if mark.told > mark.taken else "unclosed"
    office.log.append(db, "outbox.open_end", "failed", reason=reason, detail=detail, **who)


def _unseen(db: Connection, courier: "Session") -> list[Any]:
    sessions, boxes = schema.sessions, schema.outboxes
    columns = (boxes.c.session, boxes.c.taken, boxes.c.told, sessions.c.seat, sessions.c.ended_ms)
    query = (
        select(*columns)
        .join(sessions, sessions.c.id == boxes.c.session)
        .where(sessions.c.account == courier.name, boxes.c.missed_ms.is_not(None), boxes.c.shown_ms.is_(None))
    )
    return list(db.execute(query.order_by(sessions.c.ended_ms.desc())))


def _shown(office: OpenOffice, db: Connection, courier: "Session") -> tuple[OpenEnd, ...]:
    rows, table = _unseen(db, courier), schema.outboxes
    for row in rows:
        db.execute(table.update().where(table.c.session == row.session).values(shown_ms=office.clock.now_ms()))
    return tuple(OpenEnd(seat=r.seat, ended_ms=r.ended_ms, missing=max(0, r.told - r.taken)) for r in rows)

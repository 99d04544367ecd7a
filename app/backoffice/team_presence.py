"""Which customer each console has in front at any gateway: in a table, until its session locks or ends."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from app.backoffice import schema
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.presence import Front, Presence

_FRONTS = schema.fronts


class TeamPresence(Presence):
    """The same for all gateways of an office. No console waits for who writes: what is here has no order with that."""

    def __init__(self, database: PostgresDatabase) -> None:
        """Keep it in this database."""
        self._database = database

    def put(self, session: bytes, front: Front | None) -> bool:
        """See `Presence.put`."""
        with self._database.beside() as db:
            row = db.execute(select(_FRONTS).where(_FRONTS.c.session == session).with_for_update()).first()
            before = Front(row.record, row.editing) if row is not None else None
            if before == front:
                return False
            _keep(db, session, front)
            records = {f.record for f in (before, front) if f is not None}
            others = select(_FRONTS.c.session).where(_FRONTS.c.session != session, _FRONTS.c.record.in_(records))
            return db.execute(others.limit(1)).first() is not None

    def _others(self, db: Connection, session: bytes, record: bytes) -> list[tuple[bytes, Front]]:
        query = select(_FRONTS).where(_FRONTS.c.session != session, _FRONTS.c.record == record)
        return [(row.session, Front(row.record, row.editing)) for row in db.execute(query)]

    def _forget(self, sessions: list[bytes]) -> None:
        """The rows go with the next job: a look changes nothing here."""


def _keep(db: Connection, session: bytes, front: Front | None) -> None:
    if front is None:
        db.execute(_FRONTS.delete().where(_FRONTS.c.session == session))
        return
    now = {"record": front.record, "editing": front.editing}
    new = insert(_FRONTS).values(session=session, **now)
    db.execute(new.on_conflict_do_update(index_elements=["session"], set_=now))


def drop_left_fronts(db: Connection) -> int:
    """Forget what sessions had in front that are locked or over; how many there were."""
    sessions = schema.sessions.c
    open_now = select(sessions.id).where(sessions.ended_ms.is_(None), sessions.locked_ms.is_(None))
    return db.execute(_FRONTS.delete().where(_FRONTS.c.session.not_in(open_now))).rowcount

"""Which customer each console has in front: so that two people who work on one see each other.

In memory; where consoles come to several gateways, in a table (`app/backoffice/team_presence.py`).

No access and no entry of the log: a card shows masks. Invariant: nobody is told but of a customer of their own queues,
and nobody is named but who has it open in a session that lives and is not locked.
"""

import threading
from dataclasses import dataclass

from sqlalchemy import Connection

from app.backoffice.class_grants import display_names
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, session_by_id


@dataclass(frozen=True, slots=True)
class Front:
    """What one session has in front."""

    record: bytes
    editing: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody else at the same customer.

    Attributes:
        name, seat: who, and where.
        editing: name of the field that they are changing, or empty.
    """

    name: str
    seat: str
    editing: str


class Presence:
    """What all sessions of one office have in front."""

    def __init__(self) -> None:
        """Nobody is here yet."""
        self._fronts: dict[bytes, Front] = {}
        self._lock = threading.Lock()

    def put(self, session: bytes, front: Front | None) -> bool:
        """A session has this in front now, or nothing.

        Returns:
            Whether somebody else may want to know: they have the customer open that was left or is come to.
        """
        with self._lock:
            before = self._fronts.pop(session, None)
            if front is not None:
                self._fronts[session] = front
            records = {f.record for f in (before, front) if f is not None}
            return before != front and any(f.record in records for s, f in self._fronts.items() if s != session)

    def leave(self, session: bytes) -> bool:
        """A session has locked or ended; see `put`."""
        return self.put(session, None)

    def neighbours(self, office: OpenOffice, db: Connection, session: Session, record: bytes) -> tuple[Neighbour, ...]:
        """Who else has this customer of the session's queues in front, by name."""
        others = self._others(db, session.id, record)
        names, found, gone = display_names(db) if others else {}, [], []
        for other, front in others:
            living = session_by_id(office, db, other)
            if living is None:
                gone.append(other)
            elif living.name != session.name:
                found.append(Neighbour(names.get(living.name, living.name), living.seat, front.editing))
        self._forget(gone)
        return tuple(sorted(found, key=lambda one: (one.name, one.seat)))

    def _others(self, _db: Connection, session: bytes, record: bytes) -> list[tuple[bytes, Front]]:
        with self._lock:
            return [(s, f) for s, f in self._fronts.items() if s != session and f.record == record]

    def _forget(self, sessions: list[bytes]) -> None:
        with self._lock:
            for session in sessions:
                self._fronts.pop(session, None)

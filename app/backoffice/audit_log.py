"""The audit log: one hash chain, appended inside the transaction of what it tells of.

Invariant: whoever asks for a release gets it only after the entry is committed; a change whose entry cannot be
written does not happen.
"""

from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, func, select

from app.auth.audit_chain import AuditEntry, Checkpoint, first_hash
from app.backoffice import schema
from app.backoffice.clock import Clock
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.ready import Ready
from app.backoffice.recent_digests import RecentDigests
from app.crypto import signing
from app.crypto.derive import mac
from app.crypto.labels import lp

CHECKPOINT_EVERY = 100
_NAMES = AuditEntry.__slots__
assert tuple(c.name for c in schema.audit.columns) == _NAMES, "a row is an entry, column by column"
_COLUMNS = attrgetter(*_NAMES)
_INSERT = Ready(schema.audit.insert())
_LAST = Ready(select(schema.audit.c.number, schema.audit.c.hash).order_by(schema.audit.c.number.desc()).limit(1))
"""Made once: each entry is written by the same two."""


class AuditLog:
    """Appends to and reads the chain."""

    def __init__(self, keys: OfficeKeys, clock: Clock, before: "AuditLog | None" = None) -> None:
        """Write with these keys, by this clock; `before` is the same log under keys of before."""
        self._keys = keys
        self._clock = clock
        self._recent: RecentDigests = before._recent if before is not None else RecentDigests()

    def append(self, db: Connection, event: str, outcome: str = "ok", **rest: str) -> int:
        """Append one entry inside the caller's transaction.

        Args:
            db: a connection in `Database.writing()`.
            event: what happened.
            outcome: `ok`, `refused` or `failed`.
            rest: further columns of `AuditEntry`, all text without personal data.

        Returns:
            The entry's number.
        """
        return self.append_at(db, self._clock.now_ms(), event, outcome, **rest)

    def append_at(self, db: Connection, at_ms: int, event: str, outcome: str, **rest: str) -> int:
        """Append an entry about something that happened at `at_ms` (a failed try before the file was open)."""
        number, head = self.head(db)
        entry = AuditEntry(number + 1, at_ms, event, outcome, **rest).chained(self._keys.office, head)  # type: ignore[arg-type]
        _INSERT.run(db, **dict(zip(_NAMES, _COLUMNS(entry), strict=True)))
        if entry.number % CHECKPOINT_EVERY == 0:
            self._sign(db, entry.number, entry.hash)
        return entry.number

    def checkpoint(self, db: Connection) -> None:
        """Sign the chain as it stands now."""
        number, head = self.head(db)
        taken = db.execute(select(schema.checkpoints.c.number).where(schema.checkpoints.c.number == number)).first()
        if number and not taken:
            self._sign(db, number, head)

    def _sign(self, db: Connection, number: int, head: bytes) -> None:
        """Sign; in a log that was cut an older signature may stand there: it stays, and contradicts the log."""
        signature = signing.sign(self._keys.checkpoint_seed, Checkpoint.body(self._keys.office, number, head))
        table = schema.checkpoints
        if db.execute(select(table.c.number).where(table.c.number == number)).first() is None:
            db.execute(table.insert().values(number=number, hash=head, signature=signature))

    def head(self, db: Connection) -> tuple[int, bytes]:
        """Length and head of the chain."""
        row = _LAST.first(db)
        return (row.number, row.hash) if row else (0, first_hash(self._keys.office))

    def page(self, db: Connection, after: int, limit: int) -> list[AuditEntry]:
        """Entries after a number, in stored order."""
        table = schema.audit
        rows = db.execute(select(table).where(table.c.number > after).order_by(table.c.number).limit(limit))
        return [AuditEntry(*row) for row in rows]

    def rows(self, db: Connection, after: int, limit: int) -> list[dict[str, Any]]:
        """The same as columns, for whoever only hands them on."""
        table = schema.audit
        found = db.execute(select(table).where(table.c.number > after).order_by(table.c.number).limit(limit))
        names = tuple(found.keys())
        return [dict(zip(names, row, strict=True)) for row in found]

    def checkpoints(self, db: Connection) -> list[Checkpoint]:
        """All checkpoints in order."""
        rows = db.execute(select(schema.checkpoints).order_by(schema.checkpoints.c.number))
        return [Checkpoint(row.number, row.hash, row.signature) for row in rows]

    def checkpoint_at_or_after(self, db: Connection, number: int) -> Checkpoint | None:
        """The first signed point of the chain at this entry or behind it."""
        table = schema.checkpoints
        row = db.execute(select(table).where(table.c.number >= number).order_by(table.c.number).limit(1)).first()
        return Checkpoint(row.number, row.hash, row.signature) if row else None

    @property
    def first_hash(self) -> bytes:
        """The chain's hash before its first entry."""
        return first_hash(self._keys.office)

    def digests_after(self, db: Connection, length: int) -> list[bytes]:
        """Digests of the entries after a length: they prove that the chain contains what a console remembers."""
        known = self._recent.behind(length, lambda number: self._hash_at(db, number))
        return known + self._digests(self._entries(db, length + len(known)))

    def standing(self, db: Connection, length: int) -> tuple[int, bytes, list[bytes]]:
        """Length and head of the chain, and the digests that lead there from a length; kept for whoever asks next.

        The three are of one moment, also where each query of a connection has its own.

        Args:
            db: a connection that sees committed entries alone.
            length: of what a console remembers.
        """
        known = self._recent.behind(length, lambda number: self._hash_at(db, number))
        begin = length + len(known)
        entries = self._entries(db, begin)
        if not entries:
            here = self._hash_at(db, begin) if begin else None
            return (begin, here, known) if here is not None else (*self.head(db), known)
        found, (number, head) = self._digests(entries), (entries[-1].number, entries[-1].hash)
        if number == begin + len(found):  # a log with gaps is none to remember
            self._recent.keep(begin, found, head)
        return number, head, known + found

    def _entries(self, db: Connection, after: int) -> list[AuditEntry]:
        entries: list[AuditEntry] = []
        while page := self.page(db, after, 5000):
            entries += page
            after = page[-1].number
        return entries

    def _digests(self, entries: list[AuditEntry]) -> list[bytes]:
        return [entry.digest(self._keys.office) for entry in entries]

    def _hash_at(self, db: Connection, number: int) -> bytes | None:
        return db.execute(select(schema.audit.c.hash).where(schema.audit.c.number == number)).scalar()

    def keyed_hash(self, text: str) -> str:
        """A keyed hash of free text, so that the log can show *that* it was this text without holding it."""
        return mac(self._keys.log_key, lp("log-text", text)).hex()[:32]

    def count(self, db: Connection, event: str, actor: str, since_ms: int, outcome: str = "ok", **where: str) -> int:
        """How many entries of an event, by default successful ones, an actor has since a time.

        Args:
            db: a connection.
            event: of this event.
            actor: of this actor.
            since_ms: after this time.
            outcome: with this outcome.
            where: further columns of `AuditEntry` and what they hold, such as `session`.
        """
        table = schema.audit.c
        query = select(func.count()).where(
            table.actor == actor, table.event == event, table.outcome == outcome, table.at_ms > since_ms
        )
        for name, value in where.items():
            query = query.where(table[name] == value)
        return db.execute(query).scalar_one()

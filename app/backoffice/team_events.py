"""What has changed, told between the gateways of one office by the database that they share (PostgreSQL's NOTIFY).

Whoever changed something publishes its topics after the change; each gateway hears of it on a connection of its own and
tells its consoles. Invariants: a notification holds topics and nothing else; a topic is told and counted in one
transaction; what was published while a gateway did not hear is told there as `EVERYTHING`; a change that is committed
is not refused because nobody can be told of it now: it is told as soon as the database answers.

LISTEN belongs to a connection and not to a transaction, so a pooler that hands out transactions would lose it: such an
office names a second, direct way to the database.
"""

import contextlib
import secrets
import select as readiness
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from app.backoffice import schema
from app.backoffice.database import PoolTimeoutError
from app.backoffice.postgres import DatabaseAwayError, PostgresDatabase
from app.domain.errors import TiraiError, WorkstationError

CHANNEL = "tirai_changes"
EVERYTHING = "*"
"""Stands for all topics."""
_PROOF = "proof:"
"""Begins a word that a gateway says to hear itself."""
_PROVED_EVERY_S = 15.0
"""So often a connection that says nothing has to show that it hears."""
_HEARD_WITHIN_S = 5.0
_LONGEST_WAIT_S = 10.0
_LINE = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""libpq's words: a server that is gone without a word is noticed within half a minute."""


class DeafError(WorkstationError):
    """What is published does not come back over the connection that listens."""

    def __init__(self) -> None:
        super().__init__(
            "This gateway does not hear what others change. Name a way to the database without a pooler.", code="deaf"
        )


class TeamEvents:
    """One gateway's part of it.

    Attributes:
        is_hearing: whether it hears what others publish just now.
    """

    def __init__(
        self,
        database: PostgresDatabase,
        heard: Callable[[frozenset[str]], object],
        log_fault: Callable[[BaseException], object] = lambda _error: None,
        direct: Mapping[str, str] | None = None,
    ) -> None:
        """Begin to hear, in a thread, until `close`.

        Args:
            database: of the office.
            heard: told of topics, in that thread; of `EVERYTHING` each time that it hears again.
            log_fault: writes down what nobody foresaw.
            direct: libpq's words for a way to the database without a pooler, where the usual one has one.
        """
        self._database, self._heard, self._log_fault = database, heard, log_fault
        self._words = dict(direct) if direct is not None else database.address
        self._unsaid: set[str] = set()
        self._lock = threading.Lock()
        self._is_closed, self.is_hearing = False, False
        self._woken, self._wakes = socket.socketpair()
        self._woken.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="team-events", daemon=True)
        self._thread.start()

    def publish(self, topics: Iterable[str]) -> None:
        """Tell all gateways, this one too; later where the database does not answer now."""
        with self._lock:
            self._unsaid.update(topics)
        if not self._say():
            self._wake()

    def _say(self) -> bool:
        with self._lock:
            topics, self._unsaid = self._unsaid, set()
        if not topics:
            return True
        try:
            with self._database.beside() as db:
                _count_and_notify(db, topics)
        except (TiraiError, DBAPIError, PoolTimeoutError):
            with self._lock:
                self._unsaid |= topics
            return False
        return True

    def count(self) -> int:
        """How many changes all gateways have told of so far.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        table = schema.change_counters.c
        with self._database.reading() as db:
            return db.execute(select(table.number).where(table.name == schema.TOLD_COUNTER)).scalar() or 0

    def close(self) -> None:
        """Hear no more."""
        self._is_closed = True
        self._wake()
        self._thread.join(_HEARD_WITHIN_S)
        if not self._thread.is_alive():
            self._woken.close()
            self._wakes.close()

    # the thread

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._wakes.send(b"\0")

    def _run(self) -> None:
        failed = 0
        while not self._is_closed:
            try:
                with psycopg.connect(**self._words, **_LINE, autocommit=True) as line:  # type: ignore[arg-type]
                    line.execute(f"LISTEN {CHANNEL}")
                    self._prove(line)
                    failed, self.is_hearing = 0, True
                    self._heard(frozenset({EVERYTHING}))  # who knows what was said meanwhile
                    self._hear(line)
            except (DBAPIError, psycopg.Error, PoolTimeoutError, DatabaseAwayError, OSError):
                failed += 1
            except Exception as e:  # noqa: BLE001  (a gateway that heard nothing any more would tell its consoles nothing)
                failed += 1
                if failed == 1:
                    self._log_fault(e)
            finally:
                self.is_hearing = False
            if not self._is_closed:
                most = min(_LONGEST_WAIT_S, 0.1 * 2.0 ** min(failed, 10))
                self._wait(secrets.SystemRandom().uniform(0, most))  # gateways do not all come back at once

    def _hear(self, line: psycopg.Connection[Any]) -> None:
        while not self._is_closed:
            if not self._wait(_PROVED_EVERY_S, line.fileno()):
                self._prove(line)
            self._read(line)
            while not self._say() and not self._is_closed:
                self._wait(secrets.SystemRandom().uniform(0, 2))

    def _prove(self, line: psycopg.Connection[Any]) -> None:
        """Say a word over the usual way and hear it over this one: else nobody would notice that it hears nothing."""
        word, until = f"{_PROOF}{secrets.token_hex(8)}", time.monotonic() + _HEARD_WITHIN_S
        with self._database.beside() as db:
            db.execute(select(func.pg_notify(CHANNEL, word)))
        while word not in self._read(line):
            if self._is_closed:
                return
            if time.monotonic() > until:
                raise DeafError
            self._wait(until - time.monotonic(), line.fileno())

    def _read(self, line: psycopg.Connection[Any]) -> set[str]:
        words = {word for said in line.notifies(timeout=0) for word in said.payload.split()}
        if topics := {word for word in words if not word.startswith(_PROOF)}:
            self._heard(frozenset(topics))
        return words

    def _wait(self, most_s: float, *also: int) -> bool:
        """Until somebody wakes this thread, there is something to read, or so long; whether it was one of the first."""
        lines: list[socket.socket | int] = [self._woken, *also]
        ready, _, _ = readiness.select(lines, [], [], max(0.0, most_s))
        with contextlib.suppress(BlockingIOError):
            while self._woken in ready and self._woken.recv(4096):
                pass
        return bool(ready)


def _count_and_notify(db: Connection, topics: set[str]) -> None:
    db.execute(text("SET LOCAL synchronous_commit = off"))  # a server that falls is heard anew, with everything
    table = schema.change_counters
    first = insert(table).values(name=schema.TOLD_COUNTER, number=1)
    db.execute(first.on_conflict_do_update(index_elements=["name"], set_={"number": table.c.number + 1}))
    db.execute(select(func.pg_notify(CHANNEL, " ".join(sorted(topics)))))

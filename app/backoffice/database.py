"""The back office's database: one engine, one writer at a time.

Embedded, it is a SQLCipher file whose key lies in slots that passwords open. Every change happens inside
`writing()`, which holds the lock, so that audit entries are chained in one order and a change commits together
with its entry or not at all. A running import has the file open from a process of its own: the writer's turn goes
between processes, and nothing else in these processes may open and close the file, which would drop SQLite's locks.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from app.backoffice import schema
from app.backoffice.writers_turn import WritersTurn
from app.domain.errors import VerificationError, WorkstationError
from app.storage import sqlcipher

FULL_DISK_HINT = "The back office cannot write its log, so nothing can be opened. Free disk space or call IT (A1)."


__all__ = [
    "FULL_DISK_HINT",
    "AuditUnwritableError",
    "Database",
    "OfficeDatabase",
    "PoolTimeoutError",
    "put_setting",
    "setting",
]


class AuditUnwritableError(WorkstationError):
    """A change and its entry could not be made durable; neither happened."""


class OfficeDatabase(ABC):
    """An open office's database, with one writer at a time.

    Attributes:
        lock: held by whoever writes, in this process.
        is_shared: whether other processes change book, inventory and keys, so that each transaction looks for it.
    """

    lock: RLock
    is_shared = False
    _engine: Engine

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction while nobody else writes; commits at the end, rolls back on any error.

        Raises:
            AuditUnwritableError: the disk refused.
        """

    def beside(self) -> AbstractContextManager[Connection]:
        """A short transaction for what has no order with book and log; where files have one writer, its turn."""
        return self.writing()

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for reads."""

    @abstractmethod
    def close(self) -> None:
        """Close every connection."""

    def purge(self) -> bool:
        """Write over what the log of pages still holds of rows that are gone; whether it did, or need not."""
        return True

    @property
    def address(self) -> dict[str, str]:
        """The words with which a child process connects; none for a file."""
        return {}

    def office_number(self) -> int:
        """The number of the last change of book, inventory or keys; told apart where it `is_shared`."""
        return 0


class Database(OfficeDatabase):
    """An open file."""

    def __init__(self, path: Path, file_key: bytes, *, create: bool = False, page_cache_kib: int = 0) -> None:
        """Open the SQLCipher file at `path`, or create it with its tables.

        Args:
            path: the file.
            file_key: its key.
            create: make it; nothing may be there yet.
            page_cache_kib: memory that a connection may use for decrypted pages; 0: SQLite's own 2 MiB.

        Raises:
            EncryptedFileError: another key, not an encrypted file, or a damaged one.
        """
        self.lock = RLock()
        if create:
            sqlcipher.connect(path, file_key, memory_security=True, create=True).close()
        known = sqlcipher.look_at(path)
        self._turn = WritersTurn(path)
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: sqlcipher.connect(path, file_key, memory_security=True, known=known),
            module=sqlcipher.DBAPI,
            poolclass=QueuePool,
            pool_size=4,
            pool_use_lifo=True,
            hide_parameters=True,
        )
        event.listen(self._engine, "connect", partial(_prepare, page_cache_kib))
        event.listen(self._engine, "begin", _begin)
        if create:
            with self.writing() as db:
                schema.metadata.create_all(db)
                put_setting(db, "schema_version", schema.SCHEMA_VERSION.encode())
        try:
            self._check_version()
        except BaseException:
            self.close()
            raise

    def _check_version(self) -> None:
        with self.reading() as db:
            version = setting(db, "schema_version")
        if version != schema.SCHEMA_VERSION.encode():
            raise VerificationError("This office was written by another version of Tirai; update the console.")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction under the lock; commits at the end, rolls back on any error.

        Raises:
            AuditUnwritableError: the disk refused.
        """
        with self.lock:
            try:
                with (
                    self._turn.taken(),
                    self._engine.connect().execution_options(writes=True) as db,
                    db.begin(),
                ):
                    yield db
            except OperationalError as e:
                raise AuditUnwritableError(FULL_DISK_HINT, code="audit") from e

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reads."""
        with self._engine.connect() as db:
            yield db

    def copy_to(self, path: Path, key: bytes, change: Callable[[sqlcipher.Connection], None]) -> None:
        """Copy everything into a new file under another key, as it stands at one moment; others go on writing.

        Args:
            path: the new file.
            key: its key, 32 bytes.
            change: what is changed in the copy, as the schema `copy`.
        """
        with self._engine.connect() as db:  # one of the pool: opening the file anew would drop SQLite's locks
            try:
                sqlcipher.copy_to(cast("sqlcipher.Connection", db.connection.driver_connection), path, key, change)
            except BaseException:
                db.invalidate()
                raise

    def purge(self) -> bool:
        """Write all of the log of pages into the file, whose own free pages are zeroed, and cut it to nothing.

        Whoever reads meanwhile keeps it from that: then it is tried again later.
        """
        with self.lock, self._turn.taken(), self._engine.connect() as db:
            raw = cast("sqlcipher.Connection", db.connection.driver_connection)
            busy, _pages, _written = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        """Close every connection."""
        with self.lock:
            self._engine.dispose()
            self._turn.close()


def _prepare(page_cache_kib: int, connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cache = (f"cache_size = -{page_cache_kib}",) if page_cache_kib else ()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", *cache):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def setting(db: Connection, name: str) -> bytes | None:
    """One setting, or None."""
    return db.execute(select(schema.settings.c.value).where(schema.settings.c.name == name)).scalar()


def put_setting(db: Connection, name: str, value: bytes) -> None:
    """Write one setting."""
    db.execute(schema.settings.delete().where(schema.settings.c.name == name))
    db.execute(schema.settings.insert().values(name=name, value=value))


def office_number(db: Connection) -> int:
    """How often book, inventory or keys were changed so far, by any gateway."""
    table = schema.change_counters.c
    return db.execute(select(table.number).where(table.name == schema.OFFICE_COUNTER)).scalar() or 0


def office_changed(db: Connection) -> None:
    """Say that book, inventory or keys changed, in the transaction that does it: other gateways catch up."""
    table = schema.change_counters
    here = table.c.name == schema.OFFICE_COUNTER
    if db.execute(table.update().where(here).values(number=table.c.number + 1)).rowcount == 0:
        db.execute(table.insert().values(name=schema.OFFICE_COUNTER, number=1))

"""The back office's database behind a gateway: PostgreSQL, shared by any number of gateways.

Invariants, as with the file (`app/backoffice/database.py`): one writer at a time, so that book and audit log have one
order over all gateways, by a lock that goes with its transaction; a change commits together with its entry or not at
all. Nothing outlives a transaction on a connection, no prepared statement and no setting, so that a pooler between may
hand each transaction to another server process.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import cast

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import QueuePool

from app.backoffice.acting import acting, acting_in, tell_database
from app.backoffice.database import AuditUnwritableError, OfficeDatabase, office_number
from app.backoffice.schema_range import check_range
from app.domain.errors import WorkstationError

WRITERS_LOCK = 0x5449524149  # "TIRAI": one number for all transactions that write
AWAY_HINT = "The office's database does not answer. Nothing was changed; try again in a moment, or call IT (D1)."
FULL_HINT = (
    "The office's database cannot write its log, so nothing can be opened. Nothing was changed; IT must free disk "
    "space at the database (A1)."
)
_DISK_FULL = "53100"
"""SQLSTATE; its class 53 has others, which are no matter of room on a disk: out of memory, too many connections."""
_WRITE_TIMEOUT = "60s"
_CONNECT_S = 10


class DatabaseAwayError(WorkstationError):
    """The database does not answer; what was asked for did not happen, or its caller may ask again with its id."""


class PostgresDatabase(OfficeDatabase):
    """A pool of connections to one office's database."""

    is_shared = True

    def __init__(self, words: Mapping[str, str], *, pool: int = 8) -> None:
        """Open a pool.

        Args:
            words: libpq's words for the way to the database, as the role of gateways.
            pool: how many connections at most; a request takes two at most, so half as many are served at once.

        Raises:
            DatabaseAwayError: nothing answers there.
            VerificationError: the tables are another version's.
        """
        self.lock = RLock()
        self._here = threading.local()
        self._words = dict(words)
        self._engine = create_engine(
            "postgresql+psycopg://",
            pool_size=(pool + 1) // 2,
            max_overflow=pool // 2,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": _CONNECT_S, **self._words, "prepare_threshold": None},
        )
        self._reads = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        try:
            self._check_version()
        except BaseException:
            self.close()
            raise

    def _check_version(self) -> None:
        with self.reading() as db:
            check_range(db)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction while nobody else writes; commits at the end, rolls back on any error.

        Within another one of the same thread it is a part of that one.

        Raises:
            AuditUnwritableError: the disk refused.
            DatabaseAwayError: the database does not answer.
        """
        outer: Connection | None = getattr(self._here, "db", None)
        if outer is not None:
            with acting_in(outer, acting()), outer.begin_nested():
                yield outer
            return
        with self.lock, _plainly(), self._engine.connect() as db, db.begin():
            db.execute(text(f"SET LOCAL statement_timeout = '{_WRITE_TIMEOUT}'"))
            db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})
            tell_database(db)
            self._here.db = db
            try:
                yield db
            finally:
                self._here.db = None

    @contextmanager
    def beside(self) -> Iterator[Connection]:
        """A short transaction beside whoever writes: for what has no order with book and log, and no entry there.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        with _plainly(), self._engine.connect() as db, db.begin():
            tell_database(db)
            yield db

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reads, all at one moment.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        with _plainly(), self._reads.connect() as db:
            tell_database(db)
            yield db

    def connections_in_use(self) -> int:
        """How many connections are at work now."""
        return cast("QueuePool", self._engine.pool).checkedout()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @property
    def address(self) -> dict[str, str]:
        """Libpq's words for it, password included: for a private line to a child alone."""
        return dict(self._words)

    def office_number(self) -> int:
        """The number of the last change of book, inventory or keys (`change_counters`)."""
        with self.reading() as db:
            return office_number(db)


@contextmanager
def _plainly() -> Iterator[None]:
    """Say what went wrong with the database itself in words; faults of statements stay what they are."""
    try:
        yield
    except (OperationalError, InterfaceError) as e:
        state = str(getattr(e.orig, "sqlstate", "") or "")
        if state == _DISK_FULL:
            raise AuditUnwritableError(FULL_HINT, code="audit") from e
        raise DatabaseAwayError(AWAY_HINT, code="database_away") from e
    except DBAPIError as e:
        if e.connection_invalidated:
            raise DatabaseAwayError(AWAY_HINT, code="database_away") from e
        raise

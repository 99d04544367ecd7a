"""One moment of a gateway's database, read by several at once: the reader's own connection, and `pg_dump` beside it.

PostgreSQL lends the moment out by a name (`pg_export_snapshot`) for as long as the transaction lasts that has it. What
is over in minutes is left out, and so is what must not lie beside the rest: record keys, which are told apart, and
settings, which a restore puts in last, since a database without them is no office.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, RowMapping, Table, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from app.backoffice import schema
from app.backoffice.backup import RecordKey
from app.backoffice.database_refusals import why_refused
from app.backoffice.rates_schema import request_rates
from app.domain.errors import NotAllowedError, WorkstationError

BACKUP_LOCK: Final = 0x5449_5242_4B
"""The advisory lock of whoever makes a backup ("TIRBK")."""
APART: Final = (schema.customers, schema.settings)
"""Tables whose rows do not go with the dump."""
OVER: Final = (
    schema.pending_factors,
    schema.answered_reveals,
    schema.fronts,
    schema.gateways,
    request_rates,
    schema.outbox_keys,
)
"""Tables whose rows go with nothing: half-made enrolments, answers of the last seconds, who is there just now, keys of
outboxes, which would open for a year what an erasure has cut out."""
CUSTOMER_COLUMNS: Final = tuple(column.name for column in schema.customers.columns)
_CONNECT_S: Final = 10
_NO_PRIVILEGE: Final = "42501"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment of a database.

    Attributes:
        db: a connection that reads this moment.
        id: by which `pg_dump` reads the same.
    """

    db: Connection
    id: str

    def rows(self, table: Table) -> list[RowMapping]:
        """All rows of a small table."""
        return list(self.db.execute(select(table)).mappings())

    def counts(self) -> dict[str, int]:
        """How many rows each table has that goes along."""
        return {t.name: count_of(self.db, t) for t in schema.metadata.sorted_tables if t not in OVER}

    def customers(self) -> Iterator[bytes]:
        """Customers without their record keys, as PostgreSQL copies them."""
        named = ", ".join("''::bytea" if name == "record_key" else name for name in CUSTOMER_COLUMNS)
        with driver(self.db).cursor() as cursor, cursor.copy(f"COPY (SELECT {named} FROM customers) TO STDOUT") as copy:  # noqa: S608
            for row in copy:
                yield bytes(row)

    def record_keys(self) -> Iterator[RecordKey]:
        """Record keys, one after the other."""
        table = schema.customers.c
        query = select(table.record, table.master_version, table.record_key).order_by(table.id)
        for row in self.db.execution_options(stream_results=True, yield_per=1000).execute(query):
            yield row.record, row.master_version, row.record_key


def count_of(db: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(db.execute(select(func.count()).select_from(table)).scalar_one())


def driver(db: Connection) -> Any:
    """The driver's own connection, for what SQLAlchemy has no words for (COPY)."""
    return db.connection.driver_connection


def plain_engine(words: Mapping[str, str]) -> Engine:
    """A way to a database that keeps no connection and shows no parameters."""
    words = {"connect_timeout": str(_CONNECT_S), **words}
    return create_engine("postgresql+psycopg://", connect_args=words, poolclass=NullPool, hide_parameters=True)


@contextmanager
def only_backup(words: Mapping[str, str]) -> Iterator[Engine]:
    """While the block lasts, no other backup of this database is made.

    Args:
        words: libpq's words for the way of the role that reads everything.

    Yields:
        That way.

    Raises:
        NotAllowedError: one is being made (code `busy`).
        WorkstationError: the database does not answer.
    """
    engine = plain_engine(words)
    with _said(), engine.connect() as turn, turn.begin():
        if not turn.execute(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": BACKUP_LOCK}).scalar():
            raise NotAllowedError("A backup is being made already. Wait until it is done.", code="busy")
        yield engine


@contextmanager
def snapshot_of(engine: Engine) -> Iterator[Snapshot]:
    """One moment, for as long as the block lasts.

    Raises:
        WorkstationError: code `db_role`: this role does not see every row; or the database does not answer.
    """
    reads = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with _said(), reads.connect() as db, db.begin():
        db.execute(text("SET LOCAL row_security = off"))  # rather an error than customers left out
        yield Snapshot(db, str(db.execute(text("SELECT pg_export_snapshot()")).scalar_one()))


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as e:
        raise WorkstationError(
            f"The office's database does not answer to the role of [backup]: {why_refused(e)}.", code="db_away"
        ) from e
    except DBAPIError as e:
        if getattr(e.orig, "sqlstate", "") != _NO_PRIVILEGE:
            raise
        raise WorkstationError(
            "The role of [backup] may not read everything. Make it as docs/gateway/database.md says: BYPASSRLS, and a "
            "member of pg_read_all_data.",
            code="db_role",
        ) from e

"""A connection that only reads: one transaction on one state of the data, with limits on time.

PostgreSQL and MariaDB give all pages of a reading the same snapshot (REPEATABLE READ), so what others change meanwhile
is not half seen. Invariants: the transaction is READ ONLY, whatever the account may; the way to another machine is TLS
with the server's certificate and name proved, and nothing is sent before (PyMySQL and libpq refuse a server without);
a server that hangs is left; rows come one by one, so that memory holds a page of bounded weight.
"""

import contextlib
import os
import socket
import ssl
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.sources.source import SourceError, escaped
from app.sources.sql_address import Maker
from app.sources.sql_cells import Unreadable
from app.sources.sql_declaration import SqlDeclaration
from app.sources.sql_faults import LineLostError, fault_of, is_lost
from app.sources.sql_password import Password

HANG_S = 15
"""How much longer than its statement may take a server may be silent."""
_MACHINES_CA = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # macOS, BSD
)
_NO_FILE = "/dev/null/none"
"""For libpq, which would look into a file of the person otherwise."""
_MYSQL_TIMESTAMP = 7
"""Type of a column that MySQL tells in the session's time zone (protocol: MYSQL_TYPE_TIMESTAMP)."""

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Way:
    """How one maker's databases are read.

    Attributes:
        engine: connects; its URL holds no password.
        begin: statements that begin the read-only transaction, by the connection.
        streams: whether rows are asked of psycopg one by one.
        timeout_s: after which a silent server is left; 0 leaves that to the driver.
    """

    engine: Engine
    begin: Callable[[Connection], tuple[str, ...]]
    streams: bool = False
    timeout_s: float = 0


class SqlLine:
    """One connection in its transaction. Close it; a lost one cannot be used again."""

    def __init__(self, way: Way) -> None:
        """Connect and begin.

        Raises:
            LineLostError: no server, no TLS, no sign-in; `reason` of the cause is in its text, without values.
            SourceError: the driver is not installed, or the transaction is refused.
        """
        self._way = way
        try:
            self._db = way.engine.connect()
        except (DBAPIError, OSError) as error:
            cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
            raise LineLostError(_told(cause)) from None
        self._is_mysql = way.engine.dialect.name in {Maker.MYSQL, Maker.MARIADB}
        try:
            with self._explained():
                for statement in way.begin(self._db):
                    self._db.exec_driver_sql(statement)
        except BaseException:
            self.close()
            raise

    def names(self, statement: Select[Any]) -> tuple[str, ...]:
        """The names of a statement's columns, as the database writes them.

        Raises:
            LineLostError: the connection is gone.
            SourceError: the database refuses.
        """
        with self._explained():
            result = self._db.execute(statement)
            cursor = result.cursor
            names = tuple(str(column[0]) for column in cursor.description) if cursor is not None else ()
            result.close()
        return names

    def rows(self, statement: Select[Any]) -> Generator[Row]:
        """The rows of a statement, one by one.

        Raises:
            LineLostError: the connection is gone.
            SourceError: the database refuses.
        """
        with self._explained():
            yield from self._streamed(statement) if self._way.streams else self._fetched(statement)

    def first(self, statement: Select[Any]) -> Row | None:
        """The first row of a statement that has one or none.

        Raises:
            LineLostError: the connection is gone.
            SourceError: the database refuses.
        """
        found = list(self.rows(statement))
        return found[0] if found else None

    def close(self) -> None:
        """End the transaction and leave, whatever is under way."""
        with contextlib.suppress(SQLAlchemyError, OSError):
            self._db.invalidate()
        with contextlib.suppress(SQLAlchemyError, OSError):
            self._db.close()

    def _fetched(self, statement: Select[Any]) -> Iterator[Row]:
        options: dict[str, Any] = {"stream_results": True, "max_row_buffer": 1} if self._is_mysql else {}
        with self._db.execute(statement, execution_options=options) as result:
            cursor = result.cursor
            stamps = [
                place
                for place, column in enumerate(cursor.description if self._is_mysql and cursor is not None else ())
                if column[1] == _MYSQL_TIMESTAMP
            ]
            for row in result:
                yield _with_zone(row, stamps) if stamps else row

    def _streamed(self, statement: Select[Any]) -> Iterator[Row]:
        compiled = statement.compile(dialect=self._db.dialect)
        cursor = cast(Any, self._db.connection.cursor())
        with contextlib.closing(cursor):
            yield from cursor.stream(str(compiled), compiled.params)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn a driver's error into ours, and leave a server that is silent for too long."""
        try:
            with self._not_hanging():
                yield
        except SourceError:
            raise
        except DBAPIError as error:
            cause = error.orig or error
            if error.connection_invalidated or is_lost(cause):
                raise LineLostError(type(cause).__name__) from None
            raise fault_of(cause) from None
        except UnicodeDecodeError:
            raise SourceError("A text that is not in the encoding that the database says", code="sql") from None
        except OSError as error:
            raise LineLostError(type(error).__name__) from None
        except Exception as error:
            if not isinstance(error, getattr(self._way.engine.dialect.dbapi, "Error", ())):
                raise
            if is_lost(error) or self._is_closed():
                raise LineLostError(type(error).__name__) from None
            raise fault_of(error) from None

    def _is_closed(self) -> bool:
        return bool(getattr(self._db.connection.driver_connection, "closed", False))

    @contextlib.contextmanager
    def _not_hanging(self) -> Iterator[None]:
        """Cut the line of a server that says nothing any more: libpq itself would wait for ever."""
        if not self._way.timeout_s:
            yield
            return
        line = socket.socket(fileno=os.dup(cast(Any, self._db.connection.driver_connection).fileno()))
        timer = threading.Timer(self._way.timeout_s, _cut, (line,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            line.close()


def way_to(declared: SqlDeclaration, password: Password) -> Way:
    """How a declared source is reached.

    Raises:
        SourceError: its driver is not installed, or the machine's certificates are not found.
    """
    make = {
        Maker.POSTGRESQL: _postgresql,
        Maker.MYSQL: _mysql,
        Maker.MARIADB: _mysql,
        Maker.SQL_SERVER: _sql_server,
        Maker.ORACLE: _oracle,
    }[declared.address.maker]
    try:
        return make(declared, password)
    except ModuleNotFoundError as error:
        extra = {"psycopg": "gateway", "pymysql": "mysql", "pymssql": "mssql", "oracledb": "oracle"}
        name = extra.get(error.name or "", "")
        raise SourceError(f"This database's driver is not installed: tirai[{name}]", code="sql_driver") from None


def _engine(declared: SqlDeclaration, password: Password, **arguments: object) -> Engine:
    if secret := password.reveal():
        arguments["password"] = secret
    return create_engine(
        declared.address.url,
        connect_args=arguments,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",  # the transaction begins by our own words
        hide_parameters=True,
    )


def _postgresql(declared: SqlDeclaration, password: Password) -> Way:
    """PostgreSQL by psycopg 3; libpq's files and variables of the person are not asked."""
    tls = {"sslmode": "verify-full", "sslrootcert": str(_ca(declared)), "ssl_min_protocol_version": "TLSv1.2"}
    engine = _engine(
        declared,
        password,
        **(tls if declared.needs_tls else {"sslmode": "disable"}),
        gssencmode="disable",
        passfile=_NO_FILE,
        connect_timeout=declared.connect_timeout_s,
        application_name="tirai",
        client_encoding="utf-8",
        prepare_threshold=None,
        tcp_user_timeout=(declared.statement_timeout_s + HANG_S) * 1_000,
    )
    event.listen(engine, "connect", _load_what_python_cannot)
    begin = (
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        f"SET LOCAL statement_timeout = {declared.statement_timeout_s * 1_000}",
        f"SET LOCAL lock_timeout = {declared.statement_timeout_s * 1_000}",
        "SET LOCAL TimeZone = 'UTC'",
        "SET LOCAL DateStyle = 'ISO'",
    )
    return Way(engine, lambda _db: begin, streams=True, timeout_s=declared.statement_timeout_s + HANG_S)


def _mysql(declared: SqlDeclaration, password: Password) -> Way:
    """MySQL and MariaDB by PyMySQL; with a TLS context it sends nothing to a server that has no TLS."""
    context = ssl.create_default_context(cafile=str(_ca(declared))) if declared.needs_tls else None
    if context is not None:
        context.minimum_version = ssl.TLSVersion.TLSv1_2
    engine = _engine(
        declared,
        password,
        **({"ssl": context} if context is not None else {"ssl_disabled": True}),
        charset="utf8mb4",
        connect_timeout=declared.connect_timeout_s,
        read_timeout=declared.connect_timeout_s,
        write_timeout=declared.connect_timeout_s,
    )
    timeout_s = declared.statement_timeout_s

    def allow_statements(connection: Any, _record: object) -> None:
        """Give statements more time than the greeting; PyMySQL has one time for both, and no word to change it."""
        connection._read_timeout = connection._write_timeout = timeout_s + HANG_S

    event.listen(engine, "connect", allow_statements)

    def begin(db: Connection) -> tuple[str, ...]:
        limit = f"max_statement_time = {timeout_s}"
        if not getattr(db.dialect, "is_mariadb", False):
            limit = f"max_execution_time = {timeout_s * 1_000}"
        return (
            f"SET SESSION {limit}, time_zone = '+00:00', lock_wait_timeout = {timeout_s}",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        )

    return Way(engine, begin)


def _sql_server(declared: SqlDeclaration, password: Password) -> Way:
    """SQL Server by pymssql. Not run: it has no read-only transaction, so the account must only read."""
    engine = _engine(
        declared,
        password,
        encryption="off" if declared.address.is_local else "require",
        login_timeout=declared.connect_timeout_s,
        timeout=declared.statement_timeout_s,
    )
    return Way(engine, lambda _db: ("BEGIN TRANSACTION",))


def _oracle(declared: SqlDeclaration, password: Password) -> Way:
    """Oracle by python-oracledb, thin. Not run."""
    tls: dict[str, object] = {}
    if declared.needs_tls:
        context = ssl.create_default_context(cafile=str(_ca(declared)))
        tls = {"protocol": "tcps", "ssl_context": context, "ssl_server_dn_match": True}
    engine = _engine(declared, password, **tls, tcp_connect_timeout=declared.connect_timeout_s)
    return Way(engine, lambda _db: ("SET TRANSACTION READ ONLY",))


def _ca(declared: SqlDeclaration) -> Path:
    found = declared.ca or next((path for text in _MACHINES_CA if (path := Path(text)).is_file()), None)
    if found is None:
        raise SourceError("This machine's certificates were not found; name a file by ca in [tls]", code="sql_tls")
    return found


def _load_what_python_cannot(connection: Any, _record: object) -> None:
    """Have psycopg hand over a mark for times that Python has not (infinity, before the year 1), instead of failing."""
    import psycopg
    from psycopg.adapt import Loader

    def careful(known: type[Any]) -> type[Loader]:
        class Careful(Loader):
            def __init__(self, oid: int, context: Any = None) -> None:
                super().__init__(oid, context)
                self._known = known(oid, context)

            def load(self, data: Any) -> Any:
                try:
                    return self._known.load(data)
                except psycopg.DataError:
                    return Unreadable("A time outside the years 1 to 9999")

        return Careful

    for name in ("date", "time", "timetz", "timestamp", "timestamptz"):
        kind = connection.adapters.types[name].oid
        known = connection.adapters.get_loader(kind, psycopg.pq.Format.TEXT)
        connection.adapters.register_loader(kind, careful(known))


def _with_zone(row: Sequence[object], stamps: list[int]) -> Row:
    """MySQL tells a TIMESTAMP in the session's zone, which is UTC, and does not say so."""
    values = list(row)
    for place in stamps:
        value = values[place]
        if isinstance(value, datetime):
            values[place] = value.replace(tzinfo=UTC)
    return values


def _told(cause: BaseException) -> str:
    """Why there is no connection, in the driver's words: no row is under way yet."""
    words = " ".join(str(cause.args[-1] if cause.args else type(cause).__name__).split())
    return escaped(words)[:300]


def _cut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)

"""A look at a gateway's database before anybody is served: reachable, of this release, no rights too many, M fits.

It changes nothing, and keeps no connection.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.backoffice import schema
from app.backoffice.acting import NOBODY, tell_database
from app.backoffice.clock import Clock
from app.backoffice.database import setting
from app.backoffice.gateways import database_now_ms
from app.backoffice.master import MasterMissingError, MasterSource, MasterState, check_master
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.rights import check_own_rights
from app.backoffice.schema_range import check_range
from app.crypto.derive import sha256
from app.domain.errors import VerificationError, WorkstationError

_CONNECT_S = "10"
_WRONG_PASSWORD, _NO_DATABASE, _NO_ROLE = "28P01", "3D000", "28000"
_WHY = {
    _WRONG_PASSWORD: "the role's password is wrong",
    _NO_DATABASE: "there is no such database",
    _NO_ROLE: "the server does not let this role in: see pg_hba.conf",
}


@contextmanager
def looking(words: Mapping[str, str]) -> Iterator["Look"]:
    """Look, as the gateway's role.

    Args:
        words: libpq's, password among them.

    Raises:
        WorkstationError: the database does not let the gateway in (code `database`).
    """
    engine = create_engine(
        "postgresql+psycopg://",
        connect_args={"connect_timeout": _CONNECT_S, **words},
        poolclass=NullPool,
        hide_parameters=True,
        execution_options={"postgresql_readonly": True},
    )
    try:
        with engine.connect() as db, db.begin():
            tell_database(db, NOBODY)
            yield Look(db)
    except DBAPIError as e:
        raise WorkstationError(_why(e), code="database") from None
    finally:
        engine.dispose()


def _why(error: DBAPIError) -> str:
    """What to do; the server's own words may show what it was given."""
    state = str(getattr(error.orig, "sqlstate", "") or "")
    said = str(error.orig).lower()
    why = _WHY.get(state) or next((why for mark, why in _MARKS if mark in said), "nothing answers there")
    return f"The gateway does not get into the database: {why}."


_MARKS = (
    ("password authentication failed", _WHY[_WRONG_PASSWORD]),
    ("no pg_hba.conf entry", _WHY[_NO_ROLE]),
    ("does not exist", "there is no such database or role"),
    ("certificate", "the server's certificate is not vouched for, or is another host's: see ca and the url's host"),
    ("ssl", "the server does not speak TLS as it must"),
    ("too many", "the server has no connection left"),
)
"""Failures of a connection carry no SQLSTATE; libpq's English words tell them apart, and nothing of them is said."""


class Look:
    """A database that a gateway got into."""

    def __init__(self, db: Connection) -> None:
        """Look through this connection."""
        self._db = db

    def server(self) -> str:
        """What answers: its version, and whether the line is under TLS."""
        version = str(self._db.execute(text("SHOW server_version")).scalar_one()).partition(" ")[0]
        tls = self._db.execute(text("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).scalar()
        return f"PostgreSQL {version}, {tls or 'without TLS'}"

    def most_connections(self) -> int:
        """How many connections the server takes in all."""
        return int(self._db.execute(text("SHOW max_connections")).scalar_one())

    def clock_off_ms(self, clock: Clock) -> int:
        """How far this machine's clock is ahead of the database's."""
        return clock.now_ms() - database_now_ms(self._db, clock)

    def check_tables(self) -> None:
        """Demand tables of this release, and a role without rights too many.

        Raises:
            VerificationError: the tables are older, newer or not there.
            WorkstationError: the role may do more than it should.
        """
        check_range(self._db)
        check_own_rights(self._db)

    def check_office(self, source: MasterSource) -> tuple[str, int, tuple[int, ...]]:
        """Demand an office whose keys open under this master.

        Returns:
            Its name, the version that wraps, and versions that are added and not here yet.

        Raises:
            VerificationError: there is no office, or the master is not its master.
            WorkstationError: the master is not to be had.
        """
        name, root = setting(self._db, "name"), setting(self._db, "root")
        if name is None or root is None:
            raise VerificationError(
                "There is no office in this database. Make one with: tirai gateway init; or move one in.",
                code="no_office",
            )
        keys = OfficeKeys.load(self._db, sha256(root), source)
        return name.decode(), keys.master_version, tuple(self._not_here(sha256(root), source))

    def _not_here(self, office: bytes, source: MasterSource) -> Iterator[int]:
        versions = select(schema.master_versions).where(schema.master_versions.c.state == MasterState.ADDED.value)
        for row in self._db.execute(versions):
            try:
                check_master(office, row.version, source.key(self._db, row.version), row.proof)
            except (MasterMissingError, WorkstationError):
                yield row.version

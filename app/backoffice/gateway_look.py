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
from app.backoffice.database_refusals import why_refused
from app.backoffice.gateways import clock_off_ms
from app.backoffice.master import MasterMissingError, MasterSource, MasterState, check_master
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.rights import check_own_rights
from app.backoffice.schema_range import check_range
from app.backoffice.server_kinds import OLDEST, TRIED, is_refused, is_tried, other_server
from app.crypto.derive import sha256
from app.domain.errors import VerificationError, WorkstationError

_CONNECT_S = "10"
_EXTENSIONS = "SELECT extname FROM pg_extension"


@contextmanager
def looking(words: Mapping[str, str]) -> Iterator["Look"]:
    """Look, as one of an office's roles.

    Args:
        words: libpq's, password among them.

    Raises:
        WorkstationError: the database does not let the role in (code `database`), or is no PostgreSQL (`server`).
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
        raise WorkstationError(refusal(words, e), code="database") from None
    except AssertionError as e:  # SQLAlchemy's, where version() begins by another word than PostgreSQL's
        raise WorkstationError(other_server(str(e)), code="server") from None
    finally:
        engine.dispose()


def refusal(words: Mapping[str, str], error: BaseException | None) -> str:
    """That a role is not let in, and why; the server's own words may show what it was given.

    Args:
        words: libpq's, of which the role's name alone is said.
        error: SQLAlchemy's.
    """
    return f"{words['user']} does not get into the database: {why_refused(error)}."


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

    def stranger(self) -> str:
        """What to say of a server that Tirai was never run on, or nothing.

        Raises:
            WorkstationError: it is too old, or no PostgreSQL (code `server`).
        """
        version = str(self._db.execute(text("SELECT version()")).scalar_one())
        said = other_server(version, tuple(self._db.execute(text(_EXTENSIONS)).scalars().all()))
        if is_refused(version):
            said = said or f"The server is older than PostgreSQL {OLDEST}. Update it."
            raise WorkstationError(said, code="server")
        if not said and not is_tried(version):
            said = f"Tirai's tests were run on PostgreSQL {' and '.join(map(str, TRIED))}, not on this version."
        return said

    def reads_everything(self) -> bool:
        """Whether the role passes by the policies, and may read each table: for backups."""
        asked = (
            "SELECT rolbypassrls AND pg_has_role(oid, 'pg_read_all_data', 'MEMBER') FROM pg_roles "
            "WHERE rolname = current_user"
        )
        return bool(self._db.execute(text(asked)).scalar_one())

    def most_connections(self) -> int:
        """How many connections the server takes in all."""
        return int(self._db.execute(text("SHOW max_connections")).scalar_one())

    def clock_off_ms(self, clock: Clock) -> int:
        """How far this machine's clock is ahead of the database's."""
        return clock_off_ms(self._db, clock)

    def check_tables(self) -> None:
        """Demand tables of this release, and a role without rights too many.

        Raises:
            VerificationError: the tables are older, newer or not there.
            WorkstationError: the role may do more than it should.
        """
        check_range(self._db)
        check_own_rights(self._db)

    def has_office(self) -> bool:
        """Whether there is an office in this database."""
        return setting(self._db, "root") is not None

    def demand_master(self, source: MasterSource) -> None:
        """Demand the version of the master that a new office begins with.

        Raises:
            MasterMissingError, WorkstationError: the source does not have it.
        """
        source.key(self._db, 1)

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

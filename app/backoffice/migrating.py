"""Makes and changes the tables of a gateway's database, as its owner, and gives the gateway's role its rights.

Invariants: one migrates at a time (an advisory lock); everything is one transaction, so that whoever is killed in the
midst leaves what was there; who is at work in a table is not made to queue for long behind a migration that waits for
it: after a few seconds everything is let go and begun anew. Alembic is loaded by this alone, and no gateway loads this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import NullPool

from app.backoffice.acting import OFFICE, tell_database
from app.backoffice.database_refusals import why_refused
from app.backoffice.rights import apply_rights, check_roles
from app.backoffice.schema_range import put_range
from app.domain.errors import InputRefusedError, WorkstationError

MIGRATIONS: Final = Path(__file__).parent / "migrations"
LOCK: Final = 0x7469_7261_692D_6D67
"""The advisory lock of whoever migrates ("tirai-mg")."""
_WAITS_S: Final = 3
_TRIES: Final = 20
_LOCK_NOT_AVAILABLE: Final = "55P03"


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a run came to.

    Attributes:
        before: the migration that the tables were at; empty where there were none.
        after: where they are now.
    """

    before: str
    after: str


def owner_engine(url: str, words: Mapping[str, str] | None = None) -> Engine:
    """The owner's way to the database: a connection for each run, none kept.

    Args:
        url: SQLAlchemy's URL, `postgresql+psycopg://ROLE:PASSWORD@HOST/DATABASE`, or of its start alone.
        words: libpq's words for the rest.

    Raises:
        InputRefusedError: it is no address of a PostgreSQL.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        address = None
    if address is None or address.get_backend_name() != "postgresql":  # whose words would show the password
        raise InputRefusedError(
            "This is no address of a PostgreSQL database: postgresql://ROLE:PASSWORD@HOST:5432/DATABASE", code="db_url"
        )
    address = address.set(drivername="postgresql+psycopg")
    return create_engine(address, connect_args=dict(words or {}), poolclass=NullPool, hide_parameters=True)


def migrate(engine: Engine, gateway: str, scripts: Path = MIGRATIONS) -> Migrated:
    """Bring the tables to what this release needs, and the rights of the gateway's role; twice is as once.

    Args:
        engine: the owner's.
        gateway: name of the gateway's role.
        scripts: where the migrations lie.

    Raises:
        WorkstationError: code `db_owner`, `db_role`, `db_busy` (others did not let go of a table), `db_newer` (the
            tables were made by a newer release), or `db_away`.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    for _ in range(_TRIES):
        try:
            with engine.connect() as db, db.begin():
                return _migrate(db, config, gateway)
        except OperationalError as e:
            if getattr(e.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                raise WorkstationError(
                    f"The database did not take the owner in, or went away: {why_refused(e)}. Nothing was changed.",
                    code="db_away",
                ) from e
    raise WorkstationError(
        "Others work in a table that must change, and did not let go of it in a minute. Nothing was changed; try again "
        "when less is going on.",
        code="db_busy",
    )


def _migrate(db: Connection, config: Config, gateway: str) -> Migrated:
    check_roles(db, gateway)
    db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    db.execute(text("SELECT set_config('lock_timeout', :waits, true)"), {"waits": f"{_WAITS_S}s"})
    tell_database(db, OFFICE)  # what a migration changes of customers it changes of all of them
    scripts = ScriptDirectory.from_config(config)
    before, newest = MigrationContext.configure(db).get_current_revision(), scripts.get_current_head()
    known = {script.revision for script in scripts.walk_revisions()}
    if before is not None and before not in known:
        raise WorkstationError(
            "The database was made by a newer release of Tirai than this one. Nothing was changed.", code="db_newer"
        )
    config.attributes["connection"] = db
    command.upgrade(config, "head")
    if before != newest and newest is not None:
        at: Any = scripts.get_revision(newest).module
        put_range(db, at.SCHEMA, at.OLDEST)
    apply_rights(db, gateway)
    return Migrated(before or "", newest or "")

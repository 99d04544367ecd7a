"""The oldest PostgreSQL that is supported: tables, rights and policies hold there, each time it is at hand.

The other tests run on the newest, unless `--pg` names this one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import func, select

from app.backoffice import schema
from app.backoffice.acting import NOBODY, OFFICE, Acting, tell_database
from app.backoffice.gateway_look import looking
from app.backoffice.migrating import migrate, owner_engine
from app.backoffice.move_in import number_on
from app.backoffice.privacy_schema import consents
from app.backoffice.server_kinds import OLDEST
from tests.gateway.databases import BACKUP, GATEWAY, OWNER, GatewayDatabase, migrated_database
from tests.gateway.postgres_server import PostgresServer, running_server

PROGRAMS = Path(f"/usr/lib/postgresql/{OLDEST}/bin")


@pytest.fixture(scope="module")
def oldest() -> Iterator[PostgresServer]:
    if not (PROGRAMS / "initdb").exists():
        pytest.skip(f"NOT RUN on PostgreSQL {OLDEST}: {PROGRAMS} is not there (apt install postgresql-{OLDEST})")
    with running_server(PROGRAMS) as server:
        yield server


@pytest.fixture(scope="module")
def database(oldest: PostgresServer) -> GatewayDatabase:
    return migrated_database(oldest)


def test_that_the_server_is_the_oldest_and_is_taken(oldest: PostgresServer, database: GatewayDatabase) -> None:
    assert oldest.version == OLDEST
    with looking(database.words()) as look:
        assert look.stranger() == ""
        look.check_tables()
    with looking(database.words(BACKUP)) as look:
        assert look.reads_everything()


def test_that_migrating_twice_is_as_once(database: GatewayDatabase) -> None:
    done = migrate(owner_engine(database.url(OWNER)), GATEWAY)
    assert done.before == done.after


def test_that_the_log_is_only_appended(database: GatewayDatabase) -> None:
    for statement in ("UPDATE audit SET detail = ''", "DELETE FROM audit", "CREATE TABLE mine (n integer)"):
        with pytest.raises(InsufficientPrivilege):
            database.execute(statement)


def test_that_what_moved_in_is_numbered_on(database: GatewayDatabase) -> None:
    """Whichever column a table numbers: `max` of anything else is refused by this server, and by none that is newer."""
    row = {"record": b"r", "purpose": "p", "given": True, "at_ms": 1, "channel": "c", "account": "a", "receipt": "r"}
    engine = database.engine(OWNER)
    with engine.connect() as db:
        tell_database(db, OFFICE)
        db.execute(consents.insert().values(number=7, id=b"1", signature=b"s", **row))
        number_on(db)
        db.execute(consents.insert().values(id=b"2", signature=b"s", **row))
        assert db.execute(select(func.max(consents.c.number))).scalar_one() == 8
        db.rollback()
    engine.dispose()


def test_that_customers_are_shown_by_the_queues_of_who_asks(database: GatewayDatabase) -> None:
    engine = database.engine()
    with engine.begin() as db:
        tell_database(db, OFFICE)
        db.execute(schema.master_versions.insert().values(version=1, state="wraps", proof=b"p"))
        db.execute(schema.imports.insert().values(id=b"i", account="dewi", at_ms=1, committed=True))
        row = {"number": "N-1", "queue": "cards", "open_fields": "{}", "masks": "{}", "import_id": b"i"}
        db.execute(schema.customers.insert().values(record=b"r" * 16, master_version=1, record_key=b"k", **row))
    seen = []
    for who in (NOBODY, Acting("ratna", ("billing",)), Acting("bagus", ("cards",)), OFFICE):
        with engine.begin() as db:
            tell_database(db, who)
            seen.append(db.execute(select(func.count()).select_from(schema.customers)).scalar_one())
    engine.dispose()
    assert seen == [0, 0, 1, 1]

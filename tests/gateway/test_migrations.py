"""Migrations: they make exactly the tables that the code knows, once, whoever comes beside them or kills them."""

import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from app.backoffice import schema
from app.backoffice.migrating import MIGRATIONS, Migrated, migrate, owner_engine
from app.backoffice.rights import check_own_rights
from app.backoffice.schema_range import check_range, range_of
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from tests.gateway.databases import BACKUP, GATEWAY, OWNER, GatewayDatabase, empty_database
from tests.gateway.first_version import PLACE, first_version
from tests.gateway.postgres_server import PostgresServer
from tests.ordinary_user import PROJECT

VERSION = int(schema.SCHEMA_VERSION)
EXPAND = '''"""A table more, which gateways of before do without."""

from alembic import op

revision = "9001"
down_revision = "0001"

SCHEMA, OLDEST = {made}, {oldest}


def upgrade() -> None:
    op.execute("CREATE TABLE later (n bigint)")
    op.execute("ALTER TABLE notes ADD COLUMN later bigint")
'''


@pytest.fixture
def empty(postgres: PostgresServer) -> Iterator[GatewayDatabase]:
    database = empty_database(postgres)
    yield database
    postgres.drop_database(database.name)


def run(database: GatewayDatabase, scripts: Path = MIGRATIONS, role: str = OWNER, gateway: str = GATEWAY) -> Migrated:
    return migrate(owner_engine(database.url(role)), gateway, scripts)


def tables(database: GatewayDatabase) -> set[object]:
    found = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", OWNER)
    return {name for (name,) in found}


def later(folder: Path, made: int = VERSION + 1, oldest: int = VERSION) -> Path:
    """The migrations of a release to come."""
    versions = folder / "versions"
    versions.mkdir()
    (folder / "env.py").write_text((MIGRATIONS / "env.py").read_text())
    for known in (MIGRATIONS / "versions").glob("v*.py"):
        (versions / known.name).write_text(known.read_text())
    (versions / "v9001_later.py").write_text(EXPAND.format(made=made, oldest=oldest))
    return folder


def test_that_the_first_migration_is_written_from_the_tables() -> None:
    assert PLACE.read_text("utf-8") == first_version(), "run: python -m tests.gateway.first_version"


def test_that_migrations_make_the_tables_that_the_code_knows(gateway_database: GatewayDatabase) -> None:
    with gateway_database.engine(OWNER).connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, schema.metadata) == []
        assert range_of(db) == (VERSION, VERSION)


def test_that_a_forgotten_migration_is_seen(gateway_database: GatewayDatabase) -> None:
    gateway_database.execute("ALTER TABLE notes DROP COLUMN stays; DROP INDEX ix_audit_time", OWNER)
    with gateway_database.engine(OWNER).connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert len(compare_metadata(context, schema.metadata)) == 2


def test_that_twice_is_as_once(empty: GatewayDatabase) -> None:
    assert run(empty) == Migrated("", "0001")
    made = empty.execute("SELECT xmin::text, name FROM settings ORDER BY name", OWNER)
    assert run(empty) == Migrated("0001", "0001")
    assert empty.execute("SELECT xmin::text, name FROM settings ORDER BY name", OWNER) == made


def test_that_several_at_once_migrate_once(empty: GatewayDatabase) -> None:
    together = threading.Barrier(4)

    def one(_n: int) -> str:
        together.wait()
        return run(empty).before

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["", "0001", "0001", "0001"]
    assert {*schema.metadata.tables} <= tables(empty)


def test_that_a_migration_killed_in_the_midst_leaves_nothing_half_made(empty: GatewayDatabase) -> None:
    with psycopg.connect(empty.url(OWNER).replace("+psycopg", "")) as blocker:
        blocker.execute("CREATE TABLE notes ()")  # not committed: the migration waits here, some tables made
        child = subprocess.Popen([sys.executable, "-W", "error", "-c", _PROGRAM, empty.url(OWNER)], cwd=PROJECT)
        waiting = _wait_for_a_waiting_one(empty)
        child.send_signal(signal.SIGKILL)
        child.wait()
        empty.server.execute(f"SELECT pg_terminate_backend({waiting}, 60000)")
        blocker.rollback()
    assert tables(empty) == set()
    assert run(empty) == Migrated("", "0001")


_PROGRAM = """
import sys
from app.backoffice.migrating import migrate, owner_engine
migrate(owner_engine(sys.argv[1]), "tirai_gateway")
"""


def _wait_for_a_waiting_one(database: GatewayDatabase) -> object:
    query = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
        "AND wait_event <> 'advisory'"
    )
    while not (found := database.execute(query, "postgres")):
        pass
    return found[0][0]


def test_that_a_migration_does_not_wait_for_those_at_work_where_nothing_changes(
    gateway_database: GatewayDatabase,
) -> None:
    with gateway_database.engine().connect() as db, db.begin():
        for table in schema.metadata.sorted_tables:
            db.execute(table.select().limit(1))
        assert run(gateway_database) == Migrated("0001", "0001")


def test_that_a_migration_lets_go_for_those_at_work_and_comes_again(
    gateway_database: GatewayDatabase, tmp_path: Path
) -> None:
    scripts, is_waiting = later(tmp_path), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with gateway_database.engine().connect() as db, db.begin():
            db.execute(schema.notes.select())
            migrating = pool.submit(run, gateway_database, scripts)
            first = _wait_for_a_waiting_one(gateway_database)
            while _wait_for_a_waiting_one(gateway_database) == first:
                pass  # it has let go, and waits again under another connection
            is_waiting.set()
        assert migrating.result() == Migrated("0001", "9001")
    assert is_waiting.is_set()


def test_that_older_gateways_work_on_while_the_tables_serve_them(
    gateway_database: GatewayDatabase, tmp_path: Path
) -> None:
    run(gateway_database, later(tmp_path))
    with gateway_database.engine().connect() as db:
        assert range_of(db) == (VERSION, VERSION + 1)
        check_range(db)
        check_range(db, VERSION + 1)
        assert _code(db, VERSION - 1) == "schema_new"
        assert _code(db, VERSION + 2) == "schema_old"


def test_that_a_gateway_too_old_for_the_tables_refuses(gateway_database: GatewayDatabase, tmp_path: Path) -> None:
    run(gateway_database, later(tmp_path, oldest=VERSION + 1))
    with gateway_database.engine().connect() as db:
        assert _code(db, VERSION) == "schema_new"


def test_that_a_gateway_before_any_migration_says_what_to_run(empty: GatewayDatabase) -> None:
    with empty.engine().connect() as db:
        assert _code(db, VERSION) == "schema_none"


def _code(db: Connection, ours: int) -> str:
    with pytest.raises(VerificationError) as refused:
        check_range(db, ours)
    return refused.value.code


def test_that_an_older_release_does_not_touch_newer_tables(gateway_database: GatewayDatabase, tmp_path: Path) -> None:
    run(gateway_database, later(tmp_path))
    with pytest.raises(WorkstationError) as refused:
        run(gateway_database)
    assert refused.value.code == "db_newer"
    assert "later" in tables(gateway_database)


@pytest.mark.parametrize(
    ("role", "gateway", "code"),
    [
        ("postgres", GATEWAY, "db_owner"),
        (GATEWAY, GATEWAY, "db_owner"),
        (OWNER, OWNER, "db_role"),
        (OWNER, "nobody_such", "db_role"),
        (OWNER, BACKUP, "db_role"),
    ],
)
def test_that_only_the_owner_migrates_for_a_role_that_is_less(
    empty: GatewayDatabase, role: str, gateway: str, code: str
) -> None:
    with pytest.raises(WorkstationError) as refused:
        run(empty, role=role, gateway=gateway)
    assert refused.value.code == code
    assert tables(empty) == set()


@pytest.mark.parametrize(
    ("more", "again"),
    [
        ("GRANT tirai_owner TO {role}", "REVOKE tirai_owner FROM {role}"),
        ("ALTER ROLE {role} CREATEDB", "ALTER ROLE {role} NOCREATEDB"),
        ("GRANT pg_read_all_data TO {role}", "REVOKE pg_read_all_data FROM {role}"),
    ],
)
def test_that_a_gateway_with_more_power_is_not_set_up(empty: GatewayDatabase, more: str, again: str) -> None:
    role = empty.server.role("another_gateway")
    empty.server.execute(more.format(role=role))
    with pytest.raises(WorkstationError, match="docs/gateway/database"):
        run(empty, gateway=role)
    empty.server.execute(again.format(role=role))
    assert run(empty, gateway=role).after == "0001"


def test_that_a_gateway_knows_whether_it_may_too_much(gateway_database: GatewayDatabase) -> None:
    with gateway_database.engine().connect() as db:
        check_own_rights(db)
    for role in (OWNER, BACKUP, "postgres"):
        with gateway_database.engine(role).connect() as db, pytest.raises(WorkstationError):
            check_own_rights(db)
    gateway_database.execute(f"GRANT UPDATE ON audit TO {GATEWAY}", OWNER)
    with gateway_database.engine().connect() as db, pytest.raises(WorkstationError):
        check_own_rights(db)
    run(gateway_database)
    with gateway_database.engine().connect() as db:
        check_own_rights(db)


@pytest.mark.parametrize("url", ["", "mysql://u:canary-pw@h/d", "postgresql://u:canary-pw@[::1/x", "tirai.db"])
def test_that_a_wrong_address_is_refused_without_its_words(url: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        owner_engine(url)
    assert "canary" not in str(refused.value)


def test_that_a_password_is_in_no_error(empty: GatewayDatabase) -> None:
    url = empty.url(OWNER).replace(empty.server.password, "canary-a81c")
    with pytest.raises(WorkstationError) as refused:
        migrate(owner_engine(url), GATEWAY)
    assert refused.value.code == "db_away"
    assert "authentication failed" in str(refused.value.__cause__)
    assert "canary" not in "".join(traceback.format_exception(refused.value))


def command(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "app", "gateway", "migrate", *words],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_that_the_command_migrates_by_a_file_with_the_owners_address(empty: GatewayDatabase, tmp_path: Path) -> None:
    file = empty.url_file(tmp_path)
    done = command("--database-url-file", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "from nothing to 0001" in done.stdout
    again = command("--database-url-file", str(file), "--gateway-role", GATEWAY)
    assert "as they should be" in again.stdout
    file.chmod(0o644)
    refused = command("--database-url-file", str(file))
    assert refused.returncode == 5
    assert empty.server.password not in refused.stderr + refused.stdout


def test_that_the_command_says_what_is_missing(tmp_path: Path) -> None:
    assert "gateway.toml" in command("--config", str(tmp_path / "gateway.toml")).stderr
    assert command("--gateway-role", "x").returncode == 2

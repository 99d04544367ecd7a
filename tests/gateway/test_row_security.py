"""Which rows the gateway's role sees, and what it may do: PostgreSQL's own answer, whatever a query forgets."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine, Table, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.pool import QueuePool

from app.backoffice import privacy_schema, schema, subject_tables
from app.backoffice.acting import NOBODY, OFFICE, Acting, acting_for, acting_in, for_the_office, tell_database
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.rights import APPENDED_ONLY, OF_NOBODY, POLICIES, RIGHTS
from tests.gateway.databases import GATEWAY, OWNER, GatewayDatabase, migrated_database
from tests.gateway.postgres_server import PostgresServer

RATNA, BAGUS = Acting("ratna", ("billing",)), Acting("bagus", ("cards", "fraud"))
BOTH, SUPERVISOR = Acting("dewi", ("billing", "cards")), Acting("hendra", ("*",))
QUEUES = ("billing", "cards", "collections")
ALL = len(QUEUES)
OUTSIDER = Acting("x", ("bill",))
SEEN = [(NOBODY, 0), (RATNA, 1), (BAGUS, 1), (BOTH, 2), (SUPERVISOR, ALL), (OFFICE, ALL), (OUTSIDER, 0)]


@pytest.fixture
def filled(gateway_database: GatewayDatabase) -> Iterator[Engine]:
    """A customer in each queue, with a row about each in every table that tells of customers."""
    engine = gateway_database.engine(poolclass=QueuePool, pool_size=1, max_overflow=0)
    with engine.connect() as db, db.begin():
        tell_database(db, OFFICE)
        _add(db, schema.master_versions, version=1, state="wraps", proof=b"p")
        for number, queue in enumerate(QUEUES, 1):
            _fill(db, number, queue)
    yield engine
    engine.dispose()


def record_of(number: int) -> bytes:
    return bytes([number]) * 16


def _fill(db: Connection, number: int, queue: str) -> None:
    record, arrival = record_of(number), bytes([100 + number]) * 16
    db.execute(schema.imports.insert().values(id=arrival, account="dewi", at_ms=1, committed=True))
    _add(db, schema.customers, record=record, number=f"N-{number}", queue=queue, open_fields="{}", masks="{}",
         master_version=1, record_key=b"k", import_id=arrival)  # fmt: skip
    _add(db, schema.sealed_values, record=record, field="nik", version=1, data_class="identity", blob=b"b",
         import_id=arrival, lookup_tag=b"t")  # fmt: skip
    _add(db, schema.notes, id=record, record=record, author="ratna", session=b"s", created_ms=1, changed_ms=1,
         logged_ms=1, revision=1, blob=b"b")  # fmt: skip
    _add(db, schema.contacts, id=record, record=record, account="ratna", session=b"s", queue=queue, started_ms=1,
         changed_ms=1, revision=1, outcome="", tags="", call_back_day="", call_back_at="", call="",
         is_last=True)  # fmt: skip
    _add(db, schema.edits, id=arrival, record=record, field="city", session=b"s", digest=b"d", text_before="Malang")
    _add(db, schema.collected, id=arrival, record=record, session=b"s", digest=b"d", inventory=b"i", notice="1")
    _add(db, privacy_schema.consents, id=arrival, record=record, purpose="offers", given=True, at_ms=1, channel="desk",
         account="ratna", receipt="{}", signature=b"s")  # fmt: skip
    _add(db, subject_tables.subject_requests, id=arrival, number=number, record=record, queue=queue, kind="restriction",
         channel="phone", purposes="offers", received_ms=1, opened_ms=1, opened_by="ratna", due_ms=1, state="done",
         revision=1)  # fmt: skip
    _add(db, subject_tables.processing_holds, record=record, purpose="offers", request=arrival, since_ms=1)
    _add(db, schema.customer_imports, record=record, import_id=arrival)
    _add(db, schema.departures, change=number, customer=99, queue=queue)
    _add(db, schema.customer_changes, import_id=arrival, record=record, queue=queue, open_fields="{}", masks="{}")


def _add(db: Connection, table: Table, **values: object) -> None:
    db.execute(table.insert().values(**values))


def count(db: Connection, table: str) -> int:
    return db.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one()


def seen_by(who: Acting, most: int, table: str) -> int:
    """Staged changes are the office's alone, and those of who sees everything."""
    return 0 if table == "customer_changes" and "*" not in who.queues else most


@pytest.fixture(scope="module")
def unchanged(postgres: PostgresServer) -> Iterator[GatewayDatabase]:
    """A database for what is refused."""
    database = migrated_database(postgres)
    yield database
    postgres.drop_database(database.name)


# what is seen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "most"), SEEN, ids=[who.account or "/".join(who.queues) or "nobody" for who, _ in SEEN]
)
def test_that_a_query_that_forgets_its_queues_shows_those_of_the_account_alone(
    filled: Engine, who: Acting, most: int
) -> None:
    with filled.connect() as db, db.begin():
        tell_database(db, who)
        for table in POLICIES:
            assert count(db, table) == seen_by(who, most, table), table
        queues = set(db.execute(select(schema.customers.c.queue)).scalars())
        assert queues <= (set(QUEUES) if "*" in who.queues else set(who.queues))


def test_that_a_transaction_that_says_nothing_sees_nothing(filled: Engine) -> None:
    with filled.connect() as db, db.begin():
        assert [count(db, table) for table in POLICIES] == [0] * len(POLICIES)
    with filled.connect() as db, db.begin(), acting_for(RATNA):
        assert count(db, "customers") == 0, "it is the database that must be told"


@pytest.mark.parametrize("end", ["commit", "rollback", "error"])
def test_that_nothing_of_one_transaction_stays_for_the_next_on_its_connection(filled: Engine, end: str) -> None:
    def pid(db: Connection) -> object:
        return db.execute(text("SELECT pg_backend_pid()")).scalar()

    with filled.connect() as db:
        transaction = db.begin()
        tell_database(db, SUPERVISOR)
        assert count(db, "customers") == ALL
        first = pid(db)
        if end == "error":
            with pytest.raises(DBAPIError):
                db.execute(text("SELECT 1 / 0"))
        transaction.commit() if end == "commit" else transaction.rollback()
    with filled.connect() as db, db.begin():
        assert pid(db) == first, "the same connection, as behind a pooler"
        assert count(db, "customers") == 0
        assert db.execute(text("SELECT current_setting('tirai.account', true)")).scalar() in {None, ""}


def test_that_two_people_taking_turns_on_one_connection_never_see_each_others_rows(filled: Engine) -> None:
    """A transaction-mode pooler gives one connection of PostgreSQL to many, a transaction at a time."""
    turns, wrong = threading.Barrier(2), list[object]()

    def work(who: Acting, own: str) -> int:
        seen = 0
        turns.wait()
        for n in range(60):
            with acting_for(who), filled.connect() as db, db.begin() as transaction:
                tell_database(db)
                found = db.execute(select(schema.customers.c.queue)).scalars().all()
                values = db.execute(select(schema.sealed_values.c.record)).scalars().all()
                if found != [own] or values != [record_of(QUEUES.index(own) + 1)]:
                    wrong.append((who, found))
                seen += len(found)
                if n % 3 == 0:
                    transaction.rollback()
        return seen

    with ThreadPoolExecutor(2) as pool:
        a, b = pool.submit(work, RATNA, "billing"), pool.submit(work, BAGUS, "cards")
        assert (a.result(), b.result()) == (60, 60)
    assert wrong == []


def test_that_the_owner_sees_no_customers_by_mistake(filled: Engine, gateway_database: GatewayDatabase) -> None:
    with gateway_database.engine(OWNER).connect() as db, db.begin():
        assert [count(db, table) for table in POLICIES] == [0] * len(POLICIES)
        tell_database(db, RATNA)
        assert count(db, "sealed_values") == 1


def test_that_a_part_for_the_office_ends_with_its_block(filled: Engine) -> None:
    with acting_for(RATNA), filled.connect() as db, db.begin():
        tell_database(db)
        with for_the_office(db):
            assert count(db, "notes") == ALL
            with acting_in(db, BAGUS):
                assert count(db, "notes") == 1
            assert count(db, "notes") == ALL
        assert count(db, "notes") == 1
        with pytest.raises(ValueError, match="x"), for_the_office(db):
            raise ValueError("x")
        assert count(db, "notes") == 1
    with acting_for(RATNA), filled.connect() as db, db.begin():
        tell_database(db)
        with pytest.raises(DBAPIError), for_the_office(db):
            db.execute(text("SELECT 1 / 0"))


def test_that_a_part_of_a_transaction_works_for_whom_its_block_works(
    filled: Engine, gateway_database: GatewayDatabase
) -> None:
    """A use case that writes calls another that does: one transaction, and each sees what its block may see."""
    database = PostgresDatabase(gateway_database.words())
    with acting_for(RATNA), database.writing() as db:
        with database.writing() as same:
            assert same is db
            assert count(db, "notes") == 1
        with acting_for(OFFICE), database.writing():
            assert count(db, "notes") == ALL
        assert count(db, "notes") == 1
        with pytest.raises(ValueError, match="x"), acting_for(OFFICE), database.writing():
            raise ValueError("x")
        assert count(db, "notes") == 1
        with for_the_office(db), database.writing():
            assert count(db, "notes") == ALL
        with acting_for(BAGUS), database.writing() as part, for_the_office(part):
            assert count(db, "notes") == ALL
        assert count(db, "notes") == 1
    database.close()


# what is written


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE customers SET masks = 'x'",
        "UPDATE contacts SET outcome = 'x'",
        "UPDATE notes SET stays = 'x'",
        "DELETE FROM sealed_values",
        "DELETE FROM customers WHERE record IN (SELECT record FROM customers)",
    ],
)
def test_that_a_change_that_forgets_its_queues_changes_own_rows_alone(filled: Engine, statement: str) -> None:
    for who, most in SEEN:
        with filled.connect() as db, db.begin() as transaction:
            tell_database(db, who)
            db.execute(text("SET CONSTRAINTS ALL DEFERRED"))
            assert db.execute(text(statement)).rowcount == most, who
            transaction.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE customers SET queue = 'cards'",
        "INSERT INTO departures (change, customer, queue) VALUES (77, 1, 'cards')",
        "INSERT INTO sealed_values (record, field, version, data_class, blob, import_id) "
        "VALUES ('\\x02020202020202020202020202020202', 'email', 9, 'contact', 'b', 'i')",
        "INSERT INTO customer_imports (record, import_id) VALUES ('\\x02020202020202020202020202020202', "
        "'\\x65656565656565656565656565656565')",
    ],
)
def test_that_nothing_is_put_into_another_queue(filled: Engine, statement: str) -> None:
    with filled.connect() as db, db.begin() as transaction:
        tell_database(db, RATNA)
        with pytest.raises(ProgrammingError, match="row-level security"):
            db.execute(text(statement))
        transaction.rollback()


# what the role may do at all


@pytest.mark.parametrize("table", APPENDED_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET number = 1", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}",
                                  "ALTER TABLE {} ADD COLUMN x int", "SELECT 1 FROM {} FOR UPDATE"])  # fmt: skip
def test_that_nobody_rewrites_the_log_as_the_gateways_role(unchanged: GatewayDatabase, table: str, verb: str) -> None:
    refused(unchanged, verb.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "CREATE TEMP TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER mine BEFORE INSERT ON audit EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE INDEX mine ON audit (number)",
        "ALTER TABLE customers DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE customers NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY acting ON customers",
        "CREATE POLICY mine ON customers USING (true)",
        f"SET ROLE {OWNER}",
        f"SET SESSION AUTHORIZATION {OWNER}",
        f"GRANT {OWNER} TO {GATEWAY}",
        f"ALTER ROLE {GATEWAY} BYPASSRLS",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "SELECT * FROM alembic_version",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY settings TO PROGRAM 'cat'",
        "SELECT rolpassword FROM pg_authid",
        "SET session_replication_role = 'replica'",
    ],
)
def test_that_the_gateways_role_changes_no_tables_rights_or_roles(unchanged: GatewayDatabase, statement: str) -> None:
    refused(unchanged, statement)


def refused(database: GatewayDatabase, statement: str) -> None:
    with database.engine(isolation_level="AUTOCOMMIT").connect() as db, pytest.raises(DBAPIError) as caught:
        db.exec_driver_sql(statement)
    assert getattr(caught.value.orig, "sqlstate", "") == "42501", caught.value.orig


def test_that_the_gateways_role_gives_itself_nothing(unchanged: GatewayDatabase) -> None:
    with unchanged.engine().connect() as db, db.begin():
        db.exec_driver_sql(f"GRANT ALL ON audit TO {GATEWAY}")  # PostgreSQL warns, and grants nothing
        for verb in ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER"):
            assert db.execute(text(f"SELECT has_table_privilege('audit', '{verb}')")).scalar() is False


def test_that_asking_for_all_rows_without_policies_is_an_error(filled: Engine) -> None:
    with filled.connect() as db, db.begin() as transaction:
        db.execute(text("SET LOCAL row_security = off"))
        with pytest.raises(ProgrammingError, match="row-level security"):
            count(db, "customers")
        transaction.rollback()


def test_that_each_grant_is_one_that_the_code_needs(unchanged: GatewayDatabase) -> None:
    found = unchanged.execute(
        "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type) "
        f"FROM information_schema.role_table_grants WHERE grantee = '{GATEWAY}' GROUP BY 1 ORDER BY 1"
    )
    words = {"s": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE"}
    assert {str(table): verbs for table, verbs in found} == {
        table: " ".join(sorted(words[v] for v in verbs)) for table, verbs in RIGHTS.items()
    }
    assert set(RIGHTS) == set(schema.metadata.tables), "a new table has its rights in app/backoffice/rights.py"
    assert all(RIGHTS[table] == "si" for table in APPENDED_ONLY)


def test_that_everybody_else_has_no_rights(unchanged: GatewayDatabase) -> None:
    unchanged.server.role("somebody")
    for statement in ("SELECT 1 FROM settings", "SELECT 1 FROM audit", "CREATE TABLE public.mine (n int)"):
        with pytest.raises(Exception, match="permission denied"):
            unchanged.execute(statement, "somebody")


def test_that_each_table_that_names_a_customer_has_a_policy_or_a_reason() -> None:
    telling = {
        table.name for table in schema.metadata.tables.values() if {"record", "queue", "customer"} & {*table.c.keys()}
    }
    assert telling == set(POLICIES) | set(OF_NOBODY)
    assert not set(POLICIES) & set(OF_NOBODY)
    assert all(reason.endswith(".") for reason in OF_NOBODY.values())


def test_that_ids_that_the_database_makes_can_be_made(gateway_database: GatewayDatabase) -> None:
    engine: Engine = create_engine(gateway_database.url())
    with engine.connect() as db, db.begin():
        db.execute(schema.calls.insert().values(session=b"s", reference="r", started_ms=1))
        _add(db, schema.wrong_codes, account="ratna", seat="s", at_ms=1, boot_s=1, boot_id="b")
        assert count(db, "calls") == count(db, "wrong_codes") == 1
    engine.dispose()

"""What the public page's role may do in PostgreSQL: tried against everything else that is there."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from app.backoffice import schema
from app.backoffice.acting import OFFICE, tell_database
from app.backoffice.clock import SystemClock
from app.backoffice.customer_page.role import PAGE_RIGHTS, apply_page_rights
from app.backoffice.customer_page.store import RowPageStore, digest_of
from app.backoffice.page_tables import page_answers, page_links, page_notices
from app.crypto import hpke
from app.domain.privacy.consent import Said
from app.domain.privacy.notice import Notice
from app.domain.privacy.page import AnswerKind, AnswerState, LinkError, PageAnswer
from tests.gateway.databases import OWNER, GatewayDatabase, migrated_database
from tests.gateway.postgres_server import PostgresServer

PAGE, TOKEN, FAR_MS = "tirai_page", "t" * 43, 9_000_000_000_000
NOTICE = Notice("1")


@pytest.fixture(scope="module")
def database(postgres: PostgresServer) -> Iterator[GatewayDatabase]:
    postgres.role(PAGE)
    made = migrated_database(postgres)
    for _ in range(2):  # twice is as once
        with made.engine(OWNER).begin() as db:
            apply_page_rights(db, PAGE)
    shown = {"digest": NOTICE.digest, "text": NOTICE.as_json(), "sender": "PT Uji", "office": b"o" * 32}
    link: dict[str, object] = {
        "digest": digest_of(TOKEN),
        "record": b"r" * 16,
        "notice": NOTICE.digest,
        "purposes": '{"offers": "missing"}',
    }
    link |= {"languages": "id", "made_by": "dewi", "made_ms": 1, "expires_ms": FAR_MS}
    with made.engine().begin() as db:
        tell_database(db, OFFICE)
        seal_to = hpke.public_of(hpke.new_secret())
        db.execute(page_notices.insert().values(**shown, seal_to=seal_to))
        db.execute(page_links.insert().values(**link))
    yield made
    postgres.drop_database(made.name)


def test_that_the_store_works_with_it(database: GatewayDatabase) -> None:
    engine = create_engine(database.url(PAGE))
    store = RowPageStore(engine.begin, SystemClock())
    link = store.open(TOKEN)
    sent = PageAnswer(AnswerKind.CONSENT, "f", {"offers": Said.GIVEN}, notice_digest=store.notice(link, "id").digest)
    number = store.answer(link, sent)
    assert store.answer(link, sent) == number
    found = store.result(link, number)
    assert found is not None
    assert found.state is AnswerState.WAITING
    with pytest.raises(LinkError):
        store.open(TOKEN)
    engine.dispose()


def test_that_it_can_do_exactly_that(database: GatewayDatabase) -> None:
    found = database.execute(
        "SELECT table_name, privilege_type, column_name FROM information_schema.role_column_grants "
        f"WHERE grantee = '{PAGE}'",
        OWNER,
    )
    listed = {
        (table, verb, column) for table, verbs in PAGE_RIGHTS.items() for verb, cs in verbs.items() for column in cs
    }
    assert set(found) == listed
    whole = f"SELECT 1 FROM information_schema.role_table_grants WHERE grantee = '{PAGE}'"
    assert database.execute(whole, OWNER) == []


def test_that_everything_else_is_refused(database: GatewayDatabase) -> None:
    engine = database.engine(PAGE)
    own = (page_notices, page_links, page_answers)
    hidden = [(t, c) for t in own for c in t.c if c.name not in PAGE_RIGHTS[t.name]["SELECT"]]
    tried = [f"SELECT count(*) FROM {table}" for table in schema.metadata.tables if table not in PAGE_RIGHTS]
    tried += [f"SELECT {column.name} FROM {table.name}" for table, column in hidden]
    tried += [f"DELETE FROM {table}" for table in schema.metadata.tables]
    tried += [f"UPDATE {table.name} SET {column.name} = {column.name}" for table in own for column in table.c]
    tried += [
        "INSERT INTO page_links (digest) VALUES ('x')",
        "INSERT INTO page_answers (link, form, number, kind, content, received_ms, state) "
        "VALUES ('x', 'x', 'x', 'x', 'x', 1, 'taken')",
        "TRUNCATE page_answers",
        "CREATE TABLE public.mine (n int)",
        "CREATE TEMP TABLE mine (n int)",
        "SET ROLE tirai_owner",
        "SET ROLE tirai_gateway",
    ]
    with engine.connect() as db:
        for statement in tried:
            with pytest.raises(ProgrammingError, match="permission denied"), db.begin():
                db.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    "changed", [{"content": b"x" * 40_000}, {"form": b"x"}, {"number": "n" * 41}, {"link": b"a link that is not there"}]
)
def test_that_what_it_adds_is_bounded_by_the_database(database: GatewayDatabase, changed: dict[str, object]) -> None:
    row: dict[str, object] = {
        "link": digest_of(TOKEN),
        "form": b"f" * 32,
        "number": "W-1",
        "kind": "consent",
        "content": b"c",
    }
    row |= {"received_ms": 1}
    engine = database.engine(PAGE)
    with engine.connect() as db, pytest.raises(DBAPIError, match="violates"):
        db.execute(page_answers.insert().values(**row | changed))
    with engine.connect() as db:
        assert len(db.execute(select(page_answers.c.number)).all()) <= 1
    engine.dispose()

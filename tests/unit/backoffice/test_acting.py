"""For whom the office works: each request for its account in its queues, and nobody for anybody else."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Connection

from app.api.client.caller_checks import look_up
from app.api.messages.caller_checks import Lookup
from app.backoffice.acting import NOBODY, OFFICE, Acting, act_for, acting, acting_for
from app.backoffice.database import Database
from tests.office.made import MadeOffice, made_office

BILLING, CARDS = Acting("ratna", ("billing",)), Acting("bagus", ("cards",))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        for who in (BILLING, CARDS):
            office.hire(who.account, who.account.title(), queues=who.queues)
        yield office


def test_that_nobody_sees_anything_unless_it_is_said() -> None:
    assert acting() == NOBODY
    assert not NOBODY.queues


def test_that_it_ends_with_its_block_even_by_an_error() -> None:
    with pytest.raises(ValueError, match="x"), acting_for(BILLING), acting_for(OFFICE):
        raise ValueError("x")
    assert acting() == NOBODY
    with acting_for(BILLING):
        with acting_for(CARDS):
            assert acting() == CARDS
        assert acting() == BILLING


def test_that_a_thread_begins_with_nobody() -> None:
    with acting_for(OFFICE), ThreadPoolExecutor(1) as pool:
        assert pool.submit(acting).result() == NOBODY


def test_that_tasks_do_not_hear_of_each_other() -> None:
    async def work(who: Acting, mine: asyncio.Event, other: asyncio.Event) -> Acting:
        act_for(who)
        mine.set()
        await other.wait()
        return await asyncio.to_thread(acting)

    async def both() -> list[Acting]:
        a, b = asyncio.Event(), asyncio.Event()
        return list(await asyncio.gather(work(BILLING, a, b), work(CARDS, b, a)))

    assert asyncio.run(both()) == [BILLING, CARDS]
    assert acting() == NOBODY


def test_that_each_request_works_for_its_account_in_the_queues_of_the_book(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = {who.account: office.bare(who.account) for who in (BILLING, CARDS)}
    seen: list[Acting] = []
    write = Database.writing

    def heard(database: Database) -> AbstractContextManager[Connection]:
        seen.append(acting())
        return write(database)

    monkeypatch.setattr(Database, "writing", heard)

    def ask(who: Acting) -> None:
        look_up(sessions[who.account].client, Lookup(text="0812 3456 7890"))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, [BILLING, CARDS] * 5))
    assert sorted(who.account for who in seen if who != NOBODY) == ["bagus"] * 5 + ["ratna"] * 5
    assert set(seen) <= {BILLING, CARDS, NOBODY}
    monkeypatch.undo()
    for session in sessions.values():
        session.end()

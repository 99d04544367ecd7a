"""Gateways behind PgBouncer in transaction mode: people share a server connection, and nothing of one is left on it.

LISTEN belongs to a connection, so it goes past the pooler (`[database] direct`); without such a way it is said.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from app.api.client.live_line import OPEN
from app.api.messages.reveals import AskUnlock, SaveNote
from app.backoffice import schema, team_events
from app.backoffice.acting import NOBODY, Acting, acting_for
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_events import DeafError, TeamEvents
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.gateway.pooler import Pooler, why_not
from tests.office.door import rows_of
from tests.office.made import PATIENCE_S, Bare
from tests.office.team import PrivateTeam, team_office

QUEUES = {"ratna": "billing", "yoga": "delivery"}
PEOPLE = [Acting(account, (queue,)) for account, queue in QUEUES.items()]
EACH, TURNS = 3, 40


class PooledTeam(PrivateTeam):
    """A gateway whose database is behind a pooler that has two connections to the server."""

    pooler: Pooler | None = None

    def way(self) -> dict[str, str]:
        self.pooler = self.pooler or Pooler(self.database, connections=2)
        return self.pooler.words

    def stop(self) -> None:
        super().stop()
        if self.pooler is not None:
            self.pooler.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PooledTeam]:
    if missing := why_not():
        pytest.skip(missing)
    with team_office(tmp_path_factory.mktemp("office"), kind=PooledTeam) as made:
        assert isinstance(made, PooledTeam)
        for account, queue in QUEUES.items():
            made.hire(account, account.title(), queues=(queue,))
        made.bring_in([
            row | {"queue": queue, "customer_number": f"{queue}-{n}"}
            for queue in QUEUES.values()
            for n, row in enumerate(demo_customers(EACH, 7))
        ])  # fmt: skip
        yield made


def at_once(tasks: list[Callable[[], None]]) -> None:
    """Do all of them in threads that begin together; what one of them raised is raised."""
    with ThreadPoolExecutor(len(tasks)) as threads:
        for done in [threads.submit(task) for task in tasks]:
            done.result(PATIENCE_S)


def test_that_people_work_through_a_pooler_and_never_meet_each_others_customers(office: PooledTeam) -> None:
    sessions = {account: office.bare(account) for account in QUEUES}
    hendra, stands, told = office.bare("hendra"), threading.Event(), threading.Event()

    def hear(topics: frozenset[str]) -> None:
        if OPEN in topics:
            stands.set()
        if "unlocks" in topics:
            told.set()

    line = hendra.client.live(hear, lambda: None)
    assert line is not None
    assert stands.wait(PATIENCE_S), "what is told before goes to nobody"

    def work(session: Bare, own: str) -> None:
        for _ in range(TURNS // 2):
            page = session.client.customer_page(0, 10)
            assert ({row.queue for row in page.rows}, page.total) == ({own}, EACH)
            session.client.save_note(SaveNote(note=new_id(), record=page.rows[0].record, text="called"))

    at_once([lambda s=session, a=account: work(s, QUEUES[a]) for account, session in sessions.items()])  # type: ignore[misc]
    notes = rows_of(office, "notes")
    assert {account: [n.author for n in notes].count(account) for account in QUEUES} == dict.fromkeys(
        QUEUES, TURNS // 2
    )
    asked = AskUnlock(
        request=new_id(), record=sessions["ratna"].client.customer_page(0, 1).rows[0].record, field="card_number",
        reason="dispute", words="the caller disputes the charge of 2 March",
    )  # fmt: skip
    told.clear()
    sessions["ratna"].client.ask_unlock(asked)
    assert told.wait(PATIENCE_S), "what changed is heard past the pooler"
    line.close()
    for session in (*sessions.values(), hendra):
        session.end()


def test_that_two_gateways_share_one_connection_and_leave_nothing_on_it(office: PooledTeam) -> None:
    """Transactions of two people, of nobody, and such as fail, by turns on one process of PostgreSQL."""
    with Pooler(office.database, connections=1) as pooler:
        gateways = [PostgresDatabase(pooler.words) for _ in PEOPLE]
        processes: set[object] = set()

        def work(database: PostgresDatabase, who: Acting) -> None:
            for n in range(TURNS):
                now = NOBODY if n % 4 == 0 else who
                with acting_for(now), (database.writing if n % 2 else database.reading)() as db:
                    found = db.execute(select(schema.customers.c.queue)).scalars().all()
                    assert found == [*now.queues] * EACH
                    processes.add(db.execute(text("SELECT pg_backend_pid()")).scalar())

        at_once([lambda d=d, w=w: work(d, w) for d, w in zip(gateways, PEOPLE, strict=True)])  # type: ignore[misc]
        assert len(processes) == 1
        for gateway in gateways:
            gateway.close()


def test_that_a_gateway_that_hears_nothing_through_its_pooler_says_so(
    office: PooledTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_events, "_HEARD_WITHIN_S", 0.5)
    said, faults = threading.Event(), list[BaseException]()

    def log(fault: BaseException) -> None:
        faults.append(fault)
        said.set()

    with Pooler(office.database, connections=1) as pooler:
        database = PostgresDatabase(pooler.words)
        events = TeamEvents(database, lambda _topics: None, log)
        assert said.wait(PATIENCE_S)
        monkeypatch.setattr(team_events, "_HEARD_WITHIN_S", PATIENCE_S)  # so long its thread may take to leave
        events.close()
        database.close()
    assert [type(fault) for fault in faults] == [DeafError]
    assert "without a pooler" in str(faults[0])
    assert not events.is_hearing

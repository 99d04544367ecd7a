"""Jobs are taken once, held while somebody says so, and resumed when nobody does: on SQLite and on PostgreSQL alike."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, Engine, create_engine, select
from sqlalchemy.pool import StaticPool

from app.backoffice import jobs, schema
from app.backoffice.gateways import database_now_ms
from app.backoffice.jobs import HOLD_MS, JobLostError, JobState, Taken
from tests.gateway.databases import GatewayDatabase

KIND = "import"


@dataclass
class Moved:
    """A clock that a test moves; PostgreSQL has its own."""

    at_ms: int = 1_000_000_000

    def now_ms(self) -> int:
        return self.at_ms

    def boot_s(self) -> float:
        return self.at_ms / 1000

    def boot_id(self) -> str:
        return "this one"


@dataclass
class Home:
    """A database with jobs."""

    engine: Engine
    clock: Moved

    def do(self, work: Callable[[Connection], object]) -> object:
        with self.engine.begin() as db:
            return work(db)

    def now(self) -> int:
        with self.engine.begin() as db:
            return database_now_ms(db, self.clock)

    def put(self, key: str, due_ms: int) -> None:
        self.do(lambda db: jobs.put(db, KIND, key, due_ms))

    def take(self, gateway: str = "g1") -> Taken | None:
        with self.engine.begin() as db:
            return jobs.take(db, self.clock, {KIND}, gateway)

    def let_fall(self) -> None:
        """Whoever has a job has not said so for too long."""
        self.do(lambda db: db.execute(schema.jobs.update().values(taken_until_ms=self.now() - 1)))

    def state(self, key: str) -> jobs.JobNow:
        with self.engine.begin() as db:
            return next(job for job in jobs.jobs_of(db, KIND) if job.key == key)


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest) -> Iterator[Home]:
    if request.param == "postgresql":
        database: GatewayDatabase = request.getfixturevalue("gateway_database")
        engine = database.engine()
    else:
        engine = create_engine("sqlite://", poolclass=StaticPool)
        schema.metadata.create_all(engine)
    yield Home(engine, Moved())
    engine.dispose()


def test_that_what_is_due_is_taken_once_and_the_oldest_first(home: Home) -> None:
    now = home.now()
    home.put("later", now + 3_600_000)
    home.put("young", now - 1_000)
    home.put("old", now - 5_000)
    first, second = home.take(), home.take("g2")
    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("old", "young")
    assert not first.is_resumed
    assert home.take() is None
    assert home.state("young").taken_by == "g2"
    assert home.state("later").state is JobState.WAITING


def test_that_a_held_job_is_let_fall_in_the_end_and_resumed(home: Home) -> None:
    home.put("crm", home.now() - 1)
    lost = home.take()
    assert lost is not None
    home.do(lambda db: jobs.renew(db, home.clock, lost, 500, 1_000))
    assert (home.state("crm").progress, home.state("crm").total) == (500, 1_000)
    assert home.take("g2") is None
    home.let_fall()
    resumed = home.take("g2")
    assert resumed is not None
    assert resumed.is_resumed
    assert resumed.id == lost.id
    for late in (
        lambda db: jobs.check_taken(db, lost),
        lambda db: jobs.renew(db, home.clock, lost, 600),
        lambda db: jobs.finish(db, home.clock, lost),
    ):
        with pytest.raises(JobLostError):
            home.do(late)
    home.do(lambda db: jobs.check_taken(db, resumed))
    home.do(lambda db: jobs.finish(db, home.clock, resumed))
    assert home.state("crm").state is JobState.DONE
    assert home.take() is None


def test_that_a_run_of_the_same_gateway_is_another_run(home: Home) -> None:
    home.put("crm", home.now() - 1)
    lost = home.take()
    home.let_fall()
    again = home.take()
    assert lost is not None
    assert again is not None
    assert lost.claim != again.claim
    with pytest.raises(JobLostError):
        home.do(lambda db: jobs.check_taken(db, lost))


def test_that_a_finished_job_waits_for_its_next_time(home: Home) -> None:
    home.put("crm", home.now() - 1)
    job = home.take()
    assert job is not None
    next_ms = home.now() + 3_600_000
    home.do(lambda db: jobs.finish(db, home.clock, job, next_due_ms=next_ms, error="sql_away", said="x" * 900))
    state = home.state("crm")
    assert (state.state, state.due_ms, state.error, len(state.said)) == (JobState.WAITING, next_ms, "sql_away", 500)
    assert state.ended_ms is not None
    assert state.taken_by == ""
    assert home.take() is None


def test_that_a_wish_while_it_runs_is_kept(home: Home) -> None:
    home.put("crm", home.now() - 1_000)
    job = home.take()
    assert job is not None
    home.put("crm", home.now() - 1)
    assert home.take("g2") is None
    home.do(lambda db: jobs.finish(db, home.clock, job, next_due_ms=home.now() + 3_600_000))
    assert home.take("g2") is not None


def test_that_a_failed_job_without_another_time_stays_so_until_somebody_wants_it(home: Home) -> None:
    home.put("crm", home.now() - 1)
    job = home.take()
    assert job is not None
    home.do(lambda db: jobs.finish(db, home.clock, job, error="bad_cells"))
    assert home.state("crm").state is JobState.FAILED
    assert home.take() is None
    home.put("crm", home.now() - 1)
    assert home.take() is not None


def test_that_a_dropped_job_is_lost_to_its_run(home: Home) -> None:
    home.put("crm", home.now() - 1)
    job = home.take()
    assert job is not None
    home.do(lambda db: jobs.drop(db, KIND, "crm"))
    with pytest.raises(JobLostError):
        home.do(lambda db: jobs.renew(db, home.clock, job, 1))


def test_that_other_kinds_are_left_to_those_who_can(home: Home) -> None:
    home.do(lambda db: jobs.put(db, "rotation", "contact", home.now() - 1))
    assert home.take() is None


def test_that_a_job_is_held_for_as_long_as_is_said(home: Home) -> None:
    home.put("crm", home.now() - 1)
    before = home.now()
    assert home.take() is not None
    with home.engine.begin() as db:
        until = db.execute(select(schema.jobs.c.taken_until_ms)).scalar_one()
    assert before + HOLD_MS <= until <= home.now() + HOLD_MS


def test_that_many_gateways_at_once_take_each_job_once(gateway_database: GatewayDatabase) -> None:
    engine = gateway_database.engine()
    home = Home(engine, Moved())
    for n in range(20):
        home.put(f"source-{n}", home.now() - 1)
    together = threading.Barrier(6)

    def gateway(number: int) -> list[str]:
        together.wait()
        found = list[str]()
        while (job := home.take(f"g{number}")) is not None:
            found.append(job.key)
        return found

    with ThreadPoolExecutor(6) as pool:
        taken = [key for keys in pool.map(gateway, range(6)) for key in keys]
    # a gateway may look away while the last jobs are in others' hands, but nobody takes one that is taken
    while (left := home.take("last")) is not None:
        taken.append(left.key)
    assert sorted(taken) == sorted(f"source-{n}" for n in range(20))


def test_that_a_row_in_another_s_hands_is_passed_by(gateway_database: GatewayDatabase) -> None:
    engine = gateway_database.engine()
    home = Home(engine, Moved())
    home.put("old", home.now() - 5_000)
    home.put("young", home.now() - 1_000)
    with engine.begin() as slow:
        first = jobs.take(slow, home.clock, {KIND}, "slow")
        second = home.take("quick")  # does not wait for the other's transaction
        assert first is not None
        assert second is not None
        assert (first.key, second.key) == ("old", "young")

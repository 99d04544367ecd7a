"""A gateway reads a database by its schedule: a real PostgreSQL behind it, another to read from, and real processes."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from app.backoffice import jobs, schema
from app.backoffice.import_sources import KIND, run_now, set_up
from app.backoffice.jobs import JobNow
from app.backoffice.sessions import session_by_id
from app.domain.errors import InputRefusedError
from app.gateway.sources import ScheduledSources
from app.sources.sql_declaration import declaration_of
from tests.gateway.databases import OWNER
from tests.gateway.postgres_server import PostgresServer
from tests.office.door import entries, rows_of
from tests.office.import_nursery import new_source
from tests.office.team import PrivateTeam, team_office

DECLARED = """[source]
name = "crm"
url = "postgresql://tirai_read@:{port}/{database}?host={socket}"
view = "people"
key = "id"
change = "changed"
queue = "billing"

[columns]
id = "customer_number"
name = "full_name"
phone = "mobile_phone"

[schedule]
every = "6h"
"""


class Scheduled:
    """A team's office with one source, and gateways that read it."""

    def __init__(self, office: PrivateTeam, postgres: PostgresServer, folder: Path) -> None:
        self.office, self.postgres, self.folder = office, postgres, folder
        self.told: list[str] = []
        self.database = postgres.create_database()
        postgres.role("tirai_read")
        self.write(
            "CREATE TABLE people (id int PRIMARY KEY, name text, phone text, changed timestamptz)",
            "GRANT SELECT ON people TO tirai_read",
        )
        socket = quote(str(postgres.sockets), safe="")
        text = DECLARED.format(port=postgres.port, database=self.database, socket=socket)
        (folder / "crm.toml").write_text(text)
        opened = office.back_office.opened
        command = office.command("hendra")
        with opened.database.reading() as db:
            session = session_by_id(opened, db, command._identity.session)
        command.end()
        assert session is not None
        self.session = session
        set_up(opened, session, "crm", text.encode(), declaration_of(text, folder).schedule)

    def write(self, *statements: str) -> None:
        for statement in statements:
            self.postgres.execute(statement, self.database)

    def people(self, first: int, last: int) -> None:
        self.write(
            "INSERT INTO people SELECT n, 'Sari Wulandari', '0809 1234 5' || lpad(n::text, 3, '0'), now() "
            f"FROM generate_series({first}, {last}) n"
        )

    def gateway(self, name: str) -> ScheduledSources:
        return ScheduledSources(
            self.office.back_office,  # type: ignore[arg-type]
            new_source,
            self.folder,
            name,
            lambda: self.told.append(name),
            self.office.service.log_fault,
        )

    def due(self) -> None:
        run_now(self.office.back_office.opened, self.session, "crm")

    def state(self) -> JobNow:
        with self.office.back_office.opened.database.reading() as db:
            return jobs.jobs_of(db, KIND)[0]


@pytest.fixture
def scheduled(tmp_path: Path, postgres: PostgresServer) -> Iterator[Scheduled]:
    with team_office(tmp_path, kind=PrivateTeam) as office:
        assert isinstance(office, PrivateTeam)
        made = Scheduled(office, postgres, tmp_path)
        yield made
        postgres.drop_database(made.database)


@pytest.mark.slow
def test_that_what_is_due_is_read_by_one_gateway_and_marked(scheduled: Scheduled) -> None:
    scheduled.people(1, 30)
    first, second = scheduled.gateway("gw-1"), scheduled.gateway("gw-2")
    assert not first.read_one()  # its first run is six hours away
    scheduled.due()
    assert first.read_one()
    assert not second.read_one()
    assert scheduled.told == ["gw-1"]
    assert (scheduled.state().error, scheduled.state().said) == ("", "30 rows: 30 new, 0 changed.")
    assert len(rows_of(scheduled.office, "customers")) == 30
    entry = entries(scheduled.office, "import")[-1]
    assert (entry.actor, entry.acting_with, entry.seat) == ("gateway", "hendra", "gw-1")
    scheduled.people(31, 32)
    scheduled.due()
    assert second.read_one()
    assert len(rows_of(scheduled.office, "customers")) == 32
    assert entries(scheduled.office, "import")[-1].seat == "gw-2"


def test_that_a_killed_reader_leaves_nothing_and_another_gateway_goes_on(scheduled: Scheduled) -> None:
    """The reader waits for a table that is locked; its gateway goes; the other one begins the job again."""
    scheduled.people(1, 30)
    scheduled.due()
    lost = scheduled.gateway("gw-1")
    with scheduled.postgres.connect(scheduled.database) as blocker, blocker.transaction():
        blocker.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
        reading = threading.Thread(target=lost.read_one)
        reading.start()
        waits = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'tirai_read' AND wait_event_type = 'Lock'"
        while scheduled.postgres.execute(waits) == [(0,)]:
            assert reading.is_alive()
        lost.stop()
        reading.join(120)
        assert not reading.is_alive()
    other = scheduled.gateway("gw-2")
    assert not other.read_one()  # the job is still held
    held = schema.jobs.name
    scheduled.office.database.execute(f"UPDATE {held} SET taken_until_ms = 0", OWNER)
    assert other.read_one()
    assert scheduled.told == ["gw-2"]
    assert len(rows_of(scheduled.office, "customers")) == 30
    assert len(entries(scheduled.office, "import")) == 1


def test_that_a_database_that_is_away_is_said_and_tried_at_the_next_time(scheduled: Scheduled) -> None:
    scheduled.due()
    scheduled.postgres.execute(f"ALTER DATABASE {scheduled.database} ALLOW_CONNECTIONS false")
    assert scheduled.gateway("gw-1").read_one()
    state = scheduled.state()
    assert state.error == "sql_away"
    assert "cannot be reached" in state.said
    assert scheduled.told == []
    assert entries(scheduled.office, "source.run")[-1].outcome == "failed"
    scheduled.postgres.execute(f"ALTER DATABASE {scheduled.database} ALLOW_CONNECTIONS true")


def test_that_a_supervisor_lists_adds_runs_and_removes_by_a_command(scheduled: Scheduled) -> None:
    office = scheduled.office
    office.service.sources = scheduled.folder
    (scheduled.folder / "wrong.toml").write_text("[source]\npassword = 'rahasia'\n")
    text = (scheduled.folder / "crm.toml").read_text()
    (scheduled.folder / "other.toml").write_text(text.replace('"crm"', '"other"').replace("6h", "90m"))
    command = office.command("hendra")
    try:
        crm, other, wrong = command.sources.listing()
        assert (crm.set_up_by, crm.schedule, crm.reads, crm.fault) == ("hendra", "every 6h", "people", "")
        assert (other.set_up_by, other.schedule, other.due_at) == ("", "every 90m", 0)
        assert "unknown key 'password'" in wrong.fault
        assert "rahasia" not in wrong.fault
        assert not command.sources.add("other", lambda _seen: False)
        assert command.sources.add("other", lambda seen: seen.name == "other")

        def sees_another(_seen: object) -> bool:
            (scheduled.folder / "other.toml").write_text(text.replace('"crm"', '"other"') + "# changed\n")
            return True

        with pytest.raises(InputRefusedError, match="has changed"):
            command.sources.add("other", sees_another)
        assert command.sources.listing()[1].has_changed
        with pytest.raises(InputRefusedError, match="unknown key"):
            command.sources.add("wrong", lambda _seen: True)
        scheduled.people(1, 3)
        command.sources.run("crm")
        assert scheduled.gateway("gw-1").read_one()
        assert command.sources.listing()[0].said == "3 rows: 3 new, 0 changed."
        command.sources.remove("other")
        with pytest.raises(InputRefusedError):
            command.sources.run("other")
    finally:
        command.end()

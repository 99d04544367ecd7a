"""Databases read by a schedule: who acts, whose right counts, what the log says, and that marks move with the rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.backoffice import import_sources, jobs, schema
from app.backoffice.import_sources import KIND, remove, run_now, set_up, sources
from app.backoffice.jobs import JobLostError, JobNow, Taken
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, session_by_id
from app.backoffice.source_marks import mark_of_source
from app.backoffice.source_runs import run_source
from app.domain.errors import InputRefusedError, NotAllowedError
from app.sources.sql_declaration import SqlDeclaration, declaration_of
from app.sources.sql_source import SqlSource
from tests.office.door import entries, opened, rows_of
from tests.office.made import MadeOffice, made_office
from tests.unit.sources.sql_samples import Lite

DECLARED = """[source]
name = "crm"
url = "postgresql://reader@db.example/crm"
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
TABLE = "create table people (id integer, name text, phone text, changed integer, secret blob)"
PHONE = "0809 1234 5647"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("wulan", "Wulan Sari", role="supervisor", queues=("*",))
        office.hire("ratna", "Ratna Dewanti", queues=("billing",), grant=False)
        yield office


class Runs:
    """Sources of one office, read in this process; the databases are SQLite's."""

    def __init__(self, made: MadeOffice, folder: Path) -> None:
        self.made, self.folder = made, folder
        self.database = Lite(TABLE)
        self.opened = 0

    @property
    def office(self) -> OpenOffice:
        return opened(self.made)

    def session(self, account: str) -> Session:
        command = self.made.command(account)
        with self.office.database.reading() as db:
            found = session_by_id(self.office, db, command._identity.session)
        assert found is not None
        command.end()
        return found

    def count(self, table: str) -> int:
        return len(rows_of(self.made, table))

    def write(self, text: str = DECLARED) -> bytes:
        (self.folder / "crm.toml").write_text(text)
        return text.encode()

    def set_up(self, account: str = "hendra", text: str = DECLARED) -> None:
        raw = self.write(text)
        declared = declaration_of(text, self.folder)
        set_up(self.office, self.session(account), declared.name, raw, declared.schedule)

    def people(self, *rows: tuple[int, str, str, int]) -> None:
        for row in rows:
            self.database.run(f"delete from people where id = {row[0]}")
            self.database.run("insert into people values ({}, '{}', '{}', {}, x'00ff')".format(*row))

    def open(self, declared: SqlDeclaration) -> SqlSource:
        self.opened += 1
        return self.database.open(declared)

    def take(self) -> Taken:
        run_now(self.office, self.session("hendra"), "crm")
        with self.office.writing() as db:
            job = jobs.take(db, self.office.clock, {KIND}, "gw-1")
        assert job is not None
        return job

    def run(self, job: Taken | None = None) -> object:
        return run_source(self.office, job or self.take(), self.folder, "gw-1", self.open)

    def state(self) -> JobNow:
        with self.office.database.reading() as db:
            return jobs.jobs_of(db, KIND)[0]

    def mark(self) -> str:
        with self.office.database.reading() as db:
            return mark_of_source(db, "crm")


@pytest.fixture
def runs(office: MadeOffice, tmp_path: Path) -> Iterator[Runs]:
    office.command("hendra").end()
    yield Runs(office, tmp_path)
    Lite.close_all()
    with opened(office).writing() as db:
        for table in (
            *("source_marks", "import_sources", "jobs", "sealed_values", "data_keys", "customer_changes"),
            *("customer_imports", "customers", "imports"),
        ):
            db.execute(schema.metadata.tables[table].delete())


def test_that_a_scheduled_import_acts_as_the_gateway_on_somebody_s_right(runs: Runs) -> None:
    runs.people((1, "Sari Wulandari", PHONE, 10), (2, "Budi Santoso", PHONE, 11))
    runs.set_up()
    read = runs.run()
    assert read is not None
    assert runs.count("customers") == 2
    entry = entries(runs.made, "import")[-1]
    assert (entry.actor, entry.acting_with, entry.seat, entry.session) == ("gateway", "hendra", "gw-1", "")
    assert "source=crm" in entry.detail
    assert "new=2" in entry.detail
    state = runs.state()
    assert (state.error, state.said) == ("", "2 rows: 2 new, 0 changed.")
    assert state.due_ms > runs.office.clock.now_ms()
    assert entries(runs.made, "source.add")[-1].actor == "hendra"


def test_that_only_what_changed_is_read_the_next_time(runs: Runs) -> None:
    runs.people(*((n, "Sari Wulandari", PHONE, n) for n in range(1, 21)))
    runs.set_up()
    runs.run()
    runs.people((3, "Sari Lestari", PHONE, 30))
    runs.run()
    assert runs.state().said == "2 rows: 0 new, 1 changed."  # the marked row again, unchanged
    assert runs.count("customers") == 20


def test_that_a_bad_cell_lets_nothing_in_and_the_mark_stand(runs: Runs) -> None:
    runs.people((1, "Sari Wulandari", PHONE, 10))
    runs.set_up()
    runs.run()
    mark = runs.mark()
    runs.people((2, "Budi Santoso", PHONE, 11), (3, "Rahasia Sekali", "not a phone", 12))
    assert runs.run() is None
    assert (runs.mark(), runs.count("customers")) == (mark, 1)
    state = runs.state()
    assert state.error == "bad_cells"
    assert state.said.startswith("Row 3, column phone: ")
    assert "Rahasia" not in state.said
    failed = entries(runs.made, "source.run")[-1]
    assert (failed.outcome, failed.reason, failed.actor, failed.acting_with) == (
        "failed", "bad_cells", "gateway", "hendra",
    )  # fmt: skip
    runs.people((3, "Tono Wijaya", PHONE, 12))
    runs.run()
    assert runs.count("customers") == 3
    assert runs.mark() != mark


def test_that_a_source_that_changed_its_file_is_not_read(runs: Runs) -> None:
    runs.people((1, "Sari Wulandari", PHONE, 10))
    runs.set_up()
    runs.write(DECLARED.replace("people", "other_people"))
    assert runs.run() is None
    assert (runs.state().error, runs.opened) == ("source_changed", 0)
    runs.set_up("wulan", DECLARED.replace('"people"', '"people" # looked at'))
    assert runs.run() is not None
    assert entries(runs.made, "import")[-1].acting_with == "wulan"


def test_that_the_right_of_whoever_set_it_up_is_asked_each_time(runs: Runs) -> None:
    runs.people((1, "Sari Wulandari", PHONE, 10))
    runs.set_up("wulan")
    job = runs.take()
    with runs.office.writing() as db:
        table = schema.import_sources
        db.execute(table.update().values(set_up_by="ratna"))  # an agent, who imports nothing
    assert runs.run(job) is None
    assert (runs.state().error, runs.opened) == ("source_owner", 0)
    with runs.office.writing() as db:
        db.execute(schema.import_sources.update().values(set_up_by="nobody"))
    assert runs.run() is None
    assert runs.state().error == "source_owner"


def test_that_an_agent_sets_nothing_up(runs: Runs) -> None:
    raw = runs.write()
    declared = declaration_of(DECLARED, runs.folder)
    session = runs.session("ratna")
    with pytest.raises(NotAllowedError):
        set_up(runs.office, session, "crm", raw, declared.schedule)
    with pytest.raises(NotAllowedError):
        remove(runs.office, session, "crm")
    with pytest.raises(NotAllowedError):
        run_now(runs.office, session, "crm")


def test_that_a_source_needs_a_schedule_and_a_name_that_is_known(runs: Runs) -> None:
    hendra = runs.session("hendra")
    with pytest.raises(InputRefusedError, match="schedule"):
        set_up(runs.office, hendra, "crm", b"", None)
    with pytest.raises(InputRefusedError, match="No source"):
        run_now(runs.office, hendra, "crm")
    with pytest.raises(InputRefusedError, match="No source"):
        remove(runs.office, hendra, "crm")


def test_that_a_removed_source_is_not_read_and_its_customers_stay(runs: Runs) -> None:
    runs.people((1, "Sari Wulandari", PHONE, 10))
    runs.set_up()
    runs.run()
    job = runs.take()
    remove(runs.office, runs.session("hendra"), "crm")
    with pytest.raises(JobLostError):
        runs.run(job)
    with runs.office.database.reading() as db:
        assert sources(db) == []
    assert runs.count("customers") == 1
    assert entries(runs.made, "source.remove")[-1].actor == "hendra"


def test_that_a_run_that_was_taken_over_commits_nothing(runs: Runs) -> None:
    """The slow gateway reads its last row; meanwhile its job has fallen, and another one has taken it."""
    runs.people(*((n, "Sari Wulandari", PHONE, n) for n in range(1, 6)))
    runs.set_up()
    slow = runs.take()
    taken = list[Taken]()

    def open_late(declared: SqlDeclaration) -> SqlSource:
        with runs.office.writing() as db:
            db.execute(schema.jobs.update().values(taken_until_ms=0))
            job = jobs.take(db, runs.office.clock, {KIND}, "gw-2")
        assert job is not None
        taken.append(job)
        return runs.open(declared)

    with pytest.raises(JobLostError):
        run_source(runs.office, slow, runs.folder, "gw-1", open_late)
    assert runs.count("customers") == runs.count("imports") == 0
    assert taken[0].is_resumed
    assert run_source(runs.office, taken[0], runs.folder, "gw-2", runs.open) is not None
    assert runs.count("customers") == 5
    assert entries(runs.made, "import")[-1].seat == "gw-2"


@pytest.mark.parametrize(
    ("text", "error"),
    [(None, "source_file"), ("[source", "sql_declaration"), (DECLARED + "\nx = 1\n", "sql_declaration")],
)
def test_that_a_declaration_that_is_gone_or_wrong_is_said_and_tried_again(
    runs: Runs, text: str | None, error: str
) -> None:
    runs.set_up()
    (runs.folder / "crm.toml").unlink()
    if text is not None:
        runs.write(text)
    assert runs.run() is None
    state = runs.state()
    assert state.error == error
    assert state.due_ms > runs.office.clock.now_ms()


def test_that_an_empty_source_brings_nothing_in(runs: Runs) -> None:
    runs.set_up()
    assert runs.run() is not None
    assert runs.state().said == "No rows."
    assert runs.count("imports") == 0


def test_that_no_account_is_called_as_the_gateway_acts(runs: Runs) -> None:
    from app.auth.names import GATEWAY, account_name

    with pytest.raises(InputRefusedError, match="choose another"):
        account_name(f" {GATEWAY.upper()} ")
    assert import_sources.KIND == "import"

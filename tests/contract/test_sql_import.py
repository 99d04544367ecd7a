"""`tirai import --source` but for the terminal: command, office, process of the import, and a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.session.command import ImportReport
from tests.office.door import entries
from tests.office.made import MadeOffice, made_office
from tests.unit.sources.sql_samples import Lite, declared

MAPPING = '[columns]\nid = "customer_number"\nname = "full_name"\nphone = "mobile_phone"'
SOURCE = declared('view = "people"', 'change = "changed"', 'queue = "billing"', after=MAPPING)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        yield office


@pytest.fixture
def database() -> Iterator[Lite]:
    yield Lite(
        "create table people (id integer, name text, phone text, changed integer, score blob)",
        *(f"insert into people values ({n}, 'Sari Wulandari', '0809 1234 5{n:03}', {n}, x'ff')" for n in range(1, 8)),
    )
    Lite.close_all()


def bring_in(office: MadeOffice, database: Lite, *, whole: bool = False, dry_run: bool = False) -> ImportReport:
    session = office.command("hendra")
    try:
        source = database.open(SOURCE)
        return session.bring_in(source, mapping=SOURCE.mapping, queue=SOURCE.queue, whole=whole, dry_run=dry_run)
    finally:
        session.end()


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert report.done is not None
    return report.done.new, report.done.changed, report.done.unchanged


def test_that_a_database_comes_in_and_only_its_changes_the_next_time(office: MadeOffice, database: Lite) -> None:
    first = bring_in(office, database)
    assert counts(first) == (7, 0, 0)
    assert first.plan.not_collected == ("changed", "score")  # and its bytes were not asked for
    database.run(
        "update people set name = 'Sari Lestari', changed = 20 where id = 2",
        "insert into people values (9, 'Budi Santoso', '0809 1234 5999', 21, null)",
    )
    assert counts(bring_in(office, database)) == (1, 1, 1)
    assert counts(bring_in(office, database, whole=True)) == (0, 0, 8)
    assert [entry.detail.split()[-1] for entry in entries(office, "import")] == ["source=crm"] * 3
    desk = office.desk("ratna")
    assert len(desk.search("Sari", None).ids) == 7
    desk.end("signed_out")


def test_that_a_bad_cell_is_named_by_its_row_s_key_and_the_mark_stands(office: MadeOffice, database: Lite) -> None:
    database.run("update people set phone = 'rahasia' where id = 5")
    report = bring_in(office, database)
    assert report.done is None
    assert [(cell.column, report.keys[cell.line]) for cell in report.bad] == [("phone", "5")]
    database.run("update people set phone = '0809 1234 5005' where id = 5")
    assert bring_in(office, database, dry_run=True).rows == 7
    assert counts(bring_in(office, database)) == (7, 0, 0)


def test_that_remarks_of_the_source_come_with_the_report(office: MadeOffice, database: Lite) -> None:
    database.run("update people set changed = null where id = 1")
    assert bring_in(office, database).remarks == ("1 rows have no changed; they are read each time.",)

"""A file that comes again: customers are updated by number, older versions stay, nothing is deleted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.backoffice import schema
from app.domain.errors import InputRefusedError
from app.session.command import ImportReport
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice
from tests.office.raw_import import RawImport


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery", "retention"))
        yield office


def rows(count: int = 20) -> list[dict[str, str]]:
    return demo_customers(count, 5)


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert report.done is not None
    return report.done.new, report.done.changed, report.done.unchanged


def phone_of(office: MadeOffice, number: str) -> str:
    desk = office.desk("ratna")
    try:
        record = desk.customer(desk.search(number, None).ids[0]).record
        return desk.reveal(record, "mobile_phone", "call_back").value.reveal().replace(" ", "")
    finally:
        desk.end("signed_out")


def test_that_the_same_file_again_changes_nothing(office: MadeOffice) -> None:
    assert counts(office.bring_in(rows())) == (20, 0, 0)
    again = office.bring_in(rows())
    assert counts(again) == (0, 0, 20)


def test_that_changed_new_and_missing_rows_are_told_apart(office: MadeOffice) -> None:
    everybody = rows(25)
    office.bring_in(everybody[:20])
    number = everybody[0]["customer_number"]
    later = everybody[1:]
    later[0] = later[0] | {"city": "Ambon"}
    assert counts(office.bring_in(later)) == (5, 1, 18)
    desk = office.desk("ratna")
    try:
        assert len(desk.search("", None).ids) == 25
        assert desk.search("ambon", None).ids
        assert desk.search(number, None).ids
    finally:
        desk.end("signed_out")


def test_that_a_changed_sealed_value_opens_as_the_new_one_and_the_old_version_stays(office: MadeOffice) -> None:
    first = rows(3)
    office.bring_in(first)
    number = first[0]["customer_number"]
    old = phone_of(office, number)
    changed = [first[0] | {"mobile_phone": "0809 7777 6655"}]
    assert counts(office.bring_in(changed)) == (0, 1, 0)
    assert phone_of(office, number) == "+6280977776655" != old
    table = schema.sealed_values
    with office.back_office.opened.database.reading() as db:
        query = select(func.count()).where(table.c.field == "mobile_phone", table.c.version.in_((1, 2)))
        assert db.execute(query).scalar_one() == 4  # three first versions and the new one


def test_that_an_empty_cell_deletes_nothing(office: MadeOffice) -> None:
    first = rows(2)
    office.bring_in(first)
    number = first[0]["customer_number"]
    before = phone_of(office, number)
    assert counts(office.bring_in([first[0] | {"mobile_phone": ""}])) == (0, 0, 1)
    assert phone_of(office, number) == before


def test_that_a_refused_file_leaves_known_customers_as_they_were(office: MadeOffice) -> None:
    first = rows(2)
    office.bring_in(first)
    bad = [first[0] | {"city": "Ambon"}, first[1] | {"nik": "123"}]
    assert office.bring_in(bad).bad
    desk = office.desk("ratna")
    try:
        assert not desk.search("ambon", None).ids
    finally:
        desk.end("signed_out")


def test_that_an_import_that_another_overtook_is_refused(office: MadeOffice) -> None:
    first = rows(2)
    office.bring_in(first)
    session = office.command("hendra")
    client, header = session._identity.client, tuple(first[0])
    changed = tuple((first[0] | {"city": "Ambon"}).values())
    slow, quick = RawImport(client, header), RawImport(client, header)
    slow.rows(changed)
    quick.rows(changed)
    quick.commit()
    with pytest.raises(InputRefusedError):
        slow.commit()
    slow.cancel()
    quick.client.close()
    session.end()

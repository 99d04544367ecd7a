"""Contact exports of three vendors go in, one after the other, through the process that imports: what the report says,
what an agent finds, and that the same export again changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.session.command import ImportReport
from app.sources.mapping import ready_mapping
from app.sources.opening import open_source
from tests.contract.conftest import Home
from tests.office.made import MadeOffice
from tests.unit.sources.exports import LAYOUTS, PEOPLE, write_export

PHONES = {
    "salesforce": ("0035g00000TiraiAA1", "+6280912345647"),
    "hubspot": ("901", "+6280912345648"),
    "zendesk": ("361045678901", "+6280912345649"),
}


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        yield office


def bring_in(office: MadeOffice, export: Path, vendor: str) -> ImportReport:
    session = office.command("hendra")
    try:
        return session.bring_in(open_source(export), mapping=ready_mapping(vendor), queue="billing")
    finally:
        session.end()


def test_that_the_exports_of_three_vendors_go_in_and_their_report_is_right(office: MadeOffice, tmp_path: Path) -> None:
    for vendor, people in PEOPLE.items():
        export = write_export(tmp_path, vendor, "utf-16")
        first, again = bring_in(office, export, vendor), bring_in(office, export, vendor)
        assert first.done is not None
        assert again.done is not None
        assert first.bad == ()
        assert (first.done.rows, first.done.new, first.done.changed) == (len(people), len(people), 0)
        assert (again.done.new, again.done.changed, again.done.unchanged) == (0, 0, len(people))
        assert first.done.queues == (("billing", len(people), 1),)
        assert first.plan.not_collected
        assert set(first.plan.not_collected) < set(LAYOUTS[vendor])


def test_that_an_agent_finds_each_of_them_and_may_reveal_a_phone(office: MadeOffice, tmp_path: Path) -> None:
    for vendor in PEOPLE:
        bring_in(office, write_export(tmp_path, vendor), vendor)
    desk = office.desk("ratna")
    assert len(desk.search("", None).ids) == sum(map(len, PEOPLE.values()))
    for number, phone in PHONES.values():
        (id_,) = desk.search(number, None).ids
        shown = desk.reveal(desk.customer(id_).record, "mobile_phone", "call_back")
        assert shown.value.reveal().replace(" ", "") == phone
    desk.end("signed_out")

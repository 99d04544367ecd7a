"""A caller's number through console and office: whose it is, a contact for nobody, and what the log has of it."""

from collections.abc import Iterator

import pytest

from app.domain.errors import WorkstationError
from app.session.desk import Desk
from app.sources.caller_number import caller_number
from tests.contract.conftest import Home
from tests.demo.customers import HEADERS, demo_customers
from tests.office.door import entries
from tests.office.made import MadeOffice

SHARED, ALONE, NOBODYS = "081211112222", "081233334444", "+6281255556666"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    customers = [c | {"second_phone": ""} for c in demo_customers(6, 3)]
    for customer, number in zip(customers, (SHARED, SHARED, ALONE), strict=False):
        customer["mobile_phone"] = number
    with home(tmp_path_factory.mktemp("popped")) as it:
        it.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        it.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in customers])
        yield it


@pytest.fixture(scope="module")
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.sign_in().sign_in("ratna", office.people["ratna"].password, office.code("ratna"))
    yield desk
    desk.end("signed_out")


def test_that_until_the_customers_are_there_nobody_is_taken_for_unknown(desk: Desk) -> None:
    with pytest.raises(WorkstationError) as refused:
        desk.caller.look_up_caller(caller_number(ALONE))
    assert refused.value.code == "filling"
    desk.fill(lambda _rows, _total: None)


@pytest.mark.parametrize(("number", "count"), [(ALONE, 1), (SHARED, 2), (NOBODYS, 0)])
def test_that_a_number_finds_all_who_have_it(desk: Desk, number: str, count: int) -> None:
    assert len(desk.caller.look_up_caller(caller_number(number))) == count


def test_that_a_contact_made_for_a_caller_is_found_by_the_next_call(desk: Desk) -> None:
    asked = {field.name: field for field in desk.new_contacts.form().fields}
    (phone,) = [name for name, field in asked.items() if field.is_caller]
    values = {"full_name": "Nur Aini", "queue": asked["queue"].choices[0], phone: NOBODYS}
    made = desk.new_contacts.make(desk.new_contacts.new_request(), values)
    assert desk.caller.look_up_caller(NOBODYS) == [made]
    assert desk.customer(made).name == "Nur Aini"


def test_that_the_log_has_each_lookup_as_one_of_a_call_and_no_number(office: MadeOffice, desk: Desk) -> None:
    said = [entry for entry in entries(office, "lookup") if entry.reason == "call"]
    assert {entry.detail for entry in said} >= {"found=0 kinds=phone", "found=1 kinds=phone", "found=2 kinds=phone"}
    every = "".join(map(repr, entries(office)))
    for number in (SHARED, ALONE, NOBODYS):
        assert number[-8:] not in every

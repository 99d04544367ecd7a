"""An agent asks who is calling, through console and office: matches, tries, and nothing typed stays anywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.desk import Desk
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice

CUSTOMERS = demo_customers(40, 7)
VALUES = next(c for c in CUSTOMERS if c["queue"] == "billing" and c["nik"] and c["birth_date"] and c["card_number"])
OTHER = next(c for c in CUSTOMERS if c["queue"] == "billing" and c["nik"] and c is not VALUES)


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as made:
        made.hire("ratna", "Ratna Dewanti")
        made.bring_in(CUSTOMERS)
        yield made


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def record_of(desk: Desk) -> str:
    (found,) = desk.search(VALUES["customer_number"], None).ids
    return desk.customer(found).record


def test_that_a_caller_is_identified_without_a_reveal(desk: Desk) -> None:
    began = desk.caller.begin(record_of(desk))
    assert (began.done, began.need, began.is_identified) == (0, 2, False)
    assert [f.label for f in began.fields][:2] == ["National identity number", "Date of birth"]
    once = desk.caller.answer("nik", VALUES["nik"])
    assert (once.matched, once.done, once.is_identified) == (True, 1, False)
    wrong = desk.caller.answer("birth_date", "01/01/1901")
    assert (wrong.matched, wrong.done) == (False, 1)
    assert desk.caller.tick("mobile_phone").is_identified
    assert all(budget.used == 0 for budget in desk.budgets().values())


def test_that_the_next_caller_is_not_identified(desk: Desk) -> None:
    record = record_of(desk)
    desk.caller.begin(record)
    desk.caller.answer("nik", VALUES["nik"])
    desk.caller.answer("birth_date", VALUES["birth_date"])
    desk.caller.end()
    assert desk.caller.begin(record).done == 0


def test_that_a_whole_value_finds_its_customer_and_a_part_does_not(desk: Desk) -> None:
    (found,) = desk.caller.look_up(VALUES["card_number"])
    assert desk.customer(found).record == record_of(desk)
    with pytest.raises(InputRefusedError) as refused:
        desk.caller.look_up(VALUES["card_number"][:4])
    assert refused.value.code == "not_whole"


def test_that_whoever_signs_in_again_gets_no_further_tries(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    for _ in range(3):
        desk.caller.begin(record)
        for _ in range(3):
            desk.caller.answer("nik", OTHER["nik"])
    desk.end("signed_out")
    again = office.desk("ratna")
    assert again.caller.begin(record).tries_left_today == 1
    again.caller.answer("nik", OTHER["nik"])
    with pytest.raises(NotAllowedError) as refused:
        again.caller.answer("nik", VALUES["nik"])
    assert refused.value.code == "tries_day"
    again.end("signed_out")


@pytest.mark.attack("A38")
def test_that_what_was_typed_is_in_no_file(office: MadeOffice, desk: Desk, tmp_path: Path) -> None:
    desk.caller.begin(record_of(desk))
    said = "3273996803870099"
    desk.caller.answer("nik", said)
    desk.caller.look_up(said)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert said.encode() not in path.read_bytes(), path

"""Somebody who calls and is nobody: what policy wants an identified caller for opens for no one before that.

The default policy, through the office itself, past everything that a console would refuse first.
"""

from collections.abc import Iterator

import pytest

from app.api.client.caller_checks import answer_check, begin_check, end_check
from app.api.messages.caller_checks import BeginCheck, CallerAnswer
from app.domain.caller_check import How
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.policy import ReasonFor
from app.session.approval import Approval
from app.session.desk import Desk
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.office.door import entries, opened
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import office_file

CUSTOMERS = demo_customers(60, 7)
WHY = "the caller disputes the charge of 2 March"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office"), checks_callers=True) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(CUSTOMERS)
        yield office


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Desk]:
    office.clock.pass_s(24 * 3600 + 1)
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


@pytest.fixture
def hendra(office: MadeOffice, ratna: Desk) -> Iterator[Approval]:
    approval = office.approval("hendra")
    yield approval
    approval.end()


def mine(nth: int = 0) -> dict[str, str]:
    wanted = ("nik", "birth_date", "mobile_phone", "card_number", "bank_account", "npwp")
    return [c for c in CUSTOMERS if c["queue"] == "billing" and all(c[name] for name in wanted)][nth]


def record_of(desk: Desk, values: dict[str, str]) -> str:
    (found,) = desk.search(values["customer_number"], None).ids
    return desk.customer(found).record


def identify(desk: Desk, values: dict[str, str]) -> None:
    desk.caller.begin(record_of(desk, values))
    desk.caller.answer("nik", values["nik"])
    assert desk.caller.answer("birth_date", values["birth_date"]).is_identified


def code_of(act: object) -> str:
    with pytest.raises(NotAllowedError) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


def test_that_a_field_is_not_even_asked_for_before_the_caller_is_identified(ratna: Desk) -> None:
    record = record_of(ratna, mine())
    assert code_of(lambda: ratna.ask(record, "card_number", "dispute", WHY)) == "not_identified"
    ratna.caller.begin(record)
    ratna.caller.answer("nik", mine()["nik"])
    assert code_of(lambda: ratna.ask(record, "card_number", "dispute", WHY)) == "not_identified"
    identify(ratna, mine())
    ratna.withdraw(ratna.ask(record, "card_number", "dispute", WHY).id)


def test_that_contact_data_and_a_check_that_did_not_help_need_no_identified_caller(ratna: Desk) -> None:
    record = record_of(ratna, mine())
    assert ratna.reveal(record, "mobile_phone", "call_back").value.reveal()
    ratna.withdraw(ratna.ask(record, "nik", "confirm_identity", WHY).id)


def test_that_an_unlock_opens_nothing_once_the_call_is_over(ratna: Desk, hendra: Approval) -> None:
    values = mine()
    identify(ratna, values)
    asked = ratna.ask(record_of(ratna, values), "card_number", "dispute", WHY)
    hendra.waiting()
    hendra.approve(asked.id, 60)
    ratna.caller.end()
    assert code_of(lambda: ratna.open_unlocked(asked.id)) == "not_identified"
    identify(ratna, values)
    shown = ratna.open_unlocked(asked.id).value.reveal()
    assert shown.replace(" ", "") == values["card_number"].replace(" ", "")


@pytest.mark.attack("A5")
def test_that_another_reason_in_an_unlocks_row_frees_nobody_from_identifying(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    """Somebody who writes the office's file helps: why it was asked is what the log says."""
    values = mine(1)
    identify(ratna, values)
    asked = ratna.ask(record_of(ratna, values), "card_number", "dispute", WHY)
    hendra.waiting()
    hendra.approve(asked.id, 60)
    ratna.caller.end()
    policy = opened(office).policy
    assert not policy.needs_caller(ReasonFor.ASK, DataClass.FINANCIAL, "quota_spent"), "the control"
    with office_file(office) as db:
        db.execute("UPDATE unlocks SET reason = 'quota_spent' WHERE id = ?", (bytes.fromhex(asked.id),))
    assert code_of(lambda: ratna.open_unlocked(asked.id)) == "not_identified"


def test_that_one_identified_customer_opens_no_other(ratna: Desk) -> None:
    identify(ratna, mine())
    assert code_of(lambda: ratna.ask(record_of(ratna, mine(1)), "card_number", "dispute", WHY)) == "not_identified"


def test_that_a_colleagues_check_counts_for_nobody_else(office: MadeOffice, ratna: Desk) -> None:
    identify(ratna, mine())
    hendra = office.desk("hendra")
    record = record_of(hendra, mine())
    assert code_of(lambda: hendra.reveal(record, "bank_account", "refund")) == "not_identified"
    assert hendra.reveal(record, "bank_account", "supervise", "Checks the work of an agent").value.reveal()
    hendra.end("signed_out")


def test_that_a_forged_check_id_or_a_check_of_another_session_counts_for_nothing(
    office: MadeOffice, ratna: Desk
) -> None:
    other = office.bare("hendra")
    record = bytes.fromhex(record_of(ratna, mine()))
    check = new_id()
    begin_check(other.client, BeginCheck(check=check, record=record))
    with pytest.raises(NotAllowedError):
        begin_check(ratna._identity.client, BeginCheck(check=check, record=record))
    said = CallerAnswer(field="nik", how=How.TYPED, text=mine()["nik"])
    with pytest.raises(NotAllowedError):
        answer_check(ratna._identity.client, check, said)
    end_check(other.client)
    other.end()
    assert code_of(lambda: ratna.ask(record.hex(), "card_number", "dispute", WHY)) == "not_identified"


def test_that_ticks_alone_identify_nobody(ratna: Desk) -> None:
    record = record_of(ratna, mine())
    ratna.caller.begin(record)
    for field in ("nik", "birth_date", "mobile_phone"):
        ratna.caller.tick(field)
    assert code_of(lambda: ratna.ask(record, "card_number", "dispute", WHY)) == "not_identified"


def test_that_each_opening_names_the_check_it_rests_on(office: MadeOffice, ratna: Desk, hendra: Approval) -> None:
    values = mine(2)
    identify(ratna, values)
    asked = ratna.ask(record_of(ratna, values), "bank_account", "refund", WHY)
    hendra.waiting()
    hendra.approve(asked.id, 60)
    ratna.open_unlocked(asked.id)
    check = [e for e in entries(office, "caller_check") if e.outcome == "ok"][-1].reference
    reveal = [e for e in entries(office, "reveal") if e.outcome == "ok"][-1]
    assert f"check={check}" in reveal.detail
    refused = code_of(lambda: ratna.ask(record_of(ratna, mine(3)), "bank_account", "refund", WHY))
    assert [e.reason for e in entries(office, "unlock.ask") if e.outcome == "refused"][-1] == refused

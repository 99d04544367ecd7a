"""Lookup at the office: a whole value finds its customer, a part nobody; the log tells of it without the value."""

from collections.abc import Iterator

import pytest

from app.api.client.caller_checks import look_up
from app.api.messages.caller_checks import Lookup
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from tests.demo.customers import demo_customers
from tests.office.door import entries, nothing_can_be_written, rows_of
from tests.office.made import Bare, MadeOffice, made_office

CUSTOMERS = demo_customers(30, 7)
SHIFT_S = 10 * 3600 + 1


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(CUSTOMERS)
        yield office


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Bare]:
    office.clock.pass_s(SHIFT_S)
    session = office.bare("ratna")
    yield session
    session.end()


def mine(queue: str = "billing") -> dict[str, str]:
    wanted = ("mobile_phone", "email", "nik", "card_number", "bank_account")
    return next(c for c in CUSTOMERS if c["queue"] == queue and all(c[name] for name in wanted))


def record_of(office: MadeOffice, values: dict[str, str]) -> bytes:
    records: dict[str, bytes] = {r.number: r.record for r in rows_of(office, "customers")}
    return records[values["customer_number"]]


def found(session: Bare, text: str) -> tuple[bytes, ...]:
    return look_up(session.client, Lookup(text=text)).records


@pytest.mark.parametrize("field", ["mobile_phone", "email", "nik", "card_number", "bank_account"])
def test_that_a_whole_value_finds_its_customer(office: MadeOffice, ratna: Bare, field: str) -> None:
    values = mine()
    assert found(ratna, values[field]) == (record_of(office, values),)
    assert found(ratna, f"  {values[field].replace(' ', '')} ") == (record_of(office, values),)


def test_that_a_phone_number_is_found_in_each_spelling(office: MadeOffice, ratna: Bare) -> None:
    digits = "".join(c for c in mine()["mobile_phone"] if c.isdigit()).removeprefix("62").removeprefix("0")
    for spelling in (f"0{digits}", f"+62{digits}", f"0062 {digits[:3]} {digits[3:]}", f"(0{digits[:3]}) {digits[3:]}"):
        assert found(ratna, spelling) == (record_of(office, mine()),)


@pytest.mark.parametrize(("field", "part"), [("bank_account", slice(0, -1)), ("email", slice(1, None))])
def test_that_a_part_which_could_be_a_whole_value_finds_nobody(ratna: Bare, field: str, part: slice) -> None:
    assert found(ratna, mine()[field][part]) == ()


@pytest.mark.parametrize(("field", "part"), [("card_number", slice(-4, None)), ("mobile_phone", slice(0, 3))])
def test_that_a_part_which_is_no_whole_value_is_refused(ratna: Bare, field: str, part: slice) -> None:
    with pytest.raises(InputRefusedError) as refused:
        found(ratna, mine()[field][part])
    assert refused.value.code == "not_whole"
    assert mine()[field][part] not in refused.value.message


@pytest.mark.parametrize("text", ["Sari", "sari*", "%", "_", "12", "' OR 1=1 --", "081%", "\u202e1234"])
def test_that_what_is_no_whole_value_is_refused_with_the_reason(ratna: Bare, text: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        found(ratna, text)
    assert refused.value.code == "not_whole"
    assert "whole" in refused.value.message


def test_that_customers_of_other_queues_are_not_found(ratna: Bare) -> None:
    assert found(ratna, mine("delivery")["nik"]) == ()


def test_that_an_administrator_looks_up_nobody(office: MadeOffice) -> None:
    adi = office.bare("adi")
    with pytest.raises(NotAllowedError) as refused:
        found(adi, mine()["nik"])
    assert refused.value.code == "role"
    adi.end()


def test_that_a_value_which_was_replaced_finds_nobody(office: MadeOffice, ratna: Bare) -> None:
    values = dict(mine())
    old = values["email"]
    values["email"] = "quite.another@example.net"
    office.bring_in([values])
    assert found(ratna, old) == ()
    assert found(ratna, values["email"]) == (record_of(office, values),)
    office.bring_in([mine()])


@pytest.mark.attack("A47")
def test_that_who_looks_up_too_fast_waits_and_a_shift_has_an_end(office: MadeOffice, ratna: Bare) -> None:
    policy = office.policy
    for _ in range(policy.lookups_minute):
        found(ratna, "+62 812 0000 0000")
    with pytest.raises(NotAllowedError) as refused:
        found(ratna, mine()["nik"])
    assert refused.value.code == "lookups_pace"
    used = policy.lookups_minute
    while used < policy.lookups_shift:
        office.clock.pass_s(61)
        for _ in range(min(policy.lookups_minute, policy.lookups_shift - used)):
            found(ratna, "+62 812 0000 0000")
            used += 1
    office.clock.pass_s(61)
    with pytest.raises(NotAllowedError) as refused:
        found(ratna, mine()["nik"])
    assert refused.value.code == "lookups_shift"


def test_that_each_lookup_stands_in_the_log_without_the_value(office: MadeOffice, ratna: Bare) -> None:
    values = mine()
    before = len(entries(office, "lookup"))
    found(ratna, values["nik"])
    found(ratna, "+62 812 0000 0001")
    with pytest.raises(InputRefusedError):
        found(ratna, "Sari")
    logged = entries(office, "lookup")[before:]
    assert [e.outcome for e in logged] == ["ok", "failed", "refused"]
    assert logged[0].record == record_of(office, values).hex()
    assert values["nik"] not in repr([(e.detail, e.reason, e.reference) for e in entries(office)])


def test_that_nothing_is_answered_where_the_entry_cannot_be_written(office: MadeOffice, ratna: Bare) -> None:
    with nothing_can_be_written(office), pytest.raises(TiraiError) as refused:
        found(ratna, mine()["nik"])
    assert not isinstance(refused.value, InputRefusedError)


def nobody_calls_from(who: Bare, text: str) -> bool:
    """Whether a text is no phone number, or nobody's: digits that could be one find nobody."""
    try:
        return look_up(who.client, Lookup(text=text, of_caller=True)).records == ()
    except InputRefusedError as refused:
        return refused.code == "not_whole"


def test_that_the_number_of_a_caller_finds_whose_phone_it_is_and_nothing_else(office: MadeOffice, ratna: Bare) -> None:
    values = mine()
    number = "+62" + "".join(c for c in values["mobile_phone"] if c.isdigit()).removeprefix("62").removeprefix("0")
    assert look_up(ratna.client, Lookup(text=number, of_caller=True)).records == (record_of(office, values),)
    for field in ("bank_account", "nik", "card_number"):
        assert nobody_calls_from(ratna, values[field])
    said = [(e.outcome, e.reason, e.detail) for e in entries(office, "lookup")]
    assert ("ok", "call", "found=1 kinds=phone") in said

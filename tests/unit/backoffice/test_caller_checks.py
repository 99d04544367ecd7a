"""Identity checks at the office: a match or none, few tries, one call; and nothing of the value anywhere."""

from collections.abc import Iterator

import pytest

from app.api.client.caller_checks import answer_check, begin_check, end_check
from app.api.messages.caller_checks import BeginCheck, CallerAnswer, CheckState
from app.domain.caller_check import How
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.office.door import entries, nothing_can_be_written, rows_of
from tests.office.made import Bare, MadeOffice, made_office

CUSTOMERS = demo_customers(30, 7)
DAY_S = 24 * 3600 + 1


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("putri", "Putri Ayu")
        office.bring_in(CUSTOMERS)
        yield office


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Bare]:
    office.clock.pass_s(DAY_S)  # yesterday's tries count no more
    session = office.bare("ratna")
    yield session
    session.end()


def customer(office: MadeOffice, nth: int = 0, queue: str = "billing") -> tuple[bytes, dict[str, str]]:
    """Record and values of a customer whose NIK, birth date and phone are there."""
    mine = [c for c in CUSTOMERS if c["queue"] == queue and c["nik"] and c["birth_date"] and c["mobile_phone"]]
    records: dict[str, bytes] = {r.number: r.record for r in rows_of(office, "customers")}
    return records[mine[nth]["customer_number"]], mine[nth]


def begun(session: Bare, record: bytes) -> bytes:
    return begin_check(session.client, BeginCheck(check=new_id(), record=record)).check


def say(session: Bare, check: bytes, field: str, text: str, how: How = How.TYPED) -> CheckState:
    return answer_check(session.client, check, CallerAnswer(field=field, how=how, text=text))


def code_of(session: Bare, check: bytes, field: str, text: str, how: How = How.TYPED) -> str:
    with pytest.raises(TiraiError) as refused:
        say(session, check, field, text, how)
    return refused.value.code


def spelled(nik: str) -> str:
    return f" {nik[:4]} {nik[4:8]}-{nik[8:12]}.{nik[12:]} "


def test_that_two_right_answers_identify_a_caller(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    first = say(ratna, check, "nik", spelled(values["nik"]))
    assert (first.matched, first.is_identified) == (True, False)
    day, month, year = values["birth_date"].split("/")
    second = say(ratna, check, "birth_date", f"{year}-{month}-{day}")
    assert (second.matched, second.is_identified) == (True, True)


def test_that_a_phone_number_matches_with_and_without_its_country_code(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office, 1)
    check = begun(ratna, record)
    digits = "".join(c for c in values["mobile_phone"] if c.isdigit()).removeprefix("62").removeprefix("0")
    assert say(ratna, check, "mobile_phone", f"0{digits}").matched
    assert say(ratna, check, "mobile_phone", f"+62 {digits}").matched


def test_that_the_same_answer_twice_counts_once(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    say(ratna, check, "nik", values["nik"])
    assert not say(ratna, check, "nik", values["nik"]).is_identified


def test_that_one_tick_counts_and_a_second_does_not(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    say(ratna, check, "mobile_phone", "", How.BY_EYE)
    assert not say(ratna, check, "nik", "", How.BY_EYE).is_identified
    assert say(ratna, check, "birth_date", values["birth_date"]).is_identified


def test_that_three_tries_of_a_field_are_all(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    other = customer(office, 1)[1]["nik"]
    left = [next(f.tries_left for f in say(ratna, check, "nik", other).fields if f.field == "nik") for _ in range(3)]
    assert left == [2, 1, 0]
    assert code_of(ratna, check, "nik", values["nik"]) == "tries"
    assert say(ratna, check, "birth_date", values["birth_date"]).matched


def test_that_ten_tries_of_a_customer_are_all_for_a_day_whoever_tries(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office, 2)
    wrong = customer(office, 1)[1]["nik"]
    for _ in range(3):
        check = begun(ratna, record)
        for _ in range(3):
            say(ratna, check, "nik", wrong)
    putri = office.bare("putri")
    check = begun(putri, record)
    assert say(putri, check, "birth_date", values["birth_date"]).tries_left_today == 0
    assert code_of(putri, check, "birth_date", values["birth_date"]) == "tries_day"
    putri.end()
    assert say(ratna, begun(ratna, customer(office, 3)[0]), "nik", wrong).tries_left_today == 9


def test_that_a_day_later_there_are_tries_again(office: MadeOffice) -> None:
    record, values = customer(office, 2)
    office.clock.pass_s(DAY_S)
    session = office.bare("ratna")
    assert say(session, begun(session, record), "nik", values["nik"]).matched
    session.end()


def test_that_what_cannot_be_such_a_value_costs_no_try(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    for text in ("31", "", "not a number", "\u0661\u0662\u0663"):
        with pytest.raises(InputRefusedError) as refused:
            say(ratna, check, "nik", text)
        assert text == "" or text not in refused.value.message
    tried = say(ratna, check, "nik", values["nik"])
    assert next(f.tries_left for f in tried.fields if f.field == "nik") == 2


@pytest.mark.parametrize(
    ("field", "how", "code"),
    [
        ("street_address", How.TYPED, "no_verify"),
        ("health_note", How.TYPED, "no_verify"),
        ("full_name", How.TYPED, "no_field"),
        ("nothing", How.TYPED, "no_field"),
        ("card_number", How.BY_EYE, "no_verify"),
    ],
)
def test_that_only_declared_fields_are_compared(
    office: MadeOffice, ratna: Bare, field: str, how: How, code: str
) -> None:
    assert code_of(ratna, begun(ratna, customer(office)[0]), field, "x", how) == code


def test_that_a_check_belongs_to_one_session_and_one_customer(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    putri = office.bare("putri")
    assert code_of(putri, check, "nik", values["nik"]) == "check_over"
    with pytest.raises(NotAllowedError) as refused:
        begin_check(putri.client, BeginCheck(check=check, record=record))
    assert refused.value.code == "replay"
    putri.end()
    begun(ratna, customer(office, 1)[0])  # the next caller
    assert code_of(ratna, check, "nik", values["nik"]) == "check_over"


def test_that_a_check_ends_with_the_call_and_by_time(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    end_check(ratna.client)
    assert code_of(ratna, check, "nik", values["nik"]) == "check_over"
    check = begun(ratna, record)
    for _ in range(3):
        office.clock.pass_s(office.policy.caller_check.longest_s / 3 + 1)
        ratna.identity.renew()
    assert code_of(ratna, check, "nik", values["nik"]) == "check_over"


def test_that_a_customer_of_another_queue_is_checked_by_nobody(office: MadeOffice, ratna: Bare) -> None:
    record, _ = customer(office, queue="delivery")
    with pytest.raises(NotAllowedError) as refused:
        begun(ratna, record)
    assert refused.value.code == "not_in_queue"


def test_that_an_administrator_checks_nobody(office: MadeOffice) -> None:
    adi = office.bare("adi")
    with pytest.raises(NotAllowedError):
        begun(adi, customer(office)[0])
    adi.end()


def test_that_the_log_tells_each_try_and_no_value(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    wrong = customer(office, 1)[1]["nik"]
    check = begun(ratna, record)
    say(ratna, check, "nik", wrong)
    say(ratna, check, "nik", values["nik"])
    say(ratna, check, "birth_date", values["birth_date"])
    tried = [e for e in entries(office, "verify") if e.reference == check.hex()]
    assert [(e.outcome, e.field, e.detail) for e in tried] == [
        ("failed", "nik", ""),
        ("ok", "nik", ""),
        ("ok", "birth_date", "identified"),
    ]
    logged = repr([vars(e) if hasattr(e, "__dict__") else str(e) for e in entries(office)])
    assert wrong not in logged
    assert values["nik"] not in logged
    kept = repr(rows_of(office, "caller_answers"))
    assert values["nik"] not in kept
    assert values["birth_date"] not in kept


def test_that_nothing_is_answered_where_the_entry_cannot_be_written(office: MadeOffice, ratna: Bare) -> None:
    record, values = customer(office)
    check = begun(ratna, record)
    tries = len(rows_of(office, "caller_answers"))
    with nothing_can_be_written(office), pytest.raises(TiraiError):
        say(ratna, check, "nik", values["nik"])
    assert len(rows_of(office, "caller_answers")) == tries


def test_that_the_same_request_begins_once_and_its_id_serves_no_other_customer(office: MadeOffice, ratna: Bare) -> None:
    request = BeginCheck(check=new_id(), record=customer(office)[0])
    begin_check(ratna.client, request)
    said = say(ratna, request.check, "nik", customer(office)[1]["nik"])
    assert begin_check(ratna.client, request).fields == said.fields
    with pytest.raises(NotAllowedError) as refused:
        begin_check(ratna.client, BeginCheck(check=request.check, record=customer(office, 1)[0]))
    assert refused.value.code == "replay"

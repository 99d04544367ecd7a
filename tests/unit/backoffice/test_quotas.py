"""Quota, pace and hours of work, at a real office: counted in the log, followed by the account, fooled by no clock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.api.messages.reveals import ClassQuota, ReadNotes, SaveNote
from app.auth.audit_chain import AuditEntry
from app.auth.session_card import reveal_request
from app.backoffice.notes import READ_FIELD
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.off_hours import Outside
from app.domain.office_hours import read_office_hours
from app.domain.policy import Policy
from app.domain.quota import SHIFT_S, Shut
from app.domain.role import Role
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.office.door import entries, opened, rows_of
from tests.office.made import MadeOffice, made_office
from tests.office.quotas import with_quotas
from tests.unit.backoffice.test_releasing import WHY, Console

DAY_S = 24 * 3600
NO_HOURS = {"time_zone": "UTC", "days": ["mon"], "from": "00:00", "until": "00:01"}
"""A minute a week; tests do not run within it, since `outside` puts the clock into a Wednesday."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("sari", "Sari Wulandari", "supervisor", ("*",))
        office.bring_in(demo_customers(30, 7))
        yield office


@pytest.fixture(autouse=True)
def as_shipped(office: MadeOffice) -> Iterator[None]:
    """Each test has a shift of its own, and leaves the policy as it was."""
    office.clock.pass_s(SHIFT_S + 60)
    before = office.policy
    yield
    use(office, before)


def use(office: MadeOffice, policy: Policy) -> None:
    """Have people and office go by this policy."""
    office.policy = office.back_office._base = policy
    if office.back_office.is_open:
        opened(office).base = opened(office).policy = policy


@contextmanager
def at_work(office: MadeOffice, account: str) -> Iterator[Console]:
    """Somebody's console until the block is left."""
    console = Console(office.bare(account))
    yield console
    console.session.end()


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Console]:
    with at_work(office, "ratna") as console:
        yield console


def records(office: MadeOffice) -> list[bytes]:
    """Customers of Ratna's queue who have all that the tests open."""
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == "card_number"}
    return [r.record for r in rows_of(office, "customers") if r.queue == "billing" and r.record in filled]


def reveal(console: Console, record: bytes, field: str = "mobile_phone", reason: str = "call_back") -> str:
    """Open a field; `ok`, or the refusal's code."""
    try:
        console.identity.client.reveal(console.request(record, field, reason))
    except NotAllowedError as refusal:
        return refusal.code
    return "ok"


def read_notes(console: Console, record: bytes) -> str:
    it, request = console.identity, new_id()
    message = reveal_request(it.office, it.session, record, READ_FIELD, "", "", request)
    try:
        it.client.read_notes(ReadNotes(request=request, record=record, signature=it.sign(message)))
    except NotAllowedError as refusal:
        return refusal.code
    return "ok"


def standing(console: Console, data_class: DataClass = DataClass.CONTACT) -> ClassQuota:
    return next(c for c in console.identity.client.quota().classes if c.data_class == data_class)


def last(office: MadeOffice, event: str) -> AuditEntry:
    found: AuditEntry = entries(office, event)[-1]
    return found


# how many


def test_that_a_shift_has_its_quota_and_the_refusal_stands_in_the_log(office: MadeOffice, ratna: Console) -> None:
    use(office, with_quotas(office.policy, 3))
    record = records(office)[0]
    assert [reveal(ratna, record) for _ in range(5)] == ["ok"] * 3 + ["quota"] * 2
    refused = last(office, "reveal")
    assert (refused.outcome, refused.reason, refused.actor, refused.field) == (
        "refused", "quota", "ratna", "mobile_phone",
    )  # fmt: skip
    told = standing(ratna)
    assert (told.used, told.shift, told.shut) == (3, 3, Shut.QUOTA)
    assert SHIFT_S - 60 < told.wait_s <= SHIFT_S
    office.clock.pass_s(SHIFT_S)
    with at_work(office, "ratna") as next_day:
        assert standing(next_day).used == 0
        assert reveal(next_day, record) == "ok"


@pytest.mark.attack("A47")
@pytest.mark.parametrize(("people", "limit"), [(20, 10)])
def test_that_twenty_at_once_at_a_limit_of_ten_give_exactly_ten(
    office: MadeOffice, ratna: Console, people: int, limit: int
) -> None:
    """Real threads, each with a connection of its own to a real office: no two pass between counting and writing."""
    use(office, with_quotas(office.policy, limit))
    record, before = records(office)[0], len(entries(office, "reveal"))
    requests = [ratna.request(record) for _ in range(people)]
    token = ratna.identity.client._token
    clients = [office.connect() for _ in range(people)]
    start, shares, refusals = threading.Barrier(people), list[bytes](), list[str]()

    def ask(at: int) -> None:
        clients[at].use_token(token)
        start.wait()
        try:
            shares.append(clients[at].reveal(requests[at]).share)
        except NotAllowedError as refusal:
            refusals.append(refusal.code)

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for client in clients:
        client.close()
    assert (len(shares), refusals) == (limit, ["quota"] * (people - limit))
    written = [e.outcome for e in entries(office, "reveal")[before:]]
    assert (written.count("ok"), written.count("refused")) == (limit, people - limit)


def test_that_each_class_has_a_quota_of_its_own(office: MadeOffice) -> None:
    quotas = dict(with_quotas(office.policy, 2).quotas)
    use(office, replace(office.policy, quotas=quotas))
    record = records(office)[0]
    with at_work(office, "sari") as sari:
        assert [reveal(sari, record) for _ in range(3)] == ["ok", "ok", "quota"]
        assert reveal(sari, record, "card_number", "dispute") == "ok"
        assert [standing(sari, c).used for c in (DataClass.CONTACT, DataClass.FINANCIAL)] == [2, 1]


def test_that_a_role_which_reveals_nothing_has_no_quota(office: MadeOffice) -> None:
    with at_work(office, "adi") as adi:
        assert adi.identity.client.quota().classes == ()


def test_that_the_notes_of_a_customer_count_once_and_in_their_own_class(office: MadeOffice, ratna: Console) -> None:
    use(office, with_quotas(office.policy, 2))
    record = records(office)[0]
    for text in ("first", "second"):
        ratna.identity.client.save_note(SaveNote(note=new_id(), record=record, text=text))
    assert [read_notes(ratna, record) for _ in range(3)] == ["ok", "ok", "notes_quota"]
    assert (last(office, "notes.read").outcome, last(office, "notes.read").reason) == ("refused", "notes_quota")
    assert (standing(ratna, DataClass.NOTE).used, standing(ratna).used) == (2, 0)
    ratna.identity.client.save_note(SaveNote(note=new_id(), record=record, text="writing goes on"))


def test_that_the_same_request_sent_again_counts_once(office: MadeOffice, ratna: Console) -> None:
    use(office, with_quotas(office.policy, 2))
    request = ratna.request(records(office)[0])
    assert ratna.identity.client.reveal(request) == ratna.identity.client.reveal(request)
    assert standing(ratna).used == 1


# who, wherever


def test_that_the_count_follows_the_account_over_sign_ins_workstations_and_offices(office: MadeOffice) -> None:
    use(office, with_quotas(office.policy, 3))
    record = records(office)[0]
    with at_work(office, "ratna") as console:
        assert reveal(console, record) == "ok"
    with at_work(office, "ratna") as again:
        assert reveal(again, record) == "ok"
    office.stop()
    office.serve()
    office.back_office.seat = "SBY-0999"
    with at_work(office, "ratna") as elsewhere:
        assert elsewhere.session.identity.session != again.session.identity.session
        assert [reveal(elsewhere, record) for _ in range(2)] == ["ok", "quota"]
        assert last(office, "reveal").seat == "SBY-0999"
    with at_work(office, "sari") as sari:
        assert reveal(sari, record) == "ok", "somebody else's count is somebody else's"


# how fast


@pytest.mark.attack("A47")
def test_that_too_many_in_a_while_wait_and_then_go_on(office: MadeOffice, ratna: Console) -> None:
    use(office, with_quotas(office.policy, 40, 3, 600))
    record = records(office)[0]
    assert [reveal(ratna, record) for _ in range(4)] == ["ok", "ok", "ok", "quota_pace"]
    told = standing(ratna)
    assert (told.used, told.pace_used, told.pace_count, told.shut) == (3, 3, 3, Shut.PACE)
    assert 0 < told.wait_s <= 600
    assert last(office, "reveal").reason == "quota_pace"
    office.clock.pass_s(told.wait_s)
    assert standing(ratna).shut == ""
    assert reveal(ratna, record) == "ok"
    assert standing(ratna).used == 4


# the clock


@pytest.mark.attack("A20", "A47")
@pytest.mark.parametrize("back_s", [3_600, SHIFT_S + 60, 3 * DAY_S])
def test_that_a_clock_set_back_refills_nothing_and_neither_does_putting_it_right(
    office: MadeOffice, back_s: int
) -> None:
    use(office, with_quotas(office.policy, 3))
    office.clock.pass_s(back_s)  # what other tests opened lies before all of it
    record = records(office)[0]
    with at_work(office, "ratna") as ratna:
        assert reveal(ratna, record) == "ok"
        office.clock.pass_s(-back_s)
        assert [reveal(ratna, record) for _ in range(3)] == ["ok", "ok", "quota"]
        office.clock.pass_s(back_s)
        assert reveal(ratna, record) == "quota"
        assert standing(ratna).used == 3


# over it, a supervisor decides


def unlocked(office: MadeOffice, console: Console, record: bytes, reason: str) -> str:
    """Ask for the phone, have Hendra approve, open it."""
    request = console.ask(record, "mobile_phone", reason, WHY)
    approval = office.approval("hendra")
    approval.waiting()
    approval.approve(request.hex(), 60)
    approval.end()
    answer = console.identity.client.reveal(console.request(record, "mobile_phone", "unlock", unlock=request))
    return "ok" if answer.sealed_half else "no half"


def asked(console: Console, record: bytes, field: str, reason: str) -> str:
    try:
        console.ask(record, field, reason, WHY)
    except NotAllowedError as refusal:
        return refusal.code
    return "ok"


@pytest.mark.parametrize(("shift", "pace_count", "code"), [(2, 2, "quota"), (40, 2, "quota_pace")])
def test_that_what_is_beyond_it_is_asked_for_and_what_was_unlocked_does_not_count(
    office: MadeOffice, ratna: Console, shift: int, pace_count: int, code: str
) -> None:
    use(office, with_quotas(office.policy, shift, pace_count, 600))
    record = records(office)[0]
    assert asked(ratna, record, "mobile_phone", "quota_spent") == "role", "while there is some left, nobody is asked"
    assert [reveal(ratna, record) for _ in range(3)] == ["ok", "ok", code]
    assert unlocked(office, ratna, record, "quota_spent") == "ok"
    assert standing(ratna).used == 2


def test_that_a_spent_quota_is_no_way_round_the_identified_caller(office: MadeOffice, ratna: Console) -> None:
    use(office, with_quotas(office.policy, 1))
    record = records(office)[0]
    assert reveal(ratna, record) == "ok"
    for reason in ("quota_spent", "off_hours"):
        assert asked(ratna, record, "card_number", reason) == "reason"
        assert last(office, "unlock.ask").reason == "reason"
    assert asked(ratna, record, "card_number", "dispute") == "ok"


def test_that_a_supervisor_whose_quota_is_spent_asks_another_one(office: MadeOffice) -> None:
    use(office, with_quotas(office.policy, 1))
    record = records(office)[0]
    with at_work(office, "sari") as sari:
        assert [reveal(sari, record, "card_number", "dispute") for _ in range(2)] == ["ok", "quota"]
        assert asked(sari, record, "card_number", "quota_spent") == "ok"


# a fresh code


def test_that_financial_data_wants_a_fresh_code_of_a_supervisor_too(office: MadeOffice) -> None:
    record = records(office)[0]
    with at_work(office, "sari") as sari:
        assert reveal(sari, record, "card_number", "dispute") == "ok"
        office.clock.pass_s(office.policy.step_up_s + 1)
        assert reveal(sari, record, "card_number", "dispute") == "step_up"
        assert reveal(sari, record) == "ok", "contact needs none"
        sari.identity.client.step_up(office.code("sari"))
        assert reveal(sari, record, "card_number", "dispute") == "ok"


# hours of work


def outside(office: MadeOffice, holds: Outside) -> None:
    """It is night, as far as the policy goes."""
    hours = read_office_hours(NO_HOURS)
    use(office, replace(office.policy, office_hours=hours, off_hours=dict.fromkeys(Role, holds)))
    while hours.local(office.clock.now_ms()).weekday() != 2:
        office.clock.pass_s(SHIFT_S)


def test_that_outside_the_hours_of_work_a_supervisor_decides(office: MadeOffice) -> None:
    outside(office, Outside.ASK)
    record = records(office)[0]
    with at_work(office, "ratna") as ratna:
        assert reveal(ratna, record) == "off_hours"
        assert (last(office, "reveal").outcome, last(office, "reveal").reason) == ("refused", "off_hours")
        told = standing(ratna)
        assert (told.shut, told.used) == (Shut.HOURS, 0)
        assert 4 * DAY_S < told.wait_s <= 5 * DAY_S, "from a Wednesday to Monday"
        assert read_notes(ratna, record) == "notes_off_hours"
        assert unlocked(office, ratna, record, "off_hours") == "ok"


def test_that_outside_the_hours_of_work_a_fresh_code_opens(office: MadeOffice) -> None:
    outside(office, Outside.CODE)
    record = records(office)[0]
    with at_work(office, "ratna") as ratna:
        assert standing(ratna).needs_code
        assert reveal(ratna, record) == "ok", "signing in was one"
        office.clock.pass_s(office.policy.step_up_s + 1)
        assert [reveal(ratna, record), read_notes(ratna, record)] == ["off_hours_code"] * 2
        assert last(office, "reveal").reason == "off_hours_code"
        ratna.identity.client.step_up(office.code("ratna"))
        assert [reveal(ratna, record), read_notes(ratna, record)] == ["ok"] * 2


def test_that_within_the_hours_nothing_is_asked(office: MadeOffice, ratna: Console) -> None:
    whole = read_office_hours(
        {
            "time_zone": "UTC",
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "from": "00:00",
            "until": "24:00",
        }
    )
    use(office, replace(office.policy, office_hours=whole, off_hours=dict.fromkeys(Role, Outside.ASK)))
    office.clock.pass_s(office.policy.step_up_s + 1)
    assert reveal(ratna, records(office)[0]) == "ok"

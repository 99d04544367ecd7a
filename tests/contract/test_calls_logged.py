"""Calls that a softphone tells of, in the log of a real office: when each began and ended, and no number."""

from collections.abc import Iterator

import pytest

from app.api.client import caller_checks
from app.api.messages.calls import CallsNow
from app.auth.audit_chain import AuditEntry
from app.backoffice.call_log import MOST_BEGUN_A_MINUTE
from app.domain.exposures.row import row_of
from app.session.calls import call_key
from app.session.desk import Desk
from tests.contract.conftest import Home
from tests.demo.customers import HEADERS, demo_customers
from tests.office.made import MadeOffice

NUMBER = "+6281204559147"
KEY, OTHER = call_key(NUMBER), call_key("b2")
"""A softphone that is set up wrongly may well give the number as the id of its call."""


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("calls")) as it:
        it.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        it.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in demo_customers(6, 3)])
        yield it


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    """The newest session; an older one of hers ends by it."""
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def entries(office: MadeOffice, desk: Desk, *events: str) -> list[AuditEntry]:
    """What the log has of this session."""
    with office.back_office.opened.database.reading() as db:
        found = office.back_office.opened.log.page(db, 0, 5_000)
    return [e for e in found if e.event in events and e.session == desk.session]


def tell(desk: Desk, *keys: str) -> None:
    desk.note_calls(keys)
    desk.tell_calls()


def reveal(desk: Desk) -> None:
    record = desk.rows(desk.search("", None).ids)[0].record
    desk.reveal(record, "mobile_phone", "call_back")


def test_that_begin_and_end_of_a_call_are_written_down_once(office: MadeOffice, desk: Desk) -> None:
    for calls in ((KEY,), (KEY,), (KEY, OTHER), (OTHER,), (), ()):
        tell(desk, *calls)
        office.clock.pass_s(30)
    told = entries(office, desk, "call.started", "call.ended")
    assert [e.event for e in told] == ["call.started", "call.started", "call.ended", "call.ended"]
    first, second, first_end, second_end = told
    assert first.reference == first_end.reference != second.reference == second_end.reference
    lasted_s = [int(end.detail.removeprefix("ms=")) // 1000 for end in (first_end, second_end)]
    assert lasted_s == [90, 60]
    assert {(e.actor, e.outcome, e.session) for e in told} == {("ratna", "ok", desk.session)}


def test_that_neither_number_nor_a_hash_that_anybody_could_make_of_it_is_in_the_log(
    office: MadeOffice, desk: Desk
) -> None:
    tell(desk, KEY)
    tell(desk)
    for entry in entries(office, desk, "call.started", "call.ended"):
        said = repr(entry)
        assert KEY not in said
        assert NUMBER[1:] not in said


def test_that_a_session_that_ends_ends_its_calls_and_the_same_call_elsewhere_has_another_reference(
    office: MadeOffice, desk: Desk
) -> None:
    tell(desk, KEY)
    other = office.desk("ratna")
    tell(other, KEY)
    (first,), (second,) = entries(office, desk, "call.started"), entries(office, other, "call.started")
    assert first.reference != second.reference
    assert [e.reason for e in entries(office, desk, "call.ended")] == ["session"], "a session that ends ends its calls"
    other.end("signed_out")


def test_that_an_opening_counts_as_in_a_call_while_the_log_knows_of_one(office: MadeOffice, desk: Desk) -> None:
    reveal(desk)
    desk.note_calls((KEY,))  # told with the opening, if not before
    reveal(desk)
    tell(desk)
    reveal(desk)
    rows = [row_of(entry) for entry in entries(office, desk, "reveal")]
    assert [row is not None and row.on_call for row in rows] == [False, True, False]
    (started,) = entries(office, desk, "call.started")
    assert started.number < entries(office, desk, "reveal")[1].number


def test_that_a_console_that_has_nobody_on_the_line_tells_nothing(office: MadeOffice, desk: Desk) -> None:
    tell(desk)
    desk.beat()
    assert entries(office, desk, "call.started", "call.ended") == []


def test_that_a_beat_tells_what_the_office_has_missed(office: MadeOffice, desk: Desk) -> None:
    desk.note_calls((KEY,))
    desk.beat()
    assert len(entries(office, desk, "call.started")) == 1


def test_that_a_changed_console_writes_no_log_full_of_calls(office: MadeOffice, desk: Desk) -> None:
    office.clock.pass_s(120)
    before = len(entries(office, desk, "call.started"))
    for at in range(12):
        caller_checks.tell_calls(desk._identity.client, CallsNow(calls=tuple(call_key(f"{at} {n}") for n in range(8))))
    assert len(entries(office, desk, "call.started")) == before + MOST_BEGUN_A_MINUTE
    office.clock.pass_s(61)
    tell(desk, KEY)
    assert len(entries(office, desk, "call.started")) == before + MOST_BEGUN_A_MINUTE + 1
    tell(desk)

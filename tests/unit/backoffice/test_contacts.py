"""Contacts at the office: the wrap-up of a visit, what it changes, what is refused, and what waits for a person."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.api.client.caller_checks import begin_check
from app.api.client.contacts import contacts_of, save_contact, standing
from app.api.messages.caller_checks import BeginCheck
from app.api.messages.contacts import SaveContact, WrapUp
from app.api.messages.reveals import SaveNote
from app.backoffice import contacts_read, schema
from app.backoffice.customer_sync import move
from app.domain.errors import NotAllowedError, WorkstationError
from app.session.calls import call_key
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.office.door import entries, nothing_can_be_written, opened, rows_of
from tests.office.made import Bare, MadeOffice, made_office

HOUR_S = 3_600


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("putri", "Putri Ayu")
        office.hire("yoga", "Yoga Pratama", queues=("delivery",))
        office.bring_in(demo_customers(40, 7))
        yield office


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Bare]:
    office.clock.pass_s(48 * HOUR_S)  # what others promised is over, and so is the day
    session = office.bare("ratna")
    yield session
    session.end()


@pytest.fixture
def putri(office: MadeOffice) -> Iterator[Bare]:
    session = office.bare("putri")
    yield session
    session.end()


NEXT = iter(range(40))


@pytest.fixture
def record(office: MadeOffice) -> bytes:
    """A customer of the queue `billing` whom no test has met."""
    mine = [row.record for row in rows_of(office, "customers") if row.queue == "billing"]
    return bytes(mine[next(NEXT)])


def state(office: MadeOffice, record: bytes, outcome: str = "solved", **change: Any) -> SaveContact:
    """A finished contact of a customer, unless `change` says otherwise."""
    now = office.clock.now_ms()
    chosen = {key: change.pop(key) for key in ("tags", "call_back_day", "call_back_at") if key in change}
    said = {"contact": new_id(), "record": record, "revision": 1, "started_ms": now - 60_000, "ended_ms": now}
    return SaveContact(**{**said, **change}, wrap_up=WrapUp(outcome=outcome, **chosen))


def later(request: SaveContact, **change: Any) -> SaveContact:
    return request.model_copy(update={"revision": request.revision + 1, **change})


def day(office: MadeOffice, ahead: int) -> str:
    hours = opened(office).policy.office_hours
    return (hours.local(office.clock.now_ms()).date() + timedelta(days=ahead)).isoformat()


def contact_events(office: MadeOffice, record: bytes) -> list[str]:
    return [e.event for e in entries(office) if e.record == record.hex() and e.event.startswith("contact.")]


def last_contact(office: MadeOffice, record: bytes) -> int | None:
    found: int | None = next(r.last_contact_ms for r in rows_of(office, "customers") if r.record == record)
    return found


def code_of(session: Bare, request: SaveContact) -> str:
    with pytest.raises(NotAllowedError) as refused:
        save_contact(session.client, request)
    return refused.value.code


def test_that_a_wrap_up_is_kept_with_its_entry_which_holds_words_of_the_policy_alone(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    request = state(office, record, "call_back", tags=("billing", "fraud"), call_back_day=day(office, 3), call="ab" * 8)
    save_contact(ratna.client, request)
    (past,) = contacts_of(ratna.client, record).past
    assert (past.account, past.name, past.was_call) == ("ratna", "Ratna Dewanti", True)
    assert past.wrap_up == request.wrap_up
    (entry,) = [e for e in entries(office, "contact.ended") if e.record == record.hex()]
    assert (entry.reason, entry.detail) == ("call_back", "tags=2 call_back=1 call=1")
    assert (entry.reference, entry.actor) == (request.contact.hex(), "ratna")
    assert last_contact(office, record) == past.ended_ms


def test_that_neither_contact_nor_entry_is_there_if_one_of_them_cannot_be_written(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    with nothing_can_be_written(office), pytest.raises(WorkstationError):
        save_contact(ratna.client, state(office, record))
    assert contacts_of(ratna.client, record).past == ()
    assert contact_events(office, record) == []


def test_that_a_state_counts_once_and_an_older_one_never_takes_a_newer_ones_place(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    first = state(office, record, "solved")
    second = later(first, wrap_up=WrapUp(outcome="passed_on"))
    for request in (first, second, second, first):
        save_contact(ratna.client, request)
    assert [past.wrap_up.outcome for past in contacts_of(ratna.client, record).past] == ["passed_on"]
    assert contact_events(office, record) == ["contact.ended", "contact.changed"]


def test_that_a_wrap_up_ends_the_check_of_the_caller(office: MadeOffice, ratna: Bare, record: bytes) -> None:
    check = begin_check(ratna.client, BeginCheck(check=new_id(), record=record)).check
    save_contact(ratna.client, state(office, record))
    (row,) = [row for row in rows_of(office, "caller_checks") if row.id == check]
    assert row.ended_ms is not None


def test_that_a_contact_that_is_brought_back_is_no_last_contact_and_stands_in_the_log(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    earlier = state(office, record, "passed_on", ended_ms=office.clock.now_ms() - 5_000)
    request = state(office, record)
    save_contact(ratna.client, earlier)
    save_contact(ratna.client, request)
    save_contact(ratna.client, later(request, ended_ms=None))
    found = contacts_of(ratna.client, record)
    assert [past.contact for past in found.past] == [earlier.contact]
    assert found.unfinished is not None
    assert found.unfinished.contact == request.contact
    assert last_contact(office, record) == earlier.ended_ms
    assert contact_events(office, record)[-1] == "contact.reopened"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "paid_in_gold"}, "outcome"),
        ({"tags": ("billing", "sari")}, "tags"),
        ({"tags": ("billing", "billing")}, "tags"),
        ({"outcome": "call_back"}, "call_back"),
        ({"call_back_at": "10:00"}, "call_back"),
        ({"call_back_day": "2020-01-01"}, "call_back"),
        ({"call_back_day": "2026-02-31"}, "call_back"),
    ],
)
def test_that_what_the_policy_does_not_offer_or_nobody_can_keep_is_refused(
    office: MadeOffice, ratna: Bare, record: bytes, change: dict[str, Any], code: str
) -> None:
    assert code_of(ratna, state(office, record, **change)) == code
    assert contacts_of(ratna.client, record).past == ()


def test_that_nobody_finishes_or_changes_somebody_elses_contact(
    office: MadeOffice, ratna: Bare, putri: Bare, record: bytes
) -> None:
    request = state(office, record, ended_ms=None)
    save_contact(ratna.client, request)
    assert code_of(putri, later(request, ended_ms=office.clock.now_ms())) == "not_own"
    assert contacts_of(putri.client, record).unfinished is None


def test_that_a_customer_of_another_queue_has_no_contacts_for_one(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    yoga = office.bare("yoga")
    save_contact(ratna.client, state(office, record))
    assert code_of(yoga, state(office, record)) == "not_in_queue"
    with pytest.raises(NotAllowedError):
        contacts_of(yoga.client, record)
    yoga.end()


def test_that_a_half_filled_contact_is_finished_in_a_later_session_and_a_finished_one_is_not_changed_there(
    office: MadeOffice, record: bytes
) -> None:
    first = office.bare("ratna")
    request = state(office, record, ended_ms=None, tags=("billing",))
    save_contact(first.client, request)
    first.end()
    second = office.bare("ratna")
    (waits,) = [waits for waits in standing(second.client).unfinished if waits.record == record]
    assert (waits.contact, waits.wrap_up.tags, waits.revision) == (request.contact, ("billing",), 1)
    finished = later(request, ended_ms=office.clock.now_ms())
    save_contact(second.client, finished)
    assert record not in [waits.record for waits in standing(second.client).unfinished]
    second.end()
    third = office.bare("ratna")
    assert code_of(third, later(finished, ended_ms=None)) == "not_own"
    third.end()


def test_that_a_contact_does_not_end_in_the_future_nor_before_it_began(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    now = office.clock.now_ms()
    save_contact(ratna.client, state(office, record, started_ms=now + 9_000_000, ended_ms=now + 8_000_000))
    (past,) = contacts_of(ratna.client, record).past
    assert past.started_ms <= past.ended_ms <= office.clock.now_ms()


def test_that_whom_one_has_served_today_is_known_until_the_offices_midnight(
    office: MadeOffice, ratna: Bare, putri: Bare, record: bytes
) -> None:
    save_contact(ratna.client, state(office, record))
    assert standing(ratna.client).served == (record,)
    assert record not in standing(putri.client).served
    ratna.end()
    office.clock.pass_s(25 * HOUR_S)
    again = office.bare("ratna")
    assert standing(again.client).served == ()
    again.end()


def test_that_a_call_back_is_due_for_who_promised_it_and_an_hour_later_for_colleagues(
    office: MadeOffice, record: bytes
) -> None:
    ratna, putri = office.bare("ratna"), office.bare("putri")
    hours = opened(office).policy.office_hours
    soon = hours.local(office.clock.now_ms() + 2 * HOUR_S * 1000)
    when = {"call_back_day": soon.date().isoformat(), "call_back_at": soon.strftime("%H:%M")}
    save_contact(ratna.client, state(office, record, "call_back", **when))
    assert record not in [due.record for due in standing(ratna.client).due]
    for session in (ratna, putri):
        session.end()
    office.clock.pass_s(2 * HOUR_S)
    ratna, putri = office.bare("ratna"), office.bare("putri")
    (due,) = [due for due in standing(ratna.client).due if due.record == record]
    assert (due.at, due.is_own) == (when["call_back_at"], True)
    assert record not in [due.record for due in standing(putri.client).due]
    office.clock.pass_s(HOUR_S + 60)
    putri.end()
    putri = office.bare("putri")
    (due,) = [due for due in standing(putri.client).due if due.record == record]
    assert not due.is_own
    save_contact(putri.client, state(office, record))
    assert record not in [due.record for due in standing(putri.client).due]
    putri.end()
    ratna.end()


@pytest.fixture
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    """An office of its own, so that no other test has promised a call there."""
    with made_office(tmp_path_factory.mktemp("full")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("yoga", "Yoga Pratama", queues=("delivery",))
        office.bring_in(demo_customers(40, 7))
        yield office


def promised(office: MadeOffice, session: Bare, record: bytes) -> None:
    """A call-back for a customer, in an hour."""
    soon = opened(office).policy.office_hours.local(office.clock.now_ms() + HOUR_S * 1000)
    when = {"call_back_day": soon.date().isoformat(), "call_back_at": soon.strftime("%H:%M")}
    save_contact(session.client, state(office, record, "call_back", **when))


def in_queue(office: MadeOffice, queue: str) -> list[bytes]:
    return [bytes(row.record) for row in rows_of(office, "customers") if row.queue == queue]


def test_that_a_full_queue_hides_no_call_back_of_a_small_one_and_a_customer_takes_theirs_along(
    full: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = full
    monkeypatch.setattr(contacts_read, "MOST_LOOKED_AT", 2)
    ratna, yoga = office.bare("ratna"), office.bare("yoga")
    for record in in_queue(office, "billing")[-3:]:
        promised(office, ratna, record)
    office.clock.pass_s(60)
    small, moved = in_queue(office, "delivery")[:2]
    promised(office, yoga, small)
    office.clock.pass_s(60)
    promised(office, yoga, moved)
    for session in (ratna, yoga):
        session.end()
    office.clock.pass_s(3 * HOUR_S)
    ratna, yoga = office.bare("ratna"), office.bare("yoga")
    assert len(standing(ratna.client).due) == 2, "the control: more of one queue are not looked at"
    assert [due.record for due in standing(yoga.client).due] == [small, moved]
    with opened(office).writing() as db:
        move(db, moved, "general")
        move(db, small, "billing")
        db.execute(schema.contacts.update().where(schema.contacts.c.record == small).values(call_back_ms=1))
    assert standing(yoga.client).due == (), "they are another queue's now"
    assert small in [due.record for due in standing(ratna.client).due]
    with opened(office).writing() as db:
        for record in (small, moved):
            move(db, record, "delivery")
    for session in (ratna, yoga):
        session.end()


def test_that_an_older_contact_that_comes_late_is_not_the_last_one(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    now = office.clock.now_ms()
    save_contact(ratna.client, state(office, record, "solved"))
    old = state(office, record, "call_back", ended_ms=now - 600_000, call_back_day=day(office, 1))
    save_contact(ratna.client, old)
    rows = [row for row in rows_of(office, "contacts") if row.record == record and row.is_last]
    assert [row.outcome for row in rows] == ["solved"]
    assert last_contact(office, record) == rows[0].ended_ms


def test_that_nobody_can_try_numbers_against_the_call_of_a_contact(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    """A softphone may use a caller's number as the call's id."""
    told = call_key("+628123456789")
    save_contact(ratna.client, state(office, record, call=told))
    (kept,) = [row.call for row in rows_of(office, "contacts") if row.record == record]
    assert kept
    assert kept != told


def test_that_an_end_long_ago_promises_no_call_that_is_due_at_once(
    office: MadeOffice, ratna: Bare, record: bytes
) -> None:
    long_ago = {"started_ms": 0, "ended_ms": 1, "call_back_day": "1970-01-05"}
    assert code_of(ratna, state(office, record, "call_back", **long_ago)) == "call_back"


def test_that_a_colleagues_note_is_none_of_a_visit(office: MadeOffice, ratna: Bare, putri: Bare, record: bytes) -> None:
    theirs, own = (SaveNote(note=new_id(), record=record, text="called") for _ in range(2))
    putri.client.save_note(theirs)
    ratna.client.save_note(own)
    for note, kept in ((theirs.note, None), (own.note, own.note)):
        request = state(office, record, note=note)
        save_contact(ratna.client, request)
        (row,) = [row for row in rows_of(office, "contacts") if row.id == request.contact]
        assert row.note == kept

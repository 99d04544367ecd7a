"""Wrap-ups through all real parts: kept by office or outbox, over locks and ends, and what waits after them."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.call_back import CallBackError
from app.domain.errors import NotAllowedError
from app.session.desk import Desk
from app.session.lock_place import NoteInHand, Place
from app.session.shown_contacts import ContactInHand, ContactKept
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.coming_back import away, clients_closed, locked, resumed
from tests.office.door import entries, rows_of
from tests.office.made import MadeOffice


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as it:
        it.hire("ratna", "Ratna Dewanti")
        it.bring_in(demo_customers(6, 3))
        with clients_closed(it):
            yield it


def begun(desk: Desk, nth: int = 0) -> ContactInHand:
    record = desk.customer(desk.search("", None).ids[nth]).record
    return desk.contacts.begin(record)


def keep(desk: Desk, contact: ContactInHand) -> ContactKept:
    return desk.contacts.keep(desk.contacts.next_state(contact))


def finish(desk: Desk, contact: ContactInHand) -> ContactKept:
    return desk.contacts.finish(desk.contacts.next_state(contact))


def chosen(contact: ContactInHand) -> ContactInHand:
    return replace(contact, outcome="passed_on", tags=("billing", "fraud"))


def events(office: MadeOffice) -> list[str]:
    return [e.event for e in entries(office) if e.event.startswith(("contact.", "note.", "outbox."))]


def test_that_a_finished_visit_is_in_the_customers_history_in_words(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    contact = begun(desk)
    when = desk.contacts.read_call_back(f"{desk.contacts.now().day + timedelta(days=2):%d/%m/%Y} 10.00")
    assert finish(desk, chosen(contact).with_call_back(when)).why is None
    found = desk.contacts.of(contact.record)
    (shown,) = found.past
    assert (shown.by, shown.outcome, shown.tags) == (
        "Ratna Dewanti", "Passed to another team", ("Billing", "Suspected fraud"),
    )  # fmt: skip
    assert shown.call_back == found.promised == when
    assert desk.contacts.standing().served == {desk.search("", None).ids[0]}
    desk.end("signed_out")


def test_that_note_and_wrap_up_of_an_office_that_is_away_arrive_in_their_order_and_once(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    contact, note = chosen(begun(desk)), desk.new_note()
    with away(office):
        desk.save_note(contact.record, note, "Asked about a late fee.")
        first = keep(desk, replace(contact, note=note))
        assert first.why is not None
        assert finish(desk, first.contact).why is not None
        desk.end("office_lost")
    again = office.desk("ratna")
    assert again.deliver().waits == 0
    again.deliver()
    (shown,) = again.contacts.of(contact.record).past
    assert (shown.outcome, shown.note) == ("Passed to another team", note)
    kinds = [row.kind for row in sorted(rows_of(office, "outbox_entries"), key=lambda row: row.number)]
    assert kinds == ["note", "contact", "contact", "end"]
    assert events(office) == ["note.write", "contact.kept", "contact.ended", "outbox.deliver"]
    (entry,) = entries(office, "outbox.deliver")
    assert entry.detail == "from=1 to=4 notes=1 contacts=1 last=end"
    again.end("signed_out")


def test_that_a_wrap_up_that_cannot_stand_any_more_is_kept_sealed_and_holds_up_nothing(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    contact, note = chosen(begun(desk)), desk.new_note()
    with away(office):
        finish(desk, replace(contact, outcome="gone_from_the_policy"))
        desk.save_note(contact.record, note, "What came behind it.")
        desk.end("office_lost")
    again = office.desk("ratna")
    assert again.deliver().unusable == 1
    assert again.contacts.of(contact.record).past == ()
    assert again.note_count(contact.record) == 1
    again.end("signed_out")


def test_that_a_half_filled_wrap_up_comes_back_after_a_lock_and_is_finished_there(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    contact = keep(desk, chosen(begun(desk))).contact
    more = replace(contact, tags=("fraud",))
    word = desk.lock("by_hand", Place(record=contact.record, contact=more))
    office.must_leave()
    back = resumed(office, locked(office, word))
    assert back.place.contact is not None
    assert replace(back.place.contact, revision=0) == replace(more, revision=0)
    back.desk.deliver()
    assert finish(back.desk, replace(back.place.contact, tags=("privacy",))).why is None
    (shown,) = back.desk.contacts.of(contact.record).past
    assert shown.tags == ("Privacy (UU PDP)",)
    back.desk.end("signed_out")


@pytest.mark.parametrize("is_away", [False, True])
def test_that_a_half_filled_wrap_up_of_an_ended_session_waits_for_its_person(office: MadeOffice, is_away: bool) -> None:
    desk = office.desk("ratna")
    contact, note = chosen(begun(desk, 1)), desk.new_note()
    place = Place(record=contact.record, note=NoteInHand(note, "Half a no"), contact=replace(contact, note=note))
    with away(office) if is_away else contextlib.nullcontext():
        desk.end("office_lost" if is_away else "signed_out", place)
    again = office.desk("ratna")
    again.deliver()
    (waits,) = again.contacts.standing().waiting
    assert (waits.record, waits.call_back) == (contact.record, None)
    unfinished = again.contacts.of(contact.record).unfinished
    assert unfinished is not None
    assert (unfinished.id, unfinished.outcome, unfinished.tags) == (contact.id, contact.outcome, contact.tags)
    assert finish(again, unfinished).why is None
    assert again.contacts.standing().waiting == ()
    again.end("signed_out")


def test_that_a_mere_look_at_a_customer_leaves_no_contact(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    contact = begun(desk)
    desk.end("signed_out", Place(record=contact.record, contact=contact))
    assert rows_of(office, "contacts") == []


def test_that_undoing_a_finish_is_an_entry_of_its_own(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    done = finish(desk, chosen(begun(desk))).contact
    back = keep(desk, done).contact
    assert desk.contacts.of(done.record).past == ()
    finish(desk, replace(back, outcome="solved"))
    assert [shown.outcome for shown in desk.contacts.of(done.record).past] == ["Solved"]
    assert events(office) == ["contact.ended", "contact.reopened", "contact.ended"]
    desk.end("signed_out")


def test_that_what_the_office_refuses_is_said_and_not_kept_for_later(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    with pytest.raises(NotAllowedError):
        finish(desk, replace(begun(desk), outcome="call_back"))
    assert desk.outbox().waits == 0
    with pytest.raises(CallBackError):
        desk.contacts.read_call_back("1/1/2020")
    desk.end("signed_out")

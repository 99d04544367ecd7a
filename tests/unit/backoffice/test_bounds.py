"""How much one person may ask for at once: requests, notes of an earlier session, and many supervisors looking."""

import threading
from collections.abc import Iterator

import pytest

from app.api.messages.reveals import AskUnlock, OwnRequest, ReadNotes, RefuseUnlock, SaveNote
from app.auth.session_card import reveal_request
from app.backoffice.unlocks import MOST_WAITING
from app.domain.errors import NotAllowedError
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.office.door import entries, rows_of
from tests.office.made import Bare, MadeOffice, made_office

WHY = "the caller disputes the charge of 2 March"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        for account in ("ratna", "budi"):
            office.hire(account, account.title())
        office.hire("sinta", "Sinta Maharani", "privacy_officer", ("*",))
        office.bring_in(demo_customers(80, 7))
        yield office


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Bare]:
    office.clock.pass_s(3600)
    console = office.bare("ratna")
    yield console
    console.end()


@pytest.fixture
def records(office: MadeOffice) -> list[bytes]:
    """Customers of the queue whose card number is there."""
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == "card_number"}
    found = [r.record for r in rows_of(office, "customers") if r.queue == "billing" and r.record in filled]
    assert len(found) > MOST_WAITING
    return found


def ask(session: Bare, record: bytes, field: str = "card_number") -> bytes:
    request = AskUnlock(request=new_id(), record=record, field=field, reason="dispute", words=WHY)
    session.client.ask_unlock(request)
    return request.request


def refused(session: Bare, record: bytes, field: str = "card_number") -> str:
    with pytest.raises(NotAllowedError) as refusal:
        ask(session, record, field)
    return refusal.value.code


def waiting(session: Bare) -> list[OwnRequest]:
    return [r for r in session.client.own_requests().requests if r.state == "waiting"]


# requests


def test_that_a_sixth_request_is_refused_and_logged_until_there_is_room(
    office: MadeOffice, ratna: Bare, records: list[bytes]
) -> None:
    asked = [ask(ratna, record) for record in records[:MOST_WAITING]]
    assert refused(ratna, records[5]) == "too_many"
    last = entries(office, "unlock.ask")[-1]
    assert (last.outcome, last.reason, last.actor) == ("refused", "too_many", "ratna")
    assert {r.id for r in waiting(ratna)} == set(asked)
    ratna.client.withdraw(asked[0])
    ask(ratna, records[5])
    assert len(waiting(ratna)) == MOST_WAITING == 5


def test_that_asking_again_for_a_field_that_waits_takes_no_more_room(ratna: Bare, records: list[bytes]) -> None:
    asked = [ask(ratna, record) for record in records[:MOST_WAITING]]
    again = ask(ratna, records[2])
    assert {r.id for r in waiting(ratna)} == {*asked, again} - {asked[2]}


def test_that_requests_which_nobody_decided_make_room_by_time(
    office: MadeOffice, ratna: Bare, records: list[bytes]
) -> None:
    for record in records[:MOST_WAITING]:
        ask(ratna, record)
    office.clock.pass_s(office.policy.unlock_wait_s + 1)
    ask(ratna, records[5])


def test_that_one_persons_requests_take_no_room_from_anothers(
    office: MadeOffice, ratna: Bare, records: list[bytes]
) -> None:
    for record in records[:MOST_WAITING]:
        ask(ratna, record)
    budi = office.bare("budi")
    ask(budi, records[0])
    budi.end()


def test_that_a_refused_field_is_not_asked_for_again_at_once_nor_from_a_new_session(
    office: MadeOffice, ratna: Bare, records: list[bytes]
) -> None:
    record, hendra = records[0], office.bare("hendra", "approval")
    hendra.client.refuse(ask(ratna, record), RefuseUnlock(why="Ask the caller."))
    hendra.end()
    assert refused(ratna, record) == "ask_again"
    assert entries(office, "unlock.ask")[-1].reason == "ask_again"
    ask(ratna, records[1])  # another customer's
    budi = office.bare("budi")
    ask(budi, record)  # another person
    budi.end()
    ratna.end()
    again = office.bare("ratna")
    since = office.clock.now_ms() - next(
        r.decided_ms for r in rows_of(office, "unlocks") if (r.record, r.state) == (record, "refused")
    )
    assert since < office.policy.ask_again_s * 1000
    assert refused(again, record) == "ask_again"
    office.clock.pass_s(office.policy.ask_again_s + 1)
    ask(again, record)
    again.end()


def test_that_many_who_look_at_once_all_get_an_answer(office: MadeOffice, ratna: Bare, records: list[bytes]) -> None:
    budi, hendra = office.bare("budi"), office.bare("hendra", "approval")
    for record in records[:5]:
        ask(ratna, record)
    ask(budi, records[5])
    count = 30
    together, seen, failed = threading.Barrier(count), list[int](), list[BaseException]()

    def look() -> None:
        client = office.connect()
        client.use_token(hendra.answer.token)
        together.wait()
        try:
            seen.append(len(client.waiting_requests().requests))
        except BaseException as e:  # noqa: BLE001  (told below)
            failed.append(e)
        finally:
            client.close()

    threads = [threading.Thread(target=look) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert seen == [6] * count
    budi.end()
    hendra.end()


# notes


def read(session: Bare, record: bytes) -> int:
    it, request = session.identity, new_id()
    message = reveal_request(it.office, it.session, record, "notes", "", "", request)
    answer = it.client.read_notes(ReadNotes(request=request, record=record, signature=it.sign(message)))
    return len(answer.notes)


def test_that_a_note_stays_as_its_session_wrote_it(office: MadeOffice, ratna: Bare, records: list[bytes]) -> None:
    note, record = new_id(), records[0]
    ratna.client.save_note(SaveNote(note=note, record=record, text="first words"))
    ratna.client.save_note(SaveNote(note=note, record=record, text="better words"))
    with pytest.raises(NotAllowedError):
        ratna.client.save_note(SaveNote(note=note, record=records[1], text="of another customer"))
    ratna.end()
    (before,) = [r for r in rows_of(office, "notes") if r.id == note]
    later = office.bare("ratna")
    with pytest.raises(NotAllowedError) as refusal:
        later.client.save_note(SaveNote(note=note, record=record, text="what never was said"))
    assert refusal.value.code == "not_own"
    assert [r for r in rows_of(office, "notes") if r.id == note] == [before]
    assert read(later, record) == 1
    later.end()


def test_that_a_privacy_officer_reads_notes_with_a_fresh_code_only(office: MadeOffice, records: list[bytes]) -> None:
    sinta = office.bare("sinta")
    read(sinta, records[0])
    office.clock.pass_s(office.policy.step_up_s + 1)
    with pytest.raises(NotAllowedError) as refusal:
        read(sinta, records[0])
    assert refusal.value.code == "step_up"
    last = entries(office, "notes.read")[-1]
    assert (last.outcome, last.reason, last.actor) == ("refused", "step_up", "sinta")
    sinta.client.step_up(office.code("sinta"))
    read(sinta, records[0])
    sinta.end()


def test_that_an_agent_reads_notes_without_one(office: MadeOffice, ratna: Bare, records: list[bytes]) -> None:
    office.clock.pass_s(office.policy.step_up_s + 1)
    read(ratna, records[0])

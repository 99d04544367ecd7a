"""A locked session and its resume, through real office, server, cache and client; only guardian and clock are ours."""

import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.client.client import ApiClient
from app.api.client.errors import OfficeAwayError
from app.api.messages.door import CardRequest, Ended, EndReport, WitnessMark
from app.domain.exposures.words import ClosedBy
from app.session.clock_rule import ClockRule
from app.session.desk import Desk
from app.session.ends import LockedSession
from app.session.errors import CacheLostError, SessionOverError, SignInRefusal, SignInRefusedError
from app.session.lock_place import NoteInHand, Place
from app.session.resume import BackAtDesk
from tests.contract.conftest import Home
from tests.demo.customers import HEADERS, demo_customers
from tests.office.coming_back import locked, resumed
from tests.office.made import MadeOffice
from tests.office.team import TeamMade

DRAFT = "".join(chr(0x41 + n % 26) if n % 7 else "\u00e9" for n in range(1_990)) + "\U0001f642 ende\n\tx"


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as it:
        it.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        clients: list[ApiClient] = []
        connect = it.connect

        def kept() -> ApiClient:
            clients.append(connect())
            return clients[-1]

        it.connect = kept  # type: ignore[method-assign]
        it.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in demo_customers(6, 3)])
        yield it
        for client in clients:  # a real console's process closes its lines by its end
            client.close()


@pytest.fixture
def desk(office: MadeOffice) -> Desk:
    return office.desk("ratna")


def lock(office: MadeOffice, desk: Desk, place: Place | None = None, cause: str = "by_hand") -> LockedSession:
    """Lock, and wait until the office that had the keys is gone: all its sessions were locked."""
    found = locked(office, desk.lock(cause, place or Place()))
    office.must_leave()
    return found


def events(office: MadeOffice) -> list[tuple[str, str, str]]:
    command = office.command("hendra")
    found = [(e.event, e.outcome, e.reason) for e in command._entries(lambda _n: None)]
    command.end()
    return found


def first(desk: Desk) -> int:
    return desk.search("", None).ids[0]


def test_that_a_resumed_session_is_the_same_one_with_other_keys_and_everything_in_its_place(
    office: MadeOffice, desk: Desk
) -> None:
    customer = desk.customer(first(desk))
    place = Place(
        customer.id, customer.record, "c-", "billing", True, NoteInHand("ab" * 16, DRAFT, DRAFT[:-3], is_held=True),
        filters=(("city", ("Kota Ambon", "")), ("last_contact", ("never",))), sort=("phone", True),
    )  # fmt: skip
    before = desk._identity
    back = resumed(office, lock(office, desk, place))
    assert back.place == place
    after = back.desk._identity
    assert after.session == before.session
    assert {after.session_kem, after.session_seed}.isdisjoint({before.session_kem, before.session_seed})
    assert after.class_keys == before.class_keys, "the grants came anew from the office"
    assert back.desk.customer(customer.id) == customer
    assert back.desk.reveal(customer.record, "mobile_phone", "call_back").value.reveal()
    assert back.desk.beat().account == "ratna"
    assert office.guardian.tries == office.guardian.resumes == [lock_id(back)]
    back.desk.end("signed_out")
    assert office.store.session_ids() == []


def test_that_nothing_of_what_a_table_was_filtered_by_lies_open_on_the_disk(
    office: MadeOffice, desk: Desk, tmp_path: Path
) -> None:
    canary = "Kanari Tak Bertepi"
    lock(office, desk, Place(is_table=True, filters=(("city", (canary,)),)))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "cache.db" for path in files), "the control: the cache is looked into"
    assert not [path for path in files if canary.encode() in path.read_bytes()]


def lock_id(back: BackAtDesk) -> str:
    return back.desk.session


def test_that_lock_and_resume_stand_in_the_log_with_their_cause(office: MadeOffice, desk: Desk) -> None:
    back = resumed(office, lock(office, desk, cause="idle"))
    back.desk.end("signed_out")
    found = events(office)
    at = found.index(("session.lock", "ok", "idle"))
    assert ("session.resume", "ok", "") in found[at:]
    assert not [e for e in found if e[0] == "session.end" and e[2] == "office_lost" and found.index(e) > at]


def test_that_a_value_which_closed_with_the_lock_is_told_after_the_resume(office: MadeOffice, desk: Desk) -> None:
    shown = desk.reveal(desk.customer(first(desk)).record, "mobile_phone", "call_back")
    desk.view_closed(shown.entry, 0.25, ClosedBy.SESSION)
    back = resumed(office, lock(office, desk))
    assert "view.closed" not in [event for event, _outcome, _reason in events(office)]
    back.desk.beat()
    assert ("view.closed", "ok", "session") in events(office)


def test_that_the_token_of_a_locked_session_does_nothing_but_be_shown_at_the_resume(
    office: MadeOffice, desk: Desk
) -> None:
    other = office.desk("hendra")  # keeps the office open
    token = desk._identity.client._token
    desk.lock("by_hand", Place())
    thief = office.connect()
    thief.use_token(token)
    for call in (
        thief.lease,
        thief.own_requests,
        lambda: thief.bring_card(CardRequest(kem=b"x" * 1216, sign=bytes(32), signature=b"x" * 64)),
    ):
        with pytest.raises(SessionOverError):
            call()
    other.end("signed_out")


@pytest.mark.one_user("a gateway stays, open, when sessions lock")
def test_that_another_open_session_keeps_the_office_and_the_last_lock_sends_it_away(
    office: MadeOffice, desk: Desk
) -> None:
    other = office.desk("hendra")
    desk.lock("by_hand", Place())
    assert other.beat().account == "hendra"
    other.lock("by_hand", Place())
    office.must_leave()
    with pytest.raises(OfficeAwayError):
        office.connect().hello()


def test_that_five_wrong_passwords_end_the_session_at_the_office_and_nothing_was_opened(
    office: MadeOffice, desk: Desk
) -> None:
    waits = lock(office, desk)
    office.serve()
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(SignInRefusedError) as refusal:
            resumed(office, waits, f"wrong {left}")
        assert refusal.value.why is SignInRefusal.WRONG
        assert office.back_office.is_open == isinstance(office, TeamMade), "a wrong password opens no file"
    with pytest.raises(SignInRefusedError) as refusal:
        resumed(office, waits)
    assert refusal.value.why is SignInRefusal.THROTTLED
    office.clock.pass_s(61)
    with pytest.raises(SessionOverError):
        resumed(office, waits)
    found = events(office)
    assert found.count(("session.resume", "failed", "wrong_password")) == 5
    assert ("session.end", "ok", "too_many_tries") in found


def test_that_wrong_passwords_count_at_an_open_office_too(office: MadeOffice, desk: Desk) -> None:
    office.desk("hendra")
    waits = locked(office, desk.lock("by_hand", Place()))
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            resumed(office, waits, "wrong")
    office.clock.pass_s(61)
    with pytest.raises(SessionOverError):
        resumed(office, waits)


def test_that_an_older_copy_of_the_cache_resumes_nothing(office: MadeOffice, desk: Desk) -> None:
    cache = office.places.session_folder(desk.session) / "cache.db"
    desk._open.cache.close()
    older = cache.read_bytes()
    desk._open.replace(desk._open.cache)
    waits = lock(office, desk)
    cache.write_bytes(older)
    office.serve()
    with pytest.raises(CacheLostError):
        resumed(office, waits)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["cut", "gone"])
def test_that_a_spoilt_cache_is_told_from_a_wrong_password(office: MadeOffice, desk: Desk, spoil: str) -> None:
    waits = lock(office, desk)
    cache = office.places.session_folder(desk.session) / "cache.db"
    if spoil == "cut":
        cache.write_bytes(secrets.token_bytes(8192))
    else:
        cache.unlink()
    office.serve()
    with pytest.raises(CacheLostError):
        resumed(office, waits)
    office.must_leave()  # it was opened for nothing: all its sessions are locked
    office.serve()
    with pytest.raises(SignInRefusedError):
        resumed(office, waits, "wrong")


def test_that_after_a_change_of_password_the_new_one_resumes_and_the_old_one_does_not(
    office: MadeOffice, desk: Desk
) -> None:
    old, new = office.people["ratna"].password, f"kata lain {secrets.token_hex(12)}"
    desk.my_account.change_password(old, new)
    desk.fill(lambda _done, _total: None)
    waits = lock(office, desk)
    office.serve()
    with pytest.raises(SignInRefusedError):
        resumed(office, waits, old)
    assert resumed(office, waits, new).desk.beat().account == "ratna"


def test_that_a_locked_session_ends_when_its_person_signs_in_anew(office: MadeOffice, desk: Desk) -> None:
    waits = lock(office, desk)
    office.serve()
    again = office.desk("ratna")
    with pytest.raises(SessionOverError):
        resumed(office, waits)
    assert again.beat().account == "ratna"


def test_that_a_locked_session_is_over_at_the_office_once_its_idle_time_is(office: MadeOffice, desk: Desk) -> None:
    waits = lock(office, desk)
    office.serve()
    office.clock.pass_s(office.policy.idle_end_s + 1)
    with pytest.raises(SessionOverError):
        resumed(office, waits)


@pytest.mark.one_user("a gateway is never shut")
def test_that_an_end_reported_to_a_shut_office_stands_in_the_log_once_it_is_open(
    office: MadeOffice, desk: Desk
) -> None:
    lock(office, desk)
    office.serve()
    session, _name, token = office.guardian.sessions[-1]
    client = office.connect()
    for proof, cause in ((bytes(32), "signed_out"), (bytes.fromhex(token), "idle")):
        client.report_end(EndReport(session=bytes.fromhex(session), end_token=proof, cause=cause))
    assert not office.back_office.is_open
    found = events(office)
    ends = [e for e in found if e[0] == "session.end"]
    assert ("session.end", "ok", "idle") in ends, "by its own end token"
    assert office.back_office.front_door.noted_ends == []


@pytest.mark.slow
def test_that_a_resume_brings_no_fresh_code(office: MadeOffice, desk: Desk) -> None:
    back = resumed(office, lock(office, desk))
    assert back.desk._code_at == float("-inf")


def test_that_an_office_that_is_away_holds_up_no_lock(office: MadeOffice, desk: Desk) -> None:
    office.stop()
    word = desk.lock("by_hand", Place(note=NoteInHand("ab" * 16, DRAFT)))
    assert word.ends_in_s > 800
    with pytest.raises(CacheLostError):
        desk.search("", None)


def test_that_a_session_locked_after_a_call_waits_as_long_as_after_any_lock_and_knows_its_calls(
    office: MadeOffice, desk: Desk
) -> None:
    calls = (("0f" * 8, 51_000.25, "held", 51_060.5),)
    callers = (("0f" * 8, "+6281204559147"),)
    word = desk.lock("idle", Place(calls=calls, callers=callers), unused_s=890, left_s=600)
    assert (word.unused_s, word.ends_in_s, word.over) == (890, 600, "idle")
    office.must_leave()
    place = resumed(office, locked(office, word)).place
    assert (place.calls, place.callers) == (calls, callers)


def test_that_no_word_makes_a_locked_session_wait_longer_than_policy(desk: Desk) -> None:
    assert desk.lock("idle", Place(), unused_s=890, left_s=100_000).ends_in_s <= 900


# --- an office that dies, or does not answer


def die(office: MadeOffice) -> None:
    """The office's process ends, and what it knew with it; nobody was told anything."""
    office.stop()


def test_that_a_console_whose_office_died_locks_and_goes_on_with_the_next(office: MadeOffice, desk: Desk) -> None:
    die(office)
    place = Place(note=NoteInHand("ab" * 16, DRAFT))
    waits = locked(office, desk.lock("office_lost", place, 60.0))
    office.serve()
    back = resumed(office, waits)
    assert back.place == place
    assert back.desk.beat().account == "ratna"
    back.desk.end("signed_out")
    found = events(office)
    at = found.index(("session.lock", "ok", "office_lost"))
    assert ("session.resume", "ok", "") in found[at:]
    assert ("session.end", "ok", "office_lost") not in found


@pytest.mark.one_user("sessions outlive a gateway")
def test_that_the_token_of_a_session_whose_office_died_does_nothing_but_be_shown_at_the_resume(
    office: MadeOffice, desk: Desk
) -> None:
    token = desk._identity.client._token
    die(office)
    office.serve()
    other = office.desk("hendra")
    thief = office.connect()
    thief.use_token(token)
    with pytest.raises(SessionOverError):
        thief.lease()
    with pytest.raises(SessionOverError):
        thief.bring_card(CardRequest(kem=b"x" * 1216, sign=bytes(32), signature=b"x" * 64))
    other.end("signed_out")


def test_that_two_consoles_of_one_office_both_come_back(office: MadeOffice, desk: Desk) -> None:
    other = office.desk("hendra")
    die(office)
    first, second = (locked(office, one.lock("office_lost", Place())) for one in (desk, other))
    office.serve()
    back = resumed(office, first)
    also = resumed(office, second)
    for one in (back.desk, also.desk):
        one.beat()
        one.end("signed_out")


@pytest.mark.one_user("sessions outlive a gateway")
def test_that_other_sessions_than_a_consoles_end_with_their_office(office: MadeOffice, desk: Desk) -> None:
    office.command("hendra")
    die(office)
    waits = locked(office, desk.lock("office_lost", Place()))
    office.serve()
    resumed(office, waits).desk.end("signed_out")
    assert ("session.end", "ok", "office_lost") in events(office), "the command's"


@pytest.mark.service_too
def test_that_wrong_passwords_at_the_next_offices_shut_door_count_against_the_session(
    office: MadeOffice, desk: Desk
) -> None:
    """The file opens after them, and what it left open is locked only then."""
    die(office)
    waits = locked(office, desk.lock("office_lost", Place()))
    office.serve()
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            resumed(office, waits, "wrong")
    office.clock.pass_s(61)
    with pytest.raises(SessionOverError):
        resumed(office, waits)


def test_that_a_session_of_a_dead_office_is_over_with_its_lease(office: MadeOffice, desk: Desk) -> None:
    """Nobody renews it; whoever comes after the idle time has to sign in."""
    die(office)
    waits = locked(office, desk.lock("office_lost", Place()))
    office.clock.pass_s(office.policy.lease_s + 1)
    office.serve()
    with pytest.raises(SessionOverError):
        resumed(office, waits)


def test_that_an_office_that_missed_a_lock_hears_of_it_and_its_cause_at_the_resume(
    office: MadeOffice, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_cause: str, _outbox: object) -> None:
        raise OfficeAwayError("busy")

    monkeypatch.setattr(desk._identity.client, "lock", away)
    waits = locked(office, desk.lock("sleep", Place()))
    back = resumed(office, waits)
    back.desk.end("signed_out")
    found = events(office)
    at = found.index(("session.lock", "ok", "sleep"))
    assert found[at + 1] == ("session.resume", "ok", "")


@pytest.mark.usefixtures("as_people_wait")
def test_that_neither_a_slow_office_nor_a_slow_keyring_holds_a_lock_up(
    office: MadeOffice, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The word comes although nobody has answered."""
    answered = threading.Event()

    def slow(_cause: str, _outbox: WitnessMark | None) -> Ended:
        answered.wait()
        raise OfficeAwayError("It answers too late.")

    monkeypatch.setattr(desk._identity.client, "lock", slow)
    try:
        word = desk.lock("by_hand", Place())
        assert (word.cause, answered.is_set()) == ("by_hand", False)
    finally:
        answered.set()
        for thread in threading.enumerate():
            if thread.name == "tell-lock":
                thread.join(120)


def test_that_a_clock_set_back_gives_a_locked_session_no_more_time(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    wall = [time.time()]
    desk._clock_rule = ClockRule(lambda: wall[0], lambda: 5_000.0)
    desk._answer = desk._answer.model_copy(update={"ends_ms": int((wall[0] + 100) * 1000)})
    desk._lease = None
    wall[0] -= 7_200
    assert desk.is_clock_set_back
    word = desk.lock("clock_set_back", Place())
    assert word.ends_in_s <= 100
    assert word.over == "session_over"

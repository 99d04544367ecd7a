"""A10, A11, A20: what may go wrong between a request and its opening, each refused and written down (*authority*).

The sentences on the screens stand in `tests/ui/test_unlock_bad_days.py`, with a table of which test shows which; the
order of moves is `test_unlock_paths.py`'s.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest

from app.api.messages.reveals import ApproveUnlock, AskUnlock, OwnRequest, RevealAnswer
from app.auth.audit_chain import AuditEntry
from app.crypto.errors import SealError
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError
from app.session.approval import Approval
from app.session.deciding import Deciding
from app.session.desk import Desk
from app.session.revealing import check_grant
from tests.office.door import nothing_can_be_written
from tests.office.made import MadeOffice
from tests.security.canaries import office_file, planted
from tests.security.unlock_stage import SetClock

WHY = "the caller disputes the charge"
FIELD = "bank_account"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with patch("tests.office.made.MovedClock", SetClock):
        made = MadeOffice(tmp_path_factory.mktemp("bad-days"))
    made.serve()
    try:
        made.hire("ratna", "Ratna", queues=("*",))
        made.hire("rina", "Rina Sup", "supervisor", ("*",))
        made.bring_in(planted(4)[0])
        yield made
    finally:
        made.stop()


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    set_back(office, 0)
    desk.end("signed_out")


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[Approval]:
    approval = office.approval("hendra")
    yield approval
    set_back(office, 0)
    approval.end()


def set_back(office: MadeOffice, seconds: int) -> None:
    assert isinstance(office.clock, SetClock)
    office.clock.set_ms = -seconds * 1000


def ask(desk: Desk, at: int = 0) -> str:
    record = desk.customer(desk.search("", None).ids[at]).record
    return desk.ask(record, FIELD, "refund", WHY).id


def own(desk: Desk, request: str) -> OwnRequest:
    return next(r for r in desk._identity.client.own_requests().requests if r.id.hex() == request)


def log(office: MadeOffice, request: str) -> list[AuditEntry]:
    """Entries about one request."""
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [e for e in opened.log.page(db, 0, 100_000) if e.reference == request]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do several things at the same moment; the codes of their refusals, empty for what was done."""
    start, told = threading.Barrier(len(acts)), [""] * len(acts)

    def go(at: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except TiraiError as refusal:
            told[at] = refusal.code

    threads = [threading.Thread(target=go, args=(at, act)) for at, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.mark.attack("A11")
@pytest.mark.parametrize("second", ["approve", "deny", "withdraw"])
def test_that_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    office: MadeOffice, ratna: Desk, hendra: Approval, second: str
) -> None:
    rina = office.approval("rina")
    for at in range(3):
        request = ask(ratna, at)
        for approval in (hendra, rina):
            approval.waiting()
        others: dict[str, Callable[[], None]] = {
            "approve": partial(rina.approve, request, 120),
            "deny": partial(rina.deny, request, "Ask for the last digits"),
            "withdraw": partial(ratna.withdraw, request),
        }
        told = at_once(partial(hendra.approve, request, 120), others[second])
        lost = "withdrawn" if second == "withdraw" and told[0] else "decided"
        assert sorted(told) == ["", lost]
        assert sorted(e.outcome for e in log(office, request) if e.event != "unlock.ask") == ["ok", "refused"]
    rina.end()
    office.clock.pass_s(121)  # a refused field is not asked for again at once


@pytest.mark.attack("A5", "A11")
@pytest.mark.parametrize(
    "forgery",
    [
        "field = 'bank_name'",
        "record = (SELECT record FROM customers WHERE record <> unlocks.record LIMIT 1)",
        "reason = 'other'",
        "agent = 'rina'",
    ],
)
def test_that_a_request_that_was_altered_after_it_was_shown_is_not_approved(
    office: MadeOffice, ratna: Desk, hendra: Approval, forgery: str
) -> None:
    """By somebody who writes the office's file: what stood on the screen is what is approved, or nothing is."""
    request = ask(ratna)
    (shown,) = [r for r in hendra.waiting() if r.id == request]
    with office_file(office) as db:
        db.execute(f"UPDATE unlocks SET {forgery} WHERE id = ?", (bytes.fromhex(request),))
    again = [r for r in hendra.waiting() if r.id == request]
    assert again in ([shown], []), "what is shown stays what it was, or goes"
    with pytest.raises(TiraiError):
        hendra.approve(request, 120)
    with office_file(office) as db:
        state = db.execute("SELECT state FROM unlocks WHERE id = ?", (bytes.fromhex(request),)).fetchone()[0]
        db.execute("UPDATE unlocks SET state = 'withdrawn' WHERE id = ?", (bytes.fromhex(request),))
    assert state == "waiting"


@pytest.mark.attack("A5")
def test_that_a_row_that_was_altered_keeps_no_other_request_from_anybody(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    """Its words, or the supervisor's, do not open under another record: that one shows less, or not at all."""
    altered, sound = ask(ratna, 0), ask(ratna, 1)
    hendra.waiting()
    hendra.deny(altered, "Ask for the last digits")
    forgery = "record = (SELECT record FROM customers WHERE record <> unlocks.record LIMIT 1)"
    with office_file(office) as db:
        db.execute(f"UPDATE unlocks SET {forgery} WHERE id = ?", (bytes.fromhex(altered),))
    assert own(ratna, altered).why == ""
    assert own(ratna, sound).state == "waiting"
    assert sound in {r.id for r in hendra.waiting()}
    hendra.approve(sound, 120)
    ratna.open_unlocked(sound).value.forget()
    office.clock.pass_s(121)


ALTERED = {
    "data_class = 'nonsense'": (DataClass.FINANCIAL, "waiting"),
    "data_class = 'special'": (DataClass.FINANCIAL, "waiting"),
    "data_class = 'open'": (DataClass.FINANCIAL, "waiting"),
    "field = 'nothing'": (None, "waiting"),
    "state = 'nonsense'": (None, "expired"),
}


@pytest.mark.attack("A5")
@pytest.mark.parametrize("word", sorted(ALTERED))
def test_that_an_altered_class_field_or_state_stops_no_approvals(
    office: MadeOffice, ratna: Desk, hendra: Approval, word: str
) -> None:
    """The class is that of the field in the inventory; a row that names no sealed field is left out everywhere."""
    altered, sound = ask(ratna, 0), ask(ratna, 1)
    with office_file(office) as db:
        db.execute(f"UPDATE unlocks SET {word} WHERE id = ?", (bytes.fromhex(altered),))
    shown = {r.id: r.data_class for r in hendra.waiting()}
    assert shown[sound] is DataClass.FINANCIAL
    assert (shown.get(altered), own(ratna, altered).state) == ALTERED[word]
    hendra._identity.client.approve(bytes.fromhex(sound), grant_for(office, hendra, sound))
    deciding = Deciding(hendra._identity, office.back_office.opened.inventory, "en")
    assert sound in {r.id for r in deciding.desk()[0]}
    waits = ask(ratna, 2)
    deciding.waiting()
    assert altered in {r.id for r in deciding.past(waits).last}
    ratna.open_unlocked(sound).value.forget()
    office.clock.pass_s(121)


@pytest.mark.attack("A5")
@pytest.mark.parametrize("said", [{"data_class": "special"}, {"data_class": "nonsense"}, {"field": "nothing"}])
def test_that_a_request_which_a_console_does_not_know_hides_no_other(
    office: MadeOffice, ratna: Desk, hendra: Approval, monkeypatch: pytest.MonkeyPatch, said: dict[str, str]
) -> None:
    """Whatever an office says of one request: the console shows the others, and does not approve that one."""
    strange, sound = ask(ratna, 0), ask(ratna, 1)
    client = hendra._identity.client
    true = client.waiting_requests()
    spoiled = true.model_copy(
        update={"requests": tuple(r.model_copy(update=said) if r.id.hex() == strange else r for r in true.requests)}
    )
    monkeypatch.setattr(client, "waiting_requests", lambda: spoiled)
    shown = {r.id for r in hendra.waiting()}
    assert sound in shown
    assert strange not in shown
    with pytest.raises(NotAllowedError) as refusal:
        hendra.approve(strange, 120)
    assert refusal.value.code == "no_field"
    for left in (strange, sound):
        ratna.withdraw(left)


def grant_for(office: MadeOffice, hendra: Approval, request: str) -> ApproveUnlock:
    hendra.waiting()
    seen = hendra._of(request)
    assert seen.card is not None
    return hendra._grant(seen, seen.card, DataClass.FINANCIAL, office.clock.now_ms() + 120_000)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.attack("A10")
def test_that_a_grant_with_any_byte_changed_is_refused_by_the_office_and_by_the_console(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    request = ask(ratna)
    grant = grant_for(office, hendra, request)
    client, key = hendra._identity.client, bytes.fromhex(request)
    changes: list[dict[str, Any]] = [
        *({"signature": flipped(grant.signature, at)} for at in range(len(grant.signature))),
        *({"salt": flipped(grant.salt, at)} for at in range(len(grant.salt))),
        *({"sealed_to": flipped(grant.sealed_to, at)} for at in range(0, 32, 4)),
        *({"sealed_half": flipped(grant.sealed_half, at)} for at in range(0, len(grant.sealed_half), 97)),
        *({"expiry_ms": grant.expiry_ms ^ (1 << bit)} for bit in range(16)),
    ]
    for change in changes:
        with pytest.raises(NotAllowedError) as refusal:
            client.approve(key, grant.model_copy(update=change))
        assert refusal.value.code in {"altered", "changed", "asker_resumed", "too_long"}
    refused = [e for e in log(office, request) if e.outcome == "refused"]
    assert len(refused) == len(changes)
    client.approve(key, grant)  # the control
    taken = own(ratna, request)
    check_grant(ratna._identity, taken, DataClass.FINANCIAL)
    assert taken.signature is not None
    assert taken.sealed_half is not None
    at_the_console: list[dict[str, Any]] = [
        *({"signature": flipped(taken.signature, at)} for at in range(len(taken.signature))),
        *({"sealed_half": flipped(taken.sealed_half, at)} for at in range(0, len(taken.sealed_half), 97)),
        {"until_ms": taken.until_ms + 1},
        {"views": 2},
        {"field": "bank_name"},
        {"record": flipped(taken.record, 0)},
        {"id": flipped(taken.id, 0)},
    ]
    for altered in at_the_console:
        with pytest.raises(SealError):
            check_grant(ratna._identity, taken.model_copy(update=altered), DataClass.FINANCIAL)
    ratna.open_unlocked(request).value.forget()


@pytest.mark.attack("A20")
def test_that_a_clock_set_back_gives_no_grant_and_no_request_more_time(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    """By less than what locks a console, too."""
    approved, waiting = ask(ratna, 0), ask(ratna, 1)
    hendra.waiting()
    hendra.approve(approved, 120)
    set_back(office, 110)
    office.clock.pass_s(121)
    assert office.clock.now_ms() < own(ratna, approved).until_ms
    with pytest.raises(NotAllowedError) as refusal:
        ratna.open_unlocked(approved)
    assert refusal.value.code == "unlock_over"
    assert (own(ratna, approved).state, own(ratna, waiting).state) == ("expired", "expired")
    assert waiting not in {r.id for r in hendra.waiting()}


def test_that_a_full_disk_approves_and_opens_nothing_and_takes_nothing_away(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    request = ask(ratna)
    hendra.waiting()
    with nothing_can_be_written(office):
        with pytest.raises(TiraiError) as refusal:
            hendra.approve(request, 120)
        assert refusal.value.code == "audit"
    assert own(ratna, request).state == "waiting"
    hendra.approve(request, 120)
    released: list[RevealAnswer] = []
    with nothing_can_be_written(office):
        with pytest.raises(TiraiError) as refusal:
            released.append(ratna.open_unlocked(request))  # type: ignore[arg-type]
        assert refusal.value.code == "audit"
    assert released == []
    assert [e.event for e in log(office, request)] == ["unlock.ask", "unlock.approve"]
    ratna.open_unlocked(request).value.forget()  # its view was not used up


def test_that_nothing_is_approved_for_an_agent_who_has_left(office: MadeOffice, hendra: Approval) -> None:
    desk = office.desk("ratna")
    request = ask(desk)
    hendra.waiting()
    desk.end("signed_out")
    with pytest.raises(NotAllowedError) as refusal:
        hendra.approve(request, 120)
    assert refusal.value.code == "expired"
    assert hendra.waiting() == []


def test_that_what_was_asked_with_a_used_id_is_refused(office: MadeOffice, ratna: Desk) -> None:
    request = ask(ratna)
    seen = own(ratna, request)
    again = AskUnlock(request=seen.id, record=seen.record, field=FIELD, reason="refund", words=WHY)
    for message in (again, again.model_copy(update={"field": "bank_name"})):
        with pytest.raises(NotAllowedError) as refusal:
            ratna._identity.client.ask_unlock(message)
        assert refusal.value.code == "replay"

"""Unlocks across locks and lost offices, with real caches, office and resume: what waits goes on, what was approved
ends, and the next keys get what is approved after them."""

import threading
from collections.abc import Iterator

import pytest

from app.api.client import decisions
from app.api.messages.reveals import OwnRequest
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.session.approval import Approval
from app.session.desk import Desk
from app.session.errors import OfficeAwayError
from app.session.lock_place import OFFICE_LOST, Place
from app.session.shown import RequestState
from tests.contract.test_lock import office
from tests.office.coming_back import locked, resumed
from tests.office.made import MadeOffice
from tests.security.console_play import until

WHY = "the caller disputes the charge of 2 March"
FIELD = "bank_account"

__all__ = ["office"]


@pytest.fixture
def ratna(office: MadeOffice) -> Desk:
    return office.desk("ratna")


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[Approval]:
    """A supervisor who keeps the office open while the agent is locked."""
    approval = office.approval("hendra")
    yield approval
    approval.end()


def ask(desk: Desk) -> str:
    record = next(r.record for r in desk.rows(desk.search("", None).ids) if _has(desk, r.id))
    return desk.ask(record, FIELD, "refund", WHY).id


def _has(desk: Desk, id_: int) -> bool:
    customer = desk.customer(id_)
    return any(f.name == FIELD and f.mask is not None for _, fields in customer.sections for f in fields)


def own(desk: Desk, request: str) -> OwnRequest:
    return next(r for r in desk._identity.client.own_requests().requests if r.id.hex() == request)


def code_of(refused: pytest.ExceptionInfo[NotAllowedError]) -> str:
    return refused.value.code


def test_that_a_request_survives_a_lock_and_is_sealed_to_the_keys_after_it(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    request = ask(ratna)
    (shown,) = hendra.waiting()
    assert not shown.is_asker_locked
    before = ratna._identity.session_kem
    lock = locked(office, ratna.lock("by_hand", Place()))
    (shown,) = hendra.waiting()
    assert (shown.id, shown.is_asker_locked, shown.seat) == (request, True, ratna.person.seat)
    with pytest.raises(NotAllowedError) as refused:
        hendra.approve(request, 120)
    assert code_of(refused) == "asker_locked"
    back = resumed(office, lock).desk
    assert [(r.id, r.state) for r in back.requests()] == [(request, RequestState.WAITING)]
    hendra.approve(request, 120)  # as it stood on the screen, to the card that is there now
    assert back._identity.session_kem != before
    value = back.open_unlocked(request).value
    assert value.reveal()
    back.end("signed_out")


def test_that_an_approval_made_for_the_keys_before_a_lock_uses_nothing_up(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    """It was on its way while the agent locked and came back: it is refused, and the request waits still."""
    request = ask(ratna)
    hendra.waiting()
    seen = hendra._of(request)
    assert seen.card is not None
    late = hendra._grant(seen, seen.card, DataClass.FINANCIAL, office.clock.now_ms() + 60_000)
    back = resumed(office, locked(office, ratna.lock("by_hand", Place()))).desk
    with pytest.raises(NotAllowedError) as refused:
        hendra._identity.client.approve(bytes.fromhex(request), late)
    assert code_of(refused) == "asker_resumed"
    assert own(back, request).state == "waiting"
    back.end("signed_out")


def test_that_an_unlock_ends_with_the_lock_and_is_told_as_over(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    request = ask(ratna)
    hendra.waiting()
    hendra.approve(request, 120)
    lock = locked(office, ratna.lock("by_hand", Place()))
    assert hendra.desk()[0] == [], "nothing is open any more"
    back = resumed(office, lock).desk
    (mine,) = back.requests()
    assert (mine.state, mine.decided_by) == (RequestState.EXPIRED, "Hendra Kusuma")
    assert own(back, request).sealed_half is None
    with pytest.raises(NotAllowedError) as refused:
        back.open_unlocked(request)
    assert code_of(refused) == "unlock_over"
    back.end("signed_out")


def test_that_a_request_waits_through_an_office_that_left_with_the_last_lock(office: MadeOffice, ratna: Desk) -> None:
    """Nobody else was there: the office leaves with its keys, and the next one has the request still."""
    request = ask(ratna)
    assert own(ratna, request).deciders == 0, "nobody was there to decide"
    lock = locked(office, ratna.lock("by_hand", Place()))
    office.must_leave()
    back = resumed(office, lock).desk
    assert own(back, request).state == "waiting"
    hendra = office.approval("hendra")
    assert own(back, request).deciders == 1, "somebody came"
    assert back.deciders(own(back, request).record.hex(), DataClass.FINANCIAL) == 1
    hendra.waiting()
    hendra.approve(request, 60)
    assert back.open_unlocked(request).value.reveal()
    hendra.end()
    back.end("signed_out")


def test_that_an_office_lost_between_approval_and_opening_opens_nothing_then_or_later(
    office: MadeOffice, ratna: Desk
) -> None:
    request = ask(ratna)
    hendra = office.approval("hendra")
    hendra.waiting()
    hendra.approve(request, 120)
    office.stop()
    with pytest.raises(OfficeAwayError):
        ratna.open_unlocked(request)
    lock = locked(office, ratna.lock(OFFICE_LOST, Place()))
    back = resumed(office, lock).desk
    with pytest.raises(NotAllowedError):
        back.open_unlocked(request)
    (mine,) = back.requests()
    assert (mine.state, mine.decided_by) == (RequestState.EXPIRED, "Hendra Kusuma")
    back.end("signed_out")


def test_that_a_revocation_reaches_the_agents_console_over_its_stream(
    office: MadeOffice, ratna: Desk, hendra: Approval
) -> None:
    """Told, not found out by looking: the field closes as soon as the console hears."""
    request = ask(ratna)
    hendra.waiting()
    hendra.approve(request, 120)
    ratna.open_unlocked(request).value.forget()
    told = threading.Event()
    before = len(office.service.feed._listeners)
    ratna.watch_changes(lambda topics: told.set() if "unlocks" in topics else None, lambda: None)
    until(lambda: len(office.service.feed._listeners) > before)  # the office has the stream
    decisions.revoke(hendra._identity.client, bytes.fromhex(request))
    assert told.wait(120)
    assert own(ratna, request).state == "revoked"
    ratna.end("signed_out")

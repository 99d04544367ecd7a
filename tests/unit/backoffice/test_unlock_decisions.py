"""The supervisor's desk at the office: what is open, closing it, asking back, and what is known of whoever asks."""

from collections.abc import Iterator

import pytest

from app.api.client import decisions
from app.api.messages.reveals import AskUnlock, RefuseUnlock, RevealRequest
from app.auth.session_card import reveal_request
from app.domain.errors import NotAllowedError
from app.session.approval import Approval
from app.session.identity import Identity, new_id
from tests.demo.customers import demo_customers
from tests.office.door import entries, rows_of
from tests.office.made import Bare, MadeOffice, made_office

WHY = "the caller disputes the charge of 2 March"
DAY_S = 24 * 3600


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("dian", "Dian Sasmita", "supervisor", ("delivery",))
        office.bring_in(demo_customers(60, 7))
        yield office


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Bare]:
    session = office.bare("ratna")
    yield session
    session.end()


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[Approval]:
    approval = office.approval("hendra")
    yield approval
    approval.end()


def a_record(office: MadeOffice) -> bytes:
    """A customer of `billing` with a card, about whom nobody has asked yet."""
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == "card_number"}
    known = {r.record for r in rows_of(office, "unlocks")}
    records: list[bytes] = [r.record for r in rows_of(office, "customers") if r.queue == "billing"]
    return next(r for r in records if r in filled and r not in known)


def ask(session: Bare, record: bytes) -> bytes:
    asked = AskUnlock(request=new_id(), record=record, field="card_number", reason="dispute", words=WHY)
    session.client.ask_unlock(asked)
    return asked.request


def reveal(identity: Identity, record: bytes, unlock: bytes) -> None:
    request = new_id()
    message = reveal_request(identity.office, identity.session, record, "card_number", "unlock", "", request)
    identity.client.reveal(
        RevealRequest(
            request=request, record=record, field="card_number", reason="unlock", unlock=unlock,
            signature=identity.sign(message),
        )
    )  # fmt: skip


def approved(session: Bare, hendra: Approval, record: bytes) -> bytes:
    request = ask(session, record)
    hendra.waiting()
    hendra.approve(request.hex(), 60)
    return request


def code_of(refused: pytest.ExceptionInfo[NotAllowedError]) -> str:
    return refused.value.code


CARD = "4111 1111 1111 1111"
SAID = f"It is {CARD}, cvv 123."
KEPT_OF_IT = "It is 4111 11 ••• 1111, cvv •••."


def test_that_no_card_is_kept_in_the_words_of_a_request_and_of_its_answers(
    office: MadeOffice, ratna: Bare, hendra: Approval
) -> None:
    for answer in ("refuse", "ask_back"):
        asked = AskUnlock(request=new_id(), record=a_record(office), field="card_number", reason="dispute", words=SAID)
        ratna.client.ask_unlock(asked)
        (waiting,) = [one for one in hendra.waiting() if one.id == asked.request.hex()]
        assert waiting.words == KEPT_OF_IT
        hash_of = office.back_office.opened.log.keyed_hash
        assert f"words={hash_of(KEPT_OF_IT)}" in entries(office, "unlock.ask")[-1].detail
        if answer == "refuse":
            hendra._identity.client.refuse(asked.request, RefuseUnlock(why=SAID))
        else:
            decisions.ask_back(hendra._identity.client, asked.request, SAID)
        (own,) = [one for one in ratna.client.own_requests().requests if one.id == asked.request]
        assert own.why == KEPT_OF_IT
        assert f"words={hash_of(KEPT_OF_IT)}" in entries(office, f"unlock.{answer}")[-1].detail


def test_that_an_open_grant_is_shown_and_closed_and_opens_nothing_then(
    office: MadeOffice, ratna: Bare, hendra: Approval
) -> None:
    record = a_record(office)
    request = approved(ratna, hendra, record)
    client = hendra._identity.client
    (shown,) = [g for g in decisions.decision_desk(client).open if g.id == request]
    assert (shown.agent_name, shown.field, shown.is_on_screen) == ("Ratna Dewanti", "card_number", False)
    decisions.revoke(client, request)
    with pytest.raises(NotAllowedError) as refused:
        reveal(ratna.identity, record, request)
    assert code_of(refused) == "unlock_revoked"
    (own,) = [r for r in ratna.client.own_requests().requests if r.id == request]
    assert (own.state, own.sealed_half) == ("revoked", None)
    assert [e.outcome for e in entries(office, "unlock.revoke") if e.reference == request.hex()] == ["ok"]
    with pytest.raises(NotAllowedError) as refused:
        decisions.revoke(client, request)
    assert code_of(refused) == "not_open"


def test_that_a_value_on_the_screen_counts_as_open_until_its_view_is_over(
    office: MadeOffice, ratna: Bare, hendra: Approval
) -> None:
    record = a_record(office)
    request = approved(ratna, hendra, record)
    reveal(ratna.identity, record, request)
    client = hendra._identity.client
    (shown,) = [g for g in decisions.decision_desk(client).open if g.id == request]
    assert shown.is_on_screen
    decisions.revoke(client, request)
    (own,) = [r for r in ratna.client.own_requests().requests if r.id == request]
    assert own.state == "revoked"
    later = approved(ratna, hendra, a_record(office))
    office.clock.pass_s(61)
    with pytest.raises(NotAllowedError) as refused:
        decisions.revoke(client, later)
    assert code_of(refused) == "not_open"


def test_that_the_agent_reads_a_question_and_may_ask_anew_at_once(
    office: MadeOffice, ratna: Bare, hendra: Approval
) -> None:
    record = a_record(office)
    request = ask(ratna, record)
    question = "Which charge is it, and of which day?"
    decisions.ask_back(hendra._identity.client, request, question)
    (own,) = [r for r in ratna.client.own_requests().requests if r.id == request]
    assert (own.state, own.why, own.decided_name) == ("asked_back", question, "Hendra Kusuma")
    assert question not in repr([(e.detail, e.reason) for e in entries(office)])
    ask(ratna, record)
    with pytest.raises(NotAllowedError) as refused:
        decisions.ask_back(hendra._identity.client, request, "Again?")
    assert code_of(refused) == "decided"


def test_that_agents_close_and_ask_back_nothing(office: MadeOffice, ratna: Bare, hendra: Approval) -> None:
    request = approved(ratna, hendra, a_record(office))
    for act in (
        lambda: decisions.revoke(ratna.client, request),
        lambda: decisions.ask_back(ratna.client, request, "Why?"),
        lambda: decisions.agent_past(ratna.client, request),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert decisions.decision_desk(ratna.client).open == ()


def test_that_a_supervisor_of_other_queues_sees_no_numbers_of_these(
    office: MadeOffice, ratna: Bare, hendra: Approval
) -> None:
    request = approved(ratna, hendra, a_record(office))
    dian = office.approval("dian")
    desk = decisions.decision_desk(dian._identity.client)
    assert request not in {g.id for g in desk.open}
    assert {p.number for p in desk.decided} <= {""}
    dian.end()


def test_that_whoever_decides_learns_how_often_the_agent_asks(
    office: MadeOffice, ratna: Bare, hendra: Approval
) -> None:
    client, record = hendra._identity.client, a_record(office)
    refused = ask(ratna, record)
    before = decisions.agent_past(client, refused)
    client.refuse(refused, RefuseUnlock(why="Ask for the last digits"))
    office.clock.pass_s(office.policy.ask_again_s + 1)
    past = decisions.agent_past(client, ask(ratna, record))
    assert (past.same_customer, past.refused_week - before.refused_week, past.today - before.today) == (1, 1, 1)
    assert past.last_refused_ms is not None
    assert past.last[0].state == "refused"
    assert past.asked == before.asked + 1


def test_that_an_agent_learns_whether_anybody_is_there_who_decides(office: MadeOffice, ratna: Bare) -> None:
    record = a_record(office)

    def online(session: Bare) -> dict[str, int]:
        return decisions.deciders(session.client, record).online

    assert online(ratna)["financial"] == 0
    hendra = office.bare("hendra")
    assert (online(ratna)["financial"], online(ratna)["special"]) == (1, 0)
    assert online(hendra)["financial"] == 0  # nobody decides for oneself
    dian = office.bare("dian")
    assert online(ratna)["financial"] == 1  # Dian works in another queue
    dian.end()
    hendra.client.lock("by_hand")
    assert online(ratna)["financial"] == 0
    hendra.client.close()
    elsewhere = next(r.record for r in rows_of(office, "customers") if r.queue == "delivery")
    with pytest.raises(NotAllowedError) as refused:
        decisions.deciders(ratna.client, elsewhere)
    assert code_of(refused) == "not_in_queue"

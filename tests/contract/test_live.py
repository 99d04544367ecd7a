"""The stream of changes between a real office and its consoles: who is told, of what, and when it ends."""

import threading
from collections.abc import Iterator

import pytest

from app.api.client.client import ApiClient
from app.api.client.live_line import OPEN, LiveLine
from app.api.messages.reveals import AskUnlock, RefuseUnlock
from app.api.server.feed import Topic
from app.domain.policy_text import with_value
from app.session.identity import new_id
from app.session.policies import Policies
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import rows_of
from tests.office.made import Bare, MadeOffice

PATIENCE_S = 120.0


class Heard:
    """What came over one stream."""

    def __init__(self, client: ApiClient) -> None:
        self.topics: list[str] = []
        self.ended = threading.Event()
        self._came = threading.Condition()
        line = client.live(self._take, self.ended.set)
        assert line is not None
        self.line: LiveLine = line

    def _take(self, topics: frozenset[str]) -> None:
        with self._came:
            self.topics += sorted(topics)
            self._came.notify_all()

    def wait_for(self, topic: str) -> None:
        with self._came:
            assert self._came.wait_for(lambda: topic in self.topics, PATIENCE_S), self.topics


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti")
        made.bring_in(demo_customers(20, 7))
        yield made


def ask(session: Bare, office: MadeOffice) -> bytes:
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == "card_number"}
    known = {r.record for r in rows_of(office, "unlocks")}  # a field that was refused is not asked for again at once
    mine = [r.record for r in rows_of(office, "customers") if r.queue == "billing" and r.record in filled]
    record = next(r for r in mine if r not in known)
    words = "the caller disputes the charge of 2 March"
    asked = AskUnlock(request=new_id(), record=record, field="card_number", reason="dispute", words=words)
    session.client.ask_unlock(asked)
    return asked.request


def test_that_a_supervisor_is_told_of_a_request_and_the_agent_of_its_end(office: MadeOffice) -> None:
    ratna, hendra = office.bare("ratna"), office.bare("hendra")
    agents, supervisors = Heard(ratna.client), Heard(hendra.client)
    request = ask(ratna, office)
    supervisors.wait_for("unlocks")
    assert hendra.client.waiting_requests().requests[0].id == request  # it was there before anybody was told
    agents.wait_for("unlocks")
    agents.topics.clear()
    hendra.client.refuse(request, RefuseUnlock(why="Ask the customer for the last digits"))
    agents.wait_for("unlocks")
    assert ratna.client.own_requests().requests[0].state == "refused"
    for heard in (agents, supervisors):
        heard.line.close()
        assert not heard.ended.is_set()
    ratna.end()
    hendra.end()


def test_that_all_is_heard_from_when_a_stream_says_that_it_stands(office: MadeOffice) -> None:
    ratna = office.bare("ratna")
    for _ in range(20):
        heard = Heard(ratna.client)
        heard.wait_for(OPEN)
        office.service.feed.tell(Topic.POLICY)  # once
        heard.wait_for("policy")
        assert heard.topics[0] == OPEN
        heard.line.close()
    ratna.end()


def test_that_a_stream_ends_with_its_session(office: MadeOffice) -> None:
    ratna, hendra = office.bare("ratna"), office.bare("hendra")
    heard = Heard(ratna.client)
    ask(ratna, office)
    heard.wait_for("unlocks")
    ratna.end()
    assert heard.ended.wait(PATIENCE_S)
    assert not heard.line.is_open
    hendra.end()


def test_that_nobody_without_a_session_hears_anything(office: MadeOffice) -> None:
    client = office.connect()
    heard = Heard(client)
    assert heard.ended.wait(PATIENCE_S)
    assert heard.topics == []  # not even that it stands
    client.use_token(b"\0" * 32)
    heard = Heard(client)
    assert heard.ended.wait(PATIENCE_S)
    client.close()


def test_that_a_change_that_was_refused_is_told_to_nobody(office: MadeOffice) -> None:
    ratna = office.bare("ratna")
    before = office.service.feed.count
    with pytest.raises(Exception, match="no such thing"):
        ratna.client.withdraw(new_id())
    assert office.service.feed.count == before
    ratna.end()


def test_that_what_comes_over_a_stream_names_nobody(office: MadeOffice) -> None:
    ratna, hendra = office.bare("ratna"), office.bare("hendra")
    heard = Heard(hendra.client)
    request = ask(ratna, office)
    heard.wait_for("unlocks")
    assert set(heard.topics) <= {OPEN, *Topic}
    assert request.hex() not in "".join(heard.topics)
    heard.line.close()
    ratna.end()
    hendra.end()


def test_that_everybody_is_told_of_an_edit_of_the_policy(office: MadeOffice) -> None:
    ratna, adi = office.bare("ratna"), office.bare("adi")
    heard = Heard(ratna.client)
    policies = Policies(adi.identity, lambda _code: None, now=lambda: office.clock.now_ms() / 1000)
    policies.propose(policies.judge(with_value(policies.text(0), "numbers", "view_s", 20)), "Shorter views")
    heard.wait_for("policy")
    assert policies.shown().waiting is not None
    heard.line.close()
    for session in (ratna, adi):
        session.end()


def test_that_whoever_looks_at_exposures_is_told_of_one_and_of_nobody(office: MadeOffice) -> None:
    hendra, ratna = office.bare("hendra"), office.desk("ratna")
    heard = Heard(hendra.client)
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == "mobile_phone"}
    record = next(r.record for r in rows_of(office, "customers") if r.queue == "billing" and r.record in filled)
    ratna.reveal(record.hex(), "mobile_phone", "call_back")
    heard.wait_for("exposures")
    assert record.hex() not in "".join(heard.topics)
    heard.line.close()
    ratna.end("signed_out")
    hendra.end()


def test_that_an_office_leaves_although_streams_are_open(office: MadeOffice) -> None:
    ratna = office.bare("ratna")
    heard = Heard(ratna.client)
    ask(ratna, office)
    heard.wait_for("unlocks")
    office.stop()  # last in this file; fails if the office's thread does not end
    assert heard.ended.wait(PATIENCE_S)
    ratna.client.close()

"""Two gateways of one office: whatever one began, decided or changed, the other one knows with the next call."""

import threading
from collections.abc import Callable, Iterator

import pytest

from app.api.client import editing
from app.api.client.caller_checks import look_up
from app.api.client.client import ApiClient
from app.api.client.live_line import OPEN, LiveLine
from app.api.messages.caller_checks import Lookup
from app.api.messages.editing import OpenRecord
from app.api.messages.reveals import AskUnlock, RefuseUnlock, RevealAnswer, RevealRequest
from app.api.server.feed import Topic
from app.api.server.rates import RequestRates
from app.auth.session_card import reveal_request
from app.backoffice import schema
from app.backoffice.pending_factors import TRIES
from app.backoffice.reveal import SAME_ANSWER_MS
from app.domain.errors import NotAllowedError, TiraiError, TooOftenError
from app.domain.policy_text import with_value
from app.domain.request_limits import Rate, RateLimits
from app.domain.role import Role
from app.session.accounts import Accounts
from app.session.approval import Approval
from app.session.enrol import Enrol
from app.session.identity import new_id
from app.session.policies import Policies
from tests.demo.customers import demo_customers
from tests.demo.people import Authenticator
from tests.office.door import entries, rows_of, seat_of
from tests.office.known_seats import DESK, code_for, enrol_at
from tests.office.made import PATIENCE_S, Bare
from tests.office.moved_clock import MovedClock
from tests.office.seats import OTHER_HALF
from tests.office.team import ServersMovedClock
from tests.office.two_gateways import TwoGateways, two_gateways

FIRST, OTHER = 0, 1
WHY = "the caller disputes the charge of 2 March"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoGateways]:
    with two_gateways(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("yoga", "Yoga Pratama")
        office.hire("siti", "Siti Rahma", "supervisor", ("*",))
        office.bring_in(demo_customers(20, 7))
        yield office


@pytest.fixture
def at(office: TwoGateways) -> Iterator[Callable[[int, str], Bare]]:
    """Signs somebody in at a gateway; they leave with the test."""
    signed: list[Bare] = []

    def sign_in(gateway: int, account: str) -> Bare:
        with office.clients_at(gateway):
            signed.append(office.bare(account))
        return signed[-1]

    yield sign_in
    for session in signed:
        session.end()


At = Callable[[int, str], Bare]


class Heard:
    """What comes over one stream."""

    def __init__(self, office: TwoGateways, gateway: int, client: ApiClient) -> None:
        self.topics: set[str] = set()
        self.ended = threading.Event()
        self._came = threading.Condition()
        line = client.live(self._take, self.ended.set)
        assert line is not None
        self.line: LiveLine = line
        self.wait_for(OPEN)  # what is told before the stream stands goes to nobody

    def _take(self, topics: frozenset[str]) -> None:
        with self._came:
            self.topics |= topics
            self._came.notify_all()

    def wait_for(self, *topics: str) -> None:
        with self._came:
            assert self._came.wait_for(lambda: set(topics) <= self.topics, PATIENCE_S), self.topics


def _until(holds: Callable[[], bool]) -> None:
    tick, left = threading.Event(), PATIENCE_S / 0.01
    while not holds():
        left -= 1
        assert left > 0
        tick.wait(0.01)


def fresh_record(office: TwoGateways, field: str) -> bytes:
    """A customer of `billing` with a value there that nobody has asked for yet."""
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == field}
    asked = {r.record for r in rows_of(office, "unlocks")}
    mine = (r.record for r in rows_of(office, "customers") if r.queue == "billing")
    record: bytes = next(r for r in mine if r in filled and r not in asked)
    return record


def request_of(session: Bare, record: bytes, unlock: bytes | None = None, field: str = "mobile_phone") -> RevealRequest:
    it, request = session.identity, new_id()
    reason = "" if unlock else "call_back"
    message = reveal_request(it.office, it.session, record, field, reason, "", request)
    return RevealRequest(
        request=request, record=record, field=field, reason=reason, unlock=unlock, signature=it.sign(message)
    )


def ask(session: Bare, record: bytes) -> bytes:
    asked = AskUnlock(request=new_id(), record=record, field="card_number", reason="dispute", words=WHY)
    session.client.ask_unlock(asked)
    return asked.request


# how often


def test_that_lookups_count_over_both(office: TwoGateways, at: At) -> None:
    ratna = at(FIRST, "ratna")
    before, limits = [one.rates for one in office.services], RateLimits(account=Rate(4, 0.001))
    for service in office.services:
        service.rates = RequestRates(limits, service.rates._shared)
    answers: list[str] = []
    for n in range(6):
        office.go(ratna.client, n % 2)
        try:
            look_up(ratna.client, Lookup(text="+628120000000"))
            answers.append("")
        except TooOftenError as e:
            answers.append(e.code)
    for service, rates in zip(office.services, before, strict=True):
        service.rates = rates
    assert answers == [""] * 4 + ["rate"] * 2


# what is half-finished


def test_that_an_enrolment_begun_at_one_is_finished_at_the_other(office: TwoGateways) -> None:
    code, person = office.invite("sri", "Sri Wahyuni"), office.people["sri"]
    enrol = Enrol(office.connect, lambda: office.store, office.policy)
    offer = enrol.begin("sri", code)
    person.authenticator = Authenticator(offer.secret.reveal())
    office.go(enrol._client, OTHER)
    assert len(enrol.finish(person.password, office.code(person))) > 0
    enrol.close()
    assert rows_of(office, "pending_factors") == []
    with office.clients_at(FIRST):
        office.bare("sri").end()


def test_that_tries_of_an_enrolment_count_over_both(office: TwoGateways) -> None:
    code, person = office.invite("tono", "Tono Hartono"), office.people["tono"]
    enrol = Enrol(office.connect, lambda: office.store, office.policy)
    offer = enrol.begin("tono", code)
    person.authenticator = Authenticator(offer.secret.reveal())
    right = office.code(person)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for number in range(TRIES):
        office.go(enrol._client, number % 2)
        with pytest.raises(NotAllowedError) as refused:
            enrol.finish(person.password, wrong)
        assert refused.value.code == "wrong_code"
    with pytest.raises(NotAllowedError) as refused:
        enrol.finish(person.password, right)
    assert refused.value.code == "enrolment_over"
    enrol.close()


def test_that_a_changed_authenticator_begun_at_one_is_taken_at_the_other(office: TwoGateways) -> None:
    person, session = office.people["yoga"], office.command("yoga")
    offer = session.my_account.begin_authenticator(person.password)
    person.authenticator = Authenticator(offer.secret.reveal())
    office.go(session._identity.client, OTHER)
    session.my_account.finish_authenticator(office.code("yoga"))
    session.end()
    office.bare("yoga").end()


# reveals


def test_that_a_reveal_repeated_at_the_other_gets_the_same_answer_and_one_entry(office: TwoGateways, at: At) -> None:
    ratna = at(FIRST, "ratna")
    request, before = request_of(ratna, fresh_record(office, "mobile_phone")), len(entries(office, "reveal"))
    first = ratna.client.reveal(request)
    office.go(ratna.client, OTHER)
    assert ratna.client.reveal(request) == first
    assert len(entries(office, "reveal")) == before + 1
    (row,) = [r for r in rows_of(office, "answered_reveals") if r.request == request.request]
    assert first.share not in row, "what was released is nowhere"
    office.clock.pass_s(SAME_ANSWER_MS / 1000 + 1)
    assert ratna.client.reveal(request).entry == first.entry + 1


def test_that_the_same_reveal_at_both_at_once_is_counted_once(office: TwoGateways, at: At) -> None:
    ratna = at(FIRST, "ratna")
    request, before = request_of(ratna, fresh_record(office, "mobile_phone")), len(entries(office, "reveal"))
    clients, answers = [ratna.client], list[RevealAnswer]()
    with office.clients_at(OTHER):
        clients.append(office.connect())
    clients[1].show_seat(seat_of(office)["seat_id"])
    clients[1].use_token(ratna.client._token)
    both = threading.Barrier(2)

    def reveal(client: ApiClient) -> None:
        both.wait(PATIENCE_S)
        answers.append(client.reveal(request))

    threads = [threading.Thread(target=reveal, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert answers[0] == answers[1]
    assert len(entries(office, "reveal")) == before + 1
    clients[1].close()


def test_that_a_row_that_the_office_did_not_write_releases_nothing(office: TwoGateways, at: At) -> None:
    """Whoever may write the table puts a request there as answered: no entry would tell of what it got."""
    ratna = at(FIRST, "ratna")
    record, other = fresh_record(office, "mobile_phone"), request_of(ratna, fresh_record(office, "mobile_phone"))
    ratna.client.reveal(other)
    (row,) = [r for r in rows_of(office, "answered_reveals") if r.request == other.request]
    request, before = request_of(ratna, record), len(entries(office, "reveal"))
    with office.pool.writing() as db:
        db.execute(schema.answered_reveals.insert().values(row._asdict() | {"request": request.request}))
    with pytest.raises(NotAllowedError) as refused:
        ratna.client.reveal(request)
    assert refused.value.code == "replay"
    assert [e.outcome for e in entries(office, "reveal")[before:]] == ["refused"]


# unlocks


def test_that_an_unlock_asked_at_one_is_approved_at_the_other_and_told_at_the_first(
    office: TwoGateways, at: At
) -> None:
    ratna, heard = at(FIRST, "ratna"), None
    with office.clients_at(OTHER):
        hendra = office.approval("hendra")
    decides = Heard(office, OTHER, hendra._identity.client)
    request = ask(ratna, fresh_record(office, "card_number"))
    decides.wait_for("unlocks")
    assert [r.id for r in hendra.waiting()] == [request.hex()]
    heard = Heard(office, FIRST, ratna.client)
    hendra.approve(request.hex(), 120)
    heard.wait_for("unlocks")
    (mine,) = [r for r in ratna.client.own_requests().requests if r.id == request]
    assert mine.state == "approved"
    for line in (decides.line, heard.line):
        line.close()
    hendra.end()


@pytest.mark.parametrize("first", [FIRST, OTHER])
def test_that_of_two_decisions_at_once_one_holds(office: TwoGateways, at: At, first: int) -> None:
    ratna = at(FIRST, "ratna")
    with office.clients_at(first):
        hendra = office.approval("hendra")
    with office.clients_at(1 - first):
        siti = office.approval("siti")
    request = ask(ratna, fresh_record(office, "card_number")).hex()
    assert [r.id for one in (hendra, siti) for r in one.waiting()].count(request) == 2
    both, won = threading.Barrier(2), list[str]()

    def run(state: str, act: Callable[[], object]) -> None:
        both.wait(PATIENCE_S)
        try:
            act()
        except NotAllowedError:
            return
        won.append(state)

    acts = {
        "approved": lambda: hendra.approve(request, 120),
        "refused": lambda: siti._identity.client.refuse(bytes.fromhex(request), RefuseUnlock(why="Ask for digits")),
    }
    threads = [threading.Thread(target=run, args=one) for one in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    (row,) = [r for r in rows_of(office, "unlocks") if r.id.hex() == request]
    assert won == [row.state]
    decided = [e for e in entries(office) if e.event in {"unlock.approve", "unlock.refuse"} and e.reference == request]
    assert [e.outcome for e in decided].count("ok") == 1
    for session in (hendra, siti):
        session.end()


class Ahead(ServersMovedClock):
    """A clock that says that a request's time is over, where another one says that it is not."""

    def __init__(self, true: MovedClock, by_s: int) -> None:
        self._true, self._by_ms = true, by_s * 1000

    def now_ms(self) -> int:
        return self._true.now_ms() + self._by_ms


def test_that_of_an_approval_and_the_end_of_its_time_at_once_one_holds(office: TwoGateways, at: At) -> None:
    """At one gateway there is time left, at the other there is none: the row decides, and nobody changes it twice."""
    ratna, other = at(FIRST, "ratna"), office.offices[OTHER]
    with office.clients_at(FIRST):
        hendra = office.approval("hendra")
    with office.clients_at(OTHER):
        siti = office.approval("siti")
    request = ask(ratna, fresh_record(office, "card_number"))
    both, outcomes = threading.Barrier(2), dict[str, str]()

    def approve(name: str, session: Approval) -> None:
        both.wait(PATIENCE_S)
        try:
            session.approve(request.hex(), 120)
            outcomes[name] = "approved"
        except NotAllowedError as e:
            outcomes[name] = e.code

    for session in (hendra, siti):
        assert request.hex() in [one.id for one in session.waiting()]
    right, other.clock = other.clock, Ahead(office.clock, office.policy.unlock_wait_s + 1)
    threads = [threading.Thread(target=approve, args=one) for one in (("hendra", hendra), ("siti", siti))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert outcomes["hendra"] == "approved"
    assert outcomes["siti"] in {"expired", "decided"}
    other.clock = right
    (row,) = [r for r in rows_of(office, "unlocks") if r.id == request]
    decided = [e for e in entries(office, "unlock.approve") if e.reference == request.hex()]
    assert (row.state, [e.outcome for e in decided].count("ok")) == ("approved", 1)
    office.go(ratna.client, OTHER)
    assert [r.state for r in ratna.client.own_requests().requests if r.id == request] == ["approved"]
    for session in (hendra, siti):
        session.end()


# book, policy, sessions


def test_that_a_session_ended_at_one_is_dead_at_the_other_with_the_next_call(office: TwoGateways, at: At) -> None:
    ratna, adi = at(FIRST, "ratna"), at(OTHER, "adi")
    ratna.client.own_requests()
    assert Accounts(adi.identity).end_sessions("ratna") == 1
    with pytest.raises(TiraiError) as refused:
        ratna.client.own_requests()
    assert refused.value.code == "ended_by_administrator"


def test_that_a_changed_role_is_known_at_the_other(office: TwoGateways, at: At) -> None:
    office.hire("wayan", "Wayan Sudiarta", grant=False)
    wayan, adi = at(OTHER, "wayan"), at(FIRST, "adi")
    length = office.offices[OTHER].book.length
    Accounts(adi.identity).change("wayan", role=Role.SUPERVISOR)
    with pytest.raises(TiraiError) as refused:
        wayan.client.own_requests()
    assert refused.value.code == "ended_by_administrator"
    first, other = office.offices
    assert other.book.length == first.book.length == length + 1
    assert other.book.active("wayan").role == Role.SUPERVISOR
    assert at(OTHER, "wayan").identity.role is Role.SUPERVISOR


def test_that_an_account_made_at_one_enrols_at_the_other_although_nobody_asked_there(office: TwoGateways) -> None:
    with office.clients_at(FIRST):
        code = office.invite("dewi", "Dewi Lestari")
    with office.clients_at(OTHER):
        office.enrol("dewi", code)
        office.bare("dewi").end()
    with office.clients_at(FIRST):
        office.bare("dewi").end()


def test_that_a_lease_waits_for_nobody_who_writes(office: TwoGateways, at: At) -> None:
    """An import holds the writers' lock for as long as it wants; a book that it has not committed is no book."""
    ratna, adi = at(OTHER, "ratna"), at(FIRST, "adi")
    before, book = ratna.client.lease(), office.offices[OTHER].book
    office.clock.pass_s(60)
    with office.pool.writing():
        lease = ratna.client.lease(before.audit)
    assert lease.lease_ms >= before.lease_ms + 60_000
    assert (lease.book.length, lease.book.head) == (book.length, book.head)
    (row,) = [r for r in rows_of(office, "sessions") if r.id == ratna.identity.session]
    assert row.lease_ms == lease.lease_ms
    assert adi.client.lease().book == lease.book


# who is there, and what is told


def test_that_people_at_different_gateways_see_each_other_at_one_customer(office: TwoGateways, at: At) -> None:
    ratna, yoga = at(FIRST, "ratna"), at(OTHER, "yoga")
    record = fresh_record(office, "mobile_phone")
    heard = Heard(office, FIRST, ratna.client)
    assert editing.in_front(ratna.client, OpenRecord(record=record)).others == ()
    (there,) = editing.in_front(yoga.client, OpenRecord(record=record, editing="email")).others
    assert there.name == "Ratna Dewanti"
    heard.wait_for("presence")
    (here,) = editing.in_front(ratna.client, OpenRecord(record=record)).others
    assert (here.name, here.editing) == ("Yoga Pratama", "email")
    yoga.end()
    assert editing.in_front(ratna.client, OpenRecord(record=record)).others == ()
    heard.line.close()


def test_that_a_console_goes_on_with_its_stream_at_another_gateway(office: TwoGateways, at: At) -> None:
    ratna, yoga = at(FIRST, "ratna"), at(FIRST, "yoga")
    heard = Heard(office, FIRST, ratna.client)
    before = ratna.client.lease().changes
    heard.line.close()
    office.go(ratna.client, OTHER)
    ask(yoga, fresh_record(office, "card_number"))  # while it hears nothing
    assert ratna.client.lease().changes > before, "all gateways count together: it sees that it missed something"
    heard = Heard(office, OTHER, ratna.client)
    ask(yoga, fresh_record(office, "card_number"))
    heard.wait_for("unlocks")
    heard.line.close()


def test_that_a_gateway_which_lost_its_line_tells_its_consoles_everything(office: TwoGateways, at: At) -> None:
    ratna = at(OTHER, "ratna")
    heard = Heard(office, OTHER, ratna.client)
    _until(lambda: office.services[OTHER].feed.is_hearing)  # type: ignore[attr-defined]
    lines = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE "
    assert office.database.server.execute(f"{lines} 'LISTEN%'", office.database.name)
    heard.wait_for(*Topic)
    heard.topics.clear()
    ask(at(FIRST, "yoga"), fresh_record(office, "card_number"))
    heard.wait_for("unlocks")
    heard.line.close()


def test_that_words_of_a_stranger_tell_nobody_anything(office: TwoGateways, at: At) -> None:
    """Whoever reaches the database may notify; a word that is no topic reaches no console."""
    ratna = at(OTHER, "ratna")
    heard = Heard(office, OTHER, ratna.client)
    office.database.execute("SELECT pg_notify('tirai_changes', 'everything <script> policy2')")
    ask(at(FIRST, "yoga"), fresh_record(office, "card_number"))
    heard.wait_for("unlocks")
    assert heard.topics <= {OPEN, *Topic}
    heard.line.close()


def test_that_a_workstations_code_of_one_counts_once_at_either(office: TwoGateways) -> None:
    with office.clients_at(FIRST):
        code = code_for(office)
    with office.clients_at(OTHER):
        assert enrol_at(office, DESK, code) == "desk-7"
    with office.clients_at(FIRST), pytest.raises(NotAllowedError) as used:
        enrol_at(office, OTHER_HALF, code)
    assert used.value.code == "seat_code_used"


def test_that_a_policy_confirmed_at_one_is_in_force_and_told_at_the_other(office: TwoGateways, at: At) -> None:
    """Last in this file: the text has the caller checks that the office was made without."""
    ratna, adi, hendra = at(OTHER, "ratna"), at(FIRST, "adi"), at(OTHER, "hendra")
    heard = Heard(office, OTHER, ratna.client)
    policies = Policies(adi.identity, lambda _code: None, now=lambda: office.clock.now_ms() / 1000)
    policies.propose(policies.judge(with_value(policies.text(0), "numbers", "view_s", 20)), "Shorter views")
    heard.wait_for("policy")
    second = Policies(hendra.identity, lambda _code: None, now=lambda: office.clock.now_ms() / 1000)
    waiting = second.shown().waiting
    assert waiting is not None
    second.confirm(waiting.id)
    assert [one.policy.view_s for one in office.offices] == [20, 20]
    heard.line.close()

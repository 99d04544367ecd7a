"""What an answered request holds for its customer (a restriction, an objection, a withdrawal), and what ends each.

`test_subject_requests.py` has the register, `test_consents.py` the ledger and the gate.
"""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest

from app.auth.consent_receipt import verified
from app.backoffice.acting import acting_for
from app.backoffice.customer_page.intake import take_waiting
from app.backoffice.customer_page.links import make_link
from app.backoffice.customer_page.store import RowPageStore
from app.backoffice.privacy_schema import consents
from app.backoffice.sessions import Session
from app.backoffice.subject_tables import processing_holds
from app.domain.errors import NotAllowedError
from app.domain.privacy.consent import Channel, Limit, Said
from app.domain.privacy.page import AnswerKind, PageAnswer
from app.domain.privacy.purpose_state import PurposeState
from app.domain.subject_requests.words import Channel as RequestChannel
from app.domain.subject_requests.words import IdentityCheck, RequestKind, RequestState
from app.resource_files import resource_text
from app.session.desk import Desk
from app.session.privacy.customer import ConsentWords
from app.session.privacy.shown_requests import NewRequest, ShownRequest
from app.ui.privacy.customer.words import limit_sentence
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import MadeOffice

if TYPE_CHECKING:
    from app.auth.session_card import SessionCard

CUSTOMERS = [
    c for c in demo_customers(400, 7) if c["queue"] == "billing" and not c["guardian_name"] and c["card_number"]
]
PURPOSE = "accessibility"
GIVE, WITHDRAW = (ConsentWords(PURPOSE, said, Channel.DESK) for said in (Said.GIVEN, Said.WITHDRAWN))
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    inventory = resource_text("inventory", "customer.toml").replace("[purposes]", TOLD)
    with home(tmp_path_factory.mktemp("office"), inventory) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(CUSTOMERS[:12])
        hendra, dewi = made.desk("hendra"), made.desk("dewi")
        hendra.privacy.notices.begin()
        (draft,) = dewi.privacy.notices.listing()
        dewi.privacy.notices.publish(draft)
        for desk in (hendra, dewi):
            desk.end("signed_out")
        yield made


@pytest.fixture(scope="module")
def dewi(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("dewi")
    yield desk
    desk.end("signed_out")


@pytest.fixture(scope="module")
def ratna(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


@pytest.fixture
def record(ratna: Desk, untouched: Iterator[str]) -> str:
    """A customer whom no other test has touched."""
    (found,) = ratna.search(next(untouched), None).ids
    return ratna.customer(found).record


@pytest.fixture(scope="module")
def untouched(office: MadeOffice) -> Iterator[str]:
    """Numbers of customers, each once."""
    return iter([one["customer_number"] for one in CUSTOMERS[:12]])


def row(dewi: Desk, request: str) -> ShownRequest:
    return next(one for one in dewi.privacy.requests.register().requests if one.id == request)


def a_moment_later() -> None:
    """Words of the same millisecond are a withdrawal's."""
    time.sleep(0.01)


def fulfilled(ratna: Desk, dewi: Desk, record: str, kind: RequestKind, *purposes: str) -> str:
    """A request that an agent took down and the privacy officer has answered."""
    a_moment_later()
    id_, mine = ratna.privacy.requests.new_request(), dewi.privacy.requests
    ratna.privacy.requests.take(NewRequest(id_, record, kind, RequestChannel.PHONE, purposes, 0, ""))
    mine.check_identity(id_, row(dewi, id_).revision, IdentityCheck.CALLER)
    mine.end(id_, row(dewi, id_).revision)
    return id_


def on_page(office: MadeOffice, record: str, said: dict[str, Said]) -> None:
    """The customer answers through a link that an officer has sent."""
    opened = office.back_office.opened
    account = opened.book.account("dewi")
    assert account is not None
    session = Session(b"s" * 16, "console", account, "seat", cast("SessionCard", None), b"", 0, 0)
    with acting_for(session.acting):
        token = make_link(opened, session, bytes.fromhex(record)).token
    store = RowPageStore(opened.database.beside, opened.clock)
    link = store.open(token)
    digest = store.notice(link, "id").digest
    store.answer(link, PageAnswer(AnswerKind.CONSENT, "f", said, language="id", notice_digest=digest))
    assert take_waiting(opened) == 1


def long_ago(office: MadeOffice, record: str) -> None:
    """What was said and held so far lies behind: a page's answers count by the database's clock, which no test sets."""
    with office.forging() as db:
        db.execute(consents.update().where(consents.c.record == bytes.fromhex(record)).values(at_ms=1))
        holds = processing_holds
        db.execute(holds.update().where(holds.c.record == bytes.fromhex(record)).values(since_ms=1))


def lifted(dewi: Desk, request: str) -> None:
    dewi.privacy.requests.lift(request, row(dewi, request).revision)


def agree(ratna: Desk, record: str, words: ConsentWords = GIVE) -> str:
    a_moment_later()
    return ratna.privacy.customers.say(ratna.privacy.customers.panel(record), words)


def state(ratna: Desk, record: str) -> PurposeState:
    return ratna.privacy.customers.panel(record).purpose(PURPOSE).state


def limits(ratna: Desk, record: str) -> set[tuple[str, Limit, int]]:
    return {(one.purpose, one.kind, one.request) for one in ratna.privacy.customers.panel(record).limits}


def freed_by_consent(office: MadeOffice, request: str) -> list[str]:
    found = [e for e in entries(office, "request.lifted") if e.reference == request and e.reason == "consent"]
    return [entry.detail for entry in found]


def test_that_an_objection_shuts_the_uses_that_it_names_is_shown_and_can_be_lifted(
    office: MadeOffice, ratna: Desk, dewi: Desk, record: str
) -> None:
    ratna.reveal(record, "street_address", "call_back")
    request = fulfilled(ratna, dewi, record, RequestKind.OBJECTION, "delivery", PURPOSE)
    shown = row(dewi, request)
    assert (shown.state, len(shown.held)) == (RequestState.DONE, 2)
    with pytest.raises(NotAllowedError) as refused:
        ratna.reveal(record, "street_address", "call_back")
    assert refused.value.code == "purpose_objected"
    assert "objected to this use" in str(refused.value)
    assert state(ratna, record) is PurposeState.OBJECTED
    assert limits(ratna, record) == {
        ("delivery", Limit.OBJECTED, shown.number),
        (PURPOSE, Limit.OBJECTED, shown.number),
    }
    (one, _other) = ratna.privacy.customers.panel(record).limits
    assert "objects" in str(limit_sentence(one))
    agree(ratna, record)
    assert state(ratna, record) is PurposeState.OBJECTED, "a consent ends no objection"
    lifted(dewi, request)
    ratna.reveal(record, "street_address", "call_back")
    assert limits(ratna, record) == set()
    assert state(ratna, record) is PurposeState.GIVEN


def test_that_an_objection_that_names_no_use_is_to_automated_decisions_and_shuts_nothing(
    office: MadeOffice, ratna: Desk, dewi: Desk, record: str
) -> None:
    request = fulfilled(ratna, dewi, record, RequestKind.OBJECTION)
    assert (row(dewi, request).state, row(dewi, request).held) == (RequestState.DONE, ())
    assert limits(ratna, record) == set()
    ratna.reveal(record, "street_address", "call_back")


def test_that_objections_to_everything_shut_the_notes_and_say_so(
    office: MadeOffice, ratna: Desk, dewi: Desk, record: str
) -> None:
    every = [name for name, _label in ratna.privacy.requests.purposes()]
    fulfilled(ratna, dewi, record, RequestKind.OBJECTION, *every)
    with pytest.raises(NotAllowedError) as refused:
        ratna.notes(record)
    assert refused.value.code == "purpose_objected"


def test_that_a_consent_after_a_withdrawal_by_request_opens_its_purpose_and_no_other(
    office: MadeOffice, ratna: Desk, dewi: Desk, record: str
) -> None:
    request = fulfilled(ratna, dewi, record, RequestKind.WITHDRAWAL, PURPOSE, "offers")
    number = row(dewi, request).number
    assert state(ratna, record) is PurposeState.WITHDRAWN
    receipt = verified(agree(ratna, record))
    assert (receipt.purpose, receipt.said) == (PURPOSE, "given")
    assert state(ratna, record) is PurposeState.GIVEN, "gate and receipt say the same"
    assert limits(ratna, record) == {("offers", Limit.WITHDRAWN, number)}
    assert freed_by_consent(office, request) == [f"kind=withdrawal number={number} purpose={PURPOSE}"]
    agree(ratna, record, WITHDRAW)
    assert state(ratna, record) is PurposeState.WITHDRAWN
    lifted(dewi, request)
    assert limits(ratna, record) == set()


def test_that_a_consent_on_the_customers_page_opens_it_too(
    office: MadeOffice, ratna: Desk, dewi: Desk, record: str
) -> None:
    request = fulfilled(ratna, dewi, record, RequestKind.WITHDRAWAL, PURPOSE)
    long_ago(office, record)
    on_page(office, record, {PURPOSE: Said.GIVEN})
    assert state(ratna, record) is PurposeState.GIVEN
    assert len(freed_by_consent(office, request)) == 1


def test_that_a_consent_ends_no_restriction(office: MadeOffice, ratna: Desk, dewi: Desk, record: str) -> None:
    request = fulfilled(ratna, dewi, record, RequestKind.RESTRICTION, PURPOSE)
    agree(ratna, record)
    long_ago(office, record)
    on_page(office, record, {PURPOSE: Said.GIVEN})
    assert state(ratna, record) is PurposeState.RESTRICTED
    assert freed_by_consent(office, request) == []
    lifted(dewi, request)
    assert state(ratna, record) is PurposeState.GIVEN


def test_that_a_restriction_behind_a_withdrawal_stays_when_the_customer_agrees(
    office: MadeOffice, ratna: Desk, dewi: Desk, record: str
) -> None:
    """The withdrawal came first and holds the purpose: the restriction takes it over."""
    fulfilled(ratna, dewi, record, RequestKind.WITHDRAWAL, PURPOSE)
    restriction = fulfilled(ratna, dewi, record, RequestKind.RESTRICTION, PURPOSE)
    agree(ratna, record)
    assert state(ratna, record) is PurposeState.RESTRICTED
    lifted(dewi, restriction)
    assert state(ratna, record) is PurposeState.GIVEN


def test_that_what_one_request_frees_another_one_goes_on_holding(
    office: MadeOffice, ratna: Desk, dewi: Desk, record: str
) -> None:
    first = fulfilled(ratna, dewi, record, RequestKind.RESTRICTION, "delivery", PURPOSE)
    second = fulfilled(ratna, dewi, record, RequestKind.OBJECTION, "delivery")
    third = fulfilled(ratna, dewi, record, RequestKind.WITHDRAWAL, PURPOSE)
    lifted(dewi, first)
    assert {(purpose, kind) for purpose, kind, _n in limits(ratna, record)} == {
        ("delivery", Limit.OBJECTED),
        (PURPOSE, Limit.WITHDRAWN),
    }
    lifted(dewi, second)
    lifted(dewi, third)
    assert limits(ratna, record) == set(), "each was lifted once, and none comes back"

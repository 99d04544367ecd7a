"""Letters about requests: that one went out is written down once and for all, and it follows how its reader reads."""

import json
from collections.abc import Iterator

import pytest

from app.api.client import caller_checks as lookups
from app.api.client import subject_requests as calls
from app.api.messages.caller_checks import Lookup
from app.api.messages.subject_requests import CheckIdentity, CloseRequest, LetterSent, OpenRequest
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.compliance.look import Look
from app.backoffice.compliance.on_duties import requests_in_time
from app.backoffice.privacy_schema import consents
from app.backoffice.subject_tables import request_letters, subject_requests
from app.domain.privacy.consent import Speaker
from app.domain.subject_requests.words import Channel, IdentityCheck, RequestKind, RequestState, SentBy
from app.session.identity import new_id
from app.session.privacy.requests import CustomerRequests
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.answers import code_of, request_of
from tests.office.door import entries
from tests.office.made import Bare, MadeOffice
from tests.office.pdf_text import streams_of, text_of


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(demo_customers(4, 5))
        yield made


@pytest.fixture(scope="module")
def dewi(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("dewi")
    yield bare
    bare.end()


def ended(dewi: Bare) -> bytes:
    """A request of no customer that was answered."""
    wish = OpenRequest(id=new_id(), record=None, kind=RequestKind.ACCESS, channel=Channel.LETTER, words="Sari, Malang")
    calls.open_request(dewi.client, wish)
    calls.check_identity(dewi.client, wish.id, CheckIdentity(revision=1, identity=IdentityCheck.DOCUMENT))
    lookups.look_up(dewi.client, Lookup(text="+62 811 0000 0099"))
    calls.end(dewi.client, wish.id, CloseRequest(revision=2, state=RequestState.DONE))
    return wish.id


def test_that_a_letter_is_sent_once_it_is_made_and_each_sending_stays(office: MadeOffice, dewi: Bare) -> None:
    request, by_post = ended(dewi), LetterSent(way=SentBy.POST, reference="RR-118/26")
    assert code_of(calls.sent, dewi.client, request, by_post) == "no_letter"
    calls.letter(dewi.client, request, "id")
    early = LetterSent(way=SentBy.POST, days_ago=2)
    assert code_of(calls.sent, dewi.client, request, early) == "too_early"
    assert request_of(dewi, request).sent_ms is None
    assert code_of(calls.sent, dewi.client, request, by_post) == "ok"
    one = request_of(dewi, request)
    assert (one.sent_by, one.sent_reference, one.sent_told_by) == (SentBy.POST, "RR-118/26", "dewi")
    assert one.ended_ms is not None
    assert one.sent_ms is not None
    assert one.ended_ms <= one.sent_ms <= office.clock.now_ms()
    calls.sent(dewi.client, request, LetterSent(way=SentBy.READ_ALOUD))
    assert request_of(dewi, request).sent_by is SentBy.READ_ALOUD, "the last one is shown"
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        kept = [one.way for one in db.execute(request_letters.select().order_by(request_letters.c.number))]
    assert kept[-2:] == ["post", "read_aloud"], "the first one stays"
    told = [one for one in entries(office, "request.sent") if one.reference == request.hex() and one.outcome == "ok"]
    assert [one.reason for one in told] == ["post", "read_aloud"]
    assert "RR-118" not in str(told)


def test_that_the_console_refuses_a_reference_that_could_be_an_address(office: MadeOffice, dewi: Bare) -> None:
    request, mine = ended(dewi), CustomerRequests(dewi.identity, office.back_office.opened.inventory, "en")
    for bad in ("sari@example.com", "Sari Melati", "x" * 41, "<b>"):
        assert code_of(mine.letter_sent, request.hex(), SentBy.EMAIL, 0, bad) == "reference"


def test_that_large_print_says_the_same_in_larger_letters(office: MadeOffice, dewi: Bare) -> None:
    request = ended(dewi)
    small, large = (calls.letter(dewi.client, request, "en", is_large=one).pdf for one in (False, True))
    for letter, has in ((small, False), (large, True)):
        assert "We hold nothing about you" in " ".join(text_of(letter).split())
        assert (b" 18 Tf" in streams_of(letter)) is has
    (first, second) = (one for one in entries(office, "request.letter") if one.reference == request.hex())
    assert ("print=large" in first.detail, "print=large" in second.detail) == (False, True)


def test_that_the_register_says_how_a_customer_with_a_disability_was_last_spoken_with(
    office: MadeOffice, dewi: Bare
) -> None:
    records = [bytes(one.record) for one in dewi.client.customer_page(0, 10).rows[:2]]
    requests = []
    for record in records:
        wish = OpenRequest(id=new_id(), record=record, kind=RequestKind.ACCESS, channel=Channel.PHONE)
        calls.open_request(dewi.client, wish)
        requests.append(wish.id)

    def says(record: bytes, purpose: str, speaker: Speaker, means: str) -> None:
        receipt = json.dumps({"speaker": speaker.value, "means": means})
        row = {"id": new_id(), "record": record, "purpose": purpose, "given": True, "at_ms": 1, "channel": "desk"}
        with office.forging() as db:
            db.execute(consents.insert().values(**row, account="dewi", receipt=receipt, signature=b""))

    assert [request_of(dewi, one).way for one in requests] == ["", ""]
    says(records[0], "offers", Speaker.ASSISTED, "easy_words")
    says(records[0], "accessibility", Speaker.ASSISTED, "large_print")
    says(records[1], "offers", Speaker.GUARDIAN, "document")
    assert [request_of(dewi, one).way for one in requests] == ["large_print", ""], "a guardian is no way of reading"
    says(records[0], "accessibility", Speaker.SELF, "")
    assert request_of(dewi, requests[0]).way == "easy_words", "of the words that count"


def test_that_the_report_on_time_counts_letters_that_never_left_and_left_too_late(
    office: MadeOffice, dewi: Bare
) -> None:
    def said() -> str:
        with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
            return requests_in_time(Look.at(office.back_office.opened, db)).en

    request = ended(dewi)
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        done = len(db.execute(subject_requests.select().where(subject_requests.c.ended_ms.is_not(None))).all())
        gone = len({one.request for one in db.execute(request_letters.select())})
    assert f"{done - gone} have no letter" in said()
    assert "of 0 it went out after the term" in said()
    calls.letter(dewi.client, request, "en")
    with office.forging() as db:
        due = {"due_ms": office.clock.now_ms() - 1}
        db.execute(subject_requests.update().where(subject_requests.c.id == request).values(**due))
    calls.sent(dewi.client, request, LetterSent(way=SentBy.EMAIL))
    assert f"{done - gone - 1} have no letter" in said()
    assert "of 1 it went out after the term" in said()

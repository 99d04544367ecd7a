"""Requests of people who were no customers and are found to be some: attached, and undone by a second entry alone."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.api.client import subject_requests as calls
from app.api.messages.subject_requests import (
    AttachRequest,
    CheckIdentity,
    CloseRequest,
    DecideProposal,
    DetachRequest,
    MakeBundle,
    OpenRequest,
    ProposeOutcome,
)
from app.auth.erasure_order import Subject
from app.auth.session_card import reveal_request
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.subject_requests import outsiders
from app.backoffice.subject_tables import request_attachments, subject_requests
from app.domain.erasure.words import Action, Ground
from app.domain.subject_requests.steps import BUNDLE_FIELD
from app.domain.subject_requests.words import Channel, IdentityCheck, RequestKind, RequestState
from app.session.erasures import Erasures
from app.session.identity import new_id
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.answers import code_of, request_of
from tests.office.door import entries
from tests.office.made import Bare, MadeOffice

WORDS = "Sari Melati, Jalan Kenanga 7, Malang: apakah ada data saya?"
CUSTOMERS = demo_customers(6, 5)


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.hire("sinta", "Sinta Maharani", "privacy_officer", ("nowhere",))
        made.bring_in(CUSTOMERS)
        yield made


@pytest.fixture(scope="module")
def dewi(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("dewi")
    yield bare
    bare.end()


@pytest.fixture(scope="module")
def hendra(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("hendra")
    yield bare
    bare.end()


def taken(dewi: Bare, kind: RequestKind = RequestKind.ACCESS) -> bytes:
    wish = OpenRequest(id=new_id(), record=None, kind=kind, channel=Channel.LETTER, words=WORDS)
    calls.open_request(dewi.client, wish)
    return wish.id


def attach(who: Bare, request: bytes, number: str, how: IdentityCheck = IdentityCheck.DOCUMENT) -> str:
    said = AttachRequest(revision=request_of(who, request).revision, customer_number=number, identity=how)
    return code_of(calls.attach, who.client, request, said)


def detach(who: Bare, request: bytes) -> str:
    return code_of(calls.detach, who.client, request, DetachRequest(revision=request_of(who, request).revision))


def number_of(who: Bare, nth: int) -> tuple[str, bytes]:
    one = who.client.customer_page(0, 100).rows[nth]
    return one.number, bytes(one.record)


def stored_words(office: MadeOffice, request: bytes) -> bytes:
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        query = select(subject_requests.c.words).where(subject_requests.c.id == request)
        return bytes(db.execute(query).scalar_one())


def ledger(office: MadeOffice, request: bytes) -> list[tuple[object, ...]]:
    table = request_attachments.c
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        query = select(table.record, table.is_attached, table.identity, table.done_by, table.at_ms)
        return [tuple(one) for one in db.execute(query.where(table.request == request).order_by(table.number))]


def test_that_it_is_found_to_be_a_customers_with_how_that_was_made_sure_of(office: MadeOffice, dewi: Bare) -> None:
    request, (number, record) = taken(dewi), number_of(dewi, 0)
    before = request_of(dewi, request)
    assert attach(dewi, request, f" {number} ", IdentityCheck.KNOWN_ADDRESS) == "ok"
    now = request_of(dewi, request)
    assert (now.record, now.customer_number, now.attached_by) == (record, number, "dewi")
    assert (now.identity, now.identity_by) == (IdentityCheck.KNOWN_ADDRESS, "dewi")
    assert (now.received_ms, now.due_ms) == (before.received_ms, before.due_ms), "its clock runs on"
    assert calls.words(dewi.client, request).words == WORDS
    opened, kept = office.back_office.opened, stored_words(office, request)
    assert outsiders.unwrapped(opened, request, kept) == "", "its words lie under the customer's key, and go with it"
    (entry,) = (one for one in entries(office, "request.attached") if one.reference == request.hex())
    assert (entry.record, entry.actor, entry.outcome) == (record.hex(), "dewi", "ok")
    assert "by=known_address" in entry.detail
    assert "Kenanga" not in str(entry)
    assert code_of(calls.end, dewi.client, request, CloseRequest(revision=2, state=RequestState.DONE)) == (
        "no_bundle_yet"
    ), "it is answered with the customer's data"


def test_that_a_wrong_number_and_a_second_customer_are_refused(office: MadeOffice, dewi: Bare, hendra: Bare) -> None:
    request, (number, _record) = taken(dewi), number_of(dewi, 0)
    assert attach(dewi, request, "88210000") == "no_customer"
    assert attach(dewi, request, "\x00<b>") == "no_customer"
    assert attach(hendra, request, number) == "role"
    sinta = office.bare("sinta")
    assert attach(sinta, request, number) == "no_customer", "they see none of this queue"
    sinta.end()
    assert detach(dewi, request) == "not_attached"
    stale = AttachRequest(revision=9, customer_number=number, identity=IdentityCheck.DOCUMENT)
    assert code_of(calls.attach, dewi.client, request, stale) == "changed"
    assert attach(dewi, request, number) == "ok"
    assert attach(dewi, request, number_of(dewi, 1)[0]) == "attached"
    calls.end(dewi.client, request, CloseRequest(revision=2, state=RequestState.TAKEN_BACK))
    assert detach(dewi, request) == "ended"
    refused = {one.outcome for one in entries(office, "request.attached") if one.reference == request.hex()}
    assert refused == {"ok", "refused"}


def test_that_it_is_undone_by_a_second_entry_and_the_first_one_stays(office: MadeOffice, dewi: Bare) -> None:
    request, (number, record) = taken(dewi), number_of(dewi, 0)
    attach(dewi, request, number)
    (first,) = ledger(office, request)
    assert detach(dewi, request) == "ok"
    now = request_of(dewi, request)
    assert (now.record, now.customer_number, now.identity, now.attached_by) == (None, "", None, "")
    assert calls.words(dewi.client, request).words == WORDS
    assert outsiders.unwrapped(office.back_office.opened, request, stored_words(office, request)) == WORDS
    kept, second = ledger(office, request)
    assert kept == first
    assert second[:4] == (record, False, "", "dewi")
    assert detach(dewi, request) == "not_attached"
    other, other_record = number_of(dewi, 1)
    assert attach(dewi, request, other) == "ok"
    assert request_of(dewi, request).record == other_record
    assert [one[0] for one in ledger(office, request)] == [record, record, other_record]
    told = [one for one in entries(office) if one.reference == request.hex() and one.event.endswith("tached")]
    assert [one.record for one in told if one.outcome == "ok"] == [record.hex(), record.hex(), other_record.hex()]


def test_that_a_grant_for_the_wrong_customer_is_none_after_it_was_undone(
    office: MadeOffice, dewi: Bare, hendra: Bare
) -> None:
    request, (number, record) = taken(dewi), number_of(dewi, 2)
    attach(dewi, request, number)
    calls.propose(dewi.client, request, ProposeOutcome(revision=2))
    assert detach(dewi, request) == "waits"
    hendra.client.step_up(office.code("hendra"))
    calls.decide(hendra.client, request, DecideProposal(revision=3, is_approved=True))
    assert request_of(dewi, request).grant_until_ms is not None
    assert detach(dewi, request) == "ok"
    assert attach(dewi, request, number) == "ok"
    assert request_of(dewi, request).grant_until_ms is None
    identity = dewi.identity
    signed = identity.sign(reveal_request(identity.office, identity.session, record, BUNDLE_FIELD, "", "", request))
    dewi.client.step_up(office.code("dewi"))
    asked = MakeBundle(revision=request_of(dewi, request).revision, signature=signed)
    assert code_of(calls.bundle, dewi.client, request, asked) == "no_grant"


def test_that_nobody_is_detached_from_whom_an_order_to_erase_names(office: MadeOffice, dewi: Bare) -> None:
    request, (number, record) = taken(dewi, RequestKind.ERASURE), number_of(dewi, 3)
    attach(dewi, request, number)
    orders = Erasures(dewi.identity, now=lambda: office.clock.now_ms() / 1000)
    dewi.client.step_up(office.code("dewi"))
    orders.propose(Action.ERASE, Ground.REQUESTED, str(request_of(dewi, request).number), [Subject(record)])
    assert detach(dewi, request) == "ordered"
    orders.drop(orders.orders()[0].id.hex())
    assert detach(dewi, request) == "ok"


def test_that_an_identity_that_was_checked_before_is_not_the_customers(dewi: Bare) -> None:
    request = taken(dewi)
    calls.check_identity(dewi.client, request, CheckIdentity(revision=1, identity=IdentityCheck.REPRESENTATIVE))
    attach(dewi, request, number_of(dewi, 1)[0], IdentityCheck.CALLER)
    assert request_of(dewi, request).identity is IdentityCheck.CALLER

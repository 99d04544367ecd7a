"""A customer's page behind the office: links by reference, answers kept sealed, taken in once and in order."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from sqlalchemy import Row, func, select

from app.auth.consent_receipt import verified
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.customer_page.intake import TAKEN, take_waiting
from app.backoffice.customer_page.links import MADE, MOST_OF_CUSTOMER, NewLink, make_link
from app.backoffice.customer_page.sending import EVENT, PageNotSentError
from app.backoffice.customer_page.store import RowPageStore, digest_of
from app.backoffice.page_tables import page_answers, page_links
from app.backoffice.privacy.consents import receipt_file
from app.backoffice.privacy.standing import event_of
from app.backoffice.privacy_schema import consents
from app.backoffice.sessions import Session
from app.backoffice.subject_tables import subject_requests
from app.domain.errors import InputRefusedError, NotAllowedError, WorkstationError
from app.domain.privacy.consent import Said, last_word
from app.domain.privacy.page import VALID_MS, AnswerKind, AnswerState, LinkError, LinkProblem, PageAnswer, PageLink
from app.domain.subject_requests.clock import due_ms
from app.domain.subject_requests.words import RequestKind
from app.resource_files import resource_text
from app.session.privacy.customer import CustomersPrivacy
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import MadeOffice

if TYPE_CHECKING:
    from app.auth.session_card import SessionCard

PEOPLE = [c for c in demo_customers(400, 7) if c["queue"] == "billing"]
CHILD = next(c for c in PEOPLE if c["guardian_name"])
CUSTOMERS = [c for c in PEOPLE if not c["guardian_name"]][:8]
PURPOSE = "accessibility"
SECRET = "the address of 2 March is wrong"
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    inventory = resource_text("inventory", "customer.toml").replace("[purposes]", TOLD)
    with home(tmp_path_factory.mktemp("office"), inventory) as made:
        made.hire("budi", "Budi Santoso", queues=("cards",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in([*CUSTOMERS, CHILD])
        with pytest.raises(InputRefusedError) as caught:
            link_to(made, CUSTOMERS[0])
        assert caught.value.code == "no_page_notice"
        hendra, dewi = made.desk("hendra"), made.desk("dewi")
        hendra.privacy.notices.begin()
        (draft,) = dewi.privacy.notices.listing()
        dewi.privacy.notices.publish(draft)
        for desk in (hendra, dewi):
            desk.end("signed_out")
        yield made


def record_of(office: MadeOffice, customer: dict[str, str]) -> bytes:
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        table = schema.customers.c
        row = db.execute(select(table.record).where(table.number == customer["customer_number"])).one()
    return bytes(row.record)


def link_to(office: MadeOffice, customer: dict[str, str], by: str = "dewi") -> str:
    opened = office.back_office.opened
    account = opened.book.account(by)
    assert account is not None
    session = Session(b"s" * 16, "console", account, "seat", cast("SessionCard", None), b"", 0, 0)
    with acting_for(session.acting):
        return make_link(opened, session, record_of(office, customer)).token


def store_of(office: MadeOffice) -> RowPageStore:
    opened = office.back_office.opened
    return RowPageStore(opened.database.beside, opened.clock)


def answered(office: MadeOffice, token: str, form: str = "f", **said: object) -> tuple[PageLink, str]:
    """A link that was answered, and the answer's number."""
    store = store_of(office)
    link = store.open(token)
    notice = store.notice(link, "id")
    return link, store.answer(link, PageAnswer(form=form, notice_digest=notice.digest, **said))  # type: ignore[arg-type]


def give(office: MadeOffice, token: str) -> tuple[PageLink, str]:
    return answered(office, token, kind=AnswerKind.CONSENT, said={PURPOSE: Said.GIVEN})


def withdraw(office: MadeOffice, token: str) -> tuple[PageLink, str]:
    return answered(office, token, kind=AnswerKind.WITHDRAWAL, said={PURPOSE: Said.WITHDRAWN})


def state_of(office: MadeOffice, link: PageLink, number: str) -> AnswerState:
    found = store_of(office).result(link, number)
    assert found is not None
    return found.state


def ledger(office: MadeOffice, customer: dict[str, str]) -> list[Row[Any]]:
    query = select(consents).where(consents.c.record == record_of(office, customer)).order_by(consents.c.number)
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        return list(db.execute(query))


def test_that_a_consent_is_taken_once_with_a_receipt_and_the_link_is_used(office: MadeOffice) -> None:
    customer, opened = CUSTOMERS[0], office.back_office.opened
    token = link_to(office, customer)
    link, number = give(office, token)
    assert state_of(office, link, number) is AnswerState.WAITING
    with pytest.raises(LinkError) as used:
        store_of(office).open(token)
    assert used.value.problem is LinkProblem.USED
    assert used.value.link is not None
    assert take_waiting(opened) == 1
    assert take_waiting(opened) == 0
    assert state_of(office, link, number) is AnswerState.TAKEN
    (row,) = ledger(office, customer)
    receipt = verified(receipt_file(opened, row))
    assert (receipt.channel, receipt.agent, receipt.said, receipt.recording) == ("web", "", "given", number)
    assert receipt.notice_hash == store_of(office).notice(link, "id").digest.hex()
    assert [entry.outcome for entry in entries(office, TAKEN)] == ["ok"]
    assert token not in str(entries(office, MADE))


def test_that_the_same_form_is_one_answer_and_another_one_is_too_late(office: MadeOffice) -> None:
    store = store_of(office)
    link = store.open(link_to(office, CUSTOMERS[1]))
    digest = store.notice(link, "en").digest
    sent = PageAnswer(AnswerKind.CONSENT, "f", {PURPOSE: Said.GIVEN}, language="en", notice_digest=digest)
    number = store.answer(link, sent)
    assert store.answer(link, sent) == number
    with pytest.raises(LinkError) as caught:
        store.answer(link, replace(sent, form="other"))
    assert caught.value.problem is LinkProblem.USED
    assert store.result(link, "W-OTHER") is None
    assert take_waiting(office.back_office.opened) == 1
    assert len(ledger(office, CUSTOMERS[1])) == 1


def test_that_consent_and_withdrawal_at_once_end_as_withdrawn(office: MadeOffice) -> None:
    customer = CUSTOMERS[2]
    first, second = (link_to(office, customer) for _ in range(2))
    number = withdraw(office, first)
    also = give(office, second)
    with office.back_office.opened.writing() as db:
        made_ms = db.execute(select(func.max(page_links.c.made_ms))).scalar_one()
        waits = page_answers.update().where(page_answers.c.state == "waiting")
        db.execute(waits.values(received_ms=made_ms))
    take_waiting(office.back_office.opened)
    words = ledger(office, customer)
    last = last_word([event_of(row) for row in words], PURPOSE)
    assert last is not None
    assert last.said is Said.WITHDRAWN
    assert state_of(office, *number) is AnswerState.TAKEN
    assert state_of(office, *also) in {AnswerState.TAKEN, AnswerState.REFUSED}


def test_that_a_right_becomes_a_request_whose_words_are_nowhere_to_read(office: MadeOffice) -> None:
    customer, opened = CUSTOMERS[3], office.back_office.opened
    right = {"kind": AnswerKind.RIGHT, "right": RequestKind.CORRECTION, "details": SECRET}
    number = answered(office, link_to(office, customer), **right)[1]
    with opened.database.reading() as db:
        kept = db.execute(select(page_answers).where(page_answers.c.number == number)).one()
    assert SECRET.encode() not in kept.content
    take_waiting(opened)
    with opened.database.reading() as db:
        done = db.execute(select(page_answers).where(page_answers.c.number == number)).one()
        query = select(subject_requests).where(subject_requests.c.record == record_of(office, customer))
        request = db.execute(query).one()
    assert (done.content, done.state, done.office_number) == (b"", "taken", str(request.number))
    assert (request.kind, request.channel, request.opened_by) == ("correction", "web", "")
    assert request.due_ms == due_ms(kept.received_ms)
    assert SECRET.encode() not in request.words
    dewi = office.desk("dewi")
    (listed,) = dewi.privacy.requests.register().requests
    dewi.end("signed_out")
    assert listed.number == request.number


def test_that_a_request_may_name_every_purpose_and_a_word_only_what_is_asked(office: MadeOffice) -> None:
    customer, opened = CUSTOMERS[7], office.back_office.opened
    link = store_of(office).open(link_to(office, customer))
    assert link.may_name == tuple(one.name for one in opened.inventory.purposes), "as at a desk"
    assert "tax" not in link.purposes, "nobody is asked to agree to this"
    assert store_of(office).notice(link, "en").labels["tax"] == "Meet tax duties"
    assert store_of(office).notice(link, "id").labels["tax"] == "Memenuhi kewajiban pajak"
    right = {"kind": AnswerKind.RIGHT, "right": RequestKind.OBJECTION}
    answered(office, link_to(office, customer), **right, purposes=("tax", PURPOSE))
    answered(office, link_to(office, customer), **right)
    wrong = answered(office, link_to(office, customer), kind=AnswerKind.CONSENT, said={"tax": Said.GIVEN})
    beyond = answered(office, link_to(office, customer), **right, purposes=("anything",))
    take_waiting(opened)
    assert {state_of(office, *one) for one in (wrong, beyond)} == {AnswerState.REFUSED}
    assert not ledger(office, customer)
    columns = subject_requests.c
    query = select(columns.purposes).where(columns.record == record_of(office, customer)).order_by(columns.number)
    with opened.database.reading() as db:
        assert list(db.execute(query).scalars()) == [f"tax {PURPOSE}", ""], "none: to automated decisions alone"


def test_that_a_process_which_has_only_the_tables_answers_for_nobody(office: MadeOffice) -> None:
    opened, store = office.back_office.opened, store_of(office)
    mine, other = link_to(office, CUSTOMERS[4]), link_to(office, CUSTOMERS[5])
    link = store.open(mine)
    stolen = replace(link, digest=digest_of(other))  # it read the other link's row, and has not its token
    sent = PageAnswer(AnswerKind.CONSENT, "f", {PURPOSE: Said.GIVEN}, notice_digest=store.notice(link, "id").digest)
    number = store.answer(stolen, sent)
    take_waiting(opened)
    assert state_of(office, stolen, number) is AnswerState.REFUSED
    assert not ledger(office, CUSTOMERS[5])
    assert entries(office, TAKEN)[-1].reason == "content"


def test_that_what_a_link_does_not_ask_is_refused(office: MadeOffice) -> None:
    link, number = answered(office, link_to(office, CHILD), kind=AnswerKind.CONSENT, said={PURPOSE: Said.GIVEN})
    assert dict(link.purposes) == {}, "a guardian agrees for a child, and a link does not tell who opens it"
    take_waiting(office.back_office.opened)
    assert state_of(office, link, number) is AnswerState.REFUSED
    assert not ledger(office, CHILD)


def test_that_guessed_and_old_links_open_nothing(office: MadeOffice) -> None:
    store, token = store_of(office), link_to(office, CUSTOMERS[4])
    for guess in ("", "A" * 43, token[:-1], f"{token}x", "../" * 10):
        with pytest.raises(LinkError) as caught:
            store.open(guess)
        assert caught.value.problem is LinkProblem.UNKNOWN
    old = "o" * 43
    with office.back_office.opened.writing() as db:
        row = db.execute(select(page_links).where(page_links.c.digest == digest_of(token))).one()
        assert row.expires_ms - row.made_ms == VALID_MS
        db.execute(page_links.insert().values(row._asdict() | {"digest": digest_of(old), "expires_ms": 1}))
    with pytest.raises(LinkError) as over:
        store.open(old)
    assert over.value.problem is LinkProblem.EXPIRED


def test_that_links_to_one_customer_are_bounded_and_told_only_to_who_sees_them(office: MadeOffice) -> None:
    for _ in range(MOST_OF_CUSTOMER - 1):  # it has had one
        link_to(office, CUSTOMERS[0])
    with pytest.raises(NotAllowedError) as caught:
        link_to(office, CUSTOMERS[0])
    assert caught.value.code == "links"
    with pytest.raises(NotAllowedError) as other:
        link_to(office, CUSTOMERS[0], "budi")
    assert other.value.code == "not_in_queue"
    assert [entry.reason for entry in entries(office, MADE) if entry.outcome == "refused"][-2:] == [
        "links",
        "not_in_queue",
    ]


def test_that_a_link_opens_in_the_language_in_which_its_customer_last_answered(office: MadeOffice) -> None:
    customer, store = CUSTOMERS[6], store_of(office)
    assert store.open(link_to(office, customer)).languages[0] == "id", "nobody knows yet"
    for language in ("en", "id"):
        answered(
            office, link_to(office, customer), kind=AnswerKind.CONSENT, said={PURPOSE: Said.GIVEN}, language=language
        )
        take_waiting(office.back_office.opened)
        languages = store.open(link_to(office, customer)).languages
        assert languages[0] == language
        assert set(languages) == {"id", "en"}, "the other one is offered as ever"


# sending


def test_that_sending_is_told_by_its_end_alone(office: MadeOffice, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever asks gets neither the link nor an address; a link that was not sent opens nothing."""
    sent: list[NewLink] = []
    hendra, dewi = office.command("hendra"), office.command("dewi")
    number = CUSTOMERS[5]["customer_number"]
    with pytest.raises(NotAllowedError, match="tirai privacy page show NUMBER --loopback") as refused:
        dewi.send_page(number)
    assert refused.value.code == "page_not_offered"
    record = record_of(office, CUSTOMERS[5]).hex()
    console = CustomersPrivacy(dewi._identity, office.back_office.opened.inventory, "en")
    assert not console.panel(record).sends_page
    office.service.send_page = sent.append
    try:
        until = dewi.send_page(number)
        (link,) = sent
        assert (link.customer, link.languages[0], link.expires_ms / 1000) == (number, "id", until)
        assert store_of(office).open(link.token).expires_ms == link.expires_ms
        assert console.panel(record).sends_page
        assert console.send_page(record) >= until
        also = digest_of(sent[-1].token).hex()[:32]
        assert sent.pop().customer == number
        with pytest.raises(NotAllowedError) as unknown:
            hendra.send_page("C-0")
        assert unknown.value.code == "no_customer"

        def fail(link: NewLink) -> None:
            sent.append(link)
            raise PageNotSentError("The program that sends pages ended with 3. Run it by hand.")

        office.service.send_page = fail
        with pytest.raises(WorkstationError, match="ended with 3"):
            dewi.send_page(number)
        with pytest.raises(LinkError) as void:
            store_of(office).open(sent[-1].token)
        assert void.value.problem is LinkProblem.EXPIRED
    finally:
        office.service.send_page = None
        for session in (hendra, dewi):
            session.end()
    told = [(e.outcome, e.reason, e.reference) for e in entries(office) if e.event == EVENT][-5:]
    marks = [digest_of(link.token).hex()[:32] for link in sent]
    assert told == [
        ("refused", "page_not_offered", ""), ("ok", "", marks[0]), ("ok", "", also), ("refused", "no_customer", ""),
        ("failed", "page_not_sent", marks[1]),
    ]  # fmt: skip
    assert not any(link.token in caplog.text for link in sent)

"""Consents and notices through console and office: two people publish, a word opens or shuts a field, receipts hold."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.auth.audit_chain import AuditEntry
from app.auth.consent_receipt import ReceiptError, verified
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.privacy import consents as consents_module
from app.backoffice.privacy import panel as panel_module
from app.backoffice.privacy_schema import consents
from app.backoffice.subject_tables import processing_holds, subject_requests
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.privacy.consent import Channel, Limit, Said, Speaker
from app.domain.privacy.means import Speaking
from app.domain.privacy.notice import notice_from
from app.domain.privacy.purpose_state import PurposeState
from app.domain.subject_requests.words import Channel as RequestChannel
from app.domain.subject_requests.words import RequestKind
from app.resource_files import resource_text
from app.session.desk import Desk
from app.session.identity import new_id
from app.session.privacy.customer import ConsentWords
from app.session.privacy.notices import ShownNotice
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice
from tests.page.asked import Asked

DEMO = [c for c in demo_customers(400, 7) if c["queue"] == "billing"]
CHILD = next(c for c in DEMO if c["guardian_name"])
CUSTOMERS = [c for c in DEMO if not c["guardian_name"]][:20]
CUSTOMER = next(c for c in CUSTOMERS if c["nik"] and c["birth_date"] and c["health_note"] and c["second_phone"])
NUMBER = CUSTOMER["customer_number"]
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'
GIVE = ConsentWords("accessibility", Said.GIVEN, Channel.DESK)
WITHDRAW = ConsentWords("accessibility", Said.WITHDRAWN, Channel.DESK)


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    inventory = resource_text("inventory", "customer.toml").replace("[purposes]", TOLD)
    with home(tmp_path_factory.mktemp("office"), inventory) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in([*CUSTOMERS, CHILD])
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


@pytest.fixture(scope="module")
def notice(office: MadeOffice, dewi: Desk) -> ShownNotice:
    """One that a supervisor wrote and the privacy officer has published."""
    hendra = office.desk("hendra")
    hendra.privacy.notices.begin()
    (own,) = hendra.privacy.notices.listing()
    assert own.faults == ()
    with pytest.raises(NotAllowedError) as caught:
        hendra.privacy.notices.publish(own)
    assert caught.value.code == "own_notice"
    hendra.end("signed_out")
    (draft,) = dewi.privacy.notices.listing()
    assert (draft.may_publish, draft.is_draft, draft.written_by) == (True, True, "hendra")
    dewi.privacy.notices.publish(draft)
    (published,) = dewi.privacy.notices.listing()
    assert published.is_in_force
    return published


def record_of(desk: Desk, number: str = NUMBER) -> str:
    (found,) = desk.search(number, None).ids
    return desk.customer(found).record


def log(office: MadeOffice, event: str) -> list[AuditEntry]:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [entry for entry in opened.log.page(db, 0, 100_000) if entry.event == event]


def refused(desk: Desk, record: str, field: str, reason: str) -> str:
    with pytest.raises(NotAllowedError) as caught:
        desk.reveal(record, field, reason)
    return caught.value.code


def test_that_a_published_notice_is_never_changed_and_a_faulty_one_never_published(
    office: MadeOffice, dewi: Desk, notice: ShownNotice
) -> None:
    with pytest.raises(NotAllowedError) as caught:
        dewi.privacy.notices.write(notice.id, notice.notice)
    assert caught.value.code == "published"
    hendra = office.desk("hendra")
    bad = hendra.privacy.notices.begin()
    ticked = json.loads(notice.notice.as_json())
    ticked["toggles"][0]["ticked"] = True
    hendra.privacy.notices.write(bad, notice_from(json.dumps(ticked)))
    hendra.end("signed_out")
    draft = next(one for one in dewi.privacy.notices.listing() if one.id == bad)
    assert [fault.code for fault in draft.faults] == ["ticked"]
    with pytest.raises(InputRefusedError) as lacking:
        dewi.privacy.notices.publish(draft)
    assert lacking.value.code == "notice_faults"
    dewi.privacy.notices.drop(bad)
    assert [one.id for one in dewi.privacy.notices.listing()] == [notice.id]


def test_that_a_withdrawal_shuts_the_field_and_a_consent_opens_it(
    office: MadeOffice, ratna: Desk, dewi: Desk, notice: ShownNotice
) -> None:
    record = record_of(ratna)
    shown = ratna.privacy.customers.panel(record)
    assert shown.purpose("accessibility").state is PurposeState.SOURCES
    assert shown.purpose("offers").state is PurposeState.MISSING, "no import answers for this one"
    assert shown.notice_digest == notice.notice.digest.hex()
    office.clock.pass_s(60)
    ratna.privacy.customers.say(shown, WITHDRAW)
    assert ratna.privacy.customers.panel(record).purpose("accessibility").state is PurposeState.WITHDRAWN
    assert refused(dewi, record, "health_note", "other") == "purpose_withdrawn"
    office.clock.pass_s(60)
    ratna.privacy.customers.say(shown, GIVE)
    after = ratna.privacy.customers.panel(record).purpose("accessibility")
    assert (after.state, after.account, after.channel) == (PurposeState.GIVEN, "ratna", "desk")
    entries = log(office, "consent")
    assert [e.outcome for e in entries if e.record == record][-2:] == ["ok", "ok"]
    assert "purpose=accessibility said=given channel=desk speaker=self" in entries[-1].detail


def held(office: MadeOffice, record: str, kind: RequestKind, *purposes: str) -> bytes:
    """Purposes that a request of the customer's holds, as its second person has decided."""
    opened, id_, now = office.back_office.opened, new_id(), office.clock.now_ms()
    with acting_for(OFFICE), opened.writing() as db:
        number = db.execute(select(func.count()).select_from(subject_requests)).scalar_one() + 1
        said = {"kind": kind.value, "channel": "phone", "purposes": " ".join(purposes), "state": "done", "revision": 1}
        times = {"received_ms": now, "opened_ms": now, "due_ms": now, "opened_by": "ratna", "queue": "billing"}
        row = {"id": id_, "number": number, "record": bytes.fromhex(record), **said, **times}
        db.execute(subject_requests.insert().values(row))
        for purpose in purposes:
            hold = {"record": bytes.fromhex(record), "purpose": purpose, "request": id_, "since_ms": now}
            db.execute(processing_holds.insert().values(hold))
    return id_


def freed(office: MadeOffice, request: bytes) -> None:
    with acting_for(OFFICE), office.back_office.opened.writing() as db:
        db.execute(processing_holds.delete().where(processing_holds.c.request == request))


def test_that_the_gate_refuses_opening_asking_and_notes_and_says_so(office: MadeOffice, ratna: Desk) -> None:
    record = record_of(ratna)
    ratna.reveal(record, "street_address", "call_back")
    delivery = held(office, record, RequestKind.RESTRICTION, "delivery")
    assert refused(ratna, record, "street_address", "call_back") == "purpose_restricted"
    entry = log(office, "reveal")[-1]
    assert (entry.outcome, entry.reason, entry.field) == ("refused", "purpose_restricted", "street_address")
    ratna.reveal(record, "mobile_phone", "call_back")
    assert "purpose=service" in log(office, "reveal")[-1].detail, "another purpose of its is open"
    billing = held(office, record, RequestKind.OBJECTION, "billing")
    with pytest.raises(NotAllowedError) as asked:
        ratna.ask(record, "card_number", "dispute", "the caller disputes a charge")
    assert asked.value.code == "purpose_objected"
    limits = ratna.privacy.customers.panel(record).limits
    assert {(one.purpose, one.kind) for one in limits} == {
        ("delivery", Limit.RESTRICTED),
        ("billing", Limit.OBJECTED),
    }
    freed(office, delivery)
    freed(office, billing)
    with pytest.raises(NotAllowedError) as other:
        ratna.ask(record, "nik", "tax_document", "the customer wants a tax document")
    assert other.value.code == "purpose_other", "the reason names a purpose that this field is not kept for"
    ratna.reveal(record, "street_address", "call_back")
    everything = held(
        office, record, RequestKind.RESTRICTION, *(p.name for p in office.back_office.opened.inventory.purposes)
    )
    with pytest.raises(NotAllowedError) as notes:
        ratna.notes(record)
    assert notes.value.code == "purpose_restricted"
    freed(office, everything)
    ratna.notes(record)


def test_that_a_new_customer_is_told_by_the_published_text(
    office: MadeOffice, ratna: Desk, notice: ShownNotice
) -> None:
    """A console that has not asked tells of another one: it is refused, and tries again with the one that holds."""
    request, making = ratna.new_contacts.new_request(), ratna.new_contacts
    with pytest.raises(InputRefusedError) as caught:
        making.make(request, {"full_name": "Budi Baru"})
    assert caught.value.code == "notice"
    made = bytes.fromhex(ratna.rows([making.make(request, {"full_name": "Budi Baru"})])[0].record)
    table, digest = schema.collected.c, notice.notice.digest
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        kept = db.execute(select(table.notice, table.notice_digest).where(table.record == made)).one()
    assert (kept.notice, bytes(kept.notice_digest)) == (notice.notice.code, digest)
    assert f"notice_digest={digest.hex()}" in log(office, "customer.created")[-1].detail


def test_that_at_the_same_instant_the_withdrawal_wins_and_no_receipt_says_otherwise(
    office: MadeOffice, ratna: Desk, notice: ShownNotice
) -> None:
    record, shown = record_of(ratna), ratna.privacy.customers.panel(record_of(ratna))
    office.clock.pass_s(60)
    ratna.privacy.customers.say(shown, WITHDRAW)
    office.clock.pass_s(-30)
    with pytest.raises(NotAllowedError) as caught:
        ratna.privacy.customers.say(shown, GIVE)
    office.clock.pass_s(30)
    assert caught.value.code == "withdrawn_now"
    assert ratna.privacy.customers.panel(record).purpose("accessibility").state is PurposeState.WITHDRAWN


def test_that_a_receipt_holds_for_anybody_and_is_the_same_each_time(
    office: MadeOffice, ratna: Desk, notice: ShownNotice, tmp_path: Path
) -> None:
    record = record_of(ratna)
    shown = ratna.privacy.customers.panel(record)
    office.clock.pass_s(60)
    text = ratna.privacy.customers.say(shown, ConsentWords("offers", Said.GIVEN, Channel.LETTER, "en", recording="L-4"))
    read = verified(text)
    assert (read.customer, read.purpose, read.said, read.agent) == (NUMBER, "offers", "given", "ratna")
    assert (read.notice_hash, read.recording) == (notice.notice.digest.hex(), "L-4")
    assert read.question == shown.purpose("offers").question("en")
    assert read.office == office.back_office.plate.office.hex()
    path = tmp_path / "receipt.json"
    ratna.privacy.customers.save_receipt(record, ratna.privacy.customers.panel(record).purpose("offers").receipt, path)
    assert path.read_text("utf-8") == text
    with pytest.raises(ReceiptError):
        verified(text.replace('\\"given\\"', '\\"withdrawn\\"'))


def test_that_a_child_a_call_and_a_recording_have_their_rules(
    office: MadeOffice, ratna: Desk, notice: ShownNotice
) -> None:
    child = record_of(ratna, CHILD["customer_number"])
    shown = ratna.privacy.customers.panel(child)
    assert shown.is_child
    codes = []
    for words in (
        GIVE,
        ConsentWords("accessibility", Said.GIVEN, Channel.DESK, speaker=Speaker.GUARDIAN),
        ConsentWords("accessibility", Said.GIVEN, Channel.SPOKEN, speaker=Speaker.GUARDIAN, means="document"),
        ConsentWords("tax", Said.GIVEN, Channel.DESK),
    ):
        with pytest.raises((NotAllowedError, InputRefusedError)) as caught:
            ratna.privacy.customers.say(shown, words)
        codes.append(caught.value.code)
    assert codes == ["guardian", "means", "recording", "no_purpose"]
    right = ConsentWords("accessibility", Said.GIVEN, Channel.DESK, speaker=Speaker.GUARDIAN, means="document")
    assert verified(ratna.privacy.customers.say(shown, right)).speaker == "guardian"


def test_that_consents_are_counted_by_their_last_word(office: MadeOffice, dewi: Desk, ratna: Desk) -> None:
    counts = {one.purpose: (one.given, one.withdrawn) for one in dewi.privacy.consent_counts().counts}
    assert counts["accessibility"] == (1, 1)
    assert counts["offers"] == (1, 0)
    over_time = {part.code: part.counts[-1] for part in dewi.privacy.proofs.figures("en").consents.parts}
    assert (over_time["accessibility"], over_time["offers"]) == (1, 1)
    with pytest.raises(NotAllowedError):
        ratna.privacy.consent_counts()


def test_that_a_customer_answers_their_own_page_at_a_desk(
    office: MadeOffice, ratna: Desk, dewi: Desk, notice: ShownNotice
) -> None:
    command = office.command("ratna")
    with pytest.raises(NotAllowedError) as unknown:
        command.page_at_desk("C-0")
    assert unknown.value.code == "no_customer"
    with pytest.raises(InputRefusedError) as child:
        command.page_at_desk(CHILD["customer_number"])
    assert child.value.code == "guardian"
    sitting = command.page_at_desk(NUMBER)
    page, place = Asked(behind=sitting), f"/p/{sitting.token}"
    shown = page.get(place).text
    assert "PT Uji" in shown
    values = [value for name, value in CUSTOMER.items() if name != "queue" and len(value) > 5]
    assert not [value for value in values if value in shown], "it shows nobody's data"
    office.clock.pass_s(60)
    form = {"form": page.nonce(place), "lang": "id", "c.accessibility": "no", "c.offers": "yes"}
    first, again = (page.post(f"{place}/consent", form) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    number = first.headers["location"].split("/")[-1].partition("?")[0]
    assert number in page.get(first.headers["location"]).text
    panel = ratna.privacy.customers.panel(record_of(ratna))
    withdrawn, given = panel.purpose("accessibility"), panel.purpose("offers")
    assert (withdrawn.state, given.state) == (PurposeState.WITHDRAWN, PurposeState.GIVEN)
    assert given.channel == "desk"
    assert withdrawn.receipt.upper().startswith(number)
    path = f"{place}/rights"
    form = {
        "form": page.nonce(path),
        "lang": "en",
        "right": "objection",
        "p.service": "yes",
        "details": "4111 1111 1111 1111, not this",
    }
    sent = page.post(path, form)
    assert sent.status_code == 303
    asked = max(dewi.privacy.requests.register().requests, key=lambda one: one.number)
    assert (asked.kind, asked.channel) == (RequestKind.OBJECTION, RequestChannel.IN_PERSON)
    assert f"/done/{asked.number}?" in sent.headers["location"]
    assert dewi.privacy.requests.words(asked.id) == "4111 11 ••• 1111, not this", "a card's number is not kept"
    assert [entry.outcome for entry in log(office, "page.shown")] == ["refused", "ok", "ok"]
    assert not page.faults
    command.end()


def test_that_a_guardian_answers_a_childs_page_at_a_desk(office: MadeOffice, ratna: Desk, notice: ShownNotice) -> None:
    """The receipt names the role, the means and the reference of the evidence, and nobody's name."""
    command, number = office.command("ratna"), CHILD["customer_number"]
    for who, speaking, code in (
        (number, Speaking(), "guardian"),
        (number, Speaking(Speaker.ASSISTED, "large_print"), "guardian"),
        (number, Speaking(Speaker.GUARDIAN), "means"),
        (number, Speaking(Speaker.GUARDIAN, "sign_language"), "means"),
        (NUMBER, Speaking(Speaker.GUARDIAN, "document"), "of_age"),
    ):
        with pytest.raises(InputRefusedError) as caught:
            command.page_at_desk(who, speaking)
        assert caught.value.code == code
    sitting = command.page_at_desk(number, Speaking(Speaker.GUARDIAN, "document", "KK/2026/17"))
    page, place = Asked(behind=sitting), f"/p/{sitting.token}"
    assert "orang tua atau wali seorang anak" in page.get(place).text
    office.clock.pass_s(60)
    form = {"form": page.nonce(place), "lang": "id", "c.accessibility": "yes"}
    assert page.post(f"{place}/consent", form).status_code == 303
    child = record_of(ratna, number)
    shown = ratna.privacy.customers.panel(child).purpose("accessibility")
    assert (shown.state, shown.speaker, shown.means) == (PurposeState.GIVEN, Speaker.GUARDIAN, "document")
    with office.back_office.opened.database.reading() as db:
        receipts = db.execute(select(consents.c.receipt).where(consents.c.record == bytes.fromhex(child))).scalars()
        receipt = json.loads(list(receipts)[-1])
    assert (receipt["speaker"], receipt["means"], receipt["recording"]) == ("guardian", "document", "KK/2026/17")
    assert CHILD["guardian_name"] not in json.dumps(receipt)
    form = {"form": page.nonce(f"{place}/rights"), "lang": "id", "right": "restriction", "p.service": "yes"}
    assert page.post(f"{place}/rights", form | {"details": "Mohon dibatasi."}).status_code == 303
    dewi = office.desk("dewi")
    newest = max(dewi.privacy.requests.register().requests, key=lambda one: one.number)
    command.end()
    assert dewi.privacy.requests.words(newest.id) == "[guardian document KK/2026/17] Mohon dibatasi."
    dewi.end("signed_out")


def test_that_a_guardians_right_ends_when_the_child_comes_of_age(
    office: MadeOffice, ratna: Desk, notice: ShownNotice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the guardian agreed to stays open, and whoever looks is told to ask the customer; then it is theirs."""
    child = record_of(ratna, CHILD["customer_number"])
    by_guardian = ConsentWords("offers", Said.GIVEN, Channel.DESK, speaker=Speaker.GUARDIAN, means="known")
    office.clock.pass_s(60)
    ratna.privacy.customers.say(ratna.privacy.customers.panel(child), by_guardian)
    assert not ratna.privacy.customers.panel(child).purpose("offers").asks_anew
    for module in (consents_module, panel_module):
        monkeypatch.setattr(module, "is_of_age", lambda *_told: True)
        monkeypatch.setattr(module, "may_be_under_age", lambda *_told: False)
    grown = ratna.privacy.customers.panel(child)
    assert (grown.is_of_age, grown.is_child) == (True, False)
    assert (grown.purpose("offers").state, grown.purpose("offers").asks_anew) == (PurposeState.GIVEN, True)
    office.clock.pass_s(60)
    for said in Said:
        with pytest.raises(NotAllowedError) as caught:
            ratna.privacy.customers.say(grown, replace(by_guardian, said=said))
        assert caught.value.code == "of_age"
    ratna.privacy.customers.say(grown, ConsentWords("offers", Said.GIVEN, Channel.DESK))
    own = ratna.privacy.customers.panel(child).purpose("offers")
    assert (own.speaker, own.asks_anew) == (Speaker.SELF, False)
    office.clock.pass_s(60)
    ratna.privacy.customers.say(grown, ConsentWords("offers", Said.WITHDRAWN, Channel.DESK))


def test_that_the_way_of_speaking_with_somebody_is_known_the_next_time(
    office: MadeOffice, ratna: Desk, notice: ShownNotice
) -> None:
    command, number = office.command("ratna"), CUSTOMERS[5]["customer_number"]
    sitting = command.page_at_desk(number, Speaking(Speaker.ASSISTED, "large_print"))
    page, place = Asked(behind=sitting), f"/p/{sitting.token}"
    assert '<html lang="id" class="large">' in page.get(place).text
    office.clock.pass_s(60)
    assert (
        page.post(f"{place}/consent", {"form": page.nonce(place), "lang": "id", "c.offers": "yes"}).status_code == 303
    )
    assert ratna.privacy.customers.panel(record_of(ratna, number)).way_of_speaking == "large_print"
    office.clock.pass_s(60)
    assert page.post(f"{place}/consent", {"form": page.nonce(place), "lang": "id", "c.offers": "no"}).status_code == 303
    command.end()

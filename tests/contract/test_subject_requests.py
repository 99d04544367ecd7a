"""Requests of data subjects through office and client: written down by an agent, worked by a privacy officer, seconded.

The rules alone are in `tests/unit/domain/test_subject_requests.py`; here is what an office adds: transactions, the log,
queues, roles, the register that outlives whoever asks.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.api.client import subject_requests as calls
from app.api.messages.subject_requests import (
    CheckIdentity,
    CloseRequest,
    DecideProposal,
    LiftHolds,
    OpenRequest,
    ProposeOutcome,
)
from app.auth.audit_chain import AuditEntry
from app.auth.consent_receipt import verified
from app.auth.erasure_order import Subject
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.erasure.destroying import destroy_customer
from app.backoffice.privacy.consents import receipt_file
from app.backoffice.privacy_schema import consents
from app.backoffice.reminders import remind
from app.backoffice.subject_requests.holds import held_purposes
from app.backoffice.subject_tables import subject_requests
from app.domain.erasure.words import Action, Ground, OrderState, Unusual
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.subject_requests.clock import TERM_MS
from app.domain.subject_requests.words import Channel, IdentityCheck, Proposal, RefusalReason, RequestKind, RequestState
from app.session.erasures import Erasures
from app.session.identity import new_id
from app.session.privacy.requests import CustomerRequests
from app.session.privacy.shown_requests import ShownRequest
from app.sources.csv_file import open_csv
from app.storage.new_file import FileRefusedError
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.answers import code_of, request_of
from tests.office.door import entries
from tests.office.made import Bare, MadeOffice
from tests.office.pdf_text import text_of

CUSTOMERS = demo_customers(8, 5)
WORDS = "<script>alert('x')</script> the address of 2 March is wrong"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("yoga", "Yoga Pratama", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(CUSTOMERS)
        yield made


@pytest.fixture(scope="module")
def ratna(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("ratna")
    yield bare
    bare.end()


@pytest.fixture(scope="module")
def hendra(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("hendra")
    yield bare
    bare.end()


@pytest.fixture
def dewi(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("dewi")
    yield bare
    bare.end()


def record_of(who: Bare, nth: int = 0) -> bytes:
    return bytes(who.client.customer_page(0, 100).rows[nth].record)


def asked(record: bytes, kind: RequestKind, **parts: object) -> OpenRequest:
    named: dict[str, object] = {"id": new_id(), "channel": Channel.PHONE}
    if kind in {RequestKind.RESTRICTION, RequestKind.WITHDRAWAL, RequestKind.OBJECTION}:
        named["purposes"] = ("offers",)
    return OpenRequest(record=record, kind=kind, **(named | parts))  # type: ignore[arg-type]


def opened(ratna: Bare, dewi: Bare, kind: RequestKind) -> bytes:
    """A request that was written down and whose identity is checked."""
    wish = asked(record_of(ratna), kind)
    calls.open_request(ratna.client, wish)
    calls.check_identity(dewi.client, wish.id, CheckIdentity(revision=1, identity=IdentityCheck.CALLER))
    return wish.id


def shown(mine: CustomerRequests, request: bytes) -> ShownRequest:
    return next(one for one in mine.register().requests if one.id == request.hex())


def inventory_of(office: MadeOffice) -> Inventory:
    return load_inventory(office.inventory_text)


def told(office: MadeOffice, event: str, request: bytes) -> list[AuditEntry]:
    """What the log has of a request."""
    return [entry for entry in entries(office, event) if entry.reference == request.hex()]


def test_that_an_agent_writes_it_down_once_with_a_number_and_a_term_and_no_word_of_it_is_in_the_log(
    office: MadeOffice, ratna: Bare, dewi: Bare
) -> None:
    wish = asked(record_of(ratna), RequestKind.ACCESS, hours_ago=1, words=WORDS)
    before = office.clock.now_ms()
    first, again = calls.open_request(ratna.client, wish), calls.open_request(ratna.client, wish)
    assert (first.number, first.due_ms) == (again.number, again.due_ms)
    assert before - 3_600_000 <= first.due_ms - TERM_MS <= office.clock.now_ms() - 3_600_000
    assert calls.words(dewi.client, wish.id).words == WORDS, "shown as it was typed"
    (entry,) = told(office, "request.opened", wish.id)
    assert entry.actor == "ratna"
    assert all("March" not in e.detail and "script" not in e.detail for e in entries(office))
    with office.forging() as db:
        stored = db.execute(select(subject_requests).where(subject_requests.c.id == wish.id)).one()
    assert b"March" not in stored.words, "wrapped under the customer's key"


def test_that_what_cannot_be_is_refused(ratna: Bare) -> None:
    record = record_of(ratna)
    for parts, code in (
        ({"purposes": ("offers",)}, "purposes"),
        ({"words": "a\u202eb"}, "words"),
    ):
        with pytest.raises(InputRefusedError) as refused:
            calls.open_request(ratna.client, asked(record, RequestKind.ACCESS, **parts))
        assert refused.value.code == code
    for beyond in ({"words": "x" * 1_000_000}, {"hours_ago": -1}, {"hours_ago": 9000}):
        with pytest.raises(ValueError, match="OpenRequest"):
            asked(record, RequestKind.ACCESS, **beyond)
    unknown = asked(record, RequestKind.RESTRICTION, purposes=("anything",))
    assert code_of(calls.open_request, ratna.client, unknown) == "purposes"
    elsewhere = asked(new_id(), RequestKind.ACCESS)
    assert code_of(calls.open_request, ratna.client, elsewhere) == "not_in_queue"


def test_that_a_restriction_holds_its_purposes_until_it_is_lifted(office: MadeOffice, ratna: Bare, dewi: Bare) -> None:
    request = opened(ratna, dewi, RequestKind.RESTRICTION)
    done = CloseRequest(revision=2, state=RequestState.DONE)
    calls.end(dewi.client, request, done)
    assert code_of(calls.end, dewi.client, request, done.model_copy(update={"revision": 3})) == "ended"
    shown = request_of(dewi, request)
    assert (shown.state, shown.held) == (RequestState.DONE, ("offers",))
    with office.back_office.opened.database.reading() as db:
        assert held_purposes(db, record_of(ratna)) == {"offers"}
    assert "Hal ini berakhir pada" not in text_of(calls.letter(dewi.client, request, "id").pdf)
    calls.lift(dewi.client, request, LiftHolds(revision=3))
    assert request_of(dewi, request).held == ()
    assert code_of(calls.lift, dewi.client, request, LiftHolds(revision=4)) == "nothing_held"
    letter = text_of(calls.letter(dewi.client, request, "id").pdf)
    assert "Pembatasan pemrosesan data Anda" in letter
    assert "Menawarkan layanan lain" in letter
    assert "Hal ini berakhir pada" in letter, "a letter that is made later promises nothing that is over"


def test_that_a_refusal_wants_a_lawful_reason_and_a_second_person_with_a_fresh_code(
    office: MadeOffice, ratna: Bare, dewi: Bare, hendra: Bare
) -> None:
    request = opened(ratna, dewi, RequestKind.ERASURE)
    refuse = ProposeOutcome(revision=2, refusal=RefusalReason.SAFETY)
    assert code_of(calls.propose, dewi.client, request, refuse) == "no_reason"
    calls.propose(dewi.client, request, ProposeOutcome(revision=2, refusal=RefusalReason.KEPT_BY_LAW))
    yes = DecideProposal(revision=3, is_approved=True)
    assert code_of(calls.decide, dewi.client, request, yes) == "own_proposal"
    assert code_of(calls.decide, ratna.client, request, yes) == "role"
    office.clock.ahead_ms += (office.policy.step_up_s + 1) * 1000
    assert code_of(calls.decide, hendra.client, request, yes) == "step_up"
    hendra.client.step_up(office.code("hendra"))
    calls.decide(hendra.client, request, yes)
    shown = request_of(hendra, request)
    assert (shown.state, shown.refusal, shown.decided_by) == (
        RequestState.REFUSED, RefusalReason.KEPT_BY_LAW, "hendra",
    )  # fmt: skip
    *_refused, entry = told(office, "request.decided", request)
    assert (entry.actor, entry.acting_with, entry.reason) == ("hendra", "dewi", "kept_by_law")
    assert "PP 71/2019" in text_of(calls.letter(dewi.client, request, "en").pdf)


def test_that_a_second_person_who_says_no_leaves_it_open_and_two_who_act_at_once_are_one(
    office: MadeOffice, ratna: Bare, dewi: Bare, hendra: Bare
) -> None:
    request = opened(ratna, dewi, RequestKind.OBJECTION)
    calls.propose(dewi.client, request, ProposeOutcome(revision=2, refusal=RefusalReason.STATISTICS))
    hendra.client.step_up(office.code("hendra"))
    calls.decide(hendra.client, request, DecideProposal(revision=3, is_approved=False))
    shown = request_of(dewi, request)
    assert (shown.state, shown.proposal, shown.refusal) == (RequestState.OPEN, Proposal.NONE, None)
    stale = CloseRequest(revision=3, state=RequestState.DONE)
    assert code_of(calls.end, dewi.client, request, stale) == "changed"


def test_that_a_correction_ends_when_something_was_corrected_and_not_before(
    office: MadeOffice, ratna: Bare, dewi: Bare
) -> None:
    request = opened(ratna, dewi, RequestKind.CORRECTION)
    done = CloseRequest(revision=2, state=RequestState.DONE)
    assert code_of(calls.end, dewi.client, request, done) == "no_edit"
    yoga, record = office.desk("yoga"), record_of(ratna).hex()
    seen = yoga.editing.in_front(record).fields["city"].mark
    yoga.editing.save(yoga.editing.new_request(), record, "city", seen, "Pangkalpinang")
    yoga.end("signed_out")
    calls.end(dewi.client, request, done)
    (entry,) = told(office, "request.ended", request)[1:]
    assert "edits=1" in entry.detail


def test_that_a_copy_of_the_data_is_granted_logged_field_by_field_and_read_in_again(
    office: MadeOffice, ratna: Bare, dewi: Bare, hendra: Bare, tmp_path: Path
) -> None:
    writer = office.desk("yoga")
    writer.save_note(record_of(ratna).hex(), writer.new_note(), "Asked about a late fee.")
    writer.end("signed_out")
    request = opened(ratna, dewi, RequestKind.PORTABILITY)
    record, mine = request_of(dewi, request).record, CustomerRequests(dewi.identity, inventory_of(office), "en")
    target = tmp_path / "copy.zip"

    def save(one: ShownRequest) -> int:
        return mine.save_bundle(one, target)

    assert code_of(save, shown(mine, request)) == "no_grant"
    with office.forging() as db:  # a row alone grants nothing
        grant = {"grant_until_ms": office.clock.now_ms() + 3_600_000, "decided_by": "hendra", "proposed_by": "dewi"}
        db.execute(subject_requests.update().where(subject_requests.c.id == request).values(**grant))
    assert code_of(save, shown(mine, request)) == "no_grant"
    calls.propose(dewi.client, request, ProposeOutcome(revision=2))
    hendra.client.step_up(office.code("hendra"))
    calls.decide(hendra.client, request, DecideProposal(revision=3, is_approved=True))
    one = shown(mine, request)
    assert one.grant_until is not None
    with pytest.raises(FileRefusedError):  # the disk is full, so to speak: nothing half-done, and it can be made again
        mine.save_bundle(one, tmp_path / "gone" / "copy.zip")
    mine.save_bundle(shown(mine, request), target)
    with zipfile.ZipFile(target) as file:
        assert file.namelist() == ["data.json", "data.csv", "data-id.pdf", "data-en.pdf"]
        whole, table = json.loads(file.read("data.json")), file.read("data.csv")
        readable = text_of(file.read("data-id.pdf"))
    values = {field["name"]: field["value"] for field in whole["data"]}
    source = next(c for c in CUSTOMERS if c["customer_number"] == values["customer_number"])
    declared = {field.name for field in inventory_of(office).fields}
    assert {name for name, text in source.items() if text} & declared <= {*values}
    assert values["email"] == source["email"].lower()
    assert whole["notes"][0]["text"] == "Asked about a late fee."
    assert "Asked about a late fee." in readable
    in_one_line = " ".join(readable.split())
    assert in_one_line.count("Disalin untuk permintaan pelanggan sendiri") in {1, 2}, "a copy is one act"
    assert "60 bulan sejak kontrak berakhir" in in_one_line
    assert {field["kept"]["en"] for field in whole["data"] if field["name"] == "email"} == {
        "60 months after the contract ends"
    }
    exported = [e for e in told(office, "request.exported", request) if e.number > 0]
    fields = [e.field for e in exported if e.field]
    assert sorted(fields) == sorted([*values, *values]), "one entry per field, for each of the two times"
    assert {e.acting_with for e in exported} == {"hendra"}
    assert len({a["entry"] for a in whole["processing"]["accesses"]} & {e.number for e in exported}) == len(exported)
    again = tmp_path / "data.csv"
    again.write_bytes(table)
    importer = office.command("hendra")
    report = importer.bring_in(open_csv(again), dry_run=True)
    importer.end()
    assert (report.rows, report.bad) == (1, ()), "portable: an office reads it in as it stands"
    assert not [e for e in entries(office) if source["email"] in e.detail or "late fee" in e.detail]
    assert record in {r.record for r in calls.register(dewi.client).requests if r.bundle_ms is not None}


def test_that_an_erasure_is_answered_when_the_customer_is_gone_and_the_register_stays(
    office: MadeOffice, ratna: Bare, dewi: Bare, hendra: Bare
) -> None:
    record = record_of(ratna, -1)
    wish = asked(record, RequestKind.ERASURE, words="Forget me, please.")
    calls.open_request(ratna.client, wish)
    calls.check_identity(dewi.client, wish.id, CheckIdentity(revision=1, identity=IdentityCheck.DOCUMENT))
    done = CloseRequest(revision=2, state=RequestState.DONE)
    assert code_of(calls.end, dewi.client, wish.id, done) == "not_erased"
    number, orders = (
        request_of(dewi, wish.id).number,
        Erasures(hendra.identity, now=lambda: office.clock.now_ms() / 1000),
    )
    foreign = orders.propose(Action.ERASE, Ground.REQUESTED, str(number - 1), [Subject(record)])
    assert Unusual.NO_REQUEST in foreign.unusual, "that request is not about this customer"
    orders.drop(orders.orders()[0].id.hex())
    own = orders.propose(Action.ERASE, Ground.REQUESTED, str(number), [Subject(record)])
    assert Unusual.NO_REQUEST not in own.unusual
    assert orders.orders()[0].request == number
    assert (request_of(dewi, wish.id).order, request_of(dewi, wish.id).order_state) == (own.number, OrderState.WAITING)
    orders.drop(orders.orders()[0].id.hex())
    assert request_of(dewi, wish.id).order == 0, "what was taken back answers nothing"
    with office.forging() as db:
        destroy_customer(office.back_office.opened, db, record)
    calls.end(dewi.client, wish.id, done)
    gone = request_of(dewi, wish.id)
    assert (gone.state, gone.customer_number, gone.customer_name) == (RequestState.DONE, "", "")
    assert calls.words(dewi.client, wish.id).words == "", "they went with their customer"
    assert "erased your data" in text_of(calls.letter(dewi.client, wish.id, "en").pdf)


def test_that_an_agent_sees_no_register(ratna: Bare) -> None:
    with pytest.raises(NotAllowedError) as refused:
        calls.register(ratna.client)
    assert refused.value.code == "role"


def test_that_a_request_late_by_the_offices_clock_stays_late_and_its_term_where_it_was(
    office: MadeOffice, ratna: Bare, dewi: Bare
) -> None:
    request = opened(ratna, dewi, RequestKind.WITHDRAWAL)
    due_ms = request_of(dewi, request).due_ms
    dewi.end()
    office.clock.ahead_ms += TERM_MS + 1000
    for _twice in range(2):
        with acting_for(OFFICE), office.back_office.opened.writing() as db:
            remind(office.back_office.opened, db)
    (due,) = told(office, "request.due", request)
    assert (due.reason, due.actor, due.detail[-8:]) == ("72", "", "late=yes")
    again = office.bare("dewi")
    calls.end(again.client, request, CloseRequest(revision=2, state=RequestState.DONE))
    assert request_of(again, request).due_ms == due_ms
    (entry,) = told(office, "request.ended", request)
    assert "late=yes" in entry.detail
    assert "We are sorry" in " ".join(text_of(calls.letter(again.client, request, "en").pdf).split())
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        (said,) = db.execute(select(consents).where(consents.c.record == request_of(again, request).record)).all()
    receipt = verified(receipt_file(office.back_office.opened, said))
    number = request_of(again, request).number
    assert (receipt.purpose, receipt.said, receipt.recording) == ("offers", "withdrawn", f"request/{number}")
    assert (receipt.channel, receipt.means) == ("spoken", "caller")
    assert "receipts=1" in entry.detail
    again.end()

"""One session at the desk: what a false answer opens (nothing), what is left when the office is away (a draft)."""

import json
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest

from app.api.messages.reveals import SaveNote
from app.crypto.errors import SealError
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError, VerificationError
from app.guardian.receipts import from_json, to_json
from app.session.desk import Desk
from app.session.ends import NOTE_WAITS
from app.session.errors import OfficeAwayError, RolledBackError, SessionOverError
from app.session.noting import DRAFT_ITEM
from app.session.shown import Action, RequestState, ShownCustomer
from app.session.witness import recall
from tests.demo.customers import demo_customers
from tests.office.door import entries, opened
from tests.office.lying import Json, sign_in_at
from tests.office.made import MadeOffice, made_office

WHY = "the caller disputes the charge of 2 March"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(demo_customers(30, 7))
        yield office


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


class Lie:
    """What is done to an answer, once a test has said it."""

    def __init__(self) -> None:
        self.change: Callable[[Json], object] = lambda _a: None

    def __call__(self, answer: Json) -> None:
        self.change(answer)


def lied_to(office: MadeOffice, path: str) -> tuple[Desk, Lie]:
    lie = Lie()
    desk = sign_in_at(office, path, lie).sign_in("ratna", office.people["ratna"].password, office.code("ratna"))
    desk.fill(lambda _d, _t: None)
    return desk, lie


def some(desk: Desk, nth: int = 0) -> ShownCustomer:
    return desk.customer(desk.search("", None).ids[nth])


# finding


def test_that_only_the_persons_queues_are_here(desk: Desk) -> None:
    assert {row.queue for row in desk.rows(desk.search("", None).ids)} == {"billing"}


def test_that_a_customer_who_is_not_here_is_refused(desk: Desk) -> None:
    with pytest.raises(NotAllowedError) as refusal:
        desk.customer(10**6)
    assert refusal.value.code == "not_in_queue"


def test_that_each_field_offers_the_one_action_which_the_role_has(desk: Desk) -> None:
    actions = {c: {f.action for f in fields if f.mask} for c, fields in some(desk).sections}
    assert actions[DataClass.CONTACT] == {Action.REVEAL}
    assert actions[DataClass.FINANCIAL] == {Action.ASK}
    assert actions.get(DataClass.SPECIAL, set()) <= {Action.NONE}


def test_that_a_newcomer_is_told_why_nothing_opens_and_gets_the_keys_by_a_beat(office: MadeOffice) -> None:
    office.hire("newcomer", "Baru Sekali", grant=False)
    desk = office.desk("newcomer")
    contact = dict(some(desk).sections)[DataClass.CONTACT]
    assert {(f.action, f.reason) for f in contact if f.mask} == {(Action.NONE, "no_class_key")}
    with pytest.raises(NotAllowedError) as refusal:
        desk.reveal(some(desk).record, "mobile_phone", "call_back")
    assert refusal.value.code == "no_class_key"
    hendra = office.command("hendra")
    hendra.grant("newcomer")
    hendra.end()
    desk.beat()
    assert desk.reveal(some(desk).record, "mobile_phone", "call_back").value.reveal()
    desk.end("signed_out")


# false answers


def other_share(answer: Json) -> None:
    answer["share"] = "A" * 43 + "="


def other_blob(answer: Json) -> None:
    blob = answer["blob"]
    answer["blob"] = blob[:-6] + ("AAAAA=" if blob.endswith("=") else "AAAAAA")


def other_salt(answer: Json) -> None:
    answer["package"]["salt"] = "A" * 22 + "=="


def other_check(answer: Json) -> None:
    answer["package"]["check"] = "A" * 22 + "=="


def other_batch(answer: Json) -> None:
    answer["package"]["batch"] = "A" * 22 + "=="


def other_box(answer: Json) -> None:
    answer["package"]["box"] = answer["package"]["box"][:-8] + "AAAAAAA="


@pytest.mark.parametrize("lie", [other_share, other_blob, other_salt, other_check, other_batch, other_box])
def test_that_a_false_answer_opens_nothing(office: MadeOffice, lie: Callable[[Json], None]) -> None:
    desk, lying = lied_to(office, "/v1/reveals")
    lying.change = lie
    with pytest.raises((SealError, VerificationError)) as refusal:
        desk.reveal(some(desk).record, "mobile_phone", "call_back")
    assert "+62" not in str(refusal.value)
    desk.end("signed_out")


def test_that_one_customers_answer_does_not_open_for_another(office: MadeOffice) -> None:
    """A confused or lying office hands out the value of somebody else."""
    desk, lying = lied_to(office, "/v1/reveals")
    kept: list[Json] = []
    lying.change = lambda a: kept.append(dict(a))
    desk.reveal(some(desk, 0).record, "mobile_phone", "call_back")
    lying.change = lambda a: a.update(kept[0])
    for nth, field in ((1, "mobile_phone"), (0, "email")):
        with pytest.raises(SealError):
            desk.reveal(some(desk, nth).record, field, "call_back")
    desk.end("signed_out")


def test_that_an_answer_about_another_class_is_not_opened_with_its_key(office: MadeOffice) -> None:
    desk, lying = lied_to(office, "/v1/reveals")
    lying.change = lambda a: a["package"].update(data_class="note")
    with pytest.raises(TiraiError):
        desk.reveal(some(desk).record, "mobile_phone", "call_back")
    desk.end("signed_out")


# unlocks


@pytest.mark.slow
@pytest.mark.parametrize(
    "forged",
    [
        {"decided_by": "adi"},
        {"decided_by": "ratna"},
        {"decided_by": "nobody"},
        {"until_ms": 2**40},
        {"views": 2},
        {"field": "bank_account"},
        {"signature": "AAAA"},
        {"sealed_half": "AAAA"},
    ],
    ids=lambda f: next(iter(f)) + str(next(iter(f.values())))[:6],
)
def test_that_a_forged_approval_asks_for_no_share(office: MadeOffice, forged: Json) -> None:
    desk, lying = lied_to(office, "/v1/unlocks/own")
    approval = office.approval("hendra")
    asked = desk.ask(some(desk).record, "card_number", "dispute", WHY)
    approval.waiting()
    approval.approve(asked.id, 120)
    approval.end()
    lying.change = lambda a: [r.update(forged) for r in a["requests"]]
    before = len(entries(office, "reveal"))
    with pytest.raises(TiraiError):
        desk.open_unlocked(asked.id)
    assert len(entries(office, "reveal")) == before
    lying.change = lambda _a: None
    assert desk.open_unlocked(asked.id).opened_by == "Hendra Kusuma"
    desk.end("signed_out")


@pytest.mark.parametrize("part", ["kem", "sign", "session", "seat", "end_ms", "signature"])
def test_that_a_supervisor_seals_to_no_session_whose_card_is_forged(office: MadeOffice, desk: Desk, part: str) -> None:
    false = {
        "kem": "A" * 1621 + "A==", "sign": "A" * 43 + "=", "session": "A" * 22 + "==", "seat": "X-1", "end_ms": 1,
        "signature": "AAAA",
    }  # fmt: skip

    def forge(answer: Json) -> None:
        for request in answer["requests"]:
            request["card"][part] = false[part]

    approval = sign_in_at(office, "/v1/unlocks/waiting", forge).sign_in_to_approve(
        "hendra", office.people["hendra"].password, office.code("hendra")
    )
    asked = desk.ask(some(desk).record, "card_number", "dispute", WHY)
    approval.waiting()
    with pytest.raises(VerificationError):
        approval.approve(asked.id, 120)
    approval.end()
    assert desk.requests()[-1].state is RequestState.WAITING


def test_that_a_supervisor_decides_only_on_what_stood_on_the_screen(office: MadeOffice, desk: Desk) -> None:
    approval = office.approval("hendra")
    asked = desk.ask(some(desk).record, "card_number", "dispute", WHY)
    decisions: tuple[Callable[[], None], ...] = (
        lambda: approval.approve(asked.id, 120),
        lambda: approval.deny(asked.id, "no"),
    )
    for call in decisions:
        with pytest.raises(NotAllowedError) as refusal:
            call()
        assert refusal.value.code == "expired"
    approval.end()


def test_that_a_request_for_a_field_of_another_class_is_not_shown_as_it_says(office: MadeOffice, desk: Desk) -> None:
    def reclass(answer: Json) -> None:
        for request in answer["requests"]:
            request["data_class"] = "contact"

    approval = sign_in_at(office, "/v1/unlocks/waiting", reclass).sign_in_to_approve(
        "hendra", office.people["hendra"].password, office.code("hendra")
    )
    desk.ask(some(desk).record, "card_number", "dispute", WHY)
    assert approval.waiting() == [], "and it keeps no other from being decided"
    approval.end()


# the session's end, and an office that is away


def test_that_a_beat_remembers_what_it_saw(office: MadeOffice, desk: Desk) -> None:
    it = opened(office)
    office.command("hendra").end()
    desk.beat()
    seen = recall(office.store, it.id)
    assert seen is not None
    assert seen.book is not None
    assert seen.audit is not None
    assert seen.book.head == it.book.head
    assert seen.audit.head == entries(office)[-1].hash


def longer_book(lease: Json) -> None:
    lease["book"].update(length=10**6)


def another_book(lease: Json) -> None:
    lease["book"].update(head="A" * 43 + "=")


def another_log(lease: Json) -> None:
    lease["audit"].update(head="A" * 43 + "=")


def longer_log(lease: Json) -> None:
    lease["audit"].update(length=lease["audit"]["length"] + 1)


def shorter_log(lease: Json) -> None:
    lease["audit"].update(length=lease["audit"]["length"] - 1)


def no_proof(lease: Json) -> None:
    lease.update(audit_proof=[])


def a_proof_too_many(lease: Json) -> None:
    lease["audit_proof"].append("A" * 43 + "=")


def a_false_proof(lease: Json) -> None:
    lease["audit_proof"][0] = "A" * 43 + "="


@pytest.mark.parametrize(
    "lie",
    [
        longer_book, another_book, another_log, longer_log, shorter_log, no_proof, a_proof_too_many, a_false_proof,
    ],
)  # fmt: skip
def test_that_a_lease_which_does_not_follow_what_was_seen_is_refused_and_not_remembered(
    office: MadeOffice, lie: Callable[[Json], None]
) -> None:
    desk, lying = lied_to(office, "/v1/session/lease")
    desk.beat()
    before = recall(office.store, opened(office).id)
    office.command("hendra").end()  # the log grows, and the workstation remembers that
    remembered = recall(office.store, opened(office).id)
    lying.change = lie
    for _ in range(2):
        with pytest.raises(RolledBackError):
            desk.beat()
    assert recall(office.store, opened(office).id) == remembered != before
    lying.change = lambda _a: None
    desk.beat()
    desk.end("signed_out")


def test_that_a_session_whose_person_signs_in_again_is_over_and_knows_why(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    newer = office.desk("ratna")
    with pytest.raises(SessionOverError) as over:
        desk.beat()
    assert over.value.code == "signed_in_again"
    receipt = desk.end("signed_in_again")
    assert receipt.ok
    newer.beat()
    newer.end("signed_out")


def test_that_without_an_office_nothing_opens_and_a_note_waits_in_the_outbox(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = some(desk).record
    office.stop()
    try:
        for call in (desk.beat, lambda: desk.reveal(record, "mobile_phone", "call_back"), desk.requests):
            with pytest.raises(OfficeAwayError):
                call()
        assert desk.search("", None).ids
        assert isinstance(desk.save_note(record, desk.new_note(), "half a sentence").why, OfficeAwayError)
        assert desk.outbox().waits == 1
        receipt = desk.end("office_lost")
        assert receipt.audit_entry is None
        assert not office.store.session_ids()
        assert ("session", "ended") in {(line.what, line.outcome) for line in receipt.lines}
    finally:
        office.serve()


def test_that_a_note_whose_answer_was_lost_is_one_note_after_the_next_try(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, note, client = some(desk, 3).record, desk.new_note(), desk._identity.client
    really = client.save_note

    def kept_and_not_answered(request: SaveNote) -> NoReturn:
        really(request)
        raise OfficeAwayError("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(client, "save_note", kept_and_not_answered)
        assert desk.save_note(record, note, "half a sentence").why is not None
    desk.save_note(record, note, "half a sentence, and the rest")
    desk.deliver()
    assert [n.text.reveal() for n in desk.notes(record)] == ["half a sentence, and the rest"]


def test_that_a_saved_note_leaves_no_draft(desk: Desk) -> None:
    desk.save_note(some(desk).record, desk.new_note(), "a whole sentence")
    assert json.loads(desk._open.cache.get(DRAFT_ITEM) or b"{}")["text"] == ""


def test_that_the_receipt_tells_what_was_destroyed_and_where_it_stands_in_the_log(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    receipt = desk.end("signed_out")
    assert [(line.what, line.outcome) for line in receipt.lines] == [
        ("keyring", "removed"), ("cache", "removed"), ("clipboard", "left_alone"), ("memory", "ended"),
        ("session", "revoked"),
    ]  # fmt: skip
    last = entries(office, "wipe")[-1]
    assert (last.number, last.reason) == (receipt.audit_entry, "signed_out")
    assert "keyring=removed" in last.detail


def test_that_a_note_which_the_office_did_not_take_is_said_in_the_receipt(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    customer = some(desk)
    office.stop()
    try:
        desk.save_note(customer.record, desk.new_note(), "half a sentence")
        receipt = desk.end("office_lost")
    finally:
        office.serve()
    assert (receipt.note, receipt.details) == (customer.number, (NOTE_WAITS,))


def test_that_an_idle_end_stands_in_the_log_and_in_the_receipt(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    customer = some(desk)
    desk.save_note(customer.record, desk.new_note(), "a whole sentence")
    assert desk.idle_end_s == office.policy.idle_end_s == 900
    receipt = from_json(to_json(desk.end("idle")))
    assert (receipt.cause, receipt.note, receipt.details) == ("idle", customer.number, ())
    assert [entries(office, event)[-1].reason for event in ("session.end", "wipe")] == ["idle", "idle"]

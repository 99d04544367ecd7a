"""A value's way out: who, what, how often, why, and nothing before its entry is committed."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from app.api.client.errors import SessionOverError
from app.api.messages.reveals import ApproveUnlock, AskUnlock, ReadNotes, RefuseUnlock, RevealRequest, SaveNote
from app.api.messages.wire import MOST_ENTRIES
from app.auth.book import Kind
from app.auth.session_card import reveal_request
from app.backoffice import reveal as office_reveal
from app.backoffice.reveal import SAME_ANSWER_MS
from app.crypto import values
from app.domain.errors import NotAllowedError, WorkstationError
from app.session.approval import Approval
from app.session.identity import Identity, new_id
from tests.demo.customers import demo_customers
from tests.office.door import entries, nothing_can_be_written, opened, rows_of
from tests.office.made import Bare, MadeOffice, made_office

WHY = "the caller disputes the charge of 2 March"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("budi", "Budi Santoso", queues=("delivery",))
        office.hire("newcomer", "Baru Sekali", grant=False)
        office.hire("sinta", "Sinta Maharani", "privacy_officer", ("*",))
        office.bring_in(demo_customers(40, 7))
        yield office


@dataclass
class Console:
    """A signed-in console without a screen and without a cache."""

    session: Bare

    @property
    def identity(self) -> Identity:
        return self.session.identity

    def request(
        self, record: bytes, field: str = "mobile_phone", reason: str = "call_back", words: str = "",
        unlock: bytes | None = None, request: bytes = b"",
    ) -> RevealRequest:  # fmt: skip
        request = request or new_id()
        it = self.identity
        message = reveal_request(it.office, it.session, record, field, reason, words, request)
        return RevealRequest(
            request=request, record=record, field=field, reason=reason, words=words, unlock=unlock,
            signature=it.sign(message),
        )  # fmt: skip

    def ask(self, record: bytes, field: str = "card_number", reason: str = "dispute", words: str = WHY) -> bytes:
        asked = AskUnlock(request=new_id(), record=record, field=field, reason=reason, words=words)
        self.identity.client.ask_unlock(asked)
        return asked.request


def signed_in(office: MadeOffice, account: str) -> Iterator[Console]:
    office.clock.pass_s(11 * 3600)  # a new shift: quotas begin anew
    console = Console(office.bare(account))
    yield console
    console.session.end()


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Console]:
    yield from signed_in(office, "ratna")


def record_in(office: MadeOffice, queue: str, nth: int = 0) -> bytes:
    """A customer of a queue whose card number is there."""
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == "card_number"}
    found = [r.record for r in rows_of(office, "customers") if r.queue == queue and r.record in filled]
    record: bytes = found[nth]
    return record


def code_of(console: Console, request: RevealRequest) -> str:
    with pytest.raises(NotAllowedError) as refusal:
        console.identity.client.reveal(request)
    return refusal.value.code


def revealed(office: MadeOffice) -> int:
    return len([e for e in entries(office, "reveal") if e.outcome == "ok"])


# one answer, one entry


def test_that_a_reveal_has_one_entry_which_names_field_and_reason_but_no_value(
    office: MadeOffice, ratna: Console
) -> None:
    record, before = record_in(office, "billing"), revealed(office)
    answer = ratna.identity.client.reveal(ratna.request(record, reason="other", words="she asked me to"))
    last = entries(office, "reveal")[-1]
    assert (answer.entry, revealed(office)) == (last.number, before + 1)
    assert (last.actor, last.record, last.field, last.data_class, last.reason) == (
        "ratna", record.hex(), "mobile_phone", "contact", "other",
    )  # fmt: skip
    assert last.detail.startswith("words=")
    assert "she asked" not in repr(last)


def test_that_the_same_request_within_half_a_minute_counts_once(office: MadeOffice, ratna: Console) -> None:
    request, before = ratna.request(record_in(office, "billing")), revealed(office)
    first = ratna.identity.client.reveal(request)
    office.clock.pass_s(SAME_ANSWER_MS / 2000)
    assert ratna.identity.client.reveal(request) == first
    assert revealed(office) == before + 1
    office.clock.pass_s(SAME_ANSWER_MS / 1000 + 1)
    assert ratna.identity.client.reveal(request).entry == first.entry + 1
    assert revealed(office) == before + 2


def test_that_the_same_request_at_the_same_time_counts_once(
    office: MadeOffice, ratna: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, before, real = ratna.request(record_in(office, "billing")), revealed(office), values.share
    both = threading.Barrier(2, timeout=0.3)

    def slow_share(z: bytes, ctx: bytes) -> bytes:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait()
        return real(z, ctx)

    monkeypatch.setattr(office_reveal, "share", slow_share)
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(ratna.identity.client.reveal(request).entry)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(set(answers)) == 1
    assert len(answers) == 2
    assert revealed(office) == before + 1


def test_that_a_request_id_is_good_for_one_field_of_one_record(office: MadeOffice, ratna: Console) -> None:
    record, other = record_in(office, "billing"), record_in(office, "billing", 1)
    request = ratna.request(record)
    ratna.identity.client.reveal(request)
    assert code_of(ratna, ratna.request(other, request=request.request)) == "replay"
    assert code_of(ratna, ratna.request(record, "email", request=request.request)) == "replay"


def test_that_a_request_id_of_another_session_gives_nothing(office: MadeOffice, ratna: Console) -> None:
    record = record_in(office, "billing")
    request = ratna.request(record)
    ratna.identity.client.reveal(request)
    hendra = Console(office.bare("hendra"))
    assert code_of(hendra, hendra.request(record, request=request.request)) == "replay"
    assert code_of(hendra, request) == "signature"
    hendra.session.end()


# who may


@pytest.mark.parametrize(
    "change",
    [
        {"record": bytes(16)},
        {"field": "email"},
        {"reason": "confirm_delivery"},
        {"words": "other words"},
        {"request": bytes(16)},
        {"signature": bytes(64)},
        {"signature": b""},
    ],
    ids=lambda c: next(iter(c)),
)
def test_that_a_request_which_the_session_did_not_sign_is_refused(
    office: MadeOffice, ratna: Console, change: dict[str, object]
) -> None:
    before = revealed(office)
    request = ratna.request(record_in(office, "billing")).model_copy(update=change)
    assert code_of(ratna, request) == "signature"
    assert revealed(office) == before


def test_that_a_customer_of_another_queue_and_one_that_is_none_are_refused_alike(
    office: MadeOffice, ratna: Console
) -> None:
    other, none = record_in(office, "delivery"), bytes(16)
    refusals = []
    for record in (other, none):
        with pytest.raises(NotAllowedError) as refusal:
            ratna.identity.client.reveal(ratna.request(record))
        refusals.append((refusal.value.code, refusal.value.message))
    assert refusals == [("not_in_queue", "This customer is not in your queues.")] * 2


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("nik", "role"),
        ("card_number", "role"),
        ("health_note", "privacy_officer_only"),
        ("full_name", "no_field"),
        ("no_such_field", "no_field"),
        ("note/00", "no_field"),
    ],
)
def test_that_a_field_beyond_the_role_is_refused(office: MadeOffice, ratna: Console, field: str, code: str) -> None:
    filled = {r.record for r in rows_of(office, "sealed_values") if r.field == field}
    mine = {r.record for r in rows_of(office, "customers") if r.queue == "billing"}
    record = next(iter(sorted(filled & mine)), record_in(office, "billing"))
    assert code_of(ratna, ratna.request(record, field)) == code
    last = entries(office, "reveal")[-1]
    assert (last.outcome, last.reason, last.actor) == ("refused", code, "ratna")
    assert last.field == ("" if field in {"no_such_field", "note/00"} else field)


def test_that_without_a_class_grant_nothing_opens(office: MadeOffice) -> None:
    console = Console(office.bare("newcomer"))
    assert code_of(console, console.request(record_in(office, "billing"))) == "no_class_key"
    console.session.end()


def test_that_an_administrator_sees_and_opens_nothing(office: MadeOffice) -> None:
    console = Console(office.bare("adi"))
    with pytest.raises(NotAllowedError):
        console.identity.client.customer_page(0, 10)
    with pytest.raises(NotAllowedError):
        console.identity.client.reveal(console.request(record_in(office, "billing")))
    console.session.end()


def test_that_a_privacy_officer_needs_a_fresh_code(office: MadeOffice) -> None:
    console = Console(office.bare("sinta"))
    record = record_in(office, "billing")
    console.identity.client.reveal(console.request(record, "card_number", "subject_request"))
    office.clock.pass_s(office.policy.step_up_s + 1)
    assert code_of(console, console.request(record, "card_number", "subject_request")) == "step_up"
    console.identity.client.step_up(office.code("sinta"))
    console.identity.client.reveal(console.request(record, "card_number", "subject_request"))
    console.session.end()


def test_that_a_role_which_lost_the_class_gets_no_share_at_once(office: MadeOffice, ratna: Console) -> None:
    office.hire("wati", "Wati Lestari")
    wati, it = Console(office.bare("wati")), opened(office)
    wati.identity.client.reveal(wati.request(record_in(office, "billing")))
    adi = office.command("adi")
    old = it.book.active("wati")
    draft = it.book.draft(
        Kind.ACCOUNT, "wati", role="administrator", queues=old.queues, state="active", kem=old.kem, sign=old.sign
    )
    with it.writing() as db:
        it.write_book(db, draft.signed(it.id, [("adi", adi._identity.keys.seed)]))
    adi.end()
    assert code_of(wati, wati.request(record_in(office, "billing"))) in {"not_in_queue", "role"}
    wati.session.end()


# why and how often


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("dispute", ""),
        ("no_such_reason", ""),
        ("other", ""),
        ("other", "too short"),
        ("other", "x" * 201),
        ("other", " " * 40),
    ],
)
def test_that_a_reason_must_be_one_of_policys_with_words_where_it_wants_them(
    office: MadeOffice, ratna: Console, reason: str, words: str
) -> None:
    before = revealed(office)
    assert code_of(ratna, ratna.request(record_in(office, "billing"), reason=reason, words=words)) == "reason"
    assert revealed(office) == before


# nothing before its entry


def test_that_no_share_is_released_when_the_entry_cannot_be_written(
    office: MadeOffice, ratna: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, before = ratna.request(record_in(office, "billing")), revealed(office)
    with nothing_can_be_written(office), pytest.raises(WorkstationError) as full:
        ratna.identity.client.reveal(request)
    assert full.value.code == "audit"
    assert revealed(office) == before
    # Not even the answer was kept: the same id asks anew, and is counted.
    ratna.identity.client.reveal(request)
    assert revealed(office) == before + 1


def test_that_the_entry_is_committed_before_the_answer_leaves(
    office: MadeOffice, ratna: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen from another connection at the moment at which the answer is handed to the server."""
    seen: list[int] = []
    real = office_reveal.reveal

    def look(*args: object) -> object:
        answer = real(*args)  # type: ignore[arg-type]
        with opened(office).database.reading() as db:
            seen.append(opened(office).log.head(db)[0])
        return answer

    monkeypatch.setattr(office_reveal, "reveal", look)
    answer = ratna.identity.client.reveal(ratna.request(record_in(office, "billing")))
    assert seen == [answer.entry]


# unlocks


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[Approval]:
    approval = office.approval("hendra")
    yield approval
    approval.end()


def test_that_an_approved_field_opens_once_and_both_entries_name_the_request(
    office: MadeOffice, ratna: Console, hendra: Approval
) -> None:
    record = record_in(office, "billing")
    request = ratna.ask(record)
    hendra.waiting()
    hendra.approve(request.hex(), 120)
    answer = ratna.identity.client.reveal(ratna.request(record, "card_number", "unlock", unlock=request))
    assert answer.sealed_half is not None
    approved, opened_ = entries(office, "unlock.approve")[-1], entries(office, "reveal")[-1]
    assert approved.reference == opened_.reference == request.hex()
    assert (opened_.actor, opened_.acting_with) == ("ratna", "hendra")
    assert code_of(ratna, ratna.request(record, "card_number", "unlock", unlock=request)) == "unlock_used"


def test_that_an_unlock_opens_no_other_field_record_or_session(
    office: MadeOffice, ratna: Console, hendra: Approval
) -> None:
    record, other = record_in(office, "billing"), record_in(office, "billing", 1)
    request = ratna.ask(record)
    hendra.waiting()
    hendra.approve(request.hex(), 120)
    assert code_of(ratna, ratna.request(record, "bank_account", "unlock", unlock=request)) == "unlock"
    assert code_of(ratna, ratna.request(other, "card_number", "unlock", unlock=request)) == "unlock"
    assert code_of(ratna, ratna.request(record, "card_number", "unlock", unlock=bytes(16))) == "unlock"
    newcomer = Console(office.bare("newcomer"))
    assert code_of(newcomer, newcomer.request(record, "card_number", "unlock", unlock=request)) == "unlock"
    newcomer.session.end()


def test_that_an_unlock_is_over_after_its_time(office: MadeOffice, ratna: Console, hendra: Approval) -> None:
    record = record_in(office, "billing")
    request = ratna.ask(record)
    hendra.waiting()
    hendra.approve(request.hex(), 60)
    office.clock.pass_s(61)
    assert code_of(ratna, ratna.request(record, "card_number", "unlock", unlock=request)) == "unlock_over"


def test_that_a_request_nobody_decided_is_over_after_its_time(
    office: MadeOffice, ratna: Console, hendra: Approval
) -> None:
    request = ratna.ask(record_in(office, "billing"))
    hendra.waiting()
    office.clock.pass_s(office.policy.unlock_wait_s + 1)
    with pytest.raises(NotAllowedError) as refusal:
        hendra.approve(request.hex(), 60)
    assert refusal.value.code == "expired"
    assert hendra.waiting() == []


def test_that_an_unlock_dies_with_the_session_that_asked(office: MadeOffice, hendra: Approval) -> None:
    first = Console(office.bare("ratna"))
    record = record_in(office, "billing")
    request = first.ask(record)
    hendra.waiting()
    hendra.approve(request.hex(), 120)
    first.session.end()
    again = Console(office.bare("ratna"))
    assert code_of(again, again.request(record, "card_number", "unlock", unlock=request)) == "unlock"
    again.session.end()


def approval_of(office: MadeOffice, ratna: Console, hendra: Approval) -> tuple[bytes, ApproveUnlock]:
    """A request and a grant for it that would be taken."""
    request = ratna.ask(record_in(office, "billing"))
    hendra.waiting()
    seen = hendra._of(request.hex())
    expiry_ms = office.clock.now_ms() + 60_000
    assert seen.card is not None
    return request, hendra._grant(seen, seen.card, hendra._field(seen).data_class, expiry_ms)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"views": 2}, "too_long"),
        ({"expiry_ms": MOST_ENTRIES}, "too_long"),
        ({"expiry_ms": 0}, "too_long"),
        ({"salt": bytes(16)}, "changed"),
        ({"sealed_half": b"another"}, "altered"),
        ({"signature": bytes(64)}, "altered"),
    ],
)
def test_that_a_grant_which_says_something_else_is_refused_and_logged(
    office: MadeOffice, ratna: Console, hendra: Approval, change: dict[str, object], code: str
) -> None:
    request, grant = approval_of(office, ratna, hendra)
    client = hendra._identity.client
    with pytest.raises(NotAllowedError) as refusal:
        client.approve(request, grant.model_copy(update=change))
    assert refusal.value.code == code
    last = entries(office, "unlock.approve")[-1]
    assert (last.outcome, last.reason, last.actor) == ("refused", code, "hendra")
    client.approve(request, grant)


def test_that_a_decided_request_is_not_decided_again(office: MadeOffice, ratna: Console, hendra: Approval) -> None:
    request, grant = approval_of(office, ratna, hendra)
    client = hendra._identity.client
    client.approve(request, grant)
    decisions: tuple[tuple[Callable[[], None], str], ...] = (
        (lambda: client.approve(request, grant), "decided"),
        (lambda: client.refuse(request, RefuseUnlock(why="no")), "decided"),
        (lambda: client.approve(bytes(16), grant), "expired"),
    )
    for call, code in decisions:
        with pytest.raises(NotAllowedError) as refusal:
            call()
        assert refusal.value.code == code


def test_that_nobody_decides_their_own_request_or_a_class_beyond_them(office: MadeOffice, ratna: Console) -> None:
    hendra = Console(office.bare("hendra"))
    filled = next(r.record for r in rows_of(office, "sealed_values") if r.field == "health_note")
    request = hendra.ask(filled, "health_note", "special_need", WHY)
    assert [r.id for r in hendra.identity.client.waiting_requests().requests] == []
    grant = ApproveUnlock(
        expiry_ms=office.clock.now_ms() + 60_000,
        views=1,
        salt=bytes(16),
        sealed_half=b"",
        sealed_to=bytes(32),
        signature=bytes(64),
    )
    with pytest.raises(NotAllowedError) as own:
        hendra.identity.client.approve(request, grant)
    assert own.value.code == "own_request"
    with pytest.raises(NotAllowedError) as beyond:
        ratna.identity.client.approve(request, grant)
    assert beyond.value.code == "class_not_held"
    hendra.session.end()


def test_that_a_stale_step_up_approves_nothing(office: MadeOffice, ratna: Console) -> None:
    """In a console, that is: an approval's own session ends with its code."""
    console = office.bare("hendra")
    hendra = Approval(console.identity, console.answer)
    office.clock.pass_s(office.policy.step_up_s + 1)
    request, grant = approval_of(office, ratna, hendra)
    with pytest.raises(NotAllowedError) as refusal:
        hendra._identity.client.approve(request, grant)
    assert refusal.value.code == "step_up"
    hendra.step_up(office.code("hendra"))
    hendra.waiting()
    hendra.approve(request.hex(), 60)
    console.end()


def test_that_an_approval_is_over_when_its_code_is(office: MadeOffice, ratna: Console, hendra: Approval) -> None:
    request, grant = approval_of(office, ratna, hendra)
    office.clock.pass_s(office.policy.step_up_s - 120)
    hendra._identity.renew()
    hendra.waiting()
    office.clock.pass_s(121)
    client = hendra._identity.client
    calls: tuple[Callable[[], object], ...] = (
        client.waiting_requests,
        lambda: client.approve(request, grant),
        lambda: client.refuse(request, RefuseUnlock(why="no")),
        lambda: client.step_up(office.code("hendra")),
        client.lease,
    )
    for call in calls:
        with pytest.raises(SessionOverError):
            call()


@pytest.mark.parametrize(
    ("field", "reason", "words", "code"),
    [
        ("mobile_phone", "other", WHY, "role"),
        ("health_note", "special_need", WHY, "role"),
        ("full_name", "other", WHY, "no_field"),
        ("card_number", "dispute", "", "reason"),
        ("card_number", "special_need", WHY, "reason"),
    ],
)
def test_that_a_request_beyond_the_role_or_without_words_is_refused_and_logged(
    office: MadeOffice, ratna: Console, field: str, reason: str, words: str, code: str
) -> None:
    with pytest.raises(NotAllowedError) as refusal:
        ratna.ask(record_in(office, "billing"), field, reason, words)
    assert refusal.value.code == code
    last = entries(office, "unlock.ask")[-1]
    assert (last.outcome, last.reason) == ("refused", code)


def test_that_a_request_id_asks_once(office: MadeOffice, ratna: Console) -> None:
    asked = AskUnlock(
        request=new_id(), record=record_in(office, "billing"), field="card_number", reason="dispute", words=WHY
    )
    ratna.identity.client.ask_unlock(asked)
    with pytest.raises(NotAllowedError) as refusal:
        ratna.identity.client.ask_unlock(asked)
    assert refusal.value.code == "replay"


def test_that_free_text_lies_wrapped_and_in_the_log_as_a_hash(office: MadeOffice, ratna: Console) -> None:
    ratna.ask(record_in(office, "billing"), words="a sentence nobody else would write")
    assert b"nobody else" not in b"".join(r.words for r in rows_of(office, "unlocks"))
    assert not any("nobody else" in repr(e) for e in entries(office))


def test_that_a_newer_request_for_the_same_field_takes_the_place_of_the_older(
    office: MadeOffice, ratna: Console, hendra: Approval
) -> None:
    record = record_in(office, "billing")
    ratna.ask(record)
    newer = ratna.ask(record)
    assert [w.id for w in hendra.waiting()] == [newer.hex()]


def test_that_a_withdrawn_request_is_nobodys(office: MadeOffice, ratna: Console, hendra: Approval) -> None:
    request = ratna.ask(record_in(office, "billing"))
    ratna.identity.client.withdraw(request)
    assert hendra.waiting() == []
    with pytest.raises(NotAllowedError):
        ratna.identity.client.withdraw(request)


def test_that_a_refusal_reaches_the_agent_with_its_reason(office: MadeOffice, ratna: Console, hendra: Approval) -> None:
    request = ratna.ask(record_in(office, "billing"))
    hendra.waiting()
    hendra.deny(request.hex(), "Ask the caller for the last four digits.")
    own = next(r for r in ratna.identity.client.own_requests().requests if r.id == request)
    assert (own.state, own.why) == ("refused", "Ask the caller for the last four digits.")
    assert own.sealed_half is None


# notes


def test_that_notes_open_together_as_one_logged_read(office: MadeOffice, ratna: Console) -> None:
    record, client = record_in(office, "billing", 2), ratna.identity.client
    for text in ("one", "two"):
        client.save_note(SaveNote(note=new_id(), record=record, text=text))
    it, request = ratna.identity, new_id()
    message = reveal_request(it.office, it.session, record, "notes", "", "", request)
    before = len(entries(office))
    answer = client.read_notes(ReadNotes(request=request, record=record, signature=it.sign(message)))
    assert len(answer.notes) == 2
    last = entries(office)[-1]
    assert (len(entries(office)), last.event, last.detail) == (before + 1, "notes.read", "notes=2")
    with nothing_can_be_written(office), pytest.raises(WorkstationError):
        client.read_notes(ReadNotes(request=request, record=record, signature=it.sign(message)))


def test_that_a_text_which_comes_late_does_not_take_a_newer_ones_place(office: MadeOffice, ratna: Console) -> None:
    """Its console had given its answer up, and tried again with what was typed meanwhile."""
    desk = office.desk("hendra")
    try:
        record, note, client = desk.customer(1).record, new_id(), desk._identity.client
        for revision, text in ((2, "half a sentence, and the rest"), (1, "half a sentence"), (2, "the same again")):
            client.save_note(SaveNote(note=note, record=bytes.fromhex(record), text=text, revision=revision))
            expected = text if revision == 2 else "half a sentence, and the rest"
            assert [n.text.reveal() for n in desk.notes(record) if n.id == note.hex()] == [expected]
    finally:
        desk.end("signed_out")


def test_that_nobody_writes_over_anothers_note(office: MadeOffice, ratna: Console) -> None:
    record, note = record_in(office, "billing"), new_id()
    ratna.identity.client.save_note(SaveNote(note=note, record=record, text="mine"))
    hendra = Console(office.bare("hendra"))
    with pytest.raises(NotAllowedError) as refusal:
        hendra.identity.client.save_note(SaveNote(note=note, record=record, text="mine now"))
    assert refusal.value.code == "not_own"
    hendra.session.end()


def test_that_notes_need_their_class_and_their_queue(office: MadeOffice, ratna: Console) -> None:
    newcomer = Console(office.bare("newcomer"))
    it, request, record = newcomer.identity, new_id(), record_in(office, "billing")
    message = reveal_request(it.office, it.session, record, "notes", "", "", request)
    it.client.save_note(SaveNote(note=new_id(), record=record, text="writing works"))
    with pytest.raises(NotAllowedError) as refusal:
        it.client.read_notes(ReadNotes(request=request, record=record, signature=it.sign(message)))
    assert refusal.value.code == "no_class_key"
    newcomer.session.end()
    with pytest.raises(NotAllowedError):
        ratna.identity.client.save_note(SaveNote(note=new_id(), record=record_in(office, "delivery"), text="x"))
    with pytest.raises(NotAllowedError):
        ratna.identity.client.note_count(record_in(office, "delivery"))

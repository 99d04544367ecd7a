"""Sessions: without a card nothing, until the lease lapses, and no longer than their account keeps its place."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection

from app.api.client.client import ApiClient
from app.api.client.errors import SessionOverError, SignInAnswerError
from app.api.messages.door import EndReport, EndRequest, SessionKind, SignedIn, WipeStepReport
from app.auth.book import Kind
from app.backoffice import sessions
from app.backoffice.office import OpenOffice
from app.crypto import signing
from app.crypto.derive import sha256
from app.domain.errors import NotAllowedError, VerificationError
from tests.office.door import card_of, entries, nothing_can_be_written, opened, rows_of, without_card
from tests.office.made import Bare, MadeOffice, made_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", grant=False)
        yield office


def with_card(office: MadeOffice, account: str, kind: str = "command") -> tuple[ApiClient, SignedIn]:
    client, answer, keys = without_card(office, account, kind)  # type: ignore[arg-type]
    client.bring_card(card_of(office, account, answer, keys.seed))
    return client, answer


def is_over(client: ApiClient) -> bool:
    try:
        client.lease()
    except SessionOverError:
        return True
    return False


CALLS: dict[str, Callable[[ApiClient], object]] = {
    "lease": lambda c: c.lease(),
    "step_up": lambda c: c.step_up("123456"),
    "end": lambda c: c.end(EndRequest(cause="signed_out")),
    "book": lambda c: c.book_page(0),
    "colleagues": lambda c: c.colleagues(),
    "own_grants": lambda c: c.own_grants(),
    "customers": lambda c: c.customer_page(0, 10),
    "quota": lambda c: c.quota(),
    "requests": lambda c: c.own_requests(),
    "waiting": lambda c: c.waiting_requests(),
    "note_count": lambda c: c.note_count(bytes(16)),
    "audit": lambda c: c.audit_page(0),
    "checkpoints": lambda c: c.checkpoints(),
    "verified": lambda c: c.log_verified(ok=True),
    "withdraw": lambda c: c.withdraw(bytes(16)),
    "import_end": lambda c: c.import_end(bytes(16)),
}


# the card


def test_that_a_session_without_its_card_may_do_nothing(office: MadeOffice) -> None:
    client, _answer, _keys = without_card(office, "hendra")
    for call in CALLS.values():
        with pytest.raises(SessionOverError):
            call(client)
    client.close()


@pytest.mark.asvs("V7.2.1")
@pytest.mark.parametrize("token", [b"", bytes(32), b"short"])
def test_that_nobody_gets_in_without_a_token(office: MadeOffice, token: bytes) -> None:
    client = office.connect()
    client.use_token(token)
    for call in CALLS.values():
        with pytest.raises(SessionOverError):
            call(client)
    client.close()


@pytest.mark.parametrize(
    "change",
    [
        {"account": "hendra"},
        {"session": bytes(16)},
        {"kem": bytes(1216)},
        {"sign": bytes(32)},
        {"seat": "SBY-0418"},
        {"end_ms": 1},
    ],
    ids=lambda c: next(iter(c)),
)
def test_that_a_card_over_something_else_is_refused(office: MadeOffice, change: dict[str, object]) -> None:
    client, answer, keys = without_card(office, "ratna")
    card = card_of(office, "ratna", answer, keys.seed, **change)
    plain = card_of(office, "ratna", answer, keys.seed)
    with pytest.raises(VerificationError):
        client.bring_card(plain.model_copy(update={"signature": card.signature}))
    assert is_over(client)
    client.bring_card(plain)
    assert not is_over(client)
    client.close()


def test_that_a_card_signed_by_another_key_is_refused(office: MadeOffice) -> None:
    client, answer, _keys = without_card(office, "ratna")
    with pytest.raises(VerificationError):
        client.bring_card(card_of(office, "ratna", answer, signing.new_seed()))
    client.close()


def test_that_a_session_takes_its_card_once(office: MadeOffice) -> None:
    client, answer, keys = without_card(office, "ratna")
    card = card_of(office, "ratna", answer, keys.seed)
    client.bring_card(card)
    with pytest.raises(SessionOverError):
        client.bring_card(card)
    assert not is_over(client)
    client.close()


def test_that_a_card_that_comes_too_late_is_refused(office: MadeOffice) -> None:
    client, answer, keys = without_card(office, "ratna")
    office.clock.pass_s(office.policy.sign_in_s + 1)
    with pytest.raises(SessionOverError):
        client.bring_card(card_of(office, "ratna", answer, keys.seed))
    client.close()


# time


def test_that_a_lapsed_lease_ends_a_session_and_beats_keep_it(office: MadeOffice) -> None:
    client, _answer = with_card(office, "ratna")
    for _ in range(3):
        office.clock.pass_s(office.policy.lease_s - 120)
        assert not is_over(client)
    office.clock.pass_s(office.policy.lease_s + 1)
    assert is_over(client)
    client.close()


@pytest.mark.asvs("V7.3.2")
def test_that_no_beat_carries_a_session_past_its_end(office: MadeOffice) -> None:
    client, answer = with_card(office, "ratna")
    for _ in range(office.policy.session_s // 1500 - 1):
        office.clock.pass_s(1500)
        assert client.lease().lease_ms <= answer.ends_ms
    office.clock.pass_s(1380)
    assert not is_over(client)
    office.clock.pass_s(121)
    assert is_over(client)
    client.close()


# one at a time


@pytest.mark.asvs("V7.1.2")
def test_that_the_newest_sign_in_ends_the_older_one(office: MadeOffice) -> None:
    first, _ = with_card(office, "ratna", "console")
    second, _ = with_card(office, "ratna", "console")
    assert is_over(first)
    assert not is_over(second)
    ended = entries(office, "session.end")[-1]
    assert (ended.actor, ended.reason) == ("ratna", "signed_in_again")
    first.close()
    second.close()


def test_that_a_command_leaves_the_console_open(office: MadeOffice) -> None:
    console, _ = with_card(office, "ratna", "console")
    command, _ = with_card(office, "ratna")
    assert not is_over(console)
    assert not is_over(command)
    console.close()
    command.close()


def test_that_the_older_session_goes_on_if_the_newer_sign_in_fails(office: MadeOffice) -> None:
    console, _ = with_card(office, "ratna", "console")
    with pytest.raises(Exception, match=r"disk|right"), nothing_can_be_written(office):
        without_card(office, "ratna", "console")
    assert not is_over(console)
    console.close()


# the end


def test_that_an_end_token_can_only_end(office: MadeOffice) -> None:
    client, answer = with_card(office, "ratna")
    thief = office.connect()
    thief.use_token(answer.end_token)
    for call in CALLS.values():
        with pytest.raises(SessionOverError):
            call(thief)
    assert not is_over(client)
    thief.forget_token()
    step = WipeStepReport(what="keyring", outcome="removed")
    report = EndReport(session=answer.session, end_token=answer.end_token, cause="window_closed", wipe=(step,))
    assert thief.report_end(report) > 0
    assert is_over(client)
    assert [(e.event, e.reason) for e in entries(office)[-2:]] == [
        ("session.end", "window_closed"),
        ("wipe", "window_closed"),
    ]
    thief.close()
    client.close()


def test_that_an_end_token_ends_its_own_session_only(office: MadeOffice) -> None:
    one, first = with_card(office, "ratna")
    two, second = with_card(office, "hendra")
    with pytest.raises(SessionOverError):
        one.report_end(EndReport(session=second.session, end_token=first.end_token, cause="window_closed"))
    with pytest.raises(SessionOverError):
        one.report_end(EndReport(session=first.session, end_token=first.token, cause="window_closed"))
    assert not is_over(one)
    assert not is_over(two)
    one.close()
    two.close()


def test_that_a_second_report_of_an_end_is_taken_and_ends_nothing_again(office: MadeOffice) -> None:
    client, answer = with_card(office, "ratna")
    report = EndReport(session=answer.session, end_token=answer.end_token, cause="killed")
    client.report_end(report)
    before = len(entries(office, "session.end"))
    client.report_end(report)
    assert len(entries(office, "session.end")) == before
    client.close()


@pytest.mark.asvs("V7.4.1")
def test_that_an_ended_session_stays_ended(office: MadeOffice) -> None:
    client, _answer = with_card(office, "ratna")
    assert client.end(EndRequest(cause="signed_out")).entry > 0
    assert is_over(client)
    client.close()


def test_that_a_wipe_that_did_not_finish_stands_in_the_log_as_incomplete(office: MadeOffice) -> None:
    client, _answer = with_card(office, "ratna")
    wipe = (WipeStepReport(what="keyring", outcome="removed"), WipeStepReport(what="cache", outcome="failed"))
    client.end(EndRequest(cause="signed_out", wipe=wipe))
    last = entries(office, "wipe.incomplete")[-1]
    assert (last.outcome, last.detail) == ("failed", "keyring=removed cache=failed")
    client.close()


def test_that_no_session_goes_on_beyond_the_process_that_knew_it(office: MadeOffice) -> None:
    """A console's is locked: without its card it waits for its person's password. Any other ends."""
    (console, its), (command, other) = with_card(office, "ratna", "console"), with_card(office, "ratna")
    office.back_office.shut()
    stays = office.command("hendra")  # an office with locked sessions alone leaves
    assert is_over(console)
    assert is_over(command)
    row = next(r for r in rows_of(office, "sessions") if r.id == its.session)
    assert (row.card_kem, row.card_sign, row.card_signature, row.ended_ms) == (None, None, None, None)
    last = {e.session: (e.event, e.reason) for e in entries(office, "")}
    assert last[its.session.hex()] == ("session.lock", "office_lost")
    assert last[other.session.hex()] == ("session.end", "office_lost")
    console.report_end(EndReport(session=its.session, end_token=its.end_token, cause="window_closed"))
    stays.end()
    console.close()
    command.close()


@pytest.mark.asvs("V7.2.2", "V7.2.3")
def test_that_tokens_lie_as_hashes_only(office: MadeOffice) -> None:
    client, answer = with_card(office, "ratna")
    row = next(r for r in rows_of(office, "sessions") if r.id == answer.session)
    assert row.token_hash == sha256(answer.token)
    assert row.end_token_hash == sha256(answer.end_token)
    assert not {answer.token, answer.end_token} & set(row)
    client.close()


def test_that_an_account_which_loses_its_place_loses_its_session(office: MadeOffice) -> None:
    office.hire("budi", "Budi Santoso", grant=False)
    client, _answer = with_card(office, "budi")
    adi = office.command("adi")
    draft = opened(office).book.draft(Kind.ACCOUNT, "budi", role="agent", queues=("billing",), state="closed")
    with opened(office).writing() as db:
        entry = draft.signed(opened(office).id, [("adi", adi._identity.keys.seed)])
        opened(office).write_book(db, entry)
    adi.end()
    assert is_over(client)
    client.close()


# step-up


@pytest.mark.asvs("V7.5.3")
def test_that_an_old_code_does_not_grant_classes(office: MadeOffice) -> None:
    hendra = office.command("hendra")
    office.clock.pass_s(office.policy.step_up_s + 1)
    with pytest.raises(NotAllowedError) as refusal:
        hendra.grant("ratna")
    assert refusal.value.code == "step_up"
    assert opened(office).book.granted("ratna") == frozenset()
    hendra._identity.client.step_up(office.code("hendra"))
    assert hendra.grant("ratna")
    hendra.end()


def test_that_a_code_used_to_sign_in_is_no_step_up(office: MadeOffice) -> None:
    code = office.code("hendra")
    hendra = office.sign_in().sign_in_for_command("hendra", office.people["hendra"].password, code)
    with pytest.raises(SignInAnswerError) as refusal:
        hendra._identity.client.step_up(code)
    assert refusal.value.code == "used_code"
    hendra.end()


def give_wrong_codes(client: ApiClient, count: int) -> None:
    for _ in range(count):
        with pytest.raises(SignInAnswerError) as refusal:
            client.step_up("000000")
        assert refusal.value.code == "wrong_code"


@pytest.mark.parametrize("kind", ["console", "approval", "command"])
def test_that_five_wrong_fresh_codes_end_the_session_and_the_log_says_so(office: MadeOffice, kind: SessionKind) -> None:
    session, before = office.bare("hendra", kind), len(entries(office))
    give_wrong_codes(session.client, office.policy.lock_tries - 1)
    assert not is_over(session.client)
    with pytest.raises(SessionOverError, match="Too many wrong codes"):
        session.client.step_up("000000")
    assert is_over(session.client)
    with pytest.raises(SessionOverError):
        session.client.step_up(office.code("hendra"))
    said = [
        (e.event, e.outcome, e.reason) for e in entries(office)[before:] if e.session == session.answer.session.hex()
    ]
    assert said == [("step_up", "failed", "wrong")] * 5 + [("session.end", "ok", "too_many_codes")]
    session.end()


def test_that_a_right_code_between_wrong_ones_buys_no_more_tries(office: MadeOffice) -> None:
    session = office.bare("hendra")
    give_wrong_codes(session.client, office.policy.lock_tries - 1)
    session.client.step_up(office.code("hendra"))
    with pytest.raises(SessionOverError):
        session.client.step_up("000000")
    session.end()


def test_that_used_codes_count_as_wrong_ones(office: MadeOffice) -> None:
    session, person = office.bare("hendra"), office.people["hendra"]
    used = person.authenticator.code_of(person.authenticator.last_step)
    for _ in range(office.policy.lock_tries - 1):
        with pytest.raises(SignInAnswerError):
            session.client.step_up(used)
    with pytest.raises(SessionOverError):
        session.client.step_up(used)
    session.end()


def test_that_wrong_codes_are_the_sessions_own(office: MadeOffice) -> None:
    """The console of the same person goes on when their command has ended."""
    console, command = office.bare("hendra"), office.bare("hendra", "command")
    give_wrong_codes(command.client, office.policy.lock_tries - 1)
    with pytest.raises(SessionOverError):
        command.client.step_up("000000")
    assert not is_over(console.client)
    give_wrong_codes(console.client, 1)
    console.client.step_up(office.code("hendra"))
    again = office.bare("hendra", "command")
    give_wrong_codes(again.client, 1)
    for session in (console, command, again):
        session.end()


# kinds


FOREIGN: dict[SessionKind, tuple[str, ...]] = {
    "console": ("import_end",),
    "approval": (
        "customers", "quota", "note_count", "colleagues", "audit", "checkpoints", "verified", "import_end",
    ),
    "command": ("customers", "quota", "requests", "waiting", "note_count", "withdraw"),
}  # fmt: skip
"""What a kind of session has no business with, whoever signed in."""


@pytest.mark.parametrize("kind", list(FOREIGN))
@pytest.mark.parametrize("account", ["hendra", "ratna", "adi"])
def test_that_a_kind_of_session_does_its_own_business_only(office: MadeOffice, account: str, kind: SessionKind) -> None:
    session = office.bare(account, kind)
    refused = set()
    for name, call in CALLS.items():
        if name not in {"end", "step_up"}:
            try:
                call(session.client)
            except NotAllowedError as refusal:
                refused |= {name} if refusal.code == "kind" else set()
            except VerificationError:
                pass  # an id that is none
    assert refused == set(FOREIGN[kind])
    assert not is_over(session.client)
    session.end()


@pytest.mark.asvs("V7.5.3")
def test_that_an_approval_lives_as_long_as_its_code_whatever_it_renews(office: MadeOffice) -> None:
    approval = office.bare("hendra", "approval")
    assert approval.answer.ends_ms - approval.answer.now_ms <= office.policy.step_up_s * 1000
    for _ in range(5):
        office.clock.pass_s(office.policy.step_up_s / 6)
        assert approval.client.lease().lease_ms <= approval.answer.ends_ms
    office.clock.pass_s(office.policy.step_up_s / 6 + 1)
    assert is_over(approval.client)
    approval.end()


def test_that_each_lapsed_session_gets_an_entry_of_its_own_before_the_office_leaves(office: MadeOffice) -> None:
    sessions = [office.bare("ratna"), office.bare("hendra"), office.bare("hendra", "command")]
    office.clock.pass_s(office.policy.lease_s + 1)
    wait_until(lambda: len(ends_of(office, sessions)) == len(sessions))
    assert {e.reason for e in ends_of(office, sessions)} == {"lapsed"}
    assert {e.actor for e in ends_of(office, sessions)} == {"ratna", "hendra"}
    for session in sessions:
        assert is_over(session.client)
        session.end()
    assert len(ends_of(office, sessions)) == len(sessions)


def test_that_a_lease_renewed_while_lapsed_ones_are_looked_for_is_kept(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look finds it lapsed; before it is ended, the console's beat comes in."""
    session, it = office.bare("ratna"), opened(office)
    real = type(it).writing

    def late_beat(this: OpenOffice) -> contextlib.AbstractContextManager[Connection]:
        monkeypatch.setattr(type(it), "writing", real)
        judged.append(sessions.living_sessions(it))
        office.clock.ahead_ms -= passed_s * 1000  # as if the beat had come in time
        session.client.lease()
        return real(this)

    judged, passed_s = list[int](), office.policy.lease_s + 1
    office.service.last_request = time.monotonic() + 1000
    monkeypatch.setattr(type(office.service), "is_idle", lambda _self: False)
    monkeypatch.setattr(type(it), "writing", late_beat)
    office.clock.pass_s(passed_s)
    sessions.end_lapsed(it)
    assert judged == [0]
    assert not is_over(session.client)
    assert ends_of(office, [session]) == []
    session.end()
    office.service.last_request = 0.0


def ends_of(office: MadeOffice, sessions: list[Bare]) -> list[Any]:
    ids = {s.answer.session.hex() for s in sessions}
    return [e for e in entries(office, "session.end") if e.session in ids]


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(6000):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come to be")


# transactions


def test_that_a_failed_change_does_not_undo_what_another_thread_wrote_into_the_book(office: MadeOffice) -> None:
    """A refusal that waited for its turn must not roll back the entry that was committed before it."""
    it = opened(office)
    adi = office.command("adi")
    inside, failing = threading.Event(), threading.Event()

    def refuse() -> None:
        failing.set()
        with pytest.raises(NotAllowedError), it.writing():
            raise NotAllowedError("no")

    thread = threading.Thread(target=refuse)
    with it.writing() as db:
        inside.set()
        thread.start()
        assert failing.wait(120)
        thread.join(0.2)  # it stands at the lock now
        code = signing.public_of(signing.new_seed())
        draft = it.book.draft(
            Kind.ACCOUNT, "sinta", role="agent", queues=("billing",), state="invited", activation=code
        )
        it.write_book(db, draft.signed(it.id, [("adi", adi._identity.keys.seed)]))
    thread.join(120)
    assert it.book.account("sinta") is not None
    assert it.book.length == len(rows_of(office, "book"))
    adi.end()


def test_that_a_change_which_is_not_stored_is_not_in_the_book(office: MadeOffice) -> None:
    it = opened(office)
    adi = office.command("adi")
    head = it.book.head
    with pytest.raises(RuntimeError), it.writing() as db:  # noqa: PT012
        code = signing.public_of(signing.new_seed())
        draft = it.book.draft(Kind.ACCOUNT, "joko", role="agent", queues=("x1",), state="invited", activation=code)
        it.write_book(db, draft.signed(it.id, [("adi", adi._identity.keys.seed)]))
        raise RuntimeError
    assert it.book.head == head
    assert it.book.account("joko") is None
    adi.end()

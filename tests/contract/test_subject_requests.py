"""Requests of data subjects through office and client: written down by an agent, worked by a privacy officer, seconded.

The rules alone are in `tests/unit/domain/test_subject_requests.py`; here is what an office adds: transactions, the log,
queues, roles, the register that outlives whoever asks.
"""

from collections.abc import Iterator

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
    SubjectRequest,
)
from app.auth.audit_chain import AuditEntry
from app.backoffice.subject_requests.holds import held_purposes
from app.backoffice.subject_tables import subject_requests
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.subject_requests.clock import TERM_MS
from app.domain.subject_requests.words import Channel, IdentityCheck, Proposal, RefusalReason, RequestKind, RequestState
from app.session.identity import new_id
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
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


def row(who: Bare, request: bytes) -> SubjectRequest:
    return next(found for found in calls.register(who.client).requests if found.id == request)


def opened(ratna: Bare, dewi: Bare, kind: RequestKind) -> bytes:
    """A request that was written down and whose identity is checked."""
    wish = asked(record_of(ratna), kind)
    calls.open_request(ratna.client, wish)
    calls.check_identity(dewi.client, wish.id, CheckIdentity(revision=1, identity=IdentityCheck.CALLER))
    return wish.id


def told(office: MadeOffice, event: str, request: bytes) -> list[AuditEntry]:
    """What the log has of a request."""
    return [entry for entry in entries(office, event) if entry.reference == request.hex()]


def code_of(call: object, *parts: object) -> str:
    try:
        call(*parts)  # type: ignore[operator]
    except TiraiError as refusal:
        return refusal.code
    return "ok"


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
    shown = row(dewi, request)
    assert (shown.state, shown.held) == (RequestState.DONE, ("offers",))
    with office.back_office.opened.database.reading() as db:
        assert held_purposes(db, shown.record) == {"offers"}
    calls.lift(dewi.client, request, LiftHolds(revision=3))
    assert row(dewi, request).held == ()
    assert code_of(calls.lift, dewi.client, request, LiftHolds(revision=4)) == "nothing_held"
    letter = text_of(calls.letter(dewi.client, request, "id").pdf)
    assert "Pembatasan pemrosesan data Anda" in letter
    assert "Menawarkan layanan lain" in letter


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
    shown = row(hendra, request)
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
    shown = row(dewi, request)
    assert (shown.state, shown.proposal, shown.refusal) == (RequestState.OPEN, Proposal.NONE, None)
    stale = CloseRequest(revision=3, state=RequestState.DONE)
    assert code_of(calls.end, dewi.client, request, stale) == "changed"


def test_that_a_correction_ends_when_something_was_corrected_and_not_before(
    office: MadeOffice, ratna: Bare, dewi: Bare
) -> None:
    request = opened(ratna, dewi, RequestKind.CORRECTION)
    done = CloseRequest(revision=2, state=RequestState.DONE)
    assert code_of(calls.end, dewi.client, request, done) == "no_edit"
    yoga, record = office.desk("yoga"), row(dewi, request).record.hex()
    seen = yoga.editing.in_front(record).fields["city"].mark
    yoga.editing.save(yoga.editing.new_request(), record, "city", seen, "Pangkalpinang")
    yoga.end("signed_out")
    calls.end(dewi.client, request, done)
    (entry,) = told(office, "request.ended", request)[1:]
    assert "edits=1" in entry.detail


def test_that_an_agent_sees_no_register(ratna: Bare) -> None:
    with pytest.raises(NotAllowedError) as refused:
        calls.register(ratna.client)
    assert refused.value.code == "role"


def test_that_a_request_late_by_the_offices_clock_stays_late_and_its_term_where_it_was(
    office: MadeOffice, ratna: Bare, dewi: Bare
) -> None:
    request = opened(ratna, dewi, RequestKind.WITHDRAWAL)
    due_ms = row(dewi, request).due_ms
    dewi.end()
    office.clock.ahead_ms += TERM_MS + 1000
    again = office.bare("dewi")
    calls.end(again.client, request, CloseRequest(revision=2, state=RequestState.DONE))
    assert row(again, request).due_ms == due_ms
    (entry,) = told(office, "request.ended", request)
    assert "late=yes" in entry.detail
    assert "We are sorry" in text_of(calls.letter(again.client, request, "en").pdf)
    again.end()

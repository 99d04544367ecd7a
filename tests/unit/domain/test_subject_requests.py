"""Requests of data subjects: their clocks, what may be done about them, and the letters, all without an office."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.letter import Sender
from app.domain.plain_words import plain_words
from app.domain.privacy.declared import Controller
from app.domain.role import Role
from app.domain.subject_requests.clock import HOUR_MS, TERM_MS, TERMS, Timing, due_ms, hours_called, standing
from app.domain.subject_requests.letter_texts import TEXTS
from app.domain.subject_requests.letters import Answered, letter_about
from app.domain.subject_requests.steps import RequestNow, may_open, may_second, may_work
from app.domain.subject_requests.words import (
    BUNDLES,
    REFUSALS,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
)

SENDER = Sender("Nusantara Care")
AT = 1_790_000_000_000
YEAR_MS = 365 * 24 * HOUR_MS


def test_that_the_law_sets_a_clock_for_these_four_kinds_alone() -> None:
    assert {kind for kind, term in TERMS.items() if term.is_law} == {
        RequestKind.ACCESS, RequestKind.CORRECTION, RequestKind.RESTRICTION, RequestKind.WITHDRAWAL,
    }  # fmt: skip
    assert {kind: (term.right, term.duty) for kind, term in TERMS.items() if term.is_law} == {
        RequestKind.ACCESS: ("7", "32"),
        RequestKind.CORRECTION: ("6", "30"),
        RequestKind.RESTRICTION: ("11", "41"),
        RequestKind.WITHDRAWAL: ("9", "40"),
    }


@pytest.mark.parametrize(
    ("after_ms", "timing", "reminders"),
    [
        (0, Timing.RUNNING, 0),
        (24 * HOUR_MS - 1, Timing.RUNNING, 0),
        (24 * HOUR_MS, Timing.RUNNING, 1),
        (48 * HOUR_MS - 1, Timing.RUNNING, 1),
        (48 * HOUR_MS, Timing.SOON, 2),
        (71 * HOUR_MS, Timing.SOON, 3),
        (72 * HOUR_MS - 1, Timing.SOON, 3),
        (72 * HOUR_MS, Timing.SOON, 3),
        (72 * HOUR_MS + 1, Timing.LATE, 3),
        (YEAR_MS, Timing.LATE, 3),
    ],
)
def test_that_a_request_is_late_from_its_72nd_hour_on_and_not_before(
    after_ms: int, timing: Timing, reminders: int
) -> None:
    found = standing(AT, AT, None, AT + after_ms)
    assert (found.timing, found.reminders, found.left_ms) == (timing, reminders, TERM_MS - after_ms)


def test_that_a_clock_that_was_set_back_says_nothing_instead_of_giving_time() -> None:
    assert standing(AT, AT, None, AT - YEAR_MS).timing is Timing.CLOCK_OFF
    assert standing(AT, AT + HOUR_MS, AT, AT + HOUR_MS).timing is Timing.CLOCK_OFF, "an end before it was written down"


def test_that_one_that_came_by_letter_days_ago_is_late_when_it_is_written_down() -> None:
    assert standing(AT - 4 * 24 * HOUR_MS, AT, None, AT).timing is Timing.LATE


@given(st.integers(0, YEAR_MS), st.integers(0, 3 * YEAR_MS))
def test_that_an_answer_is_in_time_or_late_for_good(ended_after: int, later: int) -> None:
    ended = standing(AT, AT, AT + ended_after, AT + ended_after)
    assert standing(AT, AT, AT + ended_after, AT + ended_after + later) == ended
    assert ended.timing is (Timing.ENDED_LATE if ended_after > TERM_MS else Timing.ENDED_IN_TIME)


def now(**changed: object) -> RequestNow:
    parts: dict[str, object] = {
        "kind": RequestKind.ACCESS, "state": RequestState.OPEN, "is_identified": True, "proposal": Proposal.NONE,
        "proposed_by": "", "is_bundled": False,
    }  # fmt: skip
    return RequestNow(**(parts | changed))  # type: ignore[arg-type]


def code_of(act: str, request: RequestNow, *parts: object) -> str:
    try:
        getattr(request, act)(*parts)
    except NotAllowedError as refusal:
        return refusal.code
    return "ok"


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("reason", RefusalReason)
def test_that_a_refusal_names_a_reason_that_the_law_has_for_its_kind(kind: RequestKind, reason: RefusalReason) -> None:
    is_identified = reason is not RefusalReason.NOT_IDENTIFIED
    expected = "ok" if reason in REFUSALS[kind] else "no_reason"
    assert code_of("judge_refusal", now(kind=kind, is_identified=is_identified), reason) == expected


def test_that_an_identified_person_is_not_refused_for_being_unknown_and_an_unknown_one_for_nothing_else() -> None:
    assert code_of("judge_refusal", now(), RefusalReason.NOT_IDENTIFIED) == "not_identified"
    assert code_of("judge_refusal", now(is_identified=False), RefusalReason.SAFETY) == "not_identified"


def test_that_nobody_is_their_own_second_person() -> None:
    waits = now(proposal=Proposal.EXPORT, proposed_by="dewi")
    assert code_of("judge_second", waits, "dewi") == "own_proposal"
    assert code_of("judge_second", waits, "hendra") == "ok"
    assert code_of("judge_second", now(), "hendra") == "nothing_waits"


@pytest.mark.parametrize("state", [s for s in RequestState if s is not RequestState.OPEN])
def test_that_what_has_ended_stays_as_it_ended(state: RequestState) -> None:
    ended = now(state=state, proposal=Proposal.REFUSAL, proposed_by="dewi")
    for act, parts in (
        ("judge_identity", (IdentityCheck.CALLER,)), ("judge_refusal", (RefusalReason.SAFETY,)), ("judge_export", ()),
        ("judge_second", ("hendra",)), ("judge_done", ()), ("must_be_open", ()),
    ):  # fmt: skip
        assert code_of(act, ended, *parts) == "ended"


@pytest.mark.parametrize("kind", RequestKind)
def test_that_nothing_is_done_before_the_identity_nor_a_copy_promised_that_was_not_made(kind: RequestKind) -> None:
    assert code_of("judge_done", now(kind=kind, is_identified=False, is_bundled=True)) == "not_identified"
    assert code_of("judge_done", now(kind=kind)) == ("no_bundle_yet" if kind in BUNDLES else "ok")
    assert code_of("judge_done", now(kind=kind, is_bundled=True)) == "ok"
    assert code_of("judge_export", now(kind=kind)) == ("ok" if kind in BUNDLES else "no_bundle")


def test_that_who_speaks_with_customers_opens_and_privacy_officers_alone_work() -> None:
    assert {role for role in Role if may_open(role)} == {Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER}
    assert {role for role in Role if may_work(role)} == {Role.PRIVACY_OFFICER}
    assert {role for role in Role if may_second(role)} == {Role.PRIVACY_OFFICER, Role.SUPERVISOR}


def answered(**changed: object) -> Answered:
    parts: dict[str, object] = {
        "number": 7, "customer_number": "88213", "kind": RequestKind.RESTRICTION, "purposes": ("Offers",),
        "received_ms": AT, "due_ms": due_ms(AT), "ended_ms": AT + HOUR_MS, "state": RequestState.DONE, "refusal": None,
    }  # fmt: skip
    return Answered(**(parts | changed))  # type: ignore[arg-type]


def test_that_both_languages_have_the_same_sentences_with_the_same_parts() -> None:
    english, indonesian = TEXTS["en"], TEXTS["id"]
    assert english.keys() == indonesian.keys()
    for key, text in english.items():
        parts = [{part for _, part, _, _ in string.Formatter().parse(t) if part} for t in (text, indonesian[key])]
        assert parts[0] == parts[1], key


@pytest.mark.parametrize(("language", "law"), [("en", "article 10"), ("id", "Pasal 10")])
def test_that_a_letter_says_who_answers_for_it_and_how_to_answer(language: str, law: str) -> None:
    said = Controller("PT Nusantara Layanan", "Jalan Melati 4, Surabaya", "privasi@nusantara.example", "Sri Hartono")
    whole = letter_about(answered(kind=RequestKind.OBJECTION), Sender("Nusantara Care", said), language, str)
    assert whole.sender == "PT Nusantara Layanan (Nusantara Care)"
    assert all(part in whole.closing for part in (said.name, said.address, said.contact, said.officer))
    assert whole.closing in whole.text
    assert any(text.endswith(law) for _, text in whole.facts), "one article is no plural"
    bare = letter_about(answered(), SENDER, language, str)
    assert (bare.sender, bare.closing.count("\n")) == ("Nusantara Care", 0), "nothing stands in for what was not said"


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", RequestKind)
def test_that_every_end_of_every_kind_has_its_letter(language: str, kind: RequestKind) -> None:
    texts = TEXTS[language]
    for reason in REFUSALS[kind]:
        refused = letter_about(answered(kind=kind, state=RequestState.REFUSED, refusal=reason), SENDER, language, str)
        assert texts[f"refusal.{reason.value}"] in refused.paragraphs
        assert texts["second"] in refused.paragraphs
        assert texts[f"done.{kind.value}"] not in refused.text
    done = letter_about(answered(kind=kind), SENDER, language, str)
    assert texts[f"done.{kind.value}"] in done.paragraphs
    assert texts["rights"] in done.paragraphs


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_the_letter_about_an_objection_says_to_what_it_was(language: str) -> None:
    texts = TEXTS[language]
    both = letter_about(answered(kind=RequestKind.OBJECTION), SENDER, language, str)
    alone = letter_about(answered(kind=RequestKind.OBJECTION, purposes=()), SENDER, language, str)
    assert texts["done.objection.uses"] in both.paragraphs
    assert texts["done.objection.uses"] not in alone.paragraphs
    assert texts["purposes"] not in dict(alone.facts)


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_the_letter_about_an_erasure_names_its_order_once_that_is_over(language: str) -> None:
    ended = answered(kind=RequestKind.ERASURE)
    label = TEXTS[language]["order"]
    assert label not in dict(letter_about(ended, SENDER, language, str).facts)
    told = dict(letter_about(replace(ended, order=12, erased_ms=AT), SENDER, language, str).facts)
    assert "12" in told[label]
    assert str(AT) in told[label]
    refused = replace(ended, order=12, state=RequestState.REFUSED, refusal=RefusalReason.KEPT_BY_LAW)
    assert label not in dict(letter_about(refused, SENDER, language, str).facts)


def test_that_a_late_answer_says_that_it_is_late_where_the_law_sets_the_clock() -> None:
    late_ms = due_ms(AT) + 1
    said = letter_about(answered(ended_ms=late_ms), SENDER, "en", str).text
    assert "We are sorry" in said
    assert "We are sorry" not in letter_about(answered(), SENDER, "en", str).text
    ours = letter_about(answered(ended_ms=late_ms, kind=RequestKind.OBJECTION), SENDER, "en", str).text
    assert "We are sorry" not in ours


def test_that_an_open_request_is_called_after_each_of_the_hours_and_one_that_has_ended_never() -> None:
    def called(hours: float, ended: bool = False) -> int:
        now_ms = AT + round(hours * HOUR_MS)
        return hours_called(standing(AT, AT, now_ms if ended else None, now_ms))

    assert [called(h) for h in (0, 23.9, 24, 47, 48, 70, 71, 72, 72.1, 500)] == [0, 0, 24, 24, 48, 48, 71, 71, 72, 72]
    assert [called(h, ended=True) for h in (30, 80)] == [0, 0]
    assert called(-1) == 0, "a clock that was set back calls nothing"


def test_that_markup_stays_text_and_what_no_keyboard_makes_is_refused() -> None:
    assert plain_words("  <script>alert(1)</script> ", most=100) == "<script>alert(1)</script>"
    assert plain_words("one\r\ntwo", most=100) == "one\ntwo"
    for bad in ("x" * 101, "a\x00b", "a\u202eb", "a\x1b[31m"):
        with pytest.raises(InputRefusedError):
            plain_words(bad, most=100)
    with pytest.raises(InputRefusedError):
        plain_words("one\ntwo", most=100, lines=False)

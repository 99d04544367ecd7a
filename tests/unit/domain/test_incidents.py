"""Incidents: clock, scope and letters, all without an office."""

import string

import pytest

from app.domain.errors import NotAllowedError
from app.domain.incidents.letter_texts import TEXTS
from app.domain.incidents.letters import IncidentFacts, letter_to
from app.domain.incidents.rules import IncidentNow, Scope, may_report, may_work
from app.domain.incidents.words import IncidentState, Told
from app.domain.letter import Sender
from app.domain.role import Role
from app.domain.subject_requests.clock import HOUR_MS, TERM_MS, Timing

AT = 1_790_000_000_000


def now(**changed: object) -> IncidentNow:
    parts: dict[str, object] = {
        "state": IncidentState.CONFIRMED, "reported_ms": AT, "t0_ms": AT, "told": {}, "closed_ms": None,
        "has_scope": True,
    }  # fmt: skip
    return IncidentNow(**(parts | changed))  # type: ignore[arg-type]


def refusal(act: str, incident: IncidentNow, *parts: object) -> str:
    try:
        getattr(incident, act)(*parts)
    except NotAllowedError as error:
        return error.code
    return "ok"


def test_that_everybody_who_is_a_person_reports_and_privacy_officers_alone_work() -> None:
    assert {role for role in Role if not may_report(role)} == {Role.RECOVERY}
    assert {role for role in Role if may_work(role)} == {Role.PRIVACY_OFFICER}


def test_that_t0_moves_back_alone_and_only_before_it_is_confirmed() -> None:
    reported = now(state=IncidentState.REPORTED)
    assert refusal("judge_t0", reported, AT) == "ok"
    assert refusal("judge_t0", reported, AT - 5 * HOUR_MS) == "ok"
    assert refusal("judge_t0", reported, AT + 1) == "t0"
    assert refusal("judge_t0", reported, AT - 400 * 24 * HOUR_MS) == "t0"
    assert refusal("judge_t0", now(), AT) == "state"


@pytest.mark.parametrize(
    ("after_ms", "timing", "alarms"),
    [
        (24 * HOUR_MS - 1, Timing.RUNNING, 0),
        (24 * HOUR_MS, Timing.RUNNING, 1),
        (48 * HOUR_MS, Timing.SOON, 2),
        (71 * HOUR_MS, Timing.SOON, 3),
        (TERM_MS, Timing.SOON, 3),
        (TERM_MS + 1, Timing.LATE, 3),
    ],
)
def test_that_the_clock_alarms_after_24_48_and_71_hours(after_ms: int, timing: Timing, alarms: int) -> None:
    standing = now().clock(AT + after_ms)
    assert standing is not None
    assert (standing.timing, standing.reminders) == (timing, alarms)


def test_that_the_clock_stops_with_the_last_who_must_be_told_and_not_with_the_public() -> None:
    late_ms = AT + TERM_MS + 1
    one = now(told={Told.AUTHORITY: AT + HOUR_MS, Told.PUBLIC: AT + HOUR_MS}).clock(late_ms)
    both = now(told={Told.AUTHORITY: AT + HOUR_MS, Told.SUBJECTS: AT + 2 * HOUR_MS}).clock(late_ms)
    too_late = now(told={Told.AUTHORITY: AT + HOUR_MS, Told.SUBJECTS: late_ms}).clock(late_ms)
    assert one is not None
    assert both is not None
    assert too_late is not None
    assert (one.timing, both.timing, too_late.timing) == (Timing.LATE, Timing.ENDED_IN_TIME, Timing.ENDED_LATE)
    assert now(state=IncidentState.DISMISSED).clock(late_ms) is None


def test_that_a_clock_set_back_says_so() -> None:
    standing = now().clock(AT - 365 * 24 * HOUR_MS)
    assert standing is not None
    assert standing.timing is Timing.CLOCK_OFF


def test_that_it_is_closed_when_it_has_a_scope_and_both_were_told() -> None:
    told = {Told.AUTHORITY: AT, Told.SUBJECTS: AT}
    assert refusal("judge_close", now(told=told)) == "ok"
    assert refusal("judge_close", now(told={Told.AUTHORITY: AT})) == "not_told"
    assert refusal("judge_close", now(told=told, has_scope=False)) == "no_scope"
    assert refusal("judge_close", now(told=told, state=IncidentState.CLOSED)) == "state"


def test_that_a_scope_names_something_in_a_time_that_is_over() -> None:
    Scope(AT - 1, AT, account="ratna").judge(AT)
    for scope, code in (
        (Scope(AT - 1, AT), "no_scope"),
        (Scope(AT, AT, account="ratna"), "span"),
        (Scope(AT - 1, AT + 1, seat="SBY-0417"), "span"),
    ):
        with pytest.raises(NotAllowedError) as refused:
            scope.judge(AT)
        assert refused.value.code == code


def facts(**changed: object) -> IncidentFacts:
    parts: dict[str, object] = {
        "number": 3, "is_drill": False, "t0_ms": AT, "due_ms": AT + TERM_MS, "since_ms": AT - HOUR_MS, "until_ms": AT,
        "classes": ("contact", "special"), "affected": 12, "how": "A laptop was lost in a train.",
        "handling": "Its session was ended.", "recovery": "Keys were changed.",
    }  # fmt: skip
    return IncidentFacts(**(parts | changed))  # type: ignore[arg-type]


def test_that_both_languages_have_the_same_sentences_with_the_same_parts() -> None:
    english, indonesian = TEXTS["en"], TEXTS["id"]
    assert english.keys() == indonesian.keys()
    for key, text in english.items():
        parts = [{part for _, part, _, _ in string.Formatter().parse(t) if part} for t in (text, indonesian[key])]
        assert parts[0] == parts[1], key


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("who", Told)
def test_that_each_letter_has_the_three_contents_of_article_46(language: str, who: Told) -> None:
    texts, said = TEXTS[language], letter_to(who, facts(), Sender("Nusantara Care"), language, AT, str)
    assert texts["class.contact"] in said.text, "which data"
    assert texts["class.special"] in said.text
    assert str(AT - HOUR_MS) in said.text, "when"
    assert "A laptop was lost in a train." in said.text, "how"
    assert "Its session was ended." in said.text, "handling"
    assert "Keys were changed." in said.text, "recovery"
    to_you = texts["recovery.subjects"].format(text="Keys were changed.")
    assert (to_you in said.paragraphs) is (who is not Told.AUTHORITY), "an authority has nothing to do for itself"
    assert dict(said.facts)[texts["written"]] == str(AT)
    assert not said.mark
    assert ("12" in dict(said.facts).get(texts["affected"], "")) is (who is not Told.SUBJECTS)


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_what_is_not_known_is_said_to_be_unknown_and_a_drill_to_be_one(language: str) -> None:
    texts = TEXTS[language]
    unknown = facts(
        is_drill=True, since_ms=None, until_ms=None, classes=(), affected=None, how="", handling="", recovery=""
    )
    for who in Told:
        said = letter_to(who, unknown, Sender("Nusantara Care"), language, AT, str)
        assert texts["what.unknown"] in said.paragraphs
        assert said.text.count(texts["still"]) >= 3
        assert said.text.startswith(texts["drill"])
        assert said.text.rstrip().endswith(texts["drill"])

"""The retention engine, with time travel: minimum, maximum, holds, events that nobody knows, and clocks that jump."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.field import RetentionStart
from app.domain.retention.engine import Kept, Verdict, ahead, due_of
from app.domain.retention.terms import Rule, Term, months_after, rule_of
from app.domain.retention.trusted_time import BACK_MS, DRIFT_MS, FORWARD_MS, SERVERS, Doubt, TimeSeen, look

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
STARTS = st.sampled_from(RetentionStart)
FIELDS = ("customer_number", "name", "email", "nik", "card")
PURPOSES = ("service", "offers")
LASTING = frozenset({"customer_number", "name"})
YEAR_MS = 366 * 86_400_000
NOW = int(datetime(2026, 11, 28, tzinfo=UTC).timestamp() * 1000)


@st.composite
def a_term(draw: st.DrawFn, most: int = 240) -> Term:
    start = draw(STARTS)
    purpose = draw(st.sampled_from(PURPOSES)) if start is RetentionStart.CONSENT_WITHDRAWN else ""
    return Term(start, draw(st.integers(1, most)), purpose, draw(st.integers(0, 5)))


@st.composite
def a_rule(draw: st.DrawFn, field: str = "email") -> Rule:
    """Purposes with longest times each, least times of laws that come first, and of others."""
    ceilings = draw(st.lists(st.lists(a_term(), min_size=1, max_size=3), min_size=1, max_size=3))
    floors, wishes = (draw(st.lists(a_term(), max_size=2)) for _ in range(2))
    return rule_of(field, ceilings, floors, wishes)


@st.composite
def a_customer(draw: st.DrawFn) -> Kept:
    fields = draw(st.frozensets(st.sampled_from(FIELDS), min_size=1))
    began = draw(st.dictionaries(STARTS, DAYS))
    collected = draw(st.dictionaries(st.sampled_from(FIELDS), DAYS))
    withdrawn = draw(st.dictionaries(st.sampled_from(PURPOSES), DAYS))
    return Kept("r", fields, began, collected, draw(st.booleans()), withdrawn)


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    return tuple(draw(a_rule(field)) for field in FIELDS)


def is_over(kept: Kept, field: str, term: Term, today: date) -> bool:
    """By the calendar alone."""
    began = kept.day_of(field)(term)
    return began is not None and today >= months_after(began, term.months)


@given(a_customer(), rules(), DAYS)
def test_that_nothing_goes_before_its_minimum_and_all_of_it_once_its_maximum_is_over(
    kept: Kept, declared: tuple[Rule, ...], today: date
) -> None:
    """A law's least time that comes first is never undercut; another one only by a longest time that is over."""
    due = due_of(kept, declared, today, LASTING)
    gone = set() if due is None else set(kept.fields) if due.is_whole else set(due.fields)
    for rule in declared:
        if rule.field not in kept.fields:
            continue
        all_over = all(any(is_over(kept, rule.field, term, today) for term in one) for one in rule.ceilings)
        may_go = all(is_over(kept, rule.field, term, today) for term in rule.floors)
        if rule.field in gone:
            assert may_go, "a law wants it still"
            assert all_over, "a purpose wants it still, and with it any least time that gives way"
        elif all_over and may_go:
            assert kept.is_held or rule.field in LASTING, "what is over stays for a hold, or until the customer goes"


@given(
    st.lists(st.lists(a_term(), min_size=1, max_size=3), min_size=1, max_size=4),
    st.lists(a_term(), max_size=4),
    a_customer(),
    DAYS,
)
def test_that_a_rule_without_what_changes_nothing_says_the_same_day(
    ceilings: list[list[Term]], floors: list[Term], kept: Kept, today: date
) -> None:
    day_of = kept.day_of("email")
    plain = Rule("email", tuple(map(tuple, ceilings)), tuple(floors))
    short = rule_of("email", ceilings, floors, ())
    assert short.due_on(day_of) == plain.due_on(day_of)
    decided = short.decided(day_of)
    assert decided is None or is_over(kept, "email", decided[1], decided[0])
    assert kept.verdict(short, today) is kept.verdict(plain, today)


@given(a_customer(), rules(), DAYS)
def test_that_a_hold_always_wins(kept: Kept, declared: tuple[Rule, ...], today: date) -> None:
    assert due_of(replace(kept, is_held=True), declared, today, LASTING) is None


@given(a_customer(), rules(), DAYS)
def test_that_an_event_which_nobody_knows_makes_nothing_due(
    kept: Kept, declared: tuple[Rule, ...], today: date
) -> None:
    unknown = Kept(kept.record, kept.fields, {}, {})
    assert due_of(unknown, declared, today, LASTING) is None
    assert not list(ahead(unknown, declared))


@given(a_customer(), rules(), DAYS, st.integers(0, 40_000))
def test_that_a_customer_goes_whole_only_when_each_field_may_go_and_never_comes_back_with_time(
    kept: Kept, declared: tuple[Rule, ...], today: date, later: int
) -> None:
    due = due_of(kept, declared, today, LASTING)
    again = due_of(kept, declared, min(today + timedelta(days=later), date(9000, 1, 1)), LASTING)
    if due is not None:
        assert again is not None
        assert again.is_whole or set(due.fields) <= set(again.fields)
        assert due.is_whole or not set(due.fields) & LASTING


@given(a_rule(), a_customer(), DAYS)
def test_that_a_rule_has_one_verdict_and_says_the_day_of_it(rule: Rule, kept: Kept, today: date) -> None:
    kept = replace(kept, is_held=False)
    day_of = kept.day_of(rule.field)
    verdict, day, least = kept.verdict(rule, today), rule.due_on(day_of), rule.least_until(day_of)
    assert (verdict is Verdict.DUE) == (day is not None and today >= day)
    if verdict is Verdict.KEEP:
        assert least is not None
        assert today < least
    assert (kept.verdict(rule, date.max) is Verdict.OPEN) == (day is None)


def test_that_months_end_where_a_shorter_month_does() -> None:
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2026, 11, 28), 60) == date(2031, 11, 28)
    assert months_after(date(9999, 12, 31), 1) == date.max


# clocks


@st.composite
def travels(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """Real time that goes on, what the wall clock adds to it, and which boot it is: at each look."""
    looks, real, boot = [], NOW, 0
    for _ in range(draw(st.integers(1, 12))):
        real += draw(st.integers(1_000, 40 * 3_600_000))
        boot += draw(st.sampled_from((0, 0, 1)))
        jump = draw(st.sampled_from((0, 0, YEAR_MS, -YEAR_MS, 10 * YEAR_MS, FORWARD_MS * 2, -FORWARD_MS * 2)))
        looks.append((real, jump, f"boot-{boot}"))
    return looks


@given(travels())
@settings(max_examples=200)
def test_that_a_clock_that_jumps_moves_nothing_and_one_that_is_right_again_is_believed(
    looks: list[tuple[int, int, str]],
) -> None:
    seen = TimeSeen(NOW, "boot-0", 0)
    for real, jump, boot in looks:
        now = look(seen, real + jump, boot, real - NOW)
        if jump:
            assert now.doubt is (Doubt.AHEAD if jump > 0 else Doubt.BEHIND)
        assert now.seen.at_ms <= real + DRIFT_MS, "what is believed is never ahead of what is true"
        seen = now.seen
    again = look(seen, real, boot, real - NOW)
    assert again.doubt is (Doubt.NONE if real - seen.at_ms <= FORWARD_MS else Doubt.AHEAD)


@given(st.integers(-YEAR_MS, YEAR_MS))
def test_that_gateways_believe_two_days_at_most_and_never_the_boot_clock(jump: int) -> None:
    now = look(TimeSeen(NOW, SERVERS, NOW), NOW + jump, SERVERS, NOW + jump)
    expected = Doubt.AHEAD if jump > FORWARD_MS else Doubt.BEHIND if jump < -BACK_MS else Doubt.NONE
    assert now.doubt is expected


def test_that_the_first_look_is_believed() -> None:
    assert look(None, NOW, "b", 5) == look(TimeSeen(NOW, "b", 5), NOW, "b", 5)

"""The retention engine, with time travel: minimum, maximum, holds, events that nobody knows, and clocks that jump."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.field import RetentionStart
from app.domain.inventory import InventoryError, load_inventory
from app.domain.retention.engine import Kept, Rule, Verdict, ahead, due_of, months_after, rules_of
from app.domain.retention.trusted_time import BACK_MS, DRIFT_MS, FORWARD_MS, SERVERS, Doubt, TimeSeen, look
from app.resource_files import resource_text

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
STARTS = st.sampled_from(RetentionStart)
FIELDS = ("customer_number", "name", "email", "nik", "card")
LASTING = frozenset({"customer_number", "name"})
YEAR_MS = 366 * 86_400_000
NOW = int(datetime(2026, 11, 28, tzinfo=UTC).timestamp() * 1000)


@st.composite
def a_rule(draw: st.DrawFn, field: str = "email") -> Rule:
    most = draw(st.integers(1, 240))
    return Rule(field, draw(STARTS), draw(st.integers(0, most)), most)


@st.composite
def a_customer(draw: st.DrawFn) -> Kept:
    fields = draw(st.frozensets(st.sampled_from(FIELDS), min_size=1))
    began = draw(st.dictionaries(STARTS, DAYS))
    collected = draw(st.dictionaries(st.sampled_from(FIELDS), DAYS))
    return Kept("r", fields, began, collected, is_held=draw(st.booleans()))


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    return tuple(draw(a_rule(field)) for field in FIELDS)


@given(a_customer(), rules(), DAYS)
def test_that_nothing_goes_before_its_minimum_and_all_of_it_once_its_maximum_is_over(
    kept: Kept, declared: tuple[Rule, ...], today: date
) -> None:
    due = due_of(kept, declared, today, LASTING)
    gone = set() if due is None else set(kept.fields) if due.is_whole else set(due.fields)
    for rule in declared:
        if rule.field not in kept.fields:
            continue
        began = kept.start_of(rule)
        is_over = began is not None and today >= months_after(began, rule.most)
        if rule.field in gone:
            assert is_over
            assert began is not None
            assert today >= months_after(began, rule.least)
        elif is_over:
            assert kept.is_held or rule.field in LASTING, "what is over stays for a hold, or until the customer goes"


@given(a_customer(), rules(), DAYS)
def test_that_a_hold_always_wins(kept: Kept, declared: tuple[Rule, ...], today: date) -> None:
    held = Kept(kept.record, kept.fields, kept.began, kept.collected, is_held=True)
    assert due_of(held, declared, today, LASTING) is None


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


@given(a_rule(), DAYS, DAYS)
def test_that_a_rule_has_one_verdict_and_says_the_day_of_it(rule: Rule, began: date, today: date) -> None:
    verdict, day = rule.verdict(began, today, is_held=False), rule.due_on(began)
    assert day is not None
    assert (verdict is Verdict.DUE) == (today >= day)
    assert (verdict is Verdict.KEEP) == (today < months_after(began, rule.least))
    assert rule.verdict(None, today, is_held=False) is Verdict.OPEN


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


# what an inventory declares


def test_that_an_inventory_whose_minimum_is_longer_than_a_maximum_is_refused_at_its_line() -> None:
    text = resource_text("inventory", "customer.toml")
    shipped = {rule.field: rule for rule in rules_of(load_inventory(text))}
    assert (shipped["npwp"].least, shipped["npwp"].most) == (120, 120)
    assert shipped["card_number"].least == 0
    with pytest.raises(InventoryError, match="24 months at most and 60 at least"):
        load_inventory(text.replace("purposes = { tax = 120 }", "classes = { financial = 60 }"))
    for wrong in ("purposes = { nothing = 5 }", "purposes = { tax = 0 }", "purposes = { tax = true }", "months = 5"):
        with pytest.raises(InventoryError):
            load_inventory(text.replace("purposes = { tax = 120 }", wrong))

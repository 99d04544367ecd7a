"""The rules of the exposure ledger: each fires at its number and not below, counts what it says, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.audit_chain import AuditEntry
from app.domain.exposures.measure import Measure, RuleSpec
from app.domain.exposures.row import Row, row_of
from app.domain.exposures.rules import BOUNDS, flags, specs
from app.domain.exposures.words import ExposureKind, Rule
from app.domain.office_hours import DAYS, read_office_hours

HOURS = read_office_hours({"time_zone": "Asia/Jakarta", "days": list(DAYS[:6]), "from": "07:00", "until": "21:00"})
CALLER = frozenset({"confirm_delivery", "other"})
SPECS = {spec.rule: spec for spec in specs(CALLER)}
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=HOURS.zone)


def opening(number: int, at: datetime, agent: str = "ratna", **rest: str) -> Row:
    columns = {"outcome": "ok", "event": "reveal", "record": f"{number:032x}", "reason": "confirm_delivery", **rest}
    row = row_of(AuditEntry(number, round(at.timestamp() * 1000), actor=agent, **columns))  # type: ignore[arg-type]
    assert row is not None
    return row


def at_once(count: int, at: datetime = FRIDAY, **rest: str) -> list[Row]:
    return [opening(number, at + timedelta(seconds=number), **rest) for number in range(1, count + 1)]


def raised(rule: Rule, rows: list[Row]) -> list[Measure]:
    return [f.measure for f in flags(rows, HOURS, CALLER, {}) if f.measure.rule is rule]


PLAYS = {
    Rule.BULK: lambda count: at_once(count, reason="call_back"),
    Rule.OFF_HOURS: lambda count: at_once(count, FRIDAY.replace(hour=22), detail="check=1"),
    Rule.SAME_CUSTOMER: lambda count: [
        opening(n, FRIDAY, f"agent{n}", record="aa" * 16, detail="check=1") for n in range(1, count + 1)
    ],
    Rule.NO_CALL: lambda count: [opening(n, FRIDAY + timedelta(minutes=30 * n)) for n in range(1, count + 1)],
    Rule.REFUSALS: lambda count: at_once(count, outcome="refused", reason="role"),
}


@pytest.mark.parametrize("rule", list(Rule))
def test_that_a_rule_fires_at_its_number_and_not_one_below(rule: Rule) -> None:
    default = SPECS[rule].default
    (fired,) = raised(rule, PLAYS[rule](default))
    assert fired.value == default
    assert not raised(rule, PLAYS[rule](default - 1))


@pytest.mark.parametrize("rule", list(Rule))
def test_that_what_fires_one_rule_fires_no_other(rule: Rule) -> None:
    fired = flags(PLAYS[rule](SPECS[rule].default), HOURS, CALLER, {})
    assert {f.measure.rule for f in fired} == {rule}


def test_that_an_empty_log_raises_nothing() -> None:
    assert flags([], HOURS, CALLER, {}) == []
    assert all(not any(spec.would_fire(spec.measures([], HOURS))) for spec in SPECS.values())


def test_that_a_flag_carries_the_numbers_that_fired_it() -> None:
    before = [
        opening(100 + n, FRIDAY - timedelta(days=n, seconds=s), detail="call=1") for n in range(1, 9) for s in (1, 2)
    ]
    busy = [replace(row, on_call=row.entry > 14) for row in at_once(17, FRIDAY.replace(hour=15))]
    (fired,) = [f for f in flags(before + busy, HOURS, CALLER, {}) if f.measure.rule is Rule.BULK]
    measure = fired.measure
    assert (measure.value, fired.threshold, fired.usual) == (17, 12, (2, 2))
    assert (measure.exposures, measure.no_call, measure.agents, measure.days) == (17, 14, 1, 1)
    assert HOURS.local(measure.since_ms).hour == 15
    assert measure.until_ms - measure.since_ms == 3600 * 1000


def test_that_a_customer_is_one_stretch_over_the_end_of_a_week() -> None:
    days = [0, 1, 3, 4, 6, 9, 10, 30]
    rows = [opening(n, FRIDAY + timedelta(days=day), record="bb" * 16) for n, day in enumerate(days, 1)]
    found = SPECS[Rule.SAME_CUSTOMER].measures(rows, HOURS)
    assert sorted((m.value, m.days) for m in found) == [(1, 1), (5, 7)]


def test_that_several_fields_in_one_call_are_one_occasion() -> None:
    rows = [opening(n, FRIDAY + timedelta(seconds=n), record="cc" * 16) for n in range(1, 9)]
    (found,) = SPECS[Rule.SAME_CUSTOMER].measures(rows, HOURS)
    assert (found.value, found.exposures) == (1, 8)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, ExposureKind.REVEAL),
        ({"reference": "ab" * 16, "reason": "unlock"}, ExposureKind.UNLOCK),
        ({"event": "notes.read", "reason": ""}, ExposureKind.NOTES),
        ({"event": "use"}, ExposureKind.USE),
        ({"event": "lookup", "outcome": "failed"}, ExposureKind.LOOKUP),
    ],
)
def test_that_each_opening_is_of_its_kind(change: dict[str, str], kind: ExposureKind) -> None:
    row = opening(1, FRIDAY, **change)
    assert (row.kind, row.refused) == (kind, False)


def test_that_a_refusal_is_whose_request_was_refused() -> None:
    denied = opening(1, FRIDAY, "hendra", event="unlock.refuse", acting_with="ratna", reason="")
    assert (denied.agent, denied.refused) == ("ratna", True)
    assert opening(2, FRIDAY, outcome="refused", reason="role").refused


@pytest.mark.parametrize(
    ("event", "outcome", "reason"),
    [
        ("sign_in", "ok", ""),
        ("reveal", "refused", "step_up"),
        ("unlock.refuse", "refused", "expired"),
        ("use.done", "ok", ""),
    ],
)
def test_that_other_entries_are_neither(event: str, outcome: str, reason: str) -> None:
    assert row_of(AuditEntry(1, 1, event, outcome, actor="ratna", reason=reason)) is None


ROWS = st.lists(
    st.builds(
        Row,
        entry=st.integers(1, 10_000),
        at_ms=st.integers(0, 4_000_000_000_000) | st.integers(1_795_000_000_000, 1_795_400_000_000),
        agent=st.sampled_from(["ratna", "yudha"]),
        kind=st.sampled_from(list(ExposureKind)),
        record=st.sampled_from(["", "aa" * 16, "bb" * 16]),
        reason=st.sampled_from(["confirm_delivery", "call_back", ""]),
        on_call=st.booleans(),
        refused=st.booleans(),
    ),
    max_size=60,
)
"""The clock jumps: times come in any order, also from years ahead."""


@given(ROWS, st.randoms(use_true_random=False), st.sampled_from(list(Rule)))
def test_that_the_order_in_which_rows_come_changes_nothing(rows: list[Row], dice: object, rule: Rule) -> None:
    mixed = list(rows)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    measures = SPECS[rule].measures
    assert sorted(map(repr, measures(rows, HOURS))) == sorted(map(repr, measures(mixed, HOURS)))


@given(ROWS, st.sampled_from(list(Rule)))
def test_that_the_editor_tells_how_often_each_value_fires(rows: list[Row], rule: Rule) -> None:
    spec = SPECS[rule]
    found = spec.measures(rows, HOURS)
    would = spec.would_fire(found)
    assert len(would) == spec.most - spec.least + 1
    assert list(would) == [len(spec.fired(found, value)) for value in range(spec.least, spec.most + 1)]
    assert list(would) == sorted(would, reverse=True), "a higher threshold never raises more"


@given(ROWS)
def test_that_every_shown_value_is_in_exactly_one_hour(rows: list[Row]) -> None:
    found = SPECS[Rule.BULK].measures(rows, HOURS)
    assert sum(m.value for m in found) == sum(row.shows for row in rows)
    assert len({(m.subject, m.since_ms) for m in found}) == len(found)
    assert all(m.no_call <= m.exposures == m.value for m in found)


@given(ROWS)
def test_that_refusals_are_counted_by_their_rule_alone(rows: list[Row]) -> None:
    counted = sum(m.value for m in SPECS[Rule.REFUSALS].measures(rows, HOURS))
    assert counted == sum(row.refused for row in rows)
    shown = [row for row in rows if not row.refused]
    for rule in set(Rule) - {Rule.REFUSALS}:
        assert _same(SPECS[rule], rows, shown)


@given(ROWS, st.sampled_from(list(Rule)))
def test_that_a_measure_holds_the_times_that_it_counted(rows: list[Row], rule: Rule) -> None:
    times = [row.at_ms for row in rows]
    for measure in SPECS[rule].measures(rows, HOURS):
        assert any(measure.since_ms <= at < measure.until_ms for at in times)
        assert measure.value >= 1
        assert measure.last_entry in {row.entry for row in rows}


def _same(spec: RuleSpec, one: list[Row], other: list[Row]) -> bool:
    return sorted(map(repr, spec.measures(one, HOURS))) == sorted(map(repr, spec.measures(other, HOURS)))


def test_that_no_rule_can_be_set_to_fire_always_or_never() -> None:
    assert set(BOUNDS) == set(Rule)
    assert all(1 <= least <= default <= most <= 60 for default, least, most in BOUNDS.values())

"""The made month: five offenders are found among forty agents; without them only the others' odd days are left."""

import pytest

from app.backoffice.exposure_lines import caller_reasons
from app.domain.exposures.rules import BOUNDS, flags
from app.domain.exposures.words import Rule
from app.domain.policy_reader import load_policy
from app.resource_files import resource_text
from benchmarks.exposure_log import rows
from benchmarks.exposure_month import CALLER_REASONS, HOURS, made_month
from benchmarks.exposures import scores, table

SEEDS = (1, 2, 3)
LEAST = {
    Rule.BULK: (0.75, 0.8),
    Rule.OFF_HOURS: (0.5, 0.8),
    Rule.SAME_CUSTOMER: (0.25, 0.6),
    Rule.NO_CALL: (0.9, 0.8),
    Rule.REFUSALS: (0.75, 0.8),
}
"""Precision and recall at the default thresholds, at least."""


@pytest.mark.parametrize("seed", SEEDS)
def test_that_rules_find_offenders_at_their_default_thresholds(seed: int) -> None:
    found = scores(made_month(seed))
    for rule, score in found.items():
        precision, recall = LEAST[rule]
        assert score.precision >= precision, (rule, score)
        assert score.recall >= recall, (rule, score)
        assert score.found < score.planted, "each offender keeps below the threshold once, which no rule can see"


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_that_without_the_offenders_their_flags_are_gone(seed: int) -> None:
    quiet = flags(made_month(seed, offenders=False, odd_days=False).rows, HOURS, CALLER_REASONS, {})
    assert quiet == [], "a month without odd days raises nothing"
    left = scores(made_month(seed, offenders=False))
    with_them = scores(made_month(seed))
    for rule in Rule:
        assert left[rule].right == 0
        assert left[rule].flags < with_them[rule].flags


@pytest.mark.parametrize("rule", list(Rule))
def test_that_a_threshold_at_its_most_finds_none_of_its_offences(rule: Rule) -> None:
    _default, _least, most = BOUNDS[rule]
    assert scores(made_month(), {rule: most})[rule].found == 0


def test_that_the_month_goes_by_the_shipped_policy() -> None:
    policy = load_policy(resource_text("policy", "default.toml"))
    assert caller_reasons(policy) == CALLER_REASONS
    assert policy.office_hours == HOURS


def test_that_a_seed_makes_one_month() -> None:
    assert made_month(7) == made_month(7)
    assert made_month(7).entries != made_month(8).entries


def test_that_a_large_log_is_the_month_again_and_again_up_to_now() -> None:
    now_ms = 1_800_000_000_000
    made = list(rows(250_000, 17, now_ms))
    assert [row["number"] for row in made] == list(range(18, 250_018))
    times = [row["at_ms"] for row in made]
    assert max(times) <= now_ms
    assert max(times) - min(times) > 60 * 24 * 3600 * 1000
    assert {row["event"] for row in made} == {"caller_check", "verify", "reveal", "caller_check.end"}


def test_that_the_table_names_every_rule() -> None:
    text = table(scores(made_month()))
    assert all(rule.value in text for rule in Rule)
    assert "recall" in text

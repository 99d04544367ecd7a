"""What policy demands of training: by class, within its bounds, and never less than the base."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.policy import PolicyError
from app.domain.policy_difference import difference
from app.domain.policy_edit import read_edit
from app.domain.policy_reader import load_policy
from app.domain.training.lesson import LESSONS
from app.domain.training.rule import (
    NOTHING_ASKED,
    RULES,
    TrainingRule,
    TrainingRuleError,
    looser_training,
    read_training,
)
from app.resource_files import resource_text

TABLE: dict[str, Any] = {
    "contact": ["masks", "law"],
    "identity": [],
    "financial": ["incidents"],
    "special": list(LESSONS),
    "note": [],
    "questions": 14,
    "pass_percent": 75,
    "tries_day": 4,
    "valid_days": 365,
    "accept_rules": True,
}
RULE = read_training(TABLE)
SHIPPED = load_policy(resource_text("policy", "default.toml"))


def test_that_a_class_waits_for_its_first_missing_lesson() -> None:
    assert RULE.missing(DataClass.CONTACT, set(), accepted=True) == "law"
    assert RULE.missing(DataClass.CONTACT, {"law"}, accepted=True) == "masks"
    assert RULE.missing(DataClass.CONTACT, {"law", "masks"}, accepted=True) == ""
    assert RULE.missing(DataClass.IDENTITY, set(), accepted=True) == ""


def test_that_rules_of_conduct_come_before_lessons_and_open_fields_wait_for_nothing() -> None:
    assert RULE.missing(DataClass.IDENTITY, set(), accepted=False) == RULES
    assert RULE.missing(DataClass.OPEN, set(), accepted=False) == ""


def test_that_nothing_rests_where_nothing_is_asked() -> None:
    assert NOTHING_ASKED.asks_for_nothing
    assert not RULE.asks_for_nothing
    assert {NOTHING_ASKED.missing(c, set(), accepted=False) for c in SEALED_CLASSES} == {""}


REFUSED = [
    ("questions", 19), ("questions", 11), ("questions", True), ("pass_percent", 49), ("tries_day", 11),
    ("valid_days", 366), ("accept_rules", 1), ("contact", ["driving"]), ("contact", ["law", "law"]), ("contact", "law"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), REFUSED)
def test_that_a_value_out_of_its_bounds_is_refused_by_its_key(key: str, value: object) -> None:
    with pytest.raises(TrainingRuleError) as caught:
        read_training({**TABLE, key: value})
    assert caught.value.key == key


def test_that_keys_must_be_known_and_complete() -> None:
    with pytest.raises(TrainingRuleError, match="unknown key 'exam'"):
        read_training({**TABLE, "exam": 1})
    with pytest.raises(TrainingRuleError, match="note is missing"):
        read_training({key: value for key, value in TABLE.items() if key != "note"})


LOOSER = [
    {"contact": ["law"]}, {"questions": 13}, {"pass_percent": 70}, {"tries_day": 5}, {"accept_rules": False},
]  # fmt: skip
STRICTER = [{"identity": ["law"]}, {"questions": 15}, {"pass_percent": 80}, {"tries_day": 1}, {"valid_days": 30}]


@pytest.mark.parametrize("change", LOOSER)
def test_that_an_edit_demands_no_less(change: dict[str, Any]) -> None:
    found = looser_training(RULE, read_training({**TABLE, **change}))
    assert found is not None
    assert found[1] == next(iter(change))


@pytest.mark.parametrize("change", STRICTER)
def test_that_an_edit_may_demand_more(change: dict[str, Any]) -> None:
    assert looser_training(RULE, read_training({**TABLE, **change})) is None


def test_that_an_edit_of_the_policy_is_judged_and_told_by_key() -> None:
    with pytest.raises(PolicyError, match="tries_day may be"):
        read_edit("[training]\ntries_day = 10\n", SHIPPED)
    stricter = read_edit("[training]\npass_percent = 100\n", SHIPPED)
    (change,) = difference(SHIPPED, stricter)
    assert (change.of, change.old, change.new) == (("training", "pass_percent"), SHIPPED.training.pass_percent, 100)


def test_that_the_rule_of_the_shipped_policy_names_lessons_that_there_are() -> None:
    rule: TrainingRule = SHIPPED.training
    assert set(rule.lessons) <= set(LESSONS)
    assert replace(rule, opens={}, accept_rules=False).asks_for_nothing

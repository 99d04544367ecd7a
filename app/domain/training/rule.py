"""What policy demands of training: which lessons open which class, how a test is passed, how long it counts.

Without it reveals, requests and uses of a class rest; nobody is ever kept from signing in. An office may demand more
than the base, never less.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.training.lesson import ASKED_LEAST, LESSONS, POOL_LEAST

RULES = "rules"
"""Stands for the rules of conduct where a lesson's code would: they are accepted, not learnt."""

VALID_DAYS_MOST = 365
"""Awareness is renewed every twelve months (PCI DSS 12.6.3.1)."""
DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """The rule.

    Attributes:
        opens: by class, the lessons without which nothing of it opens.
        questions: drawn for a test.
        pass_percent: of them must be right.
        tries_day: tests of one lesson in 24 hours.
        valid_days: how long a certificate counts.
        accept_rules: whether reveals rest until the newest rules of conduct were accepted.
    """

    opens: Mapping[DataClass, tuple[str, ...]]
    questions: int
    pass_percent: int
    tries_day: int
    valid_days: int
    accept_rules: bool

    @property
    def lessons(self) -> tuple[str, ...]:
        """All that some class needs."""
        needed = {code for codes in self.opens.values() for code in codes}
        return tuple(code for code in LESSONS if code in needed)

    @property
    def asks_for_nothing(self) -> bool:
        """Whether nothing rests, whatever somebody has learnt."""
        return not self.lessons and not self.accept_rules

    def missing(self, data_class: DataClass, passed: Collection[str], *, accepted: bool) -> str:
        """What still keeps a class shut: `RULES`, the first lesson that lacks, or nothing."""
        needed = self.opens.get(data_class, ())
        if self.accept_rules and not accepted and data_class is not DataClass.OPEN:
            return RULES
        return next((code for code in LESSONS if code in needed and code not in passed), "")

    def classes_of(self, lesson: str) -> tuple[DataClass, ...]:
        """The classes that need a lesson."""
        return tuple(c for c in SEALED_CLASSES if lesson in self.opens.get(c, ()))


NOTHING_ASKED = TrainingRule({}, ASKED_LEAST, 75, 10, VALID_DAYS_MOST, accept_rules=False)
"""A rule under which nothing rests."""

BOUNDS = {
    "questions": (ASKED_LEAST, POOL_LEAST),
    "pass_percent": (50, 100),
    "tries_day": (1, 10),
    "valid_days": (1, 365),
}


class TrainingRuleError(ValueError):
    """A table that is refused.

    Attributes:
        key: which of its keys is wrong, or empty.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key, self.reason = key, reason


def read_training(found: Mapping[str, object]) -> TrainingRule:
    """The rule of a policy's table `[training]`.

    Raises:
        TrainingRuleError: an unknown or missing key, a lesson that nobody wrote, or a number out of its bounds.
    """
    known = {*map(str, SEALED_CLASSES), *BOUNDS, "accept_rules"}
    for key in found:
        if key not in known:
            raise TrainingRuleError(key, f"unknown key {key!r}")
    for key in sorted(known):
        if key not in found:
            raise TrainingRuleError("", f"{key} is missing")
    if not isinstance(found["accept_rules"], bool):
        raise TrainingRuleError("accept_rules", "accept_rules must be true or false")
    numbers = {key: _number(key, found[key]) for key in BOUNDS}
    opens = {c: _lessons(c, found[c.value]) for c in SEALED_CLASSES}
    return TrainingRule(opens=opens, accept_rules=found["accept_rules"], **numbers)


def _number(key: str, value: object) -> int:
    least, most = BOUNDS[key]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise TrainingRuleError(key, f"{key} must be a whole number from {least} to {most}")
    return value


def _lessons(data_class: DataClass, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or any(code not in LESSONS for code in value) or len(set(value)) != len(value):
        raise TrainingRuleError(data_class, f"{data_class} must list lessons, once each: {', '.join(LESSONS)}")
    return tuple(code for code in LESSONS if code in value)


def looser_training(base: TrainingRule, edited: TrainingRule) -> tuple[int, str, str] | None:
    """The first thing by which an edit demands less than its base: index 0, key, and what is wrong."""
    for data_class, codes in base.opens.items():
        if set(codes) - set(edited.opens.get(data_class, ())):
            return 0, data_class, f"only IT takes a lesson from {data_class}"
    for key in ("questions", "pass_percent"):
        if getattr(edited, key) < getattr(base, key):
            return 0, key, f"{key} must be at least {getattr(base, key)}"
    for key in ("tries_day", "valid_days"):
        if getattr(edited, key) > getattr(base, key):
            return 0, key, f"{key} may be {getattr(base, key)} at most"
    if base.accept_rules and not edited.accept_rules:
        return 0, "accept_rules", "only IT lets reveals go without accepted rules"
    return None


def parts(rule: TrainingRule) -> dict[str, object]:
    """The rule key by key, as the policy writes it."""
    numbers = {f.name: getattr(rule, f.name) for f in fields(rule) if f.name != "opens"}
    return {**{c.value: ", ".join(codes) for c, codes in rule.opens.items()}, **numbers}

"""The lines of the policy's tables."""

from collections.abc import Mapping
from dataclasses import fields

from app.domain.data_class import DataClass
from app.domain.policy import Numbers, Policy, Reason
from app.session.policies import PolicyShown
from app.ui.language import spoken
from app.ui.policy.policy_table import Line
from app.ui.policy.value_words import (
    check_name,
    classes_words,
    keep_name,
    number_name,
    number_value,
    other_name,
    plain,
    reason_conditions,
    wrap_up_name,
)
from app.ui.policy.words import PEOPLE, right_words, version_name
from app.ui.saying import filled
from app.ui.words import class_name, day_and_time, role_name

GRID = tuple(DataClass)
RULE = "rule "
"""Before the name of what is no number, in the key of its line."""
_ELSEWHERE = {f.name for f in fields(Numbers)} | {
    "roles",
    "reveal_reasons",
    "ask_reasons",
    "caller_check",
    "outcomes",
    "tags",
    "keep_reasons",
    "text",
}


def right_lines(policy: Policy) -> tuple[Line, ...]:
    """A role a line, a class a column."""
    return tuple(Line(role, (role_name(role), *(right_words(policy, role, c) for c in GRID))) for role in PEOPLE)


def reason_lines(policy: Policy) -> tuple[Line, ...]:
    """A reason a line."""
    return tuple(_reason(what, r) for what, reasons in reasons_by_kind(policy) for r in reasons)


def reasons_by_kind(policy: Policy) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    """Reasons to reveal, then reasons to ask."""
    return ("reveal", policy.reveal_reasons), ("ask", policy.ask_reasons)


def reason_of(policy: Policy, key: str) -> tuple[str, Reason]:
    """What the reason of a line is for, and the reason."""
    what, _, code = key.partition(" ")
    return what, next(r for kind, reasons in reasons_by_kind(policy) for r in reasons if (kind, r.code) == (what, code))


def _reason(what: str, reason: Reason) -> Line:
    label = reason.label(spoken().value)
    return Line(
        f"{what} {reason.code}",
        (filled("{}\n{}", label, reason_conditions(what, reason)), classes_words(reason.classes)),
    )


def number_lines(policy: Policy) -> tuple[Line, ...]:
    """Numbers, then the other rules."""
    numbers = [Line(f.name, (number_name(f.name), _number(policy, f.name))) for f in fields(Numbers)]
    return (*numbers, *(Line(RULE + name, (name, value)) for name, value in rules(policy)))


def _number(policy: Policy, name: str) -> str:
    return number_value(name, getattr(policy, name))


def rules(policy: Policy) -> list[tuple[str, str]]:
    """Rules that are no numbers of their own: names and values in words."""
    check = policy.caller_check
    found = []
    for field in fields(check):
        value = getattr(check, field.name)
        words = number_value(field.name, value) if field.name.endswith("_s") else plain(value)
        found.append((check_name(field.name), words))
    for name in (f.name for f in fields(Policy) if f.name not in _ELSEWHERE):
        value = getattr(policy, name)
        if isinstance(value, Mapping):
            keys = [(key, key if isinstance(key, tuple) else (key,)) for key in value]
            found += [(other_name((name, *parts)), plain(value[key])) for key, parts in keys]
        else:
            found.append((other_name((name,)), plain(value)))
    for kind, declared in (("outcome", policy.outcomes), ("tag", policy.tags)):
        found += [(wrap_up_name(kind, word.code), plain(word)) for word in declared]
    found += [(keep_name(reason.code), plain(reason)) for reason in policy.keep_reasons]
    return found


def version_lines(shown: PolicyShown) -> tuple[Line, ...]:
    """Versions, the newest first; what came with the program last."""
    made = [
        Line(
            str(v.number), (version_name(v.number), v.why, v.proposed_by_name, v.confirmed_by_name, day_and_time(v.at))
        )
        for v in shown.versions
    ]
    return (*made, Line("0", (version_name(0), "", "", "", "")))


def headings_of_classes() -> tuple[str, ...]:
    """The classes above the grid."""
    return tuple(class_name(c) for c in GRID)

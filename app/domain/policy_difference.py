"""What an edit of the policy changes, thing by thing, for words on a screen: rights, reasons, numbers, the rest.

Invariant: nothing that differs is left out. What has no words of its own is shown as the program writes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import partial
from typing import Any, cast

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.kept_find import KeepReason
from app.domain.policy import Numbers, Policy, Reason, RoleRights
from app.domain.role import Role
from app.domain.training.rule import parts
from app.domain.wrap_up import WrapWord

_Coded = tuple[Reason, ...] | tuple[WrapWord, ...] | tuple[KeepReason, ...]


class ChangeKind(StrEnum):
    """What changes."""

    ACCESS = "access"
    """Role, class; what the role may do with it."""
    STEP_UP = "step_up"
    """Role, class; whether it needs a fresh code."""
    DECIDES = "decides"
    """Role, class; whether it decides on other people's requests."""
    REASON = "reason"
    """`reveal` or `ask`, code; a reason comes, goes, or is another one."""
    WRAP_UP = "wrap_up"
    """`outcome` or `tag`, code; how a visit ends, or what it was about."""
    KEEP_REASON = "keep_reason"
    """`keep`, code; why finds of a note may stay as typed."""
    NUMBER = "number"
    """The number's name."""
    CALLER_CHECK = "caller_check"
    """A key of `[caller_check]`."""
    COPIED = "copied"
    """Class; whether its values may be copied."""
    OTHER = "other"
    """A part that has no words of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes.

    Attributes:
        kind: what.
        of: which one, see `ChangeKind`.
        old, new: before and after, as the policy has it; None where there is nothing.
    """

    kind: ChangeKind
    of: tuple[str, ...]
    old: object
    new: object


def difference(old: Policy, new: Policy) -> tuple[Change, ...]:
    """What changes from one policy to another, in the order of the screens."""
    changes = [
        *_rights(old, new),
        *_by_code(ChangeKind.REASON, "reveal", old.reveal_reasons, new.reveal_reasons),
        *_by_code(ChangeKind.REASON, "ask", old.ask_reasons, new.ask_reasons),
        *_by_code(ChangeKind.WRAP_UP, "outcome", old.outcomes, new.outcomes),
        *_by_code(ChangeKind.WRAP_UP, "tag", old.tags, new.tags),
        *_by_code(ChangeKind.KEEP_REASON, "keep", old.keep_reasons, new.keep_reasons),
        *_attributes(ChangeKind.NUMBER, [f.name for f in fields(Numbers)], old, new),
        *_attributes(ChangeKind.CALLER_CHECK, [f.name for f in fields(old.caller_check)], old.caller_check,
                     new.caller_check),
        *_per_class(ChangeKind.COPIED, (), lambda policy, c: c in policy.copied, old, new),
        *_training(old, new),
        *_others(old, new),
    ]  # fmt: skip
    return tuple(changes)


def _rights(old: Policy, new: Policy) -> list[Change]:
    changes = []
    for role in Role:
        for kind, asked in (
            (ChangeKind.ACCESS, Policy.access),
            (ChangeKind.STEP_UP, Policy.needs_step_up),
            (ChangeKind.DECIDES, Policy.may_decide),
        ):
            changes += _per_class(kind, (role,), partial(_of_role, asked, role), old, new)
    return changes


def _of_role(
    asked: Callable[[Policy, Role, DataClass], object], role: Role, policy: Policy, data_class: DataClass
) -> object:
    return asked(policy, role, data_class)


def _per_class(
    kind: ChangeKind, of: tuple[str, ...], ask: Callable[[Policy, DataClass], object], old: Policy, new: Policy
) -> list[Change]:
    pairs = ((c, ask(old, c), ask(new, c)) for c in SEALED_CLASSES)
    return [Change(kind, (*of, c), before, after) for c, before, after in pairs if before != after]


def _by_code(kind: ChangeKind, what: str, old: _Coded, new: _Coded) -> list[Change]:
    """By code; another order alone is a change, too, since it is the order of the buttons."""
    before, after = {r.code: r for r in old}, {r.code: r for r in new}
    codes = [*before, *(code for code in after if code not in before)]
    changes = [
        Change(kind, (what, code), before.get(code), after.get(code))
        for code in codes
        if before.get(code) != after.get(code)
    ]
    kept = [code for code in before if code in after]
    now = [code for code in after if code in before]
    if kept != now:
        changes.append(Change(kind, (what,), ", ".join(kept), ", ".join(now)))
    return changes


def _attributes(kind: ChangeKind, names: list[str], old: object, new: object) -> list[Change]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return [Change(kind, (name,), before, after) for name, before, after in pairs if before != after]


def _training(old: Policy, new: Policy) -> list[Change]:
    """The rule on training, key by key as the text has it."""
    before, after = parts(old.training), parts(new.training)
    return [
        Change(ChangeKind.OTHER, ("training", key), before.get(key, ""), after.get(key, ""))
        for key in {**before, **after}
        if before.get(key, "") != after.get(key, "")
    ]


_WORDED = frozenset({"reveals", "asks", "decides", "steps_up_for"})
_NO_OTHER = frozenset(
    {
        "roles",
        "reveal_reasons",
        "ask_reasons",
        "outcomes",
        "tags",
        "keep_reasons",
        "caller_check",
        "copied",
        "capture_exception",
        "training",
        "text",
    }
)


def _others(old: Policy, new: Policy) -> list[Change]:
    """Parts of a policy, and of a role's rights, that this file has no words for, by their attribute."""
    numbers = {f.name for f in fields(Numbers)}
    names = [f.name for f in fields(Policy) if f.name not in numbers | _NO_OTHER]
    changes = []
    for change in _attributes(ChangeKind.OTHER, names, old, new):
        is_map = isinstance(change.old, Mapping) and isinstance(change.new, Mapping)
        changes += _by_key(change) if is_map else [change]
    for role in Role:
        for name in (f.name for f in fields(RoleRights) if f.name not in _WORDED):
            before, after = getattr(old.roles[role], name), getattr(new.roles[role], name)
            if before != after:
                changes.append(Change(ChangeKind.OTHER, (role, name), before, after))
    return changes


def _by_key(change: Change) -> list[Change]:
    """A change of a map, key by key; a key may have several parts."""
    old, new = cast("Mapping[Any, object]", change.old), cast("Mapping[Any, object]", change.new)
    keys = [*old, *(key for key in new if key not in old)]
    return [
        Change(
            change.kind, (*change.of, *map(str, key if isinstance(key, tuple) else (key,))), old.get(key), new.get(key)
        )
        for key in keys
        if old.get(key) != new.get(key)
    ]

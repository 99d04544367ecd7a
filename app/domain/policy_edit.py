"""An office's own policy: a text over the *base*, which came with the program and is IT's, and what it may say.

What a text lacks, the base says, so that a newer program's keys have a value. The base is the ceiling: an edit takes
rights and gives back what the base gives; only an office's own budgets, some numbers and the quotas, may be above it.
Whose key a role may hold, what else a role does, the zone of the clock, and the exception to the block of captures are
the base's alone: the book is replayed with the first, and whoever makes accounts or imports is not changed in passing.

An edit leaves the office able to work and to edit again: nothing is asked for that nobody decides, and no time is so
short that nobody gets to a screen.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, NoReturn

from app.domain.kept_find import looser_keeping
from app.domain.off_hours import Outside
from app.domain.policy import CEILINGS, Numbers, Policy, PolicyError, PolicyFault, Reason, RoleRights
from app.domain.policy_ceiling import Looser, looser_hours, looser_list, looser_reason
from app.domain.policy_reader import load_policy
from app.domain.posture.demands import looser_part
from app.domain.role import Role
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml
from app.domain.training.rule import looser_training
from app.domain.wrap_up import missing_code

OWN_BUDGETS = frozenset(
    {
        "ask_again_s", "lookups_minute", "lookups_shift", "edits_minute", "edits_shift", "reason_text_min",
        "reason_text_max",
    }
)  # fmt: skip
"""Numbers that an office sets for its own work, up to the program's ceilings; all others are at most the base's."""

FLOORS: Mapping[str, int] = {
    "idle_lock_s": 30,
    "idle_end_s": 60,
    "call_idle_max_s": 30,
    "session_s": 1_800,
    "lease_s": 180,
    "beat_s": 10,
    "step_up_s": 60,
    "sign_in_s": 120,
    "view_s": 5,
    "unlock_wait_s": 20,
    "unlock_s": 20,
    "lock_tries": 3,
    "activation_s": 600,
    "import_batch_records": 10,
}
"""No edit sets less, or nobody would get far enough to take it back."""

FIXED_RIGHTS = frozenset(f.name for f in fields(RoleRights)) - {"reveals", "asks", "decides", "steps_up_for"}
LONGEST_TEXT = 60_000
"""Characters of the text of a policy."""
_CAPTURES = "capture_exception"
_CODE = re.compile("[a-z][a-z_]{0,31}")
_LONGEST_LABEL = 80


def number_bounds(base: Policy, name: str) -> tuple[int, int]:
    """The least and the most that an edit may set a number to."""
    most = CEILINGS[name] if name in OWN_BUDGETS else getattr(base, name)
    return min(FLOORS.get(name, 1), getattr(base, name)), most


def read_edit(text: str, base: Policy) -> Policy:
    """The policy of an edit's text over the base.

    Raises:
        PolicyError: with line and reason; also where it says more than the base lets it.
    """
    places = TomlPlaces(text)
    try:
        tables = parse_toml(text)
    except TomlError as error:
        raise PolicyError(error.line, error.reason, fault=PolicyFault.NO_TOML) from error
    if _CAPTURES in tables:
        raise PolicyError(places.line(_CAPTURES), "captures are let through by IT alone; take [capture_exception] out")
    policy = load_policy(text, over=base.text)
    policy = replace(policy, capture_exception=base.capture_exception)
    _Judge(places, base, policy).judge()
    return policy


def policy_in_force(text: str, base: Policy) -> Policy:
    """The policy of a text that two people signed; one that a newer base does not let stand shuts everything.

    Nobody reveals, asks or decides then until the office has edited it anew: no silent step back to what the base
    would give.
    """
    try:
        return read_edit(text, base)
    except PolicyError:
        return shut(base)


def shut(base: Policy) -> Policy:
    """The base without anything that opens a sealed value."""
    nothing: frozenset[Any] = frozenset()
    roles = {
        role: replace(rights, reveals=nothing, asks=nothing, decides=nothing, steps_up_for=nothing)
        for role, rights in base.roles.items()
    }
    return replace(base, roles=roles, copied=nothing)


def opens_nothing(policy: Policy) -> bool:
    """Whether no role reveals anything: the policy does not fit the program any more."""
    return not any(rights.reveals for rights in policy.roles.values())


class _Judge:
    """Compares an edit with its base."""

    def __init__(self, places: TomlPlaces, base: Policy, policy: Policy) -> None:
        self._places, self._base, self._policy = places, base, policy

    def judge(self) -> None:
        """Refuse what an edit may not say.

        Raises:
            PolicyError: the first such thing.
        """
        for field in fields(Numbers):
            self._number(field.name)
        for role in Role:
            self._role(role)
        self._caller_check()
        if self._policy.copied - self._base.copied:
            self._refuse("IT has not allowed to copy values of this class", "clipboard", "classes")
        self._off_hours()
        self._no_looser("office_hours", looser_hours(self._base.office_hours, self._policy.office_hours))
        self._no_looser("training", looser_training(self._base.training, self._policy.training))
        self._no_looser("who_saw", looser_list(self._base.who_saw, self._policy.who_saw))
        if part := looser_part(self._base.posture, self._policy.posture):
            self._refuse("this is demanded of every workstation; only IT demands less", "posture", part)
        if self._base.only_known_workstations and not self._policy.only_known_workstations:
            self._refuse("IT lets only known workstations in", "workstations", "only_known")
        self._somebody_decides()
        self._reasons("reveal_reason", self._base.reveal_reasons, self._policy.reveal_reasons)
        self._reasons("ask_reason", self._base.ask_reasons, self._policy.ask_reasons)
        for table, base, edited in (
            ("outcome", self._base.outcomes, self._policy.outcomes),
            ("tag", self._base.tags, self._policy.tags),
        ):
            if code := missing_code(base, edited):
                self._refuse(f"{code} stands in old contacts; set retired = true instead of taking it out", table)
        self._no_looser("keep_reason", looser_keeping(self._base.keep_reasons, self._policy.keep_reasons))

    def _refuse(
        self, reason: str, table: str, key: str = "", index: int = 0, fault: PolicyFault = PolicyFault.OTHER
    ) -> NoReturn:
        raise PolicyError(self._places.line(table, key, index), reason, key=key or table, fault=fault)

    def _number(self, name: str) -> None:
        value, (least, most) = getattr(self._policy, name), number_bounds(self._base, name)
        if value > most:
            self._refuse(f"{name} may be {most} at most; only IT raises it", "numbers", name, fault=PolicyFault.BOUNDS)
        if value < least:
            reason = f"{name} must be at least {least}, or nobody could take it back"
            self._refuse(reason, "numbers", name, fault=PolicyFault.BOUNDS)

    def _role(self, role: Role) -> None:
        table, base, edited = f"role.{role}", self._base.roles[role], self._policy.roles[role]
        for key in sorted(FIXED_RIGHTS):
            if getattr(edited, key) != getattr(base, key):
                self._refuse(f"{key} is set by IT alone", table, key)
        if edited.reveals - base.reveals:
            self._refuse("this role may not reveal that class; only IT gives it", table, "reveals")
        if edited.asks - base.asks - base.reveals:
            self._refuse("this role may not ask for that class; only IT gives it", table, "asks")
        if edited.decides - base.decides:
            self._refuse("this role may not decide on that class; only IT gives it", table, "decides")
        if (base.steps_up_for & edited.reveals) - edited.steps_up_for:
            self._refuse("this role needs a fresh code for that class; only IT takes it away", table, "steps_up_for")

    def _caller_check(self) -> None:
        table, base, edited = "caller_check", self._base.caller_check, self._policy.caller_check
        if base.required_for - edited.required_for:
            self._refuse("an identified caller is needed for that class; only IT takes it away", table, "required_for")
        if set(edited.fields) - set(base.fields):  # else one may be chosen that everybody may open and type in
            self._refuse("only IT adds a field to the check of a caller", table, "fields")
        if edited.need < base.need:
            self._refuse(f"need must be at least {base.need}", table, "need")
        if edited.by_eye_max > base.by_eye_max:
            self._refuse(f"by_eye_max may be {base.by_eye_max} at most", table, "by_eye_max")
        if edited.longest_s > base.longest_s:
            self._refuse(f"longest_s may be {base.longest_s} at most", table, "longest_s")

    def _off_hours(self) -> None:
        for role, outside in self._policy.off_hours.items():
            if list(Outside).index(outside) < list(Outside).index(self._base.off_hours.get(role, Outside.ASK)):
                self._refuse("outside the hours of work this role gets no more than that; only IT gives it",
                             "off_hours", role)  # fmt: skip

    def _no_looser(self, table: str, found: Looser | None) -> None:
        if found is not None:
            index, key, sentence = found
            self._refuse(sentence, table, key, index)

    def _reasons(self, table: str, base: tuple[Reason, ...], reasons: tuple[Reason, ...]) -> None:
        """Codes go into the log as they are, and labels onto buttons; what the base demands, they demand."""
        for index, reason in enumerate(reasons):
            if not _CODE.fullmatch(reason.code):
                self._refuse("code must be a word of a to z and _, 32 at most", table, "code", index)
            for key in ("label_en", "label_id"):
                if len(getattr(reason, key)) > _LONGEST_LABEL:
                    self._refuse(f"{key} may have {_LONGEST_LABEL} characters at most", table, key, index)
        self._no_looser(table, looser_reason(base, reasons, self._base.caller_check.required_for))

    def _somebody_decides(self) -> None:
        roles = self._policy.roles
        decided = frozenset[Any]().union(*(rights.decides for rights in roles.values()))
        for role, rights in roles.items():
            for data_class in sorted(rights.asks - decided):
                self._refuse(f"nobody would decide requests for {data_class}", f"role.{role}", "asks")

"""The policy: who may what, for which reasons, and for how long. Data, judged once at load (`decisions.md`).

Invariants: every role is described; nobody decides what they may not reveal; nobody reveals a class whose key their
role may not hold; `financial` and `special` open with a fresh code alone; every class that a role reveals has a quota;
numbers only tighten (a file may lower a time, never raise it above the ceiling). The policy says what *may* be; the
book says who *is* what.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, NoReturn

from app.domain.caller_check import CallerCheckRule
from app.domain.capture_exception import CaptureException, CaptureExceptionError, read_capture_exception
from app.domain.data_class import FIELD_CLASSES, SEALED_CLASSES, DataClass
from app.domain.errors import InputRefusedError
from app.domain.kept_find import KeepReason, KeepReasonError, read_keep_reasons
from app.domain.off_hours import OffHoursError, Outside, read_off_hours
from app.domain.office_hours import OfficeHours, OfficeHoursError, read_office_hours
from app.domain.posture.demands import Demand, DemandError, read_demands
from app.domain.posture.words import Part
from app.domain.quota import Quota, QuotaError, read_quotas
from app.domain.role import Role
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml
from app.domain.training.rule import TrainingRule, TrainingRuleError, read_training
from app.domain.two_languages import TwoLanguages
from app.domain.wrap_up import WrapUpError, WrapWord, read_wrap_words


class Access(StrEnum):
    """What a role may do with a field of a class."""

    REVEAL = "reveal"
    ASK = "ask"
    NEVER = "never"


class ReasonFor(StrEnum):
    """What a reason is given for."""

    REVEAL = "reveal"
    ASK = "ask"


class PolicyFault(StrEnum):
    """The usual faults of a policy, for which a screen has words in each language."""

    NO_TOML = "no_toml"
    UNKNOWN = "unknown"
    MISSING = "missing"
    BOUNDS = "bounds"
    """A number is no whole number, or beyond what it may be."""
    OTHER = "other"


class PolicyError(InputRefusedError):
    """The policy file is refused.

    Attributes:
        line: the line of the file, from 1.
        reason: what is wrong there, in one sentence.
        key: what stands there, else its table; empty where the text is no TOML.
        fault: what kind of fault it is.
    """

    def __init__(self, line: int, reason: str, *, key: str = "", fault: PolicyFault = PolicyFault.OTHER) -> None:
        super().__init__(f"Policy, line {line}: {reason}", code="policy")
        self.line = line
        self.reason = reason
        self.key = key
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that a person chooses before a field opens.

    Attributes:
        classes: the classes it is offered for.
        purpose: the one that work for this reason is for, by its name in the inventory; empty: any of the field's.
        needs_text: whether words of one's own must go with it (`reason_text_min` to `reason_text_max`).
        needs_caller: whether it needs a caller who was identified, where policy wants one for the class.
    """

    code: str
    label_en: str
    label_id: str
    needs_text: bool
    needs_caller: bool
    classes: frozenset[DataClass]
    purpose: str = ""

    def label(self, language: str) -> str:
        """The label in this language; Indonesian for `id...`, otherwise English."""
        return TwoLanguages(self.label_en, self.label_id, language)


@dataclass(frozen=True, slots=True)
class RoleRights:
    """What a role may do.

    Attributes:
        reveals: classes it opens by itself.
        asks: classes it may ask for.
        decides: classes for which it decides other people's requests.
        holds: classes whose key it may hold, some only to pass on.
        steps_up_for: classes that it reveals only with a fresh code, and edits so where it edits them.
        edits: classes whose fields it changes in a customer's record, `open` among them; who edits `open` makes new
            customers, with fields of these classes.
        reads_who_saw: whether it sees who saw one customer's data.
        makes_who_saw_pdf: whether it takes that list out of Tirai, as a document for the customer.
        sees_exposures: whether it sees the exposure ledger; all of it only where it also `sees_all_exposures`, else of
            agents whose queues it shares.
        sets_thresholds: whether it changes at which numbers the ledger's rules fire.
        erases_comments: whether it erases what somebody wrote to a flag of the ledger.
    """

    reveals: frozenset[DataClass]
    asks: frozenset[DataClass]
    decides: frozenset[DataClass]
    holds: frozenset[DataClass]
    steps_up_for: frozenset[DataClass]
    edits: frozenset[DataClass]
    sees_customers: bool
    imports: bool
    invites: bool
    grants_classes: bool
    verifies_audit: bool
    releases_throttle: bool
    reads_who_saw: bool
    makes_who_saw_pdf: bool
    sees_exposures: bool
    sees_all_exposures: bool
    sets_thresholds: bool
    erases_comments: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Durations (seconds) and counts of the policy; defaults and ceilings are `decisions.md`, *Numbers*."""

    idle_lock_s: int
    idle_end_s: int
    call_idle_max_s: int
    session_s: int
    lease_s: int
    beat_s: int
    step_up_s: int
    sign_in_s: int
    view_s: int
    unlock_wait_s: int
    unlock_s: int
    unlock_views: int
    ask_again_s: int
    clipboard_s: int
    lock_tries: int
    verify_tries_call: int
    verify_tries_day: int
    lookups_minute: int
    lookups_shift: int
    edits_minute: int
    edits_shift: int
    reason_text_min: int
    reason_text_max: int
    activation_s: int
    import_batch_records: int


@dataclass(frozen=True, slots=True)
class WhoSawRule:
    """What a list of who saw a customer's data names, beside roles and the customer's number.

    Attributes:
        names: the names of the staff; otherwise their roles, with a number within the list.
        customer_name: the customer's name, where the inventory has it as an open field.
    """

    names: bool
    customer_name: bool


STEPPED_UP = frozenset({DataClass.FINANCIAL, DataClass.SPECIAL})
"""No role reveals these without a fresh code."""

OWN_RIGHT_REASONS = frozenset({"quota_spent", "off_hours"})
"""Reasons to ask for what the role opens by itself at other times; for nothing else, since they need no caller."""

LONGEST_CHECK_S = 7_200
"""An identity check counts for a call, and no call that Tirai knows of lasts longer."""

CEILINGS: Mapping[str, int] = {
    "idle_lock_s": 300,
    "idle_end_s": 900,
    "call_idle_max_s": 1_800,
    "session_s": 36_000,
    "lease_s": 1_800,
    "beat_s": 60,
    "step_up_s": 300,
    "sign_in_s": 300,
    "view_s": 30,
    "unlock_wait_s": 120,
    "unlock_s": 120,
    "unlock_views": 1,
    "ask_again_s": 600,
    "clipboard_s": 20,
    "lock_tries": 5,
    "verify_tries_call": 3,
    "verify_tries_day": 10,
    "lookups_minute": 30,
    "lookups_shift": 1_000,
    "edits_minute": 30,
    "edits_shift": 1_000,
    "reason_text_min": 100,
    "reason_text_max": 1_000,
    "activation_s": 86_400,
    "import_batch_records": 1_000,
}
"""No file may set more than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Numbers):
    """The whole policy; its numbers are attributes of it (`policy.view_s`)."""

    roles: Mapping[Role, RoleRights]
    reveal_reasons: tuple[Reason, ...]
    ask_reasons: tuple[Reason, ...]
    caller_check: CallerCheckRule
    quotas: Mapping[tuple[Role, DataClass], Quota]
    """What a role opens of a class by itself; every class that it reveals is there."""
    off_hours: Mapping[Role, Outside]
    """What holds for a role outside `office_hours`; every role that reveals something is there."""
    copied: frozenset[DataClass]
    """Classes whose revealed values may be copied to the clipboard."""
    capture_exception: CaptureException | None
    """IT's exception to the block of screen capture; it may be over."""
    training: TrainingRule
    """Which lessons open which class, and how long what was learnt counts."""
    who_saw: WhoSawRule
    office_hours: OfficeHours
    posture: Mapping[Part, Demand]
    """What is demanded of a workstation; every part is there."""
    outcomes: tuple[WrapWord, ...]
    """How a visit to a customer ends; retired ones are there, too."""
    tags: tuple[WrapWord, ...]
    keep_reasons: tuple[KeepReason, ...]
    """Why finds of a note may stay as typed; none, and all of them are masked."""
    only_known_workstations: bool
    """Whether a gateway lets nobody sign in from a workstation that it does not know."""
    text: str

    def access(self, role: Role, data_class: DataClass) -> Access:
        """What a role may do with a field of this class. Open fields are revealed to whoever sees customers."""
        rights = self.roles[role]
        if data_class is DataClass.OPEN:
            return Access.REVEAL if rights.sees_customers else Access.NEVER
        if data_class in rights.reveals:
            return Access.REVEAL
        return Access.ASK if data_class in rights.asks else Access.NEVER

    def reasons(self, what: ReasonFor, data_class: DataClass) -> tuple[Reason, ...]:
        """The reasons offered for a reveal or a request of this class, in the order of the file."""
        offered = self.reveal_reasons if what is ReasonFor.REVEAL else self.ask_reasons
        return tuple(reason for reason in offered if data_class in reason.classes)

    def lets_find_stay(self, role: Role, find: str, reason: str) -> bool:
        """Whether a find of this kind stays in a note as this role typed it, for this reason."""
        return any(known.code == reason and known.lets(role, find) for known in self.keep_reasons)

    def needs_caller(self, what: ReasonFor, data_class: DataClass, code: str) -> bool:
        """Whether this class opens for this reason only while a caller is identified; an unknown reason needs one."""
        if data_class not in self.caller_check.required_for:
            return False
        return all(reason.needs_caller for reason in self.reasons(what, data_class) if reason.code == code)

    def purpose_of(self, what: ReasonFor, data_class: DataClass, code: str) -> str:
        """The purpose that work for this reason is for; empty: the reason names none, or is unknown."""
        return next((reason.purpose for reason in self.reasons(what, data_class) if reason.code == code), "")

    def holds(self, role: Role) -> frozenset[DataClass]:
        """The classes whose key an account of this role may hold."""
        return self.roles[role].holds

    def needs_step_up(self, role: Role, data_class: DataClass) -> bool:
        """Whether this role reveals this class only within `step_up_s` of a fresh code."""
        return data_class in self.roles[role].steps_up_for

    def reasons_to_ask(self, role: Role, data_class: DataClass) -> tuple[Reason, ...]:
        """The reasons offered to a role that asks for this class."""
        reveals = data_class in self.roles[role].reveals
        offered = self.reasons(ReasonFor.ASK, data_class)
        return tuple(reason for reason in offered if reveals or reason.code not in OWN_RIGHT_REASONS)

    def may_edit(self, role: Role, data_class: DataClass) -> bool:
        """Whether this role changes fields of this class in a customer's record."""
        return data_class in self.roles[role].edits

    def may_create(self, role: Role) -> bool:
        """Whether this role makes new customers."""
        return DataClass.OPEN in self.roles[role].edits

    def edit_needs_caller(self, field: str, data_class: DataClass) -> bool:
        """Whether a field is changed only while the caller is identified.

        So it is for the classes that open only then, and for what callers are identified by: whoever could change that
        without being identified would be identified by it next.
        """
        rule = self.caller_check
        return data_class in rule.required_for or (bool(rule.required_for) and field in rule.fields)

    def may_decide(self, role: Role, data_class: DataClass) -> bool:
        """Whether this role decides other people's requests for this class."""
        return data_class in self.roles[role].decides

    def may_see_customers(self, role: Role) -> bool:
        """Whether this role is given customers at all (open fields and masks)."""
        return self.roles[role].sees_customers

    def may_import(self, role: Role) -> bool:
        """Whether this role brings customers in."""
        return self.roles[role].imports

    def may_invite(self, role: Role) -> bool:
        """Whether this role makes accounts."""
        return self.roles[role].invites

    def may_grant_classes(self, role: Role) -> bool:
        """Whether this role passes class keys on; the book says which it holds."""
        return self.roles[role].grants_classes

    def may_verify_audit(self, role: Role) -> bool:
        """Whether this role has the audit log checked."""
        return self.roles[role].verifies_audit

    def may_release(self, role: Role) -> bool:
        """Whether this role lets a throttled account try again, after it has seen who it is."""
        return self.roles[role].releases_throttle

    def may_read_who_saw(self, role: Role) -> bool:
        """Whether this role sees who saw one customer's data."""
        return self.roles[role].reads_who_saw

    def may_make_who_saw_pdf(self, role: Role) -> bool:
        """Whether this role takes that list out of Tirai."""
        return self.roles[role].makes_who_saw_pdf

    def may_see_exposures(self, role: Role) -> bool:
        """Whether this role sees what was shown to whom."""
        return self.roles[role].sees_exposures

    def may_see_all_exposures(self, role: Role) -> bool:
        """Whether it sees that of everybody, not of the agents alone whose queues it shares."""
        return self.roles[role].sees_all_exposures

    def may_set_thresholds(self, role: Role) -> bool:
        """Whether this role changes at which numbers the rules of the exposure ledger fire."""
        return self.roles[role].sets_thresholds

    def may_erase_comments(self, role: Role) -> bool:
        """Whether this role erases what somebody wrote to a flag of the exposure ledger."""
        return self.roles[role].erases_comments


def load_policy(text: str, *, over: str = "") -> Policy:
    """The policy that a TOML text declares.

    Args:
        text: TOML.
        over: a whole policy, whose tables and keys stand where the text lacks them; lists are taken whole.

    Raises:
        PolicyError: with line and reason.
    """
    try:
        tables = _laid_over(parse_toml(over), parse_toml(text))
    except TomlError as error:
        raise PolicyError(error.line, error.reason, fault=PolicyFault.NO_TOML) from error
    return _Reader(text, tables).policy()


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Tables by key, from above where it has one."""
    laid = dict(below)
    for key, value in above.items():
        under = below.get(key)
        laid[key] = _laid_over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return laid


class _Reader:
    """Judges a parsed policy and builds it."""

    def __init__(self, text: str, tables: dict[str, Any]) -> None:
        self._text = text
        self._tables = tables
        self._places = TomlPlaces(text)

    def policy(self) -> Policy:
        """The whole policy.

        Raises:
            PolicyError: at the first thing that is wrong.
        """
        known = {
            "numbers",
            "role",
            "caller_check",
            "clipboard",
            "training",
            "who_saw",
            "office_hours",
            "off_hours",
            "posture",
            "quota",
            "reveal_reason",
            "ask_reason",
            "outcome",
            "tag",
            "keep_reason",
            "workstations",
        }
        self._only_keys("", {key: self._tables[key] for key in self._tables if key != _EXCEPTION}, known)
        roles = self._roles()
        return Policy(
            roles=roles,
            reveal_reasons=self._reasons("reveal_reason"),
            ask_reasons=self._reasons("ask_reason"),
            caller_check=self._caller_check(),
            quotas=self._quotas(roles),
            off_hours=self._off_hours(roles),
            copied=self._copied(),
            capture_exception=self._capture_exception(),
            training=self._training(),
            who_saw=self._who_saw(),
            office_hours=self._office_hours(),
            posture=self._posture(),
            outcomes=self._wrap_words("outcome"),
            tags=self._wrap_words("tag"),
            keep_reasons=self._keep_reasons(),
            only_known_workstations=self._workstations(),
            text=self._text,
            **self._numbers(),
        )

    def _refuse(
        self, reason: str, table: str, key: str = "", index: int = 0, fault: PolicyFault = PolicyFault.OTHER
    ) -> NoReturn:
        raise PolicyError(self._places.line(table, key, index), reason, key=key or table, fault=fault)

    def _only_keys(self, table: str, found: dict[str, Any], known: set[str], index: int = 0) -> None:
        for key in found:
            if key not in known:
                self._refuse(f"unknown key {key!r}", table or key, key if table else "", index, PolicyFault.UNKNOWN)
        for key in known:
            if key not in found:
                line = self._places.line(table, "", index)
                raise PolicyError(line, f"{key} is missing", key=key, fault=PolicyFault.MISSING)

    def _table(self, found: object, table: str, index: int = 0) -> dict[str, Any]:
        if not isinstance(found, dict):
            self._refuse(f"[{table}] must be a table", table, "", index)
        return found

    def _copied(self) -> frozenset[DataClass]:
        found = self._table(self._tables["clipboard"], "clipboard")
        self._only_keys("clipboard", found, {"classes"})
        classes = self._classes(found["classes"], "clipboard", "classes")
        if DataClass.NOTE in classes:
            self._refuse("notes are not copied", "clipboard", "classes")
        return classes

    def _training(self) -> TrainingRule:
        try:
            return read_training(self._table(self._tables["training"], "training"))
        except TrainingRuleError as error:
            self._refuse(error.reason, "training", error.key)

    def _who_saw(self) -> WhoSawRule:
        found = self._table(self._tables["who_saw"], "who_saw")
        self._only_keys("who_saw", found, {field.name for field in fields(WhoSawRule)})
        for key, value in found.items():
            if not isinstance(value, bool):
                self._refuse(f"{key} must be true or false", "who_saw", key)
        return WhoSawRule(**found)

    def _office_hours(self) -> OfficeHours:
        try:
            return read_office_hours(self._table(self._tables["office_hours"], "office_hours"))
        except OfficeHoursError as error:
            self._refuse(error.reason, "office_hours", error.key)

    def _posture(self) -> Mapping[Part, Demand]:
        try:
            return read_demands(self._table(self._tables["posture"], "posture"))
        except DemandError as error:
            self._refuse(error.reason, "posture", error.key)

    def _capture_exception(self) -> CaptureException | None:
        if _EXCEPTION not in self._tables:
            return None
        try:
            return read_capture_exception(self._table(self._tables[_EXCEPTION], _EXCEPTION))
        except CaptureExceptionError as error:
            self._refuse(error.reason, _EXCEPTION, error.key)

    def _workstations(self) -> bool:
        found = self._table(self._tables["workstations"], "workstations")
        self._only_keys("workstations", found, {"only_known"})
        only_known = found["only_known"]
        if not isinstance(only_known, bool):
            self._refuse("only_known must be true or false", "workstations", "only_known")
        return only_known

    def _quotas(self, roles: Mapping[Role, RoleRights]) -> Mapping[tuple[Role, DataClass], Quota]:
        found = self._tables["quota"]
        if not isinstance(found, list):
            self._refuse("quotas are rows: [[quota]]", "quota")
        try:
            quotas = read_quotas(found)
        except QuotaError as error:
            self._refuse(error.reason, "quota", error.key, error.index)
        for role, rights in roles.items():
            for data_class in sorted(rights.reveals):
                if (role, data_class) not in quotas:
                    self._refuse(f"no [[quota]] says how much of {data_class} is opened", f"role.{role}", "reveals")
        return quotas

    def _off_hours(self, roles: Mapping[Role, RoleRights]) -> Mapping[Role, Outside]:
        try:
            outside = read_off_hours(self._table(self._tables["off_hours"], "off_hours"))
        except OffHoursError as error:
            self._refuse(error.reason, "off_hours", error.key)
        for role, rights in roles.items():
            if rights.reveals and role not in outside:
                self._refuse(f"{role} is missing", "off_hours")
        return outside

    def _wrap_words(self, table: str) -> tuple[WrapWord, ...]:
        try:
            return read_wrap_words(table, self._tables[table])
        except WrapUpError as error:
            self._refuse(error.reason, table, error.key, error.index)

    def _keep_reasons(self) -> tuple[KeepReason, ...]:
        try:
            return read_keep_reasons(self._tables["keep_reason"])
        except KeepReasonError as error:
            self._refuse(error.reason, "keep_reason", error.key, error.index)

    def _numbers(self) -> dict[str, int]:
        found = self._table(self._tables["numbers"], "numbers")
        self._only_keys("numbers", found, {field.name for field in fields(Numbers)})
        for key, value in found.items():
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= CEILINGS[key]:
                reason = f"{key} must be a whole number from 1 to {CEILINGS[key]}"
                self._refuse(reason, "numbers", key, fault=PolicyFault.BOUNDS)
        if found["reason_text_min"] > found["reason_text_max"]:
            self._refuse("reason_text_min is above reason_text_max", "numbers", "reason_text_min")
        if found["idle_lock_s"] > found["idle_end_s"]:
            self._refuse("idle_lock_s is above idle_end_s", "numbers", "idle_lock_s")
        if found["call_idle_max_s"] < found["idle_lock_s"]:
            self._refuse("call_idle_max_s is below idle_lock_s", "numbers", "call_idle_max_s")
        return found

    def _caller_check(self) -> CallerCheckRule:
        table = "caller_check"
        found = self._table(self._tables[table], table)
        self._only_keys(table, found, {field.name for field in fields(CallerCheckRule)})
        names = found["fields"]
        if not isinstance(names, list) or any(not isinstance(name, str) for name in names):
            self._refuse("fields must list names of fields", table, "fields")
        if len(set(names)) != len(names):
            self._refuse("a field is listed twice", table, "fields")
        for key, least, most in (("need", 1, len(names)), ("by_eye_max", 0, 1), ("longest_s", 1, LONGEST_CHECK_S)):
            value = found[key]
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                self._refuse(f"{key} must be a whole number from {least} to {most}", table, key)
        required = self._classes(found["required_for"], table, "required_for")
        return CallerCheckRule(**{**found, "fields": tuple(names), "required_for": required})

    def _roles(self) -> dict[Role, RoleRights]:
        found = self._table(self._tables["role"], "role")
        for name in found:
            if name not in set(Role):
                self._refuse(f"unknown role {name!r}", f"role.{name}")
        for role in Role:
            if role not in found:
                self._refuse(f"the role {role.value!r} is missing", "role")
        return {role: self._rights(role, self._table(found[role], f"role.{role}")) for role in Role}

    def _rights(self, role: Role, found: dict[str, Any]) -> RoleRights:
        table = f"role.{role}"
        self._only_keys(table, found, {field.name for field in fields(RoleRights)})
        sets = {key: self._classes(found[key], table, key) for key in _CLASS_KEYS}
        sets[_EDITS] = self._edited_classes(found[_EDITS], table)
        for key in found.keys() - _CLASS_KEYS - {_EDITS}:
            if not isinstance(found[key], bool):
                self._refuse(f"{key} must be true or false", table, key)
        rights = RoleRights(**{**found, **sets})
        self._judge(rights, table)
        return rights

    def _judge(self, rights: RoleRights, table: str) -> None:
        """Refuse rights that contradict each other."""
        if rights.reveals - rights.holds:
            self._refuse("a class is revealed whose key the role may not hold", table, "reveals")
        if rights.decides - rights.reveals:
            self._refuse("a class is decided that the role may not reveal", table, "decides")
        if rights.asks & rights.reveals:
            self._refuse("a class is both asked for and revealed", table, "asks")
        if rights.steps_up_for - rights.reveals:
            self._refuse("a step-up is set for a class that the role may not reveal", table, "steps_up_for")
        if rights.reveals & STEPPED_UP - rights.steps_up_for:
            named = " and ".join(sorted(rights.reveals & STEPPED_UP))
            self._refuse(f"a step-up must be set for {named}", table, "steps_up_for")
        if (rights.reveals or rights.asks) and not rights.sees_customers:
            self._refuse("the role sees no customers, so it has nothing to reveal or ask for", table, "sees_customers")
        if rights.edits and not rights.sees_customers:
            self._refuse("the role sees no customers, so it has nothing to edit", table, "edits")
        if rights.reads_who_saw and not rights.sees_customers:
            self._refuse("the role sees no customers, so it cannot ask who saw one", table, "reads_who_saw")
        if rights.makes_who_saw_pdf and not rights.reads_who_saw:
            self._refuse("the role makes a document of a list that it may not read", table, "makes_who_saw_pdf")
        for key in ("sees_all_exposures", "sets_thresholds", "erases_comments"):
            if getattr(rights, key) and not rights.sees_exposures:
                self._refuse(f"{key} is for a role that sees the exposure ledger", table, key)

    def _classes(self, value: object, table: str, key: str, index: int = 0) -> frozenset[DataClass]:
        if not isinstance(value, list) or any(word not in list(SEALED_CLASSES) for word in value):
            self._refuse(f"{key} must list sealed classes: {', '.join(SEALED_CLASSES)}", table, key, index)
        return frozenset(DataClass(word) for word in value)

    def _edited_classes(self, value: object, table: str) -> frozenset[DataClass]:
        if not isinstance(value, list) or any(word not in list(FIELD_CLASSES) for word in value):
            self._refuse(f"edits must list classes of fields: {', '.join(FIELD_CLASSES)}", table, _EDITS)
        return frozenset(DataClass(word) for word in value)

    def _reasons(self, table: str) -> tuple[Reason, ...]:
        found = self._tables[table]
        if not isinstance(found, list) or not found:
            self._refuse(f"no [[{table}]] is declared", table)
        reasons = tuple(self._reason(table, self._table(item, table, i), i) for i, item in enumerate(found))
        codes = [reason.code for reason in reasons]
        for index, code in enumerate(codes):
            if code in codes[:index]:
                self._refuse(f"the reason {code!r} is declared twice", table, "code", index)
        return reasons

    def _reason(self, table: str, found: dict[str, Any], index: int) -> Reason:
        known = {field.name for field in fields(Reason)} - {"purpose"}
        self._only_keys(table, {key: found[key] for key in found if key != "purpose"}, known, index)
        for key in ("code", "label_en", "label_id"):
            if not isinstance(found[key], str) or not found[key].strip() or not found[key].isprintable():
                self._refuse(f"{key} must be a text", table, key, index)
        for key in ("needs_text", "needs_caller"):
            if not isinstance(found[key], bool):
                self._refuse(f"{key} must be true or false", table, key, index)
        purpose = found.get("purpose", "")
        if "purpose" in found and not (isinstance(purpose, str) and _PURPOSE.fullmatch(purpose)):
            self._refuse("purpose must be the name of one", table, "purpose", index)
        return Reason(**{**found, "classes": self._classes(found["classes"], table, "classes", index)})


_PURPOSE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EXCEPTION, _EDITS = "capture_exception", "edits"
_CLASS_KEYS = frozenset({"reveals", "asks", "decides", "holds", "steps_up_for"})

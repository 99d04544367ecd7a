"""The policy: who may what, for which reasons, and for how long. Data, judged once at load (`decisions.md`).

Invariants: every role is described; nobody decides what they may not reveal; nobody reveals a class whose key their
role may not hold; `financial` and `special` open with a fresh code alone; every class that a role reveals has a quota;
numbers only tighten (a file may lower a time, never raise it above the ceiling). The policy says what *may* be; the
book says who *is* what.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.caller_check import CallerCheckRule
from app.domain.capture_exception import CaptureException
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError
from app.domain.kept_find import KeepReason
from app.domain.off_hours import Outside
from app.domain.office_hours import OfficeHours
from app.domain.posture.demands import Demand
from app.domain.posture.words import Part
from app.domain.quota import Quota
from app.domain.role import Role
from app.domain.training.rule import TrainingRule
from app.domain.two_languages import TwoLanguages
from app.domain.wrap_up import WrapWord


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

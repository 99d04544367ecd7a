"""What a screen may be given: plain frozen words, never a sealed value except inside `Secret`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, NoReturn

from app.domain.action_run import Ran
from app.domain.data_class import DataClass
from app.domain.mask import Mask
from app.domain.quota import Shut
from app.domain.role import Role
from app.domain.unusual_sign_in import Unusual


class Secret:
    """A value on its way to one widget; everything but `reveal()` gives the mask.

    `str`, `repr`, pickling, copying and JSON give the mask or refuse (`protection.md` section 7, rule 1).
    """

    __slots__ = ("_mask", "_value")

    def __init__(self, value: str, mask: str = "[secure]") -> None:
        self._value = value
        self._mask = mask

    def reveal(self) -> str:
        """The plaintext. Called from one place: the curtain that shows it."""
        return self._value

    def forget(self) -> None:
        """Drop the reference to the plaintext (best effort; the process's end is the erasure)."""
        self._value = ""

    def __str__(self) -> str:
        return self._mask

    def __repr__(self) -> str:
        return "Secret([secure])"

    def __format__(self, spec: str) -> str:
        return format(self._mask, spec)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not written anywhere")


class Action(StrEnum):
    """The one action a masked field offers."""

    REVEAL = "reveal"
    ASK = "ask"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of what a person opens of a class by their own right.

    Attributes:
        used: of `shift`, in the shift.
        pace_used: of `pace_count`, in the last `pace_s` seconds.
        shut: why the next one is refused, or nothing.
        wait_s: until it opens again by itself; 0 while it is open.
        needs_code: whether it is outside the hours of work, where a fresh code is needed.
    """

    used: int = 0
    shift: int = 0
    pace_used: int = 0
    pace_count: int = 0
    pace_s: int = 0
    shut: Shut | None = None
    wait_s: int = 0
    needs_code: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """The back office in front of the sign-in form, and the state of this workstation."""

    name: str
    seat: str
    home: str  # "one-user" | "service" | "gateway"


@dataclass(frozen=True, slots=True)
class EndedElsewhere:
    """An own session at another workstation, or of another OS user, that this sign-in has ended."""

    workstation: str
    started_at: float  # seconds since 1970


class RecoveryUse(StrEnum):
    """What two holders of the recovery kit did."""

    OPEN = "open"
    ACCEPT = "accept"
    RESTORE = "restore"
    GRANT = "grant"


@dataclass(frozen=True, slots=True)
class RecoveryUsed:
    """A use of the recovery kit."""

    use: RecoveryUse
    at: float  # seconds since 1970


class Factor(StrEnum):
    """What was changed."""

    PASSWORD = "password"  # noqa: S105  (a word)
    AUTHENTICATOR = "authenticator"
    RECOVERY_CODES = "recovery_codes"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class FactorChanged:
    """A factor that was changed since the last sign-in, or a reset by two people."""

    what: Factor
    workstation: str
    at: float  # seconds since 1970


@dataclass(frozen=True, slots=True)
class SignInAlarm:
    """Many accounts failed at one workstation within an hour."""

    workstation: str
    at: float  # seconds since 1970
    accounts: int


@dataclass(frozen=True, slots=True)
class UnusualSeen:
    """A sign-in that was right and unusual."""

    account: str
    workstation: str
    at: float  # seconds since 1970
    why: tuple[Unusual, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in."""

    account: str
    display_name: str
    role: Role
    queues: tuple[str, ...]
    seat: str
    ends_at: float  # seconds since 1970
    lease_ends_at: float
    last_failed: tuple[float, ...] = ()  # failed tries since the last sign-in
    waits_for_classes: bool = False  # a new colleague: masks and search only until a holder grants the class keys
    ended_elsewhere: tuple[EndedElsewhere, ...] = ()  # own sessions at other workstations that this sign-in has ended
    recoveries: tuple[RecoveryUsed, ...] = ()  # uses of the recovery kit since the last sign-in
    factor_changes: tuple[FactorChanged, ...] = ()  # own factors that were changed since the last sign-in
    unusual: tuple[UnusualSeen, ...] = ()  # unusual sign-ins since the last: own ones; an administrator's, everybody's
    alarms: tuple[SignInAlarm, ...] = ()  # for administrators: workstations where many accounts failed since their last


class ShownField(NamedTuple):
    """One field of the card. Open fields have `text`; sealed ones have `mask` and no text at all.

    A named tuple: a card has two dozen, and a frozen dataclass takes three times as long to make.
    """

    name: str
    label: str
    kind: str
    data_class: DataClass
    text: str = ""
    mask: Mask | None = None
    action: Action = Action.NONE
    reason: str = ""
    """Why it is masked: may_reveal, supervisor_opens, privacy_officer_only, no_class_key, training, rules, empty."""
    can_verify: bool = False
    """Whether what a caller says may be compared with it."""
    lesson: str = ""
    """The lesson that opens it, where its reason is `training`."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One customer in the list or the table; `more` is what columns without a role show, by field."""

    id: int
    record: str
    name: str
    number: str
    city: str
    queue: str
    ticket: str
    phone: Mask | None
    last_contact: str = ""
    more: Mapping[str, str | Mask] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownCustomer:
    """One customer's card: masks and open fields in the order of the inventory."""

    id: int
    record: str
    name: str
    number: str
    subtitle: tuple[str, ...]  # city, customer since, ticket
    facts: tuple[ShownField, ...]  # further open fields
    sections: tuple[tuple[DataClass, tuple[ShownField, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownCheckField:
    """One field whose answer may be compared.

    Attributes:
        name: the field's name; label and mask stand on the card.
        label: in the person's language.
        counts: whether policy counts it.
        typed, by_eye: how it has matched in this call.
        tries_left: how often it may still be tried in this call.
    """

    name: str
    label: str
    counts: bool
    typed: bool
    by_eye: bool
    tries_left: int

    @property
    def matched(self) -> bool:
        """Whether it has matched."""
        return self.typed or self.by_eye


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """An identity check as its panel shows it.

    Attributes:
        record: whose, hex.
        fields: in the order of the policy.
        matched: whether the last answer matched.
        is_identified: whether the caller counts as identified.
        done, need: matches that count, and how many it takes.
        tries: how often a field may be tried in one call.
        ticks_max: how many fields may be compared by eye.
        tries_left_today: of this customer, over all fields and people.
    """

    record: str
    fields: tuple[ShownCheckField, ...]
    matched: bool
    is_identified: bool
    done: int
    need: int
    tries: int
    ticks_max: int
    tries_left_today: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that policy offers for a reveal or a request."""

    code: str
    label: str
    needs_text: bool = False
    needs_caller: bool = False
    """Whether it counts only while the caller is identified."""


@dataclass(frozen=True, slots=True)
class ShownAct:
    """What this person may do with a field that stays masked.

    Attributes:
        code, label: its name for the office, and for people.
        kinds, classes: the fields it fits.
        needs_reason, needs_caller: what it wants first.
    """

    code: str
    label: str
    kinds: frozenset[str]
    classes: frozenset[DataClass]
    needs_reason: bool
    needs_caller: bool

    def fits(self, field: "ShownField") -> bool:
        """Whether it can be done with this field."""
        return field.mask is not None and field.kind in self.kinds and field.data_class in self.classes


@dataclass(frozen=True, slots=True)
class Acted:
    """How it ended; `status` is the program's exit code or signal, where there was one."""

    how: Ran
    status: int = 0


@dataclass(frozen=True, slots=True)
class Revealed:
    """An open value. `opened_by` names the supervisor when an unlock opened it; `entry` is its number in the log."""

    value: Secret
    seconds: int
    reason: str
    opened_by: str = ""
    may_copy: bool = False  # policy lets values of this class go to the clipboard
    entry: int = 0
    is_copy_settled: bool = False  # the office's policy would, and this workstation's administrator does not


class RequestState(StrEnum):
    """The state of an unlock request."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    USED = "used"
    ASKED_BACK = "asked_back"
    """A supervisor has a question; asking anew answers it."""
    REVOKED = "revoked"
    """Opened for the agent, and closed again."""


@dataclass(frozen=True, slots=True)
class UnlockAsked:
    """An unlock request as its agent sees it."""

    id: str
    record: str
    field: str
    state: RequestState
    asked_at: float
    until: float  # end of waiting, or of the grant
    decided_by: str = ""
    why: str = ""  # the supervisor's reason for refusing
    deciders: int | None = None  # who may decide and are at work now; None once nobody has to


@dataclass(frozen=True, slots=True)
class UnlockWaiting:
    """An unlock request as a supervisor sees it: masks and numbers, no name."""

    id: str
    agent: str
    agent_name: str
    seat: str
    number: str
    record: str
    field: str
    field_label: str
    data_class: DataClass
    mask: Mask
    reason: str
    words: str
    asked_at: float
    until: float
    is_identified: bool = False  # whether the caller answered enough at the agent's identity check
    is_asker_locked: bool = False  # nothing can be opened for a console that is locked


@dataclass(frozen=True, slots=True)
class UnlockLimits:
    """What policy allows of an unlock: seconds to use it, views, seconds of each view."""

    usable_s: int
    views: int
    view_s: int


@dataclass(frozen=True, slots=True)
class OpenUnlock:
    """An unlock that is open now: it may still be used, or its value is on the agent's screen."""

    id: str
    agent_name: str
    seat: str
    number: str
    field_label: str
    until: float  # seconds since 1970
    is_on_screen: bool
    decided_by: str


@dataclass(frozen=True, slots=True)
class PastUnlock:
    """A request that is over or was decided; without the customer's name."""

    id: str
    agent_name: str
    number: str  # empty for a customer of queues that this person does not see
    field_label: str
    reason: str
    state: RequestState
    at: float  # seconds since 1970
    decided_by: str
    by_oneself: bool


@dataclass(frozen=True, slots=True)
class AgentPast:
    """What somebody who decides should know of whoever asks: counts of 30 days, and the last requests."""

    today: int
    usual: tuple[int, int]  # a day's lower and upper quartile; (0, 0) where there was none
    same_customer: int
    refused_week: int
    last_refused: float | None  # seconds since 1970
    asked: int
    granted: int
    refused: int
    expired: int
    last: tuple[PastUnlock, ...]


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note of the record, opened as one logged read."""

    id: str
    author: str
    at: float
    text: Secret
    entry: int = 0  # number of the reading in the log


@dataclass(frozen=True, slots=True)
class NoteKept:
    """Where a note is now: `why` is None if the office has it, else why it waits in this seat's outbox."""

    why: Exception | None = None


@dataclass(frozen=True, slots=True)
class NoteFind:
    """A number of a person in a note: its kind, where it stands (in code points), and the mask that is kept."""

    what: str
    start: int
    end: int
    mask: str


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """An own session that ended without its last word; `missing` entries of its outbox never came."""

    workstation: str
    at: float  # seconds since 1970
    missing: int


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What waits for the office at this seat, and what could not be delivered.

    Attributes:
        waits: notes that wait: one's own, and what other sessions left.
        refused: sessions whose entries the office refused; their files are set aside.
        unusable: entries that the office has and may not act on.
        open_ends: own sessions that were never closed.
    """

    waits: int = 0
    refused: int = 0
    unusable: int = 0
    open_ends: tuple[OpenEnd, ...] = ()


@dataclass(frozen=True, slots=True)
class NewColleague:
    """An account that waits for its class keys."""

    account: str
    display_name: str
    role: Role
    classes: tuple[DataClass, ...]

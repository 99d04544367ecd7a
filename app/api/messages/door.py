"""Messages at the door: hello, salt, sign-in, card, lease, end."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.book import BookEntry
from app.api.messages.own_account import CODE_LENGTH, Alarm, Elsewhere, FactorChange, Profile, UnusualSignIn
from app.api.messages.recovery import RecoveryUse
from app.api.messages.seats import BroughtReceipt, SeatHere, SeatProof, SeatReport
from app.api.messages.since import since
from app.api.messages.wire import MOST_ENTRIES, Blob, Id16, Key32, Message, Name, SlotKey, Word

SessionKind = Literal["console", "approval", "command", "replace"]
"""`replace` signs in with a recovery code and may only replace the authenticator."""


class Hello(Message):
    """Who the office says it is. Not believed: the root must be the pinned one."""

    name: str
    root: Key32
    home: str
    seat: str
    now_ms: int


class AskSalt(Message):
    """Which salt does this account's password need?"""

    account: Name


class Salt(Message):
    """Salt and Argon2id parameters; made up for an unknown account."""

    salt: Id16
    memory_kib: int
    passes: int
    lanes: int


class WitnessMark(Message):
    """What a console remembers of a chain."""

    length: int = Field(ge=0, le=MOST_ENTRIES)
    head: Key32


class SignInRequest(Message):
    """Account, V, code and slot key, in one message; neither password nor a slot key leaves the workstation.

    `code` is a recovery code where the kind is `replace`. `seat_id` tells OS users and workstations apart; `seat` is
    what the workstation says of itself. `longest_s`: its administrator lets a console's or a command's session last so
    long at the most. `proof`: that the workstation has its key.
    """

    account: Name
    verifier: Key32
    slot_key: SlotKey
    code: str = Field(max_length=CODE_LENGTH)
    kind: SessionKind
    seat_id: Id16
    seat: SeatHere
    audit_seen: WitnessMark | None = None
    longest_s: Annotated[int | None, since(2, tightens=True), Field(ge=1_800, le=36_000)] = None
    proof: Annotated[SeatProof | None, since(2)] = None


class SealedClassKey(Message):
    """A class grant as it is kept."""

    data_class: Name
    version: int = Field(ge=0, le=MOST_ENTRIES)
    sealed: Blob


class SignedIn(Message):
    """A session that lacks its card yet. `outbox_key`: a console's, for what it keeps about customers.

    The first protocol has none: what a console keeps then is sealed to the office alone.
    """

    session: Id16
    token: Key32
    end_token: Key32
    ends_ms: int
    lease_ms: int
    now_ms: int
    display_name: str
    wrapped_keys: Blob
    failed_ms: tuple[int, ...]
    profile: Profile
    alarms: tuple[Alarm, ...] = ()
    recoveries: tuple[RecoveryUse, ...] = ()
    factor_changes: tuple[FactorChange, ...] = ()
    unusual: tuple[UnusualSignIn, ...] = ()
    ended_elsewhere: tuple[Elsewhere, ...] = ()
    book: tuple[BookEntry, ...]
    grants: tuple[SealedClassKey, ...]
    inventory: str
    audit: WitnessMark
    audit_proof: tuple[Key32, ...]
    outbox_key: Annotated[Key32 | None, since(2)] = None


class CardRequest(Message):
    """The session card; before it is there, the session may do nothing else."""

    kem: Blob
    sign: Key32
    signature: Blob


class LeaseRequest(Message):
    """Go on, and prove that the log follows what was seen.

    `outbox`: what the session has kept in its outbox so far; `seat`: what its workstation tells of itself.
    """

    audit_seen: WitnessMark | None = None
    outbox: WitnessMark | None = None
    seat: SeatReport | None = None


class Lease(Message):
    """How long the console may go on, and what it should remember as witness.

    `outbox`: what the office has of the session's outbox, where it has anything.
    """

    ends_ms: int
    lease_ms: int
    now_ms: int
    audit: WitnessMark
    audit_proof: tuple[Key32, ...] = ()
    book: WitnessMark
    changes: int
    outbox: WitnessMark | None = None


class StepUpRequest(Message):
    """A fresh code."""

    code: str = Field(max_length=16)


class WipeStepReport(Message):
    """What was destroyed, and how it went."""

    what: Word
    outcome: Word


class EndRequest(Message):
    """The session's end, with what the workstation destroyed; `outbox` is all that it ever kept there."""

    cause: Word
    wipe: tuple[WipeStepReport, ...] = Field(default=(), max_length=16)
    outbox: WitnessMark | None = None


class LockRequest(Message):
    """The console locks and goes: its card is dropped, and what was approved for it."""

    cause: Word
    outbox: WitnessMark | None = None


class ResumeRequest(Message):
    """Go on with a locked session, from a new process with keys of its own.

    V and slot key prove the password; the token, which lay in the session cache, proves that its key was there. A try
    with a wrong password carries a token of zeros: nothing else is known then, and it is counted all the same.
    `cause` is why it was locked, which an office that did not answer then has not heard. `proof`: that the workstation
    has its key.
    """

    account: Name
    session: Id16
    token: Key32
    verifier: Key32
    slot_key: SlotKey
    card: CardRequest
    cause: Word
    audit_seen: WitnessMark | None = None
    proof: Annotated[SeatProof | None, since(2)] = None


class Resumed(Message):
    """A session that goes on. `failed_ms`: wrong passwords since the last right one; `outbox`: what came of its own."""

    token: Key32
    ends_ms: int
    lease_ms: int
    now_ms: int
    display_name: str
    failed_ms: tuple[int, ...]
    profile: Profile
    book: tuple[BookEntry, ...]
    grants: tuple[SealedClassKey, ...]
    inventory: str
    audit: WitnessMark
    audit_proof: tuple[Key32, ...]
    outbox: WitnessMark
    outbox_key: Annotated[Key32 | None, since(2)] = None


class CacheReplaced(Message):
    """A console found its session cache touched by another program, put it aside and made a new one."""

    reason: Literal["missing", "truncated", "foreign", "older", "damaged", "touched"]


class EndReport(Message):
    """The same, by the guardian, which holds a token that can do only this; with the seat's receipt, if any."""

    session: Id16
    end_token: Key32
    cause: Word
    wipe: tuple[WipeStepReport, ...] = Field(default=(), max_length=16)
    receipt: BroughtReceipt | None = None


class AskWhileLocked(Message):
    """A lock screen asks whether its session still waits, with the token that can end it and nothing else."""

    session: Id16
    end_token: Key32


class Ended(Message):
    """The audit entry of the wipe, and the log as it ends with it: the last thing a console remembers.

    `receipt`: whether a receipt that came along is here now, or was refused for good; not, where the office is shut.
    """

    entry: int
    audit: WitnessMark
    receipt: bool = False

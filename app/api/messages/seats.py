"""Messages about workstations: what one tells of itself, and what administrators see, order and forbid."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.administration import MOST_QUEUES
from app.api.messages.posture import MOST_FOUND, FoundPart, KnownPart
from app.api.messages.since import since
from app.api.messages.wire import MOST_ENTRIES, Blob, Id16, Key32, Message, Name, Word
from app.domain.self_check import MOST_PARTS, CheckState

ChosenReason = Literal["lost", "stolen", "leaver", "suspicion", "drill"]
"""Why somebody orders a wipe; a word of the log. A revocation orders one, too, with the word `revoked`."""
SeatState = Literal["known", "revoked"]
OrderState = Literal["ordered", "confirmed", "unconfirmed"]
SeatName = Annotated[str, Field(pattern=r"^[\w.-]{1,32}$")]
MOST_INVITED = 1_000
"""Names of one request."""
MOST_VALID_H = 720
"""A code counts for 30 days at most."""
MOST_WAITING = 5_000


class SeatHere(Message):
    """The workstation that somebody signs in from.

    Attributes:
        key: public half of the key that signs its receipts, Ed25519.
        name: what it calls itself.
        version: of Tirai there.
    """

    key: Key32
    name: str = Field(pattern=r"^[\w.-]{1,32}$")
    version: str = Field(default="", pattern=r"^[0-9A-Za-z.+-]{0,32}$")


class SeatProof(Message):
    """That a workstation has its key (`app/auth/seat_proof.py`).

    Attributes:
        seat: its id.
        nonce: fresh.
        signature: over the request that it goes with, by the workstation's key, Ed25519.
    """

    seat: Id16
    nonce: Id16
    signature: Blob


class InviteSeats(Message):
    """Codes by which workstations become known, one for each name.

    Attributes:
        names: what they are to be called on screens.
        valid_h: hours for which the codes count.
    """

    names: tuple[SeatName, ...] = Field(min_length=1, max_length=MOST_INVITED)
    valid_h: int = Field(default=24, ge=1, le=MOST_VALID_H)


class SeatCode(Message):
    """One workstation's code; here, and nowhere afterwards."""

    name: SeatName
    secret: Id16


class SeatCodes(Message):
    """Codes in the order of their names, and until when they count."""

    codes: tuple[SeatCode, ...]
    until_ms: int


class EnrolSeat(Message):
    """A workstation's code, and whose it becomes; needs no account. `proof` is about the code's secret."""

    secret: Id16
    seat: SeatHere
    proof: SeatProof


class SeatEnrolled(Message):
    """What IT calls the workstation."""

    name: SeatName


class CheckedPart(Message):
    """One part of a self-check, and how it stood."""

    name: Word
    state: CheckState


class SeatReport(Message):
    """What a console tells of its workstation with each lease.

    Attributes:
        policy: version of the office's policy that is obeyed there.
        machine: SHA-256 of what the administrator of that machine has settled, in hex; empty: nothing.
        machine_from: the kind of source that says it.
        check_ms: when `tirai self-check` last ran there, by its clock; None: never.
        check_failed: the parts that were not as Tirai needs them.
        check_parts: how each part stood.
        posture: how its own system protects it; empty: nobody has looked yet.
        boot: a mark of the boot that its machine runs in, of no use elsewhere; empty: its system tells none.
    """

    policy: int = Field(ge=0, le=MOST_ENTRIES)
    machine: Annotated[str, since(2), Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    machine_from: Annotated[str, since(2), Field(pattern=r"^(files|registry|profile)?$")] = ""
    check_ms: int | None = Field(default=None, ge=0, le=MOST_ENTRIES)
    check_failed: tuple[Word, ...] = Field(default=(), max_length=MOST_PARTS)
    check_parts: Annotated[tuple[CheckedPart, ...], since(2), Field(max_length=MOST_PARTS)] = ()
    posture: tuple[FoundPart, ...] = Field(default=(), max_length=MOST_FOUND)
    boot: Annotated[str, since(2), Field(pattern=r"^([0-9a-f]{16})?$")] = ""


class BroughtReceipt(Message):
    """A signed receipt of a wipe (`app/auth/wipe_receipt.py`)."""

    subject: Id16
    seat: Id16
    session: Id16
    files: int = Field(ge=0, le=2**31)
    entries: int = Field(ge=0, le=2**31)
    at_ms: int = Field(ge=0, le=MOST_ENTRIES)
    signature: Blob


class SeatSession(Message):
    """One session that runs at a workstation."""

    session: Id16
    account: str
    display_name: str
    kind: str
    started_ms: int
    is_locked: bool


class OrderRow(Message):
    """One order to wipe.

    Attributes:
        id: the order's id.
        by, at_ms, reason: who ordered it, when and why.
        state: `ordered` while it may still be on its way, `confirmed` with a receipt for each session, else
            `unconfirmed`, for ever.
        sessions, confirmed: how many sessions it is about, and how many receipts there are.
        files, entries: what the receipts say went.
        confirmed_ms: when the last of them came, or None.
    """

    id: Id16
    by: str
    at_ms: int
    reason: str
    state: OrderState
    sessions: int
    confirmed: int
    files: int
    entries: int
    confirmed_ms: int | None


class SeatRow(Message):
    """One workstation, with its newest orders first.

    Attributes:
        unwiped: how many sessions have left something there that was not proved destroyed; those that run, too.
        enrolled_ms: when it became known, or None.
        enrolled_as: what IT called it then; empty where the office stands on the workstation itself.
        invited_by: who made the code: an account, or a machine and its account (`gateway: ...`).
        proved_ms: when it last proved that it has its key, or None.
        twice_ms: when it was last seen that two computers have its key, or None.
    """

    id: Id16
    name: str
    key: Key32
    first_seen_ms: int
    last_seen_ms: int
    version: str
    policy: int
    machine: Annotated[str, since(2)] = ""
    machine_from: Annotated[str, since(2)] = ""
    check_ms: int | None
    check_failed: tuple[str, ...]
    check_parts: Annotated[tuple[CheckedPart, ...], since(2)] = ()
    state: SeatState
    changed_by: str
    changed_ms: int | None
    is_here: bool
    unwiped: int
    sessions: tuple[SeatSession, ...]
    orders: tuple[OrderRow, ...]
    posture: tuple[KnownPart, ...] = ()
    enrolled_ms: Annotated[int | None, since(2)] = None
    enrolled_as: Annotated[str, since(2)] = ""
    invited_by: Annotated[str, since(2)] = ""
    proved_ms: Annotated[int | None, since(2)] = None
    twice_ms: Annotated[int | None, since(2)] = None


class WaitingSeat(Message):
    """A code that nobody has used yet, by its name.

    Attributes:
        id: of the invitation, not of any workstation; whoever has it has no code.
        is_over: it counts no more; it stands in the list for some time, so that nobody waits for that workstation.
    """

    id: Id16
    name: SeatName
    invited_by: str
    until_ms: int
    is_over: bool


class SeatRows(Message):
    """Every workstation that somebody signed in from or that is known; `queues` are those that may be wiped by name.

    `waiting` are codes that nobody has used, those that are over for not longer than 30 days, too; `only_known`:
    whether policy lets nobody sign in elsewhere.
    """

    seats: tuple[SeatRow, ...]
    queues: tuple[Name, ...] = Field(max_length=MOST_QUEUES)
    waiting: Annotated[tuple[WaitingSeat, ...], since(2), Field(max_length=MOST_WAITING)] = ()
    only_known: Annotated[bool, since(2)] = False


class OrderWipe(Message):
    """Wipe one workstation, those with sessions of people of one queue, or all; never the session that asks."""

    seat: Id16 | None = None
    queue: Name | None = None
    reason: ChosenReason


class WipeOrdered(Message):
    """The orders, one per workstation, and how many sessions they are about."""

    orders: tuple[Id16, ...]
    sessions: int


class WithdrawInvitation(Message):
    """Take a code back that nobody has used yet; `invitation` is its id in the list."""

    invitation: Id16


class ChangeSeat(Message):
    """Revoke a workstation, or allow it again."""

    seat: Id16

"""Workstations, as an administrator's console or command sees them: what each told, who is there, what was ordered.

All calls block; screens make them off the GUI thread. An order is shown as the office has it: *confirmed* is a signed
receipt for each of its sessions, which the office has checked against the key of the workstation.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from app.api.client import seats as calls
from app.api.messages.posture import KnownPart
from app.api.messages.seats import (
    MOST_INVITED,
    MOST_VALID_H,
    ChosenReason,
    InviteSeats,
    OrderRow,
    OrderWipe,
    SeatRow,
    WaitingSeat,
)
from app.auth.seat_code import seat_code_text
from app.crypto.account_keys import ACTIVATION_BYTES, ActivationCode
from app.domain.errors import InputRefusedError
from app.domain.self_check import CheckedPart
from app.session.identity import Identity
from app.session.posture import ShownPart
from app.session.shown import Secret

_SEAT_NAME = re.compile(r"[\w.-]{1,32}")


class WorkstationState(StrEnum):
    """Whether people may sign in from it."""

    KNOWN = "known"
    REVOKED = "revoked"


class OrderState(StrEnum):
    """How an order stands."""

    ORDERED = "ordered"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class WipeReason(StrEnum):
    """Why a workstation is wiped; a word of the log."""

    LOST = "lost"
    STOLEN = "stolen"
    LEAVER = "leaver"
    SUSPICION = "suspicion"
    DRILL = "drill"
    REVOKED = "revoked"  # comes with a revocation, and is chosen by nobody


@dataclass(frozen=True, slots=True)
class SessionThere:
    """One session that runs at a workstation."""

    account: str
    display_name: str
    kind: str  # console | approval | command | replace
    started_at: float  # seconds since 1970
    is_locked: bool


@dataclass(frozen=True, slots=True)
class WipeOrder:
    """One order.

    Attributes:
        id: hex.
        by: account of who ordered it.
        at: when, seconds since 1970.
        reason: a word, one of `WipeReason`.
        state: how it stands.
        sessions, confirmed: how many sessions it is about, and how many receipts have come.
        files, entries: what the receipts say went: files, entries of the keyring.
        confirmed_at: when the last receipt came, or None.
    """

    id: str
    by: str
    at: float
    reason: str
    state: OrderState
    sessions: int
    confirmed: int
    files: int
    entries: int
    confirmed_at: float | None


@dataclass(frozen=True, slots=True)
class Workstation:
    """One workstation.

    Attributes:
        id: hex; the same name may stand for several OS users.
        name: what it calls itself.
        first_seen, last_seen: seconds since 1970.
        version: of Tirai there.
        policy: version of the office's policy that it obeys.
        machine: digest of what the administrator of that machine has settled; empty: nothing.
        machine_from: the kind of source that says it: files, registry or profile.
        is_policy_old: whether that is not the one in force, as far as this console has followed the book.
        checked_at: when its self-check last ran, or None.
        check_failed: the parts that it missed.
        check_parts: how each part stood.
        state: whether people may sign in from it.
        changed_by, changed_at: who revoked or allowed it last, and when; empty and None: nobody.
        is_here: whether it is the one that this console runs at.
        unwiped: how many sessions may have left something there.
        sessions: what runs there now.
        orders: the newest first.
        posture: how its own system protects it, as its consoles told.
        enrolled_at: when it became known to the office, or None.
        enrolled_as: what IT called it then; empty where the office stands on it.
        invited_by: who made its code.
        proved_at: when it last proved its key, or None.
        twice_at: when it was last seen that two computers have its key, or None.
    """

    id: str
    name: str
    first_seen: float
    last_seen: float
    version: str
    policy: int
    is_policy_old: bool
    checked_at: float | None
    check_failed: tuple[str, ...]
    state: WorkstationState
    changed_by: str
    changed_at: float | None
    is_here: bool
    unwiped: int
    sessions: tuple[SessionThere, ...] = ()
    orders: tuple[WipeOrder, ...] = ()
    posture: tuple[ShownPart, ...] = ()
    machine: str = ""
    machine_from: str = ""
    check_parts: tuple[CheckedPart, ...] = ()
    enrolled_at: float | None = None
    enrolled_as: str = ""
    invited_by: str = ""
    proved_at: float | None = None
    twice_at: float | None = None

    @property
    def may_wipe(self) -> bool:
        """Whether there is anything to order."""
        return self.unwiped > 0

    @property
    def may_revoke(self) -> bool:
        """Whether it may be revoked: nobody revokes the one that they sit at."""
        return self.state is WorkstationState.KNOWN and not self.is_here


@dataclass(frozen=True, slots=True)
class WaitingWorkstation:
    """A code that no workstation has used yet.

    Attributes:
        id: of the invitation, hex.
        name: what the workstation is to be called.
        invited_by: who made the code.
        until: until when it counts, seconds since 1970.
        is_over: whether it counts no more.
    """

    id: str
    name: str
    invited_by: str
    until: float
    is_over: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class WorkstationCode:
    """A workstation's one-time code, as IT reads it."""

    name: str
    code: Secret
    until: float


@dataclass(frozen=True, slots=True)
class WorkstationListing:
    """The table: every workstation by name, and the queues whose people's workstations may be wiped together.

    `waiting` are codes that nobody has used, those that are over last; `only_known`: nobody signs in from a workstation
    that is not known.
    """

    workstations: tuple[Workstation, ...]
    queues: tuple[str, ...] = ()
    waiting: tuple[WaitingWorkstation, ...] = ()
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class Ordered:
    """What was ordered: ids of the orders, one per workstation, and how many sessions they are about."""

    orders: tuple[str, ...]
    sessions: int


class Workstations:
    """Everybody's workstations."""

    def __init__(self, identity: Identity, step_up: Callable[[str], None] | None = None) -> None:
        """Work as this identity.

        Args:
            identity: who signed in.
            step_up: gives a fresh code in a console's way; None: at the office and nowhere else.
        """
        self._identity = identity
        self._step_up = step_up

    def listing(self) -> WorkstationListing:
        """Every workstation.

        Raises:
            NotAllowedError: no administrator.
        """
        answer = calls.seat_rows(self._identity.client)
        in_force = self._identity.policy_version
        shown = tuple(_shown(row, in_force) for row in answer.seats)
        waiting = tuple(_waiting(one) for one in answer.waiting)
        return WorkstationListing(shown, answer.queues, waiting, answer.only_known)

    def invite(self, names: Sequence[str], valid_h: int = 24) -> tuple[WorkstationCode, ...]:
        """Have a one-time code made for each name, by which that workstation becomes known.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: a name or the time is none, or the office stands on its workstation (`own_office`).
        """
        if not names or not all(_SEAT_NAME.fullmatch(name) for name in names):
            raise InputRefusedError(
                "A workstation's name has 1 to 32 letters, digits, dots, dashes and underscores.", code="seat_name"
            )
        if not 1 <= valid_h <= MOST_VALID_H:
            raise InputRefusedError(f"A code counts for 1 to {MOST_VALID_H} hours.", code="seat_valid")
        made: list[WorkstationCode] = []
        for begin in range(0, len(names), MOST_INVITED):
            request = InviteSeats(names=tuple(names[begin : begin + MOST_INVITED]), valid_h=valid_h)
            answer = calls.invite_seats(self._identity.client, request)
            pin = self._identity.office[:ACTIVATION_BYTES]
            for one in answer.codes:
                text = Secret(seat_code_text(ActivationCode(one.secret, pin)))
                made.append(WorkstationCode(one.name, text, answer.until_ms / 1000))
        return tuple(made)

    def withdraw(self, invitation: str) -> None:
        """Take a code back that nobody has used.

        Args:
            invitation: its id, hex.

        Raises:
            NotAllowedError: no administrator.
            InputRefusedError: it was used or taken back already (`no_invitation`).
        """
        calls.withdraw_invitation(self._identity.client, bytes.fromhex(invitation))

    def wipe(self, workstation: str, reason: WipeReason) -> Ordered:
        """Have one workstation wiped.

        Args:
            workstation: its id, hex.
            reason: why.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: there is none (`no_seat`), or nothing to destroy there (`nothing_there`).
        """
        return self._order(OrderWipe(seat=bytes.fromhex(workstation), reason=_told(reason)))

    def wipe_queue(self, queue: str, reason: WipeReason) -> Ordered:
        """Have the workstations wiped whose sessions may hold a queue's customers.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: there are none (`nothing_there`).
        """
        return self._order(OrderWipe(queue=queue, reason=_told(reason)))

    def wipe_all(self, reason: WipeReason) -> Ordered:
        """Have every workstation wiped, but for the session that asks.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: there is nothing to destroy (`nothing_there`).
        """
        return self._order(OrderWipe(reason=_told(reason)))

    def _order(self, request: OrderWipe) -> Ordered:
        ordered = calls.order_wipe(self._identity.client, request)
        return Ordered(tuple(order.hex() for order in ordered.orders), ordered.sessions)

    def revoke(self, workstation: str) -> None:
        """Let nobody sign in from a workstation; what runs there ends, what was left there is to be wiped.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: there is none, it is revoked already, or it is this one (`own_seat`).
        """
        calls.revoke_seat(self._identity.client, bytes.fromhex(workstation))

    def allow(self, workstation: str) -> None:
        """Let people sign in from a revoked workstation again.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: there is none, or it is not revoked.
        """
        calls.allow_seat(self._identity.client, bytes.fromhex(workstation))

    def step_up(self, code: str) -> None:
        """Give a fresh code, good for five minutes.

        Raises:
            SignInAnswerError: it is wrong or used.
        """
        if self._step_up is None:
            self._identity.client.step_up(code)
        else:
            self._step_up(code)


def _told(reason: WipeReason) -> ChosenReason:
    """A reason that somebody may choose.

    Raises:
        InputRefusedError: it comes with a revocation alone.
    """
    if reason is WipeReason.REVOKED:
        raise InputRefusedError("Choose a reason: lost, stolen, leaver, suspicion or drill.", code="reason")
    return cast("ChosenReason", reason.value)


def _waiting(one: WaitingSeat) -> WaitingWorkstation:
    return WaitingWorkstation(one.id.hex(), one.name, one.invited_by, one.until_ms / 1000, one.is_over)


def _shown(row: SeatRow, in_force: int) -> Workstation:
    return Workstation(
        id=row.id.hex(),
        name=row.name,
        first_seen=row.first_seen_ms / 1000,
        last_seen=row.last_seen_ms / 1000,
        version=row.version,
        policy=row.policy,
        is_policy_old=row.policy != in_force,
        checked_at=None if row.check_ms is None else row.check_ms / 1000,
        check_failed=row.check_failed,
        check_parts=tuple(CheckedPart(part.name, part.state) for part in row.check_parts),
        state=WorkstationState(row.state),
        changed_by=row.changed_by,
        changed_at=None if row.changed_ms is None else row.changed_ms / 1000,
        is_here=row.is_here,
        unwiped=row.unwiped,
        sessions=tuple(
            SessionThere(s.account, s.display_name, s.kind, s.started_ms / 1000, s.is_locked) for s in row.sessions
        ),
        orders=tuple(map(_order, row.orders)),
        posture=tuple(map(_part, row.posture)),
        machine=row.machine,
        machine_from=row.machine_from,
        enrolled_at=_seconds(row.enrolled_ms),
        enrolled_as=row.enrolled_as,
        invited_by=row.invited_by,
        proved_at=_seconds(row.proved_ms),
        twice_at=_seconds(row.twice_ms),
    )


def _seconds(at_ms: int | None) -> float | None:
    return None if at_ms is None else at_ms / 1000


def _part(known: KnownPart) -> ShownPart:
    since = known.since_ms / 1000
    return ShownPart(known.part, known.state, known.raw, known.heard_ms / 1000, since=since, shuts=known.is_lacking)


def _order(row: OrderRow) -> WipeOrder:
    return WipeOrder(
        id=row.id.hex(),
        by=row.by,
        at=row.at_ms / 1000,
        reason=row.reason,
        state=OrderState(row.state),
        sessions=row.sessions,
        confirmed=row.confirmed,
        files=row.files,
        entries=row.entries,
        confirmed_at=None if row.confirmed_ms is None else row.confirmed_ms / 1000,
    )

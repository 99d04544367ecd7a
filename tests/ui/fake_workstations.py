"""Workstations in memory, with invented people, for tests of their workspace and for the gallery."""

import threading
from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.posture.words import State
from app.domain.self_check import CheckedPart, CheckState
from app.session.errors import SignInAnswerError
from app.session.posture import ShownPart
from app.session.shown import Secret
from app.session.workstations import (
    Ordered,
    OrderState,
    SessionThere,
    WaitingWorkstation,
    WipeOrder,
    WipeReason,
    Workstation,
    WorkstationCode,
    WorkstationListing,
    WorkstationState,
)
from tests.ui.fake_posture import parts

RIGHT_CODE = "731904"
AT = 1_772_000_000.0
CODE = f"WS-{'-'.join(['K3YJ', '7QTB', 'NWFX'] * 4)}-M2PD"
QUEUES = ("billing", "cards", "claims")


def order(state: OrderState, number: int = 1, reason: WipeReason = WipeReason.LOST, came: int = 0) -> WipeOrder:
    done = state is OrderState.CONFIRMED
    sessions = max(1, came)
    return WipeOrder(
        id=f"{number:032x}",
        by="adi.nugroho",
        at=AT - 3_600 * number,
        reason=reason.value,
        state=state,
        sessions=sessions,
        confirmed=sessions if done else 0,
        files=4 if done else 0,
        entries=1 if done else 0,
        confirmed_at=AT - 3_600 * number + 40 if done else None,
    )


def workstation(number: int, name: str, **more: object) -> Workstation:
    values: dict[str, object] = {
        "first_seen": AT - 90 * 86_400,
        "last_seen": AT,
        "version": "0.1.0",
        "policy": 3,
        "is_policy_old": False,
        "machine": "5d" * 32,
        "machine_from": "files",
        "checked_at": AT - 86_400,
        "check_failed": (),
        "check_parts": checked_parts(),
        "state": WorkstationState.KNOWN,
        "changed_by": "",
        "changed_at": None,
        "is_here": False,
        "unwiped": 1,
        "enrolled_at": AT - 30 * 86_400,
        "enrolled_as": name,
        "invited_by": "adi.nugroho",
        "proved_at": AT - 3_600,
    }
    return Workstation(f"{number:02x}" * 16, name, **(values | more))  # type: ignore[arg-type]


def checked_parts(*missed: str) -> tuple[CheckedPart, ...]:
    """A self-check that missed these, and could not tell of the clock."""
    states = {"clock": CheckState.UNKNOWN} | dict.fromkeys(missed, CheckState.NOT)
    names = ("own_files", "hardening", "sqlcipher", "keyring", "policy", "swap", "clock", "posture_disk")
    return tuple(CheckedPart(name, states.get(name, CheckState.OK)) for name in names)


def told_parts() -> tuple[ShownPart, ...]:
    """What a console told of its workstation; the disk is required."""
    told = [replace(one, demand=None, since=AT - 86_400) for one in parts(disk=State.MISSING)]
    return (replace(told[0], raw="system: ext4, no dm-crypt below it; files: ext4; swap: none", shuts=True), *told[1:])


def there(account: str, name: str, *, is_locked: bool = False, kind: str = "console") -> SessionThere:
    return SessionThere(account, name, kind, AT - 7_200, is_locked)


def workstations() -> list[Workstation]:
    """One of each kind."""
    return [
        workstation(1, "SBY-0401", is_here=True, unwiped=0, sessions=(there("adi.nugroho", "Adi Nugroho"),)),
        workstation(
            2,
            "SBY-0417",
            sessions=(
                there("ratna.dewanti", "Ratna Dewanti"),
                there("hendra.kusuma", "Hendra Kusuma", kind="approval"),
            ),
        ),
        workstation(
            3,
            "SBY-0418",
            policy=2,
            is_policy_old=True,
            check_failed=("keyring", "swap"),
            check_parts=checked_parts("keyring", "swap", "posture_disk"),
            posture=told_parts(),
            sessions=(there("yoga.pratama", "Yoga Pratama", is_locked=True),),
        ),
        workstation(
            4, "SBY-0419", orders=(order(OrderState.ORDERED),), version="0.0.9", checked_at=None, check_parts=()
        ),
        workstation(
            5,
            "SBY-0420",
            last_seen=AT - 9 * 86_400,
            enrolled_at=None,
            enrolled_as="",
            invited_by="",
            proved_at=None,
            orders=(order(OrderState.UNCONFIRMED, 200), order(OrderState.CONFIRMED, 900, WipeReason.DRILL)),
        ),
        workstation(6, "SBY-0421", unwiped=0, orders=(order(OrderState.CONFIRMED, 20, WipeReason.LEAVER),)),
        workstation(
            7,
            "SBY-0422",
            state=WorkstationState.REVOKED,
            changed_by="adi.nugroho",
            changed_at=AT - 4_000,
            orders=(order(OrderState.UNCONFIRMED, 1, WipeReason.REVOKED),),
        ),
        workstation(8, "SBY-0423", twice_at=AT - 1_800),
    ]


def invitations() -> list[WaitingWorkstation]:
    """Codes that nobody has used; one is over."""
    waiting = [WaitingWorkstation(f"{n:032x}", f"SBY-05{n:02}", "adi.nugroho", AT + 86_400) for n in range(7)]
    return [*waiting, WaitingWorkstation(f"{7:032x}", "SBY-0490", "adi.nugroho", AT - 86_400, is_over=True)]


class FakeWorkstations:
    """Everybody's workstations.

    Attributes:
        refusal: code of the next refusal, or empty.
        has_code: whether the last code is fresh.
        asked: what was asked for.
        gate: while it is not set, changes wait.
    """

    def __init__(self) -> None:
        self.known = workstations()
        self.waiting = invitations()
        self.refusal, self.has_code, self.only_known = "", True, False
        self.asked: list[tuple[str, ...]] = []
        self.codes: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def listing(self) -> WorkstationListing:
        return WorkstationListing(tuple(self.known), QUEUES, tuple(self.waiting), self.only_known)

    def _ask(self, *what: str) -> None:
        assert self.gate.wait(60)
        if not self.has_code:
            raise NotAllowedError("a fresh code", code="step_up")
        if self.refusal:
            raise InputRefusedError("no", code=self.refusal)
        self.asked.append(what)

    def invite(self, names: Sequence[str], valid_h: int = 24) -> tuple[WorkstationCode, ...]:
        self._ask("invite", *names, str(valid_h))
        until = AT + 3_600 * valid_h
        new = [WaitingWorkstation(f"{90 + n:032x}", name, "adi.nugroho", until) for n, name in enumerate(names)]
        self.waiting = [*new, *self.waiting]
        return tuple(WorkstationCode(name, Secret(CODE), until) for name in names)

    def withdraw(self, invitation: str) -> None:
        self._ask("withdraw", invitation)
        self.waiting = [one for one in self.waiting if one.id != invitation]

    def wipe(self, workstation: str, reason: WipeReason) -> Ordered:
        self._ask("wipe", workstation, reason.value)
        sent = order(OrderState.ORDERED, 77, reason)
        self._change(workstation, orders=(sent,), sessions=())
        return Ordered((sent.id,), 1)

    def wipe_queue(self, queue: str, reason: WipeReason) -> Ordered:
        self._ask("queue", queue, reason.value)
        return Ordered(("0a" * 16, "0b" * 16), 3)

    def wipe_all(self, reason: WipeReason) -> Ordered:
        self._ask("all", reason.value)
        return Ordered(("0a" * 16, "0b" * 16, "0c" * 16), 4)

    def revoke(self, workstation: str) -> None:
        self._ask("revoke", workstation)
        self._change(workstation, state=WorkstationState.REVOKED, changed_by="adi.nugroho", changed_at=AT)

    def allow(self, workstation: str) -> None:
        self._ask("allow", workstation)
        self._change(workstation, state=WorkstationState.KNOWN)

    def step_up(self, code: str) -> None:
        self.codes.append(code)
        if code != RIGHT_CODE:
            raise SignInAnswerError("wrong", code="wrong_code", number=0, wait_s=0)
        self.has_code = True

    def _change(self, workstation: str, **more: object) -> None:
        self.known = [
            replace(one, **more) if one.id == workstation else one  # type: ignore[arg-type]
            for one in self.known
        ]

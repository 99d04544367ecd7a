"""An office's accounts in memory, with invented people, for tests of the accounts' workspace and for the gallery."""

import threading
import time
from dataclasses import replace

from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role
from app.session.accounts import Account, AccountState, Listing, ResetProposed, ResetReason, SessionRow
from app.session.errors import SignInAnswerError
from app.session.proposals import Purpose, Waiting, WhyNot
from app.session.shown import Secret

CODE = "KQ4T-7M2X-PZ6A-3HVN-5RWE-L2CB-8DJU-Y9GF-4SKT-7M2X-PZ6A-3HVN-5RWE"
RIGHT_CODE = "731904"
C = DataClass
AT = 1_772_000_000.0
HOLDS = {
    Role.AGENT: frozenset({C.CONTACT, C.NOTE}),
    Role.SUPERVISOR: frozenset({C.CONTACT, C.IDENTITY, C.FINANCIAL, C.SPECIAL, C.NOTE}),
    Role.PRIVACY_OFFICER: frozenset({C.SPECIAL, C.NOTE}),
    Role.ADMINISTRATOR: frozenset[DataClass](),
}


def _account(name: str, display_name: str, role: Role, queues: tuple[str, ...], **more: object) -> Account:
    values: dict[str, object] = {
        "state": AccountState.ACTIVE,
        "held": (),
        "missing": (),
        "held_alone": (),
        "is_last_administrator": False,
        "is_self": False,
        "last_sign_in": AT,
    }
    return Account(name, display_name, role, queues, **(values | more))  # type: ignore[arg-type]


def people() -> tuple[Account, ...]:
    """One account of each kind."""
    session = SessionRow("console", "SBY-0417", AT)
    return (
        _account("adi.nugroho", "Adi Nugroho", Role.ADMINISTRATOR, ("*",), is_self=True, sessions=(session,)),
        _account("bagus.hartono", "Bagus Hartono", Role.AGENT, ("billing",), failed=6, wait_s=110, held=(C.CONTACT,)),
        _account("citra.lestari", "Citra Lestari", Role.AGENT, ("cards",), state=AccountState.CLOSED),
        _account(
            "dewi.anjani",
            "Dewi Anjani",
            Role.AGENT,
            ("billing", "claims"),
            missing=(C.CONTACT, C.NOTE),
            last_sign_in=None,
        ),
        _account(
            "dian.sasmita",
            "Dian Sasmita",
            Role.SUPERVISOR,
            ("*",),
            held=(C.CONTACT, C.IDENTITY, C.FINANCIAL, C.SPECIAL, C.NOTE),
            held_alone=(C.SPECIAL,),
        ),
        _account(
            "eko.prasetyo",
            "Eko Prasetyo",
            Role.AGENT,
            ("cards",),
            state=AccountState.INVITED,
            last_sign_in=None,
            code_until=time.time() + 80_000,
        ),
        _account(
            "fitri.handayani", "Fitri Handayani", Role.AGENT, ("cards",), state=AccountState.INVITED, last_sign_in=None
        ),
        _account(
            "ratna.dewanti", "Ratna Dewanti", Role.AGENT, ("billing",), held=(C.CONTACT, C.NOTE), sessions=(session,)
        ),
    )


def reset_waiting(why_not: WhyNot | None = None) -> Waiting:
    """A reset that waits for a second person."""
    now = time.time()
    return Waiting(
        id="a1" * 16, purpose=Purpose.RESET, account="bagus.hartono", display_name="Bagus Hartono", role=Role.AGENT,
        queues=("billing",), was_closed=False, loses=(C.CONTACT,), last_holder_of=(), data_class=None, version=0,
        reason="lost_authenticator", proposed_by="rini.kusuma", proposed_by_name="Rini Kusuma", proposed_at=now - 250,
        until=now + 80_000, why_not=why_not,
    )  # fmt: skip


def key_waiting() -> Waiting:
    """A class key that waits for an administrator."""
    now = time.time()
    return Waiting(
        id="b2" * 16, purpose=Purpose.CLASS_KEY, account="", display_name="", role=None, queues=(), was_closed=False,
        loses=(), last_holder_of=(), data_class=C.CONTACT, version=2, reason="rotation", proposed_by="dian.sasmita",
        proposed_by_name="Dian Sasmita", proposed_at=now - 60, until=now + 80_000, why_not=None,
    )  # fmt: skip


class FakeProposals:
    """Proposals in memory."""

    def __init__(self, accounts: "FakeAccounts", *waiting: Waiting) -> None:
        self._accounts, self.all = accounts, list(waiting)

    def waiting(self) -> tuple[Waiting, ...]:
        return tuple(self.all)

    def confirm(self, proposal: str) -> Waiting:
        self._accounts.need_code()
        found = next((w for w in self.all if w.id == proposal), None)
        if found is None:
            raise NotAllowedError("over", code="over")
        self.all.remove(found)
        self._accounts.told.append(f"confirm {proposal[:4]}")
        return found

    def drop(self, proposal: str) -> None:
        self._accounts.wait()
        self.all = [w for w in self.all if w.id != proposal]
        self._accounts.told.append(f"drop {proposal[:4]}")


class FakeAccounts:
    """Everything the workspace asks for; `told` says what it was asked to do."""

    def __init__(self, *waiting: Waiting, rotation_due: tuple[DataClass, ...] = ()) -> None:
        self.proposals = FakeProposals(self, *waiting)
        self.rotation_due = rotation_due
        self.accounts = list(people())
        self.told: list[str] = []
        self.has_code = True
        self.refusal = ""
        self.gate = threading.Event()  # shut, the office is slow
        self.gate.set()

    def wait(self) -> None:
        self.gate.wait(60)

    def need_code(self) -> None:
        self.wait()
        if not self.has_code:
            raise NotAllowedError("step up", code="step_up")
        if self.refusal:
            raise InputRefusedError("refused", code=self.refusal)

    def listing(self) -> Listing:
        return Listing(tuple(self.accounts), self.rotation_due, ("billing", "cards", "claims", "support"), HOLDS)

    def invite(self, name: str, display_name: str, role: Role, queues: tuple[str, ...]) -> Secret:
        self.need_code()
        self.told.append(f"invite {name} {role.value} {'+'.join(queues)}")
        self.accounts.append(_account(name, display_name, role, queues, state=AccountState.INVITED, last_sign_in=None))
        return Secret(CODE)

    def new_code(self, name: str) -> Secret:
        self.need_code()
        self.told.append(f"code {name}")
        return Secret(CODE)

    def change(self, name: str, *, role: Role | None = None, queues: tuple[str, ...] | None = None) -> None:
        self.need_code()
        self.told.append(f"change {name} {role.value if role else '-'} {'+'.join(queues or ())}")

    def close(self, name: str) -> None:
        self.need_code()
        self.told.append(f"close {name}")
        self.accounts = [replace(a, state=AccountState.CLOSED) if a.account == name else a for a in self.accounts]

    def end_sessions(self, name: str | None = None) -> int:
        self.need_code()
        self.told.append(f"end {name or 'all'}")
        return 1

    def propose_reset(self, name: str, reason: ResetReason) -> ResetProposed:
        self.need_code()
        self.told.append(f"reset {name} {reason.value}")
        return ResetProposed(Secret(CODE), "c3" * 16, time.time() + 86_400)

    def release(self, name: str) -> None:
        """What `Desk.release_throttle` does."""
        self.need_code()
        self.told.append(f"release {name}")

    def propose_key(self, data_class: DataClass) -> None:
        """What `Rotation.propose` does."""
        self.need_code()
        self.told.append(f"key {data_class.value}")
        self.proposals.all.append(key_waiting())

    def step_up(self, code: str) -> None:
        if code != RIGHT_CODE:
            raise SignInAnswerError("wrong", code="wrong", number=0, wait_s=0)
        self.has_code = True

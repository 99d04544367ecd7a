"""What people, their factors and their sessions should be, kept beside a real office by `test_sign_in_paths.py`.

Nothing here asks the office: which code is right, which was used, who waits for what follows from what was done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import pyotp

from app.session.enrol import Enrol
from app.session.identity import Identity
from app.session.my_account import MyAccount

STEP_MS = 30_000
DAY_MS = 24 * 60 * 60 * 1000
_SEARCH = 40


class Code(StrEnum):
    """How a code was judged, in the words of the log."""

    RIGHT = "right"
    USED = "used"
    CLOCK_OFF = "clock_off"
    WRONG = "wrong"


@dataclass
class Person:
    """One person with what they know and have, and what they knew and had."""

    account: str
    state: str = "active"
    password: str = ""
    secret: str = ""
    last_step: int = 0
    told_step: int = 0
    recovery: list[str] = field(default_factory=list)
    activation: str = ""
    activation_until_ms: int = 0
    old_passwords: list[str] = field(default_factory=list)
    old_secrets: list[str] = field(default_factory=list)
    dead_recovery: list[str] = field(default_factory=list)
    dead_activations: list[str] = field(default_factory=list)
    wrong_codes: dict[str, list[int]] = field(default_factory=dict)

    def code(self, step: int, secret: str = "") -> str:
        """What the authenticator shows at a step."""
        return str(pyotp.TOTP(secret or self.secret).generate_otp(step))

    def fresh_step(self, now_ms: int) -> int:
        """The next step, from now on, whose code nobody has used or was told of."""
        steps = (s for s in count_from(max(now_ms // STEP_MS, self.last_step + 1)) if s != self.told_step)
        return next(steps)

    def no_code(self, now_ms: int) -> str:
        """Six digits that fit no step around now."""
        now = now_ms // STEP_MS
        near = {self.code(s) for s in range(now - _SEARCH, now + _SEARCH + 1)} if self.secret else set()
        return next(digits for n in count_from(0) if (digits := f"{n:06}") not in near)

    def judge(self, code: str, now_ms: int, *, window: int = 1) -> Code:
        """How a code must be judged; a right one is used up by it, one of another time is told and burnt."""
        now = now_ms // STEP_MS
        fits = [s for s in range(now - _SEARCH, now + _SEARCH + 1) if self.code(s) == code]
        near = [s for s in fits if abs(s - now) <= 1]
        fresh = [s for s in near if abs(s - now) <= window and s > self.last_step and s != self.told_step]
        if fresh:
            self.last_step = fresh[0]
            return Code.RIGHT
        if near:
            return Code.USED
        if not fits or self.told_step >= now - 1:
            return Code.WRONG
        self.told_step = min(fits, key=lambda s: abs(s - now))
        return Code.CLOCK_OFF

    def wrong_today(self, seat: str, now_ms: int) -> int:
        """Wrong codes beside a right password at a workstation, in 24 h."""
        return sum(now_ms - at < DAY_MS for at in self.wrong_codes.get(seat, []))

    def take_authenticator(self, secret: str, step: int) -> None:
        """Another authenticator, proved by the code of a step."""
        self.old_secrets.append(self.secret)
        self.secret, self.last_step, self.told_step, self.wrong_codes = secret, step, 0, {}

    def take_password(self, password: str) -> None:
        """Another password."""
        self.old_passwords.append(self.password)
        self.password = password

    def take_recovery_codes(self, codes: list[str]) -> None:
        """Ten other recovery codes."""
        self.dead_recovery += self.recovery
        self.recovery = codes

    def use_recovery_code(self, code: str) -> bool:
        """Whether it is one that was not used; it is now."""
        if code not in self.recovery:
            return False
        self.recovery.remove(code)
        self.dead_recovery.append(code)
        return True

    def lose_place(self, state: str, activation: str = "", until_ms: int = 0) -> None:
        """Closed, or reset: every factor is dead."""
        self.take_password("")
        self.take_authenticator("", 0)
        self.take_recovery_codes([])
        self.invite(activation, until_ms)
        self.state = state

    def invite(self, activation: str, until_ms: int) -> None:
        """Another activation code; an earlier one is dead."""
        if self.activation:
            self.dead_activations.append(self.activation)
        self.activation, self.activation_until_ms = activation, until_ms


@dataclass
class Change:
    """A half-finished change of authenticator."""

    secret: str
    until_ms: int
    tries: int = 0


@dataclass
class Live:
    """A session, with the factors that were shown for it."""

    person: Person
    seat: str
    kind: str
    factors: tuple[str, str]
    identity: Identity
    ends_ms: int
    lease_ms: int
    code_ms: int
    end_token: bytes
    over: bool = False
    locked_ms: int | None = None
    is_lost: bool = False
    """Its office died, and the next one has not yet locked it."""
    wrong_resumes: list[int] = field(default_factory=list)
    """When wrong passwords were shown for it at its own workstation, ms."""
    wrong_proofs: int = 0
    change: Change | None = None
    account: MyAccount = field(init=False)

    def __post_init__(self) -> None:
        self.account = MyAccount(self.identity)

    @property
    def token(self) -> bytes:
        """Its token, as its process has it."""
        return self.identity.client._token

    def lives(self, now_ms: int) -> bool:
        """Whether it is alive still."""
        return not self.over and now_ms < self.ends_ms and now_ms < self.lease_ms

    def works(self, now_ms: int) -> bool:
        """Whether it may do anything: it is alive and not locked."""
        return self.locked_ms is None and self.lives(now_ms)

    def tries(self) -> int:
        """How many wrong passwords count against it."""
        return sum(at > (self.locked_ms or 0) for at in self.wrong_resumes)


@dataclass(frozen=True)
class Shown:
    """What somebody shows at a resume; as it stands here, all of it is right.

    Attributes:
        password: whose and which.
        token: the session's own, or another.
        card: signed by the session's own account, by another's, or for another workstation.
        at_home: whether it is shown at the session's workstation.
        by_another: whether another account's person shows it, with an own password.
    """

    password: str = "right"
    token: str = "own"
    card: str = "own"
    at_home: bool = True
    by_another: bool = False


@dataclass
class Enrolling:
    """A half-finished enrolment."""

    enrol: Enrol
    person: Person
    seat: str
    activation: str
    secret: str
    until_ms: int
    tries: int = 0


def count_from(n: int) -> Iterator[int]:
    """n, n + 1, ..."""
    while True:
        yield n
        n += 1

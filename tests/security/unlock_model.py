"""What unlocks should be, kept beside a real office by `test_unlock_paths.py`: nothing here asks the office."""

from dataclasses import dataclass, field

from app.api.messages.reveals import RevealAnswer, RevealRequest, WaitingRequest

WAIT_MS, USE_MS, VIEW_MS, STEP_UP_MS, AGAIN_MS, SAME_MS = 120_000, 120_000, 30_000, 300_000, 120_000, 30_000


@dataclass(frozen=True)
class Times:
    """Two clocks at once, in milliseconds: the wall's, which somebody may set, and the boot's, which nobody sets."""

    wall: int
    boot: int

    def later(self, ms: int) -> "Times":
        return Times(self.wall + ms, self.boot + ms)

    def is_after(self, limit: "Times") -> bool:
        """Whether either clock has passed this limit."""
        return self.wall > limit.wall or self.boot > limit.boot


@dataclass
class Asked:
    """One request, and what became of it."""

    id: bytes
    agent: str
    session: bytes
    record: bytes
    field: str
    until: Times
    state: str = "waiting"
    views: int = 0
    decided_wall: int = 0
    used_wall: int = 0
    keys: int = 0
    """Which of its session's keys the half was sealed to."""

    def state_at(self, now: Times) -> str:
        return "expired" if self.state in {"waiting", "approved"} and now.is_after(self.until) else self.state

    def must_wait(self, now: Times) -> str:
        """Why nobody decides on it any more; empty while it waits."""
        state = self.state_at(now)
        return {"waiting": "", "withdrawn": "withdrawn", "expired": "expired"}.get(state, "decided")

    def opens(self, session: bytes, record: bytes, field_: str, now: Times) -> str:
        """Why a reveal under it is refused; empty where it opens."""
        if (session, record, field_) != (self.session, self.record, self.field):
            return "unlock"
        over = {"revoked": "unlock_revoked", "used": "unlock_used", "expired": "unlock_over", "approved": ""}
        return over.get(self.state_at(now), "unlock")

    def is_open(self, now: Times) -> bool:
        """Whether a supervisor can close it."""
        seen = self.state == "used" and self.used_wall + VIEW_MS > now.wall
        return self.state_at(now) == "approved" or seen


@dataclass
class Agent:
    """Somebody who asks, at a console that may be locked."""

    name: str
    session: bytes = b""
    keys: int = 0
    is_locked: bool = False
    locked_boot: int = 0
    answered: dict[bytes, tuple[int, RevealRequest, RevealAnswer]] = field(default_factory=dict)
    """Requests that opened something: when by the boot clock, and what came."""


@dataclass
class Decider:
    """Somebody who decides, and what they saw last."""

    name: str
    coded_wall: int = 0
    seen: dict[bytes, WaitingRequest] = field(default_factory=dict)

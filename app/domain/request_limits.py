"""What requests may cost the office: sizes, depths, times, rates. One module, so that one look tells all of them.

The quotas of people (reveals, edits, tries) are policy's. Rates are token buckets, judged here and kept elsewhere.
"""

import math
from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Bounds of a request's body.

    Attributes:
        usual_bytes: the longest body of a route that is not among `large`.
        large_bytes: the longest body of one that is.
        large: beginnings of paths whose bodies carry chunks: boxes, grants, outbox entries, rows of an import.
        depth: how deep arrays and objects may lie in each other; the deepest message has five.
        begin_s: seconds within which any body is there, and
        least_bytes_per_s: how much faster a longer one must come; together they bound a sender that drips.
        held_bytes: bytes of all bodies that are held at once.
        held_per_address_bytes: of those from one address.
    """

    usual_bytes: int = 256 * KIB
    large_bytes: int = 16 * MIB
    large: tuple[str, ...] = (
        "/v1/backups/keys",
        "/v1/class-grants",
        "/v1/class-keys/",
        "/v1/import-steps",
        "/v1/imports",
        "/v1/outbox",
        "/v1/policy/edits",
        "/v1/proposals",
    )
    depth: int = 16
    begin_s: float = 10.0
    least_bytes_per_s: int = 128 * KIB
    held_bytes: int = 256 * MIB
    held_per_address_bytes: int = 64 * MIB

    def longest(self, path: str) -> int:
        """The longest body at a path, bytes."""
        return self.large_bytes if path.startswith(self.large) else self.usual_bytes

    def within_s(self, path: str) -> float:
        """Seconds within which a body at a path is there."""
        return self.begin_s + self.longest(path) / self.least_bytes_per_s


BODY_LIMITS = BodyLimits()


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: so many requests at once, and then so many a second."""

    burst: int
    per_s: float

    @classmethod
    def per_minute(cls, count: int) -> "Rate":
        """So many a minute, however they come in it."""
        return cls(count, count / 60)


@dataclass(frozen=True, slots=True)
class Level:
    """What was left in a bucket, and when (ms of any clock that only goes on)."""

    left: float
    at_ms: int


def level_now(rate: Rate, level: Level | None, now_ms: int) -> float:
    """What is in a bucket now; one that nobody has taken from is full."""
    if level is None:
        return float(rate.burst)
    return min(float(rate.burst), level.left + max(0, now_ms - level.at_ms) / 1000 * rate.per_s)


def wait_ms(rate: Rate, left: float) -> int:
    """Until there is one to take from a bucket; 0: now."""
    return 0 if left >= 1 else math.ceil((1 - left) / rate.per_s * 1000)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """How often the office is asked, by whom. Normal work stays far below: a busy console asks some times a second.

    Attributes:
        account: by one account, whatever its sessions.
        workstation: by all consoles and commands of one workstation.
        address: from one address, behind which may be a whole house; an IPv6 network of 64 bits counts as one.
        door: of these, requests without a session (sign-in, enrolment): a shift that begins.
    """

    account: Rate = Rate(1_000, 50)
    workstation: Rate = Rate(4_000, 200)
    address: Rate = Rate(6_000, 400)
    door: Rate = Rate(1_000, 20)


RATE_LIMITS = RateLimits()


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What the customers' page, which is open to everybody, may cost. It is judged in its own process.

    Attributes:
        address: requests from one address; behind one may be a whole house or a provider's customers.
        form: forms sent from one address.
        link: requests for one link.
        all_forms: forms sent by everybody.
        body_bytes: the longest form: 1,000 signs of text at nine bytes each, and what else it asks.
        path_bytes: the longest path with its question.
        body_s: seconds within which a form is there.
        at_once: requests that are worked on at once; the others wait, and
        waiting: so many may.
    """

    address: Rate = Rate(60, 2)
    form: Rate = Rate(10, 0.2)
    link: Rate = Rate(40, 1)
    all_forms: Rate = Rate(200, 20)
    body_bytes: int = 32 * KIB
    path_bytes: int = 200
    body_s: float = 10.0
    at_once: int = 4
    waiting: int = 64


PAGE_LIMITS = PageLimits()

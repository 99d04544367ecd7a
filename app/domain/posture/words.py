"""The words of the posture check: parts of a workstation, what was found of each, and how a finding reads.

Invariants: *unknown* is a state of its own, and no rule takes it for *ok*; what was found raw is one bounded line of
printable characters that the program put together from words it knows, so that no name, path or serial stands in it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST_RAW = 160
"""Characters of a raw finding."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .+_-]{0,39}")


class Part(StrEnum):
    """What is looked at, in the order of the screens."""

    DISK = "disk"
    FIREWALL = "firewall"
    ANTIVIRUS = "antivirus"
    SCREEN_LOCK = "screen_lock"
    UPDATES = "updates"


class State(StrEnum):
    """How a part stands."""

    OK = "ok"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """Nobody could tell: never as good as `ok`."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a look at one part came to."""

    state: State
    raw: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part.

    Attributes:
        part: which.
        state: how it stands.
        raw: what the system said, in one line of at most `LONGEST_RAW` characters.
        at_ms: when, ms since 1970, by the workstation's clock.
    """

    part: Part
    state: State
    raw: str
    at_ms: int


def ok(raw: str) -> Judged:
    """It is as it should be."""
    return Judged(State.OK, raw)


def missing(raw: str) -> Judged:
    """It is not as it should be."""
    return Judged(State.MISSING, raw)


def unknown(raw: str) -> Judged:
    """Nobody can tell."""
    return Judged(State.UNKNOWN, raw)


def bounded(raw: str) -> str:
    """A raw finding as it may be kept: one line of printable ASCII."""
    kept = "".join(letter if " " <= letter <= "~" else "?" for letter in " ".join(raw.split()))
    return kept[:LONGEST_RAW]


def product(untrusted: str) -> str:
    """The name of a program as its system gives it, where it looks like one; else a word in its place."""
    name = " ".join(untrusted.split())
    return name if _NAME.fullmatch(name) else "a program"

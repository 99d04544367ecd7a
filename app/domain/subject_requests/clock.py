"""The clocks of requests: three times 24 hours from the moment of receipt, where the law sets them.

Pure: a moment in, a standing out. A request's end of term is worked out once, from when it was received, and nothing
moves it afterwards. Where the office's clock stands before the moment at which a request was written down, somebody has
set it back, and nothing is said about what is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.subject_requests.words import RequestKind

HOUR_MS: Final = 3_600_000
TERM_MS: Final = 72 * HOUR_MS
REMINDERS_H: Final = (24, 48, 71)
"""A request that is open is called to mind after so many hours."""


@dataclass(frozen=True, slots=True)
class Term:
    """What the law says of one kind.

    Attributes:
        right: article of UU PDP that gives the right.
        duty: article that has the duty to answer.
        is_law: whether that article sets 3 x 24 hours; otherwise they are this office's own aim.
    """

    right: str
    duty: str
    is_law: bool


TERMS: Final[Mapping[RequestKind, Term]] = {
    RequestKind.ACCESS: Term("7", "32", is_law=True),
    RequestKind.CORRECTION: Term("6", "30", is_law=True),
    RequestKind.RESTRICTION: Term("11", "41", is_law=True),
    RequestKind.OBJECTION: Term("10", "10", is_law=False),
    RequestKind.WITHDRAWAL: Term("9", "40", is_law=True),
    RequestKind.PORTABILITY: Term("13", "13", is_law=False),
    RequestKind.ERASURE: Term("8", "43", is_law=False),
}


class Timing(StrEnum):
    """How a request stands with its clock."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    ENDED_IN_TIME = "ended_in_time"
    ENDED_LATE = "ended_late"
    CLOCK_OFF = "clock_off"


@dataclass(frozen=True, slots=True)
class Standing:
    """A request and its clock.

    Attributes:
        timing: how it stands.
        left_ms: until its term ends; negative beyond it. For one that has ended, what was left then.
        reminders: how many of `REMINDERS_H` are over.
    """

    timing: Timing
    left_ms: int
    reminders: int

    @property
    def presses(self) -> bool:
        """Whether it is open and due within a day, or overdue."""
        return self.timing in {Timing.SOON, Timing.LATE}


def due_ms(received_ms: int) -> int:
    """When the term of a request ends: three times 24 hours after its receipt, whatever days these are."""
    return received_ms + TERM_MS


def standing(received_ms: int, opened_ms: int, ended_ms: int | None, now_ms: int) -> Standing:
    """How a request stands at a moment.

    Args:
        received_ms: when it came.
        opened_ms: when it was written down.
        ended_ms: when it was answered, or None.
        now_ms: the moment, by the office's clock.
    """
    at_ms = now_ms if ended_ms is None else ended_ms
    left_ms = due_ms(received_ms) - at_ms
    reminders = sum(at_ms - received_ms >= hours * HOUR_MS for hours in REMINDERS_H)
    if at_ms < opened_ms:
        return Standing(Timing.CLOCK_OFF, 0, 0)
    if ended_ms is not None:
        return Standing(Timing.ENDED_IN_TIME if left_ms >= 0 else Timing.ENDED_LATE, left_ms, reminders)
    if left_ms < 0:
        return Standing(Timing.LATE, left_ms, reminders)
    is_soon = at_ms - received_ms >= REMINDERS_H[1] * HOUR_MS
    return Standing(Timing.SOON if is_soon else Timing.RUNNING, left_ms, reminders)


def hours_called(clock: Standing) -> int:
    """After how many hours something was last called to mind, 72 beyond its term; 0: not yet, or ended.

    Args:
        clock: how it stands.
    """
    if clock.timing is Timing.LATE:
        return TERM_MS // HOUR_MS
    if clock.timing not in {Timing.RUNNING, Timing.SOON} or not clock.reminders:
        return 0
    return REMINDERS_H[clock.reminders - 1]

"""Ends that come by the clock, and who is told of them in time: the longest session, and a lease that nobody renews.

Pure judgement. A person with a call or a note in hand hears of it ten minutes before, everybody two minutes before.
The longest session is ended a little early by its own console, while the office still takes the note.
The end for want of use has its own notice (`session.idle`).
"""

from dataclasses import dataclass
from enum import Enum, auto

WARN_S, WARN_AGAIN_S = 600, 120
EARLY_S = 5
"""So long before the office would end a session its console does: the last save has its time."""


class Why(Enum):
    """Which end it is."""

    SESSION = auto()
    LEASE = auto()


@dataclass(frozen=True, slots=True)
class Coming:
    """An end that comes.

    Attributes:
        why: which.
        left_s: seconds until then; 0 when it is due.
        is_near: whether it is the second warning.
    """

    why: Why
    left_s: float
    is_near: bool

    @property
    def is_due(self) -> bool:
        """Whether the console is to end the session now; a lease is ended by whoever renews it."""
        return self.why is Why.SESSION and self.left_s <= 0


def coming_end(now: float, ends_at: float, lease_ends_at: float, *, is_away: bool, has_work: bool) -> Coming | None:
    """What end is to be told of, or None.

    Args:
        now: wall clock, seconds.
        ends_at: when the session is over at the latest.
        lease_ends_at: when it is over if nobody renews the lease.
        is_away: whether the office does not answer, so that nobody does.
        has_work: whether a call is on or a note is in hand.
    """
    why, at = Why.SESSION, ends_at - EARLY_S
    if is_away and lease_ends_at < at:
        why, at = Why.LEASE, lease_ends_at
    left_s = max(0.0, at - now)
    if left_s > (WARN_S if has_work else WARN_AGAIN_S):
        return None
    return Coming(why, left_s, left_s <= WARN_AGAIN_S)

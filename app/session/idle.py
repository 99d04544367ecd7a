"""When nobody is at the console: the lock (`policy.idle_lock_s`), or a notice and the end (`policy.idle_end_s`).

Pure judgement over a clock. Where the lock comes first, its console is gone before the notice; the guardian keeps the
end then. A policy whose lock is as late as its end has no lock by time.

Time is counted by the machine's boot clock, so that a suspended workstation counts as an unused one. What is over
stays over: whoever comes too late, the first key after a night's sleep, keeps nothing.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

NOTICE_S = 60
"""How long before the end the notice comes, at most half of the idle time."""


def boot_s() -> float:
    """Seconds since the machine started, sleep included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Stage(Enum):
    """How far it has come."""

    BUSY = auto()
    LOCK = auto()
    NOTICE = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done now.

    Attributes:
        stage: how far it has come.
        left_s: seconds until the end, if nobody comes.
        unused_s: seconds since somebody was here.
    """

    stage: Stage
    left_s: float
    unused_s: float = 0.0


class IdleRule:
    """Judges how long nobody has used the console."""

    def __init__(
        self,
        end_s: float,
        notice_s: float = NOTICE_S,
        clock: Callable[[], float] = boot_s,
        *,
        lock_s: float = math.inf,
    ) -> None:
        """Count from now.

        Args:
            end_s: seconds without use that end the session.
            notice_s: seconds before the end from which a notice is shown.
            clock: seconds that never go back and do not stop while the machine sleeps.
            lock_s: seconds without use that lock the console, if that comes before the end.
        """
        self._end_s, self._notice_s, self._clock = end_s, min(notice_s, end_s / 2), clock
        self._lock_s = lock_s if lock_s < end_s else math.inf
        self._used_at = clock()
        self._is_over = self._locks = False

    def judge(self) -> Verdict:
        """How far it has come."""
        unused_s = self._clock() - self._used_at
        left_s = self._end_s - unused_s
        self._is_over = self._is_over or left_s <= 0
        self._locks = self._locks or unused_s >= self._lock_s
        if self._is_over:
            return Verdict(Stage.OVER, 0.0, unused_s)
        if self._locks:
            return Verdict(Stage.LOCK, left_s, unused_s)
        return Verdict(Stage.NOTICE if left_s <= self._notice_s else Stage.BUSY, left_s, unused_s)

    def use(self) -> Verdict:
        """Somebody is here: count from now, unless it is too late; what stood before is the answer."""
        verdict = self.judge()
        if verdict.stage not in (Stage.LOCK, Stage.OVER):
            self._used_at = self._clock()
        return verdict

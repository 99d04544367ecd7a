"""When nobody is at the console: the lock (`policy.idle_lock_s`), or a notice and the end (`policy.idle_end_s`).

Pure judgement over a clock. Where the lock comes first, its console is gone before the notice; the guardian keeps the
end then. A policy whose lock is as late as its end has no lock by time.

While a call is on, hands may rest: at the time of the lock the console covers what it shows instead. It locks when the
call ends, if nobody has come by then, or after `policy.call_idle_max_s` unused seconds, whatever is said of calls; the
session then waits as long as after any other lock by time.

Time is counted by the machine's boot clock, so that a suspended workstation counts as an unused one. What is over
stays over: whoever comes too late, the first key after a night's sleep, keeps nothing.
"""

import ctypes
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

NOTICE_S = 60
"""How long before the end the notice comes, at most half of the idle time."""


def boot_s() -> float:
    """Seconds since the machine started, sleep included."""
    if sys.platform == "win32":
        return _windows_ticks_ms() / 1000
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def _windows_ticks_ms() -> int:
    """`GetTickCount64`, which goes on while the machine sleeps."""
    libraries: Any = ctypes
    ask = libraries.windll.kernel32.GetTickCount64
    ask.restype = ctypes.c_uint64
    return int(ask())


class Stage(Enum):
    """How far it has come."""

    BUSY = auto()
    COVER = auto()
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
        locks_in_s: seconds until the lock, if nobody comes; infinite where no lock comes before the end.
    """

    stage: Stage
    left_s: float
    unused_s: float = 0.0
    locks_in_s: float = math.inf


class IdleRule:
    """Judges how long nobody has used the console."""

    def __init__(
        self,
        end_s: float,
        notice_s: float = NOTICE_S,
        clock: Callable[[], float] = boot_s,
        *,
        lock_s: float = math.inf,
        call_max_s: float = 0.0,
    ) -> None:
        """Count from now.

        Args:
            end_s: seconds without use that end the session.
            notice_s: seconds before the end from which a notice is shown.
            clock: seconds that never go back and do not stop while the machine sleeps.
            lock_s: seconds without use that lock the console, if that comes before the end.
            call_max_s: seconds without use that lock it during a call; never sooner than without one.
        """
        self._clock, self._longest_notice_s = clock, notice_s
        self.set_limits(end_s, lock_s=lock_s, call_max_s=call_max_s)
        self._used_at = clock()
        self._is_call = False
        self._locked_at: float | None = None
        self._is_over = False

    def set_limits(self, end_s: float, *, lock_s: float = math.inf, call_max_s: float = 0.0) -> None:
        """Judge by these from now on: the policy has changed."""
        self._end_s, self._notice_s = end_s, min(self._longest_notice_s, end_s / 2)
        self._cover_s, self._lock_s = min(lock_s, end_s), lock_s if lock_s < end_s else math.inf
        self._call_max_s = max(call_max_s, self._cover_s)

    def judge(self) -> Verdict:
        """How far it has come."""
        now = self._clock()
        unused_s = now - self._used_at
        lock_at = self._lock_at()
        if self._locked_at is None and now >= lock_at:
            self._locked_at = lock_at
        left_s = self._end_at() - now
        self._is_over = self._is_over or left_s <= 0
        if self._is_over:
            return Verdict(Stage.OVER, 0.0, unused_s, 0.0)
        if self._locked_at is not None:
            return Verdict(Stage.LOCK, left_s, unused_s, 0.0)
        stage = Stage.COVER if self._is_call and unused_s >= self._cover_s else Stage.BUSY
        return Verdict(Stage.NOTICE if left_s <= self._notice_s else stage, left_s, unused_s, lock_at - now)

    def use(self) -> Verdict:
        """Somebody is here: count from now, unless it is too late; what stood before is the answer."""
        verdict = self.judge()
        if verdict.stage not in (Stage.LOCK, Stage.OVER):
            self._used_at = self._clock()
        return verdict

    def set_call(self, is_call: bool) -> Verdict:
        """A call is on, or no longer: news is no use, whoever brings it."""
        self.judge()  # what was due before the news stays due
        ends = self._is_call and not is_call
        self._is_call = is_call
        if ends and self._locked_at is None:
            now = self._clock()
            if now - self._used_at >= self._lock_s:
                self._locked_at = now
            else:  # without a lock by time there is still a notice before the end
                self._used_at = max(self._used_at, now - self._end_s + self._notice_s)
        return self.judge()

    def _lock_at(self) -> float:
        if self._lock_s == math.inf:
            return math.inf
        return self._used_at + (self._call_max_s if self._is_call else self._lock_s)

    def _end_at(self) -> float:
        after_lock_s = self._end_s - self._cover_s
        if self._locked_at is not None:
            return self._locked_at + after_lock_s
        return self._used_at + (self._call_max_s + after_lock_s if self._is_call else self._end_s)

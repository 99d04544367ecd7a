"""How long a locked session waits for its person: deadline, tries, and a lock screen that never came.

Pure judgement over two clocks: the machine's boot clock, which counts its sleep, for the session's own end, and the
monotonic one for the console's start.
"""

import time
from collections.abc import Callable

from app.guardian.limits import Limits
from app.guardian.ward import Ward
from app.guardian.wire import Locked
from app.session.ends import LockedSession
from app.session.idle import boot_s

LOOK_EVERY_S = 5.0
"""A machine that slept through a deadline is noticed so soon after it."""


class LockWatch:
    """Watches over one lock."""

    def __init__(
        self,
        word: Locked,
        name: str,
        generation: int,
        limits: Limits,
        *,
        boot_clock: Callable[[], float] = boot_s,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Count from now.

        Args:
            word: what the console said as it locked.
            name: display name of the account.
            generation: of the session's cache, as it was told last.
            limits: how many tries, how long until the lock screen.
            boot_clock: seconds that count the machine's sleep.
            clock: seconds that do not.
        """
        self._limits, self._boot_clock, self._clock = limits, boot_clock, clock
        self._over, self._begun_at = word.over, clock()
        self.lock = LockedSession(
            session=word.session,
            account=word.account,
            display_name=name,
            role=word.role,
            seat=word.seat,
            cause=word.cause,
            at=time.time(),
            ends_at_boot_s=boot_clock() + int(word.ends_in),
            unused_s=float(word.unused),
            generation=generation,
            tries=limits.lock_tries,
        )

    def end_of(self, console: Ward) -> str:
        """The cause for which the session of this console ends now, or ""."""
        if not console.is_lock or console.ended:
            return ""
        if console.tries > self._limits.lock_tries:
            return "too_many_tries"
        if self._boot_clock() >= self.lock.ends_at_boot_s:
            return self._over
        return "" if console.lock_stands or self._stands_in_s() > 0 else "console_died"

    def look_in_s(self, console: Ward) -> float | None:
        """When to look again, in seconds; None where nothing is locked any more."""
        if not console.is_lock:
            return None
        waits = [LOOK_EVERY_S, self.lock.ends_at_boot_s - self._boot_clock()]
        if not console.lock_stands:
            waits.append(self._stands_in_s())
        return max(0.0, min(waits))

    def _stands_in_s(self) -> float:
        return self._begun_at + self._limits.lock_stands_s - self._clock()

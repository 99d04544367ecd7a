"""How long a session goes on without its office: a console tells each lease, and the guardian keeps its end.

A console ends by itself when its lease is over (`app/ui/console/pulse.py`); one that hangs, was changed or stands at a
lock screen is ended here. Pure judgement over the machine's boot clock, which counts its sleep.
"""

from collections.abc import Callable

from app.guardian.limits import Limits
from app.guardian.ward import Ward
from app.guardian.wire import LeaseKept
from app.session.idle import boot_s

LEASE_OVER = "lease_over"
LOOK_EVERY_S = 30.0
"""A machine that slept through a deadline is noticed so soon after it."""


class LeaseWatch:
    """Watches over the leases of one console's sessions; those of a locked one go on."""

    def __init__(self, limits: Limits, *, boot_clock: Callable[[], float] = boot_s) -> None:
        """Know no lease yet.

        Args:
            limits: how long an unlocked console may take to end by itself.
            boot_clock: seconds that count the machine's sleep.
        """
        self._limits, self._boot_clock = limits, boot_clock
        self._ends_at: dict[str, float] = {}

    def kept(self, lease: LeaseKept) -> None:
        """A console told that its office let it go on; a later word counts, whether it gives more or less."""
        self._ends_at = {lease.session: self._boot_clock() + int(lease.left)}  # a console has one at a time

    def end_of(self, console: Ward) -> str:
        """The cause for which the session of this console ends now, or ""."""
        left_s = self._left_s(console)
        return LEASE_OVER if left_s is not None and left_s <= 0 else ""

    def look_in_s(self, console: Ward) -> float | None:
        """When to look again, in seconds; None where no lease runs."""
        left_s = self._left_s(console)
        return None if left_s is None else max(0.0, min(LOOK_EVERY_S, left_s))

    def _left_s(self, console: Ward) -> float | None:
        session = console.sessions[-1].session if console.sessions else ""
        if console.ended is not None or session not in self._ends_at:
            return None
        grace_s = 0.0 if console.is_lock else self._limits.lease_grace_s
        return self._ends_at[session] + grace_s - self._boot_clock()

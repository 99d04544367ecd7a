"""When the guardian begins the next console ahead: a little after a session began, or goes on after a lock."""

import time

from app.guardian.limits import Limits
from app.guardian.ward import Ward


class ReadyWatch:
    """Follows one console.

    Args:
        limits: how long it is left alone first: it fills its window then, and both would be slower.
    """

    def __init__(self, limits: Limits) -> None:
        self._after_s = limits.ready_after_s
        self._at: float | None = None
        self._is_over = False

    def is_time(self, console: Ward) -> bool:
        """Whether to begin one now; said once."""
        left_s = self.look_in_s(console)
        if left_s is None or left_s > 0:
            return False
        self._is_over = True
        return True

    def look_in_s(self, console: Ward) -> float | None:
        """In how many seconds to look again; None: not before something is heard."""
        stands = console.sessions and not console.is_lock
        if self._is_over or not stands or console.ended is not None or console.locked is not None:
            return None
        if self._at is None:
            self._at = time.monotonic() + self._after_s
        return max(0.0, self._at - time.monotonic())

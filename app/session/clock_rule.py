"""Whether the workstation's clock was set back: what is over by the clock (lease, code, session) would come again.

Pure judgement over two clocks. The wall clock should run as the boot clock does, which nobody sets and which counts a
sleep; and it should not be behind the last time that the office told. Forward is no matter here: what is over earlier
only ends.
"""

import time
from collections.abc import Callable

from app.session.idle import boot_s

BACK_S = 120.0
"""So far back is a correction (`protection.md` section 6); more locks."""


class ClockRule:
    """Watches the wall clock of one process from now on."""

    def __init__(self, wall: Callable[[], float] = time.time, boot: Callable[[], float] = boot_s) -> None:
        """Expect the clock to go on as it stands.

        Args:
            wall: seconds since 1970, as somebody may set them.
            boot: seconds that nobody sets.
        """
        self._wall, self._boot = wall, boot
        self._ahead_s = wall() - boot()

    def told(self, office_s: float) -> None:
        """The office says that it is so late, in seconds since 1970."""
        self._ahead_s = max(self._ahead_s, office_s - self._boot())

    def now(self) -> float:
        """The time that it should be, seconds since 1970: setting the clock back does not change it."""
        self._ahead_s = max(self._ahead_s, self._wall() - self._boot())
        return self._ahead_s + self._boot()

    @property
    def is_set_back(self) -> bool:
        """Whether the clock is behind by more than a correction."""
        return self.now() - self._wall() > BACK_S

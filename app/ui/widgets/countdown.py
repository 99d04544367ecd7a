"""The judge of a view's time: given when it opened, how long it lasts and what time it is, what is left."""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Countdown:
    """A view that began at `start` (monotonic seconds) and lasts `seconds`."""

    start: float
    seconds: float

    def left(self, now: float) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.start + self.seconds - now)

    def share(self, now: float) -> float:
        """Share of the time that is left, 1 to 0."""
        return self.left(now) / self.seconds if self.seconds > 0 else 0.0

    def whole(self, now: float) -> int:
        """Seconds left as a person counts them: 1 until the very end."""
        return ceil(self.left(now))

    def is_over(self, now: float) -> bool:
        """Whether the time is up."""
        return self.left(now) <= 0.0

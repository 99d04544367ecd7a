"""Readings of the whole log that somebody waits for: how far each is, and whether it is to stop. In memory alone.

A reading belongs to the session that asked: nobody else hears of it or stops it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.domain.errors import WorkstationError


class ReadingStoppedError(WorkstationError):
    """Whoever asked does not wait any more; nothing was answered, and nothing says that it was."""


@dataclass(slots=True)
class Reading:
    """One of them.

    Attributes:
        done, total: entries; 0 of 0 before it has begun.
        is_stopped: nobody waits for it any more.
    """

    done: int = 0
    total: int = 0
    is_stopped: bool = False

    def tell(self, done: int, total: int) -> None:
        """It has come so far.

        Raises:
            ReadingStoppedError: it is to stop.
        """
        self.done, self.total = done, total
        if self.is_stopped:
            raise ReadingStoppedError("This was stopped; nothing was made.", code="stopped")


NOT_READING = Reading()
"""What is known of a reading that has not begun, is over, or is somebody else's."""


class LogReadings:
    """Those of one office."""

    def __init__(self) -> None:
        """Nobody reads yet."""
        self._readings: dict[tuple[bytes, bytes], Reading] = {}

    @contextmanager
    def begun(self, session: bytes, request: bytes) -> Iterator[Reading]:
        """A reading, for as long as the block takes."""
        reading = self._readings[session, request] = Reading()
        try:
            yield reading
        finally:
            self._readings.pop((session, request), None)

    def how_far(self, session: bytes, request: bytes) -> Reading:
        """A session's own reading; `NOT_READING` where there is none."""
        return self._readings.get((session, request), NOT_READING)

    def stop(self, session: bytes, request: bytes) -> None:
        """Have a session's own reading stop at the next page of the log."""
        reading = self._readings.get((session, request))
        if reading is not None:
            reading.is_stopped = True

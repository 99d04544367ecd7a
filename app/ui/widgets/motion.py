"""A short motion from one number to another, driven by a timer; 0 ms swaps at once (reduced motion)."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QTimer, Signal

FRAME_MS = 16


class Motion(QObject):
    """One motion at a time.

    Attributes:
        value: where it is now.

    Signals:
        moved: `value` has changed.
        ended: it has arrived; not sent when stopped.
    """

    moved = Signal()
    ended = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.value = 0.0
        self._clock = clock
        self._start = self._end = self._since = 0.0
        self._ms = 0
        self._easing = QEasingCurve(QEasingCurve.Type.OutCubic)
        self._frame = QTimer(self, interval=FRAME_MS)
        self._frame.timeout.connect(self.step)

    def run(self, start: float, end: float, ms: int) -> None:
        """Move from `start` to `end` in `ms` milliseconds."""
        self._start, self._end, self._ms = start, end, ms
        self._since = self._clock()
        self.value = start
        self._frame.start()
        self.moved.emit()
        if ms <= 0:
            self.step()

    def stop(self) -> None:
        """Stay where it is."""
        self._frame.stop()

    def step(self) -> None:
        """One frame."""
        passed = (self._clock() - self._since) * 1000
        share = 1.0 if self._ms <= 0 else min(1.0, passed / self._ms)
        self.value = self._start + (self._end - self._start) * self._easing.valueForProgress(share)
        self.moved.emit()
        if share >= 1.0:
            self._frame.stop()
            self.ended.emit()

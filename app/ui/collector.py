"""Python's cycle collector, on the GUI thread only.

Python collects on whichever thread happens to allocate. A worker that frees a widget's cycle destroys the widget on
its own thread, and Qt then waits for the GUI thread, which waits for the worker: the program stands still, or falls
(seen with PySide6 6.12). So the automatic collection is off while screens exist, and a timer does the same work here.
"""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
_GROWN = 1.25
"""The oldest generation is all that the program holds, 150 ms to walk: worth it once a quarter more has come."""


class Collector(QObject):
    """Collects what the thresholds of `gc` say, every half second."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._blocks = sys.getallocatedblocks()

    def start(self) -> None:
        """Take the collection over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back (tests)."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation whose count is over its threshold; all of them once memory has grown."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if thresholds[generation] and counts[generation] > thresholds[generation]:
                if generation == 2 and sys.getallocatedblocks() < self._blocks * _GROWN:
                    continue
                gc.collect(generation)
                if generation == 2:
                    self._blocks = sys.getallocatedblocks()
                return

"""Python's cycle collector, on the GUI thread only.

Python collects on whichever thread happens to allocate. A worker that frees a widget's cycle destroys the widget on
its own thread, and Qt then waits for the GUI thread, which waits for the worker: the program stands still, or falls
(seen with PySide6 6.12). So the automatic collection is off while screens exist, and a timer does the same work here.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Collector(QObject):
    """Collects what the thresholds of `gc` say, every half second."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take the collection over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back (tests)."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation whose count is over its threshold."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if thresholds[generation] and counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

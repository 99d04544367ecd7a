"""What may be shown for some minutes and no longer: the seconds that are left, and that they are over.

The office judges the time; this only says it, and takes from the screen what it would not take any more.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.widgets.countdown import Countdown


class TimeLeft(QObject):
    """A clock that is looked at once a second.

    Args:
        parent: owns it.
        clock: monotonic seconds.

    Signals:
        moved: whole seconds that are left.
        over: none is left; once a second until it is stopped, so that an answer under way can be waited for.
    """

    moved = Signal(int)
    over = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._countdown: Countdown | None = None
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.look)

    def begin(self, until: float) -> None:
        """Count until a time of the wall, in seconds since 1970; a clock that is set meanwhile changes nothing."""
        self._countdown = Countdown(self._clock(), max(0.0, until - time.time()))
        self._tick.start()
        self.look()

    def stop(self) -> None:
        """Count no more."""
        self._tick.stop()
        self._countdown = None

    def look(self) -> None:
        """Say what is left."""
        if self._countdown is None:
            return
        left = self._countdown.whole(self._clock())
        self.moved.emit(left)
        if left <= 0:
            self.over.emit()

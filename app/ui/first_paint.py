"""When a window has been painted for the first time: what is not needed before waits for that."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Watches a window until its first paint, and not longer.

    Args:
        window: owns the watch.
        on_painted: called once, on the GUI thread, after that paint.
    """

    def __init__(self, window: QWidget, on_painted: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._on_painted = window, on_painted
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let every event pass."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._window, self._on_painted)
        return False

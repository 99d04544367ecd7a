"""Keeps every top-level window of this process out of captures, from before it is shown until it is gone.

Windows of any kind count: the console, dialogs, popups, menus, tool tips. A window that is shown again, restored, or
given another native window is blocked anew. IT's exception lifts it for its time. Where the system cannot block,
nothing is watched, and the state says so.
"""

import time
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPlatformSurfaceEvent, QWindow
from PySide6.QtWidgets import QWidget

from app.domain.capture_exception import CaptureException
from app.ui.capture.block import CaptureBlock

LOOK_EVERY_MS = 10_000
_WATCHED = frozenset(
    {QEvent.Type.PlatformSurface, QEvent.Type.Show, QEvent.Type.WinIdChange, QEvent.Type.WindowStateChange}
)


class CaptureState(StrEnum):
    """What a person is told."""

    BLOCKED = "blocked"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    """The system has the word for it, and did not take it for a window that is shown."""
    EXCEPTED = "excepted"


class CaptureGuard(QObject):
    """Blocks the windows of this process.

    Attributes:
        exception: IT's, while it counts; else None.

    Signals:
        changed: the state may be another one.
    """

    changed = Signal()

    def __init__(
        self,
        application: QGuiApplication,
        block: CaptureBlock | None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(application)
        self._application, self._block, self._clock = application, block, clock
        self.exception: CaptureException | None = None
        self._refused: set[int] = set()
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)
        if block is not None:
            application.installEventFilter(self)
            self._apply_to_all()

    @property
    def state(self) -> CaptureState:
        """What is true now."""
        if self.exception is not None:
            return CaptureState.EXCEPTED
        if self._block is None or not self._block.is_dependable:
            return CaptureState.UNAVAILABLE
        return CaptureState.REFUSED if self._refused else CaptureState.BLOCKED

    def allow(self, exception: CaptureException | None) -> None:
        """Let captures through while an exception holds; None blocks again."""
        holds = exception is not None and exception.holds(self._clock())
        self.exception = exception if holds else None
        self._apply_to_all()
        if self.exception is not None:
            self._look.start()
        else:
            self._look.stop()
        self.changed.emit()

    def look(self) -> None:
        """Judge the time of an exception."""
        if self.exception is not None and not self.exception.holds(self._clock()):
            self.allow(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let every event pass; look at those that make or show a native window."""
        if event.type() in _WATCHED:
            self._on_event(watched, event)
        return False

    def _on_event(self, watched: QObject, event: QEvent) -> None:
        made = QPlatformSurfaceEvent.SurfaceEventType.SurfaceCreated
        if isinstance(event, QPlatformSurfaceEvent) and event.surfaceEventType() is not made:
            return
        if isinstance(watched, QWidget):
            if watched.isWindow() and (handle := watched.windowHandle()) is not None:
                self._apply(handle)
        elif isinstance(watched, QWindow):
            self._apply(watched)

    def _apply_to_all(self) -> None:
        for window in self._application.allWindows():
            if window.isVisible():  # the others are told when they are shown
                self._apply(window)

    def _apply(self, window: QWindow) -> None:
        if self._block is None or not window.isTopLevel():
            return
        native = int(window.winId())
        before = self.state
        if self._block.apply(native, blocked=self.exception is None) or not window.isVisible():
            self._refused.discard(native)
        else:
            self._refused.add(native)
        if self.state is not before:
            self.changed.emit()

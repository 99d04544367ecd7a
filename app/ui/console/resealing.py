"""After a class got a new key: this console moves data keys to it, a few chunks at a time, off the GUI thread.

The office holds no class key, so holders' consoles do this between other things; a kill loses one chunk. Whoever holds
no class, or whose role does not look after keys, is told so by the office once, and asks no more.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import NotAllowedError
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

FIRST_LOOK_MS, LOOK_AGAIN_MS, NEXT_MS = 5_000, 60_000, 200
CHUNKS = 3
"""Chunks in one go: some tenths of a second of one network thread."""


class Resealing(QObject):
    """Works through what waits.

    Signals:
        moved: how many data keys are left, 0 when there is nothing to do.
        failed: an exception.
    """

    moved = Signal(int)
    failed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._stopped = False

    def begin(self) -> None:
        """Look soon, when the console has shown itself."""
        self._timer.start(FIRST_LOOK_MS)

    def stop(self) -> None:
        """Work no more."""
        self._stopped = True
        self._timer.stop()

    def _go_on(self) -> None:
        self._tasks.run(self._work, self._on_worked, self._on_failed, owner=self)

    def _work(self) -> int:
        left = 0
        for progress in self._desk.rotation.work(CHUNKS):
            left = progress.left
        return left

    def _on_worked(self, left: int) -> None:
        self.moved.emit(left)
        if not self._stopped:
            self._timer.start(NEXT_MS if left else LOOK_AGAIN_MS)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, NotAllowedError):
            self.stop()
            return
        self.failed.emit(error)
        if not self._stopped:
            self._timer.start(LOOK_AGAIN_MS)

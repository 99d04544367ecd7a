"""Hears what changes at the office, as it changes; without the stream, the usual looks every few seconds go on."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

AGAIN_MS = 5_000


class Live(QObject):
    """The stream of changes of one session.

    Signals:
        changed: topics (`unlocks`, `accounts`, `colleagues`, `customers`, `exposures`).
    """

    changed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._is_stopped = False
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self.start)

    def start(self) -> None:
        """Hear from now on; a stream that ends is asked for again."""
        if self._is_stopped:
            return
        changed, over = self._tasks.on_gui(self.changed.emit, self), self._tasks.on_gui(self._wait, self)
        self._tasks.run(lambda: self._desk.watch_changes(changed, over), None, lambda _error: self._wait(), owner=self)

    def stop(self) -> None:
        """Hear no more."""
        self._is_stopped = True
        self._again.stop()

    def _wait(self) -> None:
        if not self._is_stopped:
            self._again.start()

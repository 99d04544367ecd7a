"""Hears what changes at the office, as it changes; without the stream, the usual looks every few seconds go on."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

AGAIN_MS = 5_000
EVERYTHING = frozenset(
    {"unlocks", "accounts", "colleagues", "customers", "exposures", "policy", "workstations", "presence"}
)
"""Topics that may have changed while nothing was heard."""


class Live(QObject):
    """The stream of changes of one session.

    Signals:
        changed: topics (`EVERYTHING` has them); all of them once a stream that ended is heard again.
    """

    changed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._is_stopped = self._has_missed = False
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self.start)

    def start(self) -> None:
        """Hear from now on; a stream that ends is asked for again."""
        if self._is_stopped:
            return
        changed, over = self._tasks.on_gui(self.changed.emit, self), self._tasks.on_gui(self._over, self)
        self._tasks.run(lambda: self._desk.watch_changes(changed, over), self._catch_up, self._on_error, owner=self)

    def stop(self) -> None:
        """Hear no more."""
        self._is_stopped = True
        self._again.stop()

    def _catch_up(self, _none: None) -> None:
        has_missed, self._has_missed = self._has_missed, False
        if has_missed:
            self.changed.emit(EVERYTHING)

    def _over(self) -> None:
        if not self._is_stopped:
            self._has_missed = True
            self._wait()

    def _on_error(self, _error: Exception) -> None:
        self._has_missed = True
        self._wait()

    def _wait(self) -> None:
        if not self._is_stopped:
            self._again.start()

"""Hears what changes at the office, as it changes; without the stream, the usual looks every few seconds go on."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

AGAIN_MS = 5_000
OPEN = "open"
"""Heard first on a stream: what changes from now on is told."""
EVERYTHING = frozenset(
    {
        "unlocks",
        "accounts",
        "colleagues",
        "customers",
        "exposures",
        "erasures",
        "policy",
        "workstations",
        "requests",
        "incidents",
        "presence",
    }
)
"""Topics that may have changed while nothing was heard: all that an office tells."""


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
        heard, over = self._tasks.on_gui(self._on_heard, self), self._tasks.on_gui(self._over, self)
        self._tasks.run(lambda: self._desk.watch_changes(heard, over), None, self._on_error, owner=self)

    def stop(self) -> None:
        """Hear no more."""
        self._is_stopped = True
        self._again.stop()

    def _on_heard(self, topics: frozenset[str]) -> None:
        if OPEN not in topics:
            self.changed.emit(topics)
        elif self._has_missed:  # asked for only now: what changes meanwhile is told
            self._has_missed = False
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

"""Has the office write down which calls are on: soon after each change, once a second at most."""

from PySide6.QtCore import QObject, QTimer

from app.ui.calls import Calls
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

PACE_MS = 1_000
"""A program that starts and ends calls all the time fills the log no faster than this."""


class CallTelling(QObject):
    """Tells of one console's calls. What the office does not hear now, it hears with the next beat."""

    def __init__(self, desk: DeskUseCases, tasks: Tasks, calls: Calls, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._calls = desk, tasks, calls
        self._on: tuple[str, ...] = ()
        self._pace = QTimer(self, interval=PACE_MS, singleShot=True)
        self._pace.timeout.connect(self._tell)
        self._is_told = True

    def look(self) -> None:
        """Calls have begun, ended, or not."""
        on = tuple(call.key for call in self._calls.calls)
        if on == self._on:
            return
        self._on, self._is_told = on, False
        self._desk.note_calls(on)
        if not self._pace.isActive():
            self._tell()

    def stop(self) -> None:
        """Nothing more is told from here; the session's end ends its calls."""
        self._pace.stop()
        self._is_told = True

    def _tell(self) -> None:
        if not self._is_told:
            self._is_told = True
            self._pace.start()
            self._tasks.run(self._desk.tell_calls, None, lambda _error: None, owner=self)

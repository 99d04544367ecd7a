"""The lease: a beat each minute; tells whether the back office answers, and when the session is over."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.errors import OfficeAwayError, SessionOverError
from app.session.shown import Person
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

BEAT_MS, SOON_MS = 60_000, 5_000
"""A beat each minute; every five seconds while the office is away or class keys are awaited."""


class Pulse(QObject):
    """Keeps the lease.

    Signals:
        beaten: the person with renewed times.
        connected: whether the back office answers, with the time since when it does not.
        over: the office has ended this session.
        failed: another exception.
    """

    beaten = Signal(object)
    connected = Signal(bool, float)
    over = Signal()
    failed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._away_since: float | None = None
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)

    @property
    def is_away(self) -> bool:
        """Whether the back office did not answer last time."""
        return self._away_since is not None

    def start(self) -> None:
        """Beat from now on."""
        self._timer.setInterval(SOON_MS if self._desk.person.waits_for_classes else BEAT_MS)
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def beat(self) -> None:
        """Renew the lease now."""
        self._tasks.run(self._desk.beat, self._on_beaten, self._on_failed, owner=self)

    def judge(self, error: Exception) -> bool:
        """Take what concerns the whole console (away, over); False for any other error."""
        if isinstance(error, OfficeAwayError):
            if self._away_since is None:
                self._away_since = time.time()
                self._timer.setInterval(SOON_MS)
                self.connected.emit(False, self._away_since)
            return True
        if isinstance(error, SessionOverError):
            self.stop()
            self.over.emit()
            return True
        return False

    def _on_beaten(self, person: Person) -> None:
        if self._away_since is not None:
            self._away_since = None
            self.connected.emit(True, 0.0)
        self._timer.setInterval(SOON_MS if person.waits_for_classes else BEAT_MS)
        self.beaten.emit(person)

    def _on_failed(self, error: Exception) -> None:
        if not self.judge(error):
            self.failed.emit(error)

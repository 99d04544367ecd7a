"""The lease: a beat each minute; tells whether the back office answers, and when the session is over.

Invariant: while the back office is away, the session ends once the lease has run out, whether or not a beat answers;
it ends at once when the back office's process is found gone, which a line to it tells without being asked. One beat is
on its way at a time: an office that hangs takes no second thread from notes and reveals.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.errors import OFFICE_GONE, CacheLostError, OfficeAwayError, SessionOverError
from app.session.shown import Person
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

LEASE_OVER, OVER = "lease_over", "over"
BEAT_MS, SOON_MS = 60_000, 5_000
"""A beat each minute; every five seconds while the office is away or class keys are awaited."""


class Pulse(QObject):
    """Keeps the lease.

    Signals:
        beaten: the person with renewed times.
        connected: whether the back office answers, with the time since when it does not.
        over: the office has ended this session, or is away and the lease has run out (`lease_over`); its process
            is gone, and the session's keys with it (`office_lost`); or the session cache is (`cache_lost`).
        failed: another exception.
    """

    beaten = Signal(object)
    connected = Signal(bool, float)
    over = Signal(str)
    failed = Signal(object)

    def __init__(
        self, desk: DeskUseCases, tasks: Tasks, parent: QObject, *, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._clock = desk, tasks, clock
        self._away_since: float | None = None
        self._line_ended = self._beats = self._beats_again = False
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_away(self) -> bool:
        """Whether the back office did not answer last time."""
        return self._away_since is not None

    def start(self) -> None:
        """Beat from now on."""
        self._timer.setInterval(SOON_MS if self._desk.person.waits_for_classes else BEAT_MS)
        self._timer.start()
        self._watch_office()

    def _watch_office(self) -> None:
        told = self._tasks.on_gui(self._on_line_ended, self)
        self._tasks.run(lambda: self._desk.watch_office(told), None, self._on_failed, owner=self)

    def _on_line_ended(self) -> None:
        """The office's process has ended, or closed this line: a beat tells which."""
        if self._timer.isActive():
            self._line_ended = True
            self.beat()

    def stop(self) -> None:
        """Beat no more."""
        self._beats_again = False
        self._timer.stop()

    def tick(self) -> None:
        """It is time: end what has run out, else beat."""
        if self._is_lease_over():
            self._end(LEASE_OVER)
        elif not self._beats:
            self.beat()

    def _is_lease_over(self) -> bool:
        return self.is_away and self._clock() >= self._desk.person.lease_ends_at

    def _end(self, cause: str) -> None:
        self.stop()
        self.over.emit(cause)

    def beat(self) -> None:
        """Renew the lease now; while a beat is on its way, once more after it: its answer may be of before."""
        if self._beats:
            self._beats_again = True
            return
        self._beats = True
        self._tasks.run(self._desk.beat, self._on_beaten, self._on_beat_failed, owner=self)

    def _go_on(self) -> None:
        again, self._beats, self._beats_again = self._beats_again, False, False
        if again:
            self.beat()

    def take_changes(self, topics: frozenset[str]) -> None:
        """The stream of changes tells that the session is over: a beat tells why."""
        if OVER in topics and self._timer.isActive():
            self.beat()

    def judge(self, error: Exception) -> bool:
        """Take what concerns the whole console (away, over); False for any other error."""
        if isinstance(error, OfficeAwayError) and error.code == OFFICE_GONE:
            self._end("office_lost")
            return True
        if isinstance(error, OfficeAwayError):
            if self._away_since is None:
                self._away_since = self._clock()
                self._timer.setInterval(SOON_MS)
                self.connected.emit(False, self._away_since)
            if self._is_lease_over():
                self._end(LEASE_OVER)
            return True
        if isinstance(error, SessionOverError):
            self._end("office_lost" if self._line_ended else error.code or "session_over")
            return True
        if isinstance(error, CacheLostError):
            self._end("cache_lost")
            return True
        return False

    def _on_beaten(self, person: Person) -> None:
        self._line_ended = self._line_ended and self._beats_again
        self._go_on()
        self._watch_office()
        if self._away_since is not None:
            self._away_since = None
            self.connected.emit(True, 0.0)
        self._timer.setInterval(SOON_MS if person.waits_for_classes else BEAT_MS)
        self.beaten.emit(person)

    def _on_beat_failed(self, error: Exception) -> None:
        self._on_failed(error)
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        if not self.judge(error):
            self.failed.emit(error)

"""Keeps what is shown as the office has it: takes changes over as they are told of, at each beat, and on F5."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.followed import Followed
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

TOPIC = "customers"
TOGETHER_MS = 200
"""Changes that the office tells of within this time are asked for together."""
AGE_MS = 5_000
"""How often the age on the screen moves: quiet numbers stand still while they are read."""


class Syncing(QObject):
    """Asks for changes; one question at a time, and one more for what was told meanwhile.

    Signals:
        synced: what became different (`Followed`), if anything did.
        aged: how many seconds ago the copy was as the office's.
        failed: an exception.
    """

    synced = Signal(object)
    aged = Signal(float)
    failed = Signal(object)

    def __init__(
        self, desk: DeskUseCases, tasks: Tasks, parent: QObject, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._clock = desk, tasks, clock
        self._is_asking = self._asks_again = self._is_stopped = False
        self._fresh_at: float | None = None
        self._soon = QTimer(self, interval=TOGETHER_MS, singleShot=True)
        self._soon.timeout.connect(self.now)
        self._age = QTimer(self, interval=AGE_MS)
        self._age.timeout.connect(self._tell_age)

    def take_changes(self, topics: frozenset[str]) -> None:
        """Something has changed at the office."""
        if TOPIC in topics and not self._is_stopped:
            self._soon.start()

    def now(self) -> None:
        """Ask now."""
        if self._is_stopped:
            return
        if self._is_asking:
            self._asks_again = True
            return
        self._is_asking = True
        self._tasks.run(self._desk.follow, self._on_followed, self._on_failed, owner=self)

    def stop(self) -> None:
        """Ask no more."""
        self._is_stopped = True
        self._soon.stop()
        self._age.stop()

    def _on_followed(self, followed: Followed) -> None:
        if followed.is_done:
            self._fresh_at = self._clock()
            self._age.start()
            self._tell_age()
        if followed.changed or followed.gone:
            self.synced.emit(followed)
        self._end()

    def _on_failed(self, error: Exception) -> None:
        if not self._is_stopped:
            self.failed.emit(error)
        self._end()

    def _end(self) -> None:
        again, self._is_asking, self._asks_again = self._asks_again, False, False
        if again:
            self.now()

    def _tell_age(self) -> None:
        if self._fresh_at is not None:
            self.aged.emit(self._clock() - self._fresh_at)

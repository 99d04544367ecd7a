"""Looks each second whether an end by the clock comes near; the rule is `session.timed_end`."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.shown import Person
from app.session.timed_end import Coming, coming_end

LOOK_MS = 1000


class EndWatch(QObject):
    """Watches from `start` to `stop`.

    Attributes:
        clock: wall clock, seconds.

    Signals:
        told: what comes (`Coming`), each second; None once nothing does.
        due: the session is to be ended now.
    """

    told = Signal(object)
    due = Signal()

    def __init__(
        self, person: Callable[[], Person], is_away: Callable[[], bool], has_work: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._person, self._is_away, self._has_work = person, is_away, has_work
        self.clock: Callable[[], float] = time.time
        self._last: Coming | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def look(self) -> None:
        """Ask the rule, and tell what it says."""
        person = self._person()
        coming = coming_end(
            self.clock(),
            person.ends_at,
            person.lease_ends_at,
            is_away=self._is_away(),
            has_work=self._has_work(),
        )
        if coming is not None and coming.is_due:
            self.stop()
            self.due.emit()
        elif coming is not None or self._last is not None:
            self.told.emit(coming)
        self._last = coming

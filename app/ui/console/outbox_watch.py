"""What waits for the back office at this seat: delivered when somebody comes and with each beat, and said calmly.

Nothing is said while nothing waits. What could not be delivered, and own sessions that were never closed, are said
until the notice is closed.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.session.errors import OfficeAwayError, SessionOverError
from app.session.shown import OutboxState
from app.ui.console.status_bar import StatusBar
from app.ui.saying import filled, joined
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import day_and_time


class OutboxWatch(QObject):
    """Delivers, and tells.

    Signals:
        settled: nothing waits any more, and something did; whether the office took all of it.
        failed: an exception that is not the office's absence.
    """

    settled = Signal(bool)
    failed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, status: StatusBar, notice: Strip, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._status, self._notice = desk, tasks, status, notice
        self._is_at_it = self._waited = False
        self._told = OutboxState()

    def deliver(self) -> None:
        """Bring what waits; one run at a time."""
        if not self._is_at_it:
            self._is_at_it = True
            self._tasks.run(self._desk.deliver, self._on_delivered, self._on_failed, owner=self)

    def look(self) -> None:
        """Something was just kept: say what waits."""
        self._tasks.run(self._desk.outbox, self._show, self._on_failed, owner=self)

    def _on_delivered(self, state: OutboxState) -> None:
        self._is_at_it = False
        self._show(state)

    def _on_failed(self, error: Exception) -> None:
        self._is_at_it = False
        if not isinstance(error, OfficeAwayError | SessionOverError):  # the beat tells of these
            self.failed.emit(error)
        self.look_quietly()

    def look_quietly(self) -> None:
        """Say what waits, if that can be seen."""
        self._tasks.run(self._desk.outbox, self._show, lambda _error: None, owner=self)

    def _show(self, state: OutboxState) -> None:
        self._status.show_waiting(state.waits)
        faults = replace(state, waits=0)
        is_taken = (faults.refused, faults.unusable) == (self._told.refused, self._told.unusable)
        if faults != self._told:
            self._told = faults
            self._notice.say(joined(" ", *self._sentences(state)))
            announce(self._notice, self._notice.label.text())
        if state.waits:
            self._waited = True
        elif self._waited:
            self._waited = False
            if is_taken:
                announce(self._status, self.tr("What waited here has reached the back office."))
            self.settled.emit(is_taken)

    def _sentences(self, state: OutboxState) -> list[str]:
        said = []
        if state.refused:
            text = self.tr(
                "Sessions whose kept notes the back office refused: {n}. Nothing is thrown away: tell IT (X1)."
            )
            said.append(text.format(n=state.refused))
        if state.unusable:
            text = self.tr(
                "Kept notes that fit no customer of yours now: {n}. The office has them sealed: tell IT (X2)."
            )
            said.append(text.format(n=state.unusable))
        if state.open_ends:
            where = joined(
                ", ", *(filled("{} ({})", one.workstation, day_and_time(one.at)) for one in state.open_ends[:3])
            )
            text = self.tr("Your session stopped in the middle of work: {where}. Look whether your last note is there.")
            said.append(text.format(where=where))
            missing = sum(one.missing for one in state.open_ends)
            if missing:
                text = self.tr("Kept entries that never came: {n}. Tell IT (X3).")
                said.append(text.format(n=missing))
        return said

"""Opens one field at a time and closes it: by timer, Esc, another record, focus that leaves, or the session's end.

For how long a value stood open, and why it closed, goes into the exposure ledger (`app/session/view_ends.py`).
Invariants: at most one field is open; an answer that comes after its opening was given up is dropped unread.
"""

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain import patience
from app.domain.exposures.words import ClosedBy
from app.session.shown import Revealed, UnlockAsked
from app.ui.console.field_row import FieldRow
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases


class FieldOpener(QObject):
    """What stands between a row and the office.

    Signals:
        opened: a field shows its value now.
        closed: no field is open.
        failed: an exception; the row is shut again.
        missed: an exception of an opening that was shut before; another one may be under way.
        given_up: the office did not answer in time.
    """

    opened = Signal()
    closed = Signal()
    failed = Signal(object)
    missed = Signal(object)
    given_up = Signal()

    def __init__(self, desk: DeskUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._row: FieldRow | None = None
        self._request: UnlockAsked | None = None
        self._turn = 0
        self._entry, self._open_since = 0, 0.0
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._on_patience_over)

    @property
    def is_open(self) -> bool:
        """Whether a field is open or opening."""
        return self._row is not None

    @property
    def row(self) -> FieldRow | None:
        """The row that is open or opening."""
        return self._row

    @property
    def request(self) -> UnlockAsked | None:
        """The request that a supervisor approved it by, if one did."""
        return self._request

    @property
    def turn(self) -> int:
        """Another number for each opening and closing."""
        return self._turn

    def reveal(self, row: FieldRow, record: str, reason: str, text: str) -> None:
        """Open what the role may reveal."""
        name = row.field.name
        self._open(row, lambda: self._desk.reveal(record, name, reason, text))

    def open_unlocked(self, row: FieldRow, request: UnlockAsked) -> None:
        """Open what a supervisor approved."""
        self._open(row, lambda: self._desk.open_unlocked(request.id), request)

    def close(self, cause: ClosedBy = ClosedBy.PERSON) -> None:
        """Shut what is open or opening."""
        row, self._row, self._request = self._row, None, None
        entry, self._entry = self._entry, 0
        if entry:
            self._desk.view_closed(entry, time.monotonic() - self._open_since, cause)
        self._turn += 1
        self._patience.stop()
        if row is not None:
            if shiboken6.isValid(row):
                row.show_closed()
            self.closed.emit()

    def _open(self, row: FieldRow, fetch: Callable[[], Revealed], request: UnlockAsked | None = None) -> None:
        self.close(ClosedBy.ANOTHER)
        self._turn += 1
        turn, self._row, self._request = self._turn, row, request
        row.show_opening()
        self._patience.start(round(patience.OPENING_S * 1000))
        self._tasks.run(
            fetch,
            lambda revealed: self._on_revealed(turn, revealed),
            lambda error: self._on_failed(turn, error),
            owner=self,
        )

    def _on_revealed(self, turn: int, revealed: Revealed) -> None:
        row = self._row
        if turn != self._turn or row is None or not shiboken6.isValid(row):
            revealed.value.forget()
            if revealed.entry:
                self._desk.view_closed(revealed.entry, 0.0, ClosedBy.PERSON)
            return
        self._patience.stop()
        self._entry, self._open_since = revealed.entry, time.monotonic()
        row.show_open(revealed)
        self.opened.emit()

    def _on_failed(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self.close()
            self.failed.emit(error)
        else:
            self.missed.emit(error)

    def _on_patience_over(self) -> None:
        self.close()
        self.given_up.emit()

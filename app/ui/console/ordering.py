"""Makes columns of a large table ready to sort and filter by, beside everything else, with progress and Stop.

One column at a time, on a thread of the network: the cache's own thread stays free for searches and cards. What a
person waits for goes before what is made ready in advance.
"""

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases


class Ordering(QObject):
    """The columns of one console.

    Signals:
        moved: a person waits: for which column (its key), steps done, all steps.
        ended: nobody waits any more, for whatever reason.
        made: all columns that a person waited for are there.
        stopped: the person waits no more; order and filters are to be what they were.
        failed: an exception; nobody waits any more.
    """

    moved = Signal(str, int, int)
    ended = Signal()
    made = Signal()
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._needed: list[str] = []
        self._ahead: list[str] = []
        self._now = ""
        self._stop = threading.Event()
        self._is_over = False

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns that a person waits for."""
        return tuple(self._needed)

    def need(self, columns: Sequence[str]) -> None:
        """A person waits for these columns, and for no others any more."""
        self._needed = list(columns)
        if self._now and self._now not in self._needed:
            self._stop.set()
        self._go_on()

    def prepare(self, columns: Sequence[str]) -> None:
        """Make these ready before anybody asks, as long as nobody waits."""
        self._ahead = list(columns)
        self._go_on()

    def drop(self) -> None:
        """Nobody waits any more: another question is asked."""
        if self._needed:
            if self._now in self._needed:
                self._stop.set()
            self._needed = []
            self.ended.emit()

    def stop(self) -> bool:
        """The person waits no more.

        Returns:
            Whether somebody did.
        """
        if not self._needed:
            return False
        self.drop()
        self.stopped.emit()
        return True

    def leave(self) -> None:
        """The session is being left."""
        self._is_over = True
        self._needed, self._ahead = [], []
        self._stop.set()

    def _go_on(self) -> None:
        """Begin the next column; one at a time."""
        if self._now or self._is_over or not (self._needed or self._ahead):
            return
        key = (self._needed or self._ahead)[0]
        desk, is_waited_for = self._desk, bool(self._needed)
        stop = self._stop = threading.Event()
        self._now = key
        told = self._tasks.on_gui(lambda done, total: self._on_moved(stop, done, total), self)
        self._tasks.run(
            lambda: (desk.make_order if is_waited_for else desk.prepare_column)(key, told, stop.is_set),
            lambda _none: self._on_made(stop),
            self._on_failed,
            owner=self,
        )

    def _on_moved(self, stop: threading.Event, done: int, total: int) -> None:
        if stop is self._stop and not stop.is_set() and self._now in self._needed:
            self.moved.emit(self._now, done, total)

    def _on_made(self, stop: threading.Event) -> None:
        """A column is there, or was stopped; a stopped one of those in advance comes later."""
        key, self._now = self._now, ""
        if not stop.is_set():
            self._ahead = [column for column in self._ahead if column != key]
            if key in self._needed:
                self._needed.remove(key)
                if not self._needed:
                    self.ended.emit()
                    self.made.emit()
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        self._now, self._ahead = "", []
        self.drop()
        self.failed.emit(error)

"""Search as one types: the newest question wins, answers to older ones are dropped."""

from array import array

from PySide6.QtCore import QObject, Signal

from app.ui.console.customer_model import CustomerModel
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases, FoundIds


class Finding(QObject):
    """Asks the session for ids and hands them to the model.

    Signals:
        found: how many, in how many milliseconds, whether something was asked for.
        failed: an exception of a search.
        looked_up: how many customers have the whole value that was asked for.
        refused: an exception of such a lookup.
    """

    found = Signal(int, float, bool)
    failed = Signal(object)
    looked_up = Signal(int)
    refused = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, model: CustomerModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._model = desk, tasks, model
        self._turn = 0
        self._text = ""
        self._queue: str | None = None

    def ask(self, text: str, queue: str | None) -> None:
        """Look for a text in a queue, or in all of one's own."""
        self._text, self._queue = text, queue
        self.again()

    def again(self) -> None:
        """Ask the same once more (rows have come in)."""
        self._turn += 1
        turn, text, queue = self._turn, self._text, self._queue
        self._tasks.run(
            lambda: self._desk.search(text, queue),
            lambda answer: self._on_found(turn, answer),
            self.failed.emit,
            lane="cache",
            owner=self,
        )

    def look_up(self, text: str) -> None:
        """Ask the office who has this whole value; the text is kept nowhere."""
        self._turn += 1
        turn = self._turn
        self._text, self._queue = "", None
        self._tasks.run(
            lambda: self._desk.caller.look_up(text),
            lambda ids: self._on_looked_up(turn, ids),
            self.refused.emit,
            owner=self,
        )

    def _on_looked_up(self, turn: int, ids: list[int]) -> None:
        if turn == self._turn:
            self._model.set_ids(array("q", ids))
            self.looked_up.emit(len(ids))

    def _on_found(self, turn: int, answer: FoundIds) -> None:
        if turn != self._turn:
            return
        self._model.set_ids(answer.ids)
        self.found.emit(len(answer.ids), answer.ms, bool(self._text.strip() or self._queue))

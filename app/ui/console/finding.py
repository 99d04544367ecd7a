"""Search as one types: the newest question wins, answers to older ones are dropped, and looked for no further.

Of very many customers the first screens come before the rest is found.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence, Set

from PySide6.QtCore import QObject, Signal

from app.domain.table_query import OrderLackingError, TableQuery
from app.session.shown import ShownRow
from app.ui.console.customer_model import PAGE, CustomerModel
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases, FoundIds

_FRONT = -1
"""Stands before the first row; no row has this id."""


class Finding(QObject):
    """Asks the session for ids and hands them to the model.

    Signals:
        found: how many, in how many milliseconds, whether something was asked for.
        failed: an exception of a search.
        lacking: columns that have to be made ready before the newest question can be answered.
        looked_up: how many customers have the whole value that was asked for.
        refused: an exception of such a lookup.
    """

    found = Signal(int, float, bool)
    failed = Signal(object)
    lacking = Signal(object)
    looked_up = Signal(int)
    refused = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, model: CustomerModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._model = desk, tasks, model
        self._turn = 0
        self._query = TableQuery()
        self._is_lookup = False

    def ask(self, query: TableQuery) -> None:
        """Look for somebody."""
        self._query, self._is_lookup = query, False
        self._search(is_new=True)

    def again(self) -> None:
        """Ask the same once more (rows have come in)."""
        if not self._is_lookup:
            self._search(is_new=not self._model.ids)

    def _search(self, *, is_new: bool) -> None:
        """Have the first screens of a plain search told before the rest; a list of everybody that grows has them."""
        self._turn += 1
        turn, query = self._turn, self._query
        is_plain = query.queue is None and not query.filters and query.sort is None
        if is_plain and (is_new or query.text.strip()):
            self._tasks.run(
                lambda: self._first_found(turn, query.text),
                lambda first: self._on_first_found(turn, first),
                lambda error: self._on_failed(turn, error),
                lane="cache",
                owner=self,
            )
        self._tasks.run(
            lambda: self._found(query, lambda: turn != self._turn),
            lambda answer: self._on_found(turn, answer),
            lambda error: self._on_failed(turn, error),
            lane="cache",
            owner=self,
        )

    def _first_found(self, turn: int, text: str) -> tuple[FoundIds, Sequence[ShownRow]] | None:
        """The first screens with the rows of the first one, which would else wait behind the search for the rest."""
        first = self._desk.first_found(text) if turn == self._turn else None
        return None if first is None else (first, self._desk.rows(list(first.ids[:PAGE])))

    def _found(self, query: TableQuery, is_stopped: Callable[[], bool] = lambda: False) -> FoundIds:
        if query.filters or query.sort is not None:
            return self._desk.table(query)
        return self._desk.search(query.text, query.queue, is_stopped)

    def _on_failed(self, turn: int, error: Exception) -> None:
        if not isinstance(error, OrderLackingError):
            self.failed.emit(error)
        elif turn == self._turn:
            self.lacking.emit(error.columns)

    def follow(self, changed: Set[int], gone: Set[int]) -> None:
        """Show what a sync brought: no row jumps, what is gone goes, what is new comes in where it belongs."""
        turn, query, shown, is_lookup = self._turn, self._query, self._model.ids, self._is_lookup

        def found() -> tuple[array[int], float]:
            if is_lookup:
                return kept_order(shown, shown, gone), 0.0
            answer = self._found(query)
            return kept_order(shown, answer.ids, gone), answer.ms

        def take(answer: tuple[array[int], float]) -> None:
            if turn == self._turn and shown is self._model.ids:
                ids, ms = answer
                self._model.follow(ids, changed, gone)
                if not is_lookup:
                    self.found.emit(len(ids), ms, query.asks)
            else:  # another search has come in between, whose rows may have been read before the sync
                self._model.refresh()

        self._tasks.run(found, take, lambda error: self._on_failed(turn, error), lane="cache", owner=self)

    def look_up(self, text: str) -> None:
        """Ask the office who has this whole value; the text is kept nowhere."""
        self._turn += 1
        turn = self._turn
        self._query, self._is_lookup = TableQuery(), True
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

    def _on_first_found(self, turn: int, first: tuple[FoundIds, Sequence[ShownRow]] | None) -> None:
        """The rest is put behind them when the whole search is over, which tells how many there are."""
        if turn == self._turn and first is not None:
            listed, rows = first
            self._model.set_ids(listed.ids, rows)

    def _on_found(self, turn: int, answer: FoundIds) -> None:
        if turn != self._turn:
            return
        self._model.set_ids(answer.ids)
        self.found.emit(len(answer.ids), answer.ms, self._query.asks)


def kept_order(shown: "array[int]", found: "array[int]", gone: Set[int]) -> "array[int]":
    """What is shown after a sync: the old order without what is gone, and new ones behind their neighbour in `found`.

    A row that a search would not find any more, since it changed, stays where it is until somebody searches.
    """
    before = set(shown)
    if not gone and before.issuperset(found):
        return shown
    behind, last = defaultdict[int, list[int]](list), _FRONT
    for id_ in found:
        if id_ in before:
            last = id_
        elif id_ not in gone:
            behind[last].append(id_)
    if not behind:
        return array("q", (id_ for id_ in shown if id_ not in gone))
    kept = array("q", behind.get(_FRONT, ()))
    for id_ in shown:
        if id_ not in gone:
            kept.append(id_)
        kept.extend(behind.get(id_, ()))
    return kept

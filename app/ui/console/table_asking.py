"""What the table asks for: filters and order, of a large table once their columns are made ready.

Invariants: until they are ready, or after a Stop, the table keeps the filters and the order that it shows, but for
filters that lack no column: those hold at once. Other questions are answered meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from app.domain.table_query import OrderLackingError, Sort, TableQuery
from app.ui.console.ordering import Ordering
from app.ui.console.table_panel import TablePanel
from app.ui.table.filters import filter_of
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases


@dataclass(frozen=True, slots=True)
class _Arranged:
    """Filters and order of one question."""

    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort | None = None


class TableAsking(QObject):
    """Filters and order of one console's table.

    Attributes:
        ordering: makes columns ready.

    Signals:
        asks: customers are to be looked for anew.
        failed: an exception of a call.
    """

    asks = Signal()
    failed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, panel: TablePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._panel, self._state = desk, tasks, panel, panel.state
        self.ordering = Ordering(desk, tasks, self)
        self._shown = self._asked = _Arranged()
        self._values_of = ""
        self._state.asked.connect(self._on_arranged)
        panel.bar.values_wanted.connect(self._read_values)
        panel.foot.stop_wanted.connect(self.ordering.stop)
        self.ordering.moved.connect(panel.show_making)
        self.ordering.ended.connect(panel.end_making)
        self.ordering.made.connect(self._on_made)
        self.ordering.stopped.connect(self._on_stopped)
        self.ordering.failed.connect(self._on_failed)

    def query(self, text: str, queue: str | None, *, is_table: bool) -> TableQuery:
        """The question of now; the list knows neither filters nor order."""
        if not is_table:
            self._asked = self._shown
            return TableQuery(text, queue)
        if not self.ordering.needed:
            self._asked = _Arranged(dict(self._state.filters), self._state.sort)
        else:
            self._asked = self._shown
        columns = self._state.columns
        filters = tuple(filter_of(columns[key], values) for key, values in self._asked.filters.items())
        return TableQuery(text, queue, filters, self._asked.sort)

    def take_answer(self) -> None:
        """The last question was answered: the table shows that."""
        self._shown = self._asked

    def take_lacking(self, columns: Sequence[str]) -> None:
        """The last question has to wait for columns; meanwhile what is shown is the question."""
        if self._asked == self._shown:  # what it shows is of a file that was replaced
            self._shown = _Arranged()
        elif not set(columns) & set(self._asked.filters):  # the order alone has to wait
            self._shown = replace(self._shown, filters=self._asked.filters)
        self.ordering.need(columns)
        self.asks.emit()

    def _on_arranged(self) -> None:
        """Other filters, or another order: nobody waits for the last ones."""
        self.ordering.drop()
        self.asks.emit()

    def _on_made(self) -> None:
        if self._values_of:
            self._read_values(self._values_of)
        self.asks.emit()

    def _on_stopped(self) -> None:
        if self._values_of:
            self._panel.bar.show_values(self._values_of, [])
            self._values_of = ""
        self._state.come_back(self._shown.filters, self._shown.sort)

    def _on_failed(self, error: Exception) -> None:
        """A column could not be made: filters and order are those of the rows in sight."""
        if (dict(self._state.filters), self._state.sort) != (dict(self._shown.filters), self._shown.sort):
            self._on_stopped()
        self.failed.emit(error)

    def _read_values(self, key: str) -> None:
        self._values_of = ""
        self._tasks.run(
            lambda: self._desk.values_of(key),
            lambda values: self._panel.bar.show_values(key, values),
            lambda error: self._on_values_failed(key, error),
            lane="cache",
            owner=self,
        )

    def _on_values_failed(self, key: str, error: Exception) -> None:
        if isinstance(error, OrderLackingError):
            self._values_of = key
            self.ordering.need(error.columns)
        else:
            self.failed.emit(error)

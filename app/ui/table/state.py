"""What the table shows: filters, order, columns, widths, saved views. Columns, widths and views outlive a session."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.table_query import FilterKind, Sort, TableColumn
from app.ui.choices import Choices
from app.ui.table.filters import DAYS
from app.ui.table.saved_view import LONGEST_NAME, MOST_VIEWS, SavedView, view_of

COLUMNS, WIDTHS, VIEWS = "table_columns", "table_widths", "table_views"
NARROWEST, WIDEST = 40, 1_000
"""Px of the design that a column may have."""


class TableState(QObject):
    """One person's table.

    Args:
        columns: those that it may have.
        choices: of the person.
        finds: numbers of persons in a text.

    Attributes:
        columns: by key.
        filters: chosen values by column.
        sort: by what, or None.

    Signals:
        asked: filters or order are others: customers are to be looked for anew.
        arranged: columns or widths are others.
        saved: views are others.
    """

    asked = Signal()
    arranged = Signal()
    saved = Signal()

    def __init__(
        self, columns: Sequence[TableColumn], choices: Choices, finds: Callable[[str], Collection[object]]
    ) -> None:
        super().__init__()
        self.columns = {column.key: column for column in columns}
        self._choices, self._finds = choices, finds
        self.filters: dict[str, tuple[str, ...]] = {}
        self.sort: Sort | None = None

    # filters and order
    @property
    def filterable(self) -> tuple[TableColumn, ...]:
        """Columns that can be filtered by."""
        return tuple(column for column in self.columns.values() if column.filter is not FilterKind.NONE)

    def filter_by(self, key: str, values: Sequence[str]) -> None:
        """Show only rows with one of these values; none: whatever they have."""
        if self.filters.get(key, ()) == tuple(values):
            return
        self.filters.pop(key, None)
        if values:
            self.filters[key] = tuple(values)
        self.asked.emit()

    def clear(self) -> None:
        """No filter."""
        if self.filters:
            self.filters = {}
            self.asked.emit()

    def come_back(self, filters: Mapping[str, tuple[str, ...]], sort: Sort | None) -> None:
        """Filters and order of before; of columns that are no more, nothing."""
        by = {column.key for column in self.filterable}
        kept = {key: tuple(values) for key, values in filters.items() if key in by and values}
        self.filters = {key: values for key, values in kept.items() if self._can_filter(key, values)}
        self.sort = sort if sort is not None and sort.by in self.columns else None
        self.asked.emit()

    def _can_filter(self, key: str, values: tuple[str, ...]) -> bool:
        return self.columns[key].filter is not FilterKind.DAYS or values[0] in DAYS

    def sort_by(self, key: str) -> None:
        """Sort by a column: upwards, then downwards, then not."""
        if self.sort is None or self.sort.by != key:
            self.sort = Sort(key)
        else:
            self.sort = None if self.sort.is_down else Sort(key, is_down=True)
        self.asked.emit()

    # columns
    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of the columns shown, in order; the name is always among them."""
        kept = tuple(dict.fromkeys(key for key in self._choices.words(COLUMNS) if key in self.columns))
        usual = tuple(column.key for column in self.columns.values() if column.is_usual)
        shown = kept or usual
        return shown if "name" in shown else ("name", *shown)

    def show(self, keys: Sequence[str]) -> None:
        """Show these columns, in this order; none of them: the usual ones."""
        if tuple(keys) != self.shown or not keys:
            self._choices.keep(COLUMNS, tuple(keys))
            self.arranged.emit()

    @property
    def widths(self) -> dict[str, int]:
        """Widths that the person has drawn, px of the design, by column."""
        widths: dict[str, int] = {}
        for word in self._choices.words(WIDTHS):
            key, _, width = word.partition(":")
            if key in self.columns and width.isascii() and width.isdigit() and NARROWEST <= int(width) <= WIDEST:
                widths[key] = int(width)
        return widths

    def draw(self, key: str, width: int) -> None:
        """A column has been drawn to a width, px of the design."""
        widths = self.widths | {key: max(NARROWEST, min(WIDEST, width))}
        self._choices.keep(WIDTHS, tuple(f"{key}:{width}" for key, width in widths.items()))

    def reset(self) -> None:
        """The usual columns, as wide as they are usually."""
        self._choices.keep(WIDTHS, ())
        self._choices.keep(COLUMNS, ())
        self.arranged.emit()

    # views
    @property
    def views(self) -> tuple[SavedView, ...]:
        """Saved views, in the order in which they were saved."""
        views = (view_of(text, self.columns) for text in self._choices.words(VIEWS))
        return tuple(view for view in views if view is not None)[:MOST_VIEWS]

    def save(self, name: str) -> str:
        """Save what is shown under a name; one of that name is replaced.

        Returns:
            Why it was not saved, as a sentence; empty: it was.
        """
        name = " ".join(name.split())
        if not name:
            return self.tr("Give the view a name.")
        if len(name) > LONGEST_NAME:
            return self.tr("Give it a shorter name.")
        if self._finds(name):
            return self.tr("The name has somebody's number in it. A view is kept in the open: name what it shows.")
        if any(self._finds(value) for values in self.filters.values() for value in values):
            return self.tr("A filter has somebody's number in it, so this view is not kept.")
        others = [view for view in self.views if view.name.casefold() != name.casefold()]
        if len(others) >= MOST_VIEWS:
            return self.tr("Twelve views are kept. Remove one first.")
        self._keep([*others, SavedView(name, dict(self.filters), self.sort, self.shown)])
        return ""

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._keep([view for view in self.views if view.name != name])

    def apply(self, view: SavedView) -> None:
        """Show what a view shows."""
        self.filters, self.sort = dict(view.filters), view.sort
        if view.columns:
            self.show(view.columns)
        self.asked.emit()

    def _keep(self, views: Sequence[SavedView]) -> None:
        self._choices.keep(VIEWS, tuple(view.text() for view in views))
        self.saved.emit()

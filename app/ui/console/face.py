"""What list and table have in common: a search bar over a view of the customers that were found."""

from array import array

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from app.ui.console.customer_model import CustomerModel
from app.ui.console.search_bar import SearchBar


class Face(QWidget):
    """One face of the customers found.

    Args:
        model: the customers.
        search: the face's search bar.
        view: the list or the table.

    Signals:
        returned: Return on a row: the id of its customer.
    """

    returned = Signal(int)

    def __init__(self, model: CustomerModel, search: SearchBar, view: QAbstractItemView, ground: str) -> None:
        super().__init__()
        self._model, self.search, self.view = model, search, view
        self.setProperty("ground", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(0)
        view.setModel(model)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setTabKeyNavigation(False)
        view.installEventFilter(self)
        search.entered.connect(self.enter)
        self._held: tuple[int, int] | None = None
        model.layoutAboutToBeChanged.connect(self._hold)
        model.layoutChanged.connect(self._let_go)

    def _hold(self) -> None:
        """Remember the first row in sight, and where it stands."""
        index = self.view.indexAt(QPoint(2, 2))
        id_ = self.id_at(index)
        self._held = (id_, self.view.visualRect(index).top()) if id_ is not None else None

    def _let_go(self) -> None:
        """Put that row where it stood: what came in above it moves nothing that is read."""
        if self._held is None:
            return
        (id_, top), self._held = self._held, None
        row = self._model.row_of(id_)
        if row >= 0:
            self.view.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.value() - top)

    def enter(self) -> None:
        """Put the focus on the current customer, or the first one found."""
        if self._model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.index(0, 0))
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def id_at(self, index: QModelIndex) -> int | None:
        """The customer of a row, or None."""
        return self._model.id_at(index.row()) if index.isValid() else None

    def go_to(self, row: int) -> None:
        """Make a row the current one, and show it."""
        self.view.setCurrentIndex(self._model.index(row, 0))
        self.view.scrollTo(self.view.currentIndex())

    def go_to_next(self, ids: "array[int]", *, may_stay: bool) -> None:
        """Go to the next row with one of these customers, round the end; the current one counts first or last."""
        wanted, shown = set(ids), self._model.ids
        start = self.view.currentIndex().row() - int(may_stay)
        for row in (*range(start + 1, len(shown)), *range(min(start + 1, len(shown)))):
            if shown[row] in wanted:
                self.go_to(row)
                return

    def take(self, index: QModelIndex) -> None:
        """Take a row as Return does."""
        id_ = self.id_at(index)
        if id_ is not None:
            self.returned.emit(id_)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Return takes the current row; by a filter, because `activated` comes with a single click on some desktops."""
        if watched is self.view and event.type() == QEvent.Type.KeyPress and _is_return(event):
            self.take(self.view.currentIndex())
            return True
        return super().eventFilter(watched, event)


def _is_return(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)

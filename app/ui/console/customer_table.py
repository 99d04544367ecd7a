"""The view of the table: keys, and letters that go to a name."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from app.ui.console.name_letters import NameLetters


class CustomerTable(QTableView):
    """Rows of customers; Up in the first row goes to the header.

    Signals:
        letters: what was typed: the next row with such a name is wanted.
        header_wanted: Up in the first row.
    """

    letters = Signal(str)
    header_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = NameLetters(self)
        self._name.typed.connect(self.letters)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 (Qt's name)
        """Ask for the row: Qt would read every row of the table."""
        self._name.add(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Home and End go to the first and the last row; Left and Right scroll, since a line is chosen as a whole."""
        row, plain = self.currentIndex().row(), event.modifiers() in _PLAIN
        last = self.model().rowCount() - 1 if self.model() is not None else -1
        if plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.go_to(0 if event.key() == Qt.Key.Key_Home else last)
        elif plain and event.key() == Qt.Key.Key_Up and row <= 0:
            self.header_wanted.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            step = bar.singleStep() * 3
            bar.setValue(bar.value() + (step if event.key() == Qt.Key.Key_Right else -step))
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int) -> None:
        """Make a row the current one, and show it."""
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, max(0, self.columnAt(self.rect().left() + 1))))
            self.scrollTo(self.currentIndex())

    @property
    def first_in_sight(self) -> int:
        """The first row that is seen, or -1."""
        return self.indexAt(QPoint(2, 2)).row()


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

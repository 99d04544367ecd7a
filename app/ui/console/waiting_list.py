"""Who waits for this person, above the customers found: call-backs that are due, contacts that were not finished."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from app.session.shown import ShownRow
from app.session.shown_contacts import Waiting
from app.ui.console.call_back_words import due_words
from app.ui.console.customer_delegates import LIST_ROW, ListDelegate
from app.ui.console.customer_model import ID_ROLE, ROW_ROLE
from app.ui.language import tr as _tr
from app.ui.saying import now, said
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.view_ring import rings_its_row

MOST_SHOWN = 4
Pairs = Sequence[tuple[Waiting, ShownRow]]
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@said
def waits_for(waiting: Waiting, today: date) -> str:
    """What somebody waits for, as it stands at the right of the row."""
    if waiting.call_back is None:
        return _tr("not finished")
    words = _tr("call, {when}") if waiting.is_own else _tr("colleague, {when}")
    return words.format(when=due_words(waiting.call_back, today))


class WaitingModel(QAbstractListModel):
    """Those who wait, each as a row of the list with what it waits for in the queue's place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[ShownRow, str]] = []

    def show_pairs(self, pairs: Pairs, today: date) -> None:
        """Show others; the same ones keep their selection."""
        rows = [(row, waits_for(waiting, today)) for waiting, row in pairs]
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many wait."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, row, id."""
        if not index.isValid():
            return None
        row, words = self._rows[index.row()]
        words = str(now(words))
        if role == ROW_ROLE:
            return replace(row, queue=words)
        if role == ID_ROLE:
            return row.id
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.name, row.number, words) if part)
        return None


class WaitingList(QWidget):
    """A head and at most four rows; hidden while nobody waits.

    Signals:
        chosen: the id of a customer whose card is wanted.
        returned: the same by Return: the focus goes to the card.
    """

    chosen = Signal(int)
    returned = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("waiting_list")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(4)
        self._head = text_label(
            look, self.tr("Waiting for you"), ink="ink2", size=SMALL, weight=Weight.SEMIBOLD, features=FIGURES
        )
        self._head.setContentsMargins(12, 0, 12, 0)
        column.addWidget(self._head)
        self.model = WaitingModel(self)
        view = self.list = QListView()
        view.setObjectName("waiting_rows")
        view.setAccessibleName(self.tr("Waiting for you"))
        view.setModel(self.model)
        view.setItemDelegate(ListDelegate(look, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.clicked.connect(lambda index: self._emit(index, self.chosen))
        view.installEventFilter(self)
        rings_its_row(view)
        column.addWidget(view)
        self.hide()

    def show_pairs(self, pairs: Pairs, today: date) -> None:
        """Show who waits."""
        self.model.show_pairs(pairs, today)
        self._fit()
        self.setVisible(self.model.rowCount() > 0)

    def _fit(self) -> None:
        shown = min(MOST_SHOWN, self.model.rowCount())
        self.list.setFixedHeight(shown * self._look.row(LIST_ROW) + 2)

    def redress(self) -> None:
        """Another size of the text."""
        self._fit()

    def _emit(self, index: QModelIndex, signal: object) -> None:
        id_ = index.data(ID_ROLE) if index.isValid() else None
        if isinstance(id_, int):
            signal.emit(id_)  # type: ignore[attr-defined]  # one of the two above

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Return takes the current row."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._emit(self.list.currentIndex(), self.returned)
                return True
        return super().eventFilter(watched, event)

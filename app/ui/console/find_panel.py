"""The find panel (list face) and the table panel: two faces of one model."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.console.customer_delegates import LIST_ROW, TABLE_ROW, ListDelegate, TableDelegate
from app.ui.console.customer_model import Column, CustomerModel
from app.ui.console.search_bar import SearchBar
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.words import number


class _List(QListView):
    entered_row = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Return opens the card and goes there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class FindPanel(QWidget):
    """Search, queue, what was found.

    Signals:
        chosen: the id of the customer whose card is wanted.
        card_wanted: Return in the list: the focus goes to the card.
    """

    chosen = Signal(int)
    card_wanted = Signal()

    def __init__(self, look: Look, model: CustomerModel, queues: Sequence[str]) -> None:
        super().__init__()
        self._model = model
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 2, 0)
        column.setSpacing(0)
        self.search = SearchBar(look, queues)
        self.search.setContentsMargins(4, 0, 10, 0)
        column.addWidget(self.search)
        column.addSpacing(12)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 16, 0)
        self._count = text_label(look, "", ink="ink2", size=SMALL, weight=Weight.SEMIBOLD, features=FIGURES)
        self._count.setObjectName("found_count")
        self._speed = text_label(look, "", ink="ink3", size=SMALL, features=FIGURES)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._speed)
        column.addLayout(head)
        column.addSpacing(6)
        self._empty = text_label(look, "", ink="ink3", wrap=True)
        self._empty.setContentsMargins(12, 8, 12, 8)
        self._empty.hide()
        column.addWidget(self._empty)
        self.list = self._make_list(look)
        column.addWidget(self.list, 1)
        self.search.entered.connect(self.enter_list)

    def _make_list(self, look: Look) -> _List:
        view = _List()
        view.setObjectName("customer_list")
        view.setAccessibleName(self.tr("Customers found"))
        view.setModel(self._model)
        view.setModelColumn(int(Column.NAME))
        view.setItemDelegate(ListDelegate(look, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalScrollBar().setSingleStep(LIST_ROW // 2)
        view.setContentsMargins(0, 0, 0, 0)
        view.entered_row.connect(lambda _index: self.card_wanted.emit())
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        view.clicked.connect(self._on_list_clicked)
        return view

    def show_found(self, count: int, ms: float, *, asked: bool) -> None:
        """Say how many were found and how long it took; say what to do where there are none."""
        words = self.tr("{n} found") if asked else self.tr("{n} customers")
        self._count.setText(words.format(n=number(count)))
        self._speed.setText(self.tr("in {ms} ms").format(ms=max(1, round(ms))) if asked else "")
        self._empty.setText(self.tr("No one found. Check the spelling, or look in all your queues."))
        self._empty.setVisible(asked and count == 0)

    def show_nobody(self) -> None:
        """The person sees no customers at all."""
        self._empty.setText(self.tr("There are no customers for you here."))
        self._empty.show()

    def select(self, id_: int) -> None:
        """Mark a customer as current without asking for the card again."""
        row = self._model.row_of(id_)
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.list.setCurrentIndex(self._model.index(row, 0) if row >= 0 else QModelIndex())
        selection.blockSignals(False)
        self.list.viewport().update()

    def enter_list(self) -> None:
        """Put the focus on the first customer found."""
        if self._model.rowCount() == 0:
            return
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(0, 0))
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        id_ = self._model.id_at(current.row()) if current.isValid() else None
        if id_ is not None:
            self.chosen.emit(id_)

    def _on_list_clicked(self, index: QModelIndex) -> None:
        id_ = self._model.id_at(index.row())
        if id_ is not None:
            self.chosen.emit(id_)


class _Table(QTableView):
    entered_row = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Return opens the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class TablePanel(QWidget):
    """The table face: takes the room of list and card; Return opens the record and gives the card back.

    Signals:
        opened: the id of the customer to open.
    """

    opened = Signal(int)

    def __init__(self, look: Look, model: CustomerModel, queues: Sequence[str]) -> None:
        super().__init__()
        self._model = model
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        self.search = SearchBar(look, queues, is_table=True)
        head.addWidget(self.search)
        column.addLayout(head)
        self.table = self._make_table(look)
        column.addWidget(self.table, 1)
        self._foot = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._foot.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self._foot)
        self.search.entered.connect(self.enter_table)

    def _make_table(self, look: Look) -> _Table:
        table = _Table()
        table.setObjectName("customer_table")
        table.setAccessibleName(self.tr("Customers found, as a table"))
        table.setModel(self._model)
        table.setItemDelegate(TableDelegate(look, table))
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(TABLE_ROW)
        header = table.horizontalHeader()
        header.setFixedHeight(30)
        header.setFont(look.font(SMALL, Weight.MEDIUM))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(int(Column.NAME), QHeaderView.ResizeMode.Stretch)
        for at, width in ((1, 120), (2, 150), (3, 160), (4, 110), (5, 130)):
            table.setColumnWidth(at, width)
        table.entered_row.connect(self._on_row_entered)
        table.doubleClicked.connect(self._on_row_entered)
        return table

    def show_found(self, count: int, total: int, ms: float) -> None:
        """The foot: how many of how many, and how fast."""
        text = self.tr("{n} of {total} records, answered in {ms} ms")
        self._foot.setText(text.format(n=number(count), total=number(max(count, total)), ms=max(1, round(ms))))

    def enter_table(self) -> None:
        """Put the focus on the first row."""
        if self._model.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.index(0, 0))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_row_entered(self, index: QModelIndex) -> None:
        id_ = self._model.id_at(index.row())
        if id_ is not None:
            self.opened.emit(id_)

"""The table face of the customers found: takes the room of list and card."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QWidget

from app.ui.console.customer_delegates import TABLE_ROW, TableDelegate
from app.ui.console.customer_model import Column, CustomerModel
from app.ui.console.customer_table import CustomerTable
from app.ui.console.face import Face
from app.ui.console.search_bar import SearchBar
from app.ui.console.table_empty import TableEmpty
from app.ui.console.table_foot import TableFoot
from app.ui.table.bar import TableBar
from app.ui.table.header import TableHeader
from app.ui.table.state import TableState
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.words import number

_WIDTHS = {"number": 94, "city": 110, "phone": 118, "ticket": 90, "queue": 92, "last_contact": 116}
"""Widths of columns in px of the design; others have `_OTHER`, the name takes what is left."""
_OTHER, _LEAST = 130, 60


class TablePanel(Face):
    """The table; Return or a double click opens the record and gives the card back.

    Attributes:
        state: filters, order, columns.
        bar: the line above.
        foot: the line below.
        table: the view.
    """

    def __init__(self, look: Look, model: CustomerModel, queues: Sequence[str], state: TableState) -> None:
        table = CustomerTable()
        super().__init__(model, SearchBar(look, queues, is_table=True), table, "surface")
        self._look, self.table, self.state = look, table, state
        self._arranging = False
        self.column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.addWidget(self.search)
        self.column.addLayout(head)
        self.bar = TableBar(look, state)
        self.bar.setContentsMargins(12, 0, 12, 8)
        self.column.addWidget(self.bar)
        self.header = TableHeader(look)
        self._dress_table(look)
        self._dress_headers(look)
        self.column.addWidget(self.table, 1)
        self.empty = TableEmpty(look, state)
        self.column.addWidget(self.empty, 1)
        self.empty.hide()
        self.foot = TableFoot(look)
        self.column.addWidget(self.foot)
        self._wanted: int | None = None
        model.modelReset.connect(self._on_reset)
        state.arranged.connect(self.arrange)
        self.arrange()

    def _dress_table(self, look: Look) -> None:
        table = self.table
        table.setHorizontalHeader(self.header)
        table.setObjectName("customer_table")
        table.setAccessibleName(self.tr("Customers found, as a table"))
        table.setItemDelegate(TableDelegate(look, table, self._model))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.doubleClicked.connect(self.take)
        table.header_wanted.connect(lambda: self.header.setFocus(Qt.FocusReason.OtherFocusReason))
        QWidget.setTabOrder(self.header, table)

    def _dress_headers(self, look: Look) -> None:
        side, header = self.table.verticalHeader(), self.header
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(look.row(TABLE_ROW))
        header.setFixedHeight(look.px(30))
        header.setFont(look.font(SMALL, Weight.MEDIUM))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(look.px(_LEAST))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(int(Column.NAME), QHeaderView.ResizeMode.Stretch)
        header.sort_wanted.connect(lambda section: self.state.sort_by(self._model.keys[section]))
        header.left.connect(self.enter)
        header.moved.connect(self._on_moved)
        header.drawn.connect(self._on_drawn)
        header.sectionResized.connect(self._on_resized)

    # columns -------------------------------------------------------------------------------------------------------
    def arrange(self) -> None:
        """Show the columns that were chosen, in their order and widths."""
        keys, shown, widths, header = self._model.keys, self.state.shown, self.state.widths, self.header
        self._arranging = True
        for at, key in enumerate(key for key in shown if key in keys):
            header.moveSection(header.visualIndex(keys.index(key)), at)
        for section, key in enumerate(keys):
            header.setSectionHidden(section, key not in shown)
            if section != Column.NAME:
                header.resizeSection(section, self._look.px(widths.get(key, _WIDTHS.get(key, _OTHER))))
        self._arranging = False

    def _on_moved(self) -> None:
        if not self._arranging:
            places = (self.header.logicalIndex(at) for at in range(self.header.count()))
            keys = [self._model.keys[section] for section in places if not self.header.isSectionHidden(section)]
            self.state.show(keys)

    def _on_resized(self, section: int, _before: int, width: int) -> None:
        """By mouse: Qt tells of its own changes, too."""
        if not self._arranging and self.header.is_pressed:
            self._on_drawn(section, width)

    def _on_drawn(self, section: int, width: int) -> None:
        if section != Column.NAME:
            self.state.draw(self._model.keys[section], round(width / self._look.text))

    # what was found ------------------------------------------------------------------------------------------------
    def show_found(self, count: int, total: int, ms: float, *, is_waiting: bool = False) -> None:
        """The foot: how many of how many, and how fast; where there are none, what to do.

        While columns are waited for, the answer is not to the filters in sight: nothing is said of them.
        """
        text = self.tr("{n} of {total} records, answered in {ms} ms")
        self.foot.say(text.format(n=number(count), total=number(max(count, total)), ms=max(1, round(ms))))
        nobody = (
            count == 0
            and not is_waiting
            and bool(self.state.filters or self.search.text().strip() or self.search.queue())
        )
        had_focus = self.table.hasFocus() or self.header.hasFocus()
        helped = self.window().focusWidget()
        self.table.setVisible(not nobody)
        self.empty.show_for(has_filters=bool(self.state.filters), has_text=bool(self.search.text().strip()))
        self.empty.setVisible(nobody)
        if nobody:
            announce(self, self.empty.words)
            if had_focus:
                self.empty.focus_first()
        elif helped is not None and self.empty.isAncestorOf(helped):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def come_back_to(self, id_: int) -> None:
        """The table comes back in front: this customer was opened from it."""
        self._wanted = id_
        self._go_to_wanted()
        if not self.state.filters and self.state.sort is None:
            self._wanted = None  # the rows are those of the list

    def _go_to_wanted(self) -> None:
        row = self._model.row_of(self._wanted) if self._wanted is not None else -1
        if row >= 0:
            self.table.go_to(row)

    def _on_reset(self) -> None:
        """Other rows, or another order: it begins at the top, but for a customer who was just open."""
        self.table.scrollToTop()
        self._go_to_wanted()
        self._wanted = None

    def show_sorting(self) -> None:
        """A long answer is on its way."""
        self.foot.say(self.tr("Sorting and filtering…"))

    def show_making(self, key: str, done: int, total: int) -> None:
        """A column of a large table is being made ready."""
        self.foot.show_making(self._model.column_name(self._model.keys.index(key)), done, total)

    def end_making(self) -> None:
        """It is ready, or nobody waits for it any more."""
        if self.foot.end_making():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, row: int) -> None:
        """Make a row the current one, in a column that is in sight."""
        self.table.go_to(row)

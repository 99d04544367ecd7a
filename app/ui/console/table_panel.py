"""The table face of the customers found: takes the room of list and card."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView

from app.ui.console.customer_delegates import TABLE_ROW, TableDelegate
from app.ui.console.customer_model import Column, CustomerModel
from app.ui.console.face import Face
from app.ui.console.search_bar import SearchBar
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.words import number

_WIDTHS = {Column.NUMBER: 120, Column.CITY: 150, Column.PHONE: 160, Column.TICKET: 110, Column.QUEUE: 130}
"""Widths in px; the name takes what is left."""


class TablePanel(Face):
    """The table; Return or a double click opens the record and gives the card back."""

    def __init__(self, look: Look, model: CustomerModel, queues: Sequence[str]) -> None:
        table = QTableView()
        super().__init__(model, SearchBar(look, queues, is_table=True), table, "surface")
        self.table = table
        self.column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        head.addWidget(self.search)
        self.column.addLayout(head)
        self._dress_table(look)
        self._dress_headers(look)
        self.column.addWidget(self.table, 1)
        self._foot = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._foot.setContentsMargins(12, 6, 12, 6)
        self.column.addWidget(self._foot)

    def _dress_table(self, look: Look) -> None:
        table = self.table
        table.setObjectName("customer_table")
        table.setAccessibleName(self.tr("Customers found, as a table"))
        table.setItemDelegate(TableDelegate(look, table))
        table.setShowGrid(False)
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.doubleClicked.connect(self.take)

    def _dress_headers(self, look: Look) -> None:
        side, header = self.table.verticalHeader(), self.table.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(look.row(TABLE_ROW))
        header.setFixedHeight(look.px(30))
        header.setFont(look.font(SMALL, Weight.MEDIUM))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(int(Column.NAME), QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(int(column), look.px(width))

    def show_found(self, count: int, total: int, ms: float) -> None:
        """The foot: how many of how many, and how fast."""
        text = self.tr("{n} of {total} records, answered in {ms} ms")
        self._foot.setText(text.format(n=number(count), total=number(max(count, total)), ms=max(1, round(ms))))

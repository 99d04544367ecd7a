"""The table of accesses, grouped by day; a line has room for two lines of text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.session.shown_who_saw import ShownWhoSaw
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.who_saw.access_model import HEADING_ROLE, AccessModel, Column
from app.ui.widgets.tables import dress_table, paint_ground

LINE, HEADING = 36, 36
_WIDTHS = {Column.TIME: 66, Column.WHO: 176, Column.WHAT: 176, Column.WHY: 250, Column.ENTRY: 84}
_Index = QModelIndex | QPersistentModelIndex
_INKS = {Column.TIME: "ink2", Column.ENTRY: "ink2"}


class AccessDelegate(QStyledItemDelegate):
    """Days in the middle weight; a hairline below each line; the current row is tinted."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Two lines of text."""
        return QSize(60, self._look.row(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, look = QRectF(option.rect), self._look
        is_current = index.row() == self._table.currentIndex().row()
        paint_ground(painter, look, rect, is_current=is_current, has_bar=index.column() == 0)
        cell = rect.adjusted(12 if index.column() == 0 else 10, 0, -12, -1)
        if index.data(HEADING_ROLE):
            self._paint_heading(painter, cell.adjusted(0, 8, 0, 0), str(index.data() or ""))
        else:
            self._paint_text(painter, cell, str(index.data() or ""), Column(index.column()))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, text: str) -> None:
        painter.setFont(self._look.font(BODY, Weight.SEMIBOLD, FIGURES))
        painter.setPen(self._look.colour("ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_text(self, painter: QPainter, rect: QRectF, text: str, column: Column) -> None:
        font = self._look.font(SMALL, Weight.REGULAR, FIGURES)
        painter.setFont(font)
        painter.setPen(self._look.colour(_INKS.get(column, "ink")))
        side = Qt.AlignmentFlag.AlignRight if column is Column.ENTRY else Qt.AlignmentFlag.AlignLeft
        flags = int(Qt.AlignmentFlag.AlignVCenter | side) | int(Qt.TextFlag.TextWordWrap)
        metrics = QFontMetricsF(font)
        if metrics.boundingRect(rect, flags, text).height() > rect.height():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, 2 * rect.width() - 24)
        painter.drawText(rect, flags, text)


class AccessTable(QTableView):
    """One list."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._model = AccessModel(self)
        self.setObjectName("who_saw_table")
        self.setAccessibleName(self.tr("Accesses by day"))
        self.setModel(self._model)
        self.setItemDelegate(AccessDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dress_table(self, look, LINE, _WIDTHS, Column.HOW)
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.viewport().update())

    def show_list(self, shown: ShownWhoSaw | None) -> None:
        """Show another list, its newest line the current one; or none."""
        self._model.show_list(shown)
        self.clearSpans()
        for row in self._model.headings():
            self.setSpan(row, 0, 1, len(Column))
            self.setRowHeight(row, self._look.px(HEADING))
        if self._model.rowCount() > 1:
            self.setCurrentIndex(self._model.index(1, 0))
        self.scrollToTop()

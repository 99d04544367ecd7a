"""The table of entries."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.session.log_shown import LogEntry
from app.ui.audit.log_model import ENTRY_ROLE, Column, LogModel
from app.ui.audit.words import OUTCOME_SIGNS
from app.ui.theme.fonts import BODY, FIGURES, VALUES, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.widgets.tables import dress_table, paint_ground

ROW = 30
_WIDTHS = {
    Column.NUMBER: 80,
    Column.TIME: 166,
    Column.PERSON: 228,
    Column.OUTCOME: 108,
    Column.SUBJECT: 102,
    Column.SEAT: 100,
}
_NARROW = 940
"""Below this width subject and workstation are left to the drawer."""
_FEATURES = {Column.NUMBER: FIGURES, Column.TIME: FIGURES, Column.SUBJECT: VALUES, Column.SEAT: VALUES}
_Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """One line an entry; the outcome has a sign. The current row is the one that the drawer shows."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look, self._table = look, table
        self.first_bad = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 30."""
        return QSize(80, self._look.row(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, look = QRectF(option.rect), self._look
        selected = index.row() == self._table.currentIndex().row()
        paint_ground(painter, look, rect, is_current=selected, has_bar=index.column() == 0)
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, LogEntry):
            self._paint_cell(painter, rect.adjusted(12 if index.column() == 0 else 10, 0, -6, 0), entry, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, entry: LogEntry, index: _Index) -> None:
        column = Column(index.column())
        ink = "ink" if column in (Column.PERSON, Column.EVENT) else "ink2"
        weight = Weight.MEDIUM if column is Column.EVENT else Weight.REGULAR
        if column is Column.OUTCOME:
            sign, tone = OUTCOME_SIGNS.get(entry.outcome, ("info", "ink2"))
            words = "ink2" if tone == "ok" else tone
            if entry.number == self.first_bad:  # what an entry says of itself is worth nothing here
                sign, tone, words = "circle-alert", "danger", "ink2"
            edge = self._look.px(14)
            place = QRectF(rect.left(), rect.center().y() - edge / 2, edge, edge)
            draw_icon(painter, sign, self._look.colour(tone), place)
            rect, ink = rect.adjusted(edge + 6, 0, 0, 0), words
        font = self._look.font(BODY, weight, _FEATURES.get(column, ()))
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        shown = QFontMetricsF(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class LogTable(QTableView):
    """Entries, the newest first; the drawer follows the current row.

    Signals:
        chosen: number of the current row's entry.
    """

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.log = LogModel(self)
        self.setObjectName("audit_table")
        self.setAccessibleName(self.tr("Audit log"))
        self.setModel(self.log)
        self._delegate = EntryDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setWordWrap(False)
        dress_table(self, look, ROW, _WIDTHS, Column.EVENT)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        entry = self.log.entry(current.row())
        if entry is not None:
            self.chosen.emit(entry.number)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """A narrow table leaves out what the drawer shows as well."""
        for column in (Column.SUBJECT, Column.SEAT):
            self.setColumnHidden(int(column), event.size().width() < _NARROW)
        super().resizeEvent(event)

    def mark_bad(self, number: int) -> None:
        """Mark where the chain breaks; 0 for nowhere."""
        self._delegate.first_bad = number
        self.viewport().update()

    def current(self) -> int:
        """Number of the current row's entry, or 0."""
        entry = self.log.entry(self.currentIndex().row())
        return entry.number if entry is not None else 0

    def select(self, number: int) -> None:
        """Make an entry's row the current one."""
        row = self.log.row_of(number)
        self.setCurrentIndex(self.log.index(row, 0) if row >= 0 else QModelIndex())

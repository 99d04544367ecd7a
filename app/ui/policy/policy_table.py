"""A table of the policy's workspace: rows under headings, chosen row by row or, for rights, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.widgets.column_room import REST_LEAST, ColumnRoom
from app.ui.widgets.tables import dress_table, paint_ground

ROW, TALL_ROW = 32, 52
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One row.

    Attributes:
        key: what it is, for whoever is told that it was chosen.
        texts: a text a column; a second line after a line's end.
        sign: icon and tone before the first text, which says the same in words.
    """

    key: str
    texts: tuple[str, ...]
    sign: tuple[str, str] | None = None


class LinesModel(QAbstractTableModel):
    """Lines under headings."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings, self.lines = tuple(headings), tuple[Line, ...]()

    def show(self, lines: tuple[Line, ...]) -> bool:
        """Take other lines; whether they are others."""
        if lines == self.lines:
            return False
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()
        return True

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many headings there are."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: _Index, role: int = 0) -> object:
        """Text of a cell; for a reader with its line's and its column's name before it."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = line.texts[column].replace("\n", " ")
            return said if column == 0 else f"{line.texts[0]}, {self._headings[column]}: {said}"
        return None


class LineDelegate(QStyledItemDelegate):
    """One or two lines of text a cell; what is chosen is lit."""

    def __init__(self, look: Look, table: "PolicyTable") -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """The table's rows."""
        return QSize(80, self._look.row(self._table.row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        look, rect = self._look, QRectF(option.rect)
        current = self._table.currentIndex()
        selected = index.row() == current.row() and (not self._table.by_cell or index.column() == current.column())
        painter.save()
        paint_ground(painter, look, rect, is_current=selected, has_bar=self._table.by_cell or index.column() == 0)
        rect = rect.adjusted(12 if index.column() == 0 else 10, 0, -6, -1)
        sign = self._table.lines.lines[index.row()].sign if index.column() == 0 else None
        if sign is not None:
            name, tone = sign
            size = look.px(16)
            draw_icon(painter, name, look.colour(tone), QRectF(rect.left(), rect.center().y() - size / 2, size, size))
            rect.setLeft(rect.left() + size + look.px(8))
        self._paint_text(painter, rect, index)
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRectF, index: _Index) -> None:
        first, _, second = str(index.data() or "").partition("\n")
        font = self._look.font(BODY, Weight.MEDIUM if index.column() == 0 else Weight.REGULAR, FIGURES)
        rows = [(first, font, "ink")]
        if second:
            rows.append((second, self._look.font(SMALL), "ink2"))
        elif self._table.wraps:
            rows = [(text, font, "ink") for text in _in_two(first, font, rect.width())]
        heights = [QFontMetricsF(font).height() for _text, font, _ink in rows]
        top = rect.top() + (rect.height() - sum(heights)) / 2
        for (text, font, ink), height in zip(rows, heights, strict=True):
            painter.setFont(font)
            painter.setPen(self._look.colour(ink))
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(QRectF(rect.left(), top, rect.width(), height), Qt.AlignmentFlag.AlignLeft, shown)
            top += height


def _in_two(text: str, font: QFont, width: float) -> tuple[str, ...]:
    """A text that is wider, in two lines: what the first has room for, and all the rest."""
    if QFontMetricsF(font).horizontalAdvance(text) <= width:
        return (text,)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    at = line.textLength()
    return tuple(part for part in (text[:at].rstrip(), text[at:].lstrip()) if part)


class PolicyTable(QTableView):
    """A table that tells what is chosen, and lets Tab go on.

    Args:
        look: colours.
        name: object name.
        label: what it is, for a reader.
        headings: of its columns.
        widths: of all columns but the one that takes the rest, by number.
        by_cell: whether cells are chosen, not rows.
        tall: whether a cell may have two lines.
        wraps: whether a text that is too wide goes on in a second line; such a table is tall.
        rest: width of the column that takes what is left, at least, px of the design; the others give way.

    Signals:
        chosen: key of the line, number of the column.
    """

    chosen = Signal(str, int)

    def __init__(
        self,
        look: Look,
        name: str,
        label: str,
        headings: Sequence[str],
        widths: dict[int, int],
        *,
        by_cell: bool = False,
        tall: bool = False,
        wraps: bool = False,
        rest: int = REST_LEAST,
    ) -> None:
        super().__init__()
        self.by_cell, self.wraps = by_cell, wraps
        self.row_height = TALL_ROW if tall or wraps else ROW
        self.lines = LinesModel(headings, self)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(look, self))
        dress_table(self, look, self.row_height, widths)
        if by_cell:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        stretched = [column for column in range(len(headings)) if column not in widths]
        for column in stretched:
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._room = ColumnRoom(self, look, widths, stretched, rest)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(lambda index: self._on_current_changed(index, index))

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Take other lines; what is chosen stays."""
        current = self.currentIndex()
        key = self.lines.lines[current.row()].key if current.isValid() else ""
        if self.lines.show(lines):
            self.point_to(key, current.column())

    def point_to(self, key: str, column: int = 0) -> None:
        """Have a line be the current one without choosing it, since it is shown already; nothing where it is gone."""
        row = next((at for at, line in enumerate(self.lines.lines) if line.key == key), -1)
        if row < 0 or row == self.currentIndex().row():
            return
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        self.setCurrentIndex(self.lines.index(row, column))
        selection.blockSignals(blocked)
        self.viewport().update()

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        if current.isValid():
            self.chosen.emit(self.lines.lines[current.row()].key, current.column())

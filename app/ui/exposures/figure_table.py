"""A plot's numbers as a table, for a reader and for whoever would rather read (F2)."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.ui.saying import filled, now
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look

ROW, NUMBER = 24, 32
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class FigureModel(QAbstractTableModel):
    """Heads, and rows of text.

    Attributes:
        name_at: which column names the row; the others are numbers, and stand at the right.
    """

    def __init__(self) -> None:
        super().__init__()
        self.name_at = 0
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Take other numbers; of equal shape, the view stays where it is."""
        names, lines = tuple(heads), tuple(tuple(row) for row in rows)
        if names == self._heads and len(lines) == len(self._rows):
            self._rows = lines
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(names) - 1))
            return
        self.beginResetModel()
        self._heads, self._rows = names, lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names; numbers stand at the right, and so do their heads."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return now(self._heads[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == self.name_at else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = 0) -> object:
        """A text; a reader hears the column with it."""
        text = now(self._rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = self._rows[index.row()][self.name_at]
            if index.column() == self.name_at:
                return text
            return filled("{}, {}: {}", name, self._heads[index.column()], text)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, table: "FigureTable") -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = QRectF(option.rect)
        painter.save()
        if index == self._table.currentIndex() and self._table.hasFocus():
            painter.fillRect(rect, self._look.colour("selected"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self._look.colour("line"))
        is_name = index.column() == self._table.figures.name_at
        side = Qt.AlignmentFlag.AlignLeft if is_name else Qt.AlignmentFlag.AlignRight
        painter.setFont(self._look.font(SMALL, Weight.REGULAR, FIGURES))
        painter.setPen(self._look.colour("ink"))
        painter.drawText(rect.adjusted(6, 0, -6, 0), side | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()


class FigureTable(QTableView):
    """The table of one plot."""

    def __init__(self, look: Look, name: str, title: str) -> None:
        super().__init__()
        self.figures = FigureModel()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(self.figures)
        self.setItemDelegate(_Delegate(look, self))
        self.setShowGrid(False)
        self.setProperty("figures", True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side, header = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(look.row(ROW))
        header.setFont(look.font(SMALL, Weight.MEDIUM))
        header.setFixedHeight(look.px(ROW))
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(look.px(NUMBER))

    def show_figures(self, heads: Sequence[str], rows: Sequence[Sequence[str]], name_at: int = 0) -> None:
        """Take other numbers; a name that may be long stands last, so that no number is pushed out by it."""
        self.figures.name_at = name_at
        self.figures.show(heads, rows)
        header = self.horizontalHeader()
        for column in range(len(heads)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

"""The table of workstations with its filter line and foot."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.session.workstations import Workstation
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.nothing_here import NothingHere
from app.ui.widgets.tables import dress_table, paint_ground
from app.ui.words import number
from app.ui.workstations.words import state_sign
from app.ui.workstations.workstation_model import WORKSTATION_ROLE, Column, WorkstationModel

ROW = 32
_WIDTHS = {Column.NAME: 168, Column.SEEN: 124, Column.VERSION: 96, Column.STATE: 204}
_Index = QModelIndex | QPersistentModelIndex


class WorkstationDelegate(QStyledItemDelegate):
    """One line per workstation; the state has a sign. The current row is lit: it is the one that the drawer shows."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 32."""
        return QSize(80, self._look.row(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        selected = index.row() == self._table.currentIndex().row()
        paint_ground(painter, self._look, rect, is_current=selected, has_bar=index.column() == 0)
        one = index.data(WORKSTATION_ROLE)
        if isinstance(one, Workstation):
            self._paint_cell(painter, rect.adjusted(12 if index.column() == 0 else 10, 0, -8, 0), one, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, one: Workstation, index: _Index) -> None:
        column, ink = Column(index.column()), "ink2"
        font = self._look.font(BODY, Weight.MEDIUM if column is Column.NAME else Weight.REGULAR)
        if column is Column.NAME:
            ink = "ink"
        if column is Column.STATE:
            sign, ink = state_sign(one)
            edge = self._look.px(14)
            place = QRectF(rect.left(), rect.center().y() - edge / 2, edge, edge)
            draw_icon(painter, sign, self._look.colour(ink), place)
            rect = rect.adjusted(edge + 6, 0, 0, 0)
            ink = "ink2" if ink in ("ok", "ink3") else ink
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        shown = QFontMetricsF(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class WorkstationTable(QWidget):
    """Filter, table, foot.

    Signals:
        chosen: the id of the current row's workstation.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.model = WorkstationModel(self)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head(look))
        self.table = self._make_table(look)
        column.addWidget(self.table, 1)
        self.empty = NothingHere(look, name="workstations_empty")
        self.empty.taken.connect(self._clear)
        self.empty.hide()
        column.addWidget(self.empty, 1)
        self._foot = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._foot.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self._foot)

    def _make_head(self, look: Look) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        self.search = QLineEdit()
        self.search.setObjectName("workstation_search")
        self.search.setFont(look.font())
        self.search.setPlaceholderText(self.tr("Name, or who is there"))
        self.search.setAccessibleName(self.tr("Find workstations"))
        self.search.textChanged.connect(lambda _text: self._look_for())
        self.search.returnPressed.connect(self._on_search_entered)
        head.addWidget(self.search, 1)
        return head

    def _make_table(self, look: Look) -> QTableView:
        table = QTableView()
        table.setObjectName("workstation_table")
        table.setAccessibleName(self.tr("Workstations"))
        table.setModel(self.model)
        table.setItemDelegate(WorkstationDelegate(look, table))
        dress_table(table, look, ROW, _WIDTHS, Column.PEOPLE)
        table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        for signal in (table.clicked, table.activated):  # the row is the current one already: the drawer shows another
            signal.connect(lambda index: self._on_row_changed(index, index))
        return table

    def _on_search_entered(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # which makes a row the current one
        self._on_row_changed(self.table.currentIndex(), self.table.currentIndex())

    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.table.viewport().update()
        one = self.model.workstation(current.row())
        if one is not None:
            self.chosen.emit(one.id)

    def _look_for(self) -> None:
        current = self.current()
        self.model.look_for(self.search.text())
        self._say_count()
        if current:
            self.select(current)

    def _clear(self) -> None:
        """Look for nothing in particular."""
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> str:
        """The workstation of the current row, or empty."""
        one = self.model.workstation(self.table.currentIndex().row())
        return one.id if one is not None else ""

    def show_workstations(self, workstations: tuple[Workstation, ...]) -> None:
        """Take another listing; the current row stays."""
        current, place = self.current(), self.table.verticalScrollBar().value()
        self.model.show(workstations)
        self._say_count()
        if current:
            self.select(current)
        self.table.verticalScrollBar().setValue(place)

    def select(self, id_: str) -> None:
        """Make a workstation's row the current one, without telling anybody."""
        row = self.model.row_of(id_)
        selection = self.table.selectionModel()
        blocked = selection.blockSignals(True)
        self.table.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())
        selection.blockSignals(blocked)
        self.table.viewport().update()

    def _say_count(self) -> None:
        is_empty = bool(self.search.text().strip()) and not self.model.rowCount()
        self.table.setVisible(not is_empty)
        words = self.tr("No workstation fits. Check the spelling.")
        self.empty.say(words if is_empty else "", self.tr("Show all workstations"))
        text = self.tr("{n} of {total} workstations")
        self._foot.setText(text.format(n=number(self.model.rowCount()), total=number(self.model.total)))

"""How a customer is drawn: two lines in the list, one in the table, the phone behind a small curtain."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.session.shown import ShownRow
from app.ui.console.customer_model import CHANGED_ROLE, ROW_ROLE, Column, CustomerModel
from app.ui.theme.fonts import BODY, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.curtain_paint import paint_mask
from app.ui.widgets.curtain_states import STATE_LOOKS, CurtainState

LIST_ROW, TABLE_ROW, SCROLL_ROOM = 46, 32, 10
_Index = QModelIndex | QPersistentModelIndex


def _flag(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    state: QStyle.StateFlag = option.state
    return bool(state & flag)


def _rect(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect)


DOT = 6
"""Width of the dot of a row that a sync has changed; it stands in the margin, so that nothing moves aside."""


def _paint_dot(painter: QPainter, look: Look, left: float, middle: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent"))
    painter.drawEllipse(QRectF(left - DOT - 2, middle - DOT / 2, DOT, DOT))


class ListDelegate(QStyledItemDelegate):
    """Name over number and city; the current row has a bar and a tint."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 46, or of 52 where they are comfortable."""
        return QSize(240, self._look.row(LIST_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one customer."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = _rect(option)
        view = self.parent()
        if isinstance(view, QWidget):
            rect.setWidth(min(rect.width(), view.width() - SCROLL_ROOM))
        rect = self._look.draws(painter, rect)
        self._paint_ground(painter, option, rect)
        row = index.data(ROW_ROLE)
        if isinstance(row, ShownRow):
            inner = rect.adjusted(12, self._look.comfort / 2, -12, 0)
            if index.data(CHANGED_ROLE):
                _paint_dot(painter, self._look, inner.left(), inner.top() + 13)
            self._paint_row(painter, inner, row)
        else:
            self._paint_waiting(painter, rect)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        selected = _flag(option, QStyle.StateFlag.State_Selected)
        hovered = _flag(option, QStyle.StateFlag.State_MouseOver)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = rect.adjusted(0, 1, -1, -2)
        if selected or hovered:
            painter.setBrush(self._look.colour("selected" if selected else "hover"))
            painter.drawRoundedRect(ground, 5, 5)
        focused = _flag(option, QStyle.StateFlag.State_HasFocus)
        if selected and (focused or self._look.is_contrast):
            pen = QPen(self._look.colour("focus"), 2) if focused else QPen(self._look.colour("accent"), 1)
            inset = pen.widthF() / 2
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            painter.drawRoundedRect(ground.adjusted(inset, inset, -inset, -inset), 5, 5)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("accent"))
            painter.drawRect(QRectF(ground.left(), ground.top() + 6, 3, ground.height() - 12))

    def _paint_row(self, painter: QPainter, rect: QRectF, row: ShownRow) -> None:
        look = self._look.drawn
        name, small = look.font(BODY, Weight.MEDIUM), look.font(SMALL)
        values = look.font(SMALL, Weight.REGULAR, VALUES)
        queue_metrics = QFontMetricsF(small)
        queue_width = queue_metrics.horizontalAdvance(row.queue)
        has_room = QFontMetricsF(name).horizontalAdvance(row.name) + queue_width + 10 <= rect.width()
        queue = row.queue if has_room else ""  # who it is goes before where they wait
        queue_width = queue_width if has_room else 0.0
        painter.setFont(small)
        painter.setPen(self._look.colour("ink3"))
        painter.drawText(QPointF(rect.right() - queue_width, rect.top() + 18), queue)
        painter.setFont(name)
        painter.setPen(self._look.colour("ink"))
        room = rect.width() - queue_width - (10 if queue_width else 0)
        shown = QFontMetricsF(name).elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(rect.left(), rect.top() + 18), shown)
        painter.setFont(values)
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(QPointF(rect.left(), rect.top() + 36), row.number)
        x = rect.left() + QFontMetricsF(values).horizontalAdvance(row.number) + 12
        painter.setFont(small)
        city = queue_metrics.elidedText(row.city, Qt.TextElideMode.ElideRight, max(0.0, rect.right() - x))
        painter.drawText(QPointF(x, rect.top() + 36), city)

    def _paint_waiting(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("sunken"))
        painter.drawRoundedRect(QRectF(rect.left() + 12, rect.top() + 10, 120, 8), 3, 3)
        painter.drawRoundedRect(QRectF(rect.left() + 12, rect.top() + 27, 84, 7), 3, 3)


class TableDelegate(QStyledItemDelegate):
    """One line per customer; the phone column shows its mask with a small curtain."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 32, or of 38 where they are comfortable."""
        return QSize(80, self._look.row(TABLE_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        painter.save()
        rect = self._look.draws(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = _flag(option, QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, self._look.colour("selected"))
            if self._is_first(index.column()):
                painter.fillRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8), self._look.colour("accent"))
            if self._look.is_contrast:
                painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), self._look.colour("accent"))
        line = "accent" if selected and self._look.is_contrast else "line"
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self._look.colour(line))
        row = index.data(ROW_ROLE)
        inner = rect.adjusted(12 if self._is_first(index.column()) else 10, 0, -8, 0)
        if isinstance(row, ShownRow):
            if index.column() == Column.NAME and index.data(CHANGED_ROLE):
                _paint_dot(painter, self._look, inner.left(), inner.center().y())
            self._paint_cell(painter, inner, row, index)
        painter.restore()

    def _is_first(self, column: int) -> bool:
        """Whether a column stands at the left: a person may have moved it there."""
        view = self.parent()
        return column == 0 if not isinstance(view, QTableView) else view.horizontalHeader().visualIndex(column) == 0

    def _paint_cell(self, painter: QPainter, rect: QRectF, row: ShownRow, index: _Index) -> None:
        column, model = index.column(), index.model()
        mask = model.mask_at(row, column) if isinstance(model, CustomerModel) else None
        if mask is not None or column == Column.PHONE:
            if mask is not None:
                paint_mask(painter, self._look.drawn, rect, mask, STATE_LOOKS[CurtainState.MASKED], small=True)
            return
        look = self._look.drawn
        if column == Column.NAME:
            font = look.font(BODY, Weight.MEDIUM)
        elif column in (Column.NUMBER, Column.TICKET):
            font = look.font(BODY, Weight.REGULAR, VALUES)
        else:
            font = look.font(BODY)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink" if column == Column.NAME else "ink2"))
        text = str(index.data() or "")
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

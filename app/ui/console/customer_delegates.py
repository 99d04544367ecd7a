"""How a customer is drawn: two lines in the list, one in the table, the phone behind a small curtain."""

import string

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.session.shown import ShownRow
from app.ui.console.customer_model import CHANGED_ROLE, ROW_ROLE, Column, CustomerModel
from app.ui.theme.fonts import BODY, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.curtain_paint import paint_mask
from app.ui.widgets.curtain_states import STATE_LOOKS, CurtainState

LIST_ROW, TABLE_ROW, SCROLL_ROOM = 46, 32, 10
KEPT_CUT = 1_000
"""Texts of cells that are kept as they were cut: a few screens full."""
_IN_THE_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ASCII = string.ascii_letters + string.digits + string.punctuation
_Index = QModelIndex | QPersistentModelIndex


def _flag(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    state: QStyle.StateFlag = option.state
    return flag in state


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
    """One line per customer; columns of masks show them with a small curtain.

    A frame paints more than a hundred cells: fonts, their measures and colours are made once for each look, and a text
    that was cut to its column once is not measured again while it is near.
    """

    def __init__(self, look: Look, view: QTableView, model: CustomerModel) -> None:
        super().__init__(view)
        self._look, self._view, self._model = look, view, model
        self._drawn: Look | None = None
        self._fonts: dict[int, tuple[QFont, QFontMetricsF, float]] = {}
        self._cut: dict[tuple[int, str, float], str] = {}
        model.modelReset.connect(self._forget)
        model.layoutChanged.connect(self._forget)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 32, or of 38 where they are comfortable."""
        return QSize(80, self._look.row(TABLE_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        painter.save()
        look, column = self._look, index.column()
        rect = look.draws(painter, option.rect)
        is_first = self._view.horizontalHeader().visualIndex(column) == 0  # a person may have moved it there
        selected = _flag(option, QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("selected"))
            if is_first:
                painter.fillRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8), look.colour("accent"))
            if look.is_contrast:
                painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), look.colour("accent"))
        line = "accent" if selected and look.is_contrast else "line"
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour(line))
        row = self._model.row_at(index.row())
        if row is not None:
            inner = rect.adjusted(12 if is_first else 10, 0, -8, 0)
            if column == Column.NAME and self._model.is_changed(row.id):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                _paint_dot(painter, look, inner.left(), inner.center().y())
            self._paint_cell(painter, inner, row, column)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, row: ShownRow, column: int) -> None:
        look, mask = self._look.drawn, self._model.mask_at(row, column)
        if mask is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_mask(painter, look, rect, mask, STATE_LOOKS[CurtainState.MASKED], small=True)
            return
        painter.setFont(self._font(look, column)[0])
        painter.setPen(look.colour("ink" if column == Column.NAME else "ink2"))
        shown = self._fitting(look, column, self._model.text_at(row, column), rect.width())
        painter.drawText(rect, _IN_THE_MIDDLE, shown)

    def _forget(self) -> None:
        """Other customers are shown, or some are gone: nothing of those before stays here."""
        self._cut.clear()

    def _fitting(self, look: Look, column: int, text: str, width: float) -> str:
        """As much of a text as its column has room for."""
        _made, metrics, widest = self._font(look, column)
        if (len(text) + 1) * widest <= width and text.isascii():
            return text  # it has room, whatever it says
        kept = self._cut.get((column, text, width))
        if kept is None:
            if len(self._cut) >= KEPT_CUT:
                self._cut.clear()
            kept = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._cut[column, text, width] = kept
        return kept

    def _font(self, look: Look, column: int) -> tuple[QFont, QFontMetricsF, float]:
        """A column's font, its measures, and how wide the widest letter of ASCII is."""
        if self._drawn is not look:
            self._drawn = look
            self._fonts.clear()
            self._cut.clear()
        kept = self._fonts.get(column)
        if kept is None:
            if column == Column.NAME:
                font = look.font(BODY, Weight.MEDIUM)
            elif column in (Column.NUMBER, Column.TICKET):
                font = look.font(BODY, Weight.REGULAR, VALUES)
            else:
                font = look.font(BODY)
            metrics = QFontMetricsF(font)
            kept = self._fonts[column] = (font, metrics, max(map(metrics.horizontalAdvance, _ASCII)))
        return kept

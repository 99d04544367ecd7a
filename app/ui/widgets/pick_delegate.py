"""Lines of a list in a popover: the current one has the tint and the bar of every other list (ui.md section 2).

The focus has its ring round the whole list (`view_ring.py`); a second one in it would be one too many.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme.look import Look

BEFORE, AFTER, ROUND = 8, 4, 5
"""Px of the design: from the edge to tick or words, so that the bar has room; after the words; of the corners."""
_Index = QModelIndex | QPersistentModelIndex


class PickDelegate(QStyledItemDelegate):
    """Draws tick and words as Qt does, on our ground in place of the solid accent."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line."""
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRectF(option.rect), state)
        painter.restore()
        plain = QStyleOptionViewItem(option)
        plain.state = state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        before, after = self._look.px(BEFORE), self._look.px(AFTER)
        plain.rect = option.rect.adjusted(before, 0, -after, 0)
        super().paint(painter, plain, index)

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if not is_current and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("selected" if is_current else "hover"))
        painter.drawRoundedRect(rect, ROUND, ROUND)
        if not is_current:
            return
        if self._look.is_contrast:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("accent"), 1))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent"))
        painter.drawRect(QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12))

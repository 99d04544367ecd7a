"""A row of the queue: a ring with the time waited, who, what, for whom, why."""

import time

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.session.shown import UnlockWaiting
from app.ui.approvals.queue_model import REQUEST
from app.ui.saying import now
from app.ui.theme.fonts import BODY, FIGURES, SMALL, VALUES, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.words import CLASS_ICONS, minutes_seconds

ROW, RING, MARGIN, LEFT, RIGHT = 64, 40, 8, 12, 10


class QueueDelegate(QStyledItemDelegate):
    """Draws a request that waits."""

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """One height for all."""
        return QSize(200, self._look.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        request = index.data(REQUEST)
        if not isinstance(request, UnlockWaiting):
            return
        state = option.state
        painter.save()
        rect = self._look.draws(painter, option.rect).toRect().adjusted(MARGIN, 0, -MARGIN, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, state)
        self._paint_ring(painter, rect, request)
        left = rect.left() + LEFT + RING + 12
        width = rect.right() - RIGHT - left
        self._text(painter, QRect(left, rect.top() + 6, width, 18), request.agent_name, weight=Weight.SEMIBOLD)
        self._text(
            painter, QRect(left, rect.top() + 6, width, 18), request.seat, "ink2", SMALL, right=True, values=True
        )
        sign = CLASS_ICONS[request.data_class]
        draw_icon(painter, sign, self._look.colour("ink2"), QRectF(left, rect.top() + 27, 14, 14))
        used = self._text(
            painter, QRect(left + 20, rect.top() + 24, width - 20, 18), request.field_label, size=SMALL,
            weight=Weight.SEMIBOLD,
        )  # fmt: skip
        for_whom = self.tr("for {number}").format(number=request.number)
        place = QRect(left + 26 + used, rect.top() + 24, max(0, width - 26 - used), 18)
        self._text(painter, place, for_whom, "ink2", SMALL)
        self._text(painter, QRect(left, rect.top() + 42, width, 18), request.reason, "ink2", SMALL)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), 6, 6)
        if chosen:
            painter.setBrush(self._look.colour("accent"))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 12, 3, rect.height() - 24), 1.5, 1.5)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 2, -1, -2), 6, 6)

    def _paint_ring(self, painter: QPainter, rect: QRect, request: UnlockWaiting) -> None:
        ring = QRectF(rect.left() + LEFT, rect.center().y() - RING / 2, RING, RING).adjusted(2, 2, -2, -2)
        waited = max(0.0, time.time() - request.asked_at)
        share = min(1.0, waited / max(1.0, request.until - request.asked_at))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("line"), 3))
        painter.drawEllipse(ring)
        painter.setPen(QPen(self._look.colour("warn"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        painter.setFont(self._look.drawn.font(SMALL, Weight.SEMIBOLD, FIGURES))
        painter.setPen(self._look.colour("ink"))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, minutes_seconds(waited))

    def _text(
        self, painter: QPainter, rect: QRect, text: str, ink: str = "ink", size: int = BODY,
        *, weight: int = Weight.REGULAR, right: bool = False, values: bool = False,
    ) -> int:  # fmt: skip
        """Draw one line; how wide it is."""
        font = self._look.drawn.font(size, weight, VALUES if values else FIGURES)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(now(text), Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return round(metrics.horizontalAdvance(shown))

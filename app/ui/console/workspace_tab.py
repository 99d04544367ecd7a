"""A workspace's tab in the session bar: its name, a short rod under the one in front, a count of what waits."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look

HEIGHT, PADDING, BADGE = 47, 4, 18


class WorkspaceTab(QAbstractButton):
    """One tab."""

    def __init__(self, look: Look, key: str, text: str) -> None:
        super().__init__()
        self._look, self.key, self._words, self._count = look, key, text, 0
        self.setObjectName(f"workspace_{key}")
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.redress()

    def redress(self) -> None:
        """Another size of the text."""
        self.setFixedHeight(self._look.panel(HEIGHT))
        self.updateGeometry()

    def show_count(self, count: int) -> None:
        """How much waits there; none shows no badge."""
        self._count = count
        words = self.tr("{name}, {n} waiting").format(name=self._words, n=count) if count else self._words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _words_width(self) -> float:
        return QFontMetricsF(self._look.drawn.font(BODY, Weight.SEMIBOLD)).horizontalAdvance(self._words)

    def _badge_width(self) -> float:
        if not self._count:
            return 0.0
        text = QFontMetricsF(self._look.drawn.font(SMALL, Weight.SEMIBOLD, FIGURES)).horizontalAdvance(str(self._count))
        return max(float(BADGE), text + 12)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Words, and the badge beside them."""
        gap, look = 6 if self._count else 0, self._look
        wide = 2 * PADDING + self._words_width() + gap + self._badge_width()
        return QSize(look.px(wide) + 1, look.panel(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Words, rod, badge, and a ring while it has the focus."""
        painter = QPainter(self)
        rect = self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked() or self.underMouse()
        painter.setFont(self._look.drawn.font(BODY, Weight.SEMIBOLD if self.isChecked() else Weight.MEDIUM))
        painter.setPen(self._look.colour("ink" if lit else "ink2"))
        painter.drawText(rect.adjusted(PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)
        if self._count:
            self._paint_badge(painter, rect)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("accent"))
            painter.drawRoundedRect(QRectF(0, rect.height() - 3, rect.width(), 3), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 8, -1, -8), 5, 5)
        painter.end()

    def _paint_badge(self, painter: QPainter, rect: QRectF) -> None:
        width = self._badge_width()
        place = QRectF(rect.right() - PADDING - width, rect.center().y() - BADGE / 2, width, BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent"))
        painter.drawRoundedRect(place, BADGE / 2, BADGE / 2)
        painter.setFont(self._look.drawn.font(SMALL, Weight.SEMIBOLD, FIGURES))
        painter.setPen(self._look.colour("on_accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self._count))

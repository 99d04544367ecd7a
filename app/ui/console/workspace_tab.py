"""A workspace's tab in the session bar: its name, a short rod under the one in front, a count of what waits.

Where the bar has no room for all names the tabs that are not in front show an icon; tip and name for readers stay.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look

HEIGHT, PADDING, BADGE, ICON = 47, 4, 18, 18


class WorkspaceTab(QAbstractButton):
    """One tab."""

    def __init__(self, look: Look, key: str, text: str, icon: str) -> None:
        super().__init__()
        self._look, self.key, self._words, self._icon = look, key, text, icon
        self._count, self._pressing, self._is_short = 0, 0, False
        self.setObjectName(f"workspace_{key}")
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.toggled.connect(lambda _front: self._show_short())
        self.redress()

    @property
    def is_short(self) -> bool:
        """Whether it is to show its icon alone while it is not in front."""
        return self._is_short

    def set_short(self, is_short: bool) -> None:
        """With little room: the icon alone, but for the tab in front."""
        if is_short is not self._is_short:
            self._is_short = is_short
            self._show_short()

    def saved_width(self) -> int:
        """Px that the icon takes less than the words; none for the tab in front."""
        if self.isChecked():
            return 0
        return self._look.px(self._wide(self._words_width())) - self._look.px(self._wide(ICON))

    @property
    def _shows_icon(self) -> bool:
        return self._is_short and not self.isChecked()

    def _show_short(self) -> None:
        self.setToolTip(self._words if self._shows_icon else "")
        self.updateGeometry()
        self.update()

    def redress(self) -> None:
        """Another size of the text."""
        self.setFixedHeight(self._look.panel(HEIGHT))
        self.updateGeometry()

    def show_count(self, count: int) -> None:
        """How much waits there; none shows no badge."""
        self._count = count
        self._show_counts()

    def show_pressing(self, count: int) -> None:
        """How much of it is due soon or overdue: the badge counts that alone, with another colour and a sign."""
        self._pressing = count
        self._show_counts()

    def _show_counts(self) -> None:
        count, pressing = self._count, self._pressing
        words = self._words
        if count and pressing:
            text = self.tr("{name}, {n} waiting, {m} due within a day or overdue")
            words = text.format(name=self._words, n=count, m=pressing)
        elif count:
            words = self.tr("{name}, {n} waiting").format(name=self._words, n=count)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @property
    def badge(self) -> str:
        """What the badge says; empty: there is none."""
        if self._count and self._pressing:
            return f"{self._pressing}!"
        return str(self._count or "")

    def _words_width(self) -> float:
        return QFontMetricsF(self._look.drawn.font(BODY, Weight.SEMIBOLD)).horizontalAdvance(self._words)

    def _badge_width(self) -> float:
        if not self._count:
            return 0.0
        text = QFontMetricsF(self._look.drawn.font(SMALL, Weight.SEMIBOLD, FIGURES)).horizontalAdvance(self.badge)
        return max(float(BADGE), text + 12)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Words or icon, and the badge beside them."""
        wide = self._wide(ICON if self._shows_icon else self._words_width())
        return QSize(self._look.px(wide) + 1, self._look.panel(HEIGHT))

    def _wide(self, words: float) -> float:
        return 2 * PADDING + words + (6 if self._count else 0) + self._badge_width()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Words, rod, badge, and a ring while it has the focus."""
        painter = QPainter(self)
        rect = self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked() or self.underMouse()
        ink = self._look.colour("ink" if lit else "ink2")
        if self._shows_icon:
            draw_icon(painter, self._icon, ink, QRectF(PADDING, rect.center().y() - ICON / 2, ICON, ICON))
        else:
            painter.setFont(self._look.drawn.font(BODY, Weight.SEMIBOLD if self.isChecked() else Weight.MEDIUM))
            painter.setPen(ink)
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
        painter.setBrush(self._look.colour("danger" if self._pressing else "accent"))
        painter.drawRoundedRect(place, BADGE / 2, BADGE / 2)
        painter.setFont(self._look.drawn.font(SMALL, Weight.SEMIBOLD, FIGURES))
        painter.setPen(self._look.colour("on_accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.badge)

"""`Finish and next`, with its key painted beside the words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button

HEIGHT, CAP, ROOM = 34, 18, 10


class FinishButton(Button):
    """The primary button of the desk."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "primary", name="finish_and_next")
        self.set_words(self.tr("Finish and next"))
        self.setAccessibleDescription(cap_for("main_action"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(HEIGHT))

    def redress(self) -> None:
        """Another theme or size of the text."""
        self.setFixedHeight(self._look.px(HEIGHT))
        super().redress()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """The words; the key stands beside them where there is room."""
        return QSize(super().sizeHint().width(), self._look.px(HEIGHT))

    def _cap_room(self) -> int:
        metrics = QFontMetricsF(self._look.font(SMALL, Weight.MEDIUM))
        return round(metrics.horizontalAdvance(cap_for("main_action"))) + self._look.px(ROOM + 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The key at the right of the words, where there is room."""
        super().paintEvent(event)
        look, metrics = self._look, QFontMetricsF(self.font())
        words = metrics.horizontalAdvance(self.text())
        wide = self._cap_room() - look.px(ROOM)
        left = (self.width() + words) / 2 + look.px(ROOM)
        if self.is_busy or left + wide > self.width() - look.px(8):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "on_accent" if self.isEnabled() else "ink3"
        high = look.px(CAP)
        cap = QRectF(left, (self.height() - high) / 2, wide, high)
        painter.setPen(QPen(look.colour(role), 1))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(look.font(SMALL, Weight.MEDIUM))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, cap_for("main_action"))
        painter.end()

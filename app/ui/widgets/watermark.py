"""The watermark over the card while a value is open: who, where, when. Clear to the mouse, no node for readers."""

import math
import time

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme.fonts import BODY, FIGURES, Weight
from app.ui.theme.look import Look
from app.ui.words import clock_time_seconds

ANGLE, ROW_STEP, GAP = -22.0, 104, 56


class Watermark(QWidget):
    """An overlay that names the person, the workstation and the time."""

    def __init__(self, look: Look, name: str, seat: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._name, self._seat = look, name, seat
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.update)
        self.hide()

    def cover(self, shown: bool) -> None:
        """Lie over the parent, or go."""
        parent = self.parentWidget()
        if shown and parent is not None:
            self.setGeometry(parent.rect())
            self._second.start()
            self.raise_()
        else:
            self._second.stop()
        self.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Write it in slanting rows over everything."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        font = self._look.font(BODY, Weight.SEMIBOLD, FIGURES)
        painter.setFont(font)
        painter.setPen(self._look.colour("watermark", self._look.tokens.watermark_alpha))
        text = f"{self._name}   {self._seat}   {clock_time_seconds(time.time())}"
        step = QFontMetricsF(font).horizontalAdvance(text) + GAP
        reach = math.hypot(self.width(), self.height())
        painter.rotate(ANGLE)
        y, row = 0.0, 0
        while y < reach * 1.5:
            x = -reach - (row % 3) * step / 3
            while x < reach:
                painter.drawText(QPointF(x, y), text)
                x += step
            y += ROW_STEP
            row += 1
        painter.end()

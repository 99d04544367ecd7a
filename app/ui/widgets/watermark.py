"""The watermark over a panel while a value is open in it: who, where, when.

A frame of Qt's own kind for overlays: clear to the mouse, without the focus, and left out of the accessible tree.
"""

import math
import time

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFocusFrame, QWidget

from app.session.shown import Person
from app.ui.theme.fonts import BODY, FIGURES, Weight
from app.ui.theme.look import Look
from app.ui.words import clock_time_seconds, iso_day

ANGLE, ROW_STEP, GAP = -22.0, 104, 56
GAP_IN_TEXT = "   "


class Watermark(QFocusFrame):
    """An overlay that names the person, the account, the workstation and the time. It stays as large as its parent."""

    def __init__(self, look: Look, person: Person, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._who = GAP_IN_TEXT.join((person.display_name, person.account, person.seat))
        parent.installEventFilter(self)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Keep as large as the parent, and above what comes into it."""
        parent = self.parentWidget()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded) and self.isVisible() and parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Write it in slanting rows over everything."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        font = self._look.font(BODY, Weight.SEMIBOLD, FIGURES)
        painter.setFont(font)
        painter.setPen(self._look.colour("watermark", self._look.tokens.watermark_alpha))
        if self._look.is_contrast:  # the open value stands on white, everything else on black: seen on both
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        now = time.time()
        text = GAP_IN_TEXT.join((self._who, f"{iso_day(now)} {clock_time_seconds(now)}"))
        step = QFontMetricsF(font).horizontalAdvance(text) + GAP
        reach = math.hypot(self.width(), self.height())
        painter.rotate(ANGLE)
        y, row = 0.0, 0
        while y < reach * 1.5:
            x = -reach - (row % 3) * step / 3
            while x < reach:
                painter.drawText(QPointF(x, y), text)
                x += step
            y += self._look.px(ROW_STEP)
            row += 1
        painter.end()

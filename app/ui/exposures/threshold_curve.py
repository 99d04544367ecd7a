"""How often each value of a threshold would have fired: a bar for each value, the chosen one lit."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.session.shown_exposures import Threshold
from app.ui.theme.look import Look

HEIGHT, LOWEST, LOWEST_CHOSEN = 26, 2, 3


class ThresholdCurve(QWidget):
    """The bars. It says nothing of its own: the sentence beside it tells the number of the chosen value."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._threshold: Threshold | None = None
        self._value = 0
        self.setFixedHeight(look.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Some px for each value."""
        return QSize(self._look.px(150), self._look.px(HEIGHT))

    def show_threshold(self, threshold: Threshold, value: int) -> None:
        """Light a value."""
        self._threshold, self._value = threshold, value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the bars; a root lets few be seen beside many."""
        fired = self._threshold.fired if self._threshold is not None else ()
        if self._threshold is None or not fired:
            return
        painter = QPainter(self)
        rect = self._look.draws(painter, self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        step = rect.width() / len(fired)
        most = max(*fired, 1) ** 0.5
        for at, count in enumerate(fired):
            value = self._threshold.least + at
            lowest = LOWEST_CHOSEN if value == self._value else LOWEST
            height = max(lowest, (HEIGHT - 2) * count**0.5 / most)
            if value == self._value:  # the column that is meant stands on a ground of its own
                painter.fillRect(
                    QRectF(round(at * step), 0, max(1.0, round(step) - 1.0), HEIGHT), self._look.colour("selected")
                )
            above = "line" if self._look.is_contrast else "accent_line"
            role = "accent" if value == self._value else above if value > self._value else "line_strong"
            painter.fillRect(
                QRectF(round(at * step), HEIGHT - height, max(1.0, round(step) - 1.0), height), self._look.colour(role)
            )
        painter.end()

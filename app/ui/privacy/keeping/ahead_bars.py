"""What has to go in the months ahead, as bars: drawn by hand, since it is one row of figures."""

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.saying import filled, joined, now
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.words import month_and_year, number

HEIGHT, FOOT, TOP, WIDEST = 148, 20, 20, 26


class AheadBars(QWidget):
    """Bars by month.

    Args:
        look: colours.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.months: tuple[tuple[str, int], ...] = ()
        self.setObjectName("retention_ahead")
        self.setAccessibleName(self.tr("Values that have to go, by month"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(HEIGHT))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high as it is."""
        return QSize(400, self._look.px(HEIGHT))

    def redress(self) -> None:
        """Another theme, or another size of the text."""
        self.setFixedHeight(self._look.px(HEIGHT))
        self.update()

    def show_months(self, months: Sequence[tuple[str, int]]) -> None:
        """Take other months; a reader hears the figures."""
        self.months = tuple(months)
        self.setAccessibleDescription(
            joined(", ", *(filled("{}: {}", _name(month), number(count)) for month, count in self.months))
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the bars, with the figure over each."""
        if not self.months:
            return
        painter, look = QPainter(self), self._look
        painter.setFont(look.font(SMALL, Weight.REGULAR, FIGURES))
        foot, top = look.px(FOOT), look.px(TOP)
        room, step = self.height() - foot - top, self.width() / len(self.months)
        highest = max(count for _month, count in self.months)
        every = max(1, math.ceil(look.px(64) / step))
        for at, (month, count) in enumerate(self.months):
            high = max(1.0, room * count / max(highest, 1))
            width = min(look.px(WIDEST), step * 0.62)
            left = step * at + (step - width) / 2
            painter.fillRect(QRectF(left, top + room - high, width, high), look.colour("accent"))
            painter.setPen(look.colour("ink2"))
            cell = QRectF(step * at - step, 0, step * 3, top + room - high - 2)
            if count == highest or at % every == 0:
                painter.drawText(cell, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, number(count))
            if at % every == 0:
                name = now(_name(month))
                wide = painter.fontMetrics().horizontalAdvance(name)
                begins = max(0.0, min(step * (at + 0.5) - wide / 2, self.width() - wide))
                below = QRectF(begins, top + room + 3, wide, foot)
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, name)
        painter.setPen(look.colour("line_strong"))
        painter.drawLine(0, top + room, self.width(), top + room)
        painter.end()


def _name(month: str) -> str:
    """Nov 26 for `2026-11`."""
    return month_and_year(date.fromisoformat(f"{month}-01"), short=True)

"""The reasons that were given: a bar each, its name beside it, or above it where the names are long."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform

from app.session.shown_exposures import ReasonCount
from app.ui.exposures.paper import Cell, Paper
from app.ui.exposures.words import reason_name, reason_words
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.words import number

ROWS, THICK, NAME_SHARE, GAP = 6, 10, 0.46, 14
"""How many are shown, the thickness of a bar, the share of the width that names may take beside bars."""


class ReasonBars(Paper):
    """The most frequent reasons. A press picks a reason's code."""

    one_column = True

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, "plot_reasons", title)
        self.reasons: tuple[ReasonCount, ...] = ()
        self.left.setWidth(0)
        self.bottom.setHeight(0)

    def show_reasons(self, reasons: Sequence[ReasonCount]) -> None:
        """Take other reasons, the most frequent first."""
        self.reasons = tuple(reasons[:ROWS])
        cells = [Cell(reason.code, 0, at, reason_words(reason)) for at, reason in enumerate(self.reasons)]
        self._show(cells, (0.0, 1.0), (-0.5, max(len(self.reasons), ROWS) - 0.5), down=True)

    def names_width(self) -> int:
        """How wide the longest name is."""
        metrics = QFontMetricsF(self._look.font(SMALL, Weight.SEMIBOLD, FIGURES))
        return math.ceil(max((metrics.horizontalAdvance(reason_name(reason)) for reason in self.reasons), default=0))

    def _draw(self, painter: QPainter, to_px: QTransform) -> None:
        if not self.reasons:
            return
        metrics = QFontMetricsF(self._look.font(SMALL, Weight.SEMIBOLD, FIGURES))
        names = self.names_width()
        counts = max(metrics.horizontalAdvance(number(reason.count)) for reason in self.reasons)
        most = max(reason.count for reason in self.reasons) or 1
        whole = to_px.mapRect(QRectF(0, 0, 1, 1)).width()
        is_beside = names <= whole * NAME_SHARE
        for cell in self.cells.values():
            reason, row = self.reasons[cell.row], self._row(to_px, cell)
            place, bar = QRectF(row), QRectF(row)
            bar.setRight(row.right() - counts - GAP)
            if is_beside:
                bar.setLeft(row.left() + names + GAP)
                bar = QRectF(bar.left(), row.center().y() - THICK / 2, bar.width(), THICK)
            else:
                place = QRectF(row.left(), row.top() + 1, row.width(), self._look.px(16))
                bar = QRectF(bar.left(), place.bottom() + 1, bar.width(), THICK - 3)
            self._draw_row(painter, place, bar, cell, most)
            half = self._look.px(9)
            numbers = QRectF(row.right() - counts, bar.center().y() - half, counts, 2 * half)
            painter.setFont(self._look.font(SMALL, Weight.SEMIBOLD, FIGURES))
            painter.setPen(self._look.colour("ink"))
            painter.drawText(numbers, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(reason.count))
        self._draw_rings(painter, lambda cell: self._row(to_px, cell).adjusted(-5, 1, 6, -1), 5)

    def _row(self, to_px: QTransform, cell: Cell) -> QRectF:
        whole: QRectF = to_px.mapRect(QRectF(0, cell.row - 0.5, 1, 1))
        return whole.adjusted(6, 0, -8, 0)

    def _draw_row(self, painter: QPainter, place: QRectF, bar: QRectF, cell: Cell, most: int) -> None:
        reason = self.reasons[cell.row]
        weight = Weight.SEMIBOLD if reason.code == self.chosen else Weight.REGULAR
        font = self._look.font(SMALL, weight, FIGURES)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink"))
        text = QFontMetricsF(font).elidedText(reason_name(reason), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setOpacity(self._opacity(cell))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("line" if self._look.is_contrast else "sunken"))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(self._look.colour("rod"))
        bar.setWidth(max(2.0, bar.width() * reason.count / most))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setOpacity(1.0)

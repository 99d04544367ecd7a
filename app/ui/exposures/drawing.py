"""What a plot is made of: a drawing in the px of the screen, and words along an edge in our fonts."""

import math
from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look

LABEL_GAP, NAME_INSET = 4, 6
"""Px between two words along an edge, and before a name."""


class Drawing(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Something drawn in the px of the screen, at places of the plot."""

    def __init__(self, draw: Callable[[QPainter, QTransform], None]) -> None:
        super().__init__()
        self._draw, self._bounds = draw, QRectF(0, 0, 1, 1)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)

    def cover(self, bounds: QRectF) -> None:
        """Which places of the plot it may draw on."""
        self.prepareGeometryChange()
        self._bounds = bounds
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """All of the plot."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Hand over a painter in px and the way from places to px."""
        to_px = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, to_px)
        painter.restore()


class LabelAxis(pg.AxisItem):  # type: ignore[misc]
    """Words along an edge, in our fonts, one that is lit in bold."""

    def __init__(self, look: Look, edge: str) -> None:
        super().__init__(edge)
        self._look = look
        self._labels: list[tuple[float, str, bool]] = []
        self._aligns_left = False

    def show_labels(self, labels: list[tuple[float, str, bool]], *, aligns_left: bool = False) -> None:
        """Take other words: place along the edge, word, whether it is lit."""
        self._labels, self._aligns_left = labels, aligns_left
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw each word at its place; along the bottom every second or third, where there is no room for all."""
        step = 1 if self.orientation == "left" else self._step()
        for at, (place, text, lit) in enumerate(self._labels):
            if (len(self._labels) - 1 - at) % step and not lit:
                continue
            painter.setFont(self._font(lit=lit))
            painter.setPen(self._look.colour("ink" if lit else "ink2"))
            spot = self._spot(place)
            if self.orientation == "left":
                side = Qt.AlignmentFlag.AlignLeft if self._aligns_left else Qt.AlignmentFlag.AlignRight
                half = self._look.px(9)
                rect = QRectF(NAME_INSET, spot.y() - half, self.width() - NAME_INSET - 8, 2 * half)
                painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)
            else:
                half = self._look.px(40)
                word = QFontMetricsF(painter.font()).horizontalAdvance(text) / 2
                middle = max(word, min(spot.x(), self.width() - word))  # the last one stays on the paper
                rect = QRectF(middle - half, 4, 2 * half, self._look.px(16))
                painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _font(self, *, lit: bool) -> QFont:
        return self._look.font(SMALL, Weight.SEMIBOLD if lit else Weight.REGULAR, FIGURES)

    def _spot(self, at: float) -> QPointF:
        point = QPointF(0, at) if self.orientation == "left" else QPointF(at, 0)
        spot: QPointF = self.mapFromScene(self.linkedView().mapViewToScene(point))
        return spot

    def _step(self) -> int:
        metrics = QFontMetricsF(self._font(lit=True))
        widest = max((metrics.horizontalAdvance(text) for _at, text, _lit in self._labels), default=0) + LABEL_GAP
        return max(1, math.ceil(widest / max(1.0, self._spot(1).x() - self._spot(0).x())))

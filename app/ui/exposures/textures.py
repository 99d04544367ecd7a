"""A data class in a plot: its colour with a texture of its own, so that the colour is never the only sign (ui.md 2).

Contact solid, identity diagonal, financial dotted, special horizontal, notes upright. The strokes are in the ground's
colour, drawn as lines and not as a tile: a tile would be stretched on a screen with a scale of its own.
"""

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.data_class import DataClass
from app.ui.theme.look import Look

PLOTTED = (DataClass.CONTACT, DataClass.IDENTITY, DataClass.FINANCIAL, DataClass.SPECIAL, DataClass.NOTE)
"""The order of a stack, from below."""

_ROLES = {
    DataClass.CONTACT: "c_contact",
    DataClass.IDENTITY: "c_identity",
    DataClass.FINANCIAL: "c_financial",
    DataClass.SPECIAL: "c_special",
    DataClass.NOTE: "rod",
}
DIAGONAL, LEVEL, UPRIGHT, DOTS, SWATCH = 5, 3, 4, 5, 12
"""Distances of strokes and dots, and the edge of a legend's swatch, in px."""


def paint_class(painter: QPainter, look: Look, data_class: DataClass, rect: QRectF) -> None:
    """Fill a rectangle, in the painter's own px, with the colour and texture of a class."""
    paint_textured(painter, look, _ROLES[data_class], data_class, rect)


def paint_textured(painter: QPainter, look: Look, role: str, data_class: DataClass, rect: QRectF) -> None:
    """Fill a rectangle with any colour of the theme and the texture of a class."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, look.colour(role))
    stroke = QPen(look.colour("surface"), 1.2)
    stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(stroke)
    if data_class is DataClass.FINANCIAL:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface"))
        for point in _dots(rect):
            painter.drawEllipse(point, 0.8, 0.8)
    else:
        painter.drawLines(list(_strokes(data_class, rect)))
    painter.restore()


def _strokes(data_class: DataClass, rect: QRectF) -> Iterator[QLineF]:
    if data_class is DataClass.IDENTITY:
        at = rect.left() - rect.height()
        while at < rect.right():
            yield QLineF(at, rect.bottom(), at + rect.height(), rect.top())
            at += DIAGONAL
    elif data_class is DataClass.SPECIAL:
        at = rect.bottom() - LEVEL / 2
        while at > rect.top():
            yield QLineF(rect.left(), at, rect.right(), at)
            at -= LEVEL
    elif data_class is DataClass.NOTE:
        at = rect.left() + UPRIGHT / 2
        while at < rect.right():
            yield QLineF(at, rect.top(), at, rect.bottom())
            at += UPRIGHT


def _dots(rect: QRectF) -> Iterator[QPointF]:
    y, row = rect.bottom() - DOTS / 2, 0
    while y > rect.top():
        x = rect.left() + DOTS / 2 + (DOTS / 2 if row % 2 else 0)
        while x < rect.right():
            yield QPointF(x, y)
            x += DOTS
        y, row = y - DOTS / 2, row + 1


class Swatch(QWidget):
    """A class in a legend; the word beside it says which."""

    def __init__(self, look: Look, data_class: DataClass) -> None:
        super().__init__()
        self._look, self._class = look, data_class
        self.setFixedSize(look.px(SWATCH), look.px(SWATCH))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A square."""
        return QSize(self._look.px(SWATCH), self._look.px(SWATCH))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Colour and texture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_class(painter, self._look, self._class, QRectF(self.rect()))
        painter.end()


class UsualSwatch(QWidget):
    """A dashed line in a legend: what is usual."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(look.px(16), look.px(SWATCH))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Two dashes."""
        painter = QPainter(self)
        painter.setPen(usual_pen(self._look))
        middle = self.height() / 2 + 0.5
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        painter.end()


def usual_pen(look: Look) -> QPen:
    """How what is usual is drawn."""
    pen = QPen(look.colour("ink"), 1.25 * look.scale)  # cosmetic: in px of the screen
    pen.setDashPattern([4, 2.4])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setCosmetic(True)
    return pen

"""The stage of the doors (sign-in, wiped): a rod, two drapes, one thing in the middle.

The drapes are painted once into a pixmap per size. In high contrast they are thin lines. No node for readers.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme.look import Look

ROD_HEIGHT, SHADE_HEIGHT, EDGE_SHADE, AIR = 5, 110, 56, 12
CLOSED = 10_000
"""Drapes that meet in the middle."""
_FOLDS = (11, 44, 55, 29, 31, 47, 24, 58, 36, 27, 52, 33, 41, 62, 26, 38, 49, 30)
"""Widths of the folds in px, uneven as cloth is; the row is repeated as wide as the drape."""


class DoorStage(QWidget):
    """The ground of a door.

    Args:
        look: colours.
        parted: width of each drape in px: sign-in 330, wiped 150, lock `CLOSED`.
    """

    def __init__(self, look: Look, parted: int) -> None:
        super().__init__()
        self._look, self._parted = look, parted
        self._picture: QPixmap | None = None
        self._middle: QVBoxLayout | None = None

    def _make_middle(self) -> QVBoxLayout:
        """What is higher than the window, at a large size of the text, scrolls before the drapes."""
        room = QWidget()
        room.setProperty("ground", "none")
        across = QHBoxLayout(room)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, AIR, 0, AIR)
        middle.addStretch(1)
        across.addLayout(middle)
        across.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(room)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        room.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, ROD_HEIGHT, 0, 0)
        column.addWidget(scroll)
        return middle

    def place(self, widget: QWidget) -> None:
        """Put the one thing on the stage."""
        if self._middle is None:
            self._middle = self._make_middle()
        self._middle.addWidget(widget)
        self._middle.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the drapes anew."""
        super().resizeEvent(event)
        self._picture = None

    def redress(self) -> None:
        """Another theme: other drapes."""
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Show the kept picture."""
        if self._picture is None:
            self._picture = self._paint()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _drape_width(self) -> int:
        if self._parted == CLOSED:
            return (self.width() + 1) // 2
        return max(40, min(self._parted, (self.width() - self._look.panel(440)) // 2))

    def _paint(self) -> QPixmap:
        scale = self._look.scale
        picture = QPixmap(round(self.width() * scale), round(self.height() * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(self._look.colour("bg"))
        painter = QPainter(picture)
        self._paint_wall(painter)
        drape = self._drape_width()
        self._paint_drape(painter, 0.0, drape)
        painter.save()
        painter.translate(self.width(), 0)
        painter.scale(-1, 1)
        self._paint_drape(painter, 0.0, drape)
        painter.restore()
        painter.fillRect(QRectF(0, 0, self.width(), ROD_HEIGHT), self._look.colour("rod"))
        painter.end()
        return picture

    def _paint_wall(self, painter: QPainter) -> None:
        wall = QLinearGradient(0, 0, 0, self.height())
        wall.setColorAt(0.0, self._look.colour("surface"))
        wall.setColorAt(1.0, self._look.colour("bg"))
        painter.fillRect(self.rect(), wall)
        if self._look.is_contrast:
            return
        drape = self._drape_width()
        for edge, inward in ((drape, 1), (self.width() - drape, -1)):
            shade = QLinearGradient(edge, 0, edge + inward * EDGE_SHADE, 0)
            shade.setColorAt(0.0, QColor(0, 0, 0, 17))
            shade.setColorAt(1.0, QColor(0, 0, 0, 0))
            left = edge if inward > 0 else edge - EDGE_SHADE
            painter.fillRect(QRectF(left, 0, EDGE_SHADE, self.height()), shade)

    def _paint_drape(self, painter: QPainter, left: float, width: int) -> None:
        if self._look.is_contrast:
            self._paint_lines(painter, width)
            return
        cloth, fold, bg = self._look.colour("cloth"), self._look.colour("fold"), self._look.colour("bg")
        painter.fillRect(QRectF(left, 0, width, self.height()), _mix(cloth, bg, 0.45))
        x, index = float(width), 0
        while x > 0:
            fold_width = float(_FOLDS[index % len(_FOLDS)])
            self._paint_fold(painter, x - fold_width, fold_width, index, (cloth, fold, bg))
            x -= fold_width
            index += 1
        shade = QLinearGradient(0, 0, 0, SHADE_HEIGHT)
        shade.setColorAt(0.0, QColor(0, 0, 0, 26))
        shade.setColorAt(0.35, QColor(0, 0, 0, 15))
        shade.setColorAt(1.0, QColor(0, 0, 0, 0))
        painter.fillRect(QRectF(left, 0, width, SHADE_HEIGHT), shade)
        edge = QRectF(width - 1.5, 0, 1.5, self.height())
        painter.fillRect(edge, _mix(fold, bg, 0.1))

    def _paint_fold(
        self, painter: QPainter, x: float, width: float, index: int, colours: tuple[QColor, QColor, QColor]
    ) -> None:
        cloth, fold, bg = colours
        deep = _mix(fold, bg, 0.5 if index % 3 else 0.34)
        lit = _mix(cloth, bg, 0.78 if index % 2 else 0.66)
        gradient = QLinearGradient(QPointF(x, 0), QPointF(x + width, 0))
        gradient.setColorAt(0.0, _mix(deep, cloth, 0.35))
        gradient.setColorAt(0.07, deep)
        gradient.setColorAt(0.3, _mix(cloth, bg, 0.22))
        gradient.setColorAt(0.58, lit)
        gradient.setColorAt(0.82, _mix(cloth, bg, 0.45))
        gradient.setColorAt(1.0, _mix(deep, cloth, 0.35))
        painter.fillRect(QRectF(x, 0, width, self.height()), gradient)

    def _paint_lines(self, painter: QPainter, width: int) -> None:
        painter.setPen(self._look.colour("line"))
        x, index = width, 0
        while x > 0:
            painter.drawLine(x, 0, x, self.height())
            x -= _FOLDS[index % len(_FOLDS)]
            index += 1


def _mix(first: QColor, second: QColor, share: float) -> QColor:
    """The colour between two, `share` of the second."""
    return QColor.fromRgbF(
        first.redF() * (1 - share) + second.redF() * share,
        first.greenF() * (1 - share) + second.greenF() * share,
        first.blueF() * (1 - share) + second.blueF() * share,
    )

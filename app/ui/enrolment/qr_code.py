"""An authenticator's secret as a QR code: black on white in every theme, because cameras expect that.

Invariant: the pattern is the secret; it lies in this widget alone, from `show_secret` to `forget`. Its name for
readers tells that it is a picture and where the same stands as text, never its content.
"""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.session.shown import Secret
from app.ui.theme.look import Look

PICTURE, EDGE = 185, 227
"""Sides in px of the code and of the white card round it; the rest is the quiet zone (4 modules and more)."""
_INK, _PAPER = "#111111", "#FFFFFF"
RADIUS = 10
SMALLEST_ALIKE = 3
"""Device pixels from which modules are alike; below, a long office name would shrink the whole code by a third."""


class QrCode(QWidget):
    """A white card with one QR code, or empty."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._modules: tuple[bytes, ...] = ()
        self.setObjectName("qr_code")
        self.setFixedSize(EDGE, EDGE)
        self.setAccessibleName(self.tr("QR code for your authenticator; beside it you can show the key as text"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return not self._modules

    def show_secret(self, uri: Secret) -> None:
        """Show an otpauth URI."""
        code = segno.make(uri.reveal(), error="l", micro=False)
        self._modules = tuple(bytes(row) for row in code.matrix)
        self.update()

    def forget(self) -> None:
        """Show nothing."""
        self._modules = ()
        self.update()

    def redress(self) -> None:
        """As large at every size of the text: a camera reads it."""
        self.setFixedSize(EDGE, EDGE)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """The card."""
        return QSize(EDGE, EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the card and the dark modules, all of them on device pixels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("line"), 1))
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._modules:
            self._paint_modules(painter)
        painter.end()

    def _paint_modules(self, painter: QPainter) -> None:
        edges = _edges(len(self._modules), self.devicePixelRatioF())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_INK))
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    left, top = edges[x], edges[y]
                    painter.drawRect(QRectF(left, top, edges[x + 1] - left, edges[y + 1] - top))


def _edges(count: int, scale: float) -> list[float]:
    """Where modules begin, and the last one ends: at device pixels; all alike unless that would make them tiny."""
    side = PICTURE * scale / count
    if side >= SMALLEST_ALIKE:
        side = int(side)
    start = (EDGE * scale - side * count) / 2
    return [round(start + i * side) / scale for i in range(count + 1)]

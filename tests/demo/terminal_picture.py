"""Draws what a terminal showed as a picture: `python -m tests.demo.terminal_picture OUT < TEXT`.

Each sign stands in a cell of its own, so that any font will do; blocks (QR codes) are drawn, not written.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from app.ui.theme.fonts import install_fonts, make_font

WIDTH, HEIGHT = 1366, 768
CELL_W, CELL_H, INSET = 8, 16, 18
GROUND, INK, PROMPT = "#1D1A1F", "#F0EBEF", "#DDA5CE"
_BLOCKS = {"█": (0.0, 1.0), "▀": (0.0, 0.5), "▄": (0.5, 1.0)}


def draw(text: str) -> QImage:
    """The end of a text, as much as one screen holds; longer lines are wrapped."""
    columns = (WIDTH - 2 * INSET) // CELL_W
    lines = [row for line in text.expandtabs().split("\n") for row in _wrapped(line, columns)]
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(make_font(12, 500, ("tnum", "zero", "ss02")))
    for at, line in enumerate(lines[-((HEIGHT - 2 * INSET) // CELL_H) :]):
        _draw_line(painter, INSET + at * CELL_H, line)
    painter.end()
    return image


def _wrapped(line: str, columns: int) -> list[str]:
    return [line[at : at + columns] for at in range(0, len(line), columns)] or [""]


def _draw_line(painter: QPainter, top: float, line: str) -> None:
    colour = QColor(PROMPT if line.startswith("$ ") else INK)
    painter.setPen(colour)
    for at, sign in enumerate(line):
        left = INSET + at * CELL_W
        if sign in _BLOCKS:
            first, last = _BLOCKS[sign]
            painter.fillRect(QRectF(left, top + first * CELL_H, CELL_W, (last - first) * CELL_H), colour)
        elif sign != " ":
            width = painter.fontMetrics().horizontalAdvance(sign)
            painter.drawText(QPointF(left + (CELL_W - width) / 2, top + 12), sign)


def main() -> int:
    """Read, draw, keep."""
    application = QGuiApplication(sys.argv[:1])
    application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    install_fonts()
    kept = draw(sys.stdin.read().rstrip("\n")).save(str(Path(sys.argv[1])))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

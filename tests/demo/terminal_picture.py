"""Draws what a terminal showed as a picture: `python -m tests.demo.terminal_picture OUT < TEXT`.

The font is the program's own, so that pictures are equal on every machine; blocks (QR codes) are drawn, not written.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QImage, QPainter

from app.ui.theme.fonts import install_fonts, make_font

WIDTH, HEIGHT = 1366, 768
CELL_W, LINE, INSET = 8, 16, 24
GROUND, INK, QUIET, PROMPT = "#1D1A1F", "#F0EBEF", "#9F939D", "#DDA5CE"
ROWS = (HEIGHT - 2 * INSET) // LINE
LARGEST = 1.6
_BLOCKS = {"█": (0.0, 1.0), "▀": (0.0, 0.5), "▄": (0.5, 1.0)}


def draw(text: str) -> QImage:
    """The first line, and then the end of a text, as much as one screen holds."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(make_font(13, 400, ("tnum", "zero", "ss02")))
    metrics = QFontMetricsF(painter.fontMetrics())
    rows = [row for line in text.expandtabs().split("\n") for row in _wrapped(line, metrics)]
    if len(rows) > ROWS:
        rows = [rows[0], "…", *rows[2 - ROWS :]]
    widest = max(metrics.horizontalAdvance(row) for row in rows)
    scale = min(LARGEST, ROWS / len(rows), (WIDTH - 2 * INSET) / max(widest, 1.0))
    painter.translate(INSET, INSET)
    painter.scale(scale, scale)
    for at, row in enumerate(rows):
        _draw_row(painter, at * LINE, row)
    painter.end()
    return image


def _wrapped(line: str, metrics: QFontMetricsF) -> list[str]:
    rows, rest = [], line
    while not _has_blocks(rest) and metrics.horizontalAdvance(rest) > WIDTH - 2 * INSET:
        fits = next(n for n in range(len(rest), 0, -1) if metrics.horizontalAdvance(rest[:n]) <= WIDTH - 2 * INSET)
        rows.append(rest[:fits])
        rest = rest[fits:]
    return [*rows, rest]


def _has_blocks(row: str) -> bool:
    return any(sign in _BLOCKS for sign in row)


def _draw_row(painter: QPainter, top: float, row: str) -> None:
    colour = QColor(PROMPT if row.startswith("$ ") else QUIET if row == "…" else INK)
    painter.setPen(colour)
    if not _has_blocks(row):
        words = row.lstrip(" ")
        painter.drawText(QPointF((len(row) - len(words)) * CELL_W, top + 13), words)
        return
    for at, sign in enumerate(row):
        if sign in _BLOCKS:
            first, last = _BLOCKS[sign]
            place = QRectF(at * CELL_W, top + first * LINE, CELL_W, (last - first) * LINE)
            painter.fillRect(place, colour)


def main() -> int:
    """Read, draw, keep."""
    application = QGuiApplication(sys.argv[:1])
    install_fonts()
    kept = draw(sys.stdin.read().rstrip("\n")).save(str(Path(sys.argv[1])))
    application.quit()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

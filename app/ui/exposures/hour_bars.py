"""Exposures over time: a bar an hour, or a day, stacked by class; what is usual as a dashed line; the peak's number."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTransform

from app.session.shown_exposures import Bar
from app.ui.exposures.paper import Cell, Paper
from app.ui.exposures.textures import PLOTTED, paint_class, usual_pen
from app.ui.exposures.words import bar_label, bar_words
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.words import number

WIDEST, SHARE, HEADROOM, TOP_AIR = 26, 0.58, 1.1, 1.04
"""A bar's width: at most so many px, and this share of its column. Room above the highest for its number, and above the
highest line for half of its own."""
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


class HourBars(Paper):
    """The bars. A press picks a bar's beginning."""

    one_row = True

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, "plot_bars", title)
        self.bars: tuple[Bar, ...] = ()
        self._top, self._ticks = 5.0, range(0, 6, 1)
        self._usual = pg.PlotCurveItem(antialias=True)
        self.view.addItem(self._usual, ignoreBounds=True)
        self.redress()

    def redress(self) -> None:
        """Another theme: another colour of what is usual."""
        if hasattr(self, "_usual"):
            self._usual.setPen(usual_pen(self._look))
        super().redress()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Take other bars."""
        self.bars = tuple(bars)
        highest = max([*(bar.total for bar in bars), *(bar.usual or 0 for bar in bars), 1])
        step = next((step for step in STEPS if step * 5 >= highest), STEPS[-1])
        last = int(-(-highest // step)) * step
        self._ticks = range(0, last + 1, step)
        self._top = max(self._ticks[-1] * TOP_AIR, highest * HEADROOM)
        ticks = self._ticks
        self.left.show_labels([(at, number(at), False) for at in ticks])
        widest = max(len(number(at)) for at in ticks)
        self.left.setWidth(16 + self._look.px(8) * widest)
        known = [(at, bar.usual) for at, bar in enumerate(bars) if bar.usual is not None]
        self._usual.setData([at for at, _usual in known], [usual for _at, usual in known])
        cells = [Cell(bar.start, at, 0, bar_words(bar)) for at, bar in enumerate(self.bars)]
        self._show(cells, (-0.5, max(len(bars), 1) - 0.5), (0.0, self._top), down=False)
        self._label_columns()

    def choose(self, key: object) -> None:
        """Mark a bar; its label is bold."""
        super().choose(key)
        self._label_columns()

    def _label_columns(self) -> None:
        labels = [(float(at), bar_label(bar), bar.start == self.chosen) for at, bar in enumerate(self.bars)]
        self.bottom.show_labels(labels)

    def point_of(self, cell: Cell) -> QPointF:
        """Half-way up its column, in the widget."""
        middle: QPointF = self.view.mapViewToScene(QPointF(cell.column, self._top / 2))
        return middle

    def _column(self, to_px: QTransform, at: int, low: float, high: float) -> QRectF:
        """A part of a bar in px, its edges on whole ones."""
        column = to_px.mapRect(QRectF(at - 0.5, low, 1, high - low))
        width = min(WIDEST, column.width() * SHARE)
        left = round(column.center().x() - width / 2)
        return QRectF(left, round(column.top()), round(width), round(column.bottom()) - round(column.top()))

    def _draw(self, painter: QPainter, to_px: QTransform) -> None:
        self._draw_grid(painter, to_px)
        peak = max(self.bars, key=lambda bar: bar.total, default=None)
        for at, bar in enumerate(self.bars):
            painter.setOpacity(self._opacity(self.cells[at, 0]))
            self._draw_bar(painter, to_px, at, bar)
            if bar.total and (bar is peak or bar.start == self.chosen):
                top = self._column(to_px, at, 0, bar.total)
                painter.setFont(self._look.font(SMALL, Weight.SEMIBOLD, FIGURES))
                painter.setPen(self._look.colour("ink"))
                place = QRectF(top.center().x() - 40, top.top() - 18, 80, 16)
                painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, number(bar.total))
        painter.setOpacity(1.0)
        self._draw_rings(painter, lambda cell: self._ring(to_px, cell), 4)

    def _draw_grid(self, painter: QPainter, to_px: QTransform) -> None:
        width = to_px.mapRect(QRectF(-0.5, 0, max(len(self.bars), 1), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for value in self._ticks:
            y = min(round(to_px.map(QPointF(0, value)).y()), round(width.bottom()) - 1)
            painter.setPen(self._look.colour("line_strong" if value == 0 else "line"))
            painter.drawLine(QPointF(width.left(), y), QPointF(width.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_bar(self, painter: QPainter, to_px: QTransform, at: int, bar: Bar) -> None:
        below = 0
        for data_class in PLOTTED:
            count = bar.counts.get(data_class, 0)
            if not count:
                continue
            part = self._column(to_px, at, below, below + count)
            if below and part.height() > 2:
                part.setBottom(part.bottom() - 1)  # a hair of ground between two classes
            paint_class(painter, self._look, data_class, part)
            below += count

    def _ring(self, to_px: QTransform, cell: Cell) -> QRectF:
        total = max(self.bars[cell.column].total, self._top * 0.06)
        return self._column(to_px, cell.column, 0, total).adjusted(-3, -2, 3, -1)

"""Stacked bars of figures over time: a bar a month or a lesson, its parts told apart by colour and by texture."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QWidget

from app.domain.compliance.figures import COUNTS, ENDS_SOON, LACKING, LATE, ON_TIME, OPEN, Part, Series
from app.domain.data_class import DataClass
from app.ui.exposures.hour_bars import SHARE, STEPS, TOP_AIR, WIDEST
from app.ui.exposures.paper import Cell, Paper
from app.ui.exposures.textures import PLOTTED, SWATCH, paint_textured
from app.ui.privacy.compliance.figure_words import bar_words, column_label
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.words import number

_STYLES = {
    ON_TIME: ("ok", DataClass.CONTACT),
    OPEN: ("rod", DataClass.NOTE),
    LATE: ("danger", DataClass.IDENTITY),
    COUNTS: ("ok", DataClass.CONTACT),
    ENDS_SOON: ("warn", DataClass.FINANCIAL),
    LACKING: ("danger", DataClass.IDENTITY),
    "ahead": ("accent", DataClass.CONTACT),
}
_COLOURS = ("c_contact", "c_identity", "c_financial", "c_special", "rod")
MOST_PARTS = len(_COLOURS)
"""So many parts are told apart; of more, the last is all others together."""
BIGGEST_STEP = 5
HEADROOM = 1.28
"""Of the highest bar, for its number above it, where a plot is as low as in the smallest window."""


def drawn(series: Series) -> Series:
    """A series with no more parts than can be told apart."""
    if len(series.parts) <= MOST_PARTS:
        return series
    by_size = sorted(series.parts, key=lambda part: -sum(part.counts))
    shown, rest = by_size[: MOST_PARTS - 1], by_size[MOST_PARTS - 1 :]
    others = tuple(sum(column) for column in zip(*(part.counts for part in rest), strict=True))
    return Series(series.columns, (*shown, Part("others", others)))


def style_of(part: Part, at: int) -> tuple[str, DataClass]:
    """The colour of a part, and whose texture it has; by its place where it has no colour of its own."""
    return _STYLES.get(part.code, (_COLOURS[at % MOST_PARTS], PLOTTED[at % MOST_PARTS]))


class PartBars(Paper):
    """The bars of one series. A press marks a bar and shows its number."""

    air = 8
    one_row = True

    def __init__(self, look: Look, name: str, title: str) -> None:
        super().__init__(look, name, title)
        self.series = Series((), ())
        self._top, self._ticks = 5.0, range(0, 6, 1)
        self.picked.connect(lambda key: self.choose(None if key == self.chosen else key))

    def show_series(self, series: Series) -> None:
        """Take other figures."""
        self.series = series
        totals = [series.total(at) for at in range(len(series.columns))]
        highest = max([*totals, 1])
        step = next((step for step in STEPS if step * BIGGEST_STEP >= highest), -(-highest // BIGGEST_STEP))
        self._ticks = range(0, -(-highest // step) * step + 1, step)
        self._top = max(self._ticks[-1] * TOP_AIR, highest * HEADROOM)
        self.left.show_labels([(at, number(at), False) for at in self._ticks])
        self.left.setWidth(16 + self._look.px(8) * max(len(number(at)) for at in self._ticks))
        cells = [Cell(column, at, 0, bar_words(series, at)) for at, column in enumerate(series.columns)]
        self._show(cells, (-0.5, max(len(cells), 1) - 0.5), (0.0, self._top), down=False)
        self._label_columns()

    def choose(self, key: object) -> None:
        """Mark a bar; its label is bold."""
        super().choose(key)
        self._label_columns()

    def _label_columns(self) -> None:
        columns = enumerate(self.series.columns)
        self.bottom.show_labels([(float(at), column_label(one), one == self.chosen) for at, one in columns])

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
        totals = [self.series.total(at) for at in range(len(self.series.columns))]
        peak = totals.index(max(totals)) if any(totals) else -1
        for at, column in enumerate(self.series.columns):
            painter.setOpacity(self._opacity(self.cells[at, 0]))
            self._draw_bar(painter, to_px, at)
            if totals[at] and (at == peak or column == self.chosen):
                top = self._column(to_px, at, 0, totals[at])
                painter.setFont(self._look.font(SMALL, Weight.SEMIBOLD, FIGURES))
                painter.setPen(self._look.colour("ink"))
                word = number(totals[at])
                ends = to_px.map(QPointF(len(totals) - 0.5, 0)).x() - painter.fontMetrics().horizontalAdvance(word) / 2
                place = QRectF(min(top.center().x(), ends - 1) - 40, top.top() - 18, 80, 16)
                painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, word)
        painter.setOpacity(1.0)
        self._draw_rings(painter, lambda cell: self._ring(to_px, cell), 4)

    def _draw_grid(self, painter: QPainter, to_px: QTransform) -> None:
        width = to_px.mapRect(QRectF(-0.5, 0, max(len(self.series.columns), 1), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for value in self._ticks:
            y = min(round(to_px.map(QPointF(0, value)).y()), round(width.bottom()) - 1)
            painter.setPen(self._look.colour("line_strong" if value == 0 else "line"))
            painter.drawLine(QPointF(width.left(), y), QPointF(width.right(), y))

    def _draw_bar(self, painter: QPainter, to_px: QTransform, at: int) -> None:
        below = 0
        for place, part in enumerate(self.series.parts):
            count = part.counts[at]
            if not count:
                continue
            rect = self._column(to_px, at, below, below + count)
            if below and rect.height() > 2:
                rect.setBottom(rect.bottom() - 1)  # a hair of ground between two parts
            role, like = style_of(part, place)
            paint_textured(painter, self._look, role, like, rect)
            below += count

    def _ring(self, to_px: QTransform, cell: Cell) -> QRectF:
        total = max(self.series.total(cell.column), self._top * 0.06)
        return self._column(to_px, cell.column, 0, total).adjusted(-3, -2, 3, -1)


class PartSwatch(QWidget):
    """A part in a legend; the word beside it says which."""

    def __init__(self, look: Look, role: str, like: DataClass) -> None:
        super().__init__()
        self._look, self._role, self._like = look, role, like
        self.setFixedSize(look.px(SWATCH), look.px(SWATCH))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A square."""
        return QSize(self._look.px(SWATCH), self._look.px(SWATCH))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Colour and texture."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_textured(painter, self._look, self._role, self._like, QRectF(self.rect()))
        painter.end()

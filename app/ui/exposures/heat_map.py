"""Who opened how much at which hour of the day: a heat map with its number in each cell."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform

from app.session.shown_exposures import HeatRow
from app.ui.exposures.paper import Cell, Paper
from app.ui.exposures.words import heat_words, hour_label, short_name
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.words import number

ROWS, GAP, RADIUS, NAME_GAP = 6, 1.5, 3, 20
MOST_HOURS, NARROW, TINY = 14, 18, 10
"""So many hours have room. In cells narrower than this gaps shrink; a number that does not fit is set this small."""


class HeatMap(Paper):
    """The busiest people by hour. A press picks an account and an hour."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, "plot_heat", title)
        self.rows: tuple[HeatRow, ...] = ()
        self.hours: tuple[int, ...] = ()
        self._most = 1

    def show_rows(self, rows: Sequence[HeatRow], hours_of_work: tuple[int, int]) -> None:
        """Take other people; the busiest of them are shown, by name, and never less than those that are flagged."""
        busiest = sorted(rows, key=lambda row: (not row.is_flagged, -row.total))[:ROWS]
        self.rows = tuple(sorted(busiest, key=lambda row: row.name.casefold()))
        self.hours = hours_shown(self.rows, hours_of_work)
        self._most = max((count for row in self.rows for count in row.hours), default=1)
        names = [(float(at), short_name(row.name), row.is_flagged) for at, row in enumerate(self.rows)]
        self.left.show_labels(names, aligns_left=True)
        bold = QFontMetricsF(self._look.font(SMALL, Weight.SEMIBOLD, FIGURES))
        widest = max((bold.horizontalAdvance(name) for _at, name, _lit in names), default=0)
        self.left.setWidth(round(widest) + NAME_GAP)
        cells = [
            Cell((row.agent, hour), at, down, heat_words(row, hour))
            for down, row in enumerate(self.rows)
            for at, hour in enumerate(self.hours)
        ]
        below = len(self.rows) - 0.5  # a few rows stand on the hours, as high as many do
        extent = (-0.5, max(len(self.hours), 1) - 0.5), (min(-0.5, below - ROWS), below)
        self._show(cells, *extent, down=True)
        self.bottom.show_labels([(float(at), hour_label(hour), False) for at, hour in enumerate(self.hours)])

    def _draw(self, painter: QPainter, to_px: QTransform) -> None:
        for cell in self.cells.values():
            self._draw_cell(painter, self._place(to_px, cell), self.rows[cell.row].hours[self.hours[cell.column]])
        self._draw_rings(painter, lambda cell: self._place(to_px, cell).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS)

    def _place(self, to_px: QTransform, cell: Cell) -> QRectF:
        whole: QRectF = to_px.mapRect(QRectF(cell.column - 0.5, cell.row - 0.5, 1, 1))
        across = GAP if whole.width() >= NARROW else GAP / 3
        return whole.adjusted(across, GAP, -across, -GAP)

    def _fonts(self, weight: int) -> Iterator[QFont]:
        """From the usual one to one that leaves three digits room in a narrow cell."""
        yield self._look.font(SMALL, weight, FIGURES)
        yield self._look.font(TINY, weight, FIGURES)
        close = self._look.font(TINY, Weight.REGULAR, FIGURES)
        close.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.8)
        yield close

    def _draw_cell(self, painter: QPainter, place: QRectF, count: int) -> None:
        ground = self._look.colour(f"heat{heat_step(count, self._most)}")
        edge = QPen(self._look.colour("line"), 1) if self._look.is_contrast else QPen(Qt.PenStyle.NoPen)
        painter.setPen(edge)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        weight, text = Weight.SEMIBOLD if count * 2 >= self._most else Weight.MEDIUM, number(count) if count else "·"
        font = next((f for f in self._fonts(weight) if _width(f, text) <= place.width() - 1), None)
        if font is None:
            return
        painter.setFont(font)
        painter.setPen(clearer(ground, self._look.colour("ink"), self._look.colour("surface")))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _width(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def hours_shown(rows: Sequence[HeatRow], hours_of_work: tuple[int, int]) -> tuple[int, ...]:
    """The hours of work and every other in which somebody opened something; where they are many, the latter alone."""
    opened = {hour for hour in range(24) if any(row.hours[hour] for row in rows)}
    all_hours = opened | set(range(*hours_of_work))
    return tuple(sorted(all_hours if len(all_hours) <= MOST_HOURS else opened or all_hours))


def heat_step(count: int, most: int) -> int:
    """Which of the five grounds: the first for none, the last from 60 % of the most on."""
    if not count:
        return 0
    share = count / max(most, 1)
    return 1 + (share > 0.15) + (share > 0.35) + (share > 0.6)


def clearer(ground: QColor, *inks: QColor) -> QColor:
    """The ink that stands out most from a ground (WCAG 2)."""
    return max(inks, key=lambda ink: contrast(ink, ground))


def contrast(one: QColor, other: QColor) -> float:
    """How far two colours stand apart, 1 to 21 (WCAG 2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

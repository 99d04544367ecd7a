"""The paper of a plot: a grid of cells that is one Tab stop, with arrows inside; drawn by pyqtgraph.

The only modules that import pyqtgraph, and with it numpy, are this one, `drawing` and those of the plots; `plots`, here
and of the compliance page, imports them when they are first shown. There is no menu, no zoom and no panning: one sees
what was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy

from app.ui.accessible import chart, heard_as
from app.ui.exposures.drawing import Drawing, LabelAxis
from app.ui.saying import filled
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce

pg.setConfigOptions(exitCleanup=False, antialias=True)

FADED, NARROW = 0.5, 26
"""Opacity of what is not chosen, while something is; and below which width a ring leaves a hair to its number."""
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


@dataclass(frozen=True, slots=True)
class Cell:
    """A bar, or a field of the heat map. `key` is what the table is filtered by, `words` what a reader says."""

    key: object
    column: int
    row: int
    words: str


class Paper(pg.GraphicsView):  # type: ignore[misc]
    """One plot.

    Attributes:
        cells: by column and row.
        current: where the arrows are.
        chosen: the key of the cell that the table is filtered by, or None.
        air: px of the design above the plot, for half a word at its highest line.
        one_column, one_row: its cells take the whole width, or the whole height.

    Signals:
        picked: a cell's key; the one that was chosen is meant to go.
    """

    picked = Signal(object)
    air: ClassVar[int] = 0
    one_column: ClassVar[bool] = False
    one_row: ClassVar[bool] = False

    def __init__(self, look: Look, name: str, title: str) -> None:
        super().__init__(background=None)
        self._look, self._title = look, title
        self.cells: dict[tuple[int, int], Cell] = {}
        self.current: tuple[int, int] = (0, 0)
        self.chosen: object = None
        self._hovered: Cell | None = None
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 60)
        layout = pg.GraphicsLayout()
        layout.setContentsMargins(0, look.px(self.air), 0, 0)
        layout.setSpacing(0)
        self.setCentralItem(layout)
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.view.disableAutoRange()
        self.left, self.bottom = LabelAxis(look, "left"), LabelAxis(look, "bottom")
        layout.addItem(self.left, 0, 0)
        layout.addItem(self.view, 0, 1)
        layout.addItem(self.bottom, 1, 1)
        for axis in (self.left, self.bottom):
            axis.linkToView(self.view)
        self.bottom.setHeight(look.px(22))
        self.drawing = Drawing(self._draw)
        self.view.addItem(self.drawing, ignoreBounds=True)
        self.redress()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """What its panel gives."""
        return QSize(self._look.px(200), self._look.px(150))

    def redress(self) -> None:
        """Another theme."""
        self.setBackground(self._look.colour("surface"))
        self.scene().update()

    def say_title(self, title: str) -> None:
        """Another title, for a reader."""
        self._title = title
        self._say(aloud=False)

    # what it shows -------------------------------------------------------------------------------------------------
    def _show(self, cells: list[Cell], x: tuple[float, float], y: tuple[float, float], *, down: bool) -> None:
        """Take other cells on a ground of this extent; the current and the chosen one stay where they are."""
        self.cells = {(cell.column, cell.row): cell for cell in cells}
        if self.current not in self.cells:
            self.current = next(iter(self.cells), (0, 0))
        self._hovered = None
        self.view.invertY(down)
        self.view.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)
        self.drawing.cover(QRectF(x[0], y[0], x[1] - x[0], y[1] - y[0]))
        self._say(aloud=False)
        self.scene().update()

    def choose(self, key: object) -> None:
        """Mark the cell that the table is filtered by; None marks none."""
        self.chosen = key
        self.current = next((at for at, cell in self.cells.items() if cell.key == key), self.current)
        self._say(aloud=False)
        self.scene().update()

    def _draw(self, painter: QPainter, to_px: QTransform) -> None:
        raise NotImplementedError

    def _opacity(self, cell: Cell) -> float:
        return FADED if self.chosen not in (None, cell.key) and not self._look.is_contrast else 1.0

    def _draw_rings(self, painter: QPainter, rect_of: Callable[[Cell], QRectF], radius: float) -> None:
        """Outline the cell under the pointer, the chosen one, and the current one while the plot has the focus."""
        rings: list[tuple[Cell | None, str, float]] = [(self._hovered, "line_strong", 1)]
        rings.append((next((c for c in self.cells.values() if c.key == self.chosen), None), "accent", 2))
        rings.append((self.cells.get(self.current) if self.hasFocus() else None, "focus", 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for cell, role, width in rings:
            if cell is None or (role == "accent" and self.chosen is None):
                continue
            if width > 1:  # a gap of ground, or the ring would be lost on a fill of its colour
                gap = 2.0 if rect_of(cell).width() > NARROW else 1.0
                inset = 1 + gap / 2
                painter.setPen(QPen(self._look.colour("surface"), gap))
                painter.drawRoundedRect(rect_of(cell).adjusted(inset, inset, -inset, -inset), radius - 1, radius - 1)
            painter.setPen(QPen(self._look.colour(role), width))
            painter.drawRoundedRect(rect_of(cell), radius, radius)

    # keys and mouse ------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows go from cell to cell, Home and End to the ends, Return and Space filter."""
        key = Qt.Key(event.key())
        if not self.cells or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _STEPS:
            self._step(*_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            row = sorted(at for at in self.cells if at[1] == self.current[1] or self.one_column)
            self._go_to(row[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.cells[self.current].key)
        else:
            event.ignore()

    def _step(self, across: int, down: int) -> None:
        to = (self.current[0] + across, self.current[1] + down)
        if to in self.cells:
            self._go_to(to)

    def _go_to(self, at: tuple[int, int]) -> None:
        self.current = at
        self._say(aloud=True)
        self.scene().update()

    def _say(self, *, aloud: bool) -> None:
        cell = self.cells.get(self.current)
        words = cell.words if cell is not None else self.tr("nothing to show")
        if cell is not None and cell.key == self.chosen:
            words = self.tr("{cell}, chosen").format(cell=words)
        self.setAccessibleName(filled("{}: {}", self._title, words))
        if aloud:
            announce(self, words)

    def cell_at(self, point: QPointF) -> Cell | None:
        """The cell under a point of the widget."""
        place = self.view.mapSceneToView(point)
        if not self.view.viewRect().contains(place):
            return None
        at = (0 if self.one_column else round(place.x()), 0 if self.one_row else round(place.y()))
        return self.cells.get(at)

    def point_of(self, cell: Cell) -> QPointF:
        """The middle of a cell, in the widget."""
        middle: QPointF = self.view.mapViewToScene(QPointF(cell.column, cell.row))
        return middle

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A press picks the cell under it."""
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.current = (cell.column, cell.row)
            self.picked.emit(cell.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Nothing: the press was it."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """The second press of two counts as one more."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """The cell under the pointer gets an edge."""
        self._hover(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """No cell is under the pointer."""
        self._hover(None)

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if cell else Qt.CursorShape.ArrowCursor)
            self.scene().update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """The page scrolls, the plot never zooms."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 (Qt's name)
        """There is none."""
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The current cell gets its ring."""
        self.scene().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The ring goes."""
        self.scene().update()


heard_as("Paper", chart)

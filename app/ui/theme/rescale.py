"""Another size of the text, or another density, under widgets that stand.

Sizes in code are whole px of the design, times the size of the text. So what a widget holds tells the design's px again
(`_other`), whatever size it was made at, and nothing has to be kept beside it. What a widget works out of its words, or
draws, is its own to make anew: in `redress`.

Qt's style sheets give a widget that they polish anew the font that it had at its first polish. So fonts are noted
before a sheet is put on, and given after it (`Fonts`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QListView, QTableView, QWidget

from app.ui.theme.fonts import resized
from app.ui.theme.look import Look, panel_width

NO_LIMIT = 16_777_215
"""QWIDGETSIZE_MAX: a widget without a greatest size."""


_PANEL = "panel_px"


@dataclass(frozen=True, slots=True)
class Size:
    """What a look measures with: size of the text, 1 to 2, and px that a comfortable row is higher."""

    text: float
    comfort: int


class Fonts:
    """The fonts of widgets, noted before a sheet is put on."""

    def __init__(self, widgets: Iterable[QWidget]) -> None:
        self._noted = [(widget, QFont(widget.font())) for widget in widgets if _has_own_font(widget)]

    def give(self, before: Size, now: Size) -> None:
        """Give them back, at another size of the text."""
        for widget, font in self._noted:
            wanted = resized(font, _other(font.pixelSize(), before.text, now.text))
            if widget.font() != wanted:
                widget.setFont(wanted)


def _has_own_font(widget: QWidget) -> bool:
    return widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and widget.font().pixelSize() > 0


def rescale(widgets: Iterable[QWidget], before: Size, now: Size) -> None:
    """Give widgets the sizes of another size of the text; tables the rows of another density, too."""
    for widget in widgets:
        if before.text != now.text and not widget.isWindow():
            _resize(widget, before.text, now.text)
        if isinstance(widget, QTableView):
            _rows(widget, before, now)
        elif isinstance(widget, QListView):
            widget.scheduleDelayedItemsLayout()


def fix_panel(widget: QWidget, look: Look, width: int) -> None:
    """Give a panel, drawer or card a fixed width of the design, which follows the text half as fast (`Look.panel`)."""
    widget.setProperty(_PANEL, width)
    widget.setFixedWidth(look.panel(width))


def _other(size: int, before: float, now: float) -> int:
    return round(round(size / before) * now)


def _resize(widget: QWidget, before: float, now: float) -> None:
    """Least and greatest sizes; a widget that is laid out by itself follows them."""
    least, most, panel = widget.minimumSize(), widget.maximumSize(), widget.property(_PANEL)
    if panel is not None:
        widget.setFixedWidth(panel_width(panel, now))
        return
    if least.width() > 0 or least.height() > 0:
        widget.setMinimumSize(0, 0)
    if most.width() < NO_LIMIT or most.height() < NO_LIMIT:
        widths = [size if size >= NO_LIMIT else _other(size, before, now) for size in (most.width(), most.height())]
        widget.setMaximumSize(*widths)
    if least.width() > 0 or least.height() > 0:
        widget.setMinimumSize(_other(least.width(), before, now), _other(least.height(), before, now))


def _rows(table: QTableView, before: Size, now: Size) -> None:
    side, header = table.verticalHeader(), table.horizontalHeader()
    compact = round(side.defaultSectionSize() / before.text) - before.comfort
    side.setMinimumSectionSize(1)  # else that of the font before holds a row up
    side.setDefaultSectionSize(round((compact + now.comfort) * now.text))
    if before.text == now.text:
        return
    header.setMinimumSectionSize(_other(header.minimumSectionSize(), before.text, now.text))
    for column in range(header.count()):
        if header.sectionResizeMode(column) in (QHeaderView.ResizeMode.Interactive, QHeaderView.ResizeMode.Fixed):
            table.setColumnWidth(column, _other(table.columnWidth(column), before.text, now.text))
    table.scheduleDelayedItemsLayout()

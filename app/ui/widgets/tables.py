"""What all tables of the workspaces share: how they are set up, and the ground under a line."""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look

HEAD = 30
C = TypeVar("C", bound=int)
"""A column: a number, or a name for one."""


def dress_table(
    table: QTableView, look: Look, row: int, widths: Mapping[C, int], stretched: C | None = None, head: int = HEAD
) -> None:
    """Set up a table that has its model: one line is chosen, Tab leaves it, nothing is edited.

    Args:
        table: the table.
        look: fonts and sizes.
        row: height of a line, px of the design.
        widths: of the columns, px of the design.
        stretched: the column that takes what is left.
        head: height of the header, px of the design.
    """
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    side, header = table.verticalHeader(), table.horizontalHeader()
    side.hide()
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    side.setDefaultSectionSize(look.row(row))
    header.setFixedHeight(look.px(head))
    header.setFont(look.font(SMALL, Weight.MEDIUM))
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    if stretched is not None:
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    for column, width in widths.items():
        table.setColumnWidth(column, look.px(width))


def paint_ground(painter: QPainter, look: Look, rect: QRectF, *, is_current: bool, has_bar: bool) -> None:
    """The ground of one cell: tinted in the current line, a hairline below; a bar where the line begins.

    Args:
        painter: draws.
        look: colours.
        rect: the cell.
        is_current: whether it belongs to the current line.
        has_bar: whether that line's bar stands in this cell.
    """
    if is_current:
        painter.fillRect(rect, look.colour("selected"))
        if has_bar:
            painter.fillRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8), look.colour("accent"))
    edge = "accent" if is_current and look.is_contrast else "line"
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour(edge))

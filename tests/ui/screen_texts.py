"""All that a screen says: what widgets hold, what models tell, what is painted."""

import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget

from tests.ui.walk import shown_widgets

_TOLD_BY = ("text", "accessibleName", "accessibleDescription", "toolTip", "placeholderText", "windowTitle")
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
MOST_LINES = 6


def texts_of(root: QWidget) -> set[tuple[str, str]]:
    """Place and text; digits are all the same, as clocks go on."""
    found = {*_held(root), *_painted(root)}
    return {(place, re.sub(r"\d+", "#", text)) for place, text in found if text.strip()}


def _held(root: QWidget) -> Iterator[tuple[str, str]]:
    for widget in shown_widgets(root):
        place = f"{type(widget).__name__} {widget.objectName()}".strip()
        for told in _TOLD_BY:
            if told == "text" and isinstance(widget, QLineEdit | QPlainTextEdit):
                continue  # what a person types
            ask = getattr(widget, told, None)
            text = ask() if callable(ask) else ""
            if isinstance(text, str):
                yield f"{place}.{told}", text
        if isinstance(widget, QComboBox):
            yield from ((f"{place}.item", widget.itemText(at)) for at in range(widget.count()))
        if isinstance(widget, QTableView) and widget.model() is not None:
            yield from _lines(widget)


def _lines(view: QTableView) -> Iterator[tuple[str, str]]:
    model = view.model()
    for column in range(model.columnCount()):
        yield f"{type(model).__name__}.head", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), MOST_LINES)):
            cell = model.index(row, column)
            told = (model.data(cell, role) for role in _ROLES)
            yield from ((f"{type(model).__name__}.cell", text) for text in told if isinstance(text, str))


def _painted(root: QWidget) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    drawn = QPainter.drawText

    def drawing(self: QPainter, *args: Any) -> Any:
        found.extend(("painted", part) for part in args if isinstance(part, str))
        return drawn(self, *args)

    QPainter.drawText = drawing  # type: ignore[method-assign, assignment]
    try:
        root.grab()
    finally:
        QPainter.drawText = drawn  # type: ignore[method-assign]
    return found

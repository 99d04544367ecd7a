"""What no screen may have, found by walking its widgets: a text that is cut or covered, a focusable widget unnamed."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.ui.saying_widgets import source_of

ROUNDING = 1
"""Logical pixels by which a font's width and a widget's may differ without a glyph being cut."""

PICKER_EDGES, EDIT_EDGES = 36, 4
MOST_NODES = 400
"""So many rows of a long list are listened to."""


def shown_widgets(root: QWidget) -> Iterator[QWidget]:
    """The visible widgets of a window."""
    yield from (widget for widget in (root, *root.findChildren(QWidget)) if widget.isVisible())


def cut_texts(root: QWidget) -> list[str]:
    """Texts that their widgets cannot show whole, or that a parent cuts off."""
    return [f"{place_of(w)}: {text}{_key(w)}" for w in shown_widgets(root) if (text := _cut_text(w))]


def covered_texts(root: QWidget) -> list[str]:
    """Texts that lie over a sibling's text: both are hard to read."""
    found = []
    for parent in shown_widgets(root):
        texts = [w for w in parent.children() if isinstance(w, QWidget) and w.isVisible() and _text_of(w)]
        for one, other in itertools.combinations(texts, 2):
            common = _text_rect(one).intersected(_text_rect(other))
            if common.width() > ROUNDING and common.height() > ROUNDING:
                found.append(f"{place_of(one)}: {_text_of(one)} lies over {_text_of(other)}{_key(one)}")
    return found


def nameless(root: QWidget) -> list[str]:
    """Widgets that can have the focus and tell a reader no name."""
    return [
        place_of(widget)
        for widget in shown_widgets(root)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.focusProxy()
        if not _spoken_name(widget).strip()
    ]


@contextmanager
def painted_cuts(cuts: list[str]) -> Iterator[None]:
    """Collect what painters end in …, or draw wider than its room, meanwhile."""
    original, drawn = QFontMetricsF.elidedText, QPainter.drawText

    def watched(self: QFontMetricsF, text: str, mode: Qt.TextElideMode, width: float, flags: int = 0) -> str:
        shown = original(self, text, mode, width, flags)
        if shown != text:
            cuts.append(f"painted: {text}")
        return shown

    def drawing(self: QPainter, *args: Any) -> Any:
        if isinstance(args[0], QRect | QRectF) and isinstance(args[-1], str):
            flags = int(args[1]) if len(args) == 3 else 0
            wraps = flags & int(Qt.TextFlag.TextWordWrap)
            if not wraps and QFontMetricsF(self.font()).horizontalAdvance(args[-1]) > args[0].width() + ROUNDING:
                cuts.append(f"painted in {round(args[0].width())} px: {args[-1]}")
        return drawn(self, *args)

    QFontMetricsF.elidedText = watched  # type: ignore[method-assign, assignment]
    QPainter.drawText = drawing  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        QFontMetricsF.elidedText = original  # type: ignore[method-assign]
        QPainter.drawText = drawn  # type: ignore[method-assign]


def _spoken_name(widget: QWidget) -> str:
    node = QAccessible.queryAccessibleInterface(widget)
    return node.text(QAccessible.Text.Name) if node is not None else ""


def place_of(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None:
        names.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names[:4])


def _key(widget: QWidget) -> str:
    """The sentence of the code that the text comes from, where that is another."""
    source = source_of(widget)
    return f"  [{source}]" if source and source != _text_of(widget) else ""


def _text_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else ""
    return words if isinstance(words, str) else ""


def _text_rect(widget: QWidget) -> QRect:
    """Where its text stands: a label is often wider than its words."""
    rect = widget.geometry()
    if not isinstance(widget, QLabel) or widget.wordWrap():
        return rect
    width = min(rect.width(), widget.sizeHint().width())
    if widget.alignment() & Qt.AlignmentFlag.AlignRight:
        return QRect(rect.right() - width, rect.top(), width, rect.height())
    if widget.alignment() & Qt.AlignmentFlag.AlignHCenter:
        return QRect(rect.center().x() - width // 2, rect.top(), width, rect.height())
    return QRect(rect.left(), rect.top(), width, rect.height())


def _cut_text(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text() if _label_is_cut(widget) else ""
    if isinstance(widget, QPushButton):
        return widget.text() if widget.sizeHint().width() > widget.width() + ROUNDING else ""
    if isinstance(widget, QComboBox):
        items = [widget.itemText(at) for at in range(widget.count())]
        return next((text for text in items if _width(widget, text) > widget.width() - PICKER_EDGES), "")
    if isinstance(widget, QLineEdit):
        text = widget.placeholderText()
        return text if _width(widget, text) > widget.width() - EDIT_EDGES else ""
    if isinstance(widget, QPlainTextEdit):
        room = widget.viewport().rect().adjusted(4, 4, -4, -4)
        text = widget.placeholderText()
        wrapped = widget.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        return text if wrapped.height() > room.height() else ""
    return ""


def _width(widget: QWidget, text: str) -> float:
    return QFontMetricsF(widget.font()).horizontalAdvance(text)


def _label_is_cut(label: QLabel) -> bool:
    if not label.text():
        return False
    if label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + ROUNDING:
            return True
        words = label.text().split()
        margins = label.contentsMargins()
        room = label.width() - margins.left() - margins.right() + ROUNDING
        if any(_width(label, word) > room for word in words):
            return True
    elif label.sizeHint().width() > label.width() + ROUNDING or label.sizeHint().height() > label.height() + 2:
        return True
    return _sticks_out(label)


def _sticks_out(widget: QWidget) -> bool:
    """Whether an ancestor cuts it off; inside a scroll area that is no fault."""
    parent = widget.parentWidget()
    while parent is not None and not widget.isWindow():
        if isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea):
            return False
        corner = widget.mapTo(parent, QPoint(0, 0))
        if corner.x() < -ROUNDING or corner.x() + widget.width() > parent.width() + ROUNDING:
            return True
        if corner.y() < -ROUNDING or corner.y() + widget.height() > parent.height() + ROUNDING:
            return True
        if parent.isWindow():
            return False
        parent = parent.parentWidget()
    return False


def spoken_texts(root: QWidget) -> str:
    """All that the accessible nodes of what is visible say."""
    kinds = QAccessible.Text
    said, waiting = [], [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        node = waiting.pop()
        if node is None or not node.isValid() or node.state().invisible:
            continue
        said += [node.text(kind) for kind in (kinds.Name, kinds.Description, kinds.Value)]
        waiting += [node.child(at) for at in range(min(node.childCount(), MOST_NODES))]
    return "\n".join(said)

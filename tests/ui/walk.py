"""What no screen may have, found by walking its widgets: a text that is cut, a focusable widget without a name."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

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
    return [f"{_place(w)}: {text}" for w in shown_widgets(root) if (text := _cut_text(w))]


def nameless(root: QWidget) -> list[str]:
    """Widgets that can have the focus and tell a reader no name."""
    return [
        _place(widget)
        for widget in shown_widgets(root)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.focusProxy()
        if not _spoken_name(widget).strip()
    ]


@contextmanager
def painted_cuts(cuts: list[str]) -> Iterator[None]:
    """Collect what painters end in … meanwhile."""
    original = QFontMetricsF.elidedText

    def watched(self: QFontMetricsF, text: str, mode: Qt.TextElideMode, width: float, flags: int = 0) -> str:
        shown = original(self, text, mode, width, flags)
        if shown != text:
            cuts.append(f"painted: {text}")
        return shown

    QFontMetricsF.elidedText = watched  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        QFontMetricsF.elidedText = original  # type: ignore[method-assign]


def _spoken_name(widget: QWidget) -> str:
    node = QAccessible.queryAccessibleInterface(widget)
    return node.text(QAccessible.Text.Name) if node is not None else ""


def _place(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None:
        names.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names[:4])


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

"""What a person without a mouse, with little sight or with none would miss on a screen: a walk over its widgets.

Rules: WCAG 2.2, levels A and AA: 4.1.2 (name, role), 2.1.1 (keyboard), 2.5.8 (targets), 1.4.3 (contrast of text).
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from tests.ui.walk import place_of, shown_widgets

SMALLEST_TARGET = 24
"""Logical pixels (WCAG 2.2, 2.5.8)."""
TEXT_CONTRAST, LARGE_CONTRAST, LARGE_PX = 4.5, 3.0, 24
"""WCAG 2.2, 1.4.3: 18 pt is 24 px."""
BOXES = {
    QAccessible.Role.Client,
    QAccessible.Role.NoRole,
    QAccessible.Role.Pane,
    QAccessible.Role.Border,
    QAccessible.Role.Grouping,
    QAccessible.Role.LayeredPane,
    QAccessible.Role.Graphic,
}
CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSlider, QAbstractSpinBox, QAbstractItemView)


def stops(root: QWidget) -> list[QWidget]:
    """Where Tab can come on a screen: what shows, is enabled and has no proxy.

    Not by nextInFocusChain: where that comes to the window itself, Python owns the window no more and never destroys it
    (PySide6 6.12), but empties its objects, and every later change of the focus fails in their slots.
    """
    return [
        widget
        for widget in shown_widgets(root)
        if widget is not root and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.focusProxy() is None
    ]


def without_role(root: QWidget) -> list[str]:
    """Places where the focus can be and a reader finds a box."""
    return [f"{place_of(w)} is a {_node(w).role().name}" for w in stops(root) if _node(w).role() in BOXES]


def twins(root: QWidget) -> list[str]:
    """Stops of Tab that sound the same beside each other, so that nobody can tell which is meant."""
    said = Counter((w.parentWidget() or w, _node(w).role(), _node(w).text(QAccessible.Text.Name)) for w in stops(root))
    return [f"{place_of(parent)}: {n} times {name!r}" for (parent, _role, name), n in said.items() if n > 1]


def small_targets(root: QWidget) -> list[str]:
    """Things to be pressed that are smaller than a shaking hand needs; a field counts with the frame round it."""
    return [
        f"{place_of(w)}: {w.width()} x {w.height()}"
        for w in shown_widgets(root)
        if isinstance(w, QAbstractButton | QComboBox | QLineEdit) and w.isEnabled() and _extent(w) < SMALLEST_TARGET
        if not isinstance(w.parentWidget(), QComboBox | QAbstractSpinBox)
    ]


def _extent(widget: QWidget) -> int:
    frame = widget.parentWidget()
    if isinstance(widget, QLineEdit) and widget.property("bare") and frame is not None:
        return min(widget.width(), frame.height())
    return min(widget.width(), widget.height())


def mouse_only(root: QWidget) -> list[str]:
    """Controls that Tab and the arrows do not reach, unless they are the picture of what their row does by keys."""
    return [place_of(w) for w in shown_widgets(root) if isinstance(w, CONTROLS) and w.isEnabled() and _is_left_out(w)]


def _is_left_out(widget: QWidget) -> bool:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QScrollBar):  # what it scrolls has the keys
        return False
    if isinstance(widget, QAbstractButton) and _is_in_group(widget):
        return False
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractItemView | QComboBox | QAbstractSpinBox) or type(above).__name__ in KEYED:
            return False
        if above.isWindow():
            break
        above = above.parentWidget()
    return True


def _is_in_group(button: QAbstractButton) -> bool:
    """Whether arrows come to it from another button of its group, which is the one stop of Tab."""
    group = button.group()
    others = group.buttons() if group is not None else []
    return any(other.focusPolicy() & Qt.FocusPolicy.TabFocus for other in others if other.isVisible())


KEYED = {
    "FieldRow": "the row has the focus: letters, Return",
    "ThresholdRow": "the row has the focus: arrows, Return",
    "ReasonRows": "digits, and arrows from the one that has the focus",
    "SessionBar": "Ctrl+1 to Ctrl+5",
    "CallerChooser": "digits, and arrows from the line that has the focus",
    "Palette": "arrows in its field go through the list, Return takes the line",
}
"""What has the keys for the controls in it, by class, and which."""


def faint_texts(root: QWidget, picture: QImage) -> list[str]:
    """Texts whose ink does not stand out enough from what is behind them, measured in the pixels that were drawn."""
    colours = pixels_of(picture)
    scale = picture.devicePixelRatio()
    found = []
    for widget in shown_widgets(root):
        if not _is_read(widget) or not widget.isEnabled() or _is_covered(widget, root):
            continue
        corner = widget.mapTo(root, QPoint(0, 0))
        seen = widget.visibleRegion().boundingRect()
        rect = QRect(corner + seen.topLeft(), seen.size())
        ratio = _contrast_in(colours, rect, scale)
        needed = LARGE_CONTRAST if widget.fontInfo().pixelSize() >= LARGE_PX else TEXT_CONTRAST
        if 1.0 < ratio < needed:
            found.append(f"{place_of(widget)}: {_text(widget)!r} {ratio:.2f} of {needed}")
    return found


def _is_read(widget: QWidget) -> bool:
    return any(sign.isalnum() for sign in _text(widget))


def _is_covered(widget: QWidget, root: QWidget) -> bool:
    """Whether a popover lies over a part of it, or a scroll area cuts it."""
    if widget.visibleRegion().boundingRect() != widget.rect():
        return True
    rect = widget.rect().adjusted(1, 1, -1, -1)
    places = (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight(), rect.center())
    there = [root.childAt(widget.mapTo(root, place)) for place in places]
    return any(found is not widget and (found is None or not widget.isAncestorOf(found)) for found in there)


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def pixels_of(picture: QImage) -> NDArray[np.uint32]:
    """The picture as 0xffRRGGBB."""
    image = picture.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return flat[:, : image.width()].copy()


def _contrast_in(colours: NDArray[np.uint32], rect: QRect, scale: float) -> float:
    """The strongest contrast with the ground in a rectangle: antialiased edges are fainter than the ink's core."""
    top, left = max(0, round(rect.top() * scale)), max(0, round(rect.left() * scale))
    part = colours[top : top + round(rect.height() * scale), left : left + round(rect.width() * scale)]
    if part.size == 0:
        return 0.0
    values, counts = np.unique(part, return_counts=True)
    ground = luminance(int(values[int(np.argmax(counts))]))
    return max(ratio_of(luminance(int(value)), ground) for value in values)


def luminance(colour: int) -> float:
    """Relative luminance of 0xRRGGBB (WCAG 2.2, glossary)."""
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio_of(one: float, other: float) -> float:
    """Contrast ratio of two luminances, 1 to 21."""
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


def _node(widget: QWidget) -> QAccessibleInterface:
    node = QAccessible.queryAccessibleInterface(widget)
    assert node is not None
    return node


def faults(root: QWidget, picture: QImage) -> Iterator[tuple[str, str]]:
    """All of it: what kind, and where."""
    for kind, look in (("role", without_role), ("twins", twins), ("small", small_targets), ("mouse", mouse_only)):
        for place in look(root):
            yield kind, place
    for place in faint_texts(root, picture):
        yield "faint", place

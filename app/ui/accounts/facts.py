"""Parts that the pages of the drawer share: a heading, a fact under its name, a quiet ground for a question."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.ui.theme.fonts import BODY, FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.chips import Avatar, Chip
from app.ui.widgets.labels import ElidedLabel, text_label
from app.ui.words import class_name

LABEL_WIDTH = 104


def heading(look: Look, text: str, under: str = "") -> QVBoxLayout:
    """A page's title with a line under it."""
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(text_label(look, text, size=TITLE, weight=Weight.SEMIBOLD, wrap=True))
    if under:
        column.addWidget(text_label(look, under, ink="ink2", wrap=True))
    return column


def person(look: Look, name: str, account: str) -> QHBoxLayout:
    """Who: initials, name, account."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Avatar(look, name, 40), 0, Qt.AlignmentFlag.AlignTop)
    names = QVBoxLayout()
    names.setSpacing(1)
    names.addWidget(ElidedLabel(look, name, size=TITLE, weight=Weight.SEMIBOLD))
    names.addWidget(ElidedLabel(look, account, ink="ink2"))
    row.addLayout(names, 1)
    return row


def section(look: Look, text: str) -> QLabel:
    """The name of a group."""
    return text_label(look, text, ink="ink2", size=SMALL, weight=Weight.SEMIBOLD)


def fact(look: Look, label: str, value: str | QWidget) -> QHBoxLayout:
    """A name and what belongs to it, in two columns."""
    row = QHBoxLayout()
    row.setSpacing(8)
    name = text_label(look, label, ink="ink2", size=SMALL, wrap=True)
    name.setFixedWidth(look.px(LABEL_WIDTH))
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    if isinstance(value, str):
        value = text_label(look, value, size=BODY, features=FIGURES, wrap=True)
    row.addWidget(value, 1)
    return row


def class_chips(look: Look, classes: Iterable[DataClass], tone: str = "") -> QWidget:
    """Classes as chips, two rows of three at most."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    found = list(classes)
    for at in range(0, len(found), 3):
        row = QHBoxLayout()
        row.setSpacing(4)
        for data_class in found[at : at + 3]:
            row.addWidget(Chip(look, class_name(data_class), tone=tone))
        row.addStretch(1)
        column.addLayout(row)
    return widget


class Question(QFrame):
    """A ground for one question within a page.

    Attributes:
        column: what it asks.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("ground", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(8)


def newest(page: QWidget, name: str) -> QWidget | None:
    """The widget of a name that was made last: one that `empty` has taken away is there until the loop turns."""
    found = page.findChildren(QWidget, name)
    return found[-1] if found else None


def focus_newest(page: QWidget, *names: str) -> QWidget | None:
    """Show the first of these that there is, and put the focus on it."""
    first = next((widget for name in names if (widget := newest(page, name)) is not None), None)
    if first is not None:
        first.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
    return first


def empty(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()

"""What a screen reader finds where Qt's own answer would be wrong: which of our widgets is what (ui.md section 8).

Qt knows its own widgets. Ours would be nameless boxes (`filler`), with every painted part a node beside the one that
counts. A class says here by its name what it is; a node asks its widget each time, so that seconds left are those of
now, and holds no text of its own.

Invariants: no node holds or asks for a value; Qt owns the nodes and drops them with their widgets.
"""

from collections.abc import Callable

from PySide6.QtCore import QLoggingCategory, QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Maker = Callable[[QWidget], QAccessibleInterface]

_MAKERS: dict[str, Maker] = {}


def heard_as(class_name: str, maker: Maker) -> None:
    """Say what a reader finds for widgets of a class, and of classes made from it that say nothing themselves."""
    _MAKERS[class_name] = maker


def install() -> None:
    """Let Qt ask here first; once in a process.

    Qt warns in the log of each letter that it could not tell of, and of each node that a reader asks for too late.
    """
    QAccessible.installFactory(_node_for)
    QLoggingCategory.setFilterRules("qt.accessibility.atspi.warning=false")


def _node_for(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    maker = _MAKERS.get(class_name)
    return maker(thing) if maker is not None and isinstance(thing, QWidget) else None


class Leaf(QAccessibleWidget):
    """A widget whose parts are painted, or say the same again: a reader finds nothing below it."""

    def childCount(self) -> int:  # noqa: N802 (Qt's name)
        """None."""
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """None."""
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """None: a pointer finds the whole."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 (Qt's name)
        """None is known."""
        return -1


class Ornament(Leaf):
    """Something beside words that say it already: a reader passes over it."""

    def state(self) -> QAccessible.State:
        """Never to be seen by a reader, whatever the eye sees."""
        state = super().state()
        state.invisible = True
        return state


class SecretLine(Leaf):
    """A field for a password: its name and that it is one, and no text at all, not even dots.

    Qt tells the accessibility bus each letter that is typed into a QLineEdit, and the whole text when it is emptied, in
    the clear and whatever its echo mode (found over a real bus, Qt 6.12); every program of the person may listen there.
    Events of a node without a text interface are dropped.
    """

    def state(self) -> QAccessible.State:
        """A password that can be typed."""
        state = super().state()
        state.passwordEdit = state.editable = True
        return state


def secret_line(widget: QWidget) -> QAccessibleInterface:
    """A field for a password."""
    return SecretLine(widget, QAccessible.Role.EditableText)


class DialogNode(QAccessibleWidget):
    """A card over the window that keeps Tab inside until it is closed."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Dialog)

    def state(self) -> QAccessible.State:
        """What is under it waits."""
        state = super().state()
        state.modal = True
        return state


def chart(widget: QWidget) -> QAccessibleInterface:
    """A plot: its name says the chosen part, its table (F2) everything."""
    return Leaf(widget, QAccessible.Role.Chart)


def form(widget: QWidget) -> QAccessibleInterface:
    """A page that has the focus as a whole, so that its title is said."""
    return QAccessibleWidget(widget, QAccessible.Role.Form)


def plain_text(widget: QWidget) -> QAccessibleInterface:
    """Words that stand there."""
    return Leaf(widget, QAccessible.Role.StaticText)


def ornament(widget: QWidget) -> QAccessibleInterface:
    """An icon beside its words."""
    return Ornament(widget, QAccessible.Role.Graphic)

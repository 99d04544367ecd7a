"""What a screen reader finds where Qt's own answer would be wrong: which of our widgets is what (ui.md section 8).

Qt knows its own widgets. Ours would be nameless boxes (`filler`), with every painted part a node beside the one that
counts. A class says here by its name what it is; a node asks its widget each time, so that seconds left are those of
now, and holds no text of its own.

Invariants: no node holds or asks for a value; Qt owns the nodes and drops them with their widgets.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Maker = Callable[[QWidget], QAccessibleInterface]

_MAKERS: dict[str, Maker] = {}


def heard_as(class_name: str, maker: Maker) -> None:
    """Say what a reader finds for widgets of a class, and of classes made from it that say nothing themselves."""
    _MAKERS[class_name] = maker


def install() -> None:
    """Let Qt ask here first; once in a process."""
    QAccessible.installFactory(_node_for)


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


def plain_text(widget: QWidget) -> QAccessibleInterface:
    """Words that stand there."""
    return Leaf(widget, QAccessible.Role.StaticText)


def ornament(widget: QWidget) -> QAccessibleInterface:
    """An icon beside its words."""
    return Ornament(widget, QAccessible.Role.Graphic)

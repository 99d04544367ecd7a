"""Controls that the machine's administrator has settled: greyed, with who did it, for eyes and for readers."""

from PySide6.QtWidgets import QWidget

from app.ui.application import managed_on_screen
from app.ui.language import tr as _tr


def is_settled(key: str) -> bool:
    """Whether the machine policy has settled what a control would change, by its setting's key."""
    return managed_on_screen().is_managed(key)


def is_shut(key: str) -> bool:
    """Whether the machine policy lets something not be done here, by its setting's key."""
    return not managed_on_screen().allows(key)


def settled_words() -> str:
    """Who has settled it."""
    return _tr("Set by your organisation")


def show_choice(widget: QWidget, *, is_settled: bool) -> None:
    """Grey a control while it is settled, and give it back when it is not."""
    if is_settled:
        show_settled(widget)
    elif not widget.isEnabled():
        widget.setEnabled(True)
        widget.setToolTip("")
        widget.setAccessibleDescription("")


def show_settled(widget: QWidget) -> None:
    """Grey a control, and say why in its tool tip and to readers."""
    widget.setEnabled(False)
    widget.setToolTip(settled_words())
    widget.setAccessibleDescription(settled_words())

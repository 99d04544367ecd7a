"""The line in a request for an unlock that asks whether checking is enough; with the way to the identity check."""

from PySide6.QtCore import Signal

from app.ui.theme.look import Look
from app.ui.widgets.strips import Strip


class CheckEnough(Strip):
    """Hidden until its popover has something to check.

    Signals:
        wanted: go to the identity check.
    """

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        words = self.tr("Is checking enough? Type what the caller says.")
        super().__init__(look, words, "info", action=self.tr("Verify"), sign="user-check", name="check_enough")
        self.setAccessibleName(words)
        self.action.setObjectName("verify_instead")
        self.action.clicked.connect(self.wanted)
        self.hide()  # never shown before it has a place: it would be a window of its own

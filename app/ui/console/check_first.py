"""The line in a popover that says: identify the caller first; with the way there."""

from PySide6.QtCore import Signal

from app.ui.theme.look import Look
from app.ui.widgets.strips import Strip


class CheckFirst(Strip):
    """Hidden until its popover needs it.

    Signals:
        wanted: go to the identity check.
    """

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        words = self.tr("Check who is calling first. The answer is usually enough.")
        way = self.tr("Identity check")
        super().__init__(look, words, "warn", action=way, sign="user-check", name="check_first")
        self.setAccessibleName(words)
        self.setContentsMargins(0, 0, 0, 8)
        self.action.setObjectName("go_to_check")
        self.action.clicked.connect(self.wanted)
        self.hide()  # never shown before it has a place: it would be a window of its own

"""The line in a popover that says: identify the caller first; with the way there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.look import Look
from app.ui.widgets.strips import Strip

BELOW = 12
"""Room under the strip in px."""


class CheckFirst(QWidget):
    """Hidden until its popover needs it.

    Signals:
        wanted: go to the identity check.
    """

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        words = self.tr("Check who is calling first.")
        self.strip = Strip(look, words, "warn", action=self.tr("Identity check"), sign="user-check", name="check_first")
        self.strip.setAccessibleName(words)
        more = self.tr("The answer is usually enough.")
        self.strip.setAccessibleDescription(more)
        self.strip.setToolTip(more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, BELOW)
        column.addWidget(self.strip)
        self.action = self.strip.action
        self.action.setObjectName("go_to_check")
        self.action.clicked.connect(self.wanted)
        self.hide()  # never shown before it has a place: it would be a window of its own

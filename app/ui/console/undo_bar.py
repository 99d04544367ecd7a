"""A quiet line after a finish: who was finished, how, and `Undo` for a while; then it is gone."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel, icon_label

SHOWN_MS = 12_000
"""Longer than it takes to read the line twice; meanwhile nothing waits for it."""


class UndoBar(QFrame):
    """One line and one action.

    Signals:
        undo_wanted: bring the visit back.
        gone: the time is over.
    """

    undo_wanted = Signal()
    gone = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("undo_bar")
        self.setProperty("kind", "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 2, 4, 2)
        row.setSpacing(7)
        row.addWidget(icon_label(look, "check", "ok", 14))
        self.label = ElidedLabel(look, "", ink="ink2", size=SMALL, weight=Weight.MEDIUM)
        row.addWidget(self.label, 1)
        self.button = Button(look, self.tr("Undo"), "link", name="undo_finish")
        self.button.clicked.connect(self.undo_wanted)
        row.addWidget(self.button)
        self._time = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._time.timeout.connect(self.close_bar)
        self.hide()

    def say(self, words: str) -> None:
        """Show it for its time."""
        self.label.setText(words)
        self.setAccessibleName(words)
        self.show()
        self._time.start()
        announce(self, words)

    def close_bar(self) -> None:
        """It is over; the focus goes on from here as by Tab, never lost."""
        if self.isHidden():
            return
        self._time.stop()
        if self.button.hasFocus():
            self.focusNextChild()
        self.hide()
        self.gone.emit()

"""A workstation's one-time code, shown once: with what it is for, until when it counts, and a way into the clipboard.

Invariant: `forget` leaves the code in no widget; the screen calls it whenever the page is left. A copy carries Tirai's
mark, and is taken out after its seconds, at a lock and at the end (`app/ui/clipboard/keeper.py`).
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.workstations import WorkstationCode
from app.ui.accounts.code_page import code_in_lines
from app.ui.accounts.facts import empty, heading
from app.ui.clipboard.keeper import ClipboardKeeper
from app.ui.theme.fonts import SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message, Strip
from app.ui.words import day_and_time


class SeatCodePage(QWidget):
    """The code. Ctrl+C copies it, wherever on the page the focus is.

    Args:
        look: colours.
        copy_s: for how many seconds a copy stays in the clipboard.

    Signals:
        left: it was noted.
    """

    left = Signal()

    def __init__(self, look: Look, copy_s: Callable[[], int]) -> None:
        super().__init__()
        self._look, self._copy_s = look, copy_s
        self._shown: WorkstationCode | None = None
        self.clipboard = ClipboardKeeper(QGuiApplication.clipboard(), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        self._head = QVBoxLayout()
        column.addLayout(self._head)
        self.code = text_label(look, "", size=18, weight=Weight.MEDIUM, features=VALUES)
        self.code.setObjectName("seat_code")
        self.code.setProperty("ground", "card")
        self.code.setMargin(14)
        self.code.setAccessibleName(self.tr("Code of the workstation, shown once"))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)  # else it takes the copying key
        self.code.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column.addWidget(self.code)
        self.until = text_label(look, "", weight=Weight.MEDIUM, wrap=True)
        self.until.setObjectName("seat_code_until")
        column.addWidget(self.until)
        column.addWidget(
            Strip(look, self.tr("It is shown this once. Take it back and make another one if it is lost."), "warn")
        )
        how = self.tr("At the workstation, as the person who works there: tirai seat enrol. It asks for the code.")
        column.addWidget(text_label(look, how, ink="ink2", size=SMALL, wrap=True))
        self.copied = Message(look, "ok", "seat_code_copied")
        column.addWidget(self.copied)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.copy = Button(look, self.tr("Copy"), "secondary", icon="copy", name="copy_seat_code")
        self.copy.clicked.connect(self._on_copy)
        foot.addWidget(self.copy)
        self.noted = Button(look, self.tr("I have noted it"), "primary", name="seat_code_noted")
        self.noted.clicked.connect(self._on_noted)
        foot.addWidget(self.noted)
        column.addLayout(foot)
        column.addStretch(1)
        self.clipboard.moved.connect(self._on_copy_moved)

    def show_code(self, made: WorkstationCode) -> None:
        """Show a code, and until when it counts."""
        self.forget()
        self._shown = made
        empty(self._head)
        self._head.addLayout(heading(self._look, self.tr("Code of a workstation"), made.name))
        self.code.setText(code_in_lines(made.code.reveal()))
        self.until.setText(self.tr("It counts once, until {t}.").format(t=day_and_time(made.until)))
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)  # a Return too many loses no code

    def forget(self) -> None:
        """Leave the code nowhere on the screen; a copy in the clipboard keeps its seconds."""
        self.code.setText("")
        self.copied.say("")
        if self._shown is not None:
            self._shown.code.forget()
            self._shown = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The system's key for copying."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._on_copy()
        else:
            super().keyPressEvent(event)

    def _on_copy(self) -> None:
        if self._shown is None:
            return
        seconds = self._copy_s()
        self.clipboard.put(self._shown.code.reveal(), seconds)
        words = self.tr("Copied; the clipboard is cleared in {n} seconds").format(n=seconds)
        self.copied.say(words)
        announce(self.code, words)

    def _on_copy_moved(self, left: int) -> None:
        if left == 0:
            self.copied.say("")

    def _on_noted(self) -> None:
        self.forget()
        self.left.emit()

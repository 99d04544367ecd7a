"""A document on its way: how much of the log is read for it, and Stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import number

_BAR = 180


class MakingStrip(Strip):
    """One line below the question, while a document takes more than a second.

    Signals:
        stopped: the person does not want to wait.
    """

    stopped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "info", action=self.tr("Stop"), flat=True, sign="hourglass", name="who_saw_making")
        self.bar = QProgressBar()
        self.bar.setObjectName("who_saw_progress")
        self.bar.setAccessibleName(self.tr("Making the PDF"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(look.px(_BAR), look.px(6))
        self._actions.insertWidget(0, self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self.action.setObjectName("who_saw_stop")
        self.action.setAccessibleName(self.tr("Stop making the PDF"))
        self.action.clicked.connect(self.stopped)
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """So many entries of the log are read, of so many."""
        is_new = self.isHidden()
        text = self.tr("The whole log is read before a document is made: {n} of {total} entries")
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.say(text.format(n=number(done), total=number(total)))
        if is_new:
            announce(self, self.label.text())

    def show_stopping(self) -> None:
        """Stop was pressed; what runs ends at the next page of the log."""
        if not self.isHidden():
            self.say(self.tr("Stopping…"))

    def end(self) -> bool:
        """Nothing is being made any more; whether Stop had the focus."""
        had_focus = self.action.hasFocus()
        self.say("")
        return had_focus

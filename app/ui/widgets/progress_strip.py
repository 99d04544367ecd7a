"""Something long on its way: what it is and how far, a bar, and Stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip

_BAR = 180


class ProgressStrip(Strip):
    """One line, while something takes more than a second.

    Args:
        look: colours.
        name: of its parts: `NAME_making`, `NAME_progress`, `NAME_stop`.
        what: what is on its way, to a reader.
        stop: what Stop does, to a reader.

    Signals:
        stopped: the person does not want to wait.
    """

    stopped = Signal()

    def __init__(self, look: Look, name: str, what: str, stop: str) -> None:
        super().__init__(look, "", "info", action=self.tr("Stop"), flat=True, sign="hourglass", name=f"{name}_making")
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}_progress")
        self.bar.setAccessibleName(what)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(look.px(_BAR), look.px(6))
        self._actions.insertWidget(0, self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self.action.setObjectName(f"{name}_stop")
        self.action.setAccessibleName(stop)
        self.action.clicked.connect(self.stopped)
        self.hide()

    def show_far(self, text: str, done: int, total: int) -> None:
        """It has come so far.

        Args:
            text: the sentence.
            done: for the bar.
            total: of so much; 0: there is no bar.
        """
        is_new = self.isHidden()
        self.bar.setVisible(total > 0)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.say(text)
        if is_new:
            announce(self, self.label.text())

    def show_stopping(self) -> None:
        """Stop was pressed; what runs ends at its next step."""
        if not self.isHidden():
            self.say(self.tr("Stopping…"))

    def end(self) -> bool:
        """Nothing is on its way any more; whether Stop had the focus."""
        had_focus = self.action.hasFocus()
        self.say("")
        return had_focus

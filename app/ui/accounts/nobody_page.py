"""The drawer's page while no account is chosen; an administrator may end everybody's session here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.accounts.facts import Question
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message


class NobodyPage(QWidget):
    """A sentence, and End all sessions with its question.

    Signals:
        end_all_wanted: the button that confirmed it.
    """

    end_all_wanted = Signal(object)

    def __init__(self, look: Look, *, is_administrator: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        words = self.tr("Choose an account to see its sessions and classes.")
        column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        self.ask = Button(look, self.tr("End all sessions…"), "secondary", icon="log-out", name="end_all")
        column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask.setVisible(is_administrator)
        self.question = Question("end_all_question")
        words = self.tr("End the session of everybody but you? Their caches are wiped; saved notes stay.")
        self.question.column.addWidget(text_label(look, words, wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.cancel = Button(look, self.tr("Cancel"), "quiet", name="cancel_end_all")
        self.confirm = Button(look, self.tr("End all sessions"), "danger", name="confirm_end_all")
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        self.question.column.addLayout(foot)
        column.addWidget(self.question)
        self.question.hide()
        self.error, self.done = Message(look, "danger", "end_all_error"), Message(look, "ok", "end_all_done")
        column.addWidget(self.error)
        column.addWidget(self.done)
        column.addStretch(1)
        self.ask.clicked.connect(self._on_asked)
        self.cancel.clicked.connect(self._fold)
        self.confirm.clicked.connect(lambda: self.end_all_wanted.emit(self.confirm))

    def _on_asked(self) -> None:
        self.done.say("")
        self.ask.hide()
        self.question.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_question(self) -> bool:
        """Take the question back; whether it was asked."""
        if self.question.isHidden():
            return False
        self._fold()
        return True

    def _fold(self) -> None:
        self.question.hide()
        self.error.say("")
        self.ask.show()
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """A new try begins."""
        self.error.say("")
        self.done.say("")

    def set_working(self, works: bool) -> None:
        """While the office is asked nothing else is pressed here."""
        for button in (self.ask, self.cancel, self.confirm):
            button.setEnabled(button.is_busy or not works)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        has_focus = self.confirm.hasFocus()
        self.question.hide()
        self.ask.show()
        if has_focus:  # else the person works elsewhere by now
            self.ask.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear()
        self.done.say(sentence)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.error.say(sentence)

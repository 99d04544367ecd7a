"""The first page of a set-up: what is about to happen, and the office's name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.enrolment.fields import door_edit, labelled
from app.ui.enrolment.step_card import focus_first_empty
from app.ui.theme.fonts import Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message


class OfficePage(QWidget):
    """The office's name.

    Signals:
        entered: Return, with a name.
    """

    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            text_label(look, self.tr("There is no office here yet. Two people make one"), weight=Weight.SEMIBOLD)
        )
        column.addSpacing(3)
        words = self.tr(
            "An administrator, who makes accounts and sees no customer data, and a supervisor, who holds the class "
            "keys and hands them on. Both are needed here now, each with a phone that has an authenticator app."
        )
        column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        column.addSpacing(16)
        self.name = door_edit(look, self.tr("Name of this office"), "office_name", 60)
        self.name.returnPressed.connect(self._on_return_pressed)
        self.name.textEdited.connect(lambda: self.say(""))
        column.addLayout(labelled(look, self.tr("Name of this office"), self.name))
        column.addSpacing(4)
        self.error = Message(look, "danger", "setup_error")
        column.addWidget(self.error)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        """Say why it goes no further."""
        self.error.say(sentence)

    def is_complete(self) -> bool:
        """Whether a name is there; else it has the focus."""
        return not focus_first_empty([(self.name, not self.name.text().strip())])

    def _on_return_pressed(self) -> None:
        if self.is_complete():
            self.entered.emit()

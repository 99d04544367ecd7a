"""The first page of an enrolment: account and activation code."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.enrolment.fields import door_edit, labelled
from app.ui.enrolment.step_card import focus_first_empty
from app.ui.theme.fonts import SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message

LONGEST_CODE = 128
"""13 groups with whatever stands between them on paper or in a message."""


class AccountPage(QWidget):
    """Who has a code.

    Signals:
        entered: Return in the last field.
    """

    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = self.tr("Type what your administrator gave you")
        column.addWidget(text_label(look, title, weight=Weight.SEMIBOLD))
        column.addSpacing(3)
        words = self.tr("The code works once, for 24 hours. Capital or small letters, with or without dashes.")
        column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        column.addSpacing(16)
        self.account = door_edit(look, self.tr("Account"), "enrol_account", 128)
        self.account.returnPressed.connect(self._on_return_pressed)
        column.addLayout(labelled(look, self.tr("Account"), self.account))
        column.addSpacing(14)
        self.code = door_edit(look, self.tr("Activation code"), "activation_code", LONGEST_CODE, VALUES)
        self.code.returnPressed.connect(self._on_return_pressed)
        for edit in (self.account, self.code):
            edit.textEdited.connect(lambda: self.say(""))
        column.addLayout(labelled(look, self.tr("Activation code"), self.code))
        column.addSpacing(4)
        self.error = Message(look, "danger", "enrol_error")
        column.addWidget(self.error)
        hint = self.tr("No code? Ask the person who made your account.")
        self._hint = text_label(look, hint, ink="ink3", size=SMALL)
        column.addWidget(self._hint)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        """Say why it goes no further."""
        self._hint.setVisible(not sentence)
        self.error.say(sentence)

    def is_complete(self) -> bool:
        """Whether both are there; else the focus goes where one is missing."""
        fields = [(self.account, not self.account.text().strip()), (self.code, not self.code.text().strip())]
        return not focus_first_empty(fields)

    def forget(self) -> None:
        """Empty the code."""
        self.code.setText("")  # `clear` could be undone

    def _on_return_pressed(self) -> None:
        if self.is_complete():
            self.entered.emit()

"""The first page: account, password, and one of the ten recovery codes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.enrolment.fields import door_edit, door_password, labelled
from app.ui.enrolment.step_card import focus_first_empty
from app.ui.theme.fonts import SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message

LONGEST_CODE = 64


class RecoveryPage(QWidget):
    """Who has lost an authenticator.

    Signals:
        entered: Return in the last field.
    """

    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(text_label(look, self.tr("Use one of your recovery codes"), weight=Weight.SEMIBOLD))
        column.addSpacing(3)
        words = self.tr("With your password it sets up another authenticator. The code is used up then.")
        column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        column.addSpacing(16)
        self.account = door_edit(look, self.tr("Account"), "lost_account", 128)
        self.password = door_password(look, self.tr("Password"), "lost_password")
        self.code = door_edit(look, self.tr("Recovery code"), "lost_code", LONGEST_CODE, VALUES)
        for label, field in (
            (self.tr("Account"), self.account),
            (self.tr("Password"), self.password),
            (self.tr("Recovery code"), self.code),
        ):
            column.addLayout(labelled(look, label, field))
            column.addSpacing(12)
        self.account.returnPressed.connect(self._on_return_pressed)
        self.password.entered.connect(self._on_return_pressed)
        self.code.returnPressed.connect(self._on_return_pressed)
        self.setTabOrder(self.password.edit, self.code)
        self.setTabOrder(self.code, self.password.show_button)
        self.error = Message(look, "danger", "lost_error")
        column.addWidget(self.error)
        hint = self.tr("No code left? An administrator and a second person can reset your account.")
        self._hint = text_label(look, hint, ink="ink3", size=SMALL)
        column.addWidget(self._hint)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        """Say why it goes no further."""
        self._hint.setVisible(not sentence)
        self.error.say(sentence)

    def is_complete(self) -> bool:
        """Whether all three are there; else the focus goes where one is missing."""
        fields: list[tuple[QWidget, bool]] = [
            (self.account, not self.account.text().strip()),
            (self.password, not self.password.text()),
            (self.code, not self.code.text().strip()),
        ]
        return not focus_first_empty(fields)

    def forget(self) -> None:
        """Empty password and code."""
        self.password.clear()
        self.code.setText("")  # `clear` could be undone

    def _on_return_pressed(self) -> None:
        if self.is_complete():
            self.entered.emit()

"""Choosing a password: twice, with the rule in words (NIST SP 800-63B-4: length counts, kinds of signs do not)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.enrolment.fields import door_password, labelled
from app.ui.enrolment.step_card import focus_first_empty
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message


class PasswordPair(QWidget):
    """A password and the same again, side by side, with what is wrong under them.

    Signals:
        entered: Return, with both typed.
    """

    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        self.first = door_password(look, self.tr("New password"), "new_password")
        self.again = door_password(look, self.tr("The same again"), "password_again")
        grid.addLayout(labelled(look, self.tr("New password"), self.first), 0, 0)
        grid.addLayout(labelled(look, self.tr("The same again"), self.again), 0, 1)
        words = self.tr("At least 15 characters. Words are fine; it need not hold digits or signs.")
        self._rule = text_label(look, words, ink="ink3", size=SMALL)
        grid.addWidget(self._rule, 1, 0, 1, 2)
        self._caps = Message(look, "warn", "caps_lock")
        grid.addWidget(self._caps, 2, 0, 1, 2)
        self.error = Message(look, "danger", "enrol_error")
        grid.addWidget(self.error, 3, 0, 1, 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for edit in (self.first, self.again):
            edit.entered.connect(self._on_return_pressed)
            edit.caps_seen.connect(self._on_caps_seen)
            edit.edit.textChanged.connect(self._on_typed)

    def say(self, sentence: str) -> None:
        """Say why it goes no further, in the place of the rule."""
        self.error.say(sentence)
        self._rule.setVisible(not sentence)

    def take_if_same(self) -> str | None:
        """The password if both are the same; else None, and the person knows why."""
        first, again = self.first.text(), self.again.text()
        if focus_first_empty([(self.first, not first), (self.again, not again)]):
            return None
        if first != again:
            self.say(self.tr("The two are not the same."))
            self.again.clear()
            focus_first_empty([(self.again, True)])
            return None
        self.say("")
        return first

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the password; both are empty."""
        self.say(sentence)
        self.forget()
        focus_first_empty([(self.first, True)])

    def forget(self) -> None:
        """Empty both."""
        self.first.clear()
        self.again.clear()
        self._caps.say("")

    def _on_caps_seen(self, on: bool) -> None:
        self._caps.say(self.tr("Caps Lock is on") if on else "")

    def _on_typed(self, text: str) -> None:
        if text and self.error.text():
            self.say("")

    def _on_return_pressed(self) -> None:
        if not focus_first_empty([(self.first, not self.first.text()), (self.again, not self.again.text())]):
            self.entered.emit()


class PasswordPage(QWidget):
    """The page of an enrolment with the password."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = text_label(look, "", weight=Weight.SEMIBOLD)
        column.addWidget(self._title)
        column.addSpacing(3)
        words = self.tr(
            "It never leaves this workstation. Four or five words that nobody else would put together do well."
        )
        column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        column.addSpacing(16)
        self.pair = PasswordPair(look)
        column.addWidget(self.pair)
        column.addStretch(1)

    def add(self, below: QWidget) -> None:
        """Put something below the two fields."""
        self._column.insertSpacing(self._column.count() - 1, 12)
        self._column.insertWidget(self._column.count() - 1, below)

    def greet(self, display_name: str) -> None:
        """Say whose account it is."""
        self._title.setText(self.tr("Welcome, {name}. Choose a password").format(name=display_name))

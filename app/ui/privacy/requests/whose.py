"""Questions about whose a request is: that it is a customer's after all, and that it is not this one's."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from app.domain.subject_requests.words import IdentityCheck
from app.ui.accounts.facts import Question
from app.ui.console.search_bar import Picker
from app.ui.privacy.requests.words import identity_name
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label

LONGEST_NUMBER = 64


class WhoseQuestion(Question):
    """Asks for the customer's number, and how it was found that they are who asked.

    Args:
        look: colours.
        typed: what was typed before the page was made anew.
        on_typed: hears what is typed.
        on_cancel: takes the question back.

    Signals:
        answered: the button, the number, and how the identity was checked.
    """

    answered = Signal(object, str, object)

    def __init__(
        self, look: Look, typed: str, on_typed: Callable[[str], object], on_cancel: Callable[[], object]
    ) -> None:
        super().__init__("whose_question")
        words = self.tr("Its words go under that customer’s key, and the answer is about their data.")
        self.column.addWidget(text_label(look, words, wrap=True))
        self.number = QLineEdit(typed)
        self.number.setObjectName("attach_number")
        self.number.setAccessibleName(self.tr("Customer number"))
        self.number.setPlaceholderText(self.tr("Customer number"))
        self.number.setMaxLength(LONGEST_NUMBER)
        self.number.textEdited.connect(on_typed)
        self.column.addWidget(self.number)
        self.how = Picker(look)
        self.how.setObjectName("attach_how")
        self.how.setAccessibleName(self.tr("How it was found that they are this customer"))
        for one in IdentityCheck:
            self.how.addItem(identity_name(one), one)
        self.column.addWidget(self.how)
        self.button = Button(look, self.tr("It is this customer’s"), "secondary", icon="user-check", name="attach_now")
        self.button.clicked.connect(self._send)
        self.number.returnPressed.connect(self._send)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(_cancel(look, self.tr("Cancel"), on_cancel), 0, Qt.AlignmentFlag.AlignLeft)

    def _send(self) -> None:
        if number := self.number.text().strip():
            self.answered.emit(self.button, number, IdentityCheck(self.how.currentData()))
        else:
            self.number.setFocus()


class DetachQuestion(Question):
    """Asks whether it is really not this customer's.

    Args:
        look: colours.
        is_copied: whether a copy of that customer's data was made for it.
        on_cancel: takes the question back.

    Signals:
        answered: the button.
    """

    answered = Signal(object)

    def __init__(self, look: Look, *, is_copied: bool, on_cancel: Callable[[], object]) -> None:
        super().__init__("detach_question")
        words = self.tr("It is nobody’s again, and the identity is checked anew. Both entries stay in the register.")
        self.column.addWidget(text_label(look, words, wrap=True))
        if is_copied:
            words = self.tr("A copy of this customer’s data was made. If it was handed over, report an incident.")
            self.column.addWidget(text_label(look, words, ink="danger", wrap=True))
        button = Button(look, self.tr("It is not this customer’s"), "danger", name="detach_now")
        button.clicked.connect(lambda: self.answered.emit(button))
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(_cancel(look, self.tr("Cancel"), on_cancel), 0, Qt.AlignmentFlag.AlignLeft)


def _cancel(look: Look, words: str, on_cancel: Callable[[], object]) -> Button:
    cancel = Button(look, words, "quiet", name="cancel_question")
    cancel.clicked.connect(on_cancel)
    return cancel

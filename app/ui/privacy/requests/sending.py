"""The question how and when a letter went out."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from app.domain.subject_requests.words import SentBy
from app.ui.accounts.facts import Question
from app.ui.console.search_bar import Picker
from app.ui.privacy.requests.words import days_ago_words, sent_name
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button

DAYS_AGO = (0, 1, 2, 3, 4, 5, 6, 7, 14)
LONGEST_REFERENCE = 40


class SentQuestion(Question):
    """Asks by which way a letter went out, on which day, and what proves it.

    Args:
        look: colours.
        typed: the reference that was typed before the page was made anew.
        on_typed: hears what is typed.
        on_cancel: takes the question back.

    Signals:
        answered: the button, the way, how many days ago, and the reference.
    """

    answered = Signal(object, object, int, str)

    def __init__(
        self, look: Look, typed: str, on_typed: Callable[[str], object], on_cancel: Callable[[], object]
    ) -> None:
        super().__init__("sent_question")
        self.way, self.when = Picker(look), Picker(look)
        self.way.setObjectName("sent_way")
        self.way.setAccessibleName(self.tr("How the letter went out"))
        for way in SentBy:
            self.way.addItem(sent_name(way), way)
        self.column.addWidget(self.way)
        self.when.setObjectName("sent_when")
        self.when.setAccessibleName(self.tr("On which day"))
        for days in DAYS_AGO:
            self.when.addItem(days_ago_words(days), days)
        self.column.addWidget(self.when)
        self.reference = QLineEdit(typed)
        self.reference.setObjectName("sent_reference")
        self.reference.setAccessibleName(self.tr("Number of the consignment, if there is one"))
        self.reference.setPlaceholderText(self.tr("Consignment number"))
        self.reference.setMaxLength(LONGEST_REFERENCE)
        self.reference.textEdited.connect(on_typed)
        self.reference.returnPressed.connect(self._send)
        self.column.addWidget(self.reference)
        self.button = Button(look, self.tr("The letter went out"), "secondary", icon="check", name="sent_now")
        self.button.clicked.connect(self._send)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        cancel = Button(look, self.tr("Cancel"), "quiet", name="cancel_question")
        cancel.clicked.connect(on_cancel)
        self.column.addWidget(cancel, 0, Qt.AlignmentFlag.AlignLeft)

    def _send(self) -> None:
        way, days = SentBy(self.way.currentData()), int(self.when.currentData())
        self.answered.emit(self.button, way, days, self.reference.text().strip())

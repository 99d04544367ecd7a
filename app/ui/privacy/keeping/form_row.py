"""A row of a form: a customer's number, one or two choices, a reference, and the button that sends it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.console.search_bar import Picker
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.strips import Message

NUMBER_WIDTH, CHOICE_WIDTH, REFERENCE_WIDTH = 190, 210, 170
BESIDE_WORDS = 30
"""What a field has at the two sides of its words."""
LONGEST_REFERENCE = 40


class _Edit(QLineEdit):
    """A field as wide as the design has it, and wider where its words are."""

    def __init__(self, look: Look, width: int) -> None:
        super().__init__()
        self._look, self._width = look, width

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """The words that say what belongs in it are seen whole."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + self._look.px(BESIDE_WORDS)
        return QSize(max(self._look.px(self._width), words), super().sizeHint().height())

    def retranslate(self) -> None:
        """Longer words, or shorter."""
        self.updateGeometry()


class FormRow(QWidget):
    """The row.

    Args:
        look: colours.
        name: begins the names of its parts.
        button: what the button says; its object name is `send`.
        send: object name of the button.

    Signals:
        sent: Return, or the button.
    """

    sent = Signal()

    def __init__(self, look: Look, name: str, button: str, send: str) -> None:
        super().__init__()
        self._look, self._name = look, name
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 0, 20, 10)
        column.setSpacing(4)
        self._row = FlowRow(8)
        column.addWidget(self._row)
        self.number = self._edit("number", self.tr("Customer number"), NUMBER_WIDTH, 64)
        self._row.add(self.number)
        self.pickers: list[Picker] = []
        self.reference = self._edit("reference", self.tr("Number of the request"), REFERENCE_WIDTH, LONGEST_REFERENCE)
        self.button = Button(look, button, "primary", name=send)
        self.button.clicked.connect(self.sent)
        self.error = Message(look, "danger", f"{name}_error")
        column.addWidget(self.error)

    def add_choice(self, name: str, words: str, choices: Sequence[tuple[str, str]]) -> Picker:
        """A choice; words and value of each."""
        picker = Picker(self._look)
        picker.setObjectName(f"{self._name}_{name}")
        picker.setAccessibleName(words)
        picker.setMinimumWidth(self._look.px(CHOICE_WIDTH))
        picker.setSizeAdjustPolicy(Picker.SizeAdjustPolicy.AdjustToContents)
        self.fill(picker, choices)
        self._row.add(picker)
        self.pickers.append(picker)
        return picker

    def finish(self, reference: str = "") -> None:
        """All choices are there: reference and button follow. `reference` says what it is, where it is no request's."""
        if reference:
            self.reference.setPlaceholderText(reference)
            self.reference.setAccessibleName(reference)
        self._row.add(self.reference)
        self._row.add(self.button)

    def finish_without_reference(self) -> None:
        """All choices are there, and nothing refers to a paper: the button follows."""
        self.reference.setParent(self)
        self.reference.hide()
        self._row.add(self.button)

    @staticmethod
    def fill(picker: Picker, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices."""
        picker.clear()
        for words, value in choices:
            picker.addItem(words, value)

    def clear(self) -> None:
        """Leave nothing that was typed."""
        self.number.clear()
        self.reference.clear()
        self.error.say("")

    def refuse(self, sentence: str) -> None:
        """Say why it was not taken."""
        self.error.say(sentence)

    def _edit(self, name: str, words: str, width: int, most: int) -> QLineEdit:
        edit = _Edit(self._look, width)
        edit.setObjectName(f"{self._name}_{name}")
        edit.setAccessibleName(words)
        edit.setPlaceholderText(words)
        edit.setMaxLength(most)
        edit.returnPressed.connect(self.sent)
        edit.textEdited.connect(lambda _text: self.error.say(""))
        return edit

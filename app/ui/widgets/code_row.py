"""A fresh code inside a popover: label, boxes, and what the office said to the last one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.code_boxes import CodeBoxes
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message


class CodeRow(QWidget):
    """Asks for a code.

    Signals:
        changed: a digit more or less.
        entered: Return was pressed in the boxes.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = self.tr("Your code, a fresh one from your authenticator")
        label = text_label(look, words, ink="ink2", size=SMALL, weight=Weight.MEDIUM, wrap=True)
        self.boxes = CodeBoxes(look, name=name)
        label.setBuddy(self.boxes)
        self.error = Message(look, "danger", f"{name}_error")
        column.addWidget(label)
        column.addWidget(self.boxes)
        column.addWidget(self.error)
        self.boxes.textChanged.connect(lambda _text: self.changed.emit())
        self.boxes.returnPressed.connect(self.entered)

    def is_complete(self) -> bool:
        """Whether six digits are there."""
        return self.boxes.is_complete()

    def take(self) -> str:
        """The code; nothing can be typed until `refuse`."""
        self.error.say("")
        self.boxes.setEnabled(False)
        return self.boxes.text()

    def refuse(self, sentence: str) -> None:
        """Say what the office said; the boxes are empty and have the focus."""
        self.boxes.setEnabled(True)
        self.boxes.clear()
        self.boxes.set_wrong(True)
        self.error.say(sentence)
        self.focus_boxes()

    def focus_boxes(self) -> None:
        """Put the focus into the boxes."""
        self.boxes.setFocus(Qt.FocusReason.OtherFocusReason)

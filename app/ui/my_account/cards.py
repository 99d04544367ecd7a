"""A card of the own account: what stands, one button, and what unfolds below it."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.enrolment.fields import door_password, labelled
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.code_row import CodeRow
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.strips import Message


class Card(QFrame):
    """A title, a line under it, one button.

    Args:
        look: colours.
        name: object name; the button is called `NAME_button`.
        icon: of the title.
        title: what the card is about.
        button: what its one action says, or empty.

    Attributes:
        body: what unfolds; hidden at first.
        done: what was done last.

    Signals:
        changed: something of the account is otherwise now.
    """

    changed = Signal()

    def __init__(self, look: Look, name: str, icon: str, title: str, button: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("ground", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(icon_label(look, icon, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(text_label(look, title, weight=Weight.SEMIBOLD))
        self.state = text_label(look, "", ink="ink2", size=SMALL, wrap=True)
        words.addWidget(self.state)
        head.addLayout(words, 1)
        self.button = Button(look, button, "secondary", name=f"{name}_button")
        self.button.setVisible(False)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._has_button = bool(button)
        column.addLayout(head)
        self.button.setVisible(self._has_button)
        self.body = QWidget()
        column.addWidget(self.body)
        self.body.hide()
        self.done = Message(look, "ok", f"{name}_done")
        column.addWidget(self.done)

    def fold(self, sentence: str = "") -> None:
        """Hide the body; say what was done."""
        was_open = self._has_button and self.is_unfolded
        self.body.hide()
        self.button.setVisible(self._has_button)
        self.done.say(sentence)
        if was_open:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold(self) -> None:
        """Show the body in place of the button."""
        self.done.say("")
        self.button.hide()
        self.body.show()

    @property
    def is_unfolded(self) -> bool:
        """Whether the body stands in place of the button."""
        return not self.body.isHidden()


class CurrentFactors(QWidget):
    """The current password and a fresh code, which each change of a factor asks for.

    Attributes:
        second: where the code stands; something else may stand there in its place.

    Signals:
        entered: Return with both typed.
        changed: something was typed.
    """

    entered = Signal()
    changed = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        words = self.tr("Current password")
        self.password = door_password(look, words, f"{name}_current")
        left = QVBoxLayout()
        left.addLayout(labelled(look, words, self.password))
        left.addStretch(1)
        row.addLayout(left, 1)
        self.code = CodeRow(look, name=f"{name}_code")
        right = QVBoxLayout()
        right.setSpacing(0)
        self.second = QVBoxLayout()
        self.second.setSpacing(0)
        self.second.addWidget(self.code)
        right.addLayout(self.second)
        right.addStretch(1)
        row.addLayout(right, 1)
        self.password.entered.connect(self._on_entered)
        self.code.entered.connect(self._on_entered)
        self.code.changed.connect(self.changed)
        self.password.edit.textChanged.connect(lambda _text: self.changed.emit())

    def lead_on(self, *stops: QWidget) -> None:
        """Tab goes from password and code to these, and last to Show, as at the door."""
        chain = [self.password.edit, self.code.boxes, *stops, self.password.show_button]
        for one, next_one in pairwise(chain):
            self.setTabOrder(one, next_one)

    def is_complete(self) -> bool:
        """Whether both are typed."""
        return bool(self.password.text()) and self.code.is_complete()

    def focus_first_empty(self) -> None:
        """Put the focus where typing goes on."""
        if not self.password.text():
            self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.code.focus_boxes()

    def refuse(self, sentence: str) -> None:
        """Say why it was refused; the code is empty."""
        self.code.refuse(sentence)

    def forget(self) -> None:
        """Empty both."""
        self.password.clear()
        self.code.boxes.setEnabled(True)
        self.code.boxes.clear()
        self.code.error.say("")

    def _on_entered(self) -> None:
        if self.is_complete():
            self.entered.emit()
        else:
            self.focus_first_empty()

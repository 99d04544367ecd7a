"""A page of the drawer: facts that can be scrolled, a line for a refusal, buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.accounts.facts import empty, focus_newest
from app.ui.console.search_bar import Picker
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.strips import Message


class Page(QScrollArea):
    """One page.

    Attributes:
        facts: what it shows.
        foot: its buttons.
        error: why something was refused.

    Signals:
        left: back to what was there before.
    """

    left = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("ground", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(20, 18, 20, 18)
        self.column.setSpacing(0)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(9)
        self.column.addLayout(self.facts)
        self.column.addSpacing(12)
        self.error = Message(look, "danger", f"{name}_error")
        self.column.addWidget(self.error)
        self.column.addSpacing(4)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(6)
        self.column.addLayout(self.foot)
        self.column.addStretch(1)
        self.setWidget(inner)

    def begin(self) -> None:
        """Take away what was shown before."""
        empty(self.facts)
        empty(self.foot)
        self.error.say("")

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.error.say(sentence)
        self.ensureWidgetVisible(self.error)

    def clear(self) -> None:
        """A new try begins."""
        self.error.say("")

    def set_working(self, works: bool) -> None:
        """While the office is asked nothing else is pressed here."""
        for button in self.findChildren(Button):
            button.setEnabled(button.is_busy or not works)

    def button(self, words: str, kind: str, name: str, icon: str = "") -> Button:
        """Another button in the foot."""
        button = Button(self._look, words, kind, icon=icon, name=name)
        self.foot.addWidget(button)
        return button

    def picker(self, name: str, label: str, choices: list[tuple[str, object]], chosen: object) -> Picker:
        """A choice."""
        picker = Picker(self._look)
        picker.setObjectName(name)
        picker.setAccessibleName(label)
        for words, value in choices:
            picker.addItem(words, value)
        picker.setCurrentIndex(next((at for at, (_w, value) in enumerate(choices) if value == chosen), 0))
        return picker

    def focus_first(self, *names: str) -> None:
        """Put the focus on the first of these that there is."""
        focus_newest(self, *names)

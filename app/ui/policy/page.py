"""A page of the drawer: facts that can be scrolled; below them, always in sight, a line for a refusal and buttons."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.accounts.facts import empty, focus_newest
from app.ui.console.search_bar import Picker
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.strips import Message

SIDE, TOP, ABOVE_FOOT = 20, 18, 12


class FactsArea(QScrollArea):
    """As high as what it holds, where there is room; else that can be scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inner = QWidget()
        inner.setProperty("ground", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(SIDE, TOP, SIDE, 0)
        self.column.setSpacing(0)
        self.setWidget(inner)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Wrapped text needs the height that goes with the width; Qt's own hint does not know it."""
        width = self.viewport().width()
        return QSize(width, self.column.totalHeightForWidth(width) if self.column.hasHeightForWidth()
                     else self.column.totalSizeHint().height())  # fmt: skip

    def event(self, event: QEvent) -> bool:
        """What it holds has become higher, or less high."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().event(event)


class Page(QWidget):
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
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.area = FactsArea()
        self.facts = QVBoxLayout()
        self.facts.setSpacing(9)
        self.area.column.addLayout(self.facts)
        self.area.column.addStretch(1)
        whole.addWidget(self.area)
        below = QVBoxLayout()
        below.setContentsMargins(SIDE, ABOVE_FOOT, SIDE, TOP)
        below.setSpacing(0)
        self.error = Message(look, "danger", f"{name}_error")
        below.addWidget(self.error)
        below.addSpacing(4)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(6)
        below.addLayout(self.foot)
        whole.addLayout(below)
        whole.addStretch(1)

    def begin(self) -> None:
        """Take away what was shown before."""
        empty(self.facts)
        empty(self.foot)
        self.error.say("")
        self.area.verticalScrollBar().setValue(0)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.error.say(sentence)

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

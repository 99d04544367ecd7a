"""Strips: one sentence on a tinted ground, with a sign and, where there is something to do, one action."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, repolish, text_label

_SIGNS = {"ok": "circle-check", "warn": "triangle-alert", "danger": "circle-alert", "info": "info"}
MOST_LINES = 2
"""A sentence stands beside what can be done in so many lines at most."""


class Strip(QFrame):
    """A strip of one tone.

    Args:
        look: colours.
        text: one sentence.
        tone: ok, warn, danger or info.
        action: text of the one action, or empty.
        flat: over the whole width, without rounded corners.
        sign: another icon than the tone's.
        name: object name.

    Signals:
        closed: the person sent it away.
    """

    closed = Signal()

    def __init__(
        self,
        look: Look,
        text: str = "",
        tone: str = "info",
        *,
        action: str = "",
        flat: bool = False,
        sign: str = "",
        name: str = "",
    ) -> None:
        super().__init__()
        self._look, self._is_closed = look, False
        self.setObjectName(name)
        self.setProperty("kind", "strip")
        self.setProperty("tone", tone)
        self.setProperty("flat", flat)
        row = QHBoxLayout(self)
        row.setContentsMargins(16 if flat else 12, 6, 8, 6)
        row.setSpacing(10)
        self._sign = icon_label(look, sign or _SIGNS[tone], tone)
        row.addWidget(self._sign)
        self._body, self._actions = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout()
        self._body.setSpacing(4 if flat else 2)
        row.addLayout(self._body, 1)
        self.label = text_label(look, text, size=SMALL, weight=Weight.MEDIUM, wrap=True)
        self._body.addWidget(self.label, 1)
        self._body.addLayout(self._actions)
        self.action = Button(look, action, "link")
        self._actions.addWidget(self.action)
        self.action.setVisible(bool(action))  # never before it has a place: it would be a window of its own
        self.setMinimumHeight(look.px(32))

    def let_close(self, words: str) -> Button:
        """A second action takes the strip away until it says something again."""
        close = Button(self._look, words, "link", name=f"close_{self.objectName()}")
        close.clicked.connect(self.send_away)
        self._actions.addWidget(close)
        return close

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width."""
        super().resizeEvent(event)
        self._fold()

    def retranslate(self) -> None:
        """Longer words, or shorter."""
        self._fold()

    def _fold(self) -> None:
        """Put what can be done below a sentence that would be squeezed into many lines beside it."""
        beside = self._body.geometry().width() - self._actions.sizeHint().width() - self._body.spacing()
        lines = self.label.heightForWidth(max(1, beside)) / max(1, self.label.fontMetrics().lineSpacing())
        is_squeezed = not self._actions.isEmpty() and lines > MOST_LINES
        wanted = QBoxLayout.Direction.TopToBottom if is_squeezed else QBoxLayout.Direction.LeftToRight
        if wanted != self._body.direction():
            self._body.setDirection(wanted)
            self._actions.setAlignment(Qt.AlignmentFlag.AlignLeft if is_squeezed else Qt.AlignmentFlag.AlignRight)

    def send_away(self) -> None:
        """Away, until it says something again or is brought back."""
        self._is_closed = True
        self.hide()
        self.closed.emit()

    @property
    def is_closed(self) -> bool:
        """Whether the person sent it away, and it still has what it said."""
        return self._is_closed and bool(self.label.text())

    def come_back(self) -> None:
        """Be there again, as it was; nothing where it has nothing to say any more."""
        if self.is_closed:
            self._is_closed = False
            self.show()

    def say(self, text: str, tone: str | None = None) -> None:
        """Show another sentence, and with it another tone."""
        self._is_closed = False
        self.label.setText(text)
        if tone is not None and tone != self.property("tone"):
            self.setProperty("tone", tone)
            self._sign.show_icon(_SIGNS[tone], tone)
            repolish(self)
        self.setVisible(bool(text))
        self.setAccessibleName(text)
        self._fold()


class Message(QWidget):
    """A small line beside a field: a sign and a sentence, or nothing."""

    def __init__(self, look: Look, tone: str, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        sign = "circle-x" if tone == "danger" else _SIGNS[tone]
        self._sign = icon_label(look, sign, tone, 14)
        row.addWidget(self._sign)
        self.label = text_label(look, "", ink=tone, size=SMALL, weight=Weight.MEDIUM, wrap=True)
        row.addWidget(self.label, 1)
        self.say("")

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the line."""
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        announce(self, text, now=True)

    def text(self) -> str:
        """What it says now."""
        return self.label.text()

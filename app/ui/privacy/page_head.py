"""The head of a page of the privacy desk: name, a sentence on it, what can be done, what was done."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.fonts import SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Strip


class PageHead(QWidget):
    """A head.

    Args:
        look: colours.
        title: the page's name.
        about: a sentence on it.
        name: of the strip that says what was done: `{name}_said`.

    Attributes:
        tools: where buttons go.
        about: the sentence, which may change.
        said: what was done.
    """

    def __init__(self, look: Look, title: str, about: str, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 14, 20, 12)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text_label(look, title, size=TITLE, weight=Weight.SEMIBOLD))
        self.about = text_label(look, about, ink="ink2", size=SMALL, wrap=True)
        words.addWidget(self.about)
        row.addLayout(words, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(6)
        row.addLayout(self.tools)
        column.addLayout(row)
        self.said = Strip(look, "", "ok", flat=True, name=f"{name}_said")
        column.addWidget(self.said)
        self.said.hide()

    def tell(self, sentence: str, tone: str = "ok") -> None:
        """Say what was done, or why not; an empty sentence takes it away."""
        self.said.say(sentence, tone)
        if sentence:
            announce(self.said, sentence, now=tone == "danger")

"""A page on which somebody decides something: what was done, or why it was not, and buttons that wait meanwhile."""

from PySide6.QtWidgets import QScrollArea

from app.ui.widgets.buttons import Button
from app.ui.widgets.strips import Message


class AnsweringPage(QScrollArea):
    """A page that scrolls.

    Attributes:
        error: why it was not done; the page makes and places it.
        done: what was done.
    """

    error: Message
    done: Message
    _works = False

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.done.say("")
        self.error.say(sentence)

    def clear(self) -> None:
        """A new try begins: what was said of the one before is over."""
        self.error.say("")
        self.done.say("")

    def set_working(self, works: bool) -> None:
        """While the office is asked nothing else is pressed here."""
        self._works = works
        for button in self.findChildren(Button):
            button.setEnabled(button.is_busy or not works)

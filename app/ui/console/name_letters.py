"""Letters typed in a list or table of customers: those that follow quickly belong together."""

from PySide6.QtCore import QObject, QTimer, Signal

LETTERS_MS = 900
"""Letters within this time belong together."""


class NameLetters(QObject):
    """The beginning of a name, letter by letter.

    Signals:
        typed: all letters of now.
    """

    typed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._typed = ""
        self._pause = QTimer(self, interval=LETTERS_MS, singleShot=True)
        self._pause.timeout.connect(self.forget)

    def forget(self) -> None:
        """The next letter begins another name."""
        self._typed = ""

    def add(self, letters: str) -> None:
        """Somebody types on."""
        self._typed += letters
        self._pause.start()
        if self._typed.strip():
            self.typed.emit(self._typed)

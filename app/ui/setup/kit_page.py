"""The last page of a set-up: the recovery kit. Its codes are shown once, to be written down.

There is no Print and no Copy: a printer's spool and a clipboard keep what passes through them.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.accessible import form, heard_as
from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import FIGURES, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.strips import Message

if TYPE_CHECKING:
    from app.session.make_office import Kit

CODES = 3


class KitPage(QWidget):
    """Three codes and where the kit's file lies."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._title = text_label(look, "", weight=Weight.SEMIBOLD)
        self._column.addWidget(self._title)
        self._column.addSpacing(3)
        words = self.tr(
            "Write each code on a paper of its own and give them to three people. Any two of them open the office "
            "again if passwords are lost; one alone opens nothing. They are not shown again."
        )
        self._column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        self._column.addSpacing(10)
        self._codes: list[QLabel] = []
        for number in range(1, CODES + 1):
            self._add_code(number)
        self._column.addSpacing(4)
        self._add_file()
        self._column.addSpacing(6)
        self.error = Message(look, "warn", "kit_error")
        self._column.addWidget(self.error)
        self._column.addStretch(1)

    def _add_code(self, number: int) -> None:
        box = QFrame()
        box.setProperty("ground", "card")
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(12)
        row.addWidget(
            text_label(self._look, self.tr("Code {n}").format(n=number), ink="ink2", size=SMALL, features=FIGURES)
        )
        code = text_label(self._look, "", weight=Weight.MEDIUM, features=VALUES)
        code.setObjectName(f"kit_code_{number}")
        row.addWidget(code, 1)
        self._codes.append(code)
        self._column.addWidget(box)
        self._column.addSpacing(6)

    def _add_file(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(icon_label(self._look, "file-text", "ink3"))
        self._file = text_label(self._look, "", ink="ink2", size=SMALL, wrap=True)
        self._file.setObjectName("kit_file")
        row.addWidget(self._file, 1)
        self._column.addLayout(row)

    def show_kit(self, kit: "Kit") -> None:
        """Show the codes."""
        self._title.setText(self.tr("{office} is made. Keep its recovery kit").format(office=kit.office))
        self.setAccessibleName(words_of(self._title))
        for label, code in zip(self._codes, kit.codes, strict=True):
            label.setText(code.reveal())
        words = self.tr("The kit’s file is sealed; copy it to a safe place as well: {path}")
        self._file.setText(words.format(path=kit.file))

    def say(self, sentence: str) -> None:
        """Say what to do first."""
        self.error.say(sentence)

    def forget(self) -> None:
        """Show no code any more."""
        for label in self._codes:
            label.clear()


heard_as("KitPage", form)

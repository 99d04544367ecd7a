"""How a customer's own page is shown at this desk: by a command, whose process has a session and a port of its own.

The console itself opens no port and no browser: it holds what a browser's neighbour should not reach. The command asks
for the person's password and code, since the page writes down what a customer says in their session.
"""

import shlex

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.ui.clipboard.note_edit import NoteEdit
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label

HEIGHT = 62
"""Px of the design: two lines, for a long number."""


class ShowHere(QFrame):
    """The command for one customer, to be copied, and what to do with it.

    Args:
        look: colours.
        number: the customer's.
    """

    def __init__(self, look: Look, number: str) -> None:
        super().__init__()
        self.setObjectName("show_here")
        self.setProperty("ground", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        words = self.tr(
            "Run this in a terminal of this machine, and open the address that it says in a private window. "
            "The customer sits at it. It ends after 15 minutes, or by Ctrl-C."
        )
        column.addWidget(text_label(look, words, ink="ink2", size=SMALL, wrap=True))
        self.command = NoteEdit(desk_command(number))
        self.command.setObjectName("desk_command")
        self.command.setFont(look.font())
        self.command.setReadOnly(True)
        self.command.setTabChangesFocus(True)
        self.command.setAccessibleName(self.tr("Command that shows the page"))
        self.command.setFixedHeight(look.px(HEIGHT))
        column.addWidget(self.command)
        self.copy = Button(look, self.tr("Copy the command"), "quiet", icon="copy", name="copy_desk_command")
        self.copy.clicked.connect(self._on_copy)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_copy(self) -> None:
        self.command.selectAll()
        self.command.copy()
        announce(self, self.tr("The command was copied."))


def desk_command(number: str) -> str:
    """The command that shows a customer's page at this desk.

    Args:
        number: the customer's; it came from an import, so a shell is to see one word, whatever it is.
    """
    word = shlex.quote(number)
    if number.startswith("-"):
        return f"tirai privacy page show --loopback -- {word}"
    return f"tirai privacy page show {word} --loopback"

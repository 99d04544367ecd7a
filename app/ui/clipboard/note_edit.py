"""The editor of a note. What is cut or copied in it is the person's own text, and sealed all the same once it is saved.

So it moves within and out of the editor as in any other, and carries what keeps it out of histories, and Tirai's mark,
by which it goes at a lock and at each end.
"""

import secrets

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit

from app.ui.clipboard.keeper import marked_text


class NoteEdit(QPlainTextEdit):
    """A plain text editor whose copies are marked."""

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 (Qt's name)
        """The selected text, marked."""
        return marked_text(self.textCursor().selection().toPlainText(), secrets.token_bytes(16))

"""The edit as a text: what the other pages do not change is changed here; a bad line is named and shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from app.domain.policy import PolicyError
from app.domain.policy_edit import LONGEST_TEXT
from app.ui.accounts.facts import heading
from app.ui.policy.page import Page
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label

_HEIGHT = 380


class TextPage(Page):
    """The text.

    Signals:
        sent: the text, to be judged.
    """

    sent = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "text_page")
        self.begin()
        self.facts.addLayout(heading(look, self.tr("Edit as text")))
        words = self.tr("What the text lacks is as it came with Tirai.")
        self.facts.addWidget(text_label(look, words, ink="ink2", wrap=True))
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("policy_text")
        self.edit.setAccessibleName(self.tr("The policy as TOML"))
        self.edit.setFont(look.font(SMALL))
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(look.px(_HEIGHT))
        self.facts.addWidget(self.edit)
        see = self.button(self.tr("See what it changes"), "primary", "see_changes")
        see.clicked.connect(self._on_see)
        back = self.button(self.tr("Back"), "quiet", "leave_text")
        back.clicked.connect(self.left)
        self.foot.addStretch(1)

    def show_text(self, text: str) -> None:
        """Begin with a text."""
        self.error.say("")
        self.edit.setPlainText(text)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, error: PolicyError) -> None:
        """Put the cursor into the line that is wrong."""
        block = self.edit.document().findBlockByNumber(error.line - 1)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_see(self) -> None:
        text = self.edit.toPlainText()
        if len(text) > LONGEST_TEXT:
            self.refuse(self.tr("A policy has {n} characters at most.").format(n=LONGEST_TEXT))
            return
        self.sent.emit(text)

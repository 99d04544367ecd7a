"""The notice that a consent refers to, folded away under its version: the agent reads it aloud when somebody asks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.privacy.notice import Content, Notice
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button

HEIGHT = 168
"""Px of the design: some eight lines; the rest is scrolled to."""


class NoticeText(QWidget):
    """A button that says the version, and under it the text once it is wanted.

    Args:
        look: colours.
        notice: which.

    Signals:
        unfolded: the text has come and wants to be seen.
    """

    unfolded = Signal()

    def __init__(self, look: Look, notice: Notice) -> None:
        super().__init__()
        self._notice = notice
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.button = Button(look, version_words(notice.code), "link", icon="chevron-down", name="consent_notice")
        self.button.setCheckable(True)
        self.button.setAccessibleDescription(self.tr("Shows and hides the text of the notice."))
        self.button.toggled.connect(self._on_toggled)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.text = QPlainTextEdit()
        self.text.setObjectName("consent_notice_text")
        self.text.setFont(look.font())
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(look.px(HEIGHT))
        self.text.setAccessibleName(version_words(notice.code))
        column.addWidget(self.text)
        self.text.hide()

    def show_language(self, language: str) -> None:
        """Show the notice in a language, from its beginning.

        Args:
            language: `id` or `en`; what is missing in it stands in Indonesian.
        """
        words = notice_words(self._notice, language)
        if self.text.toPlainText() != words:
            self.text.setPlainText(words)

    def _on_toggled(self, is_open: bool) -> None:
        self.button.set_glyph("chevron-up" if is_open else "chevron-down")
        self.text.setVisible(is_open)
        if is_open:
            self.unfolded.emit()


@said
def version_words(code: str) -> str:
    """Which version of the notice it is."""
    return _tr("Notice, version {n}").format(n=code)


def notice_words(notice: Notice, language: str) -> str:
    """All that the notice's digest stands for, to be read: contents a to g of UU PDP article 21(1), then its questions.

    Args:
        notice: which.
        language: `id` or `en`; what is missing in it stands in Indonesian.
    """
    texts = [notice.text(language, content) or notice.text("id", content) for content in Content]
    contents = [f"{letter}. {text.strip()}" for letter, text in zip("abcdefg", texts, strict=True) if text.strip()]
    questions = [f"– {label}" for toggle in notice.toggles if (label := toggle.label(language).strip())]
    return "\n\n".join(contents + questions)

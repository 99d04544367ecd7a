"""A text to read: Markdown without HTML, links or pictures, in the design's sizes; keys scroll it, readers read it."""

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from app.ui.theme.fonts import BODY, Weight
from app.ui.theme.look import Look

LINE_PERCENT = 135
MOST_WIDTH = 720
"""Px of the design: lines of some 90 characters, which the eye finds back from."""


class Reader(QTextBrowser):
    """Shows one text."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._markdown = look, ""
        self.setObjectName(name)
        self.setOpenLinks(False)
        self.setReadOnly(True)
        self.redress()

    def show_text(self, title: str, markdown: str) -> None:
        """Show another text, from its beginning."""
        self._markdown = markdown
        self.setAccessibleName(title)
        self._set()

    def redress(self) -> None:
        """Another theme, or another size of the text."""
        self.document().setDefaultFont(self._look.font(BODY))
        self.setMaximumWidth(self._look.px(MOST_WIDTH))
        self._set()

    def _set(self) -> None:
        place = self.verticalScrollBar().value()
        self.document().setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        self.document().setDocumentMargin(self._look.px(4))
        self._dress()
        self.verticalScrollBar().setValue(place)

    def _dress(self) -> None:
        """Headings by weight, not by size; air between the lines."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            shape = QTextBlockFormat(block.blockFormat())
            shape.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            is_heading = shape.headingLevel() > 0
            shape.setTopMargin(self._look.px(12 if is_heading else 2))
            shape.setBottomMargin(self._look.px(4))
            cursor.setBlockFormat(shape)
            if is_heading:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = QTextCharFormat()
                letters.setFont(self._look.font(BODY, Weight.SEMIBOLD))
                cursor.setCharFormat(letters)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)

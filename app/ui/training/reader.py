"""A text to read: Markdown without HTML, links or pictures, in the design's sizes; keys scroll it, readers read it."""

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
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
        self.document().setDocumentMargin(0)  # the text stands below its title
        self._dress()
        self.verticalScrollBar().setValue(place)

    def _dress(self) -> None:
        """Headings by weight, not by size; no italics; air between the lines."""
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
                self._weigh(block.position(), block.length() - 1, Weight.SEMIBOLD)
            else:
                self._straighten(block)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _straighten(self, block: QTextBlock) -> None:
        """What Markdown makes slanted or bold is heavier instead: the design has no italics."""
        found, at = [], block.begin()
        while not at.atEnd():
            piece, letters = at.fragment(), at.fragment().charFormat()
            if letters.fontItalic() or letters.fontWeight() > Weight.REGULAR:
                weight = Weight.MEDIUM if letters.fontItalic() else Weight.SEMIBOLD
                found.append((piece.position(), piece.length(), weight))
            at += 1
        for place, length, weight in found:
            self._weigh(place, length, weight)

    def _weigh(self, place: int, length: int, weight: Weight) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        letters.setFont(self._look.font(BODY, weight))
        cursor.setCharFormat(letters)

"""What happens at the end: lock, sign-out and wipe in three paragraphs, from status bar, menu or palette."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.help.words import ends_words
from app.ui.saying import filled, joined
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.popover import Popover

WIDTH = 440


class EndsPopover(Popover):
    """Tells, and closes."""

    def __init__(self, look: Look, anchor: QWidget, lock_s: int, end_s: int) -> None:
        super().__init__(look, anchor, WIDTH, name="ends_popover")
        title = self.tr("What happens at the end")
        self.setAccessibleName(title)
        self.column.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD))
        said = []
        for icon, what, text in ends_words(lock_s, end_s):
            self.column.addSpacing(12)
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(icon_label(look, icon, "ink2"), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(text_label(look, what, size=SMALL, weight=Weight.SEMIBOLD))
            words.addWidget(text_label(look, text, ink="ink2", size=SMALL, wrap=True))
            row.addLayout(words, 1)
            self.column.addLayout(row)
            said.append(filled("{}: {}", what, text))
        self.column.addSpacing(12)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.close_button = Button(look, self.tr("Close"), "secondary", name="ends_close")
        self.close_button.setAccessibleDescription(joined(" ", *said))
        self.close_button.clicked.connect(self.dismiss)
        foot.addWidget(self.close_button)
        self.column.addLayout(foot)
        self.unfold(self.close_button)

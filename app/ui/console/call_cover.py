"""What stands in the place of customers while a call is on and nobody uses the console: closed drapes, and why.

A cover is another page, not a veil: what it covers is hidden, so neither screen nor reader finds it there.
"""

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.accessible import form, heard_as
from app.ui.saying import filled
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.announce import announce
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.stage import CLOSED, DoorStage
from app.ui.words import minutes_seconds

WIDTH, PADDING = 408, 20


class CallCover(DoorStage):
    """The drapes with a card that says why."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, CLOSED)
        self.setObjectName("call_cover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = QFrame()
        card.setProperty("ground", "sheet")
        fix_panel(card, look, WIDTH)
        row = QHBoxLayout(card)
        row.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        row.setSpacing(12)
        row.addWidget(icon_label(look, "phone-call", "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        why = self.tr("Covered: nobody is using this console")
        column.addWidget(text_label(look, why, weight=Weight.SEMIBOLD, wrap=True))
        calm = self.tr("Your call goes on, and your note stays in hand. Any key or move shows everything again.")
        column.addWidget(text_label(look, calm, ink="ink2", size=SMALL, wrap=True))
        self._locks = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._locks.setObjectName("cover_locks_in")
        column.addWidget(self._locks)
        row.addLayout(column, 1)
        self.place(card)
        self.sentence = filled("{}. {}", why, calm)
        self.setAccessibleName(self.sentence)

    def show_left(self, locks_in_s: float) -> None:
        """In so many seconds the console locks; infinite: it does not."""
        shown = math.isfinite(locks_in_s)
        text = self.tr("Locks in {t}, or when the call ends").format(t=minutes_seconds(locks_in_s)) if shown else ""
        self._locks.setText(text)
        self._locks.setVisible(shown)


class Covered(QStackedWidget):
    """Holds a widget that can be covered.

    Attributes:
        cover_page: what covers it.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._content: QWidget = self
        self.cover_page = CallCover(look)

    def hold(self, content: QWidget) -> None:
        """Hold what may have to be covered."""
        self._content = content
        self.addWidget(content)
        self.addWidget(self.cover_page)

    @property
    def is_covered(self) -> bool:
        """Whether the cover stands in front."""
        return self.currentWidget() is self.cover_page

    def cover(self, locks_in_s: float) -> None:
        """Cover it; a reader hears why, once."""
        self.cover_page.show_left(locks_in_s)
        if not self.is_covered:
            self.setCurrentWidget(self.cover_page)
            announce(self.cover_page, self.cover_page.sentence)

    def uncover(self) -> None:
        """Show it again."""
        self.setCurrentWidget(self._content)


heard_as("CallCover", form)

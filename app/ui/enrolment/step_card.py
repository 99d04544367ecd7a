"""The card of a set-up: head, step bar, one page at a time, and a foot with Back and Continue."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.ui.enrolment.step_bar import StepBar
from app.ui.shortcuts import keys_for
from app.ui.theme.fonts import FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.language_switch import language_switch

WIDTH, PADDING, BUTTON_HEIGHT = 720, 28, 34


class StepCard(QFrame):
    """A card with pages.

    Args:
        look: colours.
        title: what is set up.
        steps: names of the steps.
        pages: the pages in order; several may belong to one step.
        may_switch: whether the first page offers the other language.

    Attributes:
        page: the page that is shown.

    Signals:
        language_wanted: the other language, as its code.
    """

    language_wanted = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        steps: tuple[str, ...],
        pages: Sequence[QWidget],
        *,
        may_switch: bool = False,
    ) -> None:
        super().__init__()
        self._may_switch = may_switch
        self._look = look
        self.setProperty("ground", "sheet")
        fix_panel(self, look, WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(PADDING, 26, PADDING, 22)
        self._column.setSpacing(0)
        self._add_head(title, steps)
        self.page = pages[0]
        self._pages = QStackedWidget()
        for page in pages:
            self._pages.addWidget(page)
        self._column.addWidget(self._pages)
        self._add_foot()
        escape = QShortcut(keys_for("close"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._on_escape)

    def _on_escape(self) -> None:
        """Esc leads back from the first page; later ones would lose a code that was used up."""
        if self._pages.currentIndex() == 0 and self.back.isVisible():
            self.back.click()

    def _add_head(self, title: str, steps: tuple[str, ...]) -> None:
        head = QHBoxLayout()
        head.setSpacing(11)
        head.addWidget(icon_label(self._look, "mark", "accent", 25))
        head.addWidget(text_label(self._look, title, size=TITLE, weight=Weight.MEDIUM), 1)
        self.language = language_switch(self._look, self.language_wanted.emit)
        head.addWidget(self.language)
        self._place = text_label(self._look, "", ink="ink2", size=SMALL)
        head.addWidget(self._place)
        self._column.addLayout(head)
        self._column.addSpacing(14)
        self.steps = StepBar(self._look, steps)
        self._column.addWidget(self.steps)
        self._column.addSpacing(18)

    def _add_foot(self) -> None:
        self._column.addSpacing(18)
        self._column.addWidget(line())
        self._column.addSpacing(13)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStrut(self._look.px(BUTTON_HEIGHT))
        self._sign = icon_label(self._look, "clock", "ink3")
        foot.addWidget(self._sign)
        self._note = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES, wrap=True)
        self._note.setObjectName("card_note")
        foot.addWidget(self._note, 1)
        self.back = Button(self._look, self.tr("Back"), "secondary", name="back")
        self.go_on = Button(self._look, self.tr("Continue"), "primary", name="go_on")
        for button in (self.back, self.go_on):
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
            button.setMaximumHeight(self._look.px(BUTTON_HEIGHT))
            foot.addWidget(button)
        self._column.addLayout(foot)
        self.say_note("")

    def show_page(self, page: QWidget, step: int) -> None:
        """Turn to a page that belongs to a step."""
        self.page = page
        self._pages.setCurrentWidget(page)
        self.go_on.set_words(self.tr("Continue"))
        self.language.setVisible(self._may_switch and self._pages.currentIndex() == 0)
        self.steps.set_current(step)
        self._place.setText(self.tr("Step {n} of {count}").format(n=step + 1, count=len(self.steps.names)))
        announce(self, self.steps.accessibleName())

    def say_note(self, text: str, sign: str = "clock") -> None:
        """Say something small at the foot, or nothing."""
        self._note.setText(text)
        self._sign.show_icon(sign, "ink3")
        self._sign.setVisible(bool(text))

    def note(self) -> str:
        """What the foot says."""
        return self._note.text()

    def set_busy(self, busy: bool, words: str = "") -> None:
        """While something is asked, nothing can be typed or pressed."""
        for widget in (self._pages, self.back, self.go_on):
            widget.setEnabled(not busy)
        self.go_on.set_words(words if busy and words else self.tr("Continue"))


def focus_first_empty(fields: Sequence[tuple[QWidget, bool]]) -> bool:
    """Put the focus into the first field that is empty; whether there was one."""
    for widget, is_empty in fields:
        if is_empty:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
    return False

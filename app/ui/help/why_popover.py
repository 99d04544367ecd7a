"""Why is this masked (Shift+F1 on a row): what it is, who may open it, what to do now, what it is kept for."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.session.shown_why import ShownWhy
from app.ui.help.words import class_words, kept_words, what_to_do, who_words
from app.ui.saying import filled, joined
from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.widgets.popover import Popover
from app.ui.words import CLASS_ICONS, class_name

WIDTH = 420


class WhyPopover(Popover):
    """Tells, and closes."""

    def __init__(self, look: Look, row: QWidget, label: str, why: ShownWhy, reason: str, *, can_verify: bool) -> None:
        super().__init__(look, row, WIDTH, name="why_popover")
        self._look = look
        self.setAccessibleName(filled("{} {}", self.tr("Why is this masked?"), label))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, CLASS_ICONS[why.data_class], "ink2"))
        head.addWidget(ElidedLabel(look, label, weight=Weight.SEMIBOLD), 1)
        head.addWidget(Chip(look, class_name(why.data_class)))
        self.column.addLayout(head)
        said = [self._add("", class_words(why))]
        said.append(self._add(self.tr("What you can do"), what_to_do(why, reason, can_verify=can_verify)))
        said.append(self._add(self.tr("Who may"), who_words(why)))
        said.append(self._add(self.tr("What it is for"), joined("; ", *why.purposes)))
        said.append(self._add("", kept_words(why)))
        self.setAccessibleDescription(joined(" ", *(words_of(label) for label in said)))
        self.column.addSpacing(10)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.close_button = Button(look, self.tr("Close"), "secondary", name="why_close")
        self.close_button.setAccessibleDescription(joined(" ", *(words_of(label) for label in said)))
        self.close_button.clicked.connect(self.dismiss)
        foot.addWidget(self.close_button)
        self.column.addLayout(foot)
        self.unfold(self.close_button)

    def _add(self, heading: str, text: str) -> QLabel:
        self.column.addSpacing(10 if heading else 6)
        if heading:
            self.column.addWidget(text_label(self._look, heading, ink="ink2", size=SMALL, weight=Weight.SEMIBOLD))
            self.column.addSpacing(2)
        label = text_label(
            self._look, text, ink="ink" if heading else "ink2", size=BODY if heading else SMALL, wrap=True
        )
        self.column.addWidget(label)
        label.setVisible(bool(text))  # once it has a parent: before, it would be a window of its own
        return label

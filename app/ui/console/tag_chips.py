"""Tags of a visit: chips that a press takes away, and a plus that opens the list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.session.shown_contacts import ContactChoice
from app.ui.console.choice_popover import ChoicePopover
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_layout import FlowLayout

MOST_TAGS = 4


class TagChips(QWidget):
    """The chosen tags.

    Signals:
        changed: the codes that are chosen now.
    """

    changed = Signal(tuple)

    def __init__(self, look: Look, choices: Sequence[ContactChoice]) -> None:
        super().__init__()
        self._look, self._choices = look, choices
        self._codes: tuple[str, ...] = ()
        self.setObjectName("tags")
        self._flow = FlowLayout(self)
        self._chips: list[Button] = []
        self.add = Button(look, self.tr("Tag"), "quiet", icon="plus", name="add_tag")
        self.add.setAccessibleName(self.tr("Choose tags"))
        self.add.clicked.connect(self.open)
        self._flow.addWidget(self.add)
        self.setFocusProxy(self.add)

    def show_codes(self, codes: tuple[str, ...]) -> None:
        """Show these as chosen; the focus stays on the row of chips."""
        had_focus = any(chip.hasFocus() for chip in self._chips)
        self._codes = codes
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add)
        self._chips = [self._chip(choice) for choice in self._choices if choice.code in codes]
        for button in (*self._chips, self.add):
            self._flow.addWidget(button)
            button.show()
        self.add.setText(self.tr("Tag") if not codes else "")
        self.updateGeometry()

    def take_choices(self, choices: Sequence[ContactChoice]) -> None:
        """Other tags are offered from now on."""
        self._choices = choices

    def _chip(self, choice: ContactChoice) -> Button:
        chip = Button(self._look, choice.label, "filter", icon="x", name=f"tag_{choice.code}")
        chip.setParent(self)
        chip.setAccessibleDescription(self.tr("Take this tag away"))
        chip.clicked.connect(lambda: self._take_away(choice.code))
        return chip

    def _take_away(self, code: str) -> None:
        self._tell(tuple(other for other in self._codes if other != code))

    def _tell(self, codes: tuple[str, ...]) -> None:
        self.show_codes(codes)
        self.changed.emit(codes)

    def open(self) -> ChoicePopover:
        """Unfold the list."""
        title = self.tr("Tags, four at most")
        popover = ChoicePopover(
            self._look, self, title, self._choices, self._codes, most=MOST_TAGS, name="tags_popover"
        )
        popover.changed.connect(self._tell)
        return popover

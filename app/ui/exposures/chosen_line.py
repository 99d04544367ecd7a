"""Above the table: how many it shows of how many, and what it is narrowed to, each part with a way back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.saying import filled
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.words import number

HEIGHT = 36


class ChosenLine(QWidget):
    """The line.

    Signals:
        dropped: a part that is to go, or `all`.
    """

    dropped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: list[tuple[str, str]] = []
        self.setFixedHeight(look.px(HEIGHT))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 10, 0)
        self._row.setSpacing(8)
        self._row.addWidget(text_label(look, self.tr("Each exposure"), weight=Weight.SEMIBOLD))
        self._count = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._count.setObjectName("exposures_count")
        self._row.addWidget(self._count)
        self._chips: list[Button] = []
        self._row.addStretch(1)
        self._all = Button(look, self.tr("Show all"), "link", name="show_all_exposures")
        self._all.clicked.connect(lambda: self.dropped.emit("all"))
        self._row.addWidget(self._all)
        self._all.hide()

    def show_count(self, total: int, *, is_narrowed: bool, whole: int) -> None:
        """How many the table has, of how many."""
        words = self.tr("{n} of {whole}") if is_narrowed else "{n}"
        self._count.setText(words.format(n=number(total), whole=number(whole)))

    def count_words(self) -> str:
        """The same for a reader."""
        return self.tr("Exposures in the table: {n}").format(n=self._count.text())

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """What it is narrowed to: a part's name, and its words."""
        if list(parts) == self._parts:
            return
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._parts = list(parts)
        for old in self._chips:
            old.hide()
            old.deleteLater()
        self._chips = [self._make_chip(part, words) for part, words in parts]
        for at, chip in enumerate(self._chips):
            self._row.insertWidget(2 + at, chip)
        self._all.setVisible(bool(parts))
        if had_focus and parts:
            self._chips[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_chip(self, part: str, words: str) -> Button:
        chip = Button(self._look, filled("{} ", words), "chip", icon="x", name=f"drop_{part}")
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(self.tr("Narrowed to {what}: show all again").format(what=words))
        chip.clicked.connect(lambda: self.dropped.emit(part))
        return chip

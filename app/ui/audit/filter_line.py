"""The filters on one line, as chips: a press opens what a filter offers; a filter that counts is lit and says how."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.audit.filter_popover import FilterPopover
from app.ui.audit.filters import By, filter_name, shown
from app.ui.saying import filled
from app.ui.saying_widgets import words_of
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_layout import FlowLayout


class FilterLine(QWidget):
    """Chips.

    Attributes:
        values: what counts now.

    Signals:
        changed: something else is looked for.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._popover: FilterPopover | None = None
        self.values: dict[By, str] = {}
        self.chips: dict[By, Button] = {}
        edges = QVBoxLayout(self)
        edges.setContentsMargins(12, 9, 12, 9)
        chips = QWidget()
        edges.addWidget(chips)
        row = self._row = FlowLayout(chips)
        for by in By:
            chip = Button(look, filter_name(by), "filter", icon="chevron-down", name=f"filter_{by}")
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign stands behind the words
            chip.clicked.connect(lambda _checked=False, by=by: self._on_pressed(by))
            self.chips[by] = chip
            row.addWidget(chip)
        self.clear = Button(look, self.tr("All entries"), "link", name="filter_clear")
        self.clear.clicked.connect(lambda: self.look_for({}))
        row.addWidget(self.clear)
        self._dress()

    def look_for(self, values: dict[By, str]) -> None:
        """Look for this and nothing else."""
        if values != self.values:
            self.values = dict(values)
            self._dress()
            self.changed.emit()

    def close_innermost(self) -> bool:
        """Esc; whether a popover was open."""
        if self._popover is None:
            return False
        self._popover.dismiss()
        return True

    def _on_pressed(self, by: By) -> None:
        if by is By.SUBJECT:  # it comes from an entry; here it only goes
            self._set(by, "")
            return
        popover = FilterPopover(self._look, self.chips[by], by, self.values.get(by, ""))
        popover.chosen.connect(lambda value: self._set(by, value))
        popover.folded.connect(self._on_folded)
        self._popover = popover

    def _on_folded(self) -> None:
        self._popover = None

    def _set(self, by: By, value: str) -> None:
        self.look_for(
            {other: old for other, old in self.values.items() if other is not by} | ({by: value} if value else {})
        )

    def _dress(self) -> None:
        for by, chip in self.chips.items():
            value = self.values.get(by, "")
            name = filter_name(by)
            chip.set_words(filled("{}: {}", name, shown(by, value)) if value else name)
            chip.set_lit(bool(value))
            if by is By.SUBJECT:
                chip.set_glyph("x", "accent")
                chip.setAccessibleName(self.tr("{filter}, any").format(filter=words_of(chip)))
                chip.setVisible(bool(value) and self.parent() is not None)
        self.clear.setEnabled(bool(self.values))

"""The open facts of a customer, four beside each other where there is room, and fewer where there is not."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.session.shown import ShownField
from app.ui.theme.fonts import BODY, FIGURES, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.curtain import LEFT
from app.ui.widgets.labels import ElidedLabel
from app.ui.words import shown_text

MOST_PER_LINE, LEAST_PER_LINE = 4, 2
NARROW = 520
"""Width in px of the design below which two stand beside each other."""


class FactsGrid(QWidget):
    """The facts.

    Args:
        look: fonts and sizes.
        facts: open fields.
        label_width: px of the names of the rows below, so that the second fact begins where the curtains do.
    """

    def __init__(self, look: Look, facts: tuple[ShownField, ...], label_width: int) -> None:
        super().__init__()
        self._look, self._facts, self._label_width = look, facts, label_width
        self._per_line = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 0, 4, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._cells = [self._make_cell(fact) for fact in facts]
        self._arrange(MOST_PER_LINE)

    def _make_cell(self, fact: ShownField) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        value = shown_text(fact.kind, fact.text) or "–"
        figures = VALUES if any(c.isdigit() for c in value) else FIGURES
        column.addWidget(ElidedLabel(self._look, fact.label, ink="ink2", size=SMALL))
        column.addWidget(ElidedLabel(self._look, value, size=BODY, weight=Weight.MEDIUM, features=figures))
        return cell

    def _arrange(self, per_line: int) -> None:
        """Put so many beside each other; long ones take more than one place."""
        self._per_line = per_line
        line = place = 0
        for cell, fact in zip(self._cells, self._facts, strict=True):
            span = min(per_line, _span(fact, is_first=place == 0))
            if place + span > per_line:
                line, place = line + 1, 0
                span = min(per_line, _span(fact, is_first=True))
            self._grid.addWidget(cell, line, place, 1, span)
            place += span
        is_wide = per_line == MOST_PER_LINE
        first = max(0, self._label_width + self._look.px(LEFT) - self._grid.horizontalSpacing()) if is_wide else 0
        self._grid.setColumnMinimumWidth(0, first)
        for at in range(MOST_PER_LINE):
            stretches = at < per_line and not (is_wide and at == 0)
            self._grid.setColumnStretch(at, 1 if stretches else 0)

    def _fit(self) -> None:
        per_line = LEAST_PER_LINE if self.width() < self._look.px(NARROW) else MOST_PER_LINE
        if per_line != self._per_line:
            self._arrange(per_line)

    def redress(self) -> None:
        """Another size of the text: another number fits."""
        self._per_line = 0
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width, perhaps another arrangement."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as its card: fewer stand beside each other then."""
        return QSize(0, super().minimumSizeHint().height())


def _span(fact: ShownField, *, is_first: bool) -> int:
    """Places that a fact needs, by the length of its text (open text, so its length tells nothing).

    The first place is as wide as the rows' names, so that the second begins where the curtains do.
    """
    length = max(len(fact.text), len(fact.label))
    return 1 if length <= (15 if is_first else 24) else 2 if length <= 46 else MOST_PER_LINE

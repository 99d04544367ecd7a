"""What goes first out of a bar whose room is short, so that what must be read is never cut."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.one_at_a_time import OneAtATime


class SpareRoom:
    """Groups of widgets of one row, the most dispensable first; each is shown again when there is room."""

    def __init__(self, row: QHBoxLayout, groups: Sequence[Sequence[QWidget]]) -> None:
        """Look after these groups of a row."""
        self._row, self._groups = row, [list(group) for group in groups]
        self._wanted = [True] * len(self._groups)
        self._width = 0
        self._settle = OneAtATime(self._fit)

    def want(self, group: int, wanted: bool) -> None:
        """Whether a group is to be shown at all, if there is room."""
        self._wanted[group] = wanted
        self._settle()

    def fit(self, width: int) -> None:
        """Hide of the groups what does not fit into so many pixels. The same width gives the same answer."""
        self._width = width
        self._settle()

    def _fit(self) -> None:
        groups = list(zip(self._groups, self._wanted[:], strict=True))
        needed = self._row.sizeHint().width()
        for group, is_wanted in groups:
            needed += self._takes(group) * (is_wanted - (not group[0].isHidden()))
        for group, is_wanted in groups:
            fits = is_wanted and needed <= self._width
            needed -= self._takes(group) if is_wanted and not fits else 0
            for widget in group:
                if widget.isHidden() is fits:
                    widget.setVisible(fits)

    def _takes(self, group: Sequence[QWidget]) -> int:
        return sum(widget.sizeHint().width() + self._row.spacing() for widget in group)

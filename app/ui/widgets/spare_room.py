"""What goes first out of a bar whose room is short, so that what must be read is never cut."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget


class SpareRoom:
    """Groups of widgets of one row, the most dispensable first; each is shown again when there is room."""

    def __init__(self, row: QHBoxLayout, groups: Sequence[Sequence[QWidget]]) -> None:
        """Look after these groups of a row."""
        self._row, self._groups = row, [list(group) for group in groups]
        self._wanted = [True] * len(self._groups)

    def want(self, group: int, wanted: bool) -> None:
        """Whether a group is to be shown at all."""
        self._wanted[group] = wanted
        for widget in self._groups[group]:
            widget.setVisible(wanted)

    def fit(self, width: int) -> None:
        """Hide of the groups what does not fit into so many pixels. The same width gives the same answer."""
        wanted = [group for group, is_wanted in zip(self._groups, self._wanted, strict=True) if is_wanted]
        needed = self._row.sizeHint().width() + sum(self._width(g) for g in wanted if g[0].isHidden())
        for group in wanted:
            fits = needed <= width
            needed -= 0 if fits else self._width(group)
            if group[0].isHidden() is fits:
                for widget in group:
                    widget.setVisible(fits)

    def _width(self, group: Sequence[QWidget]) -> int:
        return sum(widget.sizeHint().width() + self._row.spacing() for widget in group)

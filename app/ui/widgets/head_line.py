"""The head of a panel: what it is, and what belongs to it beside that, or below where both do not fit in one line."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

ACROSS, BETWEEN = 8, 4
"""Px between the two parts, beside each other and below each other."""


class HeadLine(QWidget):
    """Two parts in one line or two.

    Args:
        ends: whether the second part stands at the right end; else it follows the first.

    Attributes:
        first, second: the rows to fill.
    """

    def __init__(self, *, ends: bool = False) -> None:
        super().__init__()
        self._ends, self._is_folded = ends, False
        self._parts = (QWidget(), QWidget())
        self.first, self.second = (QHBoxLayout(part) for part in self._parts)
        for row in (self.first, self.second):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(ACROSS)
        self._grid.setVerticalSpacing(BETWEEN)
        self._grid.addWidget(self._parts[0], 0, 0, Qt.AlignmentFlag.AlignLeft)
        self._arrange()

    def _arrange(self) -> None:
        at = (1, 0, 1, 2) if self._is_folded else (0, 1, 1, 1)
        self._grid.addWidget(self._parts[1], *at)
        self._grid.setColumnStretch(0 if self._ends and not self._is_folded else 1, 1)
        self._grid.setColumnStretch(1 if self._ends and not self._is_folded else 0, 0)

    def _fit(self) -> None:
        first, second = (part.minimumSizeHint().width() for part in self._parts)
        folded = bool(second) and first + ACROSS + second > self.width() > 0
        if folded is not self._is_folded:
            self._is_folded = folded
            self._arrange()

    def event(self, event: QEvent) -> bool:
        """Other words need more room, or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as the wider part."""
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())

"""The scrolling list of flags: as high as what is in it, about five rows at most."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme.look import Look

HIGHEST = 230
"""About five rows, in px of the design."""


class FlagScroll(QScrollArea):
    """The list.

    Attributes:
        column: where the rows go; call `fit` after they have changed.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("flag_scroll")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = QWidget()
        rows.setProperty("ground", "none")
        self.column = QVBoxLayout(rows)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setWidget(rows)

    def fit(self) -> None:
        """Be as high as the rows, up to five of them; where one has scrolled to stays."""
        self.column.activate()
        width = self.viewport().width()
        high = self.column.totalHeightForWidth(width) if self.column.hasHeightForWidth() else -1
        high = max(high, self.column.totalMinimumSize().height())
        self.setFixedHeight(min(self._look.px(HIGHEST), high))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width breaks the words in other places."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

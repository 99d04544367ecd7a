"""The foot of the find panel: who comes next, with the key that brings them; a click does the same."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.session.shown import ShownRow
from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import ElidedLabel, icon_label

HEIGHT = 33


class NextLine(QFrame):
    """One line. It takes no focus: its key works from anywhere.

    Signals:
        wanted: bring the next one.
    """

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("next_line")
        self.setFixedHeight(look.px(HEIGHT))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(icon_label(look, "arrow-right", "ink2", 14))
        self.label = ElidedLabel(look, "", ink="ink2", size=SMALL)
        row.addWidget(self.label, 1)
        row.addWidget(key_cap(look, cap_for("main_action")))
        self.hide()

    def redress(self) -> None:
        """Another size of the text."""
        self.setFixedHeight(self._look.px(HEIGHT))

    def show_next(self, row: ShownRow | None) -> None:
        """Say who it is; nothing where nobody is left."""
        words = self.tr("Next: {name}").format(name=row.name or row.number) if row is not None else ""
        self.label.setText(words)
        self.setAccessibleName(words)
        self.setVisible(row is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click brings the next one."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.wanted.emit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """The pointer is over it."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """The pointer has gone."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A hairline above, a tint under the pointer."""
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), self._look.colour("hover"))
        painter.fillRect(0, 0, self.width(), 1, self._look.colour("line"))
        painter.end()

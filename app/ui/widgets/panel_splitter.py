"""A splitter between two panels: a hairline with a grip that can be seen, drawn, named, and set back.

It moves by the mouse, by keys (`nudge`; Alt+Shift with the arrows) and by a screen reader that knows its name; a double
click sets the width of the design again. The pointer has more room than the eye sees.
"""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle

from app.ui.theme.look import Look

WIDTH, GRIP_WIDTH, GRIP_HEIGHT, STEP = 9, 3, 28, 24
"""Px: of the handle, of the grip in it, and of one press of a key."""


class PanelHandle(QSplitterHandle):
    """The handle."""

    def __init__(self, look: Look, splitter: "PanelSplitter") -> None:
        super().__init__(Qt.Orientation.Horizontal, splitter)
        self._look, self._splitter = look, splitter
        self._lit = False
        self.setObjectName("panel_handle")
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def set_lit(self, lit: bool) -> None:
        """Show the grip in the accent."""
        self._lit = lit
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Back to the width of the design."""
        event.accept()
        self._splitter.reset.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """The width stands now."""
        super().mouseReleaseEvent(event)
        self._splitter.drawn.emit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Under the pointer."""
        self.set_lit(True)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Not any more."""
        self.set_lit(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The ground of either side, the hairline between them, the grip on it."""
        painter = QPainter(self)
        middle = self.width() // 2
        left, right = self._splitter.grounds
        painter.fillRect(QRectF(0, 0, middle, self.height()), self._look.colour(left))
        painter.fillRect(QRectF(middle, 0, self.width() - middle, self.height()), self._look.colour(right))
        painter.fillRect(QRectF(middle, 0, 1, self.height()), self._look.colour("accent" if self._lit else "line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent" if self._lit else "line_strong"))
        top = (self.height() - GRIP_HEIGHT) / 2
        painter.drawRoundedRect(QRectF(middle + 0.5 - GRIP_WIDTH / 2, top, GRIP_WIDTH, GRIP_HEIGHT), 1.5, 1.5)
        painter.end()


class PanelSplitter(QSplitter):
    """Two panels and the handle between them.

    Args:
        look: colours.
        grounds: roles of the colours at the left and at the right of the handle.
        name: what the handle moves, for a reader.

    Signals:
        drawn: a person has given the panels other widths.
        reset: a person wants the design's widths again.
    """

    drawn = Signal()
    reset = Signal()

    def __init__(self, look: Look, grounds: tuple[str, str], name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look, self.grounds, self._name = look, grounds, name
        self.setHandleWidth(WIDTH)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802 (Qt's name)
        """A handle with a grip and a name."""
        handle = PanelHandle(self._look, self)
        handle.setAccessibleName(self._name)
        handle.setAccessibleDescription(
            self.tr("Alt, Shift and the left or right arrow move it; a double click resets")
        )
        handle.setToolTip(self.tr("Drag, or Alt+Shift+arrows; double click resets"))
        return handle

    def redress(self) -> None:
        """Another theme."""
        for at in range(self.count()):
            self.handle(at).update()

    def nudge(self, step: int) -> None:
        """Move the handle by some px: -1 to the left, 1 to the right."""
        sizes = self.sizes()
        if len(sizes) < 2 or not sizes[1]:
            return
        whole = sizes[0] + sizes[1]
        lowest, highest = self._least(0), whole - self._least(1)
        left = max(lowest, min(highest, sizes[0] + step * STEP))
        self.setSizes([left, whole - left])
        self.drawn.emit()

    def _least(self, at: int) -> int:
        widget = self.widget(at)
        return (widget.minimumWidth() or widget.minimumSizeHint().width()) if widget is not None else 0

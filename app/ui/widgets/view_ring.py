"""The focus ring of tables, lists and plots: none of them shows by itself that it has the keys (WCAG 2.4.7).

One frame of Qt's own kind for overlays (as `watermark.py`) follows the focus of the program. A current row is drawn as
such whether its table has the focus or not; so the ring goes round the whole.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFocusFrame, QGraphicsView, QWidget

from app.ui.theme.look import Look

WIDTH, ROUND = 2, 5
"""In px."""
_RESTACKED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ZOrderChange, QEvent.Type.FocusIn)


class ViewRing(QFocusFrame):
    """A ring inside the edges of a view."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Qt puts its frames under what they frame; this one stays above."""
        is_eaten = super().eventFilter(watched, event)
        if self.isVisible() and event.type() in _RESTACKED:
            self.raise_()
            self.trim()
        return is_eaten

    def trim(self) -> None:
        """Keep its edges alone. Qt lays it round the view; a parent that the view fills would cut it off."""
        room = self._room()
        self.setMask(QRegion(room) - QRegion(room.adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)))

    def _room(self) -> QRect:
        parent = self.parentWidget()
        return self.rect() if parent is None else self.rect().intersected(parent.rect().translated(-self.pos()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), WIDTH))
        inset = WIDTH / 2
        painter.drawRoundedRect(QRectF(self._room()).adjusted(inset, inset, -inset, -inset), ROUND, ROUND)
        painter.end()


class RingKeeper(QObject):
    """Puts the ring round whichever view has the focus."""

    def __init__(self, application: QApplication, look: Look) -> None:
        super().__init__(application)
        self._look = look
        self._ring: ViewRing | None = None
        application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        ring = self._ring if self._ring is not None and shiboken6.isValid(self._ring) else None
        if new is not None and wants_ring(new):
            self._ring = ring = ring or ViewRing(self._look)
            ring.setWidget(new)
            ring.raise_()
            ring.trim()
        elif ring is not None:
            ring.setWidget(None)  # type: ignore[arg-type]  # Qt: nothing is framed


def wants_ring(widget: QWidget) -> bool:
    """Whether it is a view that shows no focus of its own: neither the list of a picker nor a field with an edge."""
    if not isinstance(widget, QAbstractItemView | QGraphicsView) or widget.property("field"):
        return False
    return widget.window().windowType() is not Qt.WindowType.Popup and widget.parentWidget() is not None

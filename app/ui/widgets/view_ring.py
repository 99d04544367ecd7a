"""The focus ring of tables, lists and plots: none of them shows by itself that it has the keys (WCAG 2.4.7).

One frame of Qt's own kind for overlays (as `watermark.py`) follows the focus of the program. A current row is drawn as
such whether its table has the focus or not; so the ring goes round the whole. There is one ring, never two, and none
round much empty room: a list that rings its current row has no other (`rings_its_row`), and where nothing is listed the
sentence that says so wears it (`says_for`), else the height of a row.
"""

from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QEvent, QMetaObject, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFocusFrame, QGraphicsView, QLabel, QWidget

from app.ui.theme.look import Look

WIDTH, ROUND = 2, 5
"""In px."""
EMPTY = 46
"""Px of the design: so high is the ring of a view without rows that has no sentence."""
_ROW_RING = "rings_its_row"
_SAYS: WeakKeyDictionary[QWidget, QWidget] = WeakKeyDictionary()
_RESTACKED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ZOrderChange, QEvent.Type.FocusIn)


class ViewRing(QFocusFrame):
    """A ring inside the edges of a view."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._is_low = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def put_round(self, widget: QWidget | None, *, is_low: bool = False) -> None:
        """Frame a widget, or none; a low one has the height of a row, at its top."""
        self._is_low = is_low
        self.setWidget(widget)  # type: ignore[arg-type]  # Qt: None, nothing is framed
        if widget is not None:
            self.raise_()
            self.trim()

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
        room = self.rect() if parent is None else self.rect().intersected(parent.rect().translated(-self.pos()))
        if self._is_low:
            room.setHeight(min(room.height(), self._look.px(EMPTY)))
        framed = self.widget()
        if isinstance(framed, QLabel):  # its words may be shorter than its room
            around = framed.contentsMargins()
            words = framed.fontMetrics().horizontalAdvance(framed.text()) + around.left() + around.right() + 2 * WIDTH
            room.setWidth(min(room.width(), words))
        return room

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), WIDTH))
        inset = WIDTH / 2
        painter.drawRoundedRect(QRectF(self._room()).adjusted(inset, inset, -inset, -inset), ROUND, ROUND)
        painter.end()


class RingKeeper(QObject):
    """Puts the ring round whichever view has the focus, as long as what it shows wants one."""

    def __init__(self, application: QApplication, look: Look) -> None:
        super().__init__(application)
        self._look = look
        self._ring: ViewRing | None = None
        self._view: QWidget | None = None
        self._said: QWidget | None = None
        self._told_by: list[QMetaObject.Connection] = []
        application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        self._view = new if new is not None and wants_ring(new) else None
        if self._view is not None:
            self._watch(self._view)
        self._fit()

    def _watch(self, view: QWidget) -> None:
        """Rows come and go, the current one changes, the sentence is said and taken away."""
        self._said = _SAYS.get(view)
        if self._said is not None and shiboken6.isValid(self._said):
            self._said.installEventFilter(self)
        if not isinstance(view, QAbstractItemView):
            return
        model, selection = view.model(), view.selectionModel()
        if model is not None:
            self._told_by += [s.connect(self._fit) for s in (model.modelReset, model.rowsInserted, model.rowsRemoved)]
        if selection is not None:
            self._told_by.append(selection.selectionChanged.connect(self._fit))

    def _leave(self) -> None:
        for connection in self._told_by:
            QObject.disconnect(connection)
        self._told_by.clear()
        if self._said is not None and shiboken6.isValid(self._said):
            self._said.removeEventFilter(self)
        self._said = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The sentence comes, or goes."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._fit()
        return False

    def _fit(self, *_told: object) -> None:
        view = self._view if self._view is not None and shiboken6.isValid(self._view) else None
        ring = self._ring if self._ring is not None and shiboken6.isValid(self._ring) else None
        framed = framed_for(view) if view is not None else None
        if framed is not None:
            self._ring = ring = ring or ViewRing(self._look)
            ring.put_round(framed, is_low=framed is view and _is_empty(view))
        elif ring is not None:
            ring.put_round(None)


def rings_its_row(view: QAbstractItemView) -> None:
    """This view draws a ring round its current row: while one is chosen that is all."""
    view.setProperty(_ROW_RING, True)


def says_for(view: QAbstractItemView, sentence: QWidget) -> None:
    """What stands there while this view lists nothing: it wears the ring then."""
    _SAYS[view] = sentence


def framed_for(view: QWidget) -> QWidget | None:
    """What the ring goes round while this view has the focus; None: it shows its focus by itself."""
    if not isinstance(view, QAbstractItemView):
        return view
    selection, says = view.selectionModel(), _SAYS.get(view)
    if view.property(_ROW_RING) and selection is not None and selection.hasSelection():
        return None
    if _is_empty(view) and says is not None and shiboken6.isValid(says) and not says.isHidden():
        return says
    return view


def _is_empty(view: QWidget) -> bool:
    model = view.model() if isinstance(view, QAbstractItemView) else None
    return model is not None and model.rowCount() == 0


def wants_ring(widget: QWidget) -> bool:
    """Whether it is a view that shows no focus of its own: neither the list of a picker nor a field with an edge."""
    if not isinstance(widget, QAbstractItemView | QGraphicsView) or widget.property("field"):
        return False
    return widget.window().windowType() is not Qt.WindowType.Popup and widget.parentWidget() is not None

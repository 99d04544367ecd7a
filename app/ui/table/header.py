"""The table's header, by mouse and by keys: it sorts, moves and draws columns.

Left and Right go along the columns, Return or Space sorts by one, Alt with an arrow moves it, Shift with an arrow draws
it narrower or wider.
"""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.accessible import Leaf, heard_as
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce

STEP = 16
"""Px of the design by which a key draws a column."""


class TableHeader(QHeaderView):
    """A header that takes the focus.

    Signals:
        sort_wanted: a column is to sort (its number).
        drawn: a person has drawn a column (its number, width in px).
        moved: a person has moved a column.
        left: Down or Esc: back to the rows.
    """

    sort_wanted = Signal(int)
    drawn = Signal(int, int)
    moved = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._at = 0
        self._is_pressed = False
        self.setObjectName("customer_table_header")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Columns: Return sorts, Alt with an arrow moves, Shift with an arrow draws"))
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.sectionClicked.connect(self.sort_wanted)
        self.sectionMoved.connect(lambda *_places: self.moved.emit())

    @property
    def is_pressed(self) -> bool:
        """Whether a person is drawing a column with the mouse."""
        return self._is_pressed

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A drawing may begin."""
        self._is_pressed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """It ends."""
        super().mouseReleaseEvent(event)
        self._is_pressed = False

    @property
    def current(self) -> int:
        """The column that the keys mean."""
        return self.logicalIndex(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows, Return, Space."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if step and held == Qt.KeyboardModifier.NoModifier:
            self._go(step)
        elif step and held == Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif step and held == Qt.KeyboardModifier.ShiftModifier:
            self._draw(step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(-self.count() if key == Qt.Key.Key_Home else self.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.sort_wanted.emit(self.current)
            self._say()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _places(self) -> list[int]:
        return [at for at in range(self.count()) if not self.isSectionHidden(self.logicalIndex(at))]

    def _go(self, step: int) -> None:
        places = self._places()
        here = places.index(self._at) if self._at in places else 0
        self._at = places[max(0, min(len(places) - 1, here + step))]
        self.viewport().update()
        self._say()

    def _move(self, step: int) -> None:
        places = self._places()
        here = places.index(self._at) if self._at in places else 0
        to = places[max(0, min(len(places) - 1, here + step))]
        if to != self._at:
            self.moveSection(self._at, to)
            self._at = to
            self.viewport().update()
            self._say()

    def _draw(self, step: int) -> None:
        section = self.current
        if self.sectionResizeMode(section) is QHeaderView.ResizeMode.Interactive:
            width = max(self.minimumSectionSize(), self.sectionSize(section) + step * self._look.px(STEP))
            self.resizeSection(section, width)
            self.drawn.emit(section, width)

    def _say(self) -> None:
        name = self.model().headerData(self.current, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        announce(self, str(name or ""))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Stand on a column that is shown."""
        super().focusInEvent(event)
        if self._at not in self._places():
            self._at = self._places()[0]
        self.viewport().update()
        self._say()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 (Qt's names)
        """Draw the ring of the focus round the column that the keys mean."""
        super().paintSection(painter, rect, logicalIndex)
        if self.hasFocus() and logicalIndex == self.current:
            painter.save()
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            painter.restore()


def _node(header: QWidget) -> QAccessibleInterface:
    return Leaf(header, QAccessible.Role.ColumnHeader)


heard_as("TableHeader", _node)

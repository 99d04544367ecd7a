"""The view of the list: rows of one height, whose places are counted, never laid out.

Qt's list view asks its model for every row at each reset, which is seconds of Python at a million rows. Here a row's
place is its number times the height, so a reset costs the same for any number of them. It stays a `QListView`, because
a screen reader hears of a list only then.
"""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCursor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from app.ui.console.name_letters import NameLetters

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_Move = QAbstractItemView.CursorAction


class CustomerList(QListView):
    """One column of rows of one height: that which the delegate says.

    Signals:
        letters: what was typed: the next row with such a name is wanted.
    """

    letters = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = NameLetters(self)
        self._name.typed.connect(self.letters)

    @property
    def row_height(self) -> int:
        """Height of each row, in logical pixels."""
        return max(1, self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height())

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def _at(self, row: int) -> QModelIndex:
        model = self.model()
        return model.index(row, self.modelColumn()) if model is not None else QModelIndex()

    def _rect(self, row: int, height: int) -> QRect:
        return QRect(0, row * height - self.verticalOffset(), self.viewport().width(), height)

    # Places -------------------------------------------------------------------------------------------------------
    def doItemsLayout(self) -> None:  # noqa: N802 (Qt's name)
        """Nothing but the range of the scroll bar follows from the rows."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:  # noqa: N802 (Qt's name)
        """Set the scroll bar's range and page."""
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(seen)
        bar.setRange(0, max(0, self._count() * self.row_height - seen))
        QAbstractItemView.updateGeometries(self)

    def verticalOffset(self) -> int:  # noqa: N802 (Qt's name)
        """How far the rows are scrolled, in logical pixels."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:  # noqa: N802 (Qt's name)
        """Rows are as wide as the view."""
        return 0

    def visualRect(self, index: _Index) -> QRect:  # noqa: N802 (Qt's name)
        """Where a row stands in the viewport."""
        here = index.isValid() and index.column() == self.modelColumn()
        return self._rect(index.row(), self.row_height) if here else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 (Qt's name)
        """The row at a point of the viewport."""
        row = (point.y() + self.verticalOffset()) // self.row_height
        inside = 0 <= point.x() < self.viewport().width() and 0 <= row < self._count()
        return self._at(row) if inside else QModelIndex()

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:  # noqa: N802 (Qt's name)
        """Bring a row into sight."""
        if not index.isValid():
            return
        self.updateGeometries()  # rows may have come since
        height, seen, bar = self.row_height, self.viewport().height(), self.verticalScrollBar()
        top, now = index.row() * height, bar.value()
        if hint is _Hint.PositionAtTop or (hint is _Hint.EnsureVisible and top < now):
            bar.setValue(top)
        elif hint is _Hint.PositionAtBottom or (hint is _Hint.EnsureVisible and top + height > now + seen):
            bar.setValue(top + height - seen)
        elif hint is _Hint.PositionAtCenter:
            bar.setValue(top - (seen - height) // 2)

    # Keys and mouse -------------------------------------------------------------------------------------------------
    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 (Qt's name)
        """The row to which a key goes."""
        count, row = self._count(), self.currentIndex().row()
        if not count:
            return QModelIndex()
        page = max(1, self.viewport().height() // self.row_height - 1)
        steps = {_Move.MoveUp: -1, _Move.MovePrevious: -1, _Move.MoveDown: 1, _Move.MoveNext: 1}
        steps |= {_Move.MovePageUp: -page, _Move.MovePageDown: page, _Move.MoveHome: -count, _Move.MoveEnd: count}
        step = steps.get(action, 0)
        return self._at(min(max(0, row + step), count - 1)) if row >= 0 or action is _Move.MoveEnd else self._at(0)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 (Qt's name)
        """Ask for the row: Qt would read every row of the list."""
        self._name.add(search)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802 (Qt's name)
        """Select the row that was pressed; there is never more than one."""
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index) if index.isValid() else QItemSelection(), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 (Qt's name)
        """What must be painted again where rows are chosen."""
        height, region = self.row_height, QRegion()
        for part in map(selection.at, range(selection.count())):
            rect = self._rect(part.top(), height).united(self._rect(part.bottom(), height))
            region += rect.intersected(self.viewport().rect())
        return region

    # What a screen reader hears ------------------------------------------------------------------------------------
    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 (Qt's name)
        """Say which row has the focus; Qt's list view would look for it in its layout."""
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid() and self.hasFocus():
            self._tell(current.row(), QAccessible.Event.Focus)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 (Qt's name)
        """Say which row is chosen, and which no more."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        for rows, event in ((selected, QAccessible.Event.Selection), (deselected, QAccessible.Event.SelectionRemove)):
            if not rows.isEmpty():
                self._tell(rows.first().top(), event)

    def _tell(self, row: int, event: QAccessible.Event) -> None:
        if QAccessible.isActive():
            told = QAccessibleEvent(self, event)
            told.setChild(row)
            QAccessible.updateAccessibility(told)

    # Paint ----------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the rows in sight."""
        painter, height, dirty = QPainter(self.viewport()), self.row_height, event.rect()
        first = max(0, (dirty.top() + self.verticalOffset()) // height)
        last = min(self._count() - 1, (dirty.bottom() + self.verticalOffset()) // height)
        viewport, current, chosen = self.viewport(), self.currentIndex().row(), self.selectionModel()
        under = self.indexAt(viewport.mapFromGlobal(QCursor.pos())).row() if viewport.underMouse() else -1
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~QStyle.StateFlag.State_HasFocus
        for row in range(first, last + 1):
            index = self._at(row)
            state = plain
            if chosen.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == under:
                state |= QStyle.StateFlag.State_MouseOver
            if row == current and self.hasFocus():
                state |= QStyle.StateFlag.State_HasFocus
            option.state = state
            option.rect = self._rect(row, height)
            self.itemDelegate().paint(painter, option, index)
        painter.end()

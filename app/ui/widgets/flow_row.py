"""A row that goes on below where there is no room left."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget


class _Flow(QLayout):
    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._last: QWidget | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 (Qt's name)
        """Put it at the end."""
        self._items.append(item)

    def move_to(self, widget: QWidget, at: int) -> None:
        """Put a widget that is here at another place."""
        item = next(item for item in self._items if item.widget() is widget)
        self._items.remove(item)
        self._items.insert(at, item)
        self.invalidate()

    def count(self) -> int:
        """How many are here."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 (Qt's name)
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 (Qt's name)
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """The narrower, the more rows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """How high it is."""
        return self._place(QRect(0, 0, width, 0), moves=False)

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 (Qt's name)
        """It asks for no more than it needs."""
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """All in one row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self._gap * max(0, len(sizes) - 1)
        return QSize(sum(size.width() for size in sizes) + gaps, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 (Qt's name)
        """The largest alone."""
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 (Qt's name)
        """Place them."""
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def end_with(self, widget: QWidget) -> None:
        """Put a widget at the right end of its row."""
        self._last = widget

    def _place(self, rect: QRect, *, moves: bool) -> int:
        """Break the items into rows, each as high as its highest; how high all are."""
        rows: list[list[tuple[QLayoutItem, int, QSize]]] = []
        left = rect.left()
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 10_000))
            if not rows or left + size.width() > rect.right() + 1:
                rows.append([])
                left = rect.left()
            if item.widget() is self._last:
                left = max(left, rect.right() + 1 - size.width())
            rows[-1].append((item, left, size))
            left += size.width() + self._gap
        top = rect.top()
        for row in rows:
            height = max(size.height() for _, _, size in row)
            for item, at, size in row if moves else ():
                item.setGeometry(QRect(QPoint(at, top + (height - size.height()) // 2), size))
            top += height + self._gap
        return max(0, top - self._gap - rect.top())


class FlowRow(QWidget):
    """Widgets beside each other, in as many rows as they need; Tab goes in their order."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._flow = _Flow(self, gap)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget, at: int = -1, *, ends: bool = False) -> None:
        """Put a widget in, at the end or at a place; `ends` has it stand at the right of its row."""
        self._flow.addWidget(widget)
        if ends:
            self._flow.end_with(widget)
        if at >= 0:
            self._flow.move_to(widget, at)
        widgets = [item.widget() for index in range(self._flow.count()) if (item := self._flow.itemAt(index))]
        for before, after in pairwise(widgets):
            if before is not None and after is not None:
                QWidget.setTabOrder(before, after)

    def take(self, widget: QWidget) -> None:
        """Take a widget out, for good."""
        self._flow.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def together(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Widgets that stay beside each other, as one of a row."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    return pair

"""Which queues somebody works in: those that there are, to check, and a line for names that are new.

A queue may be new: agents can be made before the first file that names their queue is imported.
"""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look

ALL_QUEUES = "*"
ROW, BOX, MOST_ROWS = 28, 15, 6
_NAME = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class CheckDelegate(QStyledItemDelegate):
    """A box and a name; a click anywhere in the row, or Space, checks it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 28."""
        return QSize(80, self._look.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one queue."""
        state: QStyle.StateFlag = option.state
        look = self._look.drawn
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        painter.save()
        rect = self._look.draws(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, look.colour("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8), look.colour("accent"))
        box = QRectF(rect.left() + 10.5, rect.center().y() - BOX / 2, BOX, BOX)
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        edge = "accent" if checked and enabled else "line_strong" if enabled else "line"
        painter.setPen(QPen(look.colour(edge), 1))
        painter.setBrush(look.colour("accent" if checked and enabled else "surface"))
        painter.drawRoundedRect(box, 3, 3)
        if checked:
            draw_icon(painter, "check", look.colour("on_accent" if enabled else "ink3"), box.adjusted(1, 1, -1, -1))
        painter.setFont(look.font())
        painter.setPen(look.colour("ink" if enabled else "ink3"))
        painter.drawText(rect.adjusted(36, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))
        painter.restore()

    def editorEvent(  # noqa: N802 (Qt's name)
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Check or uncheck."""
        clicked = isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease
        pressed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not (clicked or pressed) or not model.flags(index) & Qt.ItemFlag.ItemIsEnabled:
            return False
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
        return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)


class QueuePicker(QWidget):
    """The list and the line below it.

    Attributes:
        listed: the queues that there are, one Tab stop with arrows inside.
        other: names of new ones, with commas between.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.listed = QListWidget()
        self.listed.setObjectName("account_queues")
        self.listed.setProperty("field", True)
        self.listed.setAccessibleName(self.tr("Queues"))
        self.listed.setAccessibleDescription(self.tr("Space checks a queue"))
        self.listed.setItemDelegate(CheckDelegate(look, self.listed))
        self.listed.itemChanged.connect(self._on_changed)
        column.addWidget(self.listed)
        self.other = QLineEdit()
        self.other.setObjectName("account_new_queues")
        self.other.setFont(look.font())
        self.other.setMaxLength(400)
        self.other.setPlaceholderText(self.tr("A new queue, or several: a, b"))
        self.other.setAccessibleName(self.tr("New queues, with commas between"))
        column.addWidget(self.other)
        self.setFocusProxy(self.listed)

    def offer(self, known: Iterable[str], chosen: tuple[str, ...] = ()) -> None:
        """Offer these queues, with some of them checked.

        Args:
            known: the queues that there are.
            chosen: those of the account; one that is not known is listed, too.
        """
        names = sorted({*known, *chosen} - {ALL_QUEUES})
        self.listed.blockSignals(True)
        self.listed.clear()
        for name in (ALL_QUEUES, *names):
            item = QListWidgetItem(self.tr("All queues") if name == ALL_QUEUES else name, self.listed)
            item.setData(_NAME, name)
            item.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
        self.listed.blockSignals(False)
        self.listed.setCurrentRow(0)
        self.listed.setFixedHeight(self._look.px(ROW) * min(MOST_ROWS, self.listed.count()) + 4)
        self.other.clear()
        self._shut_others()

    def retranslate(self) -> None:
        """The line for all queues in the language of now."""
        for at in range(self.listed.count()):
            item = self.listed.item(at)
            if item.data(_NAME) == ALL_QUEUES:
                item.setText(self.tr("All queues"))

    def chosen(self) -> tuple[str, ...]:
        """The queues that are checked, then those that were typed, each once."""
        items = [self.listed.item(row) for row in range(self.listed.count())]
        checked = [str(item.data(_NAME)) for item in items if item.checkState() is Qt.CheckState.Checked]
        typed = [word for part in self.other.text().lower().split(",") if (word := part.strip())]
        return (ALL_QUEUES,) if ALL_QUEUES in {*checked, *typed} else tuple(dict.fromkeys([*checked, *typed]))

    def check(self, *names: str) -> None:
        """Check these, and no others."""
        for row in range(self.listed.count()):
            item = self.listed.item(row)
            is_in = str(item.data(_NAME)) in names
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)

    def _on_changed(self, item: QListWidgetItem) -> None:
        if item.data(_NAME) == ALL_QUEUES:
            self._shut_others()

    def _shut_others(self) -> None:
        """With all of them, no single one is chosen."""
        every = self.listed.item(0).checkState() is Qt.CheckState.Checked
        self.listed.blockSignals(True)
        for row in range(1, self.listed.count()):
            item = self.listed.item(row)
            flags = item.flags()
            may = Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags & ~may if every else flags | may)
        self.listed.blockSignals(False)
        self.listed.viewport().update()
        self.other.setEnabled(not every)

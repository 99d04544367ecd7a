"""A list to tick lines in: Space or a click ticks, Return is done; letters go to a line."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.ui.theme.look import Look
from app.ui.widgets.pick_delegate import PickDelegate

ROW, MOST_ROWS = 28, 9
_KEY, _TICKED, _WORDS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class PickList(QListWidget):
    """Lines with ticks.

    Args:
        look: fonts and sizes.
        name: of the widget.
        spoken: what a reader calls it.
        is_single: whether a tick takes the others away and is the whole choice.

    Signals:
        ticked: what is ticked is another now.
        done: Return: the choice is made.
        moved: a line was moved by Alt with an arrow.
    """

    ticked = Signal()
    done = Signal()
    moved = Signal()

    def __init__(self, look: Look, name: str, spoken: str, *, is_single: bool = False, moves: bool = False) -> None:
        super().__init__()
        self._look, self._is_single, self._moves = look, is_single, moves
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFont(look.font())
        self.setUniformItemSizes(True)
        self.setItemDelegate(PickDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        edge = look.px(14)
        self._blank = QPixmap(edge, edge)
        self._blank.fill(Qt.GlobalColor.transparent)
        self._check = QIcon(look.pixmap("check", "accent", 14))
        self.setIconSize(QSize(edge, edge))
        self.itemClicked.connect(self._on_clicked)

    def fill(self, lines: Sequence[tuple[str, str]], ticked: Sequence[str]) -> None:
        """Show these lines (key, words), those of `ticked` ticked; the first of those is the current one."""
        self.clear()
        for key, words in lines:
            item = QListWidgetItem(words, self)
            item.setData(_KEY, key)
            item.setData(_WORDS, words)
            item.setSizeHint(QSize(0, self._look.px(ROW)))
            self._tick(item, key in ticked)
        first = next((at for at in range(self.count()) if self.item(at).data(_TICKED)), 0)
        self.setCurrentRow(first)
        self.setFixedHeight(self._look.px(ROW) * max(1, min(self.count(), MOST_ROWS)) + 4)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the ticked lines, in their order."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(str(item.data(_KEY)) for item in items if item.data(_TICKED))

    def narrow(self, text: str) -> None:
        """Show only lines with this text in them."""
        wanted = text.strip().casefold()
        for at in range(self.count()):
            item = self.item(at)
            item.setHidden(wanted not in item.text().casefold())
        current = self.currentItem()
        if current is None or current.isHidden():
            first = next((at for at in range(self.count()) if not self.item(at).isHidden()), -1)
            self.setCurrentRow(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Space ticks, Return is done, Alt with an arrow moves."""
        item, step = self.currentItem(), {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if item is not None and event.key() == Qt.Key.Key_Space:
            self._on_clicked(item)
        elif item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.keys or self._is_single:
                self._choose(item)
            self.done.emit()
        elif item is not None and self._moves and alt and step:
            self._shift(step)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if self._is_single:
            self._choose(item)
            self.done.emit()
            return
        self._tick(item, not item.data(_TICKED))
        self.ticked.emit()

    def _choose(self, item: QListWidgetItem) -> None:
        for at in range(self.count()):
            if self._is_single:
                self._tick(self.item(at), False)
        self._tick(item, True)
        self.ticked.emit()

    def _tick(self, item: QListWidgetItem, ticked: bool) -> None:
        item.setData(_TICKED, ticked)
        item.setIcon(self._check if ticked else QIcon(self._blank))
        words = str(item.data(_WORDS))
        spoken = self.tr("{line}, chosen").format(line=words) if ticked else words
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _shift(self, step: int) -> None:
        row = self.currentRow()
        to = max(0, min(self.count() - 1, row + step))
        if to != row:
            item = self.takeItem(row)
            self.insertItem(to, item)
            self.setCurrentRow(to)
            self.moved.emit()

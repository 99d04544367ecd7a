"""The list of the desk's pages: name, sign, and how much waits there."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.ui.language import tr as _tr
from app.ui.privacy.pages import PrivacyPage
from app.ui.theme.look import Look
from app.ui.widgets.pick_delegate import PickDelegate

ROW = 34
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class PagesModel(QAbstractListModel):
    """The pages, and what waits in each."""

    def __init__(self, look: Look, pages: Sequence[PrivacyPage]) -> None:
        super().__init__()
        self._look, self._pages = look, tuple(pages)
        self._counts: dict[str, int] = {}
        self._pressing: dict[str, int] = {}

    def page_at(self, row: int) -> PrivacyPage | None:
        """The page in a row."""
        return self._pages[row] if 0 <= row < len(self._pages) else None

    def row_of(self, key: str) -> int:
        """The row of a page, or -1."""
        return next((at for at, page in enumerate(self._pages) if page.key == key), -1)

    def show_count(self, key: str, count: int) -> None:
        """How much waits in a page."""
        self._counts[key] = count
        index = self.index(self.row_of(key))
        self.dataChanged.emit(index, index)

    def show_pressing(self, key: str, count: int) -> None:
        """How much of it is due within a day or overdue."""
        self._pressing[key] = count
        index = self.index(self.row_of(key))
        self.dataChanged.emit(index, index)

    @property
    def waiting(self) -> int:
        """How much waits in all."""
        return sum(self._counts.values())

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many pages there are."""
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and sign of a page, in the language and the colours of now."""
        page = self.page_at(index.row()) if index.isValid() else None
        if page is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return self._look.pixmap(page.icon, "ink2", 16)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._look.row(ROW))
        count, pressing, name = self._counts.get(page.key, 0), self._pressing.get(page.key, 0), _name(page)
        if role == Qt.ItemDataRole.DisplayRole:
            sign = f" · {pressing}!" if pressing else ""
            return f"{name}  ({count}{sign})" if count else name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return waiting_words(name, count, pressing)
        return None


def _name(page: PrivacyPage) -> str:
    return str(_tr(page.words))


def waiting_words(name: str, count: int, pressing: int) -> str:
    """What a reader hears of a page: its name, how much waits, and how much of it presses."""
    if not count:
        return name
    if pressing:
        words = _tr("{name}, {n} waiting, {m} due within a day or overdue")
        return str(words.format(name=name, n=count, m=pressing))
    return str(_tr("{name}, {n} waiting").format(name=name, n=count))


class PageList(QListView):
    """The list at the left of the desk.

    Signals:
        chosen: a page's name in code.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, pages: Sequence[PrivacyPage]) -> None:
        super().__init__()
        self._look = look
        self.pages = PagesModel(look, pages)
        self.pages.setParent(self)
        self.setObjectName("privacy_pages")
        self.setAccessibleName(self.tr("Pages of the privacy desk"))
        self.setModel(self.pages)
        self.setItemDelegate(PickDelegate(look, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.redress()
        self.selectionModel().currentChanged.connect(self._on_current)

    def redress(self) -> None:
        """Another size of the text."""
        self.setFont(self._look.font())
        self.scheduleDelayedItemsLayout()

    def show_page(self, key: str) -> None:
        """Make a page the current one."""
        self.setCurrentIndex(self.pages.index(self.pages.row_of(key)))

    def _on_current(self, index: QModelIndex) -> None:
        page = self.pages.page_at(index.row())
        if page is not None:
            self.chosen.emit(page.key)

"""A listing as a table: a line for each item, filtered by the words that are typed, in the order in which it came."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """What a table must know of its items.

    Attributes:
        columns: from left to right; the first says which item it is, the last how it stands.
        key: tells one item from all others.
        words: what the words that are typed are looked for in.
        heading: name of a column.
        cell: text of a cell.
        sign: icon and ink of how an item stands.
        ink: of the first column.
    """

    columns: type[IntEnum]
    key: Callable[[T], str]
    words: Callable[[T], str]
    heading: Callable[[int], str]
    cell: Callable[[T, int], str]
    sign: Callable[[T], tuple[str, str]]
    ink: Callable[[T], str] = lambda _item: "ink"


class ListedModel(QAbstractTableModel, Generic[T]):
    """Every item that fits the filter."""

    def __init__(self, listed: Listed[T], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listed = listed
        self._all: tuple[T, ...] = ()
        self._shown: list[T] = []
        self._text = ""
        self._fits: Callable[[T], bool] | None = None

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._all)

    def show(self, items: tuple[T, ...]) -> None:
        """Take another listing."""
        self._all = items
        self._filter()

    def look_for(self, text: str, fits: Callable[[T], bool] | None = None) -> None:
        """Show what has all these words, and fits."""
        self._text, self._fits = text.casefold().strip(), fits
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [item for item in self._all if self._is_wanted(item)]
        self.endResetModel()

    def _is_wanted(self, item: T) -> bool:
        words = self._listed.words(item).casefold()
        return (self._fits is None or self._fits(item)) and all(word in words for word in self._text.split())

    def at(self, row: int) -> T | None:
        """The item of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, key: str) -> int:
        """The row of an item, or -1."""
        return next((at for at, item in enumerate(self._shown) if self._listed.key(item) == key), -1)

    def named(self, key: str) -> T | None:
        """An item by its key, shown or not."""
        return next((item for item in self._all if self._listed.key(item) == key), None)

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many fit."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """As many as are listed."""
        return 0 if parent.isValid() else len(self._listed.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._listed.heading(section)

    def data(self, index: _Index, role: int = 0) -> object:
        """Text of a cell, or the item behind it."""
        item = self.at(index.row())
        if item is None:
            return None
        if role == ITEM_ROLE:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._listed.cell(item, index.column())
        return None

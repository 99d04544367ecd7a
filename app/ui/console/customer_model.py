"""The customers that a search found, as one model for list and table. It pages by id.

Invariants: the model knows the ids alone; rows are fetched a page at a time, only for what a view asks to show, and
only a few pages are kept. A row holds open fields and masks, so no role of this model can hold a sealed value.
"""

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.mask import Mask
from app.domain.table_query import Sort
from app.session.shown import ShownRow
from app.ui.saying import now
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases
from app.ui.words import shown_text

PAGE, KEPT_PAGES = 64, 24
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
ID_ROLE = Qt.ItemDataRole.UserRole + 2
CHANGED_ROLE = Qt.ItemDataRole.UserRole + 3
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns with a role, which every table has; the inventory's other ones come behind them."""

    NAME = 0
    NUMBER = 1
    CITY = 2
    PHONE = 3
    TICKET = 4
    QUEUE = 5
    LAST_CONTACT = 6


ROLES = ("name", "number", "city", "phone", "ticket", "queue", "last_contact")
"""Keys of the columns with a role, in the order of `Column`."""


class CustomerModel(QAbstractTableModel):
    """Customers by id. `set_ids` replaces what was found."""

    def __init__(self, desk: DeskUseCases, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[ShownRow | None]] = OrderedDict()
        self._changed: set[int] = set()
        self._sort: Sort | None = None
        more = tuple(column for column in desk.columns if column.key not in ROLES)
        self._more = dict(enumerate(more, len(ROLES)))
        self.keys = (*ROLES, *(column.key for column in more))
        self._wanted: set[int] = set()
        self._generation = 0

    def set_ids(self, ids: "array[int]", first_rows: Sequence[ShownRow] = ()) -> None:
        """Show other customers; an addition at the end (the first fill) keeps what is shown.

        Args:
            ids: who they are, in order.
            first_rows: the first page of them, if it is there already.
        """
        old = self._ids
        if len(ids) > len(old) > 0 and ids[: len(old)] == old:
            last_page = len(old) // PAGE
            self.beginInsertRows(QModelIndex(), len(old), len(ids) - 1)
            self._ids = ids
            self._pages.pop(last_page, None)
            self.endInsertRows()
            return
        if ids == old:
            return
        self.beginResetModel()
        self._ids = ids
        self._forget_pages()
        if first_rows:
            self._pages[0] = self._aligned(0, first_rows)
        self.endResetModel()

    def show_sort(self, sort: Sort | None) -> None:
        """Say in the header by which column the rows are sorted."""
        self._sort = sort
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.keys) - 1)

    @property
    def ids(self) -> "array[int]":
        """The customers shown, in order. Not to be written to."""
        return self._ids

    def follow(self, ids: "array[int]", changed: Set[int], gone: Set[int]) -> None:
        """Show what a sync made of the customers: rows keep their place, selection and dot, until somebody searches.

        Args:
            ids: what was shown, without what is gone, and with what is new.
            changed: rows that are others now; they are read again and get a dot.
            gone: rows that are not here any more.
        """
        self._changed = (self._changed | changed) - gone
        if ids == self._ids:
            self._read_again(changed)
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        before = {index.row(): self._ids[index.row()] for index in held}
        known = self._known_rows()
        self._ids = ids
        now = {row: self.row_of(id_) for row, id_ in before.items()}
        self._forget_pages()
        for page in self._pages_of(known):
            self._pages[page] = [known.get(id_) for id_ in self._ids_of(page)]
            self._fetch(page)
        moved = [
            self.index(now[index.row()], index.column()) if now[index.row()] >= 0 else QModelIndex() for index in held
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def seen(self, id_: int) -> None:
        """Somebody has looked at a customer: its dot goes."""
        if id_ in self._changed:
            self._changed.discard(id_)
            row = self.row_of(id_)
            if row >= 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.keys) - 1))

    def _read_again(self, changed: Set[int]) -> None:
        """Fetch the pages that show changed rows; what stands there stays until they come."""
        for page in list(self._pages):
            if not changed.isdisjoint(self._ids_of(page)):
                self._wanted.discard(page)
                self._fetch(page)

    def _known_rows(self) -> dict[int, ShownRow]:
        return {row.id: row for rows in self._pages.values() for row in rows if row is not None}

    def _pages_of(self, known: Mapping[int, ShownRow]) -> list[int]:
        """Pages that may show known rows: those that did, and their neighbours where rows were put in or taken out."""
        rows = {self.row_of(id_) for id_ in list(known)[:: PAGE // 2]}
        return sorted({row // PAGE for row in rows if row >= 0})

    def _ids_of(self, page: int) -> "array[int]":
        return self._ids[page * PAGE : (page + 1) * PAGE]

    def _aligned(self, page: int, rows: Sequence[ShownRow]) -> list[ShownRow | None]:
        """Rows in the places of their ids."""
        known = {row.id: row for row in rows}
        return [known.get(id_) for id_ in self._ids_of(page)]

    def refresh(self) -> None:
        """Fetch what is shown again."""
        self._forget_pages()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.keys) - 1))

    def _forget_pages(self) -> None:
        self._generation += 1
        self._pages.clear()
        self._wanted.clear()

    def id_at(self, row: int) -> int | None:
        """The id in a row, or None."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, id_: int) -> int:
        """The row of an id, or -1."""
        try:
            return self._ids.index(id_)
        except ValueError:
            return -1

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many were found."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """The columns of the table."""
        return 0 if parent.isValid() else len(self.keys)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns, with an arrow at the one that sorts."""
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        shown = role == Qt.ItemDataRole.DisplayRole or spoken
        if orientation is not Qt.Orientation.Horizontal or not shown or not 0 <= section < len(self.keys):
            return None
        name, sort = self.column_name(section), self._sort
        if sort is None or sort.by != self.keys[section]:
            return name
        if spoken:
            words = self.tr("{column}, sorted downwards") if sort.is_down else self.tr("{column}, sorted upwards")
            return words.format(column=name)
        return f"{name} {'↓' if sort.is_down else '↑'}"

    def column_name(self, section: int) -> str:
        """The name of a column."""
        match section:  # a header asks again and again
            case Column.NAME:
                return self.tr("Name")
            case Column.NUMBER:
                return self.tr("Number")
            case Column.CITY:
                return self.tr("City")
            case Column.PHONE:
                return self.tr("Mobile phone")
            case Column.TICKET:
                return self.tr("Ticket")
            case Column.QUEUE:
                return self.tr("Queue")
            case Column.LAST_CONTACT:
                return self.tr("Last contact")
        return now(self._more[section].label)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and the row itself; None while its page is on the way."""
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role == CHANGED_ROLE:
            return self.id_at(index.row()) in self._changed
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE):
            return None
        row = self._row(index.row())
        if row is None or role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.NAME:
            changed = self.tr("changed just now") if row.id in self._changed else ""
            return ", ".join(part for part in (row.name, row.number, row.city, changed) if part)
        return self.text_at(row, index.column())

    def row_at(self, number: int) -> ShownRow | None:
        """The customer in a row, or None while its page is on the way."""
        return self._row(number) if 0 <= number < len(self._ids) else None

    def is_changed(self, id_: int) -> bool:
        """Whether a sync has changed this customer since somebody looked."""
        return id_ in self._changed

    def mask_at(self, row: ShownRow, column: int) -> Mask | None:
        """The mask that a cell shows, or None."""
        if column == Column.PHONE:
            return row.phone
        mask = row.more.get(self.keys[column])
        return mask if isinstance(mask, Mask) else None

    def text_at(self, row: ShownRow, column: int) -> str:
        """What a cell says; of a mask, what is kept and that something is not."""
        match column:
            case Column.NAME:
                return row.name
            case Column.NUMBER:
                return row.number
            case Column.CITY:
                return row.city
            case Column.TICKET:
                return row.ticket
            case Column.QUEUE:
                return row.queue
            case Column.LAST_CONTACT:
                return shown_text("date", row.last_contact)
        mask = self.mask_at(row, column)
        if mask is not None or column == Column.PHONE:
            return str(mask or "")
        return shown_text(self._more[column].kind, str(row.more.get(self.keys[column], "")))

    def _row(self, number: int) -> ShownRow | None:
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._fetch(page)
            return None
        self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def _fetch(self, page: int) -> None:
        if page in self._wanted:
            return
        self._wanted.add(page)
        generation = self._generation
        ids = list(self._ids_of(page))
        self._tasks.run(
            lambda: self._desk.rows(ids),
            lambda rows: self._on_rows_fetched(generation, page, ids, rows),
            lane="cache",
            owner=self,
        )

    def _on_rows_fetched(self, generation: int, page: int, asked: list[int], rows: Sequence[ShownRow]) -> None:
        """A row that has just gone from the cache is not among them; a sync takes it from the list a moment later."""
        if generation != self._generation:
            return
        self._wanted.discard(page)
        self._pages[page] = self._aligned(page, rows)
        if list(self._ids_of(page)) != asked:  # customers were added meanwhile
            self._fetch(page)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min((page + 1) * PAGE, len(self._ids)) - 1
        if last >= page * PAGE:
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.keys) - 1))

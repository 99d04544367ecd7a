"""The entries that were found so far, as a table that asks for more as it is scrolled."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.session.log_shown import LogEntry, LogKey, LogPage
from app.ui.audit.words import event_name, outcome_name, people, short_id
from app.ui.language import tr as _tr
from app.ui.words import clock_time_seconds, iso_day, number

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    NUMBER = 0
    TIME = 1
    PERSON = 2
    EVENT = 3
    OUTCOME = 4
    SUBJECT = 5
    SEAT = 6


class LogModel(QAbstractTableModel):
    """Pages behind each other. It holds what was shown and nothing more of the log.

    Signals:
        wanted: the table came near its end, and there is more.
    """

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[LogEntry] = []
        self.next: LogKey | None = None
        self.is_waiting = False

    def clear(self) -> None:
        """Another search begins."""
        self.beginResetModel()
        self._entries, self.next, self.is_waiting = [], None, True
        self.endResetModel()

    def add(self, page: LogPage) -> None:
        """Take a page; it goes behind what is there."""
        if page.entries:
            first = len(self._entries)
            self.beginInsertRows(_NOWHERE, first, first + len(page.entries) - 1)
            self._entries += page.entries
            self.endInsertRows()
        self.next, self.is_waiting = page.next, False

    def entry(self, row: int) -> LogEntry | None:
        """The entry of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, entry_number: int) -> int:
        """The row of an entry, or -1."""
        return next((row for row, entry in enumerate(self._entries) if entry.number == entry_number), -1)

    # Qt's side -----------------------------------------------------------------------------------------------------
    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802 (Qt's name)
        """Whether the search goes on behind the last row."""
        return not parent.isValid() and self.next is not None and not self.is_waiting

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802 (Qt's name)
        """Ask for the next page; it comes later."""
        if self.canFetchMore(parent):
            self.is_waiting = True
            self.wanted.emit()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many were found so far."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Seven."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _heading(Column(section))

    def data(self, index: _Index, role: int = 0) -> object:
        """Text of a cell, or the entry behind it."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(entry, Column(index.column()))
        return None


def _heading(column: Column) -> str:
    names = {
        Column.NUMBER: _tr("Entry"),
        Column.TIME: _tr("Time"),
        Column.PERSON: _tr("Person"),
        Column.EVENT: _tr("Event"),
        Column.OUTCOME: _tr("Outcome"),
        Column.SUBJECT: _tr("Subject"),
        Column.SEAT: _tr("Workstation"),
    }
    return names[column]


def _cell(entry: LogEntry, column: Column) -> str:
    match column:
        case Column.NUMBER:
            return number(entry.number)
        case Column.TIME:
            return f"{iso_day(entry.at)} {clock_time_seconds(entry.at)}"
        case Column.PERSON:
            return people(entry)
        case Column.EVENT:
            return event_name(entry.event)
        case Column.OUTCOME:
            return outcome_name(entry.outcome)
        case Column.SUBJECT:
            return short_id(entry.record)
        case Column.SEAT:
            return entry.seat

"""The lines of a list as a table: each day a heading over the whole width, then its accesses."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.session.shown_who_saw import ShownLine, ShownWhoSaw

HEADING_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    TIME = 0
    WHO = 1
    WHAT = 2
    WHY = 3
    HOW = 4
    ENTRY = 5


class AccessModel(QAbstractTableModel):
    """One list, made whole: it does not change while it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | ShownLine] = []
        self._columns: tuple[str, ...] = ("",) * len(Column)

    def show_list(self, shown: ShownWhoSaw | None) -> None:
        """Show another list, or none."""
        self.beginResetModel()
        self._rows = []
        if shown is not None:
            self._columns = shown.columns
            for day in shown.days:
                self._rows += [day.heading, *day.lines]
        self.endResetModel()

    def headings(self) -> list[int]:
        """Rows that are headings."""
        return [row for row, what in enumerate(self._rows) if isinstance(what, str)]

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Days and accesses."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Six."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names, in the language of the list."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.ENTRY:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._columns[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell; a reader is told the whole line in its first."""
        if not index.isValid():
            return None
        what, column = self._rows[index.row()], Column(index.column())
        if role == HEADING_ROLE:
            return isinstance(what, str)
        if isinstance(what, str):
            texts = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return what if column is Column.TIME and role in texts else None
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.TIME:
            return ", ".join((what.time, what.who, what.what, what.why, what.how))
        return _text(what, column) if role == Qt.ItemDataRole.DisplayRole else None


def _text(line: ShownLine, column: Column) -> str:
    texts = {
        Column.TIME: line.time,
        Column.WHO: line.who,
        Column.WHAT: line.what,
        Column.WHY: line.why,
        Column.HOW: line.how,
        Column.ENTRY: line.entry,
    }
    return texts[column]

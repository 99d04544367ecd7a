"""The workstations as a table: filtered by what is typed, in the order of names."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.session.workstations import Workstation
from app.ui.language import tr as _tr
from app.ui.words import day_and_time
from app.ui.workstations.words import state_name

WORKSTATION_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    NAME = 0
    PEOPLE = 1
    SEEN = 2
    VERSION = 3
    STATE = 4


class WorkstationModel(QAbstractTableModel):
    """Every workstation that fits the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Workstation, ...] = ()
        self._shown: list[Workstation] = []
        self._text = ""

    @property
    def total(self) -> int:
        """How many workstations there are."""
        return len(self._all)

    def show(self, workstations: tuple[Workstation, ...]) -> None:
        """Take another listing."""
        self._all = workstations
        self._filter()

    def look_for(self, text: str) -> None:
        """Show what fits: words in name, id, or in who is there."""
        self._text = text.casefold().strip()
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [one for one in self._all if self._fits(one)]
        self.endResetModel()

    def _fits(self, one: Workstation) -> bool:
        people = " ".join(f"{s.account} {s.display_name}" for s in one.sessions)
        words = f"{one.name} {one.id[:8]} {people}".casefold()
        return all(word in words for word in self._text.split())

    def workstation(self, row: int) -> Workstation | None:
        """The workstation of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, id_: str) -> int:
        """The row of a workstation, or -1."""
        return next((at for at, one in enumerate(self._shown) if one.id == id_), -1)

    def named(self, id_: str) -> Workstation | None:
        """A workstation by its id, shown or not."""
        return next((one for one in self._all if one.id == id_), None)

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many fit."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Five."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _heading(Column(section))

    def data(self, index: _Index, role: int = 0) -> object:
        """Text of a cell, or the workstation behind it."""
        one = self.workstation(index.row())
        if one is None:
            return None
        if role == WORKSTATION_ROLE:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(one, Column(index.column()))
        return None


def _heading(column: Column) -> str:
    names = {
        Column.NAME: _tr("Workstation"),
        Column.PEOPLE: _tr("Who is there"),
        Column.SEEN: _tr("Last seen"),
        Column.VERSION: _tr("Version"),
        Column.STATE: _tr("State"),
    }
    return names[column]


def _cell(one: Workstation, column: Column) -> str:
    texts = {
        Column.NAME: one.name,
        Column.PEOPLE: ", ".join(dict.fromkeys(s.display_name for s in one.sessions)) or "–",
        Column.SEEN: day_and_time(one.last_seen),
        Column.VERSION: one.version or "–",
        Column.STATE: state_name(one),
    }
    return texts[column]

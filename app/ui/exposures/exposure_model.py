"""The exposures as a table, the newest first, page by page. What is read stays: newer ones come above it."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.session.shown_exposures import ExposurePage, ShownExposure
from app.ui.exposures.words import (
    OfficeClock,
    call_words,
    closed_words,
    customer_name,
    day_label,
    field_words,
    kind_words,
    line_words,
    open_words,
    reason_or_refusal,
)
from app.ui.language import tr as _tr
from app.ui.saying import now

EXPOSURE_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    TIME = 0
    AGENT = 1
    SEAT = 2
    FIELD = 3
    CUSTOMER = 4
    REASON = 5
    HOW = 6
    OPEN = 7
    CALL = 8


class ExposureModel(QAbstractTableModel):
    """What the table has read so far.

    Attributes:
        total: how many there are in all.
        before: where older ones begin, or None.

    Signals:
        came_above: so many newer ones were put above the rest.
    """

    came_above = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ShownExposure] = []
        self._clock, self._has_days = OfficeClock("UTC"), False
        self.total, self.before = 0, None  # type: int, int | None

    def tell_time(self, zone: str, *, has_days: bool) -> None:
        """The office's time zone, and whether a line needs its day."""
        self._clock, self._has_days = OfficeClock(zone), has_days
        self._all_changed()

    def show(self, page: ExposurePage) -> None:
        """Begin anew with a first page."""
        self.beginResetModel()
        self._rows = list(page.rows)
        self.endResetModel()
        self.total, self.before = page.total, page.before

    def append(self, page: ExposurePage) -> None:
        """Older ones, below."""
        known = {row.entry for row in self._rows}
        older = [row for row in page.rows if row.entry not in known]
        self.total, self.before = page.total, page.before
        if older:
            at = len(self._rows)
            self.beginInsertRows(_NOWHERE, at, at + len(older) - 1)
            self._rows += older
            self.endInsertRows()

    def refresh(self, page: ExposurePage) -> None:
        """Another first page: newer ones come above, others are brought up to date where they stand."""
        known = {row.entry: at for at, row in enumerate(self._rows)}
        newer = [row for row in page.rows if row.entry not in known]
        meets = len(newer) < len(page.rows) or not self._rows
        if not meets or (self._rows and any(row.entry < self._rows[-1].entry for row in newer)):
            self.show(page)
            return
        self.total = page.total
        if page.before is None:  # all of them are on this page
            self._keep({row.entry for row in page.rows})
            self.before = None
        if newer:
            self.beginInsertRows(_NOWHERE, 0, len(newer) - 1)
            self._rows[:0] = newer
            self.endInsertRows()
            self.came_above.emit(len(newer))
        now = {row.entry: row for row in page.rows}
        self._rows = [now.get(row.entry, row) for row in self._rows]
        self._all_changed()

    def _keep(self, entries: set[int]) -> None:
        for at in reversed([at for at, row in enumerate(self._rows) if row.entry not in entries]):
            self.beginRemoveRows(_NOWHERE, at, at)
            del self._rows[at]
            self.endRemoveRows()

    def _all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def exposure(self, row: int) -> ShownExposure | None:
        """The exposure of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def entries(self) -> Sequence[int]:
        """Their numbers in the log."""
        return [row.entry for row in self._rows]

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many were read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Nine."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names; that of the numbers stands at the right, as they do."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.OPEN else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = 0) -> object:
        """Text of a cell, the exposure behind it, or what a reader says: the first cell says the whole line."""
        row = self.exposure(index.row())
        if row is None:
            return None
        if role == EXPOSURE_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.TIME:
            return self.sentence(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(row, Column(index.column()))
        return None

    def sentence(self, row: ShownExposure) -> str:
        """A line as a reader says it."""
        said = line_words({column.name.lower(): self._cell(row, column) for column in Column})
        return "; ".join(part for part in (said, closed_words(row.closed_by)) if part)

    def _cell(self, row: ShownExposure, column: Column) -> str:
        if column is Column.TIME:
            time = self._clock.seconds(row.at)
            return f"{day_label(self._clock.day(row.at))}, {time}" if self._has_days else time
        texts = {
            Column.AGENT: row.agent_name or row.agent,
            Column.SEAT: row.seat,
            Column.FIELD: field_words(row),
            Column.CUSTOMER: customer_name(row.number, row.record),
            Column.REASON: reason_or_refusal(row),
            Column.HOW: kind_words(row),
            Column.OPEN: open_words(row),
            Column.CALL: call_words(row),
        }
        return now(texts[column])


def heading(column: Column) -> str:
    """A column's name."""
    names = {
        Column.TIME: _tr("Time"),
        Column.AGENT: _tr("Agent"),
        Column.SEAT: _tr("Workstation"),
        Column.FIELD: _tr("Field"),
        Column.CUSTOMER: _tr("Customer"),
        Column.REASON: _tr("Reason"),
        Column.HOW: _tr("How"),
        Column.OPEN: _tr("Open"),
        Column.CALL: _tr("Call"),
    }
    return names[column]

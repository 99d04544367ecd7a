"""What a table can be filtered by, and what of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.domain.table_query import FilterKind, TableColumn
from app.ui.table.filters import DAYS, value_words
from app.ui.table.pick_list import PickList
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover

WIDTH, MANY = 280, 10


class ColumnPopover(Popover):
    """Which column to filter by.

    Signals:
        chosen: its key.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, anchor: QWidget, columns: Sequence[TableColumn]) -> None:
        super().__init__(look, anchor, WIDTH, name="filter_columns_popover")
        self.setAccessibleName(self.tr("Filter"))
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(text_label(look, self.tr("Filter by"), size=BODY, weight=Weight.SEMIBOLD))
        self.list = PickList(look, "filter_columns", self.tr("Filter by"), is_single=True)
        self.list.fill([(column.key, column.label) for column in columns], ())
        self.list.done.connect(self._choose)
        self.column.addWidget(self.list)
        self.unfold(self.list)

    def _choose(self) -> None:
        (key,) = self.list.keys
        self.finish()
        self.chosen.emit(key)


class ValuesPopover(Popover):
    """What of a column.

    Args:
        look: fonts and sizes.
        anchor: the chip, or the button of a new filter.
        column: of what.
        values: chosen before.

    Signals:
        chosen: values that count; none: whatever they have.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, anchor: QWidget, column: TableColumn, values: Sequence[str]) -> None:
        super().__init__(look, anchor, WIDTH, name="filter_values_popover")
        self._of, self._values = column, tuple(values)
        self.setAccessibleName(column.label)
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(text_label(look, column.label, size=BODY, weight=Weight.SEMIBOLD))
        self.edit = QLineEdit()
        self.edit.setObjectName("filter_narrow")
        self.edit.setAccessibleName(self.tr("Find a value"))
        self.edit.setPlaceholderText(self.tr("Find a value"))
        self.edit.setFont(look.font())
        self.edit.setMaxLength(80)
        self.edit.hide()
        self.column.addWidget(self.edit)
        is_days = column.filter is FilterKind.DAYS
        self.list = PickList(look, "filter_values", column.label, is_single=is_days)
        self.list.done.connect(self._apply)
        self.edit.textChanged.connect(self.list.narrow)
        self.edit.returnPressed.connect(self.list.setFocus)
        self.column.addWidget(self.list)
        self._said = text_label(look, self.tr("Reading the values…"), ink="ink2", size=SMALL, wrap=True)
        self.column.addWidget(self._said)
        self._place_buttons(look, is_days)
        if is_days:
            self.show_values(DAYS)
        else:
            self.list.hide()
        self.unfold(self.list if is_days else None)

    def _place_buttons(self, look: Look, is_days: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        if self._values:
            anything = Button(look, self.tr("Any"), "quiet", name="filter_any")
            anything.clicked.connect(lambda: self._choose(()))
            row.addWidget(anything)
        if not is_days:
            apply = Button(look, self.tr("Apply"), "primary", name="filter_apply")
            apply.clicked.connect(self._apply)
            row.addWidget(apply)
        self.column.addLayout(row)

    @property
    def key(self) -> str:
        """Of which column."""
        return self._of.key

    @property
    def waits(self) -> bool:
        """Whether its values are still to come."""
        return self._of.filter is not FilterKind.DAYS

    def show_values(self, values: Sequence[str]) -> None:
        """Offer these, and those that were chosen before."""
        known = {value.casefold() for value in values}
        lines = [*values, *(value for value in self._values if value.casefold() not in known)]
        chosen = {value.casefold() for value in self._values}
        ticked = [value for value in lines if value.casefold() in chosen]
        self.list.fill([(value, value_words(self._of, value)) for value in lines], ticked)
        self._said.setText("" if lines else self.tr("Nothing to choose from yet."))
        self._said.setVisible(not lines)
        self.list.setVisible(bool(lines))
        self.edit.setVisible(len(lines) > MANY)
        self.fit()
        if self.isVisible():
            (self.edit if len(lines) > MANY else self.list).setFocus()

    def _apply(self) -> None:
        self._choose(self.list.keys)

    def _choose(self, values: tuple[str, ...]) -> None:
        self.finish()
        self.chosen.emit(values)

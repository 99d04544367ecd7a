"""The line above the table: a chip for each filter, and what changes the table."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.table.columns_popover import ColumnsPopover
from app.ui.table.filter_popover import ColumnPopover, ValuesPopover
from app.ui.table.filters import chip_words
from app.ui.table.state import TableState
from app.ui.table.views_popover import ViewsPopover
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.popover import Popover


class TableBar(QWidget):
    """Chips and buttons.

    Signals:
        values_wanted: a popover waits for the values of a column (its key).
    """

    values_wanted = Signal(str)

    def __init__(self, look: Look, state: TableState) -> None:
        super().__init__()
        self._look, self._state = look, state
        self._popover: Popover | None = None
        self._chips: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._flow = FlowRow(gap=6)
        row.addWidget(self._flow, 1)
        self.add = Button(look, self.tr("Filter"), "filter", icon="list-filter", name="add_filter")
        self.add.clicked.connect(self.choose_filter)
        self.clear = Button(look, self.tr("Clear filters"), "link", name="clear_filters")
        self.clear.clicked.connect(state.clear)
        self._flow.add(self.add)
        self._flow.add(self.clear)
        self.views = Button(look, self.tr("Views"), "filter", icon="bookmark", name="table_views")
        self.views.clicked.connect(lambda: self._unfold(ViewsPopover(look, self.views, state)))
        self.arrange = Button(look, self.tr("Columns"), "filter", icon="columns-3", name="table_columns_button")
        self.arrange.clicked.connect(lambda: self._unfold(ColumnsPopover(look, self.arrange, state)))
        row.addWidget(self.views)
        row.addWidget(self.arrange)
        state.asked.connect(self._dress)
        self._dress()

    def choose_filter(self) -> None:
        """Offer the columns that can be filtered by."""
        popover = ColumnPopover(self._look, self.add, self._state.filterable)
        popover.chosen.connect(lambda key: self._edit(key, self.add))
        self._unfold(popover)

    def show_values(self, key: str, values: list[str]) -> None:
        """The values that were asked for."""
        popover = self._popover
        if isinstance(popover, ValuesPopover) and popover.key == key:
            popover.show_values(values)

    def _edit(self, key: str, anchor: QWidget) -> None:
        popover = ValuesPopover(self._look, anchor, self._state.columns[key], self._state.filters.get(key, ()))
        popover.chosen.connect(lambda values: self._state.filter_by(key, values))
        self._unfold(popover)
        if popover.waits:
            self.values_wanted.emit(key)

    def _unfold(self, popover: Popover) -> None:
        popover.folded.connect(lambda: self._on_folded(popover))
        self._popover = popover

    def _on_folded(self, popover: Popover) -> None:
        if self._popover is popover:
            self._popover = None

    def _dress(self) -> None:
        filters, columns = self._state.filters, self._state.columns
        for key in [key for key in self._chips if key not in filters]:
            chip = self._chips.pop(key)
            had_focus = chip.hasFocus()
            self._flow.take(chip)
            if had_focus:
                self.add.setFocus()
        for at, (key, values) in enumerate(filters.items()):
            if key not in self._chips:
                chip = Button(self._look, "", "filter", icon="chevron-down", name=f"filter_{key}")
                chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign stands behind the words
                chip.clicked.connect(lambda _checked=False, key=key: self._edit(key, self._chips[key]))
                self._chips[key] = chip
                self._flow.add(chip, at)
            self._chips[key].set_words(chip_words(columns[key], values))
            self._chips[key].set_lit(True)
        self.clear.setVisible(bool(filters))

"""Which columns the table has, and in which order."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.table.pick_list import PickList
from app.ui.table.state import TableState
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover

WIDTH = 280


class ColumnsPopover(Popover):
    """Ticks count at once; Return or Esc is done."""

    def __init__(self, look: Look, anchor: QWidget, state: TableState) -> None:
        super().__init__(look, anchor, WIDTH, name="columns_popover")
        self._state = state
        self.setAccessibleName(self.tr("Columns"))
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(text_label(look, self.tr("Columns"), size=BODY, weight=Weight.SEMIBOLD))
        hint = self.tr("Space shows or hides one, Alt with an arrow moves it.")
        self.column.addWidget(text_label(look, hint, ink="ink2", size=SMALL, wrap=True))
        self.list = PickList(look, "table_columns", self.tr("Columns"), moves=True)
        self._fill()
        self.list.ticked.connect(self._take)
        self.list.moved.connect(self._take)
        self.list.done.connect(self.finish)
        self.column.addWidget(self.list)
        row = QHBoxLayout()
        row.addStretch(1)
        usual = Button(look, self.tr("Usual columns"), "quiet", name="usual_columns")
        usual.clicked.connect(self._reset)
        row.addWidget(usual)
        self.column.addLayout(row)
        self.unfold(self.list)

    def _fill(self) -> None:
        shown, columns = self._state.shown, self._state.columns
        order = [*shown, *(key for key in columns if key not in shown)]
        self.list.fill([(key, columns[key].label) for key in order], shown)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        self._state.show(self.list.keys)

    def _reset(self) -> None:
        self._state.reset()
        self._fill()
        self.list.setFocus()

"""The menu of the session bar: workspaces without a tab."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.console.workspace_entries import WorkspaceEntry
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.popover import Popover
from app.ui.words import workspace_name

WIDTH = 260


class MenuPopover(Popover):
    """A line for each.

    Signals:
        chosen: the workspace to bring to the front.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, anchor: QWidget, entries: Sequence[WorkspaceEntry]) -> None:
        super().__init__(look, anchor, WIDTH, name="menu_popover")
        self.setAccessibleName(self.tr("Menu"))
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(2)
        self.lines: list[Button] = []
        for entry in entries:
            line = Button(look, workspace_name(entry.key), "row", icon=entry.icon, name=f"menu_{entry.key}")
            line.clicked.connect(lambda _checked=False, key=entry.key: self._choose(key))
            self.lines.append(line)
            self.column.addWidget(line)
        self.unfold(self.lines[0])

    def _choose(self, key: str) -> None:
        self.dismiss()
        self.chosen.emit(key)

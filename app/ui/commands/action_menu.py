"""A menu of commands at a widget: the actions of a row, or the frame's own. Arrows move, Return takes, Esc closes."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.commands.command import Command
from app.ui.commands.commands import Commands
from app.ui.saying import joined
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.popover import Popover

WIDTH = 300


class ActionMenu(Popover):
    """The menu.

    Args:
        look: colours.
        anchor: what it belongs to.
        name: what stands over it, and what a reader calls it.
        groups: commands, in groups with a line between them; a list of commands is one group.
        commands: runs those of the table, so that they count as used.

    Attributes:
        lines: the buttons, in order.
    """

    def __init__(
        self, look: Look, anchor: QWidget, name: str, groups: Sequence[Sequence[Command]], commands: Commands
    ) -> None:
        super().__init__(look, anchor, WIDTH, name="action_menu")
        self._look, self._commands = look, commands
        self.setAccessibleName(name)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(2)
        self.lines: list[Button] = []
        heading = text_label(look, name, ink="ink2", size=SMALL, weight=Weight.SEMIBOLD)
        heading.setContentsMargins(10, 2, 10, 4)
        self.column.addWidget(heading)
        for at, group in enumerate(group for group in groups if group):
            if at:
                self.column.addSpacing(4)
                self.column.addWidget(line())
                self.column.addSpacing(4)
            for command in group:
                self._add(command)
        self.unfold(next((one for one in self.lines if one.isEnabled()), None))

    def _add(self, command: Command) -> None:
        why_not = command.why_not()
        button = Button(self._look, command.shown_words, "row", icon=command.shown_icon, name=f"menu_{command.does}")
        button.setAccessibleName(joined(", ", command.shown_words, command.shown_cap, why_not))
        button.setToolTip(why_not)
        button.setProperty("lacks", bool(why_not))
        button.clicked.connect(partial(self._choose, command, why_not))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(button, 1)
        if command.shown_cap:
            row.addWidget(key_cap(self._look, command.shown_cap))
        self.column.addLayout(row)
        self.lines.append(button)

    def _choose(self, command: Command, why_not: str, _checked: bool = False) -> None:
        """Do it once the menu is gone; what cannot be done says why, and the menu stays."""
        if why_not:
            announce(self, why_not, now=True)
            return
        self.dismiss()
        act: Callable[[], object] = command.act if command.line is None else partial(self._commands.run, command.does)
        QTimer.singleShot(0, self._commands, act)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Up and down go from line to line."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps and self.lines:
            focus = self.focusWidget()
            at = self.lines.index(focus) if isinstance(focus, Button) and focus in self.lines else -1
            self.lines[(at + steps[key]) % len(self.lines)].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

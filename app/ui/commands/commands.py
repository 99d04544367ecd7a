"""The commands of a window: who can do what now, and the keys of the table that have it done.

Invariant: here alone a key of the table's scope WINDOW is bound, so palette, sheet and keys cannot differ. A key whose
command cannot be done now says why.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.choices import Choices
from app.ui.commands.command import Command
from app.ui.shortcuts import SHORTCUTS, Scope, keys_for

RECENT = "recent_commands"
RECENT_COUNT = 5
NOT_RECENT = frozenset({"palette", "keys", "close", "next_region", "previous_region"})
"""What the palette need not show as used last."""

Source = Callable[[], Iterable[Command]]


class Commands(QObject):
    """Knows the commands of a window.

    Args:
        screen: whose keys they are.
        choices: remembers which were used last; none of them says anything of a customer.
        is_over: whether nothing may be done any more.

    Signals:
        refused: why what a key asks for cannot be done now.
    """

    refused = Signal(object)

    def __init__(self, screen: QWidget, choices: Choices, is_over: Callable[[], bool] = lambda: False) -> None:
        super().__init__(screen)
        self._choices, self._is_over = choices, is_over
        self._sources: list[Source] = []
        self._keys: dict[str, QShortcut] = {}
        for line in SHORTCUTS:
            if line.scope is Scope.WINDOW and line.keys:
                key = QShortcut(keys_for(line.does), screen)
                key.setAutoRepeat(line.repeats)
                key.activated.connect(lambda does=line.does: self.run(does))
                self._keys[line.does] = key

    def offer(self, source: Source) -> None:
        """Ask this source, too, whenever somebody wants to know what there is; an earlier source goes first."""
        self._sources.append(source)

    def all(self) -> list[Command]:
        """What this person has here now, possible or not; of one name the first that can be done, else the first."""
        found: dict[str, Command] = {}
        for source in self._sources:
            for command in source():
                known = found.get(command.does)
                if known is None or (known.why_not() and not command.why_not()):
                    found[command.does] = command
        return list(found.values())

    def find(self, does: str) -> Command | None:
        """A command by its name."""
        return next((command for command in self.all() if command.does == does), None)

    def run(self, does: str) -> None:
        """Do it, or say why not; nothing for a name that this person does not have here."""
        command = self.find(does)
        if command is None or self._is_over():
            return
        why_not = command.why_not()
        if why_not:
            self.refused.emit(why_not)
            return
        self._remember(command)
        command.act()

    @property
    def recent(self) -> tuple[str, ...]:
        """Names of what was used last, the newest first."""
        return self._choices.words(RECENT)

    def _remember(self, command: Command) -> None:
        if command.line is None or command.does in NOT_RECENT:
            return
        rest = [does for does in self.recent if does != command.does]
        self._choices.keep(RECENT, (command.does, *rest)[:RECENT_COUNT])

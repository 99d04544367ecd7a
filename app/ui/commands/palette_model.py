"""What the palette lists: commands that fit what was typed, under headings, those that can be done first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.commands.command import Command, Nearness
from app.ui.commands.matching import Fit, best_fit
from app.ui.language import tr as _tr

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group."""

    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One command as it is listed.

    Attributes:
        command: what it is.
        words, cap, hint: as they are shown; a hint is why it cannot be done, where it cannot.
        is_possible: whether it can be done now.
        places: letters of the words that were typed.
    """

    command: Command
    words: str
    cap: str
    hint: str
    is_possible: bool
    places: frozenset[int]


def lines_for(query: str, commands: Sequence[Command], recent: Sequence[str]) -> list[Heading | Line]:
    """What is listed for a query.

    Nothing typed: what was used last, then what is possible of the record and of this screen, then everywhere. With a
    query the best fits of each group, and what cannot be done after what can.
    """
    heard = [command for command in commands if query.strip() or not command.is_quiet]
    fits = [(command, found) for command in heard if (found := _fit(query, command)) is not None]
    listed: list[Heading | Line] = []
    shown: set[str] = set()
    if not query.strip():
        by_name = {command.does: (command, found) for command, found in fits}
        last = [by_name[does] for does in recent if does in by_name]
        _add(listed, _tr("Used last"), last, shown)
    names = {
        Nearness.RECORD: _tr("This customer"),
        Nearness.SCREEN: _tr("This screen"),
        Nearness.EVERYWHERE: _tr("Everywhere"),
    }
    groups = [(near, [one for one in fits if one[0].nearness is near]) for near in Nearness]
    if query.strip():
        groups.sort(key=lambda group: -max((_worth(one, recent) for one in group[1]), default=-1))
    for near, group in groups:
        ranked = sorted(group, key=lambda one: -_worth(one, recent)) if query.strip() else group
        _add(listed, names[near], ranked, shown)
    return listed


def _fit(query: str, command: Command) -> Fit | None:
    return best_fit(query, command.shown_words, (command.english_words,))


def _worth(one: tuple[Command, Fit], recent: Sequence[str]) -> int:
    command, found = one
    return found.score + (5 if command.does in recent else 0) - (1_000 if command.why_not() else 0)


def _add(listed: list[Heading | Line], heading: str, group: Sequence[tuple[Command, Fit]], shown: set[str]) -> None:
    lines = [_line(command, found) for command, found in group if command.does not in shown]
    lines.sort(key=lambda line: not line.is_possible)
    if lines:
        listed.append(Heading(heading))
        listed.extend(lines)
        shown.update(line.command.does for line in lines)


def _line(command: Command, found: Fit) -> Line:
    why_not = command.why_not()
    return Line(command, command.shown_words, command.shown_cap, why_not or command.hint, not why_not, found.places)


class PaletteModel(QAbstractListModel):
    """The lines as a list; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Heading | Line] = []

    def show_lines(self, lines: Sequence[Heading | Line]) -> None:
        """List these."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def at(self, row: int) -> Heading | Line | None:
        """What stands in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def commands(self) -> list[int]:
        """The rows that hold commands."""
        return [row for row, line in enumerate(self._lines) if isinstance(line, Line)]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading is not chosen; what cannot be done now is, so that its reason is heard."""
        if isinstance(self.at(index.row()), Line):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and what a reader says: the words, the key, why not."""
        line = self.at(index.row())
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line)
        return None


def spoken(line: Heading | Line) -> str:
    """A line as a reader says it."""
    if isinstance(line, Heading):
        return line.words
    cannot = "" if line.is_possible else _tr("cannot be used now")
    return ", ".join(part for part in (line.words, line.cap, cannot, line.hint) if part)

"""The sheet of keys (F1): every key that this person has, under headings, in three columns; a search over it.

What cannot be done on the screen in front, or just now, is grey; what the role does not have is not there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, pairwise
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.commands.commands import Commands
from app.ui.commands.matching import best_fit
from app.ui.commands.scrim_card import ScrimCard
from app.ui.language import tr as _tr
from app.ui.saying import joined
from app.ui.shortcuts import SHORTCUTS, Group, Scope, Shortcut, cap_for, words_for
from app.ui.theme.fonts import BODY, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import line, text_label
from app.ui.words import one_or_many

WIDTH, HEIGHT, REST, TOP, COLUMNS = 900, 560, 150, 64, 3
REASONS = "reason_"
T = TypeVar("T")
_SCROLLS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
"""Keys in the search field that scroll, and by how many steps."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key of the sheet.

    Attributes:
        does, words, cap, english: as the table has them.
        why_not: why it does nothing now.
    """

    does: str
    words: str
    cap: str
    english: str
    why_not: str = ""


def group_name(group: Group) -> str:
    """The heading of a group."""
    names = {
        Group.CUSTOMERS: _tr("Customers"),
        Group.CALL: _tr("The call"),
        Group.ROW: _tr("A row of the card"),
        Group.REQUESTS: _tr("Requests"),
        Group.REPORTS: _tr("Reports"),
        Group.PLACES: _tr("Workspaces"),
        Group.MOVING: _tr("Moving about"),
        Group.SESSION: _tr("Session"),
        Group.HELP: _tr("Help"),
    }
    return names[group]


def key_lines(commands: Commands, *, has_rows: bool) -> list[tuple[Group, list[KeyLine]]]:
    """Keys by group, in the order of the table.

    Args:
        commands: what the person has.
        has_rows: whether the role sees customers' fields.
    """
    known = {command.does: command for command in commands.all()}
    groups: dict[Group, list[KeyLine]] = {group: [] for group in Group}
    for entry in SHORTCUTS:
        if not entry.keys:
            continue
        if entry.scope is not Scope.WINDOW:
            if has_rows and not (entry.does.startswith(REASONS) and entry.does != f"{REASONS}1"):
                groups[entry.group].append(_of_row(entry))
        elif entry.does in known:
            command = known[entry.does]
            line_ = KeyLine(
                entry.does, command.shown_words, command.shown_cap, command.english_words, command.why_not()
            )
            groups[entry.group].append(line_)
    return [(group, lines) for group, lines in groups.items() if lines]


def _of_row(entry: Shortcut) -> KeyLine:
    cap = "1 … 9" if entry.does.startswith(REASONS) else cap_for(entry.does)
    return KeyLine(entry.does, words_for(entry.does), cap, entry.words)


class KeysSheet(ScrimCard):
    """The sheet.

    Attributes:
        edit: the search.
    """

    def __init__(self, look: Look, window: QWidget, commands: Commands, *, has_rows: bool) -> None:
        super().__init__(look, window, WIDTH, TOP, name="keys_sheet")
        self._look = look
        self._groups = key_lines(commands, has_rows=has_rows)
        self.setAccessibleName(self.tr("All keys"))
        self.column.setContentsMargins(28, 22, 28, 18)
        self.edit = QLineEdit()
        self._scroll = QScrollArea()
        self._nothing = text_label(look, self.tr("No key is called so. Try another word."), ink="ink3")
        self._place_head()
        self.column.addSpacing(14)
        self.column.addWidget(line())
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(min(look.px(HEIGHT), window.height() - 48) - look.px(REST))
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(line())
        self.column.addSpacing(8)
        note = self.tr("Grey: not on this screen, or not just now. Text fields keep their own keys.")
        self.column.addWidget(text_label(look, note, ink="ink2", size=SMALL, wrap=True))
        self._show("")
        self.unfold(self.edit)

    def _place_head(self) -> None:
        head = QHBoxLayout()
        head.addWidget(text_label(self._look, self.tr("All keys"), size=TITLE, weight=Weight.MEDIUM))
        head.addStretch(1)
        self.edit.setObjectName("keys_search")
        self.edit.setPlaceholderText(self.tr("Find a key"))
        self.edit.setAccessibleName(self.tr("Find a key"))
        self.edit.setFont(self._look.font(BODY))
        self.edit.setMinimumWidth(self._look.px(240))
        self.edit.textChanged.connect(self._show)
        self.edit.installEventFilter(self)
        head.addWidget(self.edit)
        head.addSpacing(10)
        head.addWidget(key_cap(self._look, cap_for("close")))
        self.column.addLayout(head)

    # showing -------------------------------------------------------------------------------------------------------
    def shown(self, query: str = "") -> list[tuple[Group, list[KeyLine]]]:
        """The lines that fit a query."""
        fitting = ((group, [one for one in lines if _fits(query, group, one)]) for group, lines in self._groups)
        return [(group, lines) for group, lines in fitting if lines]

    def _show(self, query: str) -> None:
        groups = self.shown(query)
        paper = QWidget()
        paper.setProperty("ground", "none")
        row = QHBoxLayout(paper)
        row.setContentsMargins(0, 14, 12, 14)
        row.setSpacing(32)
        for column in _columns(groups):
            row.addLayout(self._make_column(column), 1)
        if not groups:
            row.addWidget(text_label(self._look, self._nothing.text(), ink="ink3"))
        self._scroll.setWidget(paper)
        if query:
            count = sum(len(lines) for _, lines in groups)
            announce(self.edit, one_or_many(count, self.tr("{n} key"), self.tr("{n} keys")).format(n=count))

    def _make_column(self, groups: Sequence[tuple[Group, list[KeyLine]]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for group, lines in groups:
            column.addWidget(
                text_label(self._look, group_name(group), size=SMALL, weight=Weight.SEMIBOLD, ink="accent")
            )
            column.addSpacing(4)
            for one in lines:
                column.addWidget(line())
                column.addWidget(self._make_line(one))
            column.addSpacing(18)
        column.addStretch(1)
        return column

    def _make_line(self, one: KeyLine) -> QWidget:
        box = QWidget()
        box.setObjectName(f"key_{one.does}")
        box.setAccessibleName(joined(", ", one.words, one.cap, one.why_not))
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        words = text_label(self._look, one.words, ink="ink3" if one.why_not else "ink", size=SMALL, wrap=True)
        words.setToolTip(one.why_not)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(key_cap(self._look, one.cap), 0, Qt.AlignmentFlag.AlignTop)
        return box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Arrows and pages scroll; the focus stays in the search."""
        if watched is self.edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = _SCROLLS.get(Qt.Key(event.key()), 0)
            if steps:
                bar = self._scroll.verticalScrollBar()
                bar.setValue(bar.value() + 2 * steps * bar.singleStep())
                return True
        return super().eventFilter(watched, event)


def _fits(query: str, group: Group, one: KeyLine) -> bool:
    names = (one.english, one.cap, one.cap.replace("⇧", "shift"), group_name(group))
    return best_fit(query, one.words, names) is not None


def _columns(groups: Iterable[tuple[Group, list[KeyLine]]]) -> list[Sequence[tuple[Group, list[KeyLine]]]]:
    """The groups, in order, in three columns, the longest of them as short as can be."""
    listed = list(groups)
    lengths = [len(lines) + 2 for _, lines in listed]
    count = len(listed)
    breaks = combinations_with_replacement(range(count + 1), COLUMNS - 1)
    ends = min(((0, *one, count) for one in breaks), key=lambda at: _longest_first(lengths, at))
    return _parts(listed, ends)


def _longest_first(lengths: Sequence[int], ends: Sequence[int]) -> tuple[int, list[int]]:
    """The length of the longest column; of equals the one that fills columns from the left."""
    return max(map(sum, _parts(lengths, ends))), [-end for end in ends]


def _parts(whole: Sequence[T], ends: Sequence[int]) -> list[Sequence[T]]:
    return [whole[start:end] for start, end in pairwise(ends)]


def open_keys_sheet(look: Look, window: QWidget, commands: Commands, *, has_rows: bool) -> KeysSheet | None:
    """Open the sheet, or close the one that is open."""
    standing = [one for one in window.findChildren(KeysSheet) if one.isVisible()]
    if standing:
        standing[0].dismiss()
        return None
    return KeysSheet(look, window, commands, has_rows=has_rows)

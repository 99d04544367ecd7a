"""The command palette (Ctrl+K): type to find a command, Return does it. It lists commands and nothing else.

The focus stays in the field; the list follows the arrows, and a reader hears each line it stops at (the listbox
pattern: the field owns the list, the current line is announced). What cannot be done now is grey, says why, and stays
where it is found.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QWidget

from app.ui.commands.commands import Commands
from app.ui.commands.palette_delegate import PaletteDelegate
from app.ui.commands.palette_model import Line, PaletteModel, lines_for, spoken
from app.ui.commands.scrim_card import ScrimCard
from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import BODY, SMALL
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.words import one_or_many

WIDTH, TOP, FIELD, LINES = 620, 110, 50, 10
"""Measures in px (ui.md section 5), and how many lines are seen at once."""
LONGEST, SIDE, SCROLL = 60, 8, 12
"""Letters that can be typed; px at the sides of the list, and of its scroll bar."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: LINES - 1, Qt.Key.Key_PageUp: 1 - LINES}


class Palette(ScrimCard):
    """The palette.

    Attributes:
        edit: the field.
        view: the list.
    """

    def __init__(self, look: Look, window: QWidget, commands: Commands) -> None:
        super().__init__(look, window, WIDTH, TOP, name="palette")
        self._look, self._commands = look, commands
        self._all = [command for command in commands.all() if command.does != "palette"]
        self.setAccessibleName(self.tr("All commands"))
        self.column.setContentsMargins(0, 0, 0, 0)
        self.edit = QLineEdit()
        self.model = PaletteModel(self)
        self.view = QListView()
        self._nothing = text_label(look, "", ink="ink3", wrap=True)
        self._place_field()
        self._place_list()
        self._place_foot()
        self._list_anew("")
        self.unfold(self.edit)

    # placing -------------------------------------------------------------------------------------------------------
    def _place_field(self) -> None:
        field = QWidget()
        field.setFixedHeight(max(self._look.px(FIELD), QFontMetrics(self._look.font(BODY)).height() + 24))
        row = QHBoxLayout(field)
        row.setContentsMargins(18, 0, 14, 0)
        row.setSpacing(10)
        row.addWidget(icon_label(self._look, "search", "ink2"))
        self.edit.setObjectName("palette_field")
        self.edit.setProperty("bare", True)
        self.edit.setMaxLength(LONGEST)
        self.edit.setFont(self._look.font(BODY))
        self.edit.setPlaceholderText(self.tr("Type what you want to do"))
        self.edit.setAccessibleName(self.tr("Find a command"))
        self.edit.setAccessibleDescription(self.tr("Arrows choose a command, Return does it."))
        self.edit.textChanged.connect(self._list_anew)
        self.edit.installEventFilter(self)
        row.addWidget(self.edit, 1)
        row.addWidget(key_cap(self._look, cap_for("close")))
        self.column.addWidget(field)
        self.column.addWidget(line())

    def _place_list(self) -> None:
        self.view.setObjectName("palette_list")
        self.view.setAccessibleName(self.tr("Commands"))
        self.view.setModel(self.model)
        delegate = PaletteDelegate(self._look, self.view)
        delegate.room = self.width() - 2 * SIDE - SCROLL
        self.view.setItemDelegate(delegate)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.clicked.connect(self._take)
        self.view.entered.connect(self._on_entered)
        body = QHBoxLayout()
        body.setContentsMargins(SIDE, 6, SIDE, 6)
        body.addWidget(self.view)
        body.addWidget(self._nothing)
        self._nothing.setContentsMargins(10, 8, 10, 8)
        self.column.addLayout(body)

    def _place_foot(self) -> None:
        self.column.addWidget(line())
        row = QHBoxLayout()
        row.setContentsMargins(18, 8, 14, 8)
        row.setSpacing(6)
        note = self.tr("Commands only. Customer data is never searched here.")
        row.addWidget(text_label(self._look, note, ink="ink2", size=SMALL, wrap=True), 1)
        for cap, words in (("↑ ↓", self.tr("move")), ("↵", self.tr("run"))):
            row.addWidget(key_cap(self._look, cap))
            row.addWidget(text_label(self._look, words, ink="ink2", size=SMALL))
        self.column.addLayout(row)

    # listing -------------------------------------------------------------------------------------------------------
    def _list_anew(self, query: str) -> None:
        lines = lines_for(query, self._all, self._commands.recent)
        self.model.show_lines(lines)
        rows = self.model.commands()
        self.view.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._nothing.setText("" if rows else self.tr("No command is called so. Try another word, or F1 for all keys."))
        if rows:
            self.view.setCurrentIndex(self.model.index(rows[0], 0))
            self.view.scrollToTop()
        self._fit_height(len(lines))
        found = one_or_many(len(rows), self.tr("{n} command"), self.tr("{n} commands")).format(n=len(rows))
        said = found if rows else self._nothing.text()
        if self.isVisible():
            announce(self.edit, "; ".join(part for part in (said, self._current_words()) if part))

    def _fit_height(self, count: int) -> None:
        delegate = self.view.itemDelegate()
        assert isinstance(delegate, PaletteDelegate)
        heights = [self.view.sizeHintForRow(at) for at in range(count)]
        most, height = LINES * delegate.row_height(), 2
        for line_height in heights:  # whole lines, so that none is cut
            if height + line_height > most:
                break
            height += line_height
        self.view.setFixedHeight(height)
        self.fit()

    def _current(self) -> Line | None:
        current = self.model.at(self.view.currentIndex().row())
        return current if isinstance(current, Line) else None

    def _current_words(self) -> str:
        current = self._current()
        return spoken(current) if current is not None else ""

    # choosing ------------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Arrows move the choice, Return takes it; the field does the rest."""
        if watched is self.edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                self._move(_STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.view.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        """To another command; one step over an end goes round, a page stops there."""
        rows = self.model.commands()
        if not rows:
            return
        at = rows.index(self.view.currentIndex().row()) + step
        at = at % len(rows) if abs(step) == 1 else max(0, min(len(rows) - 1, at))
        self.view.setCurrentIndex(self.model.index(rows[at], 0))
        if at == 0:
            self.view.scrollToTop()
        announce(self.edit, self._current_words(), now=True)

    def _on_entered(self, index: QModelIndex) -> None:
        if isinstance(self.model.at(index.row()), Line):
            self.view.setCurrentIndex(index)

    def _take(self, index: QModelIndex) -> None:
        """Do it once the palette is gone; what cannot be done says so, and the palette stays."""
        chosen = self.model.at(index.row())
        if not isinstance(chosen, Line):
            return
        if not chosen.is_possible:
            announce(self.edit, spoken(chosen), now=True)
            return
        self.dismiss()
        QTimer.singleShot(0, self._commands, lambda: self._commands.run(chosen.command.does))


def open_palette(look: Look, window: QWidget, commands: Commands) -> Palette | None:
    """Open the palette, or close the one that is open."""
    standing: Sequence[Palette] = [one for one in window.findChildren(Palette) if one.isVisible()]
    if standing:
        standing[0].dismiss()
        return None
    return Palette(look, window, commands)

"""A popover of words to choose: one outcome, or some tags. Digits choose, arrows move, Return takes."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.session.shown import Reason
from app.session.shown_contacts import ContactChoice
from app.ui.console.reason_rows import ReasonRow
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover

WIDTH = 300
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _Row(ReasonRow):
    """A row that leaves arrows to its popover and takes Return as a click."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows go to the next row; they choose nothing."""
        if event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.click()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)


class ChoicePopover(Popover):
    """Words in rows.

    Args:
        look: colours.
        anchor: the field.
        title: what is chosen.
        choices: at most nine.
        chosen: codes that are chosen now.
        most: how many can be chosen; with one the popover closes at once.
        name: object name.

    Signals:
        changed: the codes that are chosen, in the order of the policy.
    """

    changed = Signal(tuple)

    def __init__(
        self,
        look: Look,
        anchor: QWidget,
        title: str,
        choices: Sequence[ContactChoice],
        chosen: Collection[str],
        *,
        most: int = 1,
        name: str = "",
    ) -> None:
        super().__init__(look, anchor, look.panel(WIDTH), name=name)
        self.setAccessibleName(title)
        self._most = most
        self.column.setContentsMargins(8, 10, 8, 8)
        head = text_label(look, title, ink="ink2", size=SMALL, weight=Weight.MEDIUM)
        head.setContentsMargins(10, 0, 10, 6)
        self.column.addWidget(head)
        self.rows: list[_Row] = []
        for digit, choice in enumerate(choices[:9], start=1):
            row = _Row(look, Reason(choice.code, choice.label), digit)
            row.setObjectName(f"choose_{choice.code}")
            row.setAutoExclusive(False)
            row.setChecked(choice.code in chosen)
            row.clicked.connect(lambda _on, row=row: self._take(row))
            row.stepped.connect(self._step)
            self.rows.append(row)
            self.column.addWidget(row)
        self._show_room()
        first = next((row for row in self.rows if row.isChecked()), self.rows[0] if self.rows else None)
        self.unfold(first)

    def _take(self, row: _Row) -> None:
        """A row was pressed, which has turned its check already."""
        if self._most == 1:
            for other in self.rows:
                other.setChecked(other is row)
            self._tell()
            self.finish()
            return
        self._show_room()
        self._tell()

    def _show_room(self) -> None:
        """With as many as there may be, only those that are chosen can be pressed."""
        full = self._most > 1 and len(self._codes()) >= self._most
        for row in self.rows:
            row.setEnabled(row.isChecked() or not full)

    def _codes(self) -> tuple[str, ...]:
        return tuple(row.reason.code for row in self.rows if row.isChecked())

    def _tell(self) -> None:
        self.changed.emit(self._codes())

    def _step(self, step: int) -> None:
        stops = [row for row in self.rows if row.isEnabled()]
        at = next((i for i, row in enumerate(stops) if row.hasFocus() or row is self.focusWidget()), 0)
        stops[(at + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose."""
        at = event.key() - Qt.Key.Key_1
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and 0 <= at < len(self.rows):
            row = self.rows[at]
            if row.isEnabled() and not event.isAutoRepeat():
                row.setFocus(Qt.FocusReason.ShortcutFocusReason)
                row.click()
            return
        super().keyPressEvent(event)

"""Which field of the customer is to be changed: all that this person may change, by class, empty ones among them."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.session.shown_editing import FieldNow
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover
from app.ui.words import class_name, in_a_sentence

WIDTH, COLUMNS = 420, 2


class EditMenu(Popover):
    """A button for each field.

    Signals:
        chosen: the field's name.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, anchor: QWidget, fields: Sequence[FieldNow]) -> None:
        super().__init__(look, anchor, WIDTH, name="edit_menu")
        self.setAccessibleName(self.tr("Change a field"))
        self.column.setContentsMargins(10, 10, 10, 10)
        self.column.setSpacing(2)
        self._look = look
        self.lines: list[Button] = []
        for data_class, members in groupby(fields, key=lambda field: field.data_class):
            head = text_label(look, class_name(data_class), ink="ink2", size=SMALL, weight=Weight.SEMIBOLD)
            head.setContentsMargins(8, 4 if self.lines else 0, 0, 0)
            self.column.addWidget(head)
            self.column.addLayout(self._make_group(list(members)))

    def _make_group(self, fields: list[FieldNow]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(2)
        for at, field in enumerate(fields):
            words = self.tr("Add {field}").format(field=in_a_sentence(field.label)) if field.is_empty else field.label
            line = Button(
                self._look, words, "row", icon="plus" if field.is_empty else "pencil", name=f"to_{field.field}"
            )
            line.clicked.connect(partial(self._choose, field.field))
            self.lines.append(line)
            grid.addWidget(line, at // COLUMNS, at % COLUMNS)
        for at in range(COLUMNS):
            grid.setColumnStretch(at, 1)
        return grid

    def focus_first(self) -> None:
        """Unfold with the first field in focus."""
        self.unfold(self.lines[0] if self.lines else None)

    def _choose(self, field: str, _checked: bool = False) -> None:
        self.finish()
        self.chosen.emit(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows go from field to field."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        step, focus = steps.get(Qt.Key(event.key())), self.focusWidget()
        if step is None or not isinstance(focus, Button) or focus not in self.lines:
            super().keyPressEvent(event)
            return
        at = (self.lines.index(focus) + step) % len(self.lines)
        self.lines[at].setFocus(Qt.FocusReason.OtherFocusReason)

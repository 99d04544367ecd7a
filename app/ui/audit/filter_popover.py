"""The popover of one filter: what it offers, and a field where something may be typed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.ui.audit.filters import By, choices, filter_name, judged, typed_hint
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.pick_delegate import PickDelegate
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message

WIDTH, ROW, MOST_ROWS = 300, 28, 11


class ChoiceList(QListWidget):
    """Lines to choose one from.

    Signals:
        chosen: the key of a line: clicked, or Return on it.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, by: By, value: str) -> None:
        super().__init__()
        self.setObjectName(f"choices_{by}")
        self.setAccessibleName(filter_name(by))
        self.setFont(look.font())
        self.setUniformItemSizes(True)
        self.setItemDelegate(PickDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for choice in choices(by):
            item = QListWidgetItem(choice.words, self)
            item.setData(Qt.ItemDataRole.UserRole, choice.key)
            item.setSizeHint(QSize(look.panel(WIDTH - 40), look.px(ROW)))
            if choice.key == value:
                self.setCurrentItem(item)
        if self.currentRow() < 0:
            self.setCurrentRow(0)
        self.setFixedHeight(look.px(ROW) * min(self.count(), MOST_ROWS) + 4)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Return chooses the current line."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)


class FilterPopover(Popover):
    """One filter.

    Signals:
        chosen: its value; empty to look for anything.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, anchor: QWidget, by: By, value: str) -> None:
        super().__init__(look, anchor, WIDTH, name="filter_popover")
        self._by = by
        self.setAccessibleName(filter_name(by))
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(text_label(look, filter_name(by), size=BODY, weight=Weight.SEMIBOLD))
        self.list = self._make_list(look, value)
        self.edit = self._make_edit(look, value)
        self.error = Message(look, "danger", "filter_error")
        self.column.addWidget(self.error)
        self._place_buttons(look, value)
        self.unfold(self.list or self.edit)

    def _make_list(self, look: Look, value: str) -> ChoiceList | None:
        if not choices(self._by):
            return None
        lines = ChoiceList(look, self._by, value)
        lines.chosen.connect(self._choose)
        self.column.addWidget(lines)
        return lines

    def _make_edit(self, look: Look, value: str) -> QLineEdit | None:
        hint = typed_hint(self._by)
        if not hint:
            return None
        self.column.addWidget(text_label(look, hint, ink="ink2", size=SMALL, wrap=True))
        edit = QLineEdit()
        edit.setObjectName(f"typed_{self._by}")
        edit.setAccessibleName(filter_name(self._by))
        edit.setAccessibleDescription(hint)
        edit.setFont(look.font())
        edit.setMaxLength(64)
        if value not in {choice.key for choice in choices(self._by)}:
            edit.setText(value)
        edit.returnPressed.connect(self._apply)
        self.column.addWidget(edit)
        return edit

    def _place_buttons(self, look: Look, value: str) -> None:
        if not value and self.edit is None:
            return
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        if value:
            anything = Button(look, self.tr("Any"), "quiet", name="filter_any")
            anything.clicked.connect(lambda: self._choose(""))
            row.addWidget(anything)
        if self.edit is not None:
            apply = Button(look, self.tr("Apply"), "primary", name="filter_apply")
            apply.clicked.connect(self._apply)
            row.addWidget(apply)
        self.column.addLayout(row)

    def _apply(self) -> None:
        if self.edit is None:
            return
        value = judged(self._by, self.edit.text())
        if value is None:
            self.error.say(self.tr("This does not fit. {hint}").format(hint=typed_hint(self._by)))
            self.fit()
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._choose(value)

    def _choose(self, value: str) -> None:
        self.finish()
        self.chosen.emit(value)

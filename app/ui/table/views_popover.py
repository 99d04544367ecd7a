"""Saved views: Return shows one, Del forgets one, a name saves what is shown now."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.ui.table.pick_list import PickList
from app.ui.table.saved_view import LONGEST_NAME
from app.ui.table.state import TableState
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message

WIDTH = 300


class _Views(PickList):
    """Del on a view is told to the popover."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave Del to the popover."""
        if event.key() == Qt.Key.Key_Delete:
            event.ignore()
            return
        super().keyPressEvent(event)


class ViewsPopover(Popover):
    """The views of one person."""

    def __init__(self, look: Look, anchor: QWidget, state: TableState) -> None:
        super().__init__(look, anchor, WIDTH, name="views_popover")
        self._state = state
        self.setAccessibleName(self.tr("Saved views"))
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(text_label(look, self.tr("Saved views"), size=BODY, weight=Weight.SEMIBOLD))
        self._none = text_label(look, self.tr("None yet. Filter and sort, then save that here."), ink="ink2", wrap=True)
        self.column.addWidget(self._none)
        self.list = _Views(look, "saved_views", self.tr("Saved views"), is_single=True)
        self.list.done.connect(self._apply)
        self.column.addWidget(self.list)
        self._hint = text_label(look, self.tr("Return shows one, Del removes one."), ink="ink2", size=SMALL, wrap=True)
        self.column.addWidget(self._hint)
        self.edit = QLineEdit()
        self.edit.setObjectName("view_name")
        self.edit.setAccessibleName(self.tr("Name of the view"))
        self.edit.setPlaceholderText(self.tr("Name of the view"))
        self.edit.setFont(look.font())
        self.edit.setMaxLength(LONGEST_NAME + 1)
        self.edit.returnPressed.connect(self._save)
        self.column.addWidget(self.edit)
        self.error = Message(look, "danger", "view_error")
        self.column.addWidget(self.error)
        row = QHBoxLayout()
        row.addStretch(1)
        save = Button(look, self.tr("Save what is shown"), "primary", name="save_view")
        save.clicked.connect(self._save)
        row.addWidget(save)
        self.column.addLayout(row)
        self._fill()
        self.unfold(self.list if self.list.count() else self.edit)

    def _fill(self) -> None:
        views = self._state.views
        self.list.fill([(view.name, view.name) for view in views], ())
        for part in (self.list, self._hint):
            part.setVisible(bool(views))
        self._none.setVisible(not views)
        self.fit()

    def _apply(self) -> None:
        (name,) = self.list.keys
        view = next(view for view in self._state.views if view.name == name)
        self.finish()
        self._state.apply(view)

    def _save(self) -> None:
        refusal = self._state.save(self.edit.text())
        if refusal:
            self.error.say(refusal)
            self.fit()
            self.edit.setFocus()
            return
        announce(self, self.tr("Saved."))
        self.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Del forgets the current view."""
        item = self.list.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None and self.list.hasFocus():
            self._state.remove(item.text())
            self._fill()
            (self.list if self.list.count() else self.edit).setFocus()
            return
        super().keyPressEvent(event)

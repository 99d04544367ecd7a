"""Beside a row's action: a pencil where the person may change the field, a clock where it was changed before."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.saying import joined, said
from app.ui.shortcuts import cap_for, tip_for
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.words import in_a_sentence

SIZE = 24


class RowMarks(QWidget):
    """The two signs. They take no focus: the row's keys do the same.

    Attributes:
        can_edit: whether the person may change the field now.
        changes: how often it was changed.

    Signals:
        edit_pressed: the field is to be changed.
        versions_pressed: who changed it is to be shown.
    """

    edit_pressed = Signal()
    versions_pressed = Signal()

    def __init__(self, look: Look, field: str, label: str) -> None:
        super().__init__()
        self._look, self._label = look, label
        self.can_edit, self.changes = False, 0
        self.setFixedWidth(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.versions = self._make(look, "history", f"versions_{field}")
        self.versions.clicked.connect(self.versions_pressed)
        self.edit = self._make(look, "pencil", f"change_{field}")
        self.edit.clicked.connect(self.edit_pressed)
        row.addWidget(self.versions)
        row.addStretch(1)
        row.addWidget(self.edit)
        for sign in (self.versions, self.edit):
            sign.hide()
        self.edit.setToolTip(tip_for("edit_field"))
        self.edit.setAccessibleName(self.tr("Change {field}").format(field=in_a_sentence(label)))

    def _make(self, look: Look, icon: str, name: str) -> Button:
        sign = Button(look, "", "link", name=name)
        sign.set_glyph(icon, "ink2")
        sign.setFixedSize(look.px(SIZE), look.px(SIZE))
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return sign

    def show_state(self, can_edit: bool, changes: int) -> None:
        """What the office says of the field."""
        self.can_edit, self.changes = can_edit, changes
        self.versions.setVisible(changes > 0)
        self.versions.setToolTip(self.spoken_changes())
        self.versions.setAccessibleName(joined(", ", self.spoken_changes(), self._label))
        self.setFixedWidth(self._look.px(SIZE) * (int(can_edit) + int(changes > 0)))  # the pencil's, while it is hidden

    def light(self, lit: bool) -> None:
        """The pencil is there while the row has the focus or the pointer."""
        self.edit.setVisible(lit and self.can_edit)

    @said
    def spoken_changes(self) -> str:
        """How often it was changed, with the key that says more."""
        words = self.tr("changed once") if self.changes == 1 else self.tr("changed {n} times").format(n=self.changes)
        return self.tr("{words} ({key})").format(words=words, key=cap_for("field_versions"))

    def spoken(self) -> list[str]:
        """What a reader hears of it: the keys, while letters do something."""
        said = [self.tr("{key} changes it").format(key=cap_for("edit_field"))] if self.can_edit else []
        return [*said, self.spoken_changes()] if self.changes else said

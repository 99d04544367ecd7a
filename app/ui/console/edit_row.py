"""A field that is being changed: old mask, arrow, new value; and where somebody else was first, both masks (ui.md 5).

The line never begins with the old value of a sealed field, which is not here; an open one begins with what it says.
What was typed leaves with the save, and is wiped from the line when the edit is over; no undo brings it back.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.editing import WhyEmptied
from app.domain.mask import Mask
from app.session.shown_editing import EditConflict, FieldNow
from app.ui.console.conflict_choice import ConflictChoice
from app.ui.console.field_row import STACKED
from app.ui.console.removing_line import RemovingLine
from app.ui.theme.fonts import SMALL, VALUES
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.curtain import LEFT
from app.ui.widgets.labels import ElidedLabel, icon_label, repolish, set_ink, text_label
from app.ui.widgets.mask_view import MaskView
from app.ui.words import in_a_sentence

LONGEST, PAUSE_MS = 4_000, 400


class EditRow(QFrame):
    """The row while it is changed.

    Attributes:
        field: how it stood when the edit began.
        edit: the line.

    Signals:
        paused: the text, a moment after the last key.
        saved: the text is to be kept.
        put_on_top: the text is to be kept although somebody else was first.
        theirs_kept: what the other one wrote stays.
        removed: the value is to go, and why.
        versions_wanted: who changed the field, and when.
        left: nothing is to be changed.
    """

    paused = Signal(str)
    saved = Signal(str)
    put_on_top = Signal(str)
    theirs_kept = Signal()
    removed = Signal(object)
    versions_wanted = Signal()
    left = Signal()

    def __init__(self, look: Look, field: FieldNow, label_width: int) -> None:
        super().__init__()
        self._look, self.field = look, field
        self._warning = ""
        self.setObjectName(f"edit_{field.field}")
        self.setProperty("kind", "edit")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 4, 6)
        column.setSpacing(2)
        self._above = text_label(look, field.label, ink="ink2", size=SMALL)
        self._above.hide()
        column.addWidget(self._above)
        self._line, self._low = self._make_line(label_width), QHBoxLayout()
        self._low.setSpacing(LEFT)
        self._low.addStretch(1)
        column.addLayout(self._line)
        column.addLayout(self._low)
        column.addLayout(self._make_foot(label_width))
        self.removing = (
            self._make_removing(column, label_width) if field.can_be_emptied and not field.is_empty else None
        )
        self._why: WhyEmptied | None = None
        self._choice: ConflictChoice | None = None
        self._column = column
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(lambda: self.paused.emit(self.edit.text()))
        self.say(self._hint())

    def _make_line(self, label_width: int) -> QHBoxLayout:
        look, field = self._look, self.field
        row = QHBoxLayout()
        row.setSpacing(LEFT)
        self._label = ElidedLabel(look, field.label, ink="ink2")
        self._label.setFixedWidth(label_width)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        if field.mask is not None:
            row.addWidget(MaskView(look, field.mask))
        elif field.is_empty:
            row.addWidget(text_label(look, self.tr("nothing kept"), ink="ink3", size=SMALL))
        if field.mask is not None or field.is_empty:
            row.addWidget(icon_label(look, "arrow-right", "ink3"))
        self.edit = QLineEdit(field.text)
        self.edit.setObjectName(f"new_{field.field}")
        self.edit.setFont(look.font(features=VALUES))
        self.edit.setMaxLength(LONGEST)
        self.edit.setPlaceholderText(self.tr("new value"))
        self.edit.setAccessibleName(self.tr("New value for {field}").format(field=in_a_sentence(field.label)))
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.edit.textEdited.connect(self._on_typed)
        self.edit.returnPressed.connect(self._submit)
        self.edit.setMinimumWidth(look.px(120))
        row.addWidget(self.edit, 1)
        self.save = Button(look, self.tr("Save"), "secondary", name=f"save_{field.field}")
        self.save.clicked.connect(self._submit)
        row.addWidget(self.save)
        self.leave = Button(look, "", "square", icon="x", name=f"leave_{field.field}")
        self.leave.setAccessibleName(self.tr("Leave it as it is"))
        self.leave.setToolTip(self.tr("Leave it as it is"))
        self.leave.setMinimumWidth(look.px(24))  # WCAG 2.2, 2.5.8
        self.leave.clicked.connect(self.left)
        row.addWidget(self.leave)
        return row

    def _make_foot(self, label_width: int) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(LEFT)
        self._indent = QWidget()
        self._indent.setFixedWidth(label_width)
        foot.addWidget(self._indent)
        self._foot = text_label(self._look, "", ink="ink2", size=SMALL, wrap=True)
        self._foot.setObjectName("edit_says")
        foot.addWidget(self._foot, 1)
        if self.field.is_empty and self.field.changes:
            words = self.tr("Versions")
            versions = Button(self._look, words, "link", icon="history", name=f"versions_{self.field.field}")
            versions.clicked.connect(self.versions_wanted)
            foot.addWidget(versions)
        return foot

    def _make_removing(self, column: QVBoxLayout, label_width: int) -> RemovingLine:
        line = QHBoxLayout()
        line.setSpacing(LEFT)
        self._below = QWidget()
        self._below.setFixedWidth(label_width)
        line.addWidget(self._below)
        removing = RemovingLine(self._look, self.field.label, self.field.field, is_sealed=self.field.is_sealed)
        removing.unfolded.connect(self._foot.hide)
        removing.chosen.connect(self._on_removed)
        removing.folded.connect(self._on_kept)
        line.addWidget(removing, 1)
        column.addLayout(line)
        return removing

    def _hint(self) -> str:
        if self.field.mask is None:
            return self.tr("Return saves, Esc leaves.")
        return self.tr("Return saves, Esc leaves. The value before stays sealed.")

    # saying --------------------------------------------------------------------------------------------------------
    def say(self, sentence: str, ink: str = "ink2") -> None:
        """A word under the line."""
        set_ink(self._foot, ink)
        self._foot.setText(sentence)
        self.edit.setAccessibleDescription(sentence)

    def show_judged(self, sentence: str) -> None:
        """Why what stands there is no value yet; empty if it is one. Quiet: the person may still be typing."""
        if self.edit.isReadOnly() or self._choice is not None:
            return
        if not sentence and self._warning:
            self.say(self._warning, "warn")
        else:
            self.say(sentence or self._hint())

    def refuse(self, sentence: str) -> None:
        """It was not saved; what was typed stays."""
        self._set_busy(False)
        self._mark_wrong(self._why is None)
        if self.removing is not None:
            self.removing.fold()
        self.say(sentence, "danger")
        announce(self, sentence, now=True)
        self.focus()

    def warn(self, sentence: str) -> None:
        """Something happens around it meanwhile; it is said until it is over (empty), but for a word on the value."""
        was, self._warning = self._warning, sentence
        if self._choice is not None or self.edit.isReadOnly() or str(sentence) == str(was):
            return
        self.say(sentence or self._hint(), "warn" if sentence else "ink2")
        if sentence:
            announce(self, sentence)

    def show_saving(self) -> None:
        """On its way to the office; a button that is shut would hand the focus on to somewhere else."""
        if self.has_focus:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_busy(True)
        self._foot.show()
        self.say(self.tr("Saving…") if self._why is None else self.tr("Removing…"))

    def show_conflict(self, conflict: EditConflict) -> None:
        """Somebody was first: both masks, who and when; the person chooses."""
        self._set_busy(False)
        self._drop_choice()
        indent = 0 if self._label.isHidden() else self._label.width()
        mine = None if self._why is not None else self._mine(conflict.mine)
        self._choice = ConflictChoice(self._look, conflict, mine=mine, indent=indent)
        self._choice.theirs_kept.connect(self.theirs_kept)
        self._choice.put_on_top.connect(self._put_on_top)
        self._column.addWidget(self._choice)
        for part in self._parts():
            part.hide()
        self.edit.setReadOnly(True)
        announce(self, self._choice.spoken, now=True)
        self._choice.focus_first()

    def _parts(self) -> tuple[QWidget, ...]:
        """What a choice takes the place of."""
        return (self.save, self._foot) if self.removing is None else (self.save, self._foot, self.removing)

    def _put_on_top(self) -> None:
        if self._why is not None:
            self.removed.emit(self._why)
        else:
            self.put_on_top.emit(self.edit.text())

    def _mine(self, mask: Mask | None) -> Mask | str:
        return mask if mask is not None else self.edit.text()

    def _drop_choice(self) -> None:
        if self._choice is not None:
            self._choice.hide()
            self._choice.deleteLater()
            self._choice = None
            for part in self._parts():
                part.show()

    def wipe(self) -> None:
        """The edit is over: nothing that was typed stays in this widget."""
        self._pause.stop()
        self.edit.setText("")  # not clear(), which can be undone
        self._drop_choice()

    def focus(self) -> None:
        """Where the person goes on: the line, or the choice."""
        if self._choice is not None:
            self._choice.focus_first()
        else:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_focus(self) -> bool:
        """Whether the person is in it."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @property
    def has_text(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.edit.text() != self.field.text

    # what the person does ------------------------------------------------------------------------------------------
    def _on_typed(self, _text: str) -> None:
        self._mark_wrong(False)
        self._pause.start()

    def _submit(self) -> None:
        if not self.edit.isReadOnly():
            self._pause.stop()
            self._why = None
            self.saved.emit(self.edit.text())

    def _on_kept(self) -> None:
        self._foot.show()
        self.focus()

    def _on_removed(self, why: WhyEmptied) -> None:
        self._pause.stop()
        self._why = why
        self.removed.emit(why)

    def _set_busy(self, busy: bool) -> None:
        self.edit.setReadOnly(busy)
        self.save.setEnabled(not busy)
        if self.removing is not None:
            self.removing.set_busy(busy)

    def _mark_wrong(self, wrong: bool) -> None:
        if bool(self.edit.property("wrong")) != wrong:
            self.edit.setProperty("wrong", wrong)
            repolish(self.edit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc leaves it as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """In a narrow card the name stands above the line, and the buttons below it."""
        super().resizeEvent(event)
        stacked = self.width() < self._look.px(STACKED)
        place = self._low if stacked else self._line
        if place.indexOf(self.save) < 0:
            for button in (self.save, self.leave):
                place.addWidget(button)
        self._above.setVisible(stacked)
        self._label.setVisible(not stacked)
        self._indent.setVisible(not stacked)
        if self.removing is not None:
            self._below.setVisible(not stacked)

"""One field of a new contact: its name, what is typed, and what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.callers import Caller
from app.session.shown_new_contact import NewField
from app.ui.console.search_bar import Picker
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.curtain import Curtain
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message

LONGEST = 200


class NewContactField(QWidget):
    """A field; the caller's own number stays behind the curtain, and goes as it is.

    Signals:
        changed: something was typed or chosen.
        entered: Return.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, field: NewField, caller: Caller | None) -> None:
        super().__init__()
        self._look, self.field = look, field
        self._number = caller.number if caller is not None and field.is_caller else ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        is_given = field.required or bool(self._number)
        words = field.label if is_given else self.tr("{field}, if known").format(field=field.label)
        self._label = text_label(look, words, size=SMALL, weight=Weight.MEDIUM)
        column.addWidget(self._label)
        self.edit: QLineEdit | Picker = self._picker() if field.choices else self._line()
        self.edit.setObjectName(f"new_{field.name}")
        self.edit.setAccessibleName(words)
        self._label.setBuddy(self.edit)
        column.addWidget(self.edit)
        self._caller: QWidget | None = None
        if self._number and caller is not None and caller.mask is not None:
            self._caller = self._callers_number(caller)
            column.addWidget(self._caller)
            self.edit.hide()
        self.wrong = Message(look, "danger", f"new_{field.name}_wrong")
        column.addWidget(self.wrong)

    def _line(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setFont(self._look.font())
        edit.setMaxLength(LONGEST)
        edit.textEdited.connect(lambda _text: self._on_changed())
        edit.returnPressed.connect(self.entered)
        return edit

    def _picker(self) -> Picker:
        picker = Picker(self._look)
        for choice in self.field.choices:
            picker.addItem(choice)
        picker.currentIndexChanged.connect(lambda _index: self._on_changed())
        return picker

    def _callers_number(self, caller: Caller) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        assert caller.mask is not None
        curtain = Curtain(self._look, caller.mask)
        curtain.setObjectName("new_contact_number")
        row.addWidget(curtain, 1)
        self.other = Button(self._look, self.tr("Another number"), "link", name="another_number")
        self.other.setAccessibleDescription(self.tr("The caller's number, {mask}, is kept").format(mask=caller.mask))
        self.other.clicked.connect(self._take_another)
        row.addWidget(self.other)
        return holder

    def _take_another(self) -> None:
        """Not the caller's own line: another number is typed."""
        self._number = ""
        if self._caller is not None:
            self._caller.hide()
        self.edit.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    def _on_changed(self) -> None:
        self.wrong.say("")
        self.changed.emit()

    @property
    def typed(self) -> str:
        """What the person typed or chose here."""
        return self.edit.currentText() if isinstance(self.edit, Picker) else self.edit.text().strip()

    @property
    def value(self) -> str:
        """What goes to the office."""
        return self._number or self.typed

    def bring_back(self, text: str) -> None:
        """What was typed before."""
        if isinstance(self.edit, Picker):
            self.edit.setCurrentIndex(max(0, self.edit.findText(text)))
        else:
            self.edit.setText(text)

    def forget(self) -> None:
        """Nothing that was typed stays in this widget."""
        self._number = ""
        if isinstance(self.edit, QLineEdit):
            self.edit.setText("")

    def focus(self) -> None:
        """Put the focus where something is typed or chosen."""
        target = self.other if self._caller is not None and self._number else self.edit
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, code: str) -> None:
        """Say what is wrong with it."""
        words = {
            "missing": self.tr("This is needed."),
            "number_given": self.tr("The back office makes this number. Leave it empty."),
            "not_in_queue": self.tr("This is none of your queues."),
            "bad_queue": self.tr("This is none of your queues."),
            "not_a_phone": self.tr("This is no phone number."),
            "role_edits": self.tr("Your role does not write this."),
            "card_number": self.tr("A card number or card code stays in no field of words."),
        }
        self.wrong.say(words.get(code) or self.tr("This cannot be one."))

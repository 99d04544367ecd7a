"""One of the two people of a set-up: account, name, password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.role import Role
from app.ui.enrolment.fields import door_edit, labelled
from app.ui.enrolment.password_page import PasswordPair
from app.ui.enrolment.step_card import focus_first_empty
from app.ui.theme.fonts import Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label


class PersonPage(QWidget):
    """Who takes a role.

    Signals:
        entered: Return, with everything typed.
    """

    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = text_label(look, "", weight=Weight.SEMIBOLD)
        self._words = text_label(look, "", ink="ink2", wrap=True)
        column.addWidget(self._title)
        column.addSpacing(3)
        column.addWidget(self._words)
        column.addSpacing(16)
        names = QHBoxLayout()
        names.setSpacing(16)
        self.display_name = door_edit(look, self.tr("Person’s name"), "person_name", 80)
        self.account = door_edit(look, self.tr("Account name"), "person_account", 32)
        for label, edit in ((self.tr("Person’s name"), self.display_name), (self.tr("Account name"), self.account)):
            edit.returnPressed.connect(self._on_return_pressed)
            names.addLayout(labelled(look, label, edit), 1)
        column.addLayout(names)
        column.addSpacing(12)
        self.pair = PasswordPair(look)
        self.pair.entered.connect(self._on_return_pressed)
        column.addWidget(self.pair)
        column.addStretch(1)

    def add(self, below: QWidget) -> None:
        """Put something below the two fields."""
        self._column.insertSpacing(self._column.count() - 1, 12)
        self._column.insertWidget(self._column.count() - 1, below)

    def ask_for(self, role: Role) -> None:
        """Ask for the person of a role, with empty fields."""
        if role is Role.ADMINISTRATOR:
            self._title.setText(self.tr("The first administrator"))
            self._words.setText(self.tr("Makes accounts and sees no customer data."))
        else:
            self._title.setText(self.tr("The first supervisor"))
            self._words.setText(self.tr("Another person: holds the class keys and hands them on."))
        self.account.clear()
        self.display_name.clear()
        self.pair.forget()
        self.pair.say("")

    def is_complete(self) -> bool:
        """Whether both names are there; else the focus goes where one is missing."""
        fields = [(self.display_name, self.display_name), (self.account, self.account)]
        return not focus_first_empty([(field, not edit.text().strip()) for field, edit in fields])

    def _on_return_pressed(self) -> None:
        empty = [(self.pair.first, not self.pair.first.text()), (self.pair.again, not self.pair.again.text())]
        if self.is_complete() and not focus_first_empty(empty):
            self.entered.emit()

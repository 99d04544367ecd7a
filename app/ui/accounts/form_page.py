"""The drawer's form: a new account, or another role and other queues for one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.accounts import INVITABLE, LONGEST_PERSON_NAME, Account
from app.ui.accounts.facts import empty, heading
from app.ui.accounts.queue_picker import QueuePicker
from app.ui.console.search_bar import Picker
from app.ui.enrolment.fields import labelled
from app.ui.saying import joined
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message
from app.ui.words import class_name, role_name


class FormPage(QWidget):
    """Who, which role, which queues.

    Signals:
        sent: the button; read `values`.
        left: back without a change.
    """

    sent = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.account: Account | None = None
        self._known: tuple[str, ...] = ()
        self._holds: Mapping[Role, frozenset[DataClass]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        self._head = QVBoxLayout()
        column.addLayout(self._head)
        self.display_name = self._edit(self.tr("Person’s name"), "account_person", LONGEST_PERSON_NAME)
        self.name = self._edit(self.tr("Account"), "account_name", 32)
        self._new = QWidget()
        new = QVBoxLayout(self._new)
        new.setContentsMargins(0, 0, 0, 0)
        new.setSpacing(12)
        new.addLayout(labelled(look, self.tr("Person’s name"), self.display_name))
        account = labelled(look, self.tr("Account"), self.name)
        hint = self.tr("Small letters, digits, dots; it is never given to somebody else.")
        account.addWidget(text_label(look, hint, ink="ink3", size=SMALL, wrap=True))
        new.addLayout(account)
        column.addWidget(self._new)
        self.role = Picker(look)
        self.role.setObjectName("account_role")
        self.role.setAccessibleName(self.tr("Role"))
        for role in INVITABLE:
            self.role.addItem(role_name(role), role)
        self.role.currentIndexChanged.connect(lambda _index: self._show_loss())
        column.addLayout(labelled(look, self.tr("Role"), self.role))
        self.queues = QueuePicker(look)
        self.queues.other.returnPressed.connect(self._on_sent)
        column.addLayout(labelled(look, self.tr("Queues"), self.queues))
        self.loss = Message(look, "warn", "role_loss")
        column.addWidget(self.loss)
        self.error = Message(look, "danger", "account_form_error")
        column.addWidget(self.error)
        column.addLayout(self._make_foot())
        column.addStretch(1)

    def _edit(self, label: str, name: str, longest: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(name)
        edit.setFont(self._look.font())
        edit.setMaxLength(longest)
        edit.setAccessibleName(label)
        edit.returnPressed.connect(self._on_sent)
        return edit

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_form")
        self.cancel.clicked.connect(self.left)
        foot.addWidget(self.cancel)
        self.send = Button(self._look, "", "primary", name="send_form")
        self.send.clicked.connect(self._on_sent)
        foot.addWidget(self.send)
        return foot

    def know(self, queues: tuple[str, ...], holds: Mapping[Role, frozenset[DataClass]]) -> None:
        """What a form offers and warns of: the queues that there are, and by role the classes that it may hold."""
        self._known, self._holds = queues, holds

    def begin_new(self) -> None:
        """An empty form for a new account."""
        self._begin(None, self.tr("New account"), self.tr("Make account"))
        for edit in (self.display_name, self.name):
            edit.clear()
        self.queues.offer(self._known)
        self.role.setCurrentIndex(0)
        self.display_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_change(self, account: Account) -> None:
        """The form with an account's role and queues."""
        self._begin(account, self.tr("Role and queues"), self.tr("Change"), account.display_name)
        self.role.setCurrentIndex(max(0, self.role.findData(account.role)))
        self.queues.offer(self._known, account.queues)
        self.role.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, account: Account | None, title: str, send: str, under: str = "") -> None:
        self.account = account
        empty(self._head)
        self._head.addLayout(heading(self._look, title, under))
        self._new.setVisible(account is None)
        self.send.set_words(send)
        self.error.say("")
        self._show_loss()

    def _show_loss(self) -> None:
        """What the other role would lose, before it is chosen; its sessions end in any case."""
        role, account = self.chosen_role(), self.account
        if account is None or role is account.role:
            self.loss.say("")
            return
        names = joined(", ", *(class_name(c) for c in account.held if c not in self._holds.get(role, frozenset())))
        words = self.tr("The new role may not hold {classes}: that is taken away. Sessions end.")
        self.loss.say(words.format(classes=names) if names else self.tr("Running sessions end."))

    def chosen_role(self) -> Role:
        """The role picked."""
        return Role(self.role.currentData())

    def chosen_queues(self) -> tuple[str, ...]:
        """The queues checked or typed."""
        return self.queues.chosen()

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.error.say(sentence)

    def clear(self) -> None:
        """A new try begins."""
        self.error.say("")

    def set_working(self, works: bool) -> None:
        """While the office is asked nothing is typed or pressed: what stands here is what was sent."""
        for widget in (self.display_name, self.name, self.role, self.queues, self.cancel):
            widget.setEnabled(not works)
        self.send.setEnabled(self.send.is_busy or not works)

    def _on_sent(self) -> None:
        if self.send.is_busy or not self.send.isEnabled():
            return
        if self.account is None and not (self.display_name.text().strip() and self.name.text().strip()):
            self.error.say(self.tr("Name and account are both needed."))
            first = self.name if self.display_name.text().strip() else self.display_name
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.chosen_role() is Role.AGENT and not self.chosen_queues():
            self.error.say(self.tr("An agent works in at least one queue."))
            self.queues.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.sent.emit(self.send)

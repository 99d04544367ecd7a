"""Changing one's password: the current one, the new one twice, a fresh code."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.errors import TiraiError
from app.session.my_account import OwnFactors
from app.ui.enrolment.password_page import PasswordPair
from app.ui.enrolment.strength_row import StrengthRow
from app.ui.my_account.cards import Card, CurrentFactors
from app.ui.my_account.use_cases import MyAccountUseCases
from app.ui.my_account.words import since, why_refused
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button


class PasswordCard(Card):
    """The card of the password."""

    def __init__(self, look: Look, account: MyAccountUseCases, tasks: Tasks) -> None:
        super().__init__(look, "own_password", "lock-keyhole", self.tr("Password"), self.tr("Change…"))
        self._account, self._tasks = account, tasks
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        self.current = CurrentFactors(look, "password")
        column.addWidget(self.current)
        self.pair = PasswordPair(look)
        column.addWidget(self.pair)
        self.strength = StrengthRow(look, self.pair, tasks, lambda: account.strength)
        column.addWidget(self.strength)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.cancel = Button(look, self.tr("Cancel"), "quiet", name="cancel_password")
        self.cancel.clicked.connect(self._on_cancelled)
        foot.addWidget(self.cancel)
        self.send = Button(look, self.tr("Change password"), "primary", name="change_password")
        self.send.clicked.connect(self._on_sent)
        foot.addWidget(self.send)
        column.addLayout(foot)
        self.current.lead_on()  # the pair of new passwords keeps Qt's own order: Tab went round in another one
        self.button.clicked.connect(self._on_begun)
        self.current.entered.connect(self._on_sent)
        self.pair.entered.connect(self._on_sent)

    def show_factors(self, factors: OwnFactors) -> None:
        """Say since when it stands."""
        self.state.setText(since(factors.password_at) or self.tr("It never expires by itself."))

    def _on_begun(self) -> None:
        self.unfold()
        self.current.focus_first_empty()

    def _on_sent(self) -> None:
        if self.send.is_busy:
            return
        if not self.current.is_complete():
            self.current.focus_first_empty()
            return
        new = self.pair.take_if_same()
        if new is None:
            return
        current, code = self.current.password.text(), self.current.code.take()
        self._set_busy(True)
        self._tasks.run(
            lambda: self._account.change_password(current, new, code), self._on_changed, self._on_refused, owner=self
        )

    def _set_busy(self, busy: bool) -> None:
        self.send.set_busy(self.tr("Changing…") if busy else "")
        self.cancel.setEnabled(not busy)
        if busy:  # the boxes are shut and have lost it
            self.send.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, _none: None) -> None:
        self._set_busy(False)
        self.changed.emit()
        self.forget()
        self.fold(self.tr("Your password is changed. Your other sessions have ended."))

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(False)
        sentence = why_refused(error)
        if isinstance(error, TiraiError) and error.code.startswith("password_"):
            self.current.code.boxes.setEnabled(True)
            self.pair.refuse(sentence)
        else:
            self.current.refuse(sentence)

    def close_if_idle(self) -> None:
        """Give it up, unless the office is asked now."""
        if self.cancel.isEnabled():
            self._on_cancelled()

    def _on_cancelled(self) -> None:
        self.forget()
        self.fold()

    def forget(self) -> None:
        """Empty everything that was typed."""
        self.current.forget()
        self.pair.forget()
        self.pair.say("")
        self.strength.forget()

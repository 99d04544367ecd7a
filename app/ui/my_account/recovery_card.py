"""One's recovery codes: how many are left, and ten new ones."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.my_account import OwnFactors
from app.session.shown import Secret
from app.ui.my_account.cards import Card, CurrentFactors
from app.ui.my_account.use_cases import MyAccountUseCases
from app.ui.my_account.words import why_refused
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import set_ink
from app.ui.widgets.recovery_codes import RecoveryCodes

FEW = 3


class RecoveryCard(Card):
    """The card of the recovery codes."""

    def __init__(self, look: Look, account: MyAccountUseCases, tasks: Tasks) -> None:
        super().__init__(look, "own_recovery", "life-buoy", self.tr("Recovery codes"), self.tr("Make new ones…"))
        self._account, self._tasks = account, tasks
        self._name = ""
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 4, 0, 0)
        self._ask = QWidget()
        ask = QVBoxLayout(self._ask)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.setSpacing(12)
        self.current = CurrentFactors(look, "recovery")
        ask.addWidget(self.current)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.cancel = Button(look, self.tr("Cancel"), "quiet", name="cancel_recovery")
        self.cancel.clicked.connect(self._on_cancelled)
        foot.addWidget(self.cancel)
        self.send = Button(look, self.tr("Make ten new codes"), "primary", name="make_codes")
        self.send.clicked.connect(self._on_sent)
        foot.addWidget(self.send)
        ask.addLayout(foot)
        self.current.lead_on(self.cancel, self.send)
        self.codes = RecoveryCodes(look)
        column.addWidget(self._ask)
        column.addWidget(self.codes)
        self.codes.hide()
        self.button.clicked.connect(self._on_begun)
        self.current.entered.connect(self._on_sent)
        self.codes.noted.connect(self._on_noted)

    def show_factors(self, factors: OwnFactors) -> None:
        """Say how many are left."""
        self._name = factors.account
        left = factors.recovery_codes
        self.state.setText(self.tr("{n} of 10 are left; each works once.").format(n=left))
        set_ink(self.state, "warn" if left < FEW else "ink2")

    def _on_begun(self) -> None:
        self.unfold()
        self._ask.show()
        self.codes.hide()
        self.current.focus_first_empty()

    def _on_sent(self) -> None:
        if self.send.is_busy:
            return
        if not self.current.is_complete():
            self.current.focus_first_empty()
            return
        password, code = self.current.password.text(), self.current.code.take()
        self._set_busy(True)
        self._tasks.run(
            lambda: self._account.new_recovery_codes(password, code), self._on_made, self._on_refused, owner=self
        )

    def _on_made(self, codes: tuple[Secret, ...]) -> None:
        """Show them, even to a person who has left meanwhile: the earlier ones are dead."""
        self._set_busy(False)
        self.current.forget()
        self.unfold()
        self._ask.hide()
        self.codes.show()
        self.codes.show_codes(codes, self._name)
        self.state.setText(self.tr("{n} of 10 are left; each works once.").format(n=len(codes)))
        set_ink(self.state, "ink2")

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.current.refuse(why_refused(error))

    def _on_noted(self) -> None:
        self.forget()
        self.fold(self.tr("The new codes count; earlier ones do not work any more."))

    def _set_busy(self, busy: bool) -> None:
        self.send.set_busy(self.tr("Making…") if busy else "")
        self.cancel.setEnabled(not busy)
        if busy:  # the boxes are shut and have lost it
            self.send.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_if_idle(self) -> None:
        """Give it up, unless the office is asked now or new codes are shown."""
        if self.cancel.isEnabled() and self.codes.is_empty:
            self._on_cancelled()

    def _on_cancelled(self) -> None:
        self.forget()
        self.fold()

    def forget(self) -> None:
        """Leave no code and nothing that was typed."""
        self.codes.forget()
        self.current.forget()

"""Replacing one's authenticator: password and code (or a recovery code), then the new one shows that it works.

Invariant: the new secret lies in the page only while it is shown.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.my_account import NewAuthenticator, OwnFactors
from app.ui.enrolment.authenticator_page import AuthenticatorPage
from app.ui.enrolment.fields import door_edit, labelled
from app.ui.my_account.cards import Card, CurrentFactors
from app.ui.my_account.use_cases import MyAccountUseCases
from app.ui.my_account.words import since, why_refused
from app.ui.tasks import Tasks
from app.ui.theme.fonts import VALUES
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.strips import Message


class AuthenticatorCard(Card):
    """The card of the authenticator."""

    def __init__(self, look: Look, account: MyAccountUseCases, tasks: Tasks) -> None:
        super().__init__(look, "own_authenticator", "smartphone", self.tr("Authenticator"), self.tr("Replace…"))
        self._account, self._tasks = account, tasks
        self._offer: NewAuthenticator | None = None
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        self._first = QWidget()
        first = QVBoxLayout(self._first)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(8)
        self.current = CurrentFactors(look, "authenticator")
        first.addWidget(self.current)
        words = self.tr("The old one is lost: use a recovery code")
        self.lost = Button(look, words, "link", name="lost_authenticator")
        first.addWidget(self.lost, 0, Qt.AlignmentFlag.AlignLeft)
        self.recovery = door_edit(look, self.tr("Recovery code"), "recovery_code", 40, VALUES)
        self._recovery = QWidget()
        recovery = QVBoxLayout(self._recovery)
        recovery.setContentsMargins(0, 0, 0, 0)
        recovery.setSpacing(0)
        recovery.addLayout(labelled(look, self.tr("Recovery code"), self.recovery))
        self.error = Message(look, "danger", "recovery_error")
        recovery.addSpacing(4)
        recovery.addWidget(self.error)
        self.current.second.addWidget(self._recovery)
        self._recovery.hide()
        self.page = AuthenticatorPage(look)
        column.addWidget(self._first)
        column.addWidget(self.page)
        self.page.hide()
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.cancel = Button(look, self.tr("Cancel"), "quiet", name="cancel_authenticator")
        self.cancel.clicked.connect(self._on_cancelled)
        foot.addWidget(self.cancel)
        self.send = Button(look, self.tr("Go on"), "primary", name="begin_authenticator")
        self.send.clicked.connect(self._on_sent)
        foot.addWidget(self.send)
        column.addLayout(foot)
        self.current.lead_on(self.recovery, self.lost, self.cancel, self.send)
        self.button.clicked.connect(self._on_begun)
        self.lost.clicked.connect(self._on_lost)
        self.current.entered.connect(self._on_sent)
        self.recovery.returnPressed.connect(self._on_sent)
        self.page.completed.connect(self._on_code_completed)

    def show_factors(self, factors: OwnFactors) -> None:
        """Say since when it stands."""
        self.state.setText(since(factors.authenticator_at))

    def _on_begun(self) -> None:
        self.unfold()
        self._first.show()
        self.page.hide()
        self.send.show()
        self.current.focus_first_empty()

    def _on_lost(self) -> None:
        """Ask for a recovery code in the code's place."""
        self.current.code.hide()
        self.lost.hide()
        self._recovery.show()
        first = self.recovery if self.current.password.text() else self.current.password.edit
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _uses_recovery(self) -> bool:
        return not self._recovery.isHidden()

    def _on_sent(self) -> None:
        if not self.send.isEnabled():
            return
        password, recovery = self.current.password.text(), self.recovery.text().strip()
        if self._uses_recovery and not (password and recovery):
            first = self.recovery if password else self.current.password.edit
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._uses_recovery and not self.current.is_complete():
            self.current.focus_first_empty()
            return
        code = "" if self._uses_recovery else self.current.code.take()
        self.error.say("")
        self._set_busy(True)
        self._tasks.run(
            lambda: self._account.begin_authenticator(
                password, code, recovery_code=recovery if self._uses_recovery else ""
            ),
            self._on_offered,
            self._on_refused,
            owner=self,
        )

    def _on_offered(self, offer: NewAuthenticator) -> None:
        self._set_busy(False)
        if not self.is_unfolded:  # the person has left meanwhile
            offer.secret.forget()
            offer.uri.forget()
            return
        self.send.hide()
        self._offer = offer
        self.current.forget()
        self.recovery.setText("")  # `clear` could be undone
        self._first.hide()
        self.page.show()
        self.page.show_offer(offer.uri, offer.secret)

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(False)
        if self._uses_recovery:
            self.error.say(why_refused(error))
            self.recovery.selectAll()
            self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.current.refuse(why_refused(error))

    def _on_code_completed(self, code: str) -> None:
        if not self.cancel.isEnabled():
            return
        self.cancel.setEnabled(False)
        self._tasks.run(
            lambda: self._account.finish_authenticator(code), self._on_finished, self._on_not_finished, owner=self
        )

    def _on_finished(self, _none: None) -> None:
        self.cancel.setEnabled(True)
        self.changed.emit()
        self.forget()
        self.fold(self.tr("The new authenticator counts from now on; the old one is dead. Other sessions have ended."))

    def _on_not_finished(self, error: Exception) -> None:
        self.cancel.setEnabled(True)
        self.page.refuse(why_refused(error))

    def _set_busy(self, busy: bool) -> None:
        self.send.setEnabled(not busy)
        self.cancel.setEnabled(not busy)

    def close_if_idle(self) -> None:
        """Give it up, unless the office is asked now."""
        if self.cancel.isEnabled():
            self._on_cancelled()

    def _on_cancelled(self) -> None:
        self.forget()
        self.fold()

    def forget(self) -> None:
        """Leave no secret and nothing that was typed."""
        self.page.forget()
        if self._offer is not None:
            self._offer.secret.forget()
            self._offer.uri.forget()
            self._offer = None
        self.current.forget()
        self.error.say("")
        self.current.code.show()
        self.recovery.setText("")  # `clear` could be undone
        self._recovery.hide()
        self.lost.show()

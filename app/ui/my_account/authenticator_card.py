"""Replacing one's authenticator: password and code (or a recovery code), then the new one shows that it works.

Invariant: the new secret lies in the page only while it is shown, and no longer than the office takes a code of it.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import TiraiError
from app.session.my_account import NewAuthenticator, OwnFactors
from app.ui.enrolment.authenticator_page import AuthenticatorPage
from app.ui.enrolment.fields import door_edit, labelled
from app.ui.my_account.cards import Card, CurrentFactors
from app.ui.my_account.use_cases import MyAccountUseCases
from app.ui.my_account.words import since, why_refused
from app.ui.tasks import Tasks
from app.ui.theme.fonts import FIGURES, SMALL, VALUES
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message
from app.ui.widgets.time_left import TimeLeft
from app.ui.words import minutes_seconds


class AuthenticatorCard(Card):
    """The card of the authenticator.

    Args:
        clock: monotonic seconds.
    """

    def __init__(
        self,
        look: Look,
        account: MyAccountUseCases,
        tasks: Tasks,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(look, "own_authenticator", "smartphone", self.tr("Authenticator"), self.tr("Replace…"))
        self._look, self._account, self._tasks = look, account, tasks
        self._offer: NewAuthenticator | None = None
        self.time_left = TimeLeft(self, clock)
        self.time_left.moved.connect(self._show_left)
        self.time_left.over.connect(self._on_time_over)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        self._first = self._make_first()
        self.page = AuthenticatorPage(look)
        self.page.completed.connect(self._on_code_completed)
        column.addWidget(self._first)
        column.addWidget(self.page)
        self.page.hide()
        column.addLayout(self._make_foot())
        self.current.lead_on(self.recovery, self.lost, self.cancel, self.send)
        self.button.clicked.connect(self._on_begun)
        self.current.entered.connect(self._on_sent)
        self.recovery.returnPressed.connect(self._on_sent)

    def _make_first(self) -> QWidget:
        """Password and code; a recovery code may stand in the code's place."""
        look, widget = self._look, QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.current = CurrentFactors(look, "authenticator")
        column.addWidget(self.current)
        words = self.tr("The old one is lost: use a recovery code")
        self.lost = Button(look, words, "link", name="lost_authenticator")
        self.lost.clicked.connect(self._on_lost)
        column.addWidget(self.lost, 0, Qt.AlignmentFlag.AlignLeft)
        self.over = Message(look, "danger", "authenticator_over")
        column.addWidget(self.over)
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
        return widget

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        self.left = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        foot.addWidget(self.left, 1)
        self.cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_authenticator")
        self.cancel.clicked.connect(self._on_cancelled)
        foot.addWidget(self.cancel)
        self.send = Button(self._look, self.tr("Go on"), "primary", name="begin_authenticator")
        self.send.clicked.connect(self._on_sent)
        foot.addWidget(self.send)
        return foot

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
        if self.send.is_busy:
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
        self.over.say("")
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
        self.time_left.begin(offer.until)

    def _show_left(self, left: int) -> None:
        words = self.tr("Ends by itself in {t}. Until a code has come the old one counts.")
        self.left.setText(words.format(t=minutes_seconds(left)))

    def _on_time_over(self) -> None:
        """The secret goes; with an answer under way that one decides."""
        if self.cancel.isEnabled():
            self._begin_again(self.tr("This took longer than five minutes. Begin again."))

    def _begin_again(self, sentence: str) -> None:
        self.forget()
        self._on_begun()
        self.over.say(sentence)

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
        if isinstance(error, TiraiError) and error.code == "change_over":
            self._begin_again(why_refused(error))
        else:
            self.page.refuse(why_refused(error))

    def _set_busy(self, busy: bool) -> None:
        self.send.set_busy(self.tr("Checking…") if busy else "")
        self.cancel.setEnabled(not busy)
        self.lost.setEnabled(not busy)
        if busy:  # the boxes are shut and have lost it
            self.send.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_if_idle(self) -> None:
        """Give it up, unless the office is asked now."""
        if self.cancel.isEnabled():
            self._on_cancelled()

    def _on_cancelled(self) -> None:
        self.forget()
        self.fold()

    def forget(self) -> None:
        """Leave no secret and nothing that was typed."""
        self.time_left.stop()
        self.left.setText("")
        self.over.say("")
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

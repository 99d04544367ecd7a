"""The enrolment: account and activation code, password, authenticator, recovery codes; then back to the door.

Invariants: the authenticator's secret lies in a widget only while its page is shown; whichever way the screen is left,
password, codes and secret are forgotten and the line to the office is closed. The office judges the time; the clock
at the foot only says what is left.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import TiraiError
from app.session.shown import Secret
from app.ui.enrolment.account_page import AccountPage
from app.ui.enrolment.authenticator_page import AuthenticatorPage
from app.ui.enrolment.password_page import PasswordPage
from app.ui.enrolment.step_card import StepCard
from app.ui.enrolment.strength_row import StrengthRow
from app.ui.enrolment.use_cases import EnrolUseCases, NewEnrolment
from app.ui.enrolment.words import why_not
from app.ui.sign_in.screen import door_shadow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.countdown import Countdown
from app.ui.widgets.recovery_codes import RecoveryCodes
from app.ui.widgets.stage import DoorStage
from app.ui.words import minutes_seconds

if TYPE_CHECKING:
    from app.session.enrol import Offer

PARTED = 220
_CODE, _PASSWORD, _AUTHENTICATOR, _RECOVERY = range(4)
OVER = frozenset({"enrolment_over", "activation", "other_office"})
"""Codes of refusals after which only a new beginning helps."""


class EnrolmentScreen(QWidget):
    """A person's first sign-in here.

    Args:
        look: colours.
        new_enrolment: begins one; called off the GUI thread.
        tasks: the door off the GUI thread.
        account: typed at the door already, or empty.
        clock: monotonic seconds.

    Signals:
        enrolled: the account that is ready, and its role.
        left: back to the door without one.
    """

    enrolled = Signal(str, str)
    left = Signal()

    def __init__(
        self,
        look: Look,
        new_enrolment: NewEnrolment,
        tasks: Tasks,
        account: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._new_enrolment, self._tasks, self._clock = new_enrolment, tasks, clock
        self._enrol: EnrolUseCases | None = None
        self._offer: Offer | None = None
        self._countdown: Countdown | None = None
        self._busy, self._account, self._role = False, "", ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        stage = DoorStage(look, PARTED)
        column.addWidget(stage)
        self.account, self.password, self.authenticator = AccountPage(look), PasswordPage(look), AuthenticatorPage(look)
        self.strength = StrengthRow(
            look, self.password.pair, tasks, lambda: self._enrol.strength if self._enrol is not None else None
        )
        self.password.add(self.strength)
        self.recovery = RecoveryCodes(look, has_button=False)
        steps = (
            self.tr("Activation code"),
            self.tr("Password"),
            self.tr("Authenticator"),
            self.tr("Recovery codes"),
        )
        pages = (self.account, self.password, self.authenticator, self.recovery)
        self.card = StepCard(look, self.tr("Set up your account"), steps, pages)
        door_shadow(self.card, look)
        stage.place(self.card)
        self.account.account.setText(account)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.look_at_clock)
        self._connect()
        self._turn_to(_CODE)

    def _connect(self) -> None:
        self.card.back.clicked.connect(self._on_back_clicked)
        self.card.go_on.clicked.connect(self._on_go_on_clicked)
        self.account.entered.connect(self._ask_to_begin)
        self.password.pair.entered.connect(self._ask_for_password)
        self.authenticator.completed.connect(self._on_code_completed)
        self.authenticator.changed.connect(self._on_digits_changed)

    def begin(self) -> None:
        """Put the focus where typing starts."""
        self.account.is_complete()

    # pages ---------------------------------------------------------------------------------------------------------
    def _turn_to(self, step: int) -> None:
        if step != _AUTHENTICATOR:
            self.authenticator.forget()
        self.card.show_page((self.account, self.password, self.authenticator, self.recovery)[step], step)
        self.card.back.setVisible(step != _RECOVERY)
        self.card.go_on.setEnabled(step != _AUTHENTICATOR)

    @property
    def _step(self) -> int:
        pages: tuple[QWidget, ...] = (self.account, self.password, self.authenticator, self.recovery)
        return pages.index(self.card.page)

    def _on_back_clicked(self) -> None:
        if self._step == _CODE:
            self.leave()
            self.left.emit()
        elif self._step == _PASSWORD:
            self._start_again("")
        else:
            self._turn_to(_PASSWORD)
            self.password.pair.forget()
            self.password.pair.first.setFocus()

    def _on_go_on_clicked(self) -> None:
        if self._step == _CODE:
            self._ask_to_begin()
        elif self._step == _PASSWORD:
            self._ask_for_password()
        elif self._step == _RECOVERY:
            self._on_codes_noted()
        elif self.authenticator.code.is_complete():
            self._on_code_completed(self.authenticator.code.text())

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.card.set_busy(busy, self.tr("Checking…"))
        if not busy and self._step == _AUTHENTICATOR:
            self.card.go_on.setEnabled(self.authenticator.code.is_complete())

    # account and code ----------------------------------------------------------------------------------------------
    def _ask_to_begin(self) -> None:
        if not self.account.is_complete():
            self.account.say(self.tr("Account and activation code are both needed."))
            return
        self.account.say("")
        self._set_busy(True)
        account, code, new_enrolment = self.account.account.text(), self.account.code.text(), self._new_enrolment
        self._tasks.run(lambda: _begun(new_enrolment, account, code), self._on_begun, self._on_not_begun, owner=self)

    def _on_begun(self, begun: "tuple[EnrolUseCases, Offer]") -> None:
        self._enrol, self._offer = begun
        self._countdown = Countdown(self._clock(), self._enrol.lasts_s)
        self._tick.start()
        self.look_at_clock()
        self._set_busy(False)
        self.account.forget()
        self.password.greet(self._offer.display_name)
        self._turn_to(_PASSWORD)
        self.password.pair.first.setFocus()

    def _on_not_begun(self, error: Exception) -> None:
        self._set_busy(False)
        self.account.say(why_not(error))
        self.account.code.setFocus()

    # password ------------------------------------------------------------------------------------------------------
    def _ask_for_password(self) -> None:
        password, enrol = self.password.pair.take_if_same(), self._enrol
        if password is None or enrol is None:
            return
        self._set_busy(True)
        self._tasks.run(
            lambda: enrol.check_password(password), self._on_password_fits, self._on_password_refused, owner=self
        )

    def _on_password_fits(self, _none: None) -> None:
        self._set_busy(False)
        if self._offer is None:
            return
        self._turn_to(_AUTHENTICATOR)
        self.authenticator.show_offer(self._offer.uri, self._offer.secret)

    def _on_password_refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.password.pair.refuse(why_not(error))

    # code ----------------------------------------------------------------------------------------------------------
    def _on_digits_changed(self) -> None:
        if self._step == _AUTHENTICATOR and not self._busy:
            self.card.go_on.setEnabled(self.authenticator.code.is_complete())

    def _on_code_completed(self, code: str) -> None:
        enrol, password = self._enrol, self.password.pair.first.text()
        if enrol is None or self._busy:
            return
        self._set_busy(True)
        self._tasks.run(lambda: enrol.finish(password, code), self._on_finished, self._on_not_finished, owner=self)

    def _on_finished(self, codes: "tuple[Secret, ...]") -> None:
        """The account is there; its recovery codes are shown once, as long as the person wants."""
        self._set_busy(False)
        if self._offer is not None:
            self._account, self._role = self._offer.account, self._offer.role
        self._drop()
        self._turn_to(_RECOVERY)
        self.card.go_on.set_words(self.tr("I have them"))
        self.recovery.show_codes(codes, self._account)  # the focus is at Print: a Return too many loses no code

    def _on_codes_noted(self) -> None:
        self.leave()
        self.enrolled.emit(self._account, self._role)

    def _on_not_finished(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, TiraiError) and error.code in OVER:
            self._start_again(why_not(error))
        else:
            self.authenticator.refuse(why_not(error))

    # time ----------------------------------------------------------------------------------------------------------
    def look_at_clock(self) -> None:
        """Say what is left; over, it starts again."""
        if self._countdown is None:
            return
        left = self._countdown.whole(self._clock())
        self.card.say_note(self.tr("This set-up ends by itself in {t}").format(t=minutes_seconds(left)))
        if left <= 0 and not self._busy:
            self._start_again(self.tr("This set-up took longer than 5 minutes. Start again."))

    # ends ----------------------------------------------------------------------------------------------------------
    def _start_again(self, sentence: str) -> None:
        self._drop()
        self._turn_to(_CODE)
        self.account.say(sentence)
        self.account.code.setFocus()

    def leave(self) -> None:
        """Forget everything that was typed or shown."""
        self._drop()
        self.account.forget()
        self.recovery.forget()

    def _drop(self) -> None:
        self._tick.stop()
        self._countdown = None
        self.card.say_note("")
        self.authenticator.forget()
        self.password.pair.forget()
        if self._offer is not None:
            self._offer.secret.forget()
            self._offer.uri.forget()
            self._offer = None
        if self._enrol is not None:
            self._tasks.run(self._enrol.close)
            self._enrol = None


def _begun(new_enrolment: NewEnrolment, account: str, code: str) -> "tuple[EnrolUseCases, Offer]":
    """Off the GUI thread: an enrolment that has begun."""
    enrol = new_enrolment()
    try:
        return enrol, enrol.begin(account, code)
    except BaseException:
        enrol.close()
        raise

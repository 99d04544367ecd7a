"""A lost authenticator: recovery code, then the QR code of another one, then back to the door.

Invariants: the new secret lies in a widget only while its page is shown; whichever way the screen is left, password,
code and secret are forgotten and the session that replaces is over. Once its time is over the new secret is gone, too;
the office judges the time, the clock at the foot says what is left.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import TiraiError
from app.ui.enrolment.authenticator_page import AuthenticatorPage
from app.ui.enrolment.step_card import StepCard
from app.ui.enrolment.words import why_not
from app.ui.language import tr as _tr
from app.ui.lost.recovery_page import RecoveryPage
from app.ui.lost.use_cases import ReplacingUseCases, SignInToReplace
from app.ui.sign_in.screen import door_shadow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.stage import DoorStage
from app.ui.widgets.time_left import TimeLeft
from app.ui.words import minutes_seconds

if TYPE_CHECKING:
    from app.session.my_account import NewAuthenticator

PARTED = 220
_CODE, _AUTHENTICATOR = range(2)


def _over() -> str:
    return _tr("This took longer than five minutes. Begin again with another recovery code.")


def why_not_replaced(error: Exception) -> str:
    """The sentence for a refusal here."""
    code = error.code if isinstance(error, TiraiError) else ""
    sentences = {
        "recovery_code_form": _tr("This is not a recovery code. Copy all four groups from your page."),
        "wrong": _tr("Account, password or recovery code is not right."),
        "change_over": _over(),
        "session_over": _over(),
    }
    return sentences.get(code) or why_not(error)


class LostAuthenticatorScreen(QWidget):
    """Two steps between door and door.

    Args:
        look: colours.
        sign_in: signs in with a recovery code.
        tasks: the door off the GUI thread.
        account: typed at the door already, or empty.
        clock: monotonic seconds.

    Signals:
        replaced: the account whose new authenticator counts.
        left: back to the door without one.
    """

    replaced = Signal(str)
    left = Signal()

    def __init__(
        self,
        look: Look,
        sign_in: SignInToReplace,
        tasks: Tasks,
        account: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._sign_in, self._tasks = sign_in, tasks
        self.time_left = TimeLeft(self, clock)
        self._busy = False
        self._replacing: ReplacingUseCases | None = None
        self._offer: NewAuthenticator | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        stage = DoorStage(look, PARTED)
        column.addWidget(stage)
        self.recovery, self.authenticator = RecoveryPage(look), AuthenticatorPage(look)
        steps = (self.tr("Recovery code"), self.tr("Authenticator"))
        pages = (self.recovery, self.authenticator)
        self.card = StepCard(look, self.tr("Replace your authenticator"), steps, pages)
        door_shadow(self.card, look)
        stage.place(self.card)
        self.recovery.account.setText(account)
        self.card.back.clicked.connect(self._on_back_clicked)
        self.card.go_on.clicked.connect(self._on_go_on_clicked)
        self.recovery.entered.connect(self._ask_to_begin)
        self.authenticator.completed.connect(self._on_code_completed)
        self.time_left.moved.connect(self._show_left)
        self.time_left.over.connect(self._on_time_over)
        self._turn_to(_CODE)

    def begin(self) -> None:
        """Put the focus where typing starts."""
        self.recovery.is_complete()

    def _turn_to(self, step: int) -> None:
        self.card.show_page((self.recovery, self.authenticator)[step], step)
        self.card.go_on.setVisible(step == _CODE)

    def _on_back_clicked(self) -> None:
        if self.card.page is self.recovery:
            self.leave()
            self.left.emit()
        else:
            self._start_again("")

    def _on_go_on_clicked(self) -> None:
        if self.card.page is self.recovery:
            self._ask_to_begin()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.card.set_busy(busy, self.tr("Checking…"))

    def _ask_to_begin(self) -> None:
        if self._busy:
            return
        if not self.recovery.is_complete():
            self.recovery.say(self.tr("Account, password and recovery code are all needed."))
            return
        self.recovery.say("")
        self._set_busy(True)
        page, sign_in = self.recovery, self._sign_in
        account, password, code = page.account.text(), page.password.text(), page.code.text()
        self._tasks.run(lambda: _begun(sign_in, account, password, code), self._on_begun, self._on_refused, owner=self)

    def _on_begun(self, begun: "tuple[ReplacingUseCases, NewAuthenticator]") -> None:
        self._replacing, self._offer = begun
        self._set_busy(False)
        self.recovery.forget()
        self._turn_to(_AUTHENTICATOR)
        self.authenticator.show_offer(self._offer.uri, self._offer.secret)
        self.time_left.begin(self._offer.until)

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.recovery.say(why_not_replaced(error))
        self.recovery.code.setFocus()

    def _on_code_completed(self, code: str) -> None:
        replacing = self._replacing
        if replacing is None or self._busy:
            return
        self._set_busy(True)
        self._tasks.run(lambda: replacing.finish(code), self._on_finished, self._on_not_finished, owner=self)

    def _on_finished(self, _none: None) -> None:
        account = self.recovery.account.text().strip()
        self._replacing = None
        self.leave()
        self.replaced.emit(account)

    def _on_not_finished(self, error: Exception) -> None:
        self._set_busy(False)
        over = isinstance(error, TiraiError) and error.code in ("change_over", "session_over")
        if over:
            self._start_again(why_not_replaced(error))
        else:
            self.authenticator.refuse(why_not_replaced(error))

    def _show_left(self, left: int) -> None:
        note = self.tr("Ends by itself in {t}. Back gives it up; the recovery code is used all the same.")
        self.card.say_note(note.format(t=minutes_seconds(left)))

    def _on_time_over(self) -> None:
        """The secret goes; with an answer under way that one decides."""
        if not self._busy:
            self._start_again(_over())

    def _start_again(self, sentence: str) -> None:
        self._drop()
        self._turn_to(_CODE)
        self.recovery.say(sentence)
        self.recovery.is_complete()

    def leave(self) -> None:
        """Forget everything that was typed or shown."""
        self._drop()
        self.recovery.forget()

    def _drop(self) -> None:
        self.time_left.stop()
        self.card.say_note("")
        self.authenticator.forget()
        if self._offer is not None:
            self._offer.secret.forget()
            self._offer.uri.forget()
            self._offer = None
        if self._replacing is not None:
            self._tasks.run(self._replacing.end)
            self._replacing = None


def _begun(
    sign_in: SignInToReplace, account: str, password: str, code: str
) -> "tuple[ReplacingUseCases, NewAuthenticator]":
    """Off the GUI thread: a replacement that has begun."""
    replacing = sign_in(account, password, code)
    try:
        return replacing, replacing.begin()
    except BaseException:
        replacing.end()
        raise

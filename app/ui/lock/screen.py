"""The lock screen: the card on closed drapes, and the calls behind it.

It holds nothing of the session but what the guardian told: names, a cause, a deadline. The guardian keeps deadline and
tries as well; this screen only shows them.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.session.errors import CacheLostError, SessionOverError, SignInRefusal, SignInRefusedError
from app.session.idle import boot_s
from app.ui.faults import fault_of
from app.ui.lock.card import LockCard
from app.ui.sign_in.outside import OutsideReporting, OutsideUseCases
from app.ui.sign_in.screen import door_shadow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import BackAtDesk, LockUseCases
from app.ui.widgets.announce import FirstWords
from app.ui.widgets.stage import CLOSED, DoorStage
from app.ui.words import one_or_many

SECOND_MS, ASK_MS = 1000, 60_000


class LockScreen(QWidget):
    """A locked session.

    Signals:
        resumed: desk and place of the session that goes on (`BackAtDesk`).
        ended: the cause for which the session is to end.
    """

    resumed = Signal(object)
    ended = Signal(str)

    def __init__(
        self,
        look: Look,
        locked: LockUseCases,
        tasks: Tasks,
        clock: Callable[[], float] = boot_s,
        reports: OutsideUseCases | None = None,
    ) -> None:
        super().__init__()
        self._locked, self._tasks, self._clock = locked, tasks, clock
        self._tries = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        stage = DoorStage(look, CLOSED)
        column.addWidget(stage)
        self.card = LockCard(look, locked.lock)
        door_shadow(self.card, look)
        stage.place(self.card)
        self.card.submitted.connect(self._on_submitted)
        self.card.end_wanted.connect(lambda: self.ended.emit("signed_out"))
        self.card.offer_reports(reports is not None)
        self.reporting = (
            OutsideReporting(look, reports, tasks, self, self.card.report, is_locked=True) if reports else None
        )
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self.tick)
        self._asking = QTimer(self, interval=ASK_MS)
        self._asking.timeout.connect(self.ask)
        self.tick()

    def begin(self) -> None:
        """Count down, and put the focus where typing starts."""
        self._second.start()
        self._asking.start()
        self.card.password.setFocus()
        FirstWords(self.card, self.card.why.text())

    def tick(self) -> None:
        """One second has passed."""
        self.card.show_left(self._locked.lock.ends_at_boot_s - self._clock())

    def ask(self) -> None:
        """Hear whether the session was ended meanwhile, or is to be wiped: that does not wait for a person's return."""
        self._tasks.run(self._locked.ask, None, self._on_asked, owner=self)

    def _on_asked(self, error: Exception) -> None:
        if isinstance(error, SessionOverError) and self._second.isActive():
            self._end(error.code or "session_over")

    def _on_submitted(self, password: str) -> None:
        self._tasks.run(lambda: self._locked.resume(password), self._on_resumed, self._on_refused, owner=self)

    def _on_resumed(self, back: BackAtDesk) -> None:
        self._stop()
        self.resumed.emit(back)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, SignInRefusedError):
            self._tries += 1
            left = self._locked.lock.tries - self._tries
            if left <= 0:
                self._end("too_many_tries")
            elif error.why is SignInRefusal.WRONG:
                many = self.tr("This password is not right. {n} tries left, then the session ends.")
                one = self.tr("This password is not right. {n} try left, then the session ends.")
                self.card.refuse(one_or_many(left, one, many).format(n=left))
            else:
                self.card.refuse(fault_of(error).sentence)
        elif isinstance(error, CacheLostError):
            self._end("cache_lost")
        elif isinstance(error, SessionOverError):
            self._end(error.code or "session_over")
        else:
            self.card.refuse(fault_of(error).sentence)

    def _end(self, cause: str) -> None:
        self._stop()
        self.ended.emit(cause)

    def _stop(self) -> None:
        self._second.stop()
        self._asking.stop()

"""What is told across the whole console, in strips: what the work waits for, what failed, requests, clocks that press.

What happened to the person's account is in `notices`; what became of something just done is on the status bar.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.session.shown import UnlockWaiting
from app.ui.approvals.arrival_words import arrival_words
from app.ui.console.customer_card import CustomerCard
from app.ui.console.pulse import Pulse
from app.ui.console.workspace_entries import APPROVALS, CONSOLE
from app.ui.faults import fault_of
from app.ui.privacy.pressing import DueStrip, Pressing
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import clock_time


class SessionStrips(QObject):
    """The strips of one console, and what is said in them.

    Args:
        look: colours.
        desk: the session.
        pulse: judges whether an exception is the office's absence, or the end.
        card: where a fault is said while customers are in front.
        in_front: the workspace in front.
        is_over: whether the session is being left.
        screen: the console.

    Attributes:
        session: what holds for all of the session.
        requests: that requests wait for a decision.
        due: what of the privacy desk presses.
        waits_for_classes: whether class keys were not there when it was last looked.

    Signals:
        crashed: a fault that nobody expected, with its number.
    """

    crashed = Signal(object)

    def __init__(
        self,
        look: Look,
        desk: DeskUseCases,
        pulse: Pulse,
        card: CustomerCard,
        in_front: Callable[[], str],
        is_over: Callable[[], bool],
        screen: QWidget,
    ) -> None:
        super().__init__(screen)
        self._desk, self._pulse, self._card, self._screen = desk, pulse, card, screen
        self._in_front, self._is_over = in_front, is_over
        self.waits_for_classes = False
        self._waiting = 0
        self.session = Strip(look, "", "warn", flat=True, name="session_strip")
        self.session.hide()
        self.requests = Strip(look, "", "info", action=self.tr("Look"), flat=True, name="request_waits")
        self.requests.let_close(self.tr("Close"))
        self.requests.hide()
        self.due = DueStrip(look)

    # the session ---------------------------------------------------------------------------------------------------
    def show_waits(self) -> None:
        """Say that class keys are still to come, or nothing."""
        text = self.tr("A supervisor still has to hand you your class keys; masks and search work already.")
        self.waits_for_classes = self._desk.person.waits_for_classes
        self.session.say(text if self.waits_for_classes else "")

    def show_waits_unless_away(self) -> None:
        """The same, unless it is said that the office is away."""
        if not self._pulse.is_away:
            self.show_waits()

    def tell_damage(self) -> None:
        """The local copy was damaged."""
        text = self.tr("The local copy was damaged and is being fetched again. Nothing is lost.")
        self.session.say(text)
        announce(self._screen, text)

    def tell_away(self, since: float) -> None:
        """The office is away, since a time of the wall clock."""
        text = self.tr("Back office away since {t}. Masks, search and notes go on. No reveals.")
        self.session.say(text.format(t=clock_time(since)))
        announce(self._screen, self.session.label.text(), now=True)

    def tell_fault(self, error: Exception) -> None:
        """One sentence for an exception, where the person looks."""
        if self._is_over() or self._pulse.judge(error):
            return
        fault = fault_of(error)
        sentence = fault.sentence
        if not fault.is_known:
            self.crashed.emit(fault)
        elif self._in_front() == CONSOLE:
            self._card.fault.say(sentence)
        else:
            self.session.say(sentence, "danger")
        announce(self._card, sentence, now=True)

    def tell_not_ended(self, error: Exception) -> None:
        """The session could not be ended from here."""
        self.session.say(fault_of(error).sentence, "danger")

    # requests, and what presses --------------------------------------------------------------------------------------
    def show_count(self, workspace: str, count: int) -> None:
        """So many requests wait in the queue; none takes the strip away."""
        if workspace == APPROVALS:
            self._waiting = count
            if not count or not self.requests.isHidden():
                self.requests.say(self._requests_words() if count else "")

    def tell_arrived(self, requests: list[UnlockWaiting]) -> None:
        """A quiet word, without a name: whoever decides goes on with what they do, or looks.

        Whoever hears the screen is told of which field and customer, in front of the queue too.
        """
        if self._is_over():
            return
        if self._in_front() != APPROVALS:
            self.requests.say(self._requests_words())
        announce(self._screen, arrival_words(requests))

    def _requests_words(self) -> str:
        if self._waiting > 1:
            return self.tr("Requests wait for a decision.")
        return self.tr("A request waits for a decision.")

    def show_due(self, due: tuple[Pressing, ...]) -> None:
        """What is due soon or overdue."""
        if not self._is_over():
            self.due.show_due(due)

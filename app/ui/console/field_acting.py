"""What a person does with a field that stays masked: choose, confirm, wait, hear how it ended; it stays shut."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.action_run import Ran
from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.errors import OfficeAwayError, SignInAnswerError
from app.session.shown import Acted, Action, Reason, ShownAct
from app.ui.console.act_popover import ActPopover, ChooseActPopover
from app.ui.console.customer_card import CustomerCard
from app.ui.console.field_row import FieldRow
from app.ui.faults import fault_of
from app.ui.saying import filled, said
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.popover import Popover
from app.ui.words import clock_time

NEEDS_CODE = ("step_up", "off_hours_code")
TICK_MS = 1_000
UNKNOWN = frozenset({Ran.KILLED, Ran.TIMED_OUT, Ran.STOPPED})
"""Ends after which nobody here knows whether it was done."""
EX_DATAERR, EX_UNAVAILABLE, EX_TEMPFAIL = 65, 69, 75
"""Exit codes of sysexits.h, which Windows does not name."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One action on one field, as the person confirmed it."""

    row: FieldRow
    record: str
    act: ShownAct
    reason: str = ""
    text: str = ""


class FieldActing(QObject):
    """Joins the card's rows to programs that use them.

    Signals:
        told: how an action ended whose card is not shown any more; or that IT's list has a fault.
        failed: an exception nobody here could answer.
        check_wanted: the caller is to be identified first.
    """

    told = Signal(object)
    failed = Signal(object)
    check_wanted = Signal()

    def __init__(
        self,
        look: Look,
        desk: DeskUseCases,
        tasks: Tasks,
        card: CustomerCard,
        is_identified: Callable[[], bool],
        hold: Callable[[FieldRow, Popover], None],
    ) -> None:
        super().__init__(card)
        self._look, self._desk, self._tasks, self._card = look, desk, tasks, card
        self._is_identified, self._hold = is_identified, hold
        self._acts: tuple[ShownAct, ...] = ()
        self._running: _Wanted | None = None
        self._stopping = False
        self._seconds = 0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_second_passed)

    @property
    def can_stop(self) -> bool:
        """Whether something runs that can be stopped."""
        return self._running is not None and self._seconds > 0 and not self._stopping

    def look_again(self) -> None:
        """Ask the office what this person may do; where IT has set nothing, no row offers anything."""

        def show(acts: tuple[ShownAct, ...]) -> None:
            self._acts = acts
            self.dress()

        def refused(error: Exception) -> None:
            self._acts = ()
            self.dress()
            if isinstance(error, InputRefusedError):  # IT's list has a fault; the work goes on without it
                self.told.emit(fault_of(error).sentence)
            elif not isinstance(error, OfficeAwayError):  # it is asked again when it is back
                self.failed.emit(error)

        self._tasks.run(self._desk.acting.offered, show, refused, owner=self)

    def dress(self) -> None:
        """Give each row of the card what fits it."""
        for row in self._card.rows():
            row.set_acts(tuple(act for act in self._acts if act.fits(row.field)))

    def begin(self, row: FieldRow) -> None:
        """The person wants to use a field."""
        customer = self._card.customer
        if customer is None or not row.acts:
            return
        self._card.fault.say("")
        if self._running is not None:
            self._card.fault.say(self.tr("One action at a time; the one before still runs."))
            return
        if len(row.acts) == 1:
            self._prepare(_Wanted(row, customer.record, row.acts[0]))
            return
        popover = ChooseActPopover(self._look, row, row.field.label, row.act_icon, row.acts)
        popover.chosen.connect(lambda act: self._prepare(_Wanted(row, customer.record, act)))
        self._hold(row, popover)
        popover.focus_first()

    def stop(self) -> None:
        """Stop what runs."""
        if self.can_stop:
            self._stopping = True
            self._tasks.run(self._desk.acting.stop, None, lambda _error: None, owner=self)

    # before --------------------------------------------------------------------------------------------------------
    def _prepare(self, wanted: _Wanted, *, coded: bool = False) -> None:
        data_class = wanted.row.field.data_class

        def read() -> tuple[tuple[Reason, ...], bool]:
            name = wanted.row.field.name
            reasons = self._desk.reasons(Action.REVEAL, data_class, name) if wanted.act.needs_reason else ()
            return reasons, coded or self._desk.needs_code(data_class)

        def show(answer: tuple[tuple[Reason, ...], bool]) -> None:
            if self._is_current(wanted):
                self._ask(wanted, *answer)

        self._tasks.run(read, show, self.failed.emit, owner=self)

    def _ask(self, wanted: _Wanted, reasons: tuple[Reason, ...], needs_code: bool) -> None:
        row = wanted.row
        popover = ActPopover(
            self._look, row, row.field.label, row.act_icon, wanted.act, reasons, is_identified=self._is_identified()
        )
        popover.check_wanted.connect(self.check_wanted)
        popover.code_given.connect(lambda code: self._step_up(popover, code))
        popover.confirmed.connect(lambda reason, text: self._act(_Wanted(row, wanted.record, wanted.act, reason, text)))
        if needs_code:
            popover.ask_code()
        self._hold(row, popover)
        popover.focus_first()
        if wanted.reason:
            popover.choose(wanted.reason, wanted.text)
        if needs_code and not reasons:
            popover.code.focus_boxes()

    def _step_up(self, popover: ActPopover, code: str) -> None:
        def refused(error: Exception) -> None:
            if isinstance(error, SignInAnswerError):
                popover.refuse(fault_of(error).sentence)
            else:
                popover.dismiss()
                self.failed.emit(error)

        self._tasks.run(lambda: self._desk.step_up(code), lambda _none: popover.go_on(), refused, owner=popover)

    # meanwhile -----------------------------------------------------------------------------------------------------
    def _act(self, wanted: _Wanted) -> None:
        self._running, self._seconds, self._stopping = wanted, 0, False
        wanted.row.show_acting(self.tr("At work…"), can_stop=False)
        self._timer.start()
        acting, field, act = self._desk.acting, wanted.row.field.name, wanted.act.code
        self._tasks.run(
            lambda: acting.act(wanted.record, field, act, wanted.reason, wanted.text),
            self._on_acted,
            self._on_refused,
            owner=self,
        )

    def _on_second_passed(self) -> None:
        self._seconds += 1
        if self._running is not None and self._is_current(self._running):
            words = self.tr("Stopping…") if self._stopping else self.tr("At work, {n} s").format(n=self._seconds)
            self._running.row.show_acting(words, can_stop=not self._stopping)

    # after ---------------------------------------------------------------------------------------------------------
    def _finish(self) -> _Wanted | None:
        wanted, self._running = self._running, None
        self._timer.stop()
        return wanted

    def _on_acted(self, acted: Acted) -> None:
        wanted = self._finish()
        if wanted is None:
            return
        if acted.how is Ran.DONE:
            words = self.tr("Used {t}, not shown.").format(t=clock_time(time.time()))
            if not self._is_current(wanted):
                self.told.emit(filled("{}: {}", wanted.act.label, words))
                return
            wanted.row.show_acted(words)
            announce(wanted.row, words)
        else:
            self._tell_failure(wanted, self._sentence(acted), is_known=acted.how not in UNKNOWN)

    def _tell_failure(self, wanted: _Wanted, sentence: str, *, is_known: bool) -> None:
        if not self._is_current(wanted):
            self.told.emit(filled("{}: {}", wanted.act.label, sentence))
            return
        words = self.tr("Failed, {t}") if is_known else self.tr("Not known, {t}")
        wanted.row.show_not_acted(words.format(t=clock_time(time.time())))
        self._card.fault.say(sentence)
        announce(wanted.row, sentence, now=True)

    def _on_refused(self, error: Exception) -> None:
        wanted = self._finish()
        if wanted is None:
            return
        is_current = self._is_current(wanted)
        if is_current:
            wanted.row.show_rest()
        code = error.code if isinstance(error, NotAllowedError) else ""
        if isinstance(error, OfficeAwayError):
            sentence = self.tr("The back office did not answer in time. Whether it was done, it knows.")
            self._tell_failure(wanted, sentence, is_known=False)
        elif is_current and code in NEEDS_CODE:
            self._prepare(wanted, coded=True)
        elif is_current and code == "not_identified":
            self._card.fault.say(self.tr("Check who is calling first; then this can be done."))
            self.check_wanted.emit()
        else:
            self.failed.emit(error)

    @said
    def _sentence(self, acted: Acted) -> str:
        unknown = self.tr("Whether it was done is not known.")
        sentences = {
            Ran.KILLED: self.tr("The program was ended from outside.") + " " + unknown,
            Ran.TIMED_OUT: self.tr("The program took too long and was stopped.") + " " + unknown,
            Ran.STOPPED: self.tr("You stopped it.") + " " + unknown,
            Ran.MISSING: self.tr("The program for this is not there, so nothing was done. Call IT (N5)."),
            Ran.CHANGEABLE: self.tr("Others could have changed the program for this. Nothing was done. Call IT (N6)."),
        }
        return sentences.get(acted.how) or self._program_said(acted.status)

    def _program_said(self, status: int) -> str:
        """The usual exit codes (sysexits.h); any other is IT's to know."""
        sentences = {
            EX_DATAERR: self.tr("This value was not accepted, so nothing was done."),
            EX_UNAVAILABLE: self.tr("The server for this does not answer, or refuses. Try again later."),
            EX_TEMPFAIL: self.tr("The server for this asks to try again later."),
        }
        otherwise = self.tr("The program for this reported a fault. Call IT, and say {n}.")
        return sentences.get(status) or otherwise.format(n=status)

    def _is_current(self, wanted: _Wanted) -> bool:
        customer = self._card.customer
        return shiboken6.isValid(wanted.row) and customer is not None and customer.record == wanted.record

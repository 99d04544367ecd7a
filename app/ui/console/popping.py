"""A call pops: whose number is it? One customer is opened, of several one is asked for, for nobody a contact is made.

Invariants: nothing that a person types is lost, and no text field loses the focus; whoever is at something is told in a
bar and decides. No program opens cards faster than `PACE_S`, so that it cannot use up a person's lookups. The number is
in `Caller`, in one request and in nothing that is shown.
"""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.session.callers import Caller
from app.session.calls import Call, CallState
from app.session.shown import ShownCustomer, ShownRow
from app.ui.calls import Calls, OnLine
from app.ui.console.caller_pages import CallerPages, Typed
from app.ui.console.caller_words import lookup_refused
from app.ui.console.customer_flow import CustomerFlow
from app.ui.console.waiting_call import WaitingCall
from app.ui.console.work_area import WorkArea
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce

PACE_S = 10.0


class Popping(QObject):
    """Shows who calls, in one console.

    Args:
        look: how things are drawn.
        desk: the session.
        tasks: where its calls run.
        calls: those that are on, and who waits.
        area: the panels.
        flow: opens a customer.
        is_busy: whether something is open over the console, or another workspace is in front.
        is_covered: whether nobody is here, and customers are covered.
        to_work: brings the work with customers to the front.
        screen: the console.
        clock: seconds that never go back.

    Attributes:
        bar: to be placed by the console.
        pages: what stands in the card's place.

    Signals:
        opened: the caller's card is shown; the check is next.
    """

    opened = Signal()

    def __init__(
        self,
        look: Look,
        desk: DeskUseCases,
        tasks: Tasks,
        calls: Calls,
        area: WorkArea,
        flow: CustomerFlow,
        is_busy: Callable[[], bool],
        is_covered: Callable[[], bool],
        to_work: Callable[[], object],
        screen: QWidget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(screen)
        self._desk, self._tasks, self._calls = desk, tasks, calls
        self._area, self._flow, self._is_busy, self._is_covered = area, flow, is_busy, is_covered
        self._to_work, self._screen, self._clock = to_work, screen, clock
        self.bar = WaitingCall(look)
        self.pages = CallerPages(look, desk, tasks, area, self)
        self._turn = 0
        self._opened_at = -PACE_S
        self._wanted: int | None = None
        calls.popped.connect(self._on_popped)
        calls.changed.connect(self._on_calls_changed)
        flow.replaced.connect(self._on_shown)
        self.bar.taken.connect(self.take)
        self.bar.dismissed.connect(self._dismiss)
        self.pages.picked.connect(self._open_customer)
        self.pages.aside.connect(self._on_aside)
        self.pages.dropped.connect(self._on_dropped)
        self.pages.made.connect(flow.finding.again)

    # who waits -----------------------------------------------------------------------------------------------------
    def _on_popped(self, caller: Caller) -> None:
        if self._may_open(caller):
            self._opened_at = self._clock()
            self._open(caller, by_hand=False)
            return
        self.show_bar()
        QApplication.alert(self._screen.window())

    def _may_open(self, caller: Caller) -> bool:
        on_another = any(c.state is CallState.ACTIVE and c.key != caller.call for c in self._calls.calls)
        too_soon = self._clock() - self._opened_at < PACE_S
        return not (on_another or too_soon or len(self._calls.waiting) > 1 or self._is_at_something())

    def _is_at_something(self) -> bool:
        """Whether a person types, has words in hand, or has something open."""
        focus = self._screen.window().focusWidget()
        types = isinstance(focus, QLineEdit) and not focus.isReadOnly() and bool(focus.text())
        writes = isinstance(focus, QPlainTextEdit | QTextEdit) and not focus.isReadOnly() and bool(focus.toPlainText())
        desk = self._area.desk_panel
        has_words = desk.note.has_text or desk.wrapping.is_begun or self.pages.is_needed(self._on())
        return types or writes or has_words or self._is_covered() or self._is_busy()

    def _on(self) -> set[str]:
        return {call.key for call in self._calls.calls}

    def _on_calls_changed(self) -> None:
        self.pages.leave_over(self._on())
        self.show_bar()

    def show_bar(self) -> None:
        """Say who waits, as it is now."""
        waiting, covered = self._calls.waiting, self._is_covered()
        if waiting or not self.pages.drafts:
            self.bar.show_waiting(waiting, self._calls.calls, covered=covered)
        else:
            self.bar.show_draft(covered=covered)

    def take(self) -> None:
        """Show the caller who has waited longest, whose call is talked on then; else a new contact that is begun."""
        if self._is_covered():
            return
        if self._calls.waiting:
            self._open(self._calls.waiting[0], by_hand=True)
        elif self.pages.drafts:
            self._to_front()
            self._flow.stay()
            self.pages.begin_draft()
            self.show_bar()

    def _dismiss(self) -> None:
        for caller in self._calls.waiting:
            self._calls.dismiss(caller)

    # whose number it is --------------------------------------------------------------------------------------------
    def _to_front(self) -> None:
        self._to_work()
        if self._area.hides_card:
            self._flow.leaving.emit()
            self._area.switch_face()

    def _open(self, caller: Caller, *, by_hand: bool) -> None:
        self.pages.put_aside()
        self._calls.take(caller)
        self._to_front()
        self._turn += 1
        turn = self._turn
        if caller.is_withheld:
            self._tell(self.tr("The number is withheld. Ask who calls, then search."))
            self._area.face.search.focus_search()
            return
        if self.pages.has_card(caller):
            self._flow.stay()
            self.pages.begin_contact(caller)
            return
        self._tell(self.tr("Looking for the caller…"))
        self._tasks.run(
            lambda: self._found(caller),
            lambda rows: self._on_found(turn, caller, rows, by_hand=by_hand),
            lambda error: self._on_refused(turn, caller, error),
            owner=self,
        )

    def _leave_card(self) -> None:
        """A page takes the card's place: nothing of the card stays open, and nobody who is being read comes over it."""
        self._flow.leaving.emit()
        self._flow.stay()

    def _found(self, caller: Caller) -> list[ShownRow]:
        ids = self._desk.caller.look_up_caller(caller.number)
        return self._desk.rows(ids) if ids else []

    def _on_found(self, turn: int, caller: Caller, rows: list[ShownRow], *, by_hand: bool) -> None:
        if turn != self._turn:
            return
        self._tell("")
        if not by_hand and self._is_at_something():
            self._calls.wait_again(caller)  # somebody has begun to type meanwhile
        elif len(rows) == 1:
            self._open_customer(caller, rows[0])
        elif rows:
            self._leave_card()
            self.pages.choose(caller, rows)
        elif self._desk.new_contacts.may_make:
            self._leave_card()
            self.pages.begin_contact(caller)
        else:
            self._tell(self.tr("Nobody in your queues has this number."))

    def _on_refused(self, turn: int, caller: Caller, error: Exception) -> None:
        if turn == self._turn:
            self._calls.wait_again(caller)
            self._tell(lookup_refused(error))

    def _tell(self, sentence: str) -> None:
        self._area.card.fault.say(sentence, "info")
        announce(self._area.card, sentence)

    def _open_customer(self, caller: Caller | None, row: ShownRow) -> None:
        if caller is not None:
            self._calls.set_on_line(caller.call, OnLine(row.id, row.name, row.queue))
        shown, self._wanted = self._area.card.customer, row.id
        if shown is not None and shown.id == row.id:
            self._on_shown(shown)
        else:
            self._flow.show_customer(row.id)

    def _on_shown(self, customer: ShownCustomer) -> None:
        """Another card: what stood in its place is put aside."""
        wanted, self._wanted = self._wanted, None
        self.pages.put_aside()
        if wanted == customer.id:
            self.opened.emit()

    def _on_aside(self, caller: Caller | None) -> None:
        if caller is not None:
            self._calls.wait_again(caller)
        self.show_bar()

    def _on_dropped(self, caller: Caller | None) -> None:
        if caller is not None:
            self._calls.dismiss(caller)
        self.show_bar()
        self._area.card.focus_rows()

    # the person's own words ----------------------------------------------------------------------------------------
    def switch_to(self, call: Call) -> None:
        """Talk on another call: its card comes with it, if nothing is in hand."""
        caller = next((caller for caller in self._calls.waiting if caller.call == call.key), None)
        if caller is not None:
            self._open(caller, by_hand=True)
            return
        self._calls.switch_to(call)
        who = self._calls.on_line(call)
        if who is not None and not self._is_at_something():
            self._flow.show_customer(who.customer)

    @property
    def may_make(self) -> bool:
        """Whether this person makes contacts."""
        return self._desk.new_contacts.may_make

    def new_contact(self) -> None:
        """A new contact without a call."""
        self._to_front()
        self._leave_card()
        self.pages.begin_contact(None)

    def close_innermost(self) -> bool:
        """Esc: whether there was something in the card's place."""
        was_open = self.pages.put_aside()
        if was_open:
            self._area.card.focus_rows()
        return was_open

    # locks ---------------------------------------------------------------------------------------------------------
    def before_a_lock(self) -> None:
        """The place is to be kept: whose card was asked for waits for it."""
        self._turn += 1
        self.pages.put_aside()

    def go_on(self, typed: Sequence[tuple[str, Typed]]) -> None:
        """After a lock: what was typed comes back with its card."""
        self.pages.bring_back(typed)
        self.show_bar()

"""From one customer to the next: who waits is shown, a finish brings the next one, and for a while it can be undone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.session.shown import ShownCustomer
from app.ui.console.serving import Serving
from app.ui.console.waiting_list import Pairs
from app.ui.console.wrapping_up import FinishedVisit
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen


class Rounds(QObject):
    """Joins wrap-up, waiting customers and the card of a console."""

    def __init__(self, screen: "ConsoleScreen", desk: DeskUseCases, tasks: Tasks) -> None:
        super().__init__(screen)
        self._screen, self._desk = screen, desk
        self._last: FinishedVisit | None = None
        self._wanted: int | None = None
        self.serving = Serving(desk, tasks, screen.model, self._current, self)
        self._find, self._panel = screen.find_panel, screen.desk_panel
        self._wrapping = screen.desk_panel.wrapping
        self._wrapping.use_undoing(screen.undoing)
        self._wrapping.call_mark = self._call_mark
        self._join()

    def _join(self) -> None:
        screen, serving = self._screen, self.serving
        serving.waiting.connect(self._show_waiting)
        serving.next_is.connect(self._find.next.show_next)
        serving.failed.connect(screen.strips.tell_fault)
        self._find.waiting.chosen.connect(screen.show_customer)
        self._find.waiting.returned.connect(self._open_waiting)
        self._find.next.wanted.connect(self.take_main_action)
        self._wrapping.finished.connect(self._on_finished)
        self._panel.undo.undo_wanted.connect(self.undo_finish)
        self._panel.undo.gone.connect(self._forget_finish)
        screen.flow.shown.connect(lambda _customer: serving.tell_next())
        screen.flow.shown.connect(self._focus_shown)
        screen.policy_watch.changed.connect(self._panel.wrap_up.take_policy)

    def begin(self) -> None:
        """Look who waits, now and with each beat."""
        self.serving.look_again()
        self._screen.pulse.beaten.connect(lambda _person: self.serving.look_again())

    def stop(self) -> None:
        """The session ends, or locks: what is half filled is kept."""
        self.serving.stop()
        self._panel.undo.close_bar()
        self._wrapping.keep_now()

    def _current(self) -> int | None:
        customer = self._screen.card.customer
        return customer.id if customer is not None else None

    def _call_mark(self) -> str:
        call = self._screen.calls.current
        return call.key if call is not None else ""

    def _show_waiting(self, pairs: Pairs) -> None:
        self._find.waiting.show_pairs(pairs, self._desk.contacts.now().day)

    def _open_waiting(self, id_: int) -> None:
        self._screen.show_customer(id_)
        self._screen.card.focus_rows()

    # the main action -----------------------------------------------------------------------------------------------
    @property
    def has_main_action(self) -> bool:
        """Whether there is a visit to finish, or somebody to go to."""
        waits = bool(self._screen.calls.waiting)
        return self._wrapping.in_hand is not None or waits or self.serving.next_id() is not None

    def take_main_action(self) -> None:
        """Finish the visit and bring the next customer; with nobody on the card bring one. A popover keeps the key."""
        if any(card.isVisible() for card in self._screen.window().findChildren(Popover)):
            return
        if self._wrapping.in_hand is not None:
            self._wrapping.finish()
        else:
            self._bring_next()

    def focus_outcome(self) -> None:
        """To the outcome of the visit, unfolded."""
        if self._wrapping.in_hand is not None:
            self._panel.wrap_up.outcome.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._panel.wrap_up.open_outcomes()

    def _bring_next(self) -> None:
        """Whoever calls and waits comes before everybody else."""
        if self._screen.calls.waiting:
            self._screen.popping.take()
        else:
            self._bring(self.serving.next_id())

    def _bring(self, id_: int | None) -> None:
        if id_ is None:
            self._screen.flow.show_nobody()
            self._find.say_nobody(self.tr("No one is waiting. Search, or take a call."))
            self._screen.going.focus_search()
            return
        self._screen.show_customer(id_)
        self._wanted = id_

    def _focus_shown(self, customer: ShownCustomer) -> None:
        """The next one is here: to the check while a call is on, else to the fields. Another one leaves the focus."""
        screen = self._screen
        wanted, self._wanted = self._wanted, None
        if customer.id != wanted:
            return
        if screen.calls.count and screen.card.check is not None:
            screen.card.check.focus_check()
        else:
            screen.card.focus_rows()

    # finishing, and taking it back -----------------------------------------------------------------------------------
    def _on_finished(self, visit: FinishedVisit) -> None:
        self._forget_finish()
        self._last = visit
        self._screen.closing.close_all()
        self._screen.checking.end()
        self.serving.served(visit.customer)
        words = self.tr("The visit is back.")
        self._screen.undoing.did(words, self.undo_finish, lambda: None, visit.contact.id)
        self._bring_next()

    def undo_finish(self) -> None:
        """The last finish is taken back, and its customer is on the card again."""
        visit = self._last
        if visit is None:
            return
        self._forget_finish()
        self._panel.undo.close_bar()
        self.serving.not_served(visit.customer)
        self._wrapping.bring_back(visit, self._show_again)

    def _show_again(self, id_: int) -> None:
        if self._current() == id_:  # there was nobody to go to
            self._screen.flow.show_nobody()
        self._bring(id_)

    def _forget_finish(self) -> None:
        visit, self._last = self._last, None
        if visit is not None:
            self._screen.undoing.forget(visit.contact.id)

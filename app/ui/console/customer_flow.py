"""The customers' way through the console: the cache fills, somebody is looked for, and a card is shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import TiraiError
from app.domain.table_query import TableQuery
from app.session.followed import Followed
from app.session.shown import ShownCustomer
from app.ui.console.checking import Checking
from app.ui.console.customer_model import CustomerModel
from app.ui.console.field_actions import FieldActions
from app.ui.console.finding import Finding
from app.ui.console.pulse import Pulse
from app.ui.console.status_bar import StatusBar
from app.ui.console.table_asking import TableAsking
from app.ui.console.work_area import WorkArea
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

SLOW_MS = 150
"""An answer that takes longer is announced in the foot of the table."""


class CustomerFlow(QObject):
    """Fills, finds and shows.

    Args:
        desk: the session.
        tasks: where its calls run.
        model: the customers found.
        area: the panels.
        status: the status bar.
        checking, field_actions, pulse: what a card is shown with.
        is_over: whether the session is being left.
        parent: whose console.

    Attributes:
        table: what the table asks for.

    Signals:
        failed: an exception of a call.
        leaving: another customer is about to be shown; nothing may stay open.
        shown: another customer is shown (`ShownCustomer`).
        replaced: it is, and takes the place of whatever stands over the card (`ShownCustomer`).
        filled: the cache is whole.
        cache_was_damaged: another program spoilt the cache file; it is being filled again.
    """

    failed = Signal(object)
    leaving = Signal()
    shown = Signal(object)
    replaced = Signal(object)
    filled = Signal()
    cache_was_damaged = Signal()

    def __init__(
        self,
        desk: DeskUseCases,
        tasks: Tasks,
        model: CustomerModel,
        area: WorkArea,
        status: StatusBar,
        checking: Checking,
        field_actions: FieldActions,
        pulse: Pulse,
        is_over: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._model, self._area, self._status = desk, tasks, model, area, status
        self._checking, self._field_actions, self._pulse, self._is_over = checking, field_actions, pulse, is_over
        self.finding = Finding(desk, tasks, model, self)
        self.table = TableAsking(desk, tasks, area.table_panel, self)
        self._is_filled = self._is_refilled = False
        self._is_prepared = False
        self._fills = self._total = self._turn = 0
        self._slow = QTimer(self, interval=SLOW_MS, singleShot=True)
        self._join()

    def _join(self) -> None:
        area, finding = self._area, self.finding
        area.searched.connect(self.ask)
        area.whole_entered.connect(self._look_up)
        area.find_panel.chosen.connect(self.show_customer)
        area.find_panel.returned.connect(lambda _id: area.card.focus_rows())
        area.table_panel.returned.connect(self._on_table_opened)
        finding.found.connect(self._on_found)
        finding.looked_up.connect(self._on_looked_up)
        finding.refused.connect(self._on_lookup_refused)
        finding.failed.connect(self.failed)
        finding.lacking.connect(self._on_lacking)
        self.table.asks.connect(self.ask)
        self.table.failed.connect(self.failed)
        area.faced.connect(self.prepare_table)
        area.table_panel.table.letters.connect(self._go_to_name)
        area.find_panel.list.letters.connect(self._go_to_name)
        self._slow.timeout.connect(area.table_panel.show_sorting)

    def begin(self) -> None:
        """Fill the session cache, and show customers as they come."""
        self._desk.when_cache_is_replaced(self._tasks.on_gui(self._on_cache_replaced, self))
        self._fill()
        self.finding.ask(TableQuery())

    def go_on(self) -> None:
        """The office answers: fill what is not filled yet, unless that is on its way."""
        if not (self._is_filled or self._fills or self._is_over()):
            self._fill()

    def take_sync(self, followed: Followed) -> None:
        """A sync has made rows different: list, table and status bar follow."""
        self.finding.follow(followed.changed, followed.gone)
        if self._total:
            self._total = followed.total
            self._status.show_filled(self._total, self._total)

    # filling -------------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        self._is_filled = self._is_prepared = False
        self._fills += 1
        progress = self._tasks.on_gui(self._on_fill_moved, self)
        self._tasks.run(
            lambda: self._desk.fill(progress), lambda _none: self._on_filled(), self._on_fill_failed, owner=self
        )

    def _on_cache_replaced(self, damage: str) -> None:
        """Another program spoilt the cache file, or the password was changed: the session has begun an empty one."""
        if self._is_over():
            return
        if damage != "rekeyed":
            self.cache_was_damaged.emit()
        self._is_refilled = True
        self._fill()

    def _on_fill_moved(self, rows: int, total: int) -> None:
        self._total = total
        self._status.show_filled(rows, total)
        self.finding.again()

    def _on_fill_failed(self, error: Exception) -> None:
        """What came so far stays; the next beat goes on, whatever kept the office from it."""
        self._fills -= 1
        self.failed.emit(error)

    def _on_filled(self) -> None:
        self._fills -= 1
        self.filled.emit()
        self._is_filled = True
        self.prepare_table()
        if self._is_refilled:
            self._model.refresh()
        if self._total == 0:
            self._status.show_nothing_to_fill()
            self._area.find_panel.show_nobody()
            return
        self.finding.again()

    # finding -------------------------------------------------------------------------------------------------------
    def ask(self) -> None:
        """Look for what the search in front says."""
        search = self._area.face.search
        query = self.table.query(search.text(), search.queue(), is_table=self._area.is_table)
        self._model.show_sort(query.sort)
        if query.sort is not None or query.filters:
            self._slow.start()
        self.finding.ask(query)

    def _on_lacking(self, columns: tuple[str, ...]) -> None:
        self._slow.stop()
        self.table.take_lacking(columns)

    def _on_found(self, count: int, ms: float, asked: bool) -> None:
        area = self._area
        self._slow.stop()
        self.table.take_answer()
        area.find_panel.show_found(count, ms, asked=asked)
        area.table_panel.show_found(count, self._total, ms, is_waiting=bool(self.table.ordering.needed))
        if area.card.customer is not None:
            area.find_panel.select(area.card.customer.id)

    def prepare_table(self) -> None:
        """The table is in front: make its columns ready one by one, beside everything else."""
        if not self._is_filled or self._is_prepared or not self._area.is_table:
            return
        self._is_prepared = True
        self.table.ordering.prepare(self._area.table_state.shown)

    def _go_to_name(self, text: str) -> None:
        go = partial(self._area.face.go_to_next, may_stay=len(text) > 1)
        self._tasks.run(lambda: self._desk.beginning(text), go, self.failed.emit, lane="cache", owner=self)

    def _look_up(self, text: str) -> None:
        """Return on a whole number: what the search has found is gone to, else the office is asked."""
        if self._model.rowCount():
            self._area.face.enter()
            return
        self._area.face.search.forget()
        self.finding.look_up(text)

    def _on_looked_up(self, count: int) -> None:
        self._area.find_panel.show_looked_up(count)
        self._area.table_panel.show_found(count, self._total, 1.0)
        if count:
            self._area.face.enter()

    def _on_lookup_refused(self, error: Exception) -> None:
        codes = {
            "not_whole": self.tr("Type the whole number. Parts of a hidden number are never searched."),
            "lookups_pace": self.tr("That was fast. Wait a minute, then look up the next one."),
            "lookups_shift": self.tr("All lookups of this shift are used. A supervisor can help."),
        }
        words = codes.get(error.code, "") if isinstance(error, TiraiError) else ""
        self._area.find_panel.say_nobody(words or fault_of(error).sentence)

    # showing -------------------------------------------------------------------------------------------------------
    def show_customer(self, id_: int) -> None:
        """Show another customer's card; what was open closes first.

        Of several wishes the last one counts: a customer who is still being read is not shown over what a person has
        asked for since (`stay`).
        """
        customer = self._area.card.customer
        if customer is not None and customer.id == id_:
            return
        self.leaving.emit()
        self._turn += 1
        turn = self._turn
        self._tasks.run(
            lambda: self._desk.customer(id_),
            lambda customer: self._on_read(turn, customer),
            self.failed.emit,
            lane="cache",
            owner=self,
        )

    def stay(self) -> None:
        """Something else was asked for: whoever is being read now is not shown."""
        self._turn += 1

    def _on_read(self, turn: int, customer: ShownCustomer) -> None:
        if turn == self._turn:
            self.show_read(customer)

    def show_read(self, customer: ShownCustomer) -> None:
        """Show a customer that was read, in front."""
        self._show(customer)
        self.replaced.emit(customer)
        self.shown.emit(customer)

    def show_behind(self, customer: ShownCustomer) -> None:
        """Show a customer that was read; what a person has opened over the card meanwhile stays there."""
        self._show(customer)
        self.shown.emit(customer)

    def _show(self, customer: ShownCustomer) -> None:
        self.leaving.emit()
        self._show_card(customer)
        self._field_actions.show_customer(customer, away=self._pulse.is_away)
        self._area.desk_panel.show_customer(customer)
        self._area.find_panel.select(customer.id)
        self._model.seen(customer.id)

    def show_nobody(self) -> None:
        """Nobody is on the card; nothing of who was stays open."""
        self.leaving.emit()
        self._checking.show_nobody()
        self._area.card.show_nobody()
        self._area.desk_panel.show_customer(None)
        self._area.find_panel.select(-1)

    def show_again(self) -> None:
        """Read the customer on the card again: what may be done with the fields may have changed."""
        customer = self._area.card.customer
        if customer is not None and not (self._field_actions.is_open or self._field_actions.editing.is_open):
            id_ = customer.id
            self._tasks.run(
                lambda: self._desk.customer(id_), self._on_read_again, self.failed.emit, lane="cache", owner=self
            )

    def _on_read_again(self, customer: ShownCustomer) -> None:
        """The same customer with other actions; the note in hand stays."""
        shown = self._area.card.customer
        if shown is not None and shown.id == customer.id:
            self.show_other(customer)

    def show_other(self, customer: ShownCustomer) -> None:
        """Show what has become of the customer on the card."""
        self._show_card(customer)
        self._field_actions.show_customer(customer, away=self._pulse.is_away)

    def _show_card(self, customer: ShownCustomer) -> None:
        card = self._area.card
        card.show_customer(customer, self._checking.check_of(customer))
        self._checking.show_customer(customer, card.check)

    def _on_table_opened(self, id_: int) -> None:
        self.leaving.emit()
        if self._area.hides_card:
            self._area.find_panel.select(id_)
            self._area.switch_face()
        self.show_customer(id_)
        self._area.card.focus_rows()

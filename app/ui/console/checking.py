"""Joins the identity check's panel to the session: begins with the first answer, ends with the call or the customer."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Signal

from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.session.shown import ShownCheck, ShownCustomer
from app.ui.console.check_panel import CheckPanel
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.use_cases import CallerUseCases

OVER = "check_over"


class Checking(QObject):
    """The check of the customer on the card.

    Attributes:
        call_now: which call is talked on, or empty.

    Signals:
        identified: the caller counts as verified from now on, or no more.
    """

    identified = Signal(bool)

    def __init__(self, caller: CallerUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._caller, self._tasks = caller, tasks
        self._panel: CheckPanel | None = None
        self._customer: ShownCustomer | None = None
        self._begun = self._is_identified = False
        self._asked = ""
        self._turn = 0
        self._shown: ShownCheck | None = None
        self._in_call = ""
        self.call_now: Callable[[], str] = lambda: ""

    @property
    def is_identified(self) -> bool:
        """Whether the caller counts as verified."""
        return self._is_identified

    def check_of(self, customer: ShownCustomer) -> ShownCheck:
        """How the check of a customer stands; of the one on the card as it came last."""
        if self._shown is not None and self._shown.record == customer.record:
            return self._shown
        return self._caller.wanted(customer)

    def show_customer(self, customer: ShownCustomer, panel: CheckPanel | None) -> None:
        """Another customer, or the same one on a new card; a check of another customer is over."""
        same = self._customer is not None and self._customer.record == customer.record
        self._panel, self._customer = panel, customer
        if not same:
            self.end()
        if panel is not None:
            panel.answered.connect(self._ask)
            panel.ticked.connect(lambda field: self._ask(field, None))
            panel.over.connect(self.begin_anew)
            if self._asked in panel.cells:
                panel.cells[self._asked].set_waiting()

    def show_nobody(self) -> None:
        """Nobody is on the card; a check is over."""
        self._panel = self._customer = None
        self.end()

    def begin_anew(self) -> None:
        """The next caller: nothing has been checked."""
        self.hang_up()
        if self._panel is not None and self._customer is not None:
            self._panel.focus_check()

    def hang_up(self) -> None:
        """The call is over: whoever calls next has said nothing yet. The focus stays where it is."""
        self.end()
        if self._panel is not None and self._customer is not None:
            self._panel.show_check(self._caller.wanted(self._customer))

    def calls_on(self, calls: Collection[str]) -> None:
        """Only these calls are on: whoever was checked in another one has hung up."""
        if self._in_call and self._in_call not in calls:
            self.hang_up()

    def end(self) -> None:
        """The call is over; what is still being compared was said in it."""
        self._turn += 1
        self._in_call = ""
        self._asked, self._shown = "", None
        if self._begun:
            self._begun = False
            self._end_at_office()
        self._tell(False)

    def _end_at_office(self) -> None:
        self._tasks.run(self._caller.end, None, lambda _error: None, owner=self)  # a new check ends it, too

    def _ask(self, field: str, text: str | None) -> None:
        """Have an answer compared; one at a time."""
        panel, customer = self._panel, self._customer
        if self._asked or panel is None or customer is None:
            return
        self._asked, turn = field, self._turn
        panel.cells[field].set_waiting()
        record, begun = customer.record, self._begun
        self._in_call = self._in_call if begun else self.call_now()

        def begin() -> None:
            self._caller.begin(record)
            if turn != self._turn:  # what was said in a call that is over is no answer of the next one
                raise NotAllowedError("The call is over.", code=OVER)

        def compare() -> ShownCheck:
            if not begun:
                begin()
            try:
                return self._say(field, text)
            except NotAllowedError as e:
                if e.code != OVER or turn != self._turn:
                    raise
                begin()  # its time was up: a check begins with nothing matched
                return self._say(field, text)

        self._tasks.run(
            compare,
            lambda check: self._on_compared(turn, field, check),
            lambda error: self._on_refused(turn, field, error),
            owner=self,
        )

    def _say(self, field: str, text: str | None) -> ShownCheck:
        return self._caller.tick(field) if text is None else self._caller.answer(field, text)

    def _is_over(self, turn: int) -> bool:
        """Whether an answer is of a call that is over; a check that it has begun at the office is over, too."""
        if turn == self._turn:
            return False
        if not (self._begun or self._asked):
            self._end_at_office()
        return True

    def _on_compared(self, turn: int, field: str, check: ShownCheck) -> None:
        if self._is_over(turn):
            return
        self._asked, self._begun, self._shown = "", True, check
        if self._panel is not None:  # perhaps another one than was typed into: the card was shown anew
            self._panel.show_check(check, asked=field)
        self._tell(check.is_identified)

    def _on_refused(self, turn: int, field: str, error: Exception) -> None:
        if self._is_over(turn):
            return
        self._asked, self._begun = "", self._begun or isinstance(error, TiraiError)
        if self._panel is not None and field in self._panel.cells:
            self._panel.cells[field].refuse(self._sentence(error))

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, InputRefusedError):
            return self.tr("This cannot be one. It cost no try.")
        if isinstance(error, NotAllowedError) and error.code == "tries":
            return self.tr("No tries left for this call. A supervisor can decide.")
        if isinstance(error, NotAllowedError) and error.code == "tries_day":
            return self.tr("No tries left for this customer today. A supervisor can decide.")
        return fault_of(error).sentence

    def _tell(self, is_identified: bool) -> None:
        if is_identified != self._is_identified:
            self._is_identified = is_identified
            self.identified.emit(is_identified)

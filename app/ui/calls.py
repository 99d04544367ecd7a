"""The calls of this console's person, for the screens: what a softphone tells, and the person's own words about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.session.callers import Caller, is_number
from app.session.calls import Call, CallBook, CallState, KeptCall, call_key
from app.session.console_line import Answer, Ask
from app.session.idle import boot_s
from app.ui.managed import is_shut


@dataclass(frozen=True, slots=True)
class OnLine:
    """The customer whom a call is about, as far as anybody said: id, name and queue."""

    customer: int
    name: str
    queue: str


class Calls(QObject):
    """Which calls are on, and whose card is asked for.

    Attributes:
        state: what is at this console: `Answer.OPEN`, `Answer.LOCKED`, or `Answer.NOBODY`.
        sees_customers: whether its person's role does; without, nobody's card is asked for.

    Signals:
        changed: a call has begun, ended, or stands otherwise than before.
        popped: somebody calls: a `Caller`, who is among `waiting`.
    """

    changed = Signal()
    popped = Signal(object)

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = boot_s) -> None:
        super().__init__(parent)
        self._book = CallBook(clock)
        self._callers: dict[str, Caller] = {}
        self._shown: dict[str, str] = {}
        self._on_line: dict[str, OnLine] = {}
        self.state = Answer.NOBODY
        self.sees_customers = True

    @property
    def is_locked(self) -> bool:
        """Whether this console stands at the lock screen; what was on before is in the session's cache."""
        return self.state is Answer.LOCKED

    @property
    def count(self) -> int:
        """How many are on."""
        return self._book.count

    @property
    def calls(self) -> tuple[Call, ...]:
        """All, in the order in which they came."""
        return self._book.calls

    @property
    def current(self) -> Call | None:
        """The one that is talked on, else the one that was held last."""
        return self._book.current

    @property
    def others(self) -> tuple[Call, ...]:
        """All but the current one."""
        current = self._book.current
        return tuple(call for call in self._book.calls if call != current)

    @property
    def waiting(self) -> tuple[Caller, ...]:
        """Whose card was asked for and not shown yet, in the order in which they called."""
        return tuple(self._callers.values())

    def lasts_s(self, call: Call | None = None) -> float:
        """For how long, in seconds, a call, or the current one, has been on."""
        return self._book.lasts_s(call)

    def stands_s(self, call: Call) -> float:
        """For how long, in seconds, a call has been held, or has waited."""
        return self._book.stands_s(call)

    def answer(self, question: Ask) -> Answer:
        """Take what a softphone says."""
        call = question.texts.get("call", "")
        if question.does == "state" or self.state is Answer.NOBODY:
            return self.state
        if is_shut("calls_allowed"):
            return Answer.SHUT
        if question.does == "pop":
            return self._pop(question.texts.get("phone"), call)
        if question.does == "call_start":
            is_on = self._book.start(call)
            said = Answer.FULL if not is_on else Answer.LOCKED if self.is_locked else Answer.ON
        elif question.does == "call_end":
            was_on = self._book.end(call)
            said = Answer.ENDED if was_on or self.is_locked else Answer.NO_CALL
        elif question.does in ("call_hold", "call_resume"):
            is_so = self._book.hold(call) if question.does == "call_hold" else self._book.resume(call)
            so = Answer.HELD if question.does == "call_hold" else Answer.ON
            said = Answer.LOCKED if self.is_locked else so if is_so else Answer.NO_CALL
        else:
            return Answer.REFUSED
        self._forget(all_too=question.does == "call_end" and not call)
        self.changed.emit()
        return said

    def _pop(self, untrusted_number: str | None, call: str) -> Answer:
        """Somebody calls. A call has one number; without an id there is room for one."""
        if untrusted_number is None or not is_number(untrusted_number):
            return Answer.REFUSED
        if not self.sees_customers:
            return Answer.NO_CUSTOMERS
        if call and not self._book.ring(call):
            return Answer.FULL
        caller = Caller(call_key(call), untrusted_number)
        is_new = not call or self._shown.get(caller.call) != untrusted_number
        if is_new:
            self._callers[caller.call] = caller
        if call:
            self.changed.emit()
        if self.is_locked:
            return Answer.LOCKED
        if is_new:
            self.popped.emit(caller)
        return Answer.TOLD

    def _forget(self, *, all_too: bool = False) -> None:
        """Whose call is over does not wait any more; one without an id goes with an end of all."""
        on = {call.key for call in self._book.calls}
        kept = on if all_too else on | {call_key("")}
        self._callers = {key: caller for key, caller in self._callers.items() if key in kept}
        self._shown = {key: number for key, number in self._shown.items() if key in on}
        self._on_line = {key: who for key, who in self._on_line.items() if key in on}

    # the person's own words ----------------------------------------------------------------------------------------
    def take(self, caller: Caller) -> None:
        """The card of this caller is shown now; a call with an id is talked on."""
        self._callers.pop(caller.call, None)
        if self._knows(caller.call):
            self._shown[caller.call] = caller.number
            self._book.take(caller.call)
        self.changed.emit()

    def dismiss(self, caller: Caller) -> None:
        """Nobody wants this caller's card; the call goes on as it is."""
        self._callers.pop(caller.call, None)
        if self._knows(caller.call):
            self._shown[caller.call] = caller.number
        self.changed.emit()

    def wait_again(self, caller: Caller) -> None:
        """This caller's card was put aside: it can be had again, while the call lasts."""
        self._shown.pop(caller.call, None)
        if caller.call == call_key("") or self._knows(caller.call):
            self._callers[caller.call] = caller
            self.changed.emit()

    def set_on_line(self, call: str, who: OnLine) -> None:
        """This customer is on the line."""
        if self._knows(call):
            self._on_line[call] = who
            self.changed.emit()

    def on_line(self, call: Call) -> OnLine | None:
        """The customer who is on the line, as far as anybody said."""
        return self._on_line.get(call.key)

    def name_of(self, call: Call) -> str:
        """The name of whoever is on the line, or empty."""
        who = self._on_line.get(call.key)
        return who.name if who is not None else ""

    def queue_of(self, call: Call) -> str:
        """The queue of whoever is on the line, or empty."""
        who = self._on_line.get(call.key)
        return who.queue if who is not None else ""

    def switch_to(self, call: Call) -> None:
        """Talk on this call, and hold the other one."""
        if self._knows(call.key):
            self._book.take(call.key)
            self.changed.emit()

    def hold_or_resume(self) -> None:
        """Hold the call that is talked on, or go on with the one that was held last."""
        current = self._book.current
        if current is not None and current.state is CallState.ACTIVE:
            self._book.hold()
        elif current is not None:
            self._book.take(current.key)
        self.changed.emit()

    def end_current(self) -> None:
        """The current call is over."""
        current = self._book.current
        if current is not None:
            self._book.end_key(current.key)
            self._forget()
            self.changed.emit()

    def end_all(self) -> None:
        """No call is on any more."""
        self._book.end()
        self._forget(all_too=True)
        self.changed.emit()

    def _knows(self, key: str) -> bool:
        return any(call.key == key for call in self._book.calls)

    # locks ---------------------------------------------------------------------------------------------------------
    def kept(self) -> tuple[KeptCall, ...]:
        """What is on, for a lock."""
        return self._book.kept()

    def kept_callers(self) -> tuple[tuple[str, str], ...]:
        """Whose card was asked for, for a lock: digest of the call's id, and number."""
        return tuple((caller.call, caller.number) for caller in self.waiting)

    def go_on(self, kept: Iterable[KeptCall], callers: Iterable[tuple[str, str]] = ()) -> None:
        """Go on after a lock."""
        self._book.go_on(kept)
        self._callers = {key: Caller(key, number) for key, number in callers} | self._callers
        self._forget()
        self.changed.emit()

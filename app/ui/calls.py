"""The calls of this console's person, for the screens: what a softphone tells, and the person's own *End call*."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from app.session.calls import CallBook
from app.session.console_line import Answer, Ask
from app.session.idle import boot_s


class Calls(QObject):
    """Which calls are on.

    Attributes:
        state: what is at this console: `Answer.OPEN`, `Answer.LOCKED`, or `Answer.NOBODY`.

    Signals:
        changed: a call has begun or ended.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = boot_s) -> None:
        super().__init__(parent)
        self._book = CallBook(clock)
        self.state = Answer.NOBODY

    @property
    def is_locked(self) -> bool:
        """Whether this console stands at the lock screen; what was on before is in the session's cache."""
        return self.state is Answer.LOCKED

    @property
    def count(self) -> int:
        """How many are on."""
        return self._book.count

    def lasts_s(self) -> float:
        """For how long, in seconds, the first of them has been on."""
        return self._book.lasts_s()

    def answer(self, question: Ask) -> Answer:
        """Take what a softphone says."""
        call = question.texts.get("call", "")
        if question.does == "state" or self.state is Answer.NOBODY:
            return self.state
        if question.does == "call_start":
            is_on = self._book.start(call)
            said = Answer.FULL if not is_on else Answer.LOCKED if self.is_locked else Answer.ON
        elif question.does == "call_end":
            was_on = self._book.end(call)
            said = Answer.ENDED if was_on or self.is_locked else Answer.NO_CALL
        else:
            return Answer.REFUSED
        self.changed.emit()
        return said

    def end_all(self) -> None:
        """No call is on any more."""
        self._book.end()
        self.changed.emit()

    def kept(self) -> tuple[tuple[str, float], ...]:
        """What is on, for a lock."""
        return self._book.kept()

    def go_on(self, kept: Iterable[tuple[str, float]]) -> None:
        """Go on after a lock."""
        self._book.go_on(kept)
        self.changed.emit()

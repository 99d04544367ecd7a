"""Doing what needs a fresh code: try, and where the office wants a code, ask for it at the button and try again.

Invariant: one change at a time; while it runs, its button says so, and nothing else is done.
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import TiraiError
from app.ui.accounts.words import busy_words, why_refused
from app.ui.console.code_popover import CodePopover
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button

T = TypeVar("T")


class StepsUp(Protocol):
    """What takes a fresh code."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""


class Acting(QObject):
    """Runs changes, one at a time.

    Args:
        look: colours.
        session: takes the code.
        tasks: the door off the GUI thread.
        parent: whose changes.
        refusal: the sentence for an error.
        busy: what a button says while its work runs, by its object name.

    Signals:
        began: a try begins; what was said of the one before is over.
        worked: whether one runs now.
    """

    began = Signal()
    worked = Signal(bool)

    def __init__(
        self,
        look: Look,
        session: StepsUp,
        tasks: Tasks,
        parent: QObject,
        refusal: Callable[[Exception], str] = why_refused,
        busy: Callable[[str], str] = busy_words,
    ) -> None:
        super().__init__(parent)
        self._look, self._session, self._tasks = look, session, tasks
        self._refusal, self._busy_words = refusal, busy
        self._popover: CodePopover | None = None
        self.is_busy = False

    def do(
        self,
        button: QWidget,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_refused: Callable[[str], object],
        on_given_up: Callable[[], object] = lambda: None,
    ) -> None:
        """Run `work` off the GUI thread; nothing is done while something else still runs.

        Args:
            button: what was pressed; the code is asked for there.
            work: the change.
            on_done: called with its answer.
            on_refused: called with one sentence.
            on_given_up: called when nothing is done: no code was given, or something else runs.
        """
        if self.is_busy:
            on_given_up()
            return
        self.began.emit()
        self._set_busy(button, True)

        def done(answer: T) -> None:
            self._set_busy(button, False)
            on_done(answer)

        def failed(error: Exception) -> None:
            self._set_busy(button, False)
            if isinstance(error, TiraiError) and error.code == "step_up":
                again = partial(self.do, button, work, on_done, on_refused, on_given_up)
                self._ask(button, again, on_given_up)
            else:
                on_refused(self._refusal(error))

        self._tasks.run(work, done, failed, owner=self)

    def _set_busy(self, button: QWidget, busy: bool) -> None:
        self.is_busy = busy
        if isinstance(button, Button) and shiboken6.isValid(button):
            button.set_busy(self._busy_words(button.objectName()) if busy else "")
        self.worked.emit(busy)

    def _ask(self, button: QWidget, again: Callable[[], None], on_given_up: Callable[[], object]) -> None:
        sentence = self.tr("This needs a code that is not older than five minutes.")
        popover = CodePopover(self._look, button, self.tr("A fresh code"), sentence, self.tr("Go on"))
        self._popover = popover
        popover.dismissed.connect(on_given_up)
        popover.folded.connect(self._on_folded)
        popover.given.connect(lambda code: self._give(popover, code, again))
        popover.focus_first()

    def _give(self, popover: CodePopover, code: str, again: Callable[[], None]) -> None:
        def taken(_none: None) -> None:
            if self._popover is popover:  # else it was given up meanwhile
                popover.finish()
                again()

        def refused(error: Exception) -> None:
            if self._popover is popover:
                popover.refuse(self._refusal(error))

        self._tasks.run(lambda: self._session.step_up(code), taken, refused, owner=self)

    @property
    def asks(self) -> bool:
        """Whether a code is asked for now."""
        return self._popover is not None

    def _on_folded(self) -> None:
        self._popover = None

    def stop(self) -> None:
        """Close the popover."""
        if self._popover is not None:
            self._popover.dismiss()

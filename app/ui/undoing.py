"""What was done last on the screen and can be taken back: a notice that was closed, a choice of the wrap-up.

Ctrl+Z reaches it while the focus is in no text field that has something of its own to undo (`app.ui.yielding`). What a
step needs it holds itself; a step never holds a value behind a curtain. What cannot be taken back any more is forgotten
by who did it (`forget`), so that an undo always does what it says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

MOST = 20
"""Steps that are kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done.

    Attributes:
        words: what an undo takes back, as a sentence for the status bar: `Notice is back`.
        undo, redo: takes it back, and does it again.
        about: what it belongs to, for `forget`; a notice, or the visit of a customer.
    """

    words: str
    undo: Callable[[], object] = field(compare=False)
    redo: Callable[[], object] = field(compare=False)
    about: str = ""


class Undoing(QObject):
    """The steps of a window, the newest last.

    Signals:
        told: what an undo took back.
    """

    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._is_at_work = False

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something that was taken back can be done again."""
        return bool(self._undone)

    def did(self, words: str, undo: Callable[[], object], redo: Callable[[], object], about: str = "") -> None:
        """Something was done; what was undone before cannot be done again."""
        if self._is_at_work:
            return
        self._done = [*self._done[-MOST + 1 :], Step(words, undo, redo, about)]
        self._undone = []

    def undo(self) -> None:
        """Take the newest step back."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            self._do(step.undo)
            self.told.emit(step.words)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self._do(step.redo)

    def forget(self, about: str) -> None:
        """The steps of this matter can be taken back no more: it is over, or another one is in front."""
        self._done = [step for step in self._done if step.about != about]
        self._undone = [step for step in self._undone if step.about != about]

    def _do(self, act: Callable[[], object]) -> None:
        """What an undo sets off is no new step."""
        self._is_at_work = True
        try:
            act()
        finally:
            self._is_at_work = False

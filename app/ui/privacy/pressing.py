"""What is due soon or overdue at the privacy desk, told in one calm line under the bar, from wherever one is.

The line comes and goes with the clocks and is never sent away: it ends when the work is done. A reader hears it when
something is new in it, not whenever a minute has gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from app.domain.subject_requests.clock import Standing, Timing
from app.ui.language import tr as _tr
from app.ui.privacy.requests.words import clock_words
from app.ui.saying import joined, said
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import number


@dataclass(frozen=True, slots=True)
class Pressing:
    """One thing with a clock that presses.

    Attributes:
        page: the page of the desk that has it.
        key: its id there.
        title: what it is called, without a customer.
        standing: how it stood when it was looked at.
        is_drill: an exercise, which comes after what is real.
    """

    page: str
    key: str
    title: str
    standing: Standing
    is_drill: bool = False

    @property
    def is_late(self) -> bool:
        """Whether its term is over."""
        return self.standing.timing is Timing.LATE


class DueStrip(Strip):
    """The line.

    Args:
        look: colours.

    Signals:
        wanted: page and id of what is to be shown.
    """

    wanted = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "warn", flat=True, name="due_strip")
        self.action.set_words(self.tr("Show"))
        self.action.show()  # it has its place in the line
        self._first: Pressing | None = None
        self._known: frozenset[tuple[str, str, Timing]] = frozenset()
        self.action.setObjectName("show_due")
        self.action.clicked.connect(self._on_show)
        self.hide()

    def show_due(self, due: Sequence[Pressing]) -> None:
        """Tell what presses now; nothing hides the line.

        Args:
            due: of all pages, in any order.
        """
        known = frozenset((one.page, one.key, one.standing.timing) for one in due)
        self._first = min(due, key=lambda one: (one.is_drill, one.standing.left_ms, one.page, one.key), default=None)
        is_new, self._known = not known <= self._known, known
        if self._first is None:
            self.say("")
            return
        self.say(_words(due, self._first), "danger" if self._first.is_late else "warn")
        self.action.setAccessibleName(joined(" ", self.tr("Show"), self._first.title))
        if is_new:
            announce(self, self.label.text())

    def _on_show(self) -> None:
        if self._first is not None:
            self.wanted.emit(self._first.page, self._first.key)


@said
def _words(due: Sequence[Pressing], first: Pressing) -> str:
    late = sum(one.is_late for one in due)
    soon = len(due) - late
    return joined(
        " · ",
        _tr("Overdue: {n}").format(n=number(late)) if late else "",
        _tr("Due within 24 hours: {n}").format(n=number(soon)) if soon else "",
        _tr("First: {what} ({clock})").format(what=first.title, clock=clock_words(first.standing)),
    )

"""What is left of a person's own reveals, as the office last said; and the sentences about it.

The office counts and refuses. This knows early which rows offer Ask in place of Reveal, and asks again when one of
them should be open by itself.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.data_class import DataClass
from app.domain.quota import Shut, is_near
from app.session.shown import Budget
from app.ui.tasks import Tasks
from app.ui.words import hours_minutes

LOOK_AGAIN_MOST_S = 3_600
NOBODY_SAID = Budget()


class Budgets(QObject):
    """The budgets by class.

    Signals:
        changed: which classes are shut may have changed.
    """

    changed = Signal()

    def __init__(self, read: Callable[[], Mapping[DataClass, Budget]], tasks: Tasks, parent: QObject) -> None:
        """Ask with `read`, which blocks."""
        super().__init__(parent)
        self._read, self._tasks = read, tasks
        self._known: Mapping[DataClass, Budget] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_again)

    @property
    def shut(self) -> dict[DataClass, Shut]:
        """The classes that are shut for now, and why."""
        return {data_class: budget.shut for data_class, budget in self._known.items() if budget.shut is not None}

    def of(self, data_class: DataClass) -> Budget:
        """How a class stands; an empty budget if nobody has said."""
        return self._known.get(data_class, NOBODY_SAID)

    def take(self, known: Mapping[DataClass, Budget]) -> None:
        """The office has said how it stands."""
        self._known = dict(known)
        waits = [budget.wait_s for budget in self._known.values() if budget.shut is not None and budget.wait_s > 0]
        if waits:
            self._timer.start(min(*waits, LOOK_AGAIN_MOST_S) * 1000)
        else:
            self._timer.stop()
        self.changed.emit()

    def look_again(self) -> None:
        """Ask the office; without an answer it stays as it was, and the next reveal says more."""
        self._tasks.run(self._read, self.take, lambda _error: None, owner=self)

    def stop(self) -> None:
        """The session ends."""
        self._timer.stop()

    def used_words(self, budget: Budget) -> str:
        """How much of the shift is used, and what comes then once it is nearly all; empty if nobody has said."""
        if budget.shift <= 0:
            return ""
        if is_near(budget.used, budget.shift):
            text = self.tr("{a} of {b} reveals used this shift, then a supervisor decides")
        else:
            text = self.tr("{a} of {b} reveals used this shift")
        return text.format(a=budget.used, b=budget.shift)

    def shut_words(self, budget: Budget) -> str:
        """Why a class is shut for this person, when it opens again, and what to do meanwhile."""
        when = hours_minutes(max(60, budget.wait_s))
        if budget.shut is Shut.QUOTA:
            text = self.tr("All {b} reveals of this shift are used. The next one is yours in {t}.")
            return text.format(b=budget.shift, t=when)
        if budget.shut is Shut.PACE:
            minutes = hours_minutes(max(60, budget.pace_s))
            text = self.tr("Limit {a} in {m}. Next reveal in {t}.")
            return text.format(a=budget.pace_used, m=minutes, t=when)
        if budget.shut is Shut.HOURS:
            return self.tr("It is outside the hours of work. They begin in {t}.").format(t=when)
        return ""

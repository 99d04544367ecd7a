"""New colleagues as a supervisor's console follows them: asked for now and then, granted with a fresh code."""

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.session.shown import NewColleague
from app.ui.console.colleagues_popover import ColleaguesPopover
from app.ui.console.session_bar import SessionBar
from app.ui.faults import fault_of
from app.ui.saying import joined
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.words import class_name

LOOK_AGAIN_MS = 15_000


class Colleagues(QObject):
    """Counts them in the session bar and opens their popover.

    Signals:
        failed: an exception of looking for them.
        told: what was done, and whether others still wait.
    """

    failed = Signal(object)
    told = Signal(object, bool)

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks, bar: SessionBar) -> None:
        super().__init__(bar)
        self._look, self._desk, self._tasks, self._bar = look, desk, tasks, bar
        self._waiting: list[NewColleague] = []
        self._popover: ColleaguesPopover | None = None
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_again)
        bar.colleagues_wanted.connect(self._on_wanted)

    @property
    def are_waiting(self) -> bool:
        """Whether somebody waits for class keys."""
        return bool(self._waiting)

    def begin(self) -> None:
        """Look now, and then every quarter of a minute."""
        self._timer.start()
        self.look_again()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        if self._popover is not None and shiboken6.isValid(self._popover):
            self._popover.dismiss()

    def look_again(self) -> None:
        """Ask the office who waits."""
        self._tasks.run(self._desk.colleagues, self._on_looked, self.failed.emit, owner=self)

    def _on_looked(self, waiting: list[NewColleague]) -> None:
        self._waiting = waiting
        self._bar.show_colleagues(len(waiting))

    def _on_wanted(self) -> None:
        popover = ColleaguesPopover(self._look, self._bar.colleagues, self._waiting)
        popover.granted.connect(self._on_granted)
        self._popover = popover
        popover.focus_first()

    def _on_granted(self, account: str, code: str) -> None:
        self._tasks.run(
            lambda: self._desk.grant(account, code),
            lambda _none: self._on_grant_done(account),
            self._on_refused,
            owner=self,
        )

    def _on_grant_done(self, account: str) -> None:
        """Say it; the next one is offered, and with nobody left the popover goes."""
        done = [c for c in self._waiting if c.account == account]
        self._waiting = [c for c in self._waiting if c.account != account]
        popover = self._popover if self._popover is not None and shiboken6.isValid(self._popover) else None
        names = joined(", ", *(class_name(c) for one in done for c in one.classes))
        sentence = self.tr("{name} now holds: {classes}.").format(
            name=done[0].display_name if done else account, classes=names
        )
        if popover is not None:
            if self._waiting:
                popover.go_on(self._waiting, sentence)
            else:
                popover.finish()
        self._bar.show_colleagues(len(self._waiting))
        self.told.emit(sentence, bool(self._waiting) or popover is None)
        self.look_again()

    def _on_refused(self, error: Exception) -> None:
        if self._popover is not None and shiboken6.isValid(self._popover):
            self._popover.refuse(fault_of(error).sentence)
        else:  # it was closed meanwhile
            self.told.emit(fault_of(error).sentence, True)

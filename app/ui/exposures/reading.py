"""What is read of the office for the page, in its order: plots first, then lines and flags; each shown as it comes.

An answer to an earlier question is dropped; a change that is told while something is read is looked for afterwards.
"""

from importlib import import_module

from PySide6.QtCore import QObject, Signal

from app.session.shown_exposures import Overview, Scope, Watched
from app.ui.exposures.choosing import Choice
from app.ui.exposures.use_cases import ExposureUseCases
from app.ui.tasks import Tasks

PLOTS = "app.ui.exposures.plots"
"""Imported with the first answer, off the GUI thread: with it come pyqtgraph and numpy."""


class Reading(QObject):
    """Asks the office.

    Signals:
        people_read: whose exposures there are.
        overview_read: figures and plots, of a scope.
        rest_wanted: lines and flags may be read now; as `how` said.
        page_read: lines of the table; whether they come below what is there, above it, or in its
            place; and the choice they belong to.
        flags_read: what the rules found.
        failed: why something could not be read.
        ended: nothing is read any more.
    """

    people_read = Signal(object)
    overview_read = Signal(object, object)
    rest_wanted = Signal(str)
    page_read = Signal(object, str, object)
    flags_read = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, exposures: ExposureUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._exposures, self._tasks = exposures, tasks
        self._turn = self._page_turn = self._open = 0
        self._reads_more = False

    @property
    def is_busy(self) -> bool:
        """Whether something is read."""
        return self._open > 0

    def read(self, scope: Scope, *, anew: bool = False, how: str = "show") -> None:
        """Read figures and plots; what is chosen of them tells which lines are to be read.

        Args:
            scope: what the plots are about.
            anew: the workspace was opened, which the audit log tells.
            how: handed on to `rest_wanted`.
        """
        self._turn += 1
        turn = self._turn

        def work() -> tuple[tuple[Watched, ...], Overview]:
            import_module(PLOTS)
            if anew:
                self._exposures.open_anew()
            return self._exposures.people(), self._exposures.overview(scope)

        def done(answer: tuple[tuple[Watched, ...], Overview]) -> None:
            people, overview = answer
            self._close()
            if turn != self._turn:
                return
            self.people_read.emit(people)
            self.overview_read.emit(overview, scope)
            self.rest_wanted.emit(how)

        self._begin()
        self._tasks.run(work, done, lambda error: self._fail(error, is_old=turn != self._turn), owner=self)

    def read_page(self, scope: Scope, choice: Choice, *, how: str = "show") -> None:
        """Read the newest lines."""
        self._page_turn += 1
        turn = self._page_turn

        def done(page: object) -> None:
            self._close()
            if turn == self._page_turn:
                self.page_read.emit(page, how, choice)

        self._begin()
        self._tasks.run(
            lambda: self._exposures.page(choice.scope(scope), choice.chosen),
            done,
            lambda error: self._fail(error, is_old=turn != self._page_turn),
            owner=self,
        )

    def read_more(self, scope: Scope, choice: Choice, before: int) -> None:
        """Read older lines."""
        if self._reads_more:
            return
        self._reads_more = True
        turn = self._page_turn

        def done(page: object) -> None:
            self._reads_more = False
            self._close()
            if turn == self._page_turn:
                self.page_read.emit(page, "append", choice)

        def failed(error: Exception) -> None:
            self._reads_more = False
            self._fail(error, is_old=turn != self._page_turn)

        self._begin()
        self._tasks.run(
            lambda: self._exposures.page(choice.scope(scope), choice.chosen, before), done, failed, owner=self
        )

    def read_flags(self) -> None:
        """Read what the rules found."""

        def done(flags: object) -> None:
            self._close()
            self.flags_read.emit(flags)

        self._begin()
        self._tasks.run(self._exposures.flags, done, lambda error: self._fail(error, is_old=False), owner=self)

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._turn += 1
        self._page_turn += 1

    def _begin(self) -> None:
        self._open += 1

    def _close(self) -> None:
        self._open -= 1
        if not self._open:
            self.ended.emit()

    def _fail(self, error: Exception, *, is_old: bool) -> None:
        self._close()
        if not is_old:
            self.failed.emit(error)

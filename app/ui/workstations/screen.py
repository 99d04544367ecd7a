"""The workspace for workstations: the table, and a drawer for the one that is looked at."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.session.workstations import Ordered, WipeReason, WorkstationListing
from app.ui.accounts.acting import Acting
from app.ui.saying import filled
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.drawer import place_drawer
from app.ui.workspace import Workspace
from app.ui.workstations.detail_page import DetailPage
from app.ui.workstations.nobody_page import NobodyPage
from app.ui.workstations.use_cases import WorkstationUseCases
from app.ui.workstations.words import busy_words, ordered_words, why_refused
from app.ui.workstations.workstation_table import WorkstationTable

DRAWER = 400
LOOK_AGAIN_MS = 15_000


class WorkstationsScreen(Workspace, QWidget):
    """Everybody's workstations, for administrators.

    Args:
        look: colours.
        workstations: the use cases.
        tasks: the door off the GUI thread.

    Signals:
        failed: an exception of looking, for the console to tell.
        told: what became of something that the drawer does not show any more.
    """

    topics = frozenset({"workstations"})
    failed = Signal(object)
    told = Signal(object)

    def __init__(self, look: Look, workstations: WorkstationUseCases, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("workstations")
        self._workstations, self._tasks = workstations, tasks
        self.acting = Acting(look, workstations, tasks, self, why_refused, busy_words)
        self.table = WorkstationTable(look)
        self.nobody, self.detail = NobodyPage(look), DetailPage(look)
        self.drawer = QStackedWidget()
        fix_panel(self.drawer, look, DRAWER)
        for page in (self.nobody, self.detail):
            self.drawer.addWidget(page)
        self._place()
        self._join()
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_again)

    def _place(self) -> None:
        place_drawer(self, self.table, self.drawer)
        self.setTabOrder(self.table.search, self.table.table)

    def _join(self) -> None:
        self.table.chosen.connect(self.show_workstation)
        self.nobody.wipe_wanted.connect(self._on_wipe_many_wanted)
        self.detail.wipe_wanted.connect(self._on_wipe_wanted)
        self.detail.revoke_wanted.connect(self._on_revoke_wanted)
        self.detail.allow_wanted.connect(self._on_allow_wanted)
        self.detail.focus_lost.connect(self.focus_list)
        for page in (self.nobody, self.detail):
            self.acting.began.connect(page.clear)
            self.acting.worked.connect(page.set_working)

    # looking -------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Look now, and then every quarter of a minute."""
        self._timer.start()
        self.look_again()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self.acting.stop()

    def look_again(self) -> None:
        """Ask the office for workstations."""
        self._tasks.run(self._workstations.listing, self._on_looked, self.failed.emit, owner=self)

    def _on_looked(self, listing: WorkstationListing) -> None:
        self.table.show_items(listing.workstations)
        self.nobody.know(listing)
        if not (self.acting.asks or self.acting.is_busy):  # a button of the drawer waits for its answer
            self._refresh_drawer()

    def _refresh_drawer(self) -> None:
        if self._is_in_front(self.detail) and self.detail.workstation is not None:
            one = self.table.model.named(self.detail.workstation.id)
            if one is not None:
                self.detail.show_workstation(one)

    def focus_first(self) -> None:
        """Put the focus where work starts."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_list(self) -> None:
        """Put the focus into the table; without a current row, which it would make one, into the search."""
        if self.table.current():
            self.table.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    # pages ---------------------------------------------------------------------------------------------------------
    def show_workstation(self, id_: str) -> None:
        """Show a workstation in the drawer."""
        one = self.table.model.named(id_)
        if one is not None:
            self.drawer.setCurrentWidget(self.detail)
            self.detail.show_workstation(one)

    def show_nobody(self) -> None:
        """Show what may be done with several."""
        self.table.select("")
        self.drawer.setCurrentWidget(self.nobody)

    def close_innermost(self) -> bool:
        """Esc: the question, then the workstation; whether there was something."""
        if self._is_in_front(self.nobody):
            return self.nobody.close_question()
        if not self.detail.close_question():
            self.show_nobody()
            self.focus_first()
        return True

    def _is_in_front(self, page: QWidget) -> bool:
        return self.drawer.currentWidget() is page

    # changing ------------------------------------------------------------------------------------------------------
    def _on_wipe_many_wanted(self, button: QWidget, queue: str, reason: WipeReason) -> None:
        def work() -> Ordered:
            return self._workstations.wipe_queue(queue, reason) if queue else self._workstations.wipe_all(reason)

        def done(ordered: Ordered) -> None:
            self.nobody.say(ordered_words(ordered))
            self.look_again()

        self.acting.do(button, work, done, self.nobody.refuse)

    def _on_wipe_wanted(self, button: QWidget, reason: WipeReason) -> None:
        self._do(button, lambda id_: self._workstations.wipe(id_, reason), ordered_words)

    def _on_revoke_wanted(self, button: QWidget) -> None:
        words = self.tr("Revoked. Nobody signs in from it.")
        self._do(button, self._workstations.revoke, lambda _none: words)

    def _on_allow_wanted(self, button: QWidget) -> None:
        words = self.tr("Allowed. People may sign in from it again.")
        self._do(button, self._workstations.allow, lambda _none: words)

    def _do(self, button: QWidget, how: Callable[[str], object], words: Callable[..., str]) -> None:
        """Do something to the workstation that is shown, and say what came of it beside it, or at the foot."""
        one = self.detail.workstation
        if one is None:
            return

        def shows() -> bool:
            now = self.detail.workstation
            return self._is_in_front(self.detail) and now is not None and now.id == one.id

        def done(answer: object) -> None:
            if shows():
                self.detail.say(words(answer))
            else:
                self.told.emit(filled("{}: {}", one.name, words(answer)))
            self.look_again()

        def refused(sentence: str) -> None:
            if shows():
                self.detail.refuse(sentence)
            else:
                self.told.emit(filled("{}: {}", one.name, sentence))

        self.acting.do(button, lambda: how(one.id), done, refused)

"""The workspace for workstations: the table, and a drawer for the one that is looked at."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.session.workstations import Ordered, WipeReason, WorkstationCode, WorkstationListing
from app.ui.accounts.acting import Acting
from app.ui.saying import filled
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.drawer import place_drawer
from app.ui.workspace import Workspace
from app.ui.workstations.detail_page import DetailPage
from app.ui.workstations.invite_page import InvitePage
from app.ui.workstations.nobody_page import NobodyPage
from app.ui.workstations.seat_code_page import SeatCodePage
from app.ui.workstations.use_cases import WorkstationUseCases
from app.ui.workstations.words import busy_words, ordered_words, why_refused
from app.ui.workstations.workstation_table import WorkstationTable

DRAWER = 400
LOOK_AGAIN_MS = 15_000
COPY_S = 30


class WorkstationsScreen(Workspace, QWidget):
    """Everybody's workstations, for administrators.

    Args:
        look: colours.
        workstations: the use cases.
        tasks: the door off the GUI thread.
        copy_s: for how many seconds a copied code stays in the clipboard.

    Signals:
        failed: an exception of looking, for the console to tell.
        told: what became of something that the drawer does not show any more.
    """

    topics = frozenset({"workstations"})
    failed = Signal(object)
    told = Signal(object)

    def __init__(
        self, look: Look, workstations: WorkstationUseCases, tasks: Tasks, copy_s: Callable[[], int] = lambda: COPY_S
    ) -> None:
        super().__init__()
        self.setObjectName("workstations")
        self._workstations, self._tasks = workstations, tasks
        self.acting = Acting(look, workstations, tasks, self, why_refused, busy_words)
        self.table = WorkstationTable(look)
        self.nobody, self.detail = NobodyPage(look), DetailPage(look)
        self.drawer = QStackedWidget()
        fix_panel(self.drawer, look, DRAWER)
        self.invite, self.code = InvitePage(look), SeatCodePage(look, copy_s)
        for page in (self.nobody, self.detail, self.invite, self.code):
            self.drawer.addWidget(page)
        self._place()
        self._join()
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_again)

    def _place(self) -> None:
        place_drawer(self, self.table, self.drawer)
        self.setTabOrder(self.table.search, self.table.table)
        stops = (self.table.table, self.code.code, self.code.copy, self.code.noted)
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _join(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.nobody.wipe_wanted.connect(self._on_wipe_many_wanted)
        self.detail.wipe_wanted.connect(self._on_wipe_wanted)
        self.detail.revoke_wanted.connect(self._on_revoke_wanted)
        self.detail.allow_wanted.connect(self._on_allow_wanted)
        self.detail.focus_lost.connect(self.focus_list)
        self.nobody.invite_wanted.connect(self.begin_invite)
        self.invite.sent.connect(self._on_invite_sent)
        self.invite.withdrawn.connect(self._on_withdrawn)
        self.invite.left.connect(self._leave_invite)
        self.code.left.connect(self.begin_invite)
        for page in (self.nobody, self.detail, self.invite):
            self.acting.began.connect(page.clear)
            self.acting.worked.connect(page.set_working)

    # looking -------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Look now, and then every quarter of a minute."""
        self._timer.start()
        self.look_again()

    def stop(self) -> None:
        """Look no more; a code on screen goes."""
        self._timer.stop()
        self.acting.stop()
        self.code.forget()

    def forget(self) -> None:
        """Another workspace comes to the front: a code does not stay behind it."""
        if self._is_in_front(self.code):
            self.begin_invite()

    def look_again(self) -> None:
        """Ask the office for workstations."""
        self._tasks.run(self._workstations.listing, self._on_looked, self.failed.emit, owner=self)

    def _on_looked(self, listing: WorkstationListing) -> None:
        self.table.show_items(listing.workstations)
        self.nobody.know(listing)
        self.invite.show_waiting(listing.waiting)
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
    def _on_chosen(self, id_: str) -> None:
        """A row became the current one, which Tab alone makes of it: a code that is shown once stays."""
        if not self._is_in_front(self.code):
            self.show_workstation(id_)

    def show_workstation(self, id_: str) -> None:
        """Show a workstation in the drawer."""
        one = self.table.model.named(id_)
        if one is not None:
            self._turn_to(self.detail)
            self.detail.show_workstation(one)

    def begin_invite(self) -> None:
        """The page of invitations, with an empty form."""
        self.table.select("")
        self._turn_to(self.invite)
        self.invite.begin()

    def _leave_invite(self) -> None:
        self.show_nobody()
        self.nobody.invite.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, page: QWidget) -> None:
        if page is not self.code:
            self.code.forget()
        self.drawer.setCurrentWidget(page)

    def show_nobody(self) -> None:
        """Show what may be done with several."""
        self.table.select("")
        self._turn_to(self.nobody)

    def close_innermost(self) -> bool:
        """Esc: the question, then the page; whether there was something. A code that is shown once stays."""
        if self._is_in_front(self.nobody):
            return self.nobody.close_question()
        if self._is_in_front(self.code):
            return True
        if self._is_in_front(self.invite):
            if not self.acting.is_busy:
                self._leave_invite()
            return True
        if not self.detail.close_question():
            self.show_nobody()
            self.focus_first()
        return True

    def _is_in_front(self, page: QWidget) -> bool:
        return self.drawer.currentWidget() is page

    # changing ------------------------------------------------------------------------------------------------------
    def _on_invite_sent(self, button: QWidget) -> None:
        name, valid_h = self.invite.name, self.invite.valid_h

        def made(codes: tuple[WorkstationCode, ...]) -> None:
            self._turn_to(self.code)  # wherever the person is by now: it comes this once
            self.code.show_code(codes[0])
            self.look_again()

        self.acting.do(button, lambda: self._workstations.invite((name,), valid_h), made, self.invite.refuse)

    def _on_withdrawn(self, button: QWidget, invitation: str) -> None:
        def done(_none: None) -> None:
            self.invite.say(self.tr("Taken back. A workstation that shows the code is refused."))
            self.look_again()

        self.acting.do(button, lambda: self._workstations.withdraw(invitation), done, self.invite.refuse)

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

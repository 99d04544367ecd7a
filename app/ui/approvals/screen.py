"""The workspace of whoever decides: the queue, one request in full, what is open now, what was decided."""

import time
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.domain.errors import NotAllowedError
from app.session.errors import SignInAnswerError
from app.session.shown import AgentPast, OpenUnlock, PastUnlock, UnlockWaiting
from app.ui.approvals.decided_list import DecidedList, became_of
from app.ui.approvals.detail import Detail
from app.ui.approvals.open_list import OpenList
from app.ui.approvals.queue_delegate import QueueDelegate
from app.ui.approvals.queue_model import QueueModel
from app.ui.approvals.use_cases import DecidingUseCases
from app.ui.commands.command import Command, Nearness
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.theme.fonts import FIGURES, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.announce import announce
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.view_ring import says_for
from app.ui.workspace import Workspace

LEFT, SECOND_MS, POLL_S = 356, 1000, 5
Looked = tuple[list[UnlockWaiting], list[OpenUnlock], list[PastUnlock]]


class ApprovalsScreen(Workspace, QWidget):
    """Other people's requests.

    Args:
        look: colours.
        deciding: the use cases.
        tasks: the door off the GUI thread.
        step_up: gives a fresh code.
        code_left_s: so many seconds the last code still counts; the office judges by its own clock.

    Signals:
        counted: how many requests wait.
        arrived: the requests that are new, the oldest first.
        failed: an exception of looking.
    """

    topics = frozenset({"unlocks"})
    counted = Signal(int)
    arrived = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        deciding: DecidingUseCases,
        tasks: Tasks,
        step_up: Callable[[str], None],
        code_left_s: Callable[[], float],
    ) -> None:
        super().__init__()
        self._deciding, self._tasks = deciding, tasks
        self._step_up, self._code_left_s = step_up, code_left_s
        self._looks = self._looks_again = self._is_taking = False
        self._seconds = 0
        self._busy = ""
        self.model = QueueModel()
        self.queue = QListView()
        self.open = OpenList(look)
        self.decided = DecidedList(look)
        self.detail = Detail(look, deciding.limits, code_left_s)
        self._place(look)
        says_for(self.queue, self.detail.nothing)
        self.queue.selectionModel().currentChanged.connect(lambda current, _before: self._on_chosen(current))
        self.open.revoke_wanted.connect(self._on_revoke)
        self.detail.approved.connect(self._on_approved)
        self.detail.denied.connect(lambda why: self._decide(lambda key: self._deciding.deny(key, why)))
        self.detail.asked_back.connect(lambda text: self._decide(lambda key: self._deciding.ask_back(key, text)))
        self._timer = QTimer(self, interval=SECOND_MS)
        self._timer.timeout.connect(self._on_second)

    def _place(self, look: Look) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QFrame()
        left.setProperty("ground", "bg")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        fix_panel(left, look, LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 14, 8)
        head.setSpacing(8)
        head.addWidget(text_label(look, self.tr("Waiting"), size=TITLE, weight=Weight.MEDIUM))
        self._count = text_label(look, "0", ink="ink2", size=TITLE, features=FIGURES)
        self._count.setObjectName("approvals_count")
        head.addWidget(self._count, 1)
        column.addLayout(head)
        self.queue.setObjectName("approvals_queue")
        self.queue.setAccessibleName(self.tr("Requests that wait"))
        self.queue.setModel(self.model)
        self.queue.setItemDelegate(QueueDelegate(look, self.queue))
        self.queue.setUniformItemSizes(True)
        self.queue.setMouseTracking(True)
        self.queue.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.queue.setContentsMargins(8, 0, 8, 0)
        column.addWidget(self.queue, 1)
        self._lines = [line(), line()]
        column.addWidget(self._lines[0])
        column.addWidget(self.open)
        column.addWidget(self._lines[1])
        column.addWidget(self.decided)
        row.addWidget(left)
        row.addWidget(line(vertical=True))
        ground = QFrame()
        ground.setProperty("ground", "surface")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right = QVBoxLayout(ground)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.detail)
        row.addWidget(ground, 1)

    # looking -------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Look now, whenever something changes, and every few seconds."""
        self._timer.start()
        self.look_again()

    def stop(self) -> None:
        """Look no more; a code that was being typed goes."""
        self._timer.stop()
        self.detail.show_request(None)

    def look_again(self) -> None:
        """Ask the office; once more afterwards, if something changed meanwhile."""
        if self._looks:
            self._looks_again = True
            return
        self._looks = True
        self._tasks.run(self._look, self._on_looked, self._on_look_failed, owner=self)

    def _look(self) -> Looked:
        waiting = self._deciding.waiting()
        return waiting, *self._deciding.desk()

    def _on_look_failed(self, error: Exception) -> None:
        self._looks = False
        self.failed.emit(error)

    def _on_looked(self, looked: Looked) -> None:
        waiting, unlocks, past = looked
        self._looks = False
        before = {r.id for at in range(self.model.rowCount()) if (r := self.model.request_at(at)) is not None}
        self._take_queue(waiting)
        self.open.show_open(unlocks)
        self.decided.show_decided(past)
        self._lines[0].setVisible(bool(unlocks))
        self._lines[1].setVisible(bool(past))
        self._count.setText(str(len(waiting)))
        self.counted.emit(len(waiting))
        if new := [request for request in waiting if request.id not in before]:
            self.arrived.emit(new)
        self._follow(waiting, past)
        if self._looks_again:
            self._looks_again = False
            self.look_again()

    def _take_queue(self, waiting: list[UnlockWaiting]) -> None:
        """The view would go to a neighbour when the current row goes; here what is shown stays shown."""
        self._is_taking = True
        self.model.show_waiting(waiting)
        shown = self.detail.request
        row = self.model.row_of(shown.id) if shown is not None else -1
        self.queue.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())
        self._is_taking = False

    def _follow(self, waiting: list[UnlockWaiting], past: list[PastUnlock]) -> None:
        """The request that is shown may be over: it stays, and says so; without one, the first is shown."""
        shown = self.detail.request
        if shown is None:
            self._show_first()
            return
        now = next((request for request in waiting if request.id == shown.id), None)
        if now is not None:
            self.detail.follow(now)
        elif not self._busy and not self.detail.is_over:
            decided = next((one for one in past if one.id == shown.id), None)
            focus = self.window().focusWidget()
            if focus is not None and self.detail.isAncestorOf(focus):  # never on to the next button, which may revoke
                self.queue.setFocus(Qt.FocusReason.OtherFocusReason)
            self.detail.show_over(lambda: became_of(shown, decided, time.time()))
            announce(self, became_of(shown, decided, time.time()))

    def _show_first(self) -> None:
        if self.model.rowCount():
            self.queue.setCurrentIndex(self.model.index(0, 0))
            self._on_chosen(self.queue.currentIndex())
        else:
            self.detail.show_request(None)

    def _on_chosen(self, index: QModelIndex) -> None:
        request = self.model.request_at(index.row()) if index.isValid() else None
        if (
            request is None
            or self._is_taking
            or (self.detail.request is not None and self.detail.request.id == request.id)
        ):
            return
        self.detail.show_request(request)
        self._tasks.run(
            lambda: self._deciding.past(request.id),
            lambda past: self._on_past(request.id, past),
            self._on_past_failed,
            owner=self,
        )

    def _on_past(self, request: str, past: AgentPast) -> None:
        if self.detail.request is not None and self.detail.request.id == request:
            self.detail.show_past(past)

    def _on_past_failed(self, error: Exception) -> None:
        if not isinstance(error, NotAllowedError):  # decided meanwhile: the next look tells
            self.failed.emit(error)

    def _on_second(self) -> None:
        self._seconds += 1
        self.queue.viewport().update()
        self.open.show_times()
        self.detail.show_time()
        if self._seconds % POLL_S == 0:
            self.look_again()

    def focus_first(self) -> None:
        """Put the focus into the queue."""
        self.queue.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # deciding ------------------------------------------------------------------------------------------------------
    def commands(self) -> tuple[Command, ...]:
        """Decisions on the request in front, and the end of what was opened last."""
        screen = Nearness.SCREEN
        return (
            Command("main_action", self.take_main_action, self._needs_request, nearness=screen),
            Command("deny", self.ask_why_not, self._needs_request, nearness=screen),
            Command("ask_back", self.ask_back, self._needs_request, nearness=screen),
            Command("revoke", self.revoke_newest, self._needs_open, nearness=screen),
        )

    def _needs_request(self) -> str:
        return "" if self.detail.decision.isVisible() else self.tr("No request waits for your decision here.")

    def _needs_open(self) -> str:
        return "" if self.open.newest() else self.tr("Nothing that you opened for somebody is open now.")

    def take_main_action(self) -> None:
        """Ctrl+Return: approve."""
        if self.detail.request is not None and self.detail.decision.isVisible():
            self.detail.decision.approve.click()

    def ask_why_not(self) -> None:
        """Deny, with a reason."""
        if self.detail.decision.isVisible():
            self.detail.decision.ask_why()

    def ask_back(self) -> None:
        """Ask the agent something."""
        if self.detail.decision.isVisible():
            self.detail.decision.ask_question()

    def revoke_newest(self) -> None:
        """Close what was opened last."""
        if newest := self.open.newest():
            self._on_revoke(newest)

    def close_innermost(self) -> bool:
        """Esc: the line for a reason or a question; whether there was one."""
        return self.detail.decision.fold_why()

    def _on_approved(self, usable_s: int, code: str) -> None:
        if not code and self._code_left_s() <= 0:
            self.detail.ask_code()
            return

        def act(key: str) -> None:
            if code:
                self._step_up(code)
            self._deciding.approve(key, usable_s)

        self._decide(act)

    def _decide(self, act: Callable[[str], None]) -> None:
        request = self.detail.request
        if request is None or self._busy:
            return
        self._busy = request.id
        self.detail.set_working()
        self._tasks.run(lambda: act(request.id), lambda _none: self._on_decided(), self._on_decision_failed, owner=self)

    def _on_decided(self) -> None:
        self._busy = ""
        self.detail.show_request(None)
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look_again()

    def _on_decision_failed(self, error: Exception) -> None:
        self._busy = ""
        if isinstance(error, SignInAnswerError):
            self.detail.refuse_code(fault_of(error).sentence)
        elif isinstance(error, NotAllowedError) and error.code == "step_up":
            self.detail.ask_code()
        else:
            self.detail.refuse(fault_of(error).sentence)
            self.look_again()

    def _on_revoke(self, unlock: str) -> None:
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes with what it closes
        self._tasks.run(
            lambda: self._deciding.revoke(unlock),
            lambda _none: self.look_again(),
            self._on_revoke_failed,
            owner=self,
        )

    def _on_revoke_failed(self, error: Exception) -> None:
        if not isinstance(error, NotAllowedError):  # over already: the next look tells
            self.failed.emit(error)
        self.look_again()

"""What waits, one at a time: the request, the decision, and how long this window stays."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown import UnlockWaiting
from app.ui.approval.decision import Decision
from app.ui.approval.request_card import RequestCard
from app.ui.choices import Choices
from app.ui.commands.command import Command, Nearness
from app.ui.commands.commands import Commands
from app.ui.commands.keys_sheet import open_keys_sheet
from app.ui.commands.palette import open_palette
from app.ui.console.reporting import Reporting
from app.ui.faults import fault_of
from app.ui.saying import filled
from app.ui.shortcuts import tip_for, words_for
from app.ui.tasks import Tasks
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.use_cases import ApprovalUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message, Strip
from app.ui.words import minutes_seconds, role_name

STAYS_S, POLL_MS = 120, 1000


class WaitingScreen(QWidget):
    """Requests that wait, for one supervisor at the desk.

    Signals:
        finished: decided, left, or the two minutes are over.
    """

    finished = Signal()

    def __init__(self, look: Look, approval: ApprovalUseCases, tasks: Tasks) -> None:
        super().__init__()
        self._look, self._approval, self._tasks = look, approval, tasks
        self._left_s = STAYS_S
        self._polls = False
        self._waiting: list[UnlockWaiting] = []
        self._card: RequestCard | None = None
        self._is_over = self._decides = False
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(14)
        column.addLayout(self._make_head())
        column.addWidget(line())
        self._empty = text_label(look, self.tr("No request waits. It may have been decided or withdrawn."), ink="ink2")
        self._empty.setWordWrap(True)
        column.addWidget(self._empty)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.away = Strip(look, self.tr("The agent’s console is locked. You can approve once they are back."), "warn")
        self.away.setObjectName("asker_locked")
        self.away.hide()
        column.addWidget(self.away)
        self.decision = Decision(look, approval.limits)
        self.decision.approved.connect(self._on_approved)
        self.decision.denied.connect(self._on_denied)
        column.addWidget(self.decision)
        self._error = Message(look, "danger", "approval_error")
        column.addWidget(self._error)
        self.told = Strip(look, "", "ok", name="approval_told")
        self.told.hide()
        column.addWidget(self.told)
        text = self.tr(
            "The value goes to the agent’s screen, never to this window; it is written down before it opens."
        )
        column.addWidget(Strip(look, text, "info"))
        column.addStretch(1)
        column.addWidget(line())
        column.addLayout(self._make_foot())
        self.reporting = Reporting(look, approval.incidents, tasks, self, self._tell)
        self.report.clicked.connect(lambda: self.reporting.open(self.report))
        self._show(None, 0)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.count_down)
        self.commands = Commands(self, Choices())
        self.commands.offer(self._offered)
        self.commands.refused.connect(self._error.say)

    def _offered(self) -> tuple[Command, ...]:
        """What can be done here; nothing of it is remembered."""
        screen = Nearness.SCREEN
        return (
            Command("main_action", self.decision.approve.click, self._needs_request, nearness=screen),
            Command("deny", self.decision.ask_why, self._needs_request, nearness=screen),
            Command("close", self._close_innermost, nearness=screen),
            Command("report_suspicion", self.report.click),
            Command("palette", lambda: open_palette(self._look, self.window(), self.commands)),
            Command("keys", lambda: open_keys_sheet(self._look, self.window(), self.commands, has_rows=False)),
        )

    def _needs_request(self) -> str:
        return "" if self.decision.isVisible() else self.tr("No request waits for your decision here.")

    def _close_innermost(self) -> None:
        """Esc: the palette or the sheet of keys, else the line for a reason."""
        standing = [card for card in self.window().findChildren(Popover) if card.isVisible()]
        if standing:
            standing[-1].dismiss()
        else:
            self.decision.fold_why()

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(icon_label(self._look, "mark", "accent", 22))
        row.addWidget(text_label(self._look, self.tr("Approval at the desk"), weight=Weight.SEMIBOLD))
        row.addStretch(1)
        person = self._approval.person
        words = filled("{}, {}", person.display_name, role_name(person.role))
        row.addWidget(text_label(self._look, words, ink="ink2", size=SMALL))
        return row

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._more = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        row.addWidget(self._more)
        self.go_on = Button(self._look, self.tr("Next request"), "link", name="next_request")
        self.go_on.clicked.connect(self._on_go_on)
        self.go_on.hide()
        row.addWidget(self.go_on)
        row.addStretch(1)
        self._left = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        row.addWidget(self._left)
        self.report = Button(self._look, "", "link", name="report_suspicion")
        self.report.set_glyph("siren", "ink2")
        self.report.setAccessibleName(words_for("report_suspicion"))
        self.report.setToolTip(tip_for("report_suspicion"))
        row.addWidget(self.report)
        leave = Button(self._look, self.tr("Leave"), "quiet", name="leave")
        leave.clicked.connect(self.finished)
        row.addWidget(leave)
        return row

    def _tell(self, sentence: str) -> None:
        """What came of a report."""
        self.told.say(sentence)
        announce(self, sentence)

    def begin(self) -> None:
        """Look for requests now and each second; leave after two minutes."""
        self._timer.start()
        self._show_left()
        self._poll()

    def count_down(self) -> None:
        """One second has passed."""
        self._left_s -= 1
        self._show_left()
        if self._card is not None and not self._is_over:
            self._card.show_time()
        if self._left_s <= 0:
            self._timer.stop()
            self.finished.emit()
            return
        self._poll()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _poll(self) -> None:
        if not self._polls:
            self._polls = True
            self._tasks.run(self._approval.waiting, self._on_polled, self._on_poll_failed, owner=self)

    def _on_polled(self, waiting: list[UnlockWaiting]) -> None:
        self._polls = False
        if self._decides:
            return
        if self._card is None or self._is_over:
            self._show_next(waiting)
            return
        shown = next((request for request in waiting if request.id == self._card.request.id), None)
        if shown is None:
            self._show_over(waiting)
        else:
            self._show(shown, len(waiting))

    def _show_next(self, waiting: list[UnlockWaiting]) -> None:
        """The first one, where none is shown; beside one that is over, a button leads to the next."""
        if self._is_over:
            self._waiting = waiting
            self.go_on.setVisible(bool(waiting))
        else:
            self._show(waiting[0] if waiting else None, len(waiting))

    def _show_over(self, waiting: list[UnlockWaiting]) -> None:
        """What stood here waits no more: it stays, so that no press meant for it decides on another one."""
        self._is_over = True
        if self._card is not None:
            self._card.show_over()
        self._empty.show()
        self.decision.hide()
        self.away.hide()
        self._show_next(waiting)

    def _on_go_on(self) -> None:
        self._is_over = False
        self.go_on.hide()
        self._show(self._waiting[0] if self._waiting else None, len(self._waiting))

    def _on_poll_failed(self, error: Exception) -> None:
        self._polls = False
        self._error.say(fault_of(error).sentence)

    def _show(self, request: UnlockWaiting | None, count: int) -> None:
        same = self._card is not None and request is not None and self._card.request.id == request.id
        if not same:
            if self._card is not None:
                self._card.hide()
                self._card.deleteLater()
                self._card = None
            if request is not None:
                self._card = RequestCard(self._look, request)
                self._place.addWidget(self._card)
        self._empty.setVisible(request is None)
        self.decision.setVisible(request is not None)
        locked = request is not None and request.is_asker_locked
        self.away.setVisible(locked)
        self.decision.set_asker_away(locked)
        if request is not None and not same:
            self.decision.focus_first()
        self._more.setText(self.tr("{n} more wait").format(n=count - 1) if count > 1 else "")

    def _on_approved(self, usable_s: int) -> None:
        if self._card is not None and not self._is_over:
            request = self._card.request.id
            self._decide(lambda: self._approval.approve(request, usable_s))

    def _on_denied(self, why: str) -> None:
        if self._card is not None:
            request = self._card.request.id
            self._decide(lambda: self._approval.deny(request, why))

    def _decide(self, act: Callable[[], None]) -> None:
        self._error.say("")
        self._decides = True
        self.decision.set_busy(True)
        self._tasks.run(act, lambda _none: self.finished.emit(), self._on_decision_failed, owner=self)

    def _on_decision_failed(self, error: Exception) -> None:
        self._decides = False
        self.decision.set_busy(False)
        self._error.say(fault_of(error).sentence)

    def _show_left(self) -> None:
        self._left.setText(self.tr("Closes by itself in {t}").format(t=minutes_seconds(self._left_s)))

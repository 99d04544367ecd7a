"""The approval window: sign in as supervisor, decide one request, leave. Two minutes at most after signing in."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.approval.waiting_screen import WaitingScreen
from app.ui.faults import Fault, fault_of
from app.ui.sign_in.form import SignInForm
from app.ui.sign_in.screen import door_shadow
from app.ui.system_watch import SystemWatch
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import ApprovalUseCases, SignInUseCases
from app.ui.widgets.fault_card import FaultCard
from app.ui.widgets.stage import DoorStage

SIZE, PARTED = (560, 570), 76


class ApprovalWindow(QWidget):
    """The window of the approval process.

    Args:
        sign_in: the door's use cases.
        tasks: the door off the GUI thread.
        on_done: called once when the window is done, decided or not.
        look: tokens, fonts, icons (`application.look`).
    """

    def __init__(self, sign_in: SignInUseCases, tasks: Tasks, on_done: Callable[[], object], *, look: Look) -> None:
        super().__init__()
        self._sign_in, self._tasks, self._on_done, self._look = sign_in, tasks, on_done, look
        self._approval: ApprovalUseCases | None = None
        self._done = False
        self.system = SystemWatch(tasks, self)
        for ends in (self.system.locks, self.system.ends):
            ends.connect(lambda _cause: self.leave())
        self.setObjectName("approval_window")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Approval at the desk"))
        self.setWindowIcon(look.icon("mark", "accent", 64))
        self.resize(*SIZE)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._stage = DoorStage(look, PARTED)
        self.form = SignInForm(look, title=self.tr("Approve at this desk"), button=self.tr("Sign in to decide"))
        door_shadow(self.form, look)
        self.form.language.hide()  # it speaks as the console beside it does
        self._stage.place(self.form)
        self._column.addWidget(self._stage)
        self.form.submitted.connect(self._on_form_submitted)
        self._fault_card = FaultCard(look, self)
        tasks.failed.connect(lambda error: self.show_fault(fault_of(error)))
        self.form.focus_first_empty()
        tasks.run(sign_in.office, self.form.show_office, self._on_office_failed, owner=self.form)

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """Show a calm card with the number of a fault nobody expected."""
        self._fault_card.say(fault)

    def _on_office_failed(self, error: Exception) -> None:
        self.form.show_no_office(fault_of(error).sentence)

    def _on_form_submitted(self, account: str, password: str, code: str) -> None:
        self.system.enter()
        self._tasks.run(
            lambda: self._sign_in.sign_in_to_approve(account, password, code),
            self._on_signed_in,
            lambda error: self.form.refuse(fault_of(error).sentence),
            owner=self,
        )

    def _on_signed_in(self, approval: ApprovalUseCases) -> None:
        self._approval = approval
        self.system.stand()
        self.form.forget()
        self._stage.hide()
        self._stage.deleteLater()
        self.waiting = WaitingScreen(self._look, approval, self._tasks)
        self.waiting.finished.connect(self.leave)
        self._column.addWidget(self.waiting)
        self.waiting.begin()

    def leave(self) -> None:
        """End the supervisor's session and close."""
        if self._done:
            return
        self._done = True
        approval = self._approval
        if approval is None:
            self._close()
            return
        self.waiting.stop()
        self._tasks.run(approval.end, lambda _none: self._close(), lambda _error: self._close(), owner=self)

    def _close(self) -> None:
        self.close()
        self._on_done()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Closing is leaving."""
        if self._done:
            super().closeEvent(event)
            return
        event.ignore()
        self.leave()

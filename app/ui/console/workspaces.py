"""The workspaces of a signed-in person: customers, accounts, one's own account; by role, and one in front."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.role import Role
from app.ui.accounts.screen import AccountsScreen
from app.ui.approvals.screen import ApprovalsScreen
from app.ui.my_account.screen import MyAccountScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases

CONSOLE, APPROVALS, ACCOUNTS, MY_ACCOUNT = "console", "approvals", "accounts", "my_account"

_BY_ROLE = {
    Role.ADMINISTRATOR: (ACCOUNTS,),
    Role.SUPERVISOR: (CONSOLE, APPROVALS, ACCOUNTS),
    Role.PRIVACY_OFFICER: (CONSOLE, APPROVALS),
}


def workspaces_of(role: Role) -> tuple[str, ...]:
    """The tabs of a role, the first in front; an administrator sees no customer at all."""
    return _BY_ROLE.get(role, (CONSOLE,))


class Workspaces(QStackedWidget):
    """What stands between session bar and status bar.

    Args:
        look: colours.
        desk: the session.
        tasks: the door off the GUI thread.
        work: the console's own work, with customers.

    Signals:
        shown: the workspace now in front.
        counted: how much waits in a workspace for this person.
        arrived: a request to decide on is new.
        told: what became of something that is not in front any more.
        failed: an exception of looking.
    """

    shown = Signal(str)
    counted = Signal(str, int)
    arrived = Signal()
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks, work: QWidget) -> None:
        super().__init__()
        self._look, self._desk, self._tasks, self._work = look, desk, tasks, work
        self.keys = workspaces_of(desk.person.role)
        self.accounts: AccountsScreen | None = None
        self.my_account: MyAccountScreen | None = None
        self._before = self.keys[0]
        self.addWidget(work)
        if ACCOUNTS in self.keys:
            self.accounts = AccountsScreen(
                look, desk.accounts, tasks, desk.person.role, desk.release_throttle, desk.rotation.propose
            )
            self.accounts.counted.connect(lambda count: self.counted.emit(ACCOUNTS, count))
            self.accounts.told.connect(self.told)
            self.accounts.failed.connect(self.failed)
            self.addWidget(self.accounts)
        self.approvals: ApprovalsScreen | None = None
        if APPROVALS in self.keys:
            self.approvals = ApprovalsScreen(look, desk.approvals, tasks, desk.step_up, lambda: desk.is_code_fresh)
            self.approvals.counted.connect(lambda count: self.counted.emit(APPROVALS, count))
            self.approvals.arrived.connect(self.arrived)
            self.approvals.failed.connect(self.failed)
            self.addWidget(self.approvals)
        self._turn_to(self.keys[0])

    @property
    def current(self) -> str:
        """The workspace in front."""
        widget = self.currentWidget()
        if widget is self.my_account and widget is not None:
            return MY_ACCOUNT
        if widget is self.approvals and widget is not None:
            return APPROVALS
        return ACCOUNTS if widget is self.accounts and widget is not None else CONSOLE

    def begin(self) -> None:
        """Ask the office for what the workspaces show."""
        if self.accounts is not None:
            self.accounts.begin()
        if self.approvals is not None:
            self.approvals.begin()

    def stop(self) -> None:
        """Look no more; nothing typed or shown stays."""
        if self.accounts is not None:
            self.accounts.stop()
        if self.approvals is not None:
            self.approvals.stop()
        if self.my_account is not None:
            self.my_account.forget()
        self.setEnabled(False)

    def show_workspace(self, key: str, leave: Callable[[], object]) -> None:
        """Bring a workspace to the front.

        Args:
            key: which; one that the role lacks is left alone.
            leave: called before another one is shown than the one in front: nothing stays open behind it.
        """
        if key not in (*self.keys, MY_ACCOUNT) or key == self.current:
            return
        leave()
        if self.current == MY_ACCOUNT and self.my_account is not None:
            self.my_account.forget()
        else:
            self._before = self.current
            if self.accounts is not None:
                self.accounts.forget()
        self._turn_to(key)

    def focus_first(self) -> None:
        """Put the focus where the work of the workspace in front starts."""
        if self.current == APPROVALS and self.approvals is not None:
            self.approvals.focus_first()
        elif self.accounts is not None:
            self.accounts.focus_first()

    def focus_list(self) -> None:
        """Put the focus into the list of accounts."""
        if self.accounts is not None:
            self.accounts.focus_list()

    def close_innermost(self) -> bool:
        """Esc: what is open in the workspace in front, then one's own account itself; whether there was something."""
        if self.current == MY_ACCOUNT and self.my_account is not None:
            if not self.my_account.close_innermost():
                self.back()
            return True
        if self.current == APPROVALS and self.approvals is not None:
            return self.approvals.close_innermost()
        return self.current == ACCOUNTS and self.accounts is not None and self.accounts.close_innermost()

    def take_changes(self, topics: frozenset[str]) -> None:
        """The office told that something changed: who shows it looks again."""
        if "unlocks" in topics and self.approvals is not None:
            self.approvals.look_again()
        if topics & {"accounts", "colleagues"} and self.accounts is not None:
            self.accounts.look_again()

    def back(self) -> None:
        """From one's own account to the work before it."""
        self.show_workspace(self._before, lambda: None)

    def _turn_to(self, key: str) -> None:
        if key == MY_ACCOUNT and self.my_account is None:
            self.my_account = MyAccountScreen(self._look, self._desk.my_account, self._tasks)
            self.my_account.left.connect(self.back)
            self.my_account.failed.connect(self.failed)
            self.addWidget(self.my_account)
        widgets: dict[str, QWidget | None] = {
            CONSOLE: self._work,
            APPROVALS: self.approvals,
            ACCOUNTS: self.accounts,
            MY_ACCOUNT: self.my_account,
        }
        widget = widgets[key]
        assert widget is not None
        self.setCurrentWidget(widget)
        if widget is self.my_account and self.my_account is not None:
            self.my_account.begin()
        elif widget is self.approvals and self.approvals is not None:
            self.approvals.focus_first()
        elif widget is self.accounts and self.accounts is not None:
            self.accounts.focus_first()
        else:
            self._work.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit(key)

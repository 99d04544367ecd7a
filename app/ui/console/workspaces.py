"""The workspaces of a signed-in person: customers, and what `workspace_entries` lists; one in front."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.accounts.screen import AccountsScreen
from app.ui.approvals.screen import ApprovalsScreen
from app.ui.commands.command import Command
from app.ui.console.workspace_entries import (
    ACCOUNTS,
    APPROVALS,
    CONSOLE,
    ENTRIES,
    MY_ACCOUNT,
    WorkspaceEntry,
    places_of,
    workspaces_of,
)
from app.ui.my_account.screen import MyAccountScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.workspace import Workspace


class Workspaces(QStackedWidget):
    """What stands between session bar and status bar.

    Args:
        look: colours.
        desk: the session.
        tasks: the door off the GUI thread.
        work: the console's own work, with customers.
        parent: where it stands. What is moved with all that is in it, Qt looks at whole each time.

    Attributes:
        keys: the tabs, in order.

    Signals:
        made: one more stands here.
        shown: the workspace now in front.
        counted: how much waits in a workspace for this person.
        pressing: of it, what is due soon or overdue (a tuple of `Pressing`).
        arrived: the requests to decide on that are new.
        told: what became of something that is not in front any more.
        failed: an exception of looking.
        learnt: something opens now that rested before.
    """

    made = Signal()
    shown = Signal(str)
    counted = Signal(str, int)
    pressing = Signal(str, object)
    arrived = Signal(object)
    told = Signal(object)
    failed = Signal(object)
    learnt = Signal()

    def __init__(
        self, look: Look, desk: DeskUseCases, tasks: Tasks, work: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._desk, self._tasks, self._work = look, desk, tasks, work
        role = desk.person.role
        self.keys = workspaces_of(role)
        found = places_of(role)
        self._entries = {entry.key: entry for entry in ENTRIES if entry.key in found}
        self._made: dict[str, QWidget] = {}
        self._before = self.keys[0]
        self.addWidget(work)
        self._is_begun = False
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._make_next)
        self._turn_to(self.keys[0])

    def _make(self, entry: WorkspaceEntry) -> QWidget:
        screen = entry.make(self._look, self._desk, self._tasks)
        joins: dict[str, Callable[..., object]] = {
            "counted": lambda count: self.counted.emit(entry.key, count),
            "pressing": lambda due: self.pressing.emit(entry.key, due),
            "arrived": self.arrived.emit,
            "told": self.told.emit,
            "failed": self.failed.emit,
            "learnt": self.learnt.emit,
            "left": self.back,
            "screen_wanted": lambda wanted: self.show_workspace(wanted, lambda: None),
        }
        for name, slot in joins.items():
            if hasattr(screen, name):
                getattr(screen, name).connect(slot)
        self._made[entry.key] = screen
        self.addWidget(screen)
        self.made.emit()
        if self._is_begun and isinstance(screen, Workspace):
            screen.begin()
        return screen

    def _make_next(self) -> None:
        """One that tells what waits, in a turn of the loop of its own: the console is in front already."""
        role = self._desk.person.role
        entry = next((e for e in self._entries.values() if role in e.early and e.key not in self._made), None)
        if entry is not None:
            self._make(entry)
            self._next.start()

    def _early(self, key: str) -> QWidget | None:
        """The screen of a workspace that is made at sign-in; whoever needs it sooner has it made."""
        entry = self._entries.get(key)
        is_due = entry is not None and key not in self._made and self._desk.person.role in entry.early
        return self._make(entry) if entry is not None and is_due else self.screen_of(key)

    def screen_of(self, key: str) -> QWidget | None:
        """The screen of a workspace, if it was made."""
        return self._made.get(key)

    @property
    def approvals(self) -> ApprovalsScreen | None:
        """The screen of those who decide, if this person does."""
        return cast("ApprovalsScreen | None", self._early(APPROVALS))

    @property
    def accounts(self) -> AccountsScreen | None:
        """The screen of other people's accounts, if this person has it."""
        return cast("AccountsScreen | None", self._early(ACCOUNTS))

    @property
    def my_account(self) -> MyAccountScreen | None:
        """The screen of one's own account, once it was shown."""
        return cast("MyAccountScreen | None", self.screen_of(MY_ACCOUNT))

    @property
    def current(self) -> str:
        """The workspace in front."""
        widget = self.currentWidget()
        return next((key for key, screen in self._made.items() if screen is widget), CONSOLE)

    def _front(self) -> Workspace | None:
        """The hooks of the workspace in front; none for the work with customers."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Workspace) else None

    def _hooks(self) -> tuple[Workspace, ...]:
        return tuple(screen for screen in self._made.values() if isinstance(screen, Workspace))

    def front_commands(self) -> Sequence[Command]:
        """What can be done in the workspace in front."""
        front = self._front()
        return front.commands() if front is not None else ()

    @property
    def places(self) -> frozenset[str]:
        """All workspaces of this person."""
        return frozenset({*self.keys, *self._entries})

    def key_of(self, place: str) -> str:
        """The name in the table of the key that brings it to the front; empty where it has none."""
        return f"workspace_{self.keys.index(place) + 1}" if place in self.keys else ""

    def begin(self) -> None:
        """Ask the office for what the workspaces show; those that tell what waits are made one after another."""
        self._is_begun = True
        for screen in self._hooks():
            screen.begin()
        self._next.start()

    def stop(self) -> None:
        """Look no more; nothing typed or shown stays."""
        self._next.stop()
        for screen in self._hooks():
            screen.stop()
        self.setEnabled(False)

    def show_workspace(self, key: str, leave: Callable[[], object]) -> None:
        """Bring a workspace to the front.

        Args:
            key: which; one that the role lacks is left alone.
            leave: called before another one is shown than the one in front: nothing stays open behind it.
        """
        if (key not in self._entries and key not in self.keys) or key == self.current:
            return
        leave()
        if self.current in self.keys:
            self._before = self.current
        if (front := self._front()) is not None:
            front.forget()
        self._turn_to(key)

    def focus_first(self) -> None:
        """Put the focus where the work of the workspace in front starts."""
        if (front := self._front()) is not None:
            front.focus_first()

    def focus_list(self) -> None:
        """Put the focus into the list of accounts."""
        if self.accounts is not None:
            self.accounts.focus_list()

    def close_innermost(self) -> bool:
        """Esc: what is open in the workspace in front, then one without a tab itself; whether there was something."""
        front = self._front()
        if front is None:
            return False
        if front.close_innermost():
            return True
        if self.current in self.keys:
            return False
        self.back()
        return True

    def take_changes(self, topics: frozenset[str]) -> None:
        """The office told that something changed: who shows it looks again."""
        for screen in self._hooks():
            if topics & screen.topics:
                screen.look_again()

    def back(self) -> None:
        """From a workspace without a tab to the one before it."""
        self.show_workspace(self._before, lambda: None)

    def _turn_to(self, key: str) -> None:
        if key == CONSOLE:
            self.setCurrentWidget(self._work)
            self._work.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            screen = self._made.get(key) or self._make(self._entries[key])
            self.setCurrentWidget(screen)
            assert isinstance(screen, Workspace)
            screen.come()
        self.shown.emit(key)

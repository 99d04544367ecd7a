"""Where a person goes in the console: to a workspace and what is named there, to the next region, to the search."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.ui.console.workspace_entries import (
    ACCOUNTS,
    APPROVALS,
    CONSOLE,
    MY_ACCOUNT,
    PRIVACY_DESK,
    TRAINING,
    WHO_SAW,
)

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen


class Going(QObject):
    """The ways inside one console; there is none once the session is being left."""

    def __init__(self, screen: "ConsoleScreen") -> None:
        super().__init__(screen)
        self._screen = screen

    def join(self) -> None:
        """Go wherever a part of the console says."""
        screen = self._screen
        screen.field_actions.learn_wanted.connect(self.show_lesson)
        screen.training_watch.wanted.connect(self.show_lesson)
        screen.card.who_saw_wanted.connect(self.show_who_saw)
        screen.card.find_wanted.connect(self.focus_search)
        screen.bar.workspace_wanted.connect(self.show_workspace)
        screen.bar.account_wanted.connect(lambda: self.show_workspace(MY_ACCOUNT))
        screen.request_waits.action.clicked.connect(lambda: self.show_workspace(APPROVALS))
        screen.due.wanted.connect(self.show_due)
        screen.workspaces.shown.connect(self._on_workspace_shown)
        screen.colleagues.told.connect(self._on_colleague_done)

    # workspaces ----------------------------------------------------------------------------------------------------
    def show_workspace(self, key: str) -> None:
        """Bring a workspace to the front; nothing stays open behind it."""
        if not self._screen.leaving.is_begun:
            self._screen.workspaces.show_workspace(key, self._screen.closing.leave_work)

    def at_work(self, act: Callable[[], object]) -> None:
        """Do something with customers, in front; nothing where the role has none."""
        if CONSOLE in self._screen.workspaces.keys and not self._screen.leaving.is_begun:
            self.show_workspace(CONSOLE)
            act()

    def show_who_saw(self) -> None:
        """Who saw the data of the customer on the card; without one, where one asks by number."""
        from app.ui.who_saw.screen import WhoSawScreen

        workspaces = self._screen.workspaces
        customer = self._screen.card.customer if workspaces.current == CONSOLE else None
        self.show_workspace(WHO_SAW)
        screen = workspaces.screen_of(WHO_SAW)
        if customer is not None and isinstance(screen, WhoSawScreen):
            screen.show_customer(customer.record, customer.number)

    def show_due(self, page: str, key: str) -> None:
        """The request or the incident whose clock presses."""
        from app.ui.privacy.screen import PrivacyScreen

        workspaces = self._screen.workspaces
        self.show_workspace(PRIVACY_DESK)
        screen = workspaces.screen_of(PRIVACY_DESK)
        if isinstance(screen, PrivacyScreen) and workspaces.current == PRIVACY_DESK:
            screen.show_item(page, key)

    def show_lesson(self, key: str) -> None:
        """The lesson, or the rules of conduct, that open something; empty: what is due."""
        from app.ui.training.screen import TrainingScreen

        self.show_workspace(TRAINING)
        screen = self._screen.workspaces.screen_of(TRAINING)
        if key and isinstance(screen, TrainingScreen):
            screen.show_lesson(key)

    def _on_workspace_shown(self, key: str) -> None:
        self._screen.bar.show_workspace(key)
        if key == APPROVALS:
            self._screen.request_waits.say("")
        if key == CONSOLE:
            self._screen.face.search.focus_search()

    # the focus -----------------------------------------------------------------------------------------------------
    def next_region(self, step: int) -> None:
        """Go to the next region (1) or the previous one (-1)."""
        regions, workspaces = self._screen.regions, self._screen.workspaces
        if workspaces.current == CONSOLE:
            regions.go(step)
        else:
            regions.go_past(workspaces, step)

    def focus_search(self) -> None:
        """Put the focus into the search of the customers; into that of the accounts where the role sees no customer."""
        if CONSOLE in self._screen.workspaces.keys:
            self.at_work(self._screen.face.search.focus_search)
        else:
            self.show_workspace(ACCOUNTS)
            self._screen.workspaces.focus_first()

    def focus_check(self) -> None:
        """Put the focus into the identity check of the customer on the card."""
        if self._screen.card.check is not None:
            self._screen.card.check.focus_check()

    def _on_colleague_done(self, sentence: str, more: bool) -> None:
        """A colleague holds their classes: say it; with nobody left to hand keys to, back to the list in front."""
        face, workspaces = self._screen.face, self._screen.workspaces
        self._screen.status.say(sentence)
        if not more:
            if workspaces.current == ACCOUNTS:
                workspaces.focus_list()
            elif face.view.currentIndex().isValid():
                face.view.setFocus(Qt.FocusReason.OtherFocusReason)
            else:  # the list would make its first customer the current one, and open the card
                face.search.focus_search()

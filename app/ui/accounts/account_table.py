"""The table of accounts, which a state narrows as well."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.session.accounts import Account, AccountState
from app.ui.accounts.account_columns import ACCOUNTS, Column
from app.ui.console.search_bar import Picker
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.listed_table import ListedTable, TableWords

_WIDTHS: dict[int, int] = {
    Column.ACCOUNT: 142,
    Column.ROLE: 152,
    Column.QUEUES: 132,
    Column.LAST: 116,
    Column.STATE: 160,
}


class AccountTable(ListedTable[Account]):
    """Everybody's accounts; `chosen` tells a name.

    Signals:
        new_wanted: somebody wants to make an account.
    """

    new_wanted = Signal()

    def __init__(self, look: Look, *, may_make: bool) -> None:
        super().__init__(look, ACCOUNTS, "account", _WIDTHS, Column.PERSON)
        if not may_make:  # never shown before it has a place: it would be a window of its own
            self.new.hide()

    def say(self) -> TableWords:
        """What it says."""
        return TableWords(
            find=self.tr("Person, account, role, queue"),
            finding=self.tr("Find accounts by person, account, role or queue"),
            table=self.tr("Accounts"),
            nothing=self.tr("No account fits. Check the spelling, or look in all states."),
            all=self.tr("Show all accounts"),
            count=self.tr("{n} of {total} accounts"),
        )

    def make_more(self, head: QHBoxLayout) -> None:
        """States, and New account."""
        self.state = Picker(self._look)
        self.state.setObjectName("account_state")
        self.state.setAccessibleName(self.tr("State"))
        for text, state in (
            (self.tr("All states"), None),
            (self.tr("Active"), AccountState.ACTIVE),
            (self.tr("Invited"), AccountState.INVITED),
            (self.tr("Reset"), AccountState.RESET),
            (self.tr("Closed"), AccountState.CLOSED),
        ):
            self.state.addItem(text, state)
        self.state.setMinimumWidth(self._look.px(140))
        self.state.currentIndexChanged.connect(lambda _index: self.look_for())
        head.addWidget(self.state)
        self.new = Button(self._look, self.tr("New account"), "primary", icon="user-plus", name="new_account")
        self.new.clicked.connect(self.new_wanted)
        head.addWidget(self.new)

    def narrowed(self) -> Callable[[Account], bool] | None:
        """The state that is chosen, if one is."""
        state = self.state.currentData()
        return None if not state else lambda account: account.state == state

    def widen(self) -> None:
        """Every state."""
        self.state.setCurrentIndex(0)

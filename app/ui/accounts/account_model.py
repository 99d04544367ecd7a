"""The accounts as a table: filtered by what is typed and by state, in the order of names."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.session.accounts import Account, AccountState
from app.ui.accounts.words import state_name, when
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import role_name

ACCOUNT_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    PERSON = 0
    ACCOUNT = 1
    ROLE = 2
    QUEUES = 3
    LAST = 4
    STATE = 5


class AccountModel(QAbstractTableModel):
    """Every account that fits the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Account, ...] = ()
        self._shown: list[Account] = []
        self._text, self._state = "", ""

    @property
    def total(self) -> int:
        """How many accounts there are."""
        return len(self._all)

    def show(self, accounts: tuple[Account, ...]) -> None:
        """Take another listing."""
        self._all = accounts
        self._filter()

    def look_for(self, text: str, state: AccountState | None) -> None:
        """Show what fits: words in name, account, role or queue; a state or all."""
        self._text, self._state = text.casefold().strip(), state or ""
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [a for a in self._all if self._fits(a)]
        self.endResetModel()

    def _fits(self, account: Account) -> bool:
        words = f"{account.display_name} {account.account} {role_name(account.role)} {' '.join(account.queues)}"
        fits_state = not self._state or account.state == self._state
        return fits_state and all(word in words.casefold() for word in self._text.split())

    def account(self, row: int) -> Account | None:
        """The account of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, name: str) -> int:
        """The row of an account, or -1."""
        return next((at for at, account in enumerate(self._shown) if account.account == name), -1)

    def named(self, name: str) -> Account | None:
        """An account by its name, shown or not."""
        return next((account for account in self._all if account.account == name), None)

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many fit."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Six."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _heading(Column(section))

    def data(self, index: _Index, role: int = 0) -> object:
        """Text of a cell, or the account behind it."""
        account = self.account(index.row())
        if account is None:
            return None
        if role == ACCOUNT_ROLE:
            return account
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(account, Column(index.column()))
        return None


def _heading(column: Column) -> str:
    names = {
        Column.PERSON: _tr("Person"),
        Column.ACCOUNT: _tr("Account"),
        Column.ROLE: _tr("Role"),
        Column.QUEUES: _tr("Queues"),
        Column.LAST: _tr("Last sign-in"),
        Column.STATE: _tr("State"),
    }
    return names[column]


def _cell(account: Account, column: Column) -> str:
    texts = {
        Column.PERSON: account.display_name,
        Column.ACCOUNT: account.account,
        Column.ROLE: role_name(account.role),
        Column.QUEUES: queues_text(account.queues),
        Column.LAST: when(account.last_sign_in or 0),
        Column.STATE: state_name(account),
    }
    return texts[column]


@said
def queues_text(queues: tuple[str, ...]) -> str:
    """Queues in a line."""
    return _tr("All") if "*" in queues else ", ".join(queues)

"""The columns of the table of accounts."""

from enum import IntEnum

from app.session.accounts import Account, AccountState
from app.ui.accounts.words import state_name, state_sign, when
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.widgets.listed_model import Listed
from app.ui.words import role_name


class Column(IntEnum):
    """Columns from left to right."""

    PERSON = 0
    ACCOUNT = 1
    ROLE = 2
    QUEUES = 3
    LAST = 4
    STATE = 5


def _heading(column: int) -> str:
    names = {
        Column.PERSON: _tr("Person"),
        Column.ACCOUNT: _tr("Account"),
        Column.ROLE: _tr("Role"),
        Column.QUEUES: _tr("Queues"),
        Column.LAST: _tr("Last sign-in"),
        Column.STATE: _tr("State"),
    }
    return names[Column(column)]


def _cell(account: Account, column: int) -> str:
    texts = {
        Column.PERSON: account.display_name,
        Column.ACCOUNT: account.account,
        Column.ROLE: role_name(account.role),
        Column.QUEUES: queues_text(account.queues),
        Column.LAST: when(account.last_sign_in or 0),
        Column.STATE: state_name(account),
    }
    return texts[Column(column)]


@said
def queues_text(queues: tuple[str, ...]) -> str:
    """Queues in a line."""
    return _tr("All") if "*" in queues else ", ".join(queues)


def _words(account: Account) -> str:
    return f"{account.display_name} {account.account} {role_name(account.role)} {' '.join(account.queues)}"


ACCOUNTS = Listed[Account](
    columns=Column,
    key=lambda account: account.account,
    words=_words,
    heading=_heading,
    cell=_cell,
    sign=state_sign,
    ink=lambda account: "ink3" if account.state is AccountState.CLOSED else "ink",
)

"""Messages about other people's accounts, for administrators."""

from pydantic import Field

from app.api.messages.book import BookEntry
from app.api.messages.wire import Id16, Message, Name, SlotKey

MOST_QUEUES = 500


class RunningSession(Message):
    """One running session of an account."""

    session: Id16
    kind: str
    seat: str
    started_ms: int


class AccountRow(Message):
    """What the office knows of an account besides the book.

    Attributes:
        account: account name.
        display_name: the person's name, from a row that the book does not cover.
        last_sign_in_ms: when the account last signed in, or None.
        sessions: what runs now.
        failed: failed tries in a row at this workstation.
        wait_s: seconds until the next try is judged.
        codes_wait_s: seconds until codes are taken again, 0 where they are taken.
        code_until_ms: until when the activation code opens, or None where none does.
        has_slot: whether its password opens the office's file at this workstation; after a recovery with the kit
            only those do who were let in again.
    """

    account: str
    display_name: str
    last_sign_in_ms: int | None
    sessions: tuple[RunningSession, ...]
    failed: int
    wait_s: int
    codes_wait_s: int
    code_until_ms: int | None
    has_slot: bool


class AccountRows(Message):
    """Every account but the recovery kit's; role, queues, state and classes are in the book.

    Attributes:
        accounts: one row each.
        queues: queues that customers lie in, by name, the first five hundred: what a form may offer.
    """

    accounts: tuple[AccountRow, ...]
    queues: tuple[Name, ...] = Field(max_length=MOST_QUEUES)


class ChangeAccount(Message):
    """A signed entry that changes role or queues, or closes."""

    entry: BookEntry


class NewCode(Message):
    """A signed invitation over one that nobody has used, with the slot key that the new code gives."""

    entry: BookEntry
    slot_key: SlotKey


class EndSessions(Message):
    """End the sessions of one account, or of everybody but whoever asks."""

    account: Name | None = None


class EndedSessions(Message):
    """How many were ended."""

    ended: int = Field(ge=0)

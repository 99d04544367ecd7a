"""Messages about backups: one begins, how far it is, which period keys there are."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.wire import Message

PlacePath = Annotated[str, Field(min_length=1, max_length=4000)]


class BackupBegin(Message):
    """Make a backup into a folder, and put a copy of the period keys into a file apart from it."""

    folder: PlacePath
    keys: PlacePath


class BackupState(Message):
    """How far the last backup is.

    Attributes:
        state: none, running, done or failed.
        done: bytes of the copy that are sealed.
        total: bytes of the copy, 0 while it is still being made.
        office_file, records_file: where it lies.
        size_bytes: of both.
        customers: record keys in it.
        destroyed: periods whose time was over, and whose keys are gone.
        code: of what failed.
        message: what failed, and what to do.
    """

    state: Literal["none", "running", "done", "failed"]
    done: int = 0
    total: int = 0
    office_file: str = ""
    records_file: str = ""
    size_bytes: int = 0
    customers: int = 0
    destroyed: tuple[str, ...] = ()
    code: str = ""
    message: str = ""


class BackupKeysFile(Message):
    """Which file of keys."""

    keys: PlacePath


class PeriodState(Message):
    """One period's key."""

    period: str
    made_ms: int
    destroyed_ms: int
    is_due: bool


class PeriodStates(Message):
    """All period keys that are known."""

    periods: tuple[PeriodState, ...]


class DestroyPeriod(Message):
    """Destroy a period's key, here and in a copy, as two people have signed (`app/auth/period_end.py`)."""

    order: Annotated[str, Field(min_length=1, max_length=4000)]
    keys: PlacePath


class PeriodEnded(Message):
    """The office's proof that a period's key is destroyed."""

    certificate: str

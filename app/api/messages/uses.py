"""Messages of acting by reference: a value is used by a program and shown to nobody.

No answer holds a value, a blob or a share: a console gets the boxed data key, makes its half of one value's key, and
seals that to the office.
"""

from pydantic import Field

from app.api.messages.customers import SealedPackage
from app.api.messages.wire import Blob, Id16, Message, Name, Word, Words
from app.domain.action_run import Ran


class OfferedAction(Message):
    """An action that this person may take; nothing of how it is done."""

    code: Word
    label_en: str
    label_id: str
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    needs_reason: bool
    needs_caller: bool


class OfferedActions(Message):
    """All actions that this person may take, and how many of this shift are left."""

    actions: tuple[OfferedAction, ...]
    left: int


class PrepareUse(Message):
    """One field of one record is about to be used."""

    record: Id16
    field: Name
    action: Word


class UsePrepared(Message):
    """What a console needs to make its half: box and salt."""

    package: SealedPackage


class UseRequest(Message):
    """Have one value used, signed by the session key.

    Attributes:
        request: made by the console; counts once.
        sealed_half: HPKE(the office's key; E; LP("use", O, session, ctx)).
    """

    request: Id16
    record: Id16
    field: Name
    action: Word
    reason: str = Field(default="", max_length=64)
    words: Words = ""
    sealed_half: Blob
    signature: Blob


class UseAnswer(Message):
    """How the action's program ended.

    Attributes:
        how: see `Ran`.
        status: its exit code or signal.
        entry: number of the entry that stands in the log since before the value was opened.
    """

    how: Ran
    status: int
    entry: int

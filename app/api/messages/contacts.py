"""Messages about contacts: visits to a customer, each with its note and its wrap-up."""

from typing import Annotated

from pydantic import Field

from app.api.messages.wire import Id16, Message, Word

MOST_TAGS = 4
DayText = Annotated[str, Field(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
TimeText = Annotated[str, Field(pattern="^([0-9]{2}:[0-9]{2})?$")]
OptionalWord = Annotated[str, Field(pattern="^[a-z_]{0,32}$")]
CallMark = Annotated[str, Field(pattern="^([0-9a-f]{16})?$")]
_MS = Annotated[int, Field(ge=0, le=2**53)]


class WrapUp(Message):
    """What is chosen at the end of a visit; words of the policy, no text of one's own.

    Attributes:
        outcome: how it ended; empty while nothing is chosen.
        tags: what it was about.
        call_back_day, call_back_at: when to call back, by the office's clock; empty for never, or at any time of it.
    """

    outcome: OptionalWord = ""
    tags: tuple[Word, ...] = Field(default=(), max_length=MOST_TAGS)
    call_back_day: DayText = ""
    call_back_at: TimeText = ""


class SaveContact(Message):
    """One state of a contact.

    Attributes:
        contact: made by the console before its first try.
        revision: number of the state: one that comes late never takes a newer one's place.
        started_ms, ended_ms: by the console's clock; no end: it is not finished, or was brought back.
        note: the note that was written meanwhile, if any.
        call: digest of the call's id, if it was on a call (`app/session/calls.py`).
    """

    contact: Id16
    record: Id16
    revision: int = Field(ge=1, le=1_000_000_000)
    started_ms: _MS
    ended_ms: _MS | None
    wrap_up: WrapUp
    note: Id16 | None = None
    call: CallMark = ""


class ContactSaved(Message):
    """It is durable; whether the customer's last contact is another one now."""

    at_ms: int
    moves_last: bool = False


class PastContact(Message):
    """A finished contact."""

    contact: Id16
    account: str
    name: str
    started_ms: int
    ended_ms: int
    wrap_up: WrapUp
    note: Id16 | None
    was_call: bool


class OpenContact(Message):
    """An own contact that was not finished."""

    contact: Id16
    record: Id16
    revision: int
    started_ms: int
    wrap_up: WrapUp
    note: Id16 | None
    call: CallMark


class ContactsOf(Message):
    """A customer's contacts, the newest first, and one's own that is not finished."""

    past: tuple[PastContact, ...]
    unfinished: OpenContact | None


class DueCallBack(Message):
    """A customer who was promised a call, which is due."""

    record: Id16
    day: str
    at: str
    is_own: bool


class Standing(Message):
    """What waits for a person, and whom they have served since the office's day began."""

    due: tuple[DueCallBack, ...]
    unfinished: tuple[OpenContact, ...]
    served: tuple[Id16, ...]

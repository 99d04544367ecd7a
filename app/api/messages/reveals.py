"""Messages of reveals, unlocks and notes."""

from pydantic import Field

from app.api.messages.customers import MaskText, SealedPackage
from app.api.messages.wire import MOST_ENTRIES, Blob, Id16, Key32, Message, Name, Words
from app.domain.kept_find import LONGEST_FIND, MOST_KEPT


class RevealRequest(Message):
    """One field of one record, signed by the session key."""

    request: Id16
    record: Id16
    field: Name
    reason: Name
    words: Words = ""
    unlock: Id16 | None = None
    signature: Blob


class RevealAnswer(Message):
    """Blob, box and share: released after the entry was committed.

    `sealed_half` and the grant's parts come with an unlock only.
    """

    package: SealedPackage
    blob: Blob
    share: Key32
    entry: int
    sealed_half: Blob | None = None


class CopyNotice(Message):
    """A revealed value is about to go to the clipboard."""

    record: Id16
    field: Name


class ClassQuota(Message):
    """How a person stands with a class that their role reveals.

    Attributes:
        used: of `shift` in this shift.
        pace_used: of `pace_count` in the last `pace_s` seconds.
        shut: why the next one is refused (`quota`, `quota_pace`, `off_hours`), or empty.
        wait_s: until it opens again by itself; 0 while it is open.
        needs_code: outside the hours of work, where a fresh code is needed.
    """

    data_class: str
    used: int
    shift: int
    pace_used: int
    pace_count: int
    pace_s: int
    shut: str
    wait_s: int
    needs_code: bool


class Quotas(Message):
    """By class; empty for a role that reveals nothing."""

    classes: tuple[ClassQuota, ...]


class AskUnlock(Message):
    """An agent asks for one field."""

    request: Id16
    record: Id16
    field: Name
    reason: Name
    words: Words


class OwnRequest(Message):
    """A request as its agent sees it; once approved, with the grant.

    Attributes:
        deciders: how many who may decide on it are at work now; None once it waits no more.
    """

    id: Id16
    record: Id16
    field: str
    state: str
    asked_ms: int
    until_ms: int
    decided_by: str
    decided_name: str
    why: str
    deciders: int | None = None
    salt: Blob | None = None
    views: int = 0
    sealed_half: Blob | None = None
    signature: Blob | None = None


class OwnRequests(Message):
    """The agent's requests that wait or were just decided."""

    requests: tuple[OwnRequest, ...]
    now_ms: int


class SessionCardMark(Message):
    """The agent's session card, to be checked against the book."""

    session: Id16
    kem: Blob
    sign: Key32
    seat: str
    end_ms: int
    signature: Blob


class WaitingRequest(Message):
    """A request as a supervisor sees it.

    Attributes:
        card: whom to seal to; None while the agent's console is locked.
    """

    id: Id16
    agent: str
    agent_name: str
    seat: str
    number: str
    record: Id16
    field: str
    data_class: str
    mask: MaskText
    reason: str
    words: str
    asked_ms: int
    until_ms: int
    is_identified: bool
    card: SessionCardMark | None
    package: SealedPackage


class WaitingRequests(Message):
    """Everything that this person may decide."""

    requests: tuple[WaitingRequest, ...]
    now_ms: int


class ApproveUnlock(Message):
    """A signed unlock grant.

    Attributes:
        sealed_to: SHA-256 of the session's public key that the half was sealed to.
    """

    expiry_ms: int = Field(ge=0, le=MOST_ENTRIES)
    views: int = Field(ge=1, le=10)
    salt: Id16
    sealed_half: Blob
    sealed_to: Key32
    signature: Blob


class RefuseUnlock(Message):
    """A refusal with a reason for the agent."""

    why: str = Field(min_length=1, max_length=300)


class KeptInNote(Message):
    """A find that is to stay in a note as typed.

    Attributes:
        text: as it stands in the note.
        reason: code of a reason of the policy.
    """

    text: str = Field(min_length=1, max_length=LONGEST_FIND)
    reason: str = Field(min_length=1, max_length=32)


class SaveNote(Message):
    """A note's text; the office seals it to the class `note`.

    Attributes:
        note: made by the console before its first try.
        record: whose.
        text: all of it.
        revision: number of the save in its session: a text that comes late never takes a newer one's place.
        keeps: finds that are to stay; the office masks those that its policy does not let stay.
    """

    note: Id16
    record: Id16
    text: str = Field(max_length=20_000)
    revision: int = Field(default=1, ge=1, le=1_000_000_000)
    keeps: tuple[KeptInNote, ...] = Field(default=(), max_length=MOST_KEPT)


class NoteSaved(Message):
    """When it was sealed and durable."""

    at_ms: int


class ReadNotes(Message):
    """All notes of one record, as one logged read, signed by the session key."""

    request: Id16
    record: Id16
    signature: Blob


class SealedNote(Message):
    """One sealed note with its share."""

    id: Id16
    author: str
    author_name: str
    at_ms: int
    package: SealedPackage
    blob: Blob
    share: Key32


class SealedNotes(Message):
    """The notes of one record, the newest first."""

    notes: tuple[SealedNote, ...]
    entry: int


class NoteCount(Message):
    """How many notes there are; not an opening."""

    count: int

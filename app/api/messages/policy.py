"""Messages about the policy and its edits. Not believed: the console compares each with the book."""

from typing import Annotated

from pydantic import Field

from app.api.messages.book import BookEntry, SignatureMark
from app.api.messages.wire import MOST_ENTRIES, Id16, Key32, Message

Why = Annotated[str, Field(min_length=1, max_length=400)]
PolicyToml = Annotated[str, Field(max_length=60_000)]
VersionNumber = Annotated[int, Field(ge=1, le=MOST_ENTRIES)]
Milliseconds = Annotated[int, Field(ge=0, le=MOST_ENTRIES)]


class PolicyText(Message):
    """A version: its number, when it was proposed (ms since 1970), why, and its TOML."""

    number: VersionNumber
    at_ms: Milliseconds
    why: Why
    text: PolicyToml


class PolicyAnswer(Message):
    """A version's text, or nothing: there is no such version."""

    version: PolicyText | None = None


class VersionRow(Message):
    """A version in the history, without its text.

    Attributes:
        digest: SHA-256 of the text.
        confirmed_ms: when its second person confirmed it, by the office's clock; 0 where no row tells.
    """

    number: VersionNumber
    at_ms: Milliseconds
    why: Why
    digest: Key32
    proposed_by_name: str
    confirmed_by_name: str
    confirmed_ms: Milliseconds = 0


class WaitingPolicy(Message):
    """An edit that waits for its second person."""

    id: Id16
    version: PolicyText
    signature: SignatureMark
    proposed_by_name: str
    until_ms: int


class RefusedPolicy(Message):
    """The newest of one's own edits that somebody refused, and who. Told for the status line, not believed."""

    id: Id16
    by_name: str


class PolicyHistory(Message):
    """All versions, the oldest first, the edit that waits, and what became of one's own."""

    versions: tuple[VersionRow, ...] = ()
    waiting: WaitingPolicy | None = None
    refused: RefusedPolicy | None = None


class ProposePolicy(Message):
    """An edit, and its first person's signature under the entry that it will be."""

    version: PolicyText
    signature: SignatureMark


class ProposedPolicy(Message):
    """An edit that waits now."""

    id: Id16
    until_ms: int


class ConfirmPolicy(Message):
    """The entry with both signatures, at the place that is next."""

    entry: BookEntry

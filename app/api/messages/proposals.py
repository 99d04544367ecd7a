"""Messages about entries of the book that need two people: proposed by one, confirmed or refused by another."""

from typing import Literal

from pydantic import Field

from app.api.messages.book import BookEntry, BookName, BookWord, SignatureMark
from app.api.messages.wire import Blob, Id16, Message, Name, SlotKey, Word

MOST_GRANTS = 5_000
"""Accounts to which a proposed class key is sealed beforehand."""


class ProposedEntry(Message):
    """An entry of the book without its place."""

    kind: Literal["account", "class"]
    name: BookName
    role: BookWord = ""
    queues: tuple[BookWord, ...] = Field(default=(), max_length=100)
    state: BookWord = ""
    kem: Blob = b""
    sign: Blob = b""
    activation: Blob = b""


class SealedTo(Message):
    """A proposed class key, sealed to one account."""

    account: Name
    sealed: Blob


class Propose(Message):
    """A proposal, its first person's signature, and what belongs to it once it is confirmed.

    Attributes:
        reason: what for, a word of the program.
        slot_key: of a reset: the slot key that its activation code gives.
        grants: of a class key: the key sealed to whom the book shows holding the class.
    """

    proposal: ProposedEntry
    signature: SignatureMark
    reason: Word
    slot_key: SlotKey | None = None
    grants: tuple[SealedTo, ...] = Field(default=(), max_length=MOST_GRANTS)


class Proposed(Message):
    """A proposal that waits now."""

    id: Id16
    until_ms: int


class WaitingProposal(Message):
    """A proposal that waits for its second person. Not believed: the signature is checked against the book."""

    id: Id16
    proposal: ProposedEntry
    signature: SignatureMark
    reason: str
    display_name: str
    proposed_by_name: str
    proposed_ms: int
    until_ms: int


class WaitingProposals(Message):
    """Everything that waits, the oldest first."""

    proposals: tuple[WaitingProposal, ...]


class Confirm(Message):
    """The entry with both signatures, at the place that is next."""

    entry: BookEntry

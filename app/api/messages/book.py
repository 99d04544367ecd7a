"""An entry of the book on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.wire import MOST_ENTRIES, Blob, Key32, Message

BookName = Annotated[str, Field(max_length=80)]
"""A name in the book, with what may follow its `#`."""
BookWord = Annotated[str, Field(max_length=32)]
"""A role, a state or a queue."""


class SignatureMark(Message):
    """Who signed, and the signature."""

    signer: BookName
    value: Blob


class BookEntry(Message):
    """One entry of the book."""

    number: int = Field(ge=0, le=MOST_ENTRIES)
    previous: Key32
    kind: Literal["office", "account", "class", "grant", "policy"]
    name: BookName
    role: BookWord
    queues: tuple[BookWord, ...] = Field(max_length=100)
    state: BookWord
    kem: Blob
    sign: Blob
    activation: Blob
    signatures: tuple[SignatureMark, ...] = Field(max_length=8)


class BookPage(Message):
    """Entries after a number."""

    entries: tuple[BookEntry, ...]

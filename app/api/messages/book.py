"""An entry of the book on the wire."""

from typing import Literal

from pydantic import Field

from app.api.messages.wire import Blob, Key32, Message


class SignatureMark(Message):
    """Who signed, and the signature."""

    signer: str
    value: Blob


class BookEntry(Message):
    """One entry of the book."""

    number: int
    previous: Key32
    kind: Literal["office", "account", "class", "grant"]
    name: str
    role: str
    queues: tuple[str, ...] = Field(max_length=100)
    state: str
    kem: Blob
    sign: Blob
    activation: Blob
    signatures: tuple[SignatureMark, ...] = Field(max_length=8)


class BookPage(Message):
    """Entries after a number."""

    entries: tuple[BookEntry, ...]

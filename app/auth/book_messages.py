"""The book on the wire: entries and messages turn into each other."""

from app.api.messages.book import BookEntry, SignatureMark
from app.auth.book import Entry, Kind, Signature


def entry_message(entry: Entry) -> BookEntry:
    """An entry of the book as a message."""
    marks = tuple(SignatureMark(signer=s.signer, value=s.value) for s in entry.signatures)
    return BookEntry(
        number=entry.number,
        previous=entry.previous,
        kind=entry.kind.value,
        name=entry.name,
        role=entry.role,
        queues=entry.queues,
        state=entry.state,
        kem=entry.kem,
        sign=entry.sign,
        activation=entry.activation,
        signatures=marks,
    )


def entry_of(message: BookEntry) -> Entry:
    """An untrusted entry from a message; the book judges it.

    Raises:
        ValueError: a kind that no book has.
    """
    return Entry(
        number=message.number,
        previous=message.previous,
        kind=Kind(message.kind),
        name=message.name,
        role=message.role,
        queues=message.queues,
        state=message.state,
        kem=message.kem,
        sign=message.sign,
        activation=message.activation,
        signatures=tuple(Signature(s.signer, s.value) for s in message.signatures),
    )

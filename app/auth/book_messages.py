"""The book on the wire: entries and messages turn into each other."""

from app.api.messages.book import BookEntry, SignatureMark
from app.api.messages.proposals import ProposedEntry
from app.auth.book import Entry, Kind, Proposal, Signature


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


def proposal_message(proposal: Proposal) -> ProposedEntry:
    """A proposal as a message."""
    p = proposal
    return ProposedEntry(
        kind="class" if p.kind is Kind.CLASS else "account",
        name=p.name,
        role=p.role,
        queues=p.queues,
        state=p.state,
        kem=p.kem,
        sign=p.sign,
        activation=p.activation,
    )


def proposal_of(message: ProposedEntry) -> Proposal:
    """An untrusted proposal from a message; the book judges it."""
    m = message
    return Proposal(Kind(m.kind), m.name, m.role, m.queues, m.state, m.kem, m.sign, m.activation)

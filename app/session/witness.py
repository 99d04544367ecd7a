"""What this workstation remembers of an office: length and head of its log and its book.

Kept in the keyring; it also pins the office: an office without a witness entry is unknown here and gets no password.
"""

import json
from dataclasses import dataclass

from app.api.messages.door import WitnessMark
from app.auth.audit_chain import Witness, proves
from app.auth.book import Book
from app.auth.go_on import go_on_of
from app.domain.errors import InputRefusedError
from app.session.errors import RolledBackError
from app.storage.keyring_store import KeyStore


@dataclass(frozen=True, slots=True)
class Remembered:
    """Both chains as they were seen last; `None` for a chain that was not seen yet."""

    audit: Witness | None = None
    book: Witness | None = None

    def text(self) -> str:
        """As it lies in the keyring."""
        return json.dumps({"audit": _pair(self.audit), "book": _pair(self.book)})

    @classmethod
    def of(cls, text: str) -> "Remembered":
        """From the keyring's text."""
        data = json.loads(text)
        return cls(_witness(data["audit"]), _witness(data["book"]))


def office_key(office: bytes) -> str:
    """Name of an office in the keyring: O in hex."""
    return office.hex()


def recall(store: KeyStore, office: bytes) -> Remembered | None:
    """What is remembered of an office, or None for an unknown one."""
    text = store.witness(office_key(office))
    return Remembered.of(text) if text is not None else None


def remember(store: KeyStore, office: bytes, remembered: Remembered) -> None:
    """Keep what was seen; this also pins the office. What is remembered of a chain never gets shorter."""
    known = recall(store, office) or Remembered()
    longer = Remembered(_longer(known.audit, remembered.audit), _longer(known.book, remembered.book))
    store.put_witness(office_key(office), longer.text())


def accept(store: KeyStore, office: bytes, remembered: Remembered) -> None:
    """Keep this in place of what was remembered, also where it is shorter: two kit holders have said so."""
    store.put_witness(office_key(office), remembered.text())


def go_on_with(store: KeyStore, untrusted: str) -> Witness:
    """Remember what a restore has signed, in place of what was remembered of that office.

    Args:
        store: the keyring.
        untrusted: the word (`app/auth/go_on.py`).

    Returns:
        The log's end.

    Raises:
        InputRefusedError: it is none, or of an office that this workstation does not know.
    """
    said = go_on_of(untrusted)
    if recall(store, said.office) is None:
        raise InputRefusedError("This workstation does not know the office that this word is of.", code="go_on")
    accept(store, said.office, Remembered(said.audit, said.book))
    return said.audit


def check_book(book: Book, seen: Witness | None) -> None:
    """Demand that the book contains what was seen.

    Raises:
        RolledBackError: it is shorter, or another one.
    """
    if seen is not None and book.hash_at(seen.length) != seen.head:
        raise RolledBackError("The office's book is older than this workstation remembers. Tell your administrator.")


def check_audit(now: WitnessMark, digests: tuple[bytes, ...], seen: Witness | None) -> None:
    """Demand a proof that the log contains what was seen.

    Raises:
        RolledBackError: it is shorter, or another one.
    """
    if seen is None:
        return
    if now.length != seen.length + len(digests) or not proves(seen, now.head, digests):
        raise RolledBackError("The office's log is not the one this workstation remembers. Tell your administrator.")


def mark(message: WitnessMark) -> Witness:
    """A witness from a message."""
    return Witness(message.length, message.head)


def mark_of_book(book: Book) -> Witness:
    """A book's length and head."""
    return Witness(book.length, book.head)


def _longer(known: Witness | None, seen: Witness | None) -> Witness | None:
    return known if known and (seen is None or known.length > seen.length) else seen


def _pair(witness: Witness | None) -> list[object] | None:
    return [witness.length, witness.head.hex()] if witness else None


def _witness(pair: list[object] | None) -> Witness | None:
    return Witness(int(str(pair[0])), bytes.fromhex(str(pair[1]))) if pair else None

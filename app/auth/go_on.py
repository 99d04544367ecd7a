"""The word by which workstations go on with a log that is shorter than they remember: the root says so.

A workstation remembers how long log and book were, and refuses less: a server that was put back in secret looks the
same as one that was restored. Two holders of the recovery kit are there at a restore; what they have opened signs where
log and book end now, and whoever is at a workstation hands that word on. It names this one end and no other.

    signed = LP("go-on", O, length of the log, its head, length of the book, its head, time)
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from app.auth.audit_chain import Witness
from app.crypto import signing
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError

_LONGEST = 2048
_HEAD_BYTES = 32


@dataclass(frozen=True, slots=True)
class GoOn:
    """Where log and book of an office end after a restore.

    Attributes:
        root: the office's root public key.
        audit: the log's end.
        book: the book's end.
        at_ms: when, by the server's clock.
        signature: the root's, 64 bytes.
    """

    root: bytes
    audit: Witness
    book: Witness
    at_ms: int
    signature: bytes

    @property
    def office(self) -> bytes:
        """O."""
        return sha256(self.root)

    @classmethod
    def signed(cls, seed: bytes, audit: Witness, book: Witness, at_ms: int) -> "GoOn":
        """Say it, with the root's seed."""
        root = signing.public_of(seed)
        return cls(root, audit, book, at_ms, signing.sign(seed, _body(sha256(root), audit, book, at_ms)))

    def word(self) -> str:
        """As it is handed on: one word, no secret."""
        ends = [part for end in (self.audit, self.book) for part in (end.length, end.head.hex())]
        said = [self.root.hex(), *ends, self.at_ms, self.signature.hex()]
        return urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode()


def go_on_of(untrusted: str) -> GoOn:
    """Read such a word.

    Raises:
        InputRefusedError: it is none, or its signature is not that of the root that it names.
    """
    try:
        root, length, head, book_length, book_head, at_ms, signature = json.loads(
            urlsafe_b64decode(untrusted[:_LONGEST])
        )
        audit, book = _end(length, head), _end(book_length, book_head)
        found = GoOn(bytes.fromhex(root), audit, book, int(at_ms), bytes.fromhex(signature))
        signing.check(found.root, found.signature, _body(found.office, audit, book, found.at_ms))
    except (ValueError, TypeError, OverflowError, binascii.Error, SealError) as e:
        raise InputRefusedError(
            "This is not the word that a restore gave. Take it whole, from its first letter to its last.", code="go_on"
        ) from e
    return found


def _end(length: object, head: object) -> Witness:
    end = Witness(int(str(length)), bytes.fromhex(str(head)))
    if end.length < 0 or len(end.head) != _HEAD_BYTES:
        raise ValueError("no end of a chain")
    return end


def _body(office: bytes, audit: Witness, book: Witness, at_ms: int) -> bytes:
    return lp("go-on", office, audit.length, audit.head, book.length, book.head, at_ms)

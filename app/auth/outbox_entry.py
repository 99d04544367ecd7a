"""An entry of the outbox: what a console keeps for its office while that is away, sealed so that only the office reads.

Entry = HPKE(back office; LP("outbox-sealed", body, Ed25519 by the account) padded to 512; LP("outbox", O)), where body
is LP("outbox-entry", O, account, session, number, previous hash, kind, id, payload). The hash of an entry is
SHA-256(LP("outbox-link", entry as it is sealed)): a console, which cannot read its own entries back, still knows it.
Before a session's first entry it is SHA-256(LP("outbox-start", O, session)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from struct import error as struct_error

from app.crypto import hpke, signing
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp, unlp
from app.crypto.padding import padded, unpadded
from app.domain.kept_find import KeptFind

BLOCK = 512
ID_BYTES = 16
_NUMBER_BYTES = 8


class EntryKind(StrEnum):
    """What an entry carries. The last two close the session: a resume may write on behind the first of them."""

    NOTE = "note"
    CONTACT = "contact"
    LOCK = "lock"
    END = "end"

    @property
    def closes(self) -> bool:
        """Whether it closes the session."""
        return self in (EntryKind.LOCK, EntryKind.END)


@dataclass(frozen=True, slots=True, repr=False)
class OutboxEntry:
    """One entry.

    Attributes:
        account: who wrote it.
        session: in which session, 16 bytes.
        number: its place in that session, from 1.
        previous: hash of the entry before it, 32 bytes.
        kind: what it carries.
        id: of what it carries, 16 bytes: two entries of one id are two states of one thing.
        payload: what it carries.
    """

    account: str
    session: bytes
    number: int
    previous: bytes
    kind: EntryKind
    id: bytes
    payload: bytes

    def body(self, office: bytes) -> bytes:
        """What the account signs."""
        return lp(
            "outbox-entry", office, self.account, self.session, self.number, self.previous, self.kind.value, self.id,
            self.payload,
        )  # fmt: skip

    def sealed(self, office: bytes, office_public: bytes, account_seed: bytes) -> bytes:
        """Sign as the account and seal to the office.

        Args:
            office: O.
            office_public: the office's HPKE public key, as the book shows it.
            account_seed: Ed25519 seed of the account.
        """
        body = self.body(office)
        inner = lp("outbox-sealed", body, signing.sign(account_seed, body))
        return hpke.seal(office_public, padded(inner, BLOCK), lp("outbox", office))


@dataclass(frozen=True, slots=True, repr=False)
class OpenedEntry:
    """An entry that opened; its author is not proven yet."""

    entry: OutboxEntry
    body: bytes
    signature: bytes

    def check_author(self, account_public: bytes) -> None:
        """Check it against the key that *the book* shows for its account.

        Raises:
            SealError: somebody else wrote it.
        """
        signing.check(account_public, self.signature, self.body)


def open_entry(office: bytes, office_secret: bytes, sealed: bytes) -> OpenedEntry:
    """Open an entry with the office's HPKE secret.

    Raises:
        SealError: another office's, a changed byte, or another form.
    """
    text = hpke.unseal(office_secret, sealed, lp("outbox", office))
    try:
        opened = _parsed(text)
    except (ValueError, struct_error) as e:
        raise SealError("an entry of the outbox has another form") from e
    if opened.entry.body(office) != opened.body:
        raise SealError("an entry of the outbox is another office's, or has another form")
    return opened


def _parsed(text: bytes) -> OpenedEntry:
    body, signature = unlp(unpadded(text, BLOCK), "outbox-sealed")
    _office, account, session, number, previous, kind, key, payload = unlp(body, "outbox-entry")
    if len(session) != ID_BYTES or len(key) != ID_BYTES or len(number) != _NUMBER_BYTES:
        raise ValueError("a part of another length")
    entry = OutboxEntry(
        account.decode(), session, int.from_bytes(number, "big"), previous, EntryKind(kind.decode()), key, payload
    )
    return OpenedEntry(entry, body, signature)


def first_link(office: bytes, session: bytes) -> bytes:
    """The hash before a session's first entry."""
    return sha256(lp("outbox-start", office, session))


def link_of(sealed: bytes) -> bytes:
    """The hash of an entry, from what is sealed."""
    return sha256(lp("outbox-link", sealed))


def note_payload(record: bytes, revision: int, text: str, keeps: Sequence[KeptFind] = ()) -> bytes:
    """LP("outbox-note", record, revision, text as UTF-8, not normalised): one state of a note.

    Finds that are to stay as typed follow, text and reason of each. Half of a pair of surrogates, which UTF-8 lacks,
    becomes `?`.
    """
    stays = [part.encode("utf-8", "replace") for keep in keeps for part in (keep.text, keep.reason)]
    return lp("outbox-note", record, revision, text.encode("utf-8", "replace"), *stays)


def note_of(payload: bytes) -> tuple[bytes, int, str, tuple[KeptFind, ...]]:
    """Record, revision and text of a note, and the finds that are to stay in it.

    Raises:
        SealError: it is none.
    """
    try:
        record, revision, text, *stays = unlp(payload, "outbox-note")
        words, named = text.decode(), [part.decode() for part in stays]
        keeps = tuple(KeptFind(*pair) for pair in zip(named[::2], named[1::2], strict=True))
    except (ValueError, struct_error) as e:
        raise SealError("an entry of the outbox carries no note") from e
    if len(record) != ID_BYTES or len(revision) != _NUMBER_BYTES:
        raise SealError("an entry of the outbox carries no note")
    return record, int.from_bytes(revision, "big"), words, keeps

"""The audit chain: what happened, in an order that nobody rewrites unseen, without personal data of customers.

digest = SHA-256(LP("audit-entry", O, ...)); hash = SHA-256(LP("audit-link", previous, digest)). A checkpoint is an
Ed25519 signature of the back office over (number, hash). A console remembers (length, head) as witness; later the
chain must contain that head at that length: longer is fine, shorter or other is refused.
"""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from app.crypto import signing
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp

_SHA256 = hashlib.sha256
_LENGTHS = tuple(f"\0\0\0{chr(length)}" for length in range(128))
"""How `lp` writes the length of a text of so many ASCII characters."""
_NUMBERS = struct.Struct(">IQIQ").pack
_LINK_HEAD, _LINK_MIDDLE = lp("audit-link") + b"\0\0\0\x20", b"\0\0\0\x20"


@cache
def _entry_head(office: bytes) -> bytes:
    return lp("audit-entry", office)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry.

    Attributes:
        number: position, from 1.
        at_ms: time by the back office's clock.
        event: what happened, e.g. `reveal`.
        outcome: `ok`, `refused` or `failed`.
        actor: account that did it, or empty where it is not known.
        acting_with: the second identity, e.g. the supervisor of an unlock.
        session: session id in hex, or empty.
        seat: workstation.
        record: record id in hex, or empty.
        field: field name, or empty.
        data_class: class, or empty.
        reason: code of the reason or of the refusal.
        reference: id of a request, grant, note or import in hex, or empty.
        detail: counts and keyed hashes as `key=value`, never a value or free text.
        hash: the chain's hash after it, 32 bytes.
    """

    number: int
    at_ms: int
    event: str
    outcome: str
    actor: str = ""
    acting_with: str = ""
    session: str = ""
    seat: str = ""
    record: str = ""
    field: str = ""
    data_class: str = ""
    reason: str = ""
    reference: str = ""
    detail: str = ""
    hash: bytes = b""

    def digest(self, office: bytes) -> bytes:
        """Digest of everything but the hash: SHA-256(LP("audit-entry", O, number, time, texts...)).

        A log has millions of them, so the usual case, short ASCII texts, is written without a call per part; anything
        else goes through `lp`. Both give the same bytes.
        """
        n, a, b, c, d, e, f = _LENGTHS, self.event, self.outcome, self.actor, self.acting_with, self.session, self.seat
        g, h, i, j, k, m = self.record, self.field, self.data_class, self.reason, self.reference, self.detail
        try:
            text = (
                f"{n[len(a)]}{a}{n[len(b)]}{b}{n[len(c)]}{c}{n[len(d)]}{d}{n[len(e)]}{e}{n[len(f)]}{f}"
                f"{n[len(g)]}{g}{n[len(h)]}{h}{n[len(i)]}{i}{n[len(j)]}{j}{n[len(k)]}{k}{n[len(m)]}{m}"
            ).encode("ascii")
            return _SHA256(_entry_head(office) + _NUMBERS(8, self.number, 8, self.at_ms) + text).digest()
        except (IndexError, UnicodeEncodeError):
            return sha256(lp("audit-entry", office, self.number, self.at_ms, a, b, c, d, e, f, g, h, i, j, k, m))

    def chained(self, office: bytes, previous: bytes) -> "AuditEntry":
        """This entry with the hash that follows `previous`."""
        return replace(self, hash=link(previous, self.digest(office)))


WHOLE_READ = "by=whole"
"""The detail of an entry which says that somebody was handed the whole log."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The back office's signature under the chain at one length."""

    number: int
    hash: bytes
    signature: bytes

    @staticmethod
    def body(office: bytes, number: int, head: bytes) -> bytes:
        """What is signed."""
        return lp("audit-checkpoint", office, number, head)


@dataclass(frozen=True, slots=True)
class Witness:
    """What a console remembers of a chain: its length and head then."""

    length: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a verification.

    Attributes:
        entries: how many entries were read.
        first_bad: number of the first wrong or missing entry, or None.
        why: `edited`, `missing`, `order`, `tail_cut`, `checkpoint` or `witness`; empty when all is well.
    """

    entries: int
    first_bad: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether the whole chain holds."""
        return self.first_bad is None


def first_hash(office: bytes) -> bytes:
    """The chain's hash before its first entry."""
    return sha256(lp("audit-start", office))


def link(previous: bytes, digest: bytes) -> bytes:
    """The chain's hash after an entry: SHA-256(LP("audit-link", previous, digest)), both of 32 bytes."""
    return _SHA256(b"".join((_LINK_HEAD, previous, _LINK_MIDDLE, digest))).digest()


def verify_chain(
    office: bytes,
    entries: Iterable[AuditEntry],
    checkpoints: Sequence[Checkpoint],
    checkpoint_public: bytes,
    witness: Witness | None,
    reader: str = "",
    asker: str = "",
) -> Verdict:
    """Read the whole chain and name the first wrong entry.

    Args:
        office: O.
        entries: in stored order.
        checkpoints: in order of number.
        checkpoint_public: the key that the book names.
        witness: what this workstation remembers, if anything.
        reader: the session that reads, hex: if its own first entry stands where an older one is remembered, the
            tail was cut there and written on.
        asker: the session that asked for the log, hex: the office writes that down before it hands the log out, so in
            a log that was cut this entry stands where the first missing one was.

    Returns:
        The verdict. A cut tail is named by the first missing number, back to the last checkpoint or witness.
    """
    head, number = first_hash(office), 0
    opening, seen = 1, witness.length if witness else 0
    asked = 0
    marks = {c.number: c for c in checkpoints}
    for entry in entries:
        expected = number + 1
        if entry.number != expected:
            return Verdict(number, expected, "missing" if entry.number > expected else "order")
        after = _next_hash(office, head, entry)
        if after is None or after != entry.hash:
            return Verdict(number, expected, "edited")
        head = after
        if expected <= seen:  # what comes after the witness needs no telling who came in
            if not _is_of_opening(entry, reader):
                opening = expected + 1
            elif reader and entry.session == reader:
                return Verdict(number, opening, "tail_cut")
        number = expected
        asked = number if asker and entry.session == asker and entry.detail == WHOLE_READ else 0
        if number in marks and not _checkpoint_holds(office, marks[number], head, checkpoint_public):
            return Verdict(number, number, "tail_cut" if asked else "checkpoint")
        if number == seen and witness and witness.head != head:
            return Verdict(number, number, "tail_cut" if asked else "witness")
    last = max((*marks, seen), default=0)
    return Verdict(number, asked or number + 1, "tail_cut") if last > number else Verdict(number)


def _next_hash(office: bytes, head: bytes, entry: AuditEntry) -> bytes | None:
    """The chain's hash after an entry, or None for one that no office can have written, such as a negative time."""
    try:
        return link(head, entry.digest(office))
    except (struct.error, UnicodeError):
        return None


def _is_of_opening(entry: AuditEntry, reader: str) -> bool:
    """Whether an entry belongs to the reader's coming in: their sign-in, what it found open, who was turned away."""
    after_a_cut = {("session.end", "office_lost"), ("session.lock", "office_lost"), ("sign_in", "rolled_back")}
    return entry.session == reader or (entry.event, entry.reason) in after_a_cut


def _checkpoint_holds(office: bytes, mark: Checkpoint, head: bytes, public: bytes) -> bool:
    try:
        signing.check(public, mark.signature, Checkpoint.body(office, mark.number, mark.hash))
    except SealError:
        return False
    return mark.hash == head


def proves(witness: Witness, head: bytes, digests: Sequence[bytes]) -> bool:
    """Whether the digests of the entries after `witness` lead from its head to `head`."""
    now = witness.head
    for digest in digests:
        now = link(now, digest)
    return now == head

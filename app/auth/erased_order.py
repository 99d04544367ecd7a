"""An order that was carried out, in a form that outlives the database: a restore of an older backup erases anew by it.

    signed = LP("erased-order", O, id, number, action, ground, reference, two people, digest, last, customers, hashes)

The office signs it. It lies with the period keys, which each backup brings up to date and each restore demands; a
certificate of erasure says the same of an order that came after the last backup, but for the hashes.
"""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from app.auth.erasure_order import Subject, digest_of
from app.crypto import signing
from app.crypto.labels import lp
from app.domain.erasure.words import Fate

RECORD_BYTES: Final = 16
TAG_BYTES: Final = 32
PERSON_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One of the two people of an order.

    Attributes:
        account: who.
        at_ms: when, ms since 1970.
        signature: of what they saw.
    """

    account: str
    at_ms: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A keyed hash that keeps somebody from coming back by an import.

    Attributes:
        kind: of value.
        tag: 32 bytes.
        person: 16 random bytes, the same for all hashes of one person.
    """

    kind: str
    tag: bytes
    person: bytes


@dataclass(frozen=True, slots=True)
class ErasedOrder:
    """What went by one order.

    Attributes:
        id: 16 bytes.
        number: the order's.
        action, ground, reference: what was done, and why.
        proposed, decided: the two people.
        digest: of the customers as both saw them.
        last_ms: when the last customer went.
        subjects: who went, or which fields.
        hashes: who is kept out; none where a certificate says this.
        signature: the office's, where it is no certificate.
    """

    id: bytes
    number: int
    action: str
    ground: str
    reference: str
    proposed: SignedBy
    decided: SignedBy
    digest: bytes
    last_ms: int
    subjects: tuple[Subject, ...]
    hashes: tuple[KeptOut, ...] = ()
    signature: bytes = b""

    def body(self, office: bytes) -> bytes:
        """What the office signs."""
        people = [part for who in (self.proposed, self.decided) for part in (who.account, who.at_ms, who.signature)]
        customers = [part for one in self.subjects for part in (one.record, one.fields)]
        hashes = [part for one in self.hashes for part in (one.kind, one.tag, one.person)]
        words = (self.action, self.ground, self.reference)
        counts = (len(self.subjects), len(self.hashes))
        return lp(
            "erased-order", office, self.id, self.number, *words, *people, self.digest, self.last_ms, *counts,
            *customers, *hashes,
        )  # fmt: skip

    def signed(self, office: bytes, seed: bytes) -> "ErasedOrder":
        """The same with the office's signature."""
        return replace(self, signature=signing.sign(seed, self.body(office)))

    def knows_more_than(self, other: "ErasedOrder") -> bool:
        """Whether more had gone when this was written down."""
        return (len(self.subjects), self.last_ms, len(self.hashes)) > (
            len(other.subjects), other.last_ms, len(other.hashes),
        )  # fmt: skip


def joined(*lists: tuple[ErasedOrder, ...]) -> tuple[ErasedOrder, ...]:
    """Each order once, as whoever knows most of it says; by number."""
    known: dict[bytes, ErasedOrder] = {}
    for order in (order for one in lists for order in one):
        if order.id not in known or order.knows_more_than(known[order.id]):
            known[order.id] = order
    return tuple(sorted(known.values(), key=lambda order: (order.number, order.id)))


def by_certificate(said: Mapping[str, Any]) -> ErasedOrder:
    """The order of a certificate that was checked (`checked_certificate`)."""
    everybody = [(_subject(one), one) for one in said["customers"]]
    gone = [(subject, one) for subject, one in everybody if one["fate"] == Fate.ERASED.value]
    return ErasedOrder(
        bytes.fromhex(said["order"]), said["number"], said["action"], said["ground"], said["reference"],
        _person(said["proposed"]), _person(said["approved"]),
        digest_of(subject for subject, _one in everybody),
        max((_ms(one["at"]) for _subject, one in gone), default=_ms(said["made"])),
        tuple(subject for subject, _one in gone),
    )  # fmt: skip


def _subject(one: Mapping[str, Any]) -> Subject:
    return Subject(bytes.fromhex(one["pseudonym"]), " ".join(one.get("fields", ())))


def _person(one: Mapping[str, str]) -> SignedBy:
    return SignedBy(one["account"], _ms(one["at"]), b64decode(one["signature"]))


def _ms(iso: str) -> int:
    return int(datetime.fromisoformat(iso).timestamp() * 1000)

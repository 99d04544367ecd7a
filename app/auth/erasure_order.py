"""What two people sign before anything is erased: which customers, by what action, and on what ground.

    order    = LP("erasure-order", O, id, action, ground, reference, proposed, digest of the customers)
    digest   = SHA-256(LP("erasure-subjects", record, fields, record, fields, ...)) in the order's own sequence
    approval = LP("erasure-approval", O, id, SHA-256(order))

Both are Ed25519 by the account's own key, which the book shows; whoever writes rows in the database gets no order done.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.crypto import signing
from app.crypto.derive import sha256
from app.crypto.labels import lp
from app.domain.erasure.words import Action, Ground


@dataclass(frozen=True, slots=True)
class Subject:
    """One customer of an order.

    Attributes:
        record: 16 bytes.
        fields: only these, with spaces between; empty for the whole customer.
    """

    record: bytes
    fields: str = ""


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """An order as it is signed.

    Attributes:
        id: 16 bytes.
        action, ground: what is done, and why.
        reference: number of the request or of the run, or empty.
        proposed_ms: when, ms since 1970, by the proposer's console.
        digest: of its customers (`digest_of`).
    """

    id: bytes
    action: Action
    ground: Ground
    reference: str
    proposed_ms: int
    digest: bytes

    def body(self, office: bytes) -> bytes:
        """What the first person signs."""
        words = (self.action.value, self.ground.value, self.reference)
        return lp("erasure-order", office, self.id, *words, self.proposed_ms, self.digest)

    def approval(self, office: bytes) -> bytes:
        """What the second person signs."""
        return lp("erasure-approval", office, self.id, sha256(self.body(office)))

    def check(self, office: bytes, public: bytes, signature: bytes) -> None:
        """Check the first person's signature.

        Raises:
            SealError: it is somebody else's, or of another order.
        """
        signing.check(public, signature, self.body(office))

    def check_approval(self, office: bytes, public: bytes, signature: bytes) -> None:
        """Check the second person's signature.

        Raises:
            SealError: it is somebody else's, or of another order.
        """
        signing.check(public, signature, self.approval(office))


def digest_of(subjects: Iterable[Subject]) -> bytes:
    """The digest of an order's customers, in their sequence."""
    parts: list[bytes | str] = []
    for subject in subjects:
        parts += (subject.record, subject.fields)
    return sha256(lp("erasure-subjects", *parts))

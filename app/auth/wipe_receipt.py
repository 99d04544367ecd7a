"""The receipt of a wipe: what a workstation destroyed of one session, signed by the workstation's own key.

It is signed only where nothing is left: a wipe that failed has no receipt (ADR 0050).
"""

from dataclasses import dataclass

from app.crypto import signing
from app.crypto.labels import lp


@dataclass(frozen=True, slots=True)
class WipeReceipt:
    """LP("wipe-receipt", O, order or session, seat, session, files, keyring entries, time), signed by the seat.

    Attributes:
        subject: 16 bytes: the order that was obeyed, or the session itself where none is known to whoever wiped.
        seat: the workstation's id, 16 bytes.
        session: whose remains went, 16 bytes.
        files: how many files were removed.
        entries: how many keyring entries were removed.
        at_ms: when, by the workstation's clock, ms since 1970.
    """

    subject: bytes
    seat: bytes
    session: bytes
    files: int
    entries: int
    at_ms: int

    def body(self, office: bytes) -> bytes:
        """What is signed."""
        counted = (self.files, self.entries, self.at_ms)
        return lp("wipe-receipt", office, self.subject, self.seat, self.session, *counted)

    def signed(self, office: bytes, seed: bytes) -> bytes:
        """The seat's signature, 64 bytes."""
        return signing.sign(seed, self.body(office))

    def check(self, office: bytes, seat_public: bytes, signature: bytes) -> None:
        """Check the receipt against the key that the seat gave at its first sign-in.

        Raises:
            SealError: somebody else made it, or it says something else.
        """
        signing.check(seat_public, signature, self.body(office))

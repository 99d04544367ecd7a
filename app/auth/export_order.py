"""What two people sign before an analytics export is made: its settings, whole.

    order    = LP("export-order", O, id, settings, proposed)
    approval = LP("export-approval", O, id, SHA-256(order))

Both are Ed25519 by the account's own key, which the book shows. Who is who in a file:
HMAC(key of the export; LP("export-pseudonym", record)), cut to 16 bytes; the key is forgotten with the export's end.
"""

from dataclasses import dataclass

from app.crypto import signing
from app.crypto.derive import mac, sha256
from app.crypto.labels import lp


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """An order as it is signed.

    Attributes:
        id: 16 bytes.
        settings: their text (`app/domain/analytics/settings.py`).
        proposed_ms: when, ms since 1970, by the proposer's console.
    """

    id: bytes
    settings: str
    proposed_ms: int

    def body(self, office: bytes) -> bytes:
        """What the first person signs."""
        return lp("export-order", office, self.id, self.settings, self.proposed_ms)

    def approval(self, office: bytes) -> bytes:
        """What the second person signs."""
        return lp("export-approval", office, self.id, sha256(self.body(office)))

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


def pseudonym(key: bytes, record: bytes) -> str:
    """Who a customer is within one export."""
    return mac(key, lp("export-pseudonym", record)).hex()[:32]

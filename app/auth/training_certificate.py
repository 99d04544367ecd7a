"""A certificate: the office says that a person passed the test of a lesson. Signed, so that no row is believed.

Signed = LP("training-certificate", O, id, account, lesson, version, digest, passed, expires, right, asked), by the
office's key that signs checkpoints and that the book shows; digest = SHA-256 over the digests of the lesson's texts.
"""

from dataclasses import dataclass

from app.crypto import signing
from app.crypto.labels import lp


@dataclass(frozen=True, slots=True)
class TrainingCertificate:
    """One certificate.

    Attributes:
        id: 16 bytes.
        account: whose.
        lesson: its code.
        version: of the lesson.
        digest: 32 bytes, of its texts.
        passed_ms, expires_ms: from when to when it counts, by the office's clock.
        right, asked: how the test went.
    """

    id: bytes
    account: str
    lesson: str
    version: int
    digest: bytes
    passed_ms: int
    expires_ms: int
    right: int
    asked: int

    def body(self, office: bytes) -> bytes:
        """What is signed."""
        what = (self.account, self.lesson, self.version, self.digest)
        when = (self.passed_ms, self.expires_ms)
        return lp("training-certificate", office, self.id, *what, *when, self.right, self.asked)

    def check(self, office: bytes, office_public: bytes, signature: bytes) -> None:
        """Check it against the office's key in the book.

        Raises:
            SealError: somebody else made it, or it was altered.
        """
        signing.check_again(office_public, signature, self.body(office))

    def holds(self, now_ms: int) -> bool:
        """Whether it counts at this time; one from a later time than now does not."""
        return self.passed_ms <= now_ms < self.expires_ms

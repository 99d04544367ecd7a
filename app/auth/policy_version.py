"""What two people sign when they change the policy: the mark of its text, which an entry of the book carries.

mark = SHA-256(LP("policy-text", O, number, at, why, SHA-256(text))): at = when it was proposed, ms since 1970. The text
lies beside the book, in a table that nobody has to believe: whoever reads it compares it with the mark (ADR 0034).
"""

from dataclasses import dataclass

from app.auth.book_entry import Kind, Proposal, policy_entry_name
from app.crypto.derive import same, sha256
from app.crypto.labels import lp
from app.domain.errors import VerificationError

LONGEST_WHY = 400


def policy_mark(office: bytes, number: int, at_ms: int, why: str, digest: bytes) -> bytes:
    """What the entry of a version carries; `digest` is the SHA-256 of its text in UTF-8."""
    return sha256(lp("policy-text", office, number, at_ms, why, digest))


class PolicyForgedError(VerificationError):
    """The text of a policy is not the one that two people signed."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of the policy.

    Attributes:
        number: from 1; 0 is what came with the program, and is nobody's.
        at_ms: when it was proposed, ms since 1970, by the proposer's console.
        why: why, in the proposer's words.
        text: TOML.
    """

    number: int
    at_ms: int
    why: str
    text: str

    def mark(self, office: bytes) -> bytes:
        """What the entry of the book carries, 32 bytes."""
        return policy_mark(office, self.number, self.at_ms, self.why, sha256(self.text.encode()))

    def proposal(self, office: bytes) -> Proposal:
        """What the entry will say."""
        return Proposal(Kind.POLICY, policy_entry_name(self.number), activation=self.mark(office))

    def check(self, office: bytes, mark: bytes) -> None:
        """Demand that this is what the book names.

        Raises:
            PolicyForgedError: it is another text.
        """
        if not same(self.mark(office), mark):
            raise PolicyForgedError("The office's policy is not the one that two people signed.", code="policy_forged")

"""The session card: a person's signature under the keys of one console process."""

from dataclasses import dataclass

from app.crypto import signing
from app.crypto.derive import sha256
from app.crypto.labels import lp


@dataclass(frozen=True, slots=True)
class SessionCard:
    """LP("session-card", O, account, session, public halves, seat, end), signed by the account.

    Attributes:
        account: who signed in.
        session: 16 bytes.
        kem: HPKE public half of the session.
        sign: Ed25519 public half of the session.
        seat: name of the workstation.
        end_ms: when the session ends at the latest, ms since 1970.
    """

    account: str
    session: bytes
    kem: bytes
    sign: bytes
    seat: str
    end_ms: int

    def body(self, office: bytes) -> bytes:
        """What is signed."""
        return lp("session-card", office, self.account, self.session, self.kem, self.sign, self.seat, self.end_ms)

    def check(self, office: bytes, account_public: bytes, signature: bytes) -> None:
        """Check the card against the key that *the book* shows for its account.

        Raises:
            SealError: somebody else made it.
        """
        signing.check_again(account_public, signature, self.body(office))


def reveal_request(
    office: bytes, session: bytes, record: bytes, field: str, reason: str, words: str, request: bytes
) -> bytes:
    """What a console signs with its session key to ask for one field of one record."""
    return lp("reveal-request", office, session, record, field, reason, words, request)


def use_request(
    office: bytes,
    session: bytes,
    record: bytes,
    field: str,
    action: str,
    reason: str,
    words: str,
    request: bytes,
    sealed_half: bytes,
) -> bytes:
    """What a console signs with its session key to have one value used: it names the half that it hands over."""
    half = sha256(sealed_half)
    return lp("use-request", office, session, record, field, action, reason, words, request, half)


def edit_request(
    office: bytes, session: bytes, record: bytes, field: str, seen: bytes, request: bytes, sealed: bytes
) -> bytes:
    """What a console signs with its session key to change one field: the version it saw, and the value as sealed."""
    return lp("edit-request", office, session, record, field, seen, request, sha256(sealed))


def empty_request(
    office: bytes, session: bytes, record: bytes, field: str, seen: bytes, request: bytes, why: str
) -> bytes:
    """What a console signs with its session key to leave nothing in one field: the version it saw, and why."""
    return lp("empty-request", office, session, record, field, seen, request, why)


def consent_request(office: bytes, session: bytes, said: str) -> bytes:
    """What a console signs with its session key to have a customer's word written down: all of it, as JSON."""
    return lp("consent-request", office, session, said)


def new_customer_request(office: bytes, session: bytes, notice: str, request: bytes, sealed: bytes) -> bytes:
    """What a console signs with its session key to have a customer made: the notice as told, the fields as sealed."""
    return lp("new-customer-request", office, session, notice, request, sha256(sealed))

"""How a workstation proves that it has its key: a signature over the very request that it goes with.

The key is the one that signs its receipts of wipes (`app/crypto/account_keys.py`), under labels of its own.
A sign-in's code counts once, a resume's token turns and a workstation's code is used up, so a proof that somebody saw
proves nothing a second time.
"""

from app.crypto.labels import lp


def sign_in_proof(
    office: bytes, seat: bytes, nonce: bytes, account: str, kind: str, code: str, verifier: bytes
) -> bytes:
    """LP("seat-sign-in", O, seat, nonce, account, kind, code, V)."""
    return lp("seat-sign-in", office, seat, nonce, account, kind, code, verifier)


def resume_proof(office: bytes, seat: bytes, nonce: bytes, session: bytes, token: bytes, card: bytes) -> bytes:
    """LP("seat-resume", O, seat, nonce, session, token, the card's signing key)."""
    return lp("seat-resume", office, seat, nonce, session, token, card)


def activation_proof(office: bytes, seat: bytes, nonce: bytes, account: str, begin: bytes) -> bytes:
    """LP("seat-activation", O, seat, nonce, account, nonce of the enrolment)."""
    return lp("seat-activation", office, seat, nonce, account, begin)


def enrol_proof(office: bytes, seat: bytes, nonce: bytes, secret: bytes) -> bytes:
    """LP("seat-enrol", O, seat, nonce, the code's secret)."""
    return lp("seat-enrol", office, seat, nonce, secret)

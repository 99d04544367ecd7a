"""Ed25519 signatures (RFC 8032) over raw 32-byte seeds and public keys."""

import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.crypto.errors import SealError

SEED_BYTES = 32


def new_seed() -> bytes:
    """A fresh signing seed: 32 random bytes."""
    return secrets.token_bytes(SEED_BYTES)


def public_of(seed: bytes) -> bytes:
    """The verification key of a seed: 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """Sign a message: 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def check(public: bytes, signature: bytes, message: bytes) -> None:
    """Check a signature.

    Raises:
        SealError: it was not made by that key over that message.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as e:
        raise SealError("a signature does not fit") from e


def check_again(public: bytes, signature: bytes, message: bytes) -> None:
    """Check a signature that is looked at again and again: of a session's card, of a certificate.

    Whether these bytes fit never changes, so that a good answer is kept, by all three; a bad one is not.

    Raises:
        SealError: it was not made by that key over that message.
    """
    _found_good(public, signature, message)


@lru_cache(maxsize=4096)
def _found_good(public: bytes, signature: bytes, message: bytes) -> None:
    check(public, signature, message)

"""Wrapping with AES-256-GCM: suite byte, 12 random bytes, ciphertext with tag."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.errors import SealError
from app.crypto.labels import SUITE

NONCE_BYTES = 12


def wrap(key: bytes, data: bytes, aad: bytes) -> bytes:
    """Encrypt `data` under a 32-byte key, bound to `aad`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return SUITE + nonce + AESGCM(key).encrypt(nonce, data, aad)


def unwrap(key: bytes, blob: bytes, aad: bytes) -> bytes:
    """Open what `wrap` made.

    Raises:
        SealError: another suite, another key, another `aad`, or a changed byte.
    """
    check_suite(blob)
    try:
        return AESGCM(key).decrypt(blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :], aad)
    except (InvalidTag, ValueError) as e:
        raise SealError("a wrapped key does not open") from e


def check_suite(blob: bytes) -> None:
    """Refuse blobs of another suite (no downgrade: attack A41)."""
    if blob[:1] != SUITE:
        raise SealError("this blob was made by another suite than this program knows")

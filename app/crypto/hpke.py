"""HPKE, base mode (RFC 9180) with KEM MLKEM768-X25519, HKDF-SHA-256, AES-256-GCM.

The KEM is a draft beside RFC 9180; tests/unit/crypto pins vectors. The library's `encrypt` has `info` and no
associated data, so `info` binds everything. Secret: 64-byte ML-KEM seed, then 32-byte X25519 scalar; public:
1184 + 32 bytes.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519

from app.crypto.aead import check_suite
from app.crypto.errors import SealError
from app.crypto.labels import SUITE

SECRET_BYTES = 96
PUBLIC_BYTES = 1216
_SEED_BYTES = 64
_MLKEM_PUBLIC_BYTES = 1184
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def new_secret() -> bytes:
    """A fresh secret: 96 random bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def public_of(secret: bytes) -> bytes:
    """The public half of a secret: 1216 bytes."""
    seed, scalar = _halves(secret)
    return seed.public_key().public_bytes_raw() + scalar.public_key().public_bytes_raw()


def seal(public: bytes, data: bytes, info: bytes) -> bytes:
    """Encrypt to a public key, bound to `info`.

    Raises:
        SealError: the public key is not one.
    """
    try:
        key = hpke.MLKEM768X25519PublicKey(
            mlkem.MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
            x25519.X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
        )
    except ValueError as e:
        raise SealError("not a public key") from e
    return SUITE + _SUITE.encrypt(data, key, info)


def unseal(secret: bytes, blob: bytes, info: bytes) -> bytes:
    """Open what `seal` made.

    Raises:
        SealError: another suite, key or `info`, or a changed byte.
    """
    check_suite(blob)
    seed, scalar = _halves(secret)
    try:
        return _SUITE.decrypt(blob[1:], hpke.MLKEM768X25519PrivateKey(seed, scalar), info)
    except (InvalidTag, ValueError) as e:
        raise SealError("a sealed box does not open") from e


def _halves(secret: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
    if len(secret) != SECRET_BYTES:
        raise SealError("not a secret key")
    return (
        mlkem.MLKEM768PrivateKey.from_seed_bytes(secret[:_SEED_BYTES]),
        x25519.X25519PrivateKey.from_private_bytes(secret[_SEED_BYTES:]),
    )

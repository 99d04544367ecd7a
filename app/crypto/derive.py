"""Derivation: HMAC-SHA-256, HKDF (RFC 5869), Argon2id (RFC 9106).

`expand` takes a uniformly random key, `two` joins two independent halves so that either alone gives nothing.
"""

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives import constant_time, hashes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

KEY_BYTES = 32


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256 (RFC 2104): 32 bytes."""
    h = HMAC(key, hashes.SHA256())
    h.update(data)
    return h.finalize()


def sha256(data: bytes) -> bytes:
    """SHA-256: 32 bytes."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    return digest.finalize()


def expand(key: bytes, info: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF-Expand (RFC 5869 section 2.3) of a random key to `length` bytes."""
    return HKDFExpand(hashes.SHA256(), length, info).derive(key)


def two(salt: bytes, ikm: bytes, info: bytes) -> bytes:
    """HKDF over two halves: 32 bytes that need both."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, info).derive(ikm)


def same(a: bytes, b: bytes) -> bool:
    """Compare in time that does not depend on the content."""
    return constant_time.bytes_eq(a, b)


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """Argon2id parameters of one account.

    Attributes:
        memory_kib: memory in KiB.
        passes: iterations.
        lanes: parallel lanes.
    """

    memory_kib: int
    passes: int
    lanes: int


PROFILE = "argon2id-2026"
"""Name of the parameters below. A later program that asks for more names its own, and accounts are brought up to it at
their next sign-in."""

PASSWORD_COST = PasswordCost(memory_kib=64 * 1024, passes=3, lanes=4)
"""RFC 9106 section 4, second recommended option: 64 MiB, t=3, p=4. A faster machine takes more passes."""

PASSWORD_FLOOR = PasswordCost(memory_kib=19 * 1024, passes=2, lanes=1)
"""OWASP ASVS 5.0 V11.4.2 (19 MiB, t=2, p=1): a console refuses to derive for a server that asks for less."""


PASSWORD_CEILING = PasswordCost(memory_kib=1024 * 1024, passes=64, lanes=16)
"""More is no password's cost but an attack on the console's memory and time."""


def at_least(cost: PasswordCost, floor: PasswordCost) -> PasswordCost:
    """Both parameters' greater parts."""
    return PasswordCost(
        max(cost.memory_kib, floor.memory_kib), max(cost.passes, floor.passes), max(cost.lanes, floor.lanes)
    )


def is_weaker(cost: PasswordCost, other: PasswordCost) -> bool:
    """Whether `other` asks for more in some part and for less in none."""
    return cost != other and at_least(cost, other) == other


def password_root(password: str, salt: bytes, cost: PasswordCost) -> bytes:
    """Argon2id over the NFC form of a password: 32 bytes.

    Args:
        password: as typed; normalised here so that two keyboards give one key.
        salt: 16 random bytes of the account.
        cost: the account's parameters.

    Raises:
        ValueError: the cost lies under the floor, or far above any use: a server that asks for it is not believed.
    """
    if at_least(cost, PASSWORD_FLOOR) != cost or at_least(cost, PASSWORD_CEILING) != PASSWORD_CEILING:
        raise ValueError("password parameters under the floor or over the ceiling")
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(unicodedata.normalize("NFC", password).encode())

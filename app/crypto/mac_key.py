"""A key that makes many MACs: what depends on the key alone is done once (half of what a short MAC costs)."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC


class MacKey:
    """A key of HMAC-SHA-256; it holds what the key was made into for as long as it lives."""

    __slots__ = ("_begun",)

    def __init__(self, key: bytes) -> None:
        """Take a key."""
        self._begun = HMAC(key, hashes.SHA256())

    def mac(self, data: bytes) -> bytes:
        """HMAC-SHA-256 (RFC 2104): 32 bytes; the same as `derive.mac`."""
        h = self._begun.copy()
        h.update(data)
        return h.finalize()

    def expand(self, info: bytes) -> bytes:
        """HKDF-Expand (RFC 5869 section 2.3) to 32 bytes, T(1) = HMAC(key, info 01); the same as `derive.expand`."""
        return self.mac(info + b"\x01")

"""Labels: every derivation, signature and associated datum is a length-prefixed list of parts under one label.

Invariant: two different lists never give the same bytes, and no two uses share a label. Specification:
docs/architecture.md, "Keys" (`LP`).
"""

import struct
import unicodedata

SUITE = b"\x01"
"""The first byte of each blob: which primitives made it. Others are refused."""

Part = bytes | str | int


def _part(part: Part) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, str):
        return unicodedata.normalize("NFC", part).encode()
    return struct.pack(">Q", part)


def lp(label: str, *parts: Part) -> bytes:
    """Encode `tirai/<label>/v1` and each part as u32 big-endian length and bytes.

    Args:
        label: the name of the use, e.g. `value`.
        parts: bytes as they are; text as UTF-8 NFC; integers as u64 big-endian (times: ms since 1970, UTC).

    Returns:
        The encoding; injective over lists of byte strings.
    """
    encoded = (f"tirai/{label}/v1".encode(), *map(_part, parts))
    return b"".join(struct.pack(">I", len(part)) + part for part in encoded)


def unlp(data: bytes, label: str) -> list[bytes]:
    """Take an encoding apart again and check its label.

    Raises:
        ValueError: the label is another one or the lengths do not fit.
    """
    parts = []
    while data:
        (length,) = struct.unpack(">I", data[:4])
        if len(data) < 4 + length:
            raise ValueError("truncated encoding")
        parts.append(data[4 : 4 + length])
        data = data[4 + length :]
    if not parts or parts[0] != f"tirai/{label}/v1".encode():
        raise ValueError("another label")
    return parts[1:]

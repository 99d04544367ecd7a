"""Labels: every derivation, signature and associated datum is a length-prefixed list of parts under one label.

Invariant: two different lists never give the same bytes, and no two uses share a label. Specification:
docs/architecture.md, "Keys" (`LP`).
"""

import struct
import unicodedata
from functools import cache

SUITE = b"\x01"
"""The first byte of each blob: which primitives made it. Others are refused."""

Part = bytes | str | int
_LENGTH = struct.Struct(">I")


def _part(part: Part) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, str):
        return part.encode() if part.isascii() else unicodedata.normalize("NFC", part).encode()
    return struct.pack(">Q", part)


@cache
def _head(label: str) -> bytes:
    text = f"tirai/{label}/v1".encode()
    return _LENGTH.pack(len(text)) + text


def lp(label: str, *parts: Part) -> bytes:
    """Encode `tirai/<label>/v1` and each part as u32 big-endian length and bytes.

    Args:
        label: the name of the use, e.g. `value`.
        parts: bytes as they are; text as UTF-8 NFC; integers as u64 big-endian (times: ms since 1970, UTC).

    Returns:
        The encoding; injective over lists of byte strings.
    """
    pieces = [_head(label)]
    for part in parts:
        encoded = _part(part)
        pieces += (_LENGTH.pack(len(encoded)), encoded)
    return b"".join(pieces)


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

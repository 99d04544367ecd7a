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
_NUMBER = struct.Struct(">Q")


@cache
def _head(label: str) -> bytes:
    text = f"tirai/{label}/v1".encode()
    return len(text).to_bytes(4) + text


def lp(label: str, *parts: Part) -> bytes:
    """Encode `tirai/<label>/v1` and each part as u32 big-endian length and bytes.

    Args:
        label: the name of the use, e.g. `value`.
        parts: bytes as they are; text as UTF-8 NFC; integers as u64 big-endian (times: ms since 1970, UTC).

    Returns:
        The encoding; injective over lists of byte strings.
    """
    return _head(label) + encoded(*parts)


def lp_bytes(label: str, data: bytes) -> bytes:
    """The same as `lp` of one part that is bytes, in a quarter of its time: imports make hundreds of thousands."""
    return _head(label) + len(data).to_bytes(4) + data


def encoded(*parts: Part) -> bytes:
    """What `lp` puts behind its label, for those who make many that begin alike."""
    pieces: list[bytes] = []
    for part in parts:
        if isinstance(part, str):
            data = part.encode() if part.isascii() else unicodedata.normalize("NFC", part).encode()
        elif isinstance(part, bytes):
            data = part
        else:
            data = _NUMBER.pack(part)
        pieces += (len(data).to_bytes(4), data)
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

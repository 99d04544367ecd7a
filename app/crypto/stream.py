"""Sealing something longer than memory should hold: chunks of AES-256-GCM in a row that cannot be cut or reordered.

The construction is STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance" (CRYPTO 2015, section 7), with the nonce laid out as in age and Tink:

    nonce = 7 zero bytes, u32 number of the chunk from 0, one byte: 1 for the last chunk, else 0
    chunk = AES-256-GCM(key, nonce, up to 64 KiB, no associated data), 16 bytes longer than what it holds

Invariants: a key seals one stream, ever (it is derived from a random key and everything that the stream belongs to);
every chunk but the last is full; the last one is there, also when it is empty. So a chunk that is missing, doubled,
moved, changed, or another stream's ends the reading with an error, and so does a stream that stops early or goes on.
"""

import struct
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.errors import SealError

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
_MOST_CHUNKS = 2**32


def seal_stream(key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Seal bytes that come in pieces of any size.

    Args:
        key: 32 bytes, for this stream alone.
        pieces: what to seal.

    Yields:
        Sealed chunks, in order.
    """
    cipher, number, held = AESGCM(key), 0, bytearray()
    for piece in pieces:
        held += piece
        while len(held) > CHUNK_BYTES:
            yield cipher.encrypt(_nonce(number, last=False), bytes(held[:CHUNK_BYTES]), None)
            del held[:CHUNK_BYTES]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(held), None)


def open_stream(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Open a stream chunk by chunk; what was yielded is whole only when the reading ended without an error.

    Args:
        key: the stream's key.
        chunks: `SEALED_CHUNK_BYTES` each, the last one shorter or as long.

    Raises:
        SealError: a chunk is missing, changed, moved or another stream's.
    """
    cipher, number = AESGCM(key), 0
    waiting: bytes | None = None
    for chunk in chunks:
        if waiting is not None:
            yield _opened(cipher, number, waiting, last=False)
            number += 1
        waiting = chunk
    yield _opened(cipher, number, waiting or b"", last=True)


def _opened(cipher: AESGCM, number: int, chunk: bytes, *, last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(number, last=last), chunk, None)
    except (InvalidTag, ValueError) as e:
        raise SealError("a part of a sealed stream does not open") from e


def _nonce(number: int, *, last: bool) -> bytes:
    if number >= _MOST_CHUNKS:
        raise SealError("a sealed stream is longer than its numbers reach")
    return bytes(7) + struct.pack(">IB", number, last)

"""A sealed stream: whole or an error, whatever was cut, doubled, moved or changed."""

import hashlib
import secrets

import pytest

from app.crypto.errors import SealError
from app.crypto.stream import CHUNK_BYTES, SEALED_CHUNK_BYTES, open_stream, seal_stream

KEY = secrets.token_bytes(32)


def sealed(data: bytes, key: bytes = KEY) -> list[bytes]:
    return list(seal_stream(key, [data]))


def opened(chunks: list[bytes], key: bytes = KEY) -> bytes:
    return b"".join(open_stream(key, chunks))


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_that_what_was_sealed_opens(size: int) -> None:
    data = secrets.token_bytes(size)
    chunks = sealed(data)
    assert opened(chunks) == data
    assert len(chunks) == max(1, -(-size // CHUNK_BYTES))
    assert all(len(chunk) == SEALED_CHUNK_BYTES for chunk in chunks[:-1])


def test_that_pieces_of_any_size_make_the_same_stream() -> None:
    data = secrets.token_bytes(2 * CHUNK_BYTES + 77)
    pieces = [data[i : i + 999] for i in range(0, len(data), 999)]
    assert b"".join(seal_stream(KEY, pieces)) == b"".join(sealed(data))


CHUNKS = sealed(secrets.token_bytes(3 * CHUNK_BYTES + 5))
FLIPPED = bytes([CHUNKS[1][0] ^ 1]) + CHUNKS[1][1:]


@pytest.mark.parametrize(
    "chunks",
    [
        [],
        CHUNKS[:-1],
        CHUNKS[1:],
        [CHUNKS[0], CHUNKS[2], CHUNKS[1], CHUNKS[3]],
        [*CHUNKS[:2], CHUNKS[1], *CHUNKS[2:]],
        [CHUNKS[0], *CHUNKS[2:]],
        [CHUNKS[0], FLIPPED, *CHUNKS[2:]],
        [*CHUNKS, CHUNKS[-1]],
        [*CHUNKS, b""],
        [*CHUNKS[:-1], CHUNKS[-1][:-1]],
        [*CHUNKS[:2], *sealed(b"x" * 3 * CHUNK_BYTES, secrets.token_bytes(32))[2:]],
    ],
    ids=["empty", "cut", "headless", "swapped", "doubled", "gap", "flipped", "longer", "more", "short", "mixed"],
)
def test_that_a_changed_stream_ends_in_an_error(chunks: list[bytes]) -> None:
    with pytest.raises(SealError):
        opened(chunks)


def test_that_another_key_opens_nothing() -> None:
    with pytest.raises(SealError):
        opened(CHUNKS, secrets.token_bytes(32))


def test_that_the_form_is_the_specified_one() -> None:
    """Pinned: two chunks of a known key, by their digest."""
    key = hashlib.sha256(b"stream").digest()
    made = b"".join(sealed(bytes(range(256)) * 257, key))
    assert len(made) == 256 * 257 + 2 * 16
    assert hashlib.sha256(made).hexdigest() == PINNED


PINNED = "b90b7a8bcde2d5d4a8413f4034637b4f4bed5b27c68c8d4811e4f4b8b2a0875c"

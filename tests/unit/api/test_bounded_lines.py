"""Lines out of pieces: the same lines however they are cut, packed or not, and none longer than agreed."""

import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.client.bounded_lines import PIECE_BYTES, lines_of, unpacked
from app.api.client.errors import ForeignOfficeError

LINES = st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b"")), max_size=20)
CUTS = st.lists(st.integers(1, 40), min_size=1, max_size=10)


def pieces(data: bytes, cuts: list[int]) -> Callable[[], bytes]:
    """The data in pieces of these lengths, again and again."""
    left, turn = bytearray(data), 0

    def read() -> bytes:
        nonlocal turn
        size = cuts[turn % len(cuts)]
        turn += 1
        piece = bytes(left[:size])
        del left[:size]
        return piece

    return read


@given(LINES, st.binary(max_size=10), CUTS)
def test_that_lines_are_the_same_however_they_are_cut(lines: list[bytes], rest: bytes, cuts: list[int]) -> None:
    data = b"".join(line + b"\n" for line in lines) + rest.replace(b"\n", b"")
    assert list(lines_of(pieces(data, cuts), 1000)) == lines, "what has no end is no line"


@given(LINES, CUTS, st.integers(0, 9))
def test_that_packed_lines_are_the_same(lines: list[bytes], cuts: list[int], level: int) -> None:
    packer = zlib.compressobj(level, wbits=31)
    flushed = b"".join(packer.compress(line + b"\n") + packer.flush(zlib.Z_SYNC_FLUSH) for line in lines)
    data = flushed + packer.flush()
    assert list(lines_of(unpacked(pieces(data, cuts)), 1000)) == lines
    assert list(lines_of(unpacked(pieces(flushed, cuts)), 1000)) == lines, "also before the end"


@pytest.mark.parametrize("cuts", [[1], [7], [100]])
def test_that_a_line_is_refused_at_its_limit_and_not_before(cuts: list[int]) -> None:
    assert list(lines_of(pieces(b"1234\n12345678\n", cuts), 9)) == [b"1234", b"12345678"]
    for long in (b"1234\n123456789\n", b"1234\n123456789", b"123456789\n1\n"):
        with pytest.raises(ForeignOfficeError):
            list(lines_of(pieces(long, cuts), 9))


def test_that_a_line_without_end_is_refused_before_it_is_all_here() -> None:
    taken = 0

    def endless() -> bytes:
        nonlocal taken
        taken += 1
        return b"x" * 1000

    with pytest.raises(ForeignOfficeError):
        list(lines_of(endless, 10_000))
    assert taken == 10


def test_that_what_is_flushed_is_given_before_more_is_asked_for() -> None:
    """Also where it is much longer packed out: nothing of it waits for the next piece."""
    packer = zlib.compressobj(1, wbits=31)
    packed = packer.compress(b"a" * (5 * PIECE_BYTES + 1)) + packer.flush(zlib.Z_SYNC_FLUSH)
    asked = 0

    def read() -> bytes:
        nonlocal asked
        asked += 1
        assert asked == 1, "the other side has nothing more to say"
        return packed

    piece = unpacked(read)
    sizes = [len(piece()) for _ in range(6)]
    assert max(sizes) == PIECE_BYTES, "a bomb comes in small pieces"
    assert sum(sizes) == 5 * PIECE_BYTES + 1


@pytest.mark.parametrize("data", [b"plain\n", b"\x1f\x8b\x08garbage", zlib.compress(b"of another form\n")])
def test_that_what_is_not_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(ForeignOfficeError):
        list(lines_of(unpacked(pieces(data, [100])), 1000))


def test_that_what_follows_the_end_is_not_read() -> None:
    packer = zlib.compressobj(1, wbits=31)
    data = packer.compress(b"one\n") + packer.flush() + b"two\n"
    assert list(lines_of(unpacked(pieces(data, [100])), 1000)) == [b"one"]

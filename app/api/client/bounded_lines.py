"""Lines out of pieces of a stream, none longer than agreed, compressed or not: memory is bounded whatever comes."""

import zlib
from collections.abc import Callable, Iterator

from app.api.client.errors import ForeignOfficeError

PIECE_BYTES = 65_536
_GZIP_FORM = 31


def lines_of(read: Callable[[], bytes], longest: int) -> Iterator[bytes]:
    """Lines without their ends; what is behind the last end is no line.

    Args:
        read: gives the next piece, empty at the end.
        longest: bytes that a line may have, with its end.

    Raises:
        ForeignOfficeError: a line is longer.
    """
    begun = bytearray()
    while piece := read():
        first, *rest = piece.split(b"\n")
        begun += first
        if len(begun) >= longest or any(len(line) >= longest for line in rest):
            raise ForeignOfficeError("The office's answer has a longer line than agreed; update the console.")
        if rest:
            yield bytes(begun)
            yield from rest[:-1]
            begun = bytearray(rest[-1])


def unpacked(read: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same stream, if it is compressed (gzip, RFC 1952): pieces of at most `PIECE_BYTES`, as they come.

    A piece that the other side has flushed is whole here, too.
    """
    stream = zlib.decompressobj(_GZIP_FORM)

    def next_piece() -> bytes:
        packed = stream.unconsumed_tail
        while True:
            if not packed and not (packed := read()):
                return b""
            try:
                piece = stream.decompress(packed, PIECE_BYTES)
            except zlib.error:
                raise ForeignOfficeError("The office's answer is packed in another way than agreed.") from None
            if piece or stream.eof:
                return piece
            packed = stream.unconsumed_tail

    return next_piece

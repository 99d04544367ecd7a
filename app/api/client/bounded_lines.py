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
        if len(begun) >= longest or (len(piece) > longest and any(len(line) >= longest for line in rest)):
            raise ForeignOfficeError("The office's answer has a longer line than agreed; update the console.")
        if rest:
            yield bytes(begun)
            yield from rest[:-1]
            begun = bytearray(rest[-1])


def unpacked(read: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same stream, if it is compressed (gzip, RFC 1952): pieces of at most `PIECE_BYTES`, as they come.

    What the other side has flushed is whole here, too, before more is waited for. What follows the end is not read.

    Raises:
        ForeignOfficeError: (from what is returned) it is packed in another way.
    """
    stream = zlib.decompressobj(_GZIP_FORM)

    def more(packed: bytes) -> bytes:
        try:
            return stream.decompress(packed, PIECE_BYTES)
        except zlib.error:
            raise ForeignOfficeError("The office's answer is packed in another way than agreed.") from None

    def next_piece() -> bytes:
        piece = more(stream.unconsumed_tail)  # and what it still holds
        while not piece and not stream.eof and (packed := read()):
            piece = more(packed)
        return piece

    return next_piece

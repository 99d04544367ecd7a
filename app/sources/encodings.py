"""Bytes to lines of text in the four encodings that are read; recognised by a mark or declared, never guessed.

Invariants: without mark and declaration text is UTF-8 or refused; a declaration that the mark contradicts is refused;
a refusal names line and column, both from 1; memory is bounded by one line.
"""

from collections.abc import Iterator
from io import BufferedReader

from app.sources.source import SourceError

LINE_LIMIT_BYTES = 4_194_304
_CHUNK = 1_048_576

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NAMES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-16be": "utf-16-be",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
}
_SHOWN = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "windows-1252": "Windows-1252"}
_NOT_IN_1252 = b"\x00\x81\x8d\x8f\x90\x9d"
"""NUL, and the five bytes to which Windows-1252 gives no character."""


class CsvError(SourceError):
    """The CSV file is refused.

    Attributes:
        line: physical line from 1, or 0 for the file as a whole.
        column: character in the line from 1, or 0 for the line as a whole.
    """

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        place = f"Line {line}, column {column}" if column else f"Line {line}" if line else ""
        super().__init__(reason, place, code="csv")
        self.line = line
        self.column = column


def encoding_of(head: bytes, declared: str | None = None) -> str:
    """The encoding of a file that begins with these bytes.

    Args:
        head: the first bytes, four at least where the file has them.
        declared: what the person says, or None.

    Returns:
        `utf-8`, `utf-8-sig`, `utf-16-le`, `utf-16-be` or `windows-1252`.

    Raises:
        CsvError: an unknown or contradicted declaration, or a mark of another encoding.
    """
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if marked == "utf-32":
        raise CsvError("This is UTF-32. Save the file as CSV UTF-8 and try again", 1)
    if declared is None:
        return marked or "utf-8"
    name = _NAMES.get(declared.strip().lower().replace("_", "-"))
    if name is None:
        raise CsvError("Unknown encoding. Read are: utf-8, utf-16, utf-16-le, utf-16-be, windows-1252")
    if not marked:
        if name == "utf-16":
            raise CsvError("UTF-16 without a byte order mark. Say --encoding utf-16-le or utf-16-be", 1)
        return name
    if not marked.startswith(name):
        raise CsvError(f"The file begins with the mark of {shown(marked)}, so it is not what --encoding says", 1)
    return marked


def shown(encoding: str) -> str:
    """An encoding's name for people."""
    return _SHOWN.get(encoding, encoding.upper())


def lines(stream: BufferedReader, encoding: str) -> Iterator[str]:
    """Physical lines with their ends, decoded; the mark is no part of the first.

    Raises:
        CsvError: another encoding, a NUL, or a line beyond any use.
    """
    if mark := next((mark for mark, name in _MARKS if name == encoding and stream.peek(4).startswith(mark)), b""):
        stream.read(len(mark))
    pieces = _wide_lines(stream, encoding) if encoding.startswith("utf-16") else _narrow_lines(stream)
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    for number, raw in enumerate(pieces, start=1):
        if len(raw) > LINE_LIMIT_BYTES:
            raise CsvError(f"Longer than {LINE_LIMIT_BYTES} bytes", number)
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError as error:
            column = len(raw[: error.start].decode(codec)) + 1
            raise CsvError(_other_encoding(stream, codec), number, column) from None
        if "\0" in text:
            raise CsvError("A NUL character", number, text.index("\0") + 1)
        yield text


def _narrow_lines(stream: BufferedReader) -> Iterator[bytes]:
    while raw := stream.readline(LINE_LIMIT_BYTES + 1):
        yield raw


def _wide_lines(stream: BufferedReader, encoding: str) -> Iterator[bytes]:
    """Lines of two-byte units: a byte 10 ends a line only where it is a unit with a byte 0."""
    little = encoding == "utf-16-le"
    held = b""
    while piece := stream.readline(LINE_LIMIT_BYTES + 2 - len(held)):
        held += piece
        if little and held.endswith(b"\n") and len(held) % 2:
            held += (rest := stream.read(1))
            ended = rest == b"\0"
        else:
            ended = not little and held.endswith(b"\0\n") and len(held) % 2 == 0
        if ended or len(held) > LINE_LIMIT_BYTES:
            yield held
            held = b""
    if held:
        yield held


def _other_encoding(stream: BufferedReader, codec: str) -> str:
    """The sentence for bytes that are not text in this encoding."""
    if codec == "utf-8" and _may_be_1252(stream):
        return "Not UTF-8. If the file was saved as Windows-1252, say --encoding windows-1252"
    return f"Not {shown(codec)}. Save the file as CSV UTF-8 and try again"


def _may_be_1252(stream: BufferedReader) -> bool:
    """Whether the whole file has only bytes to which Windows-1252 gives a character."""
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        if len(chunk.translate(None, _NOT_IN_1252)) != len(chunk):
            return False
    return True

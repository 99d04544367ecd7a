"""The parts of an XLSX file, checked as a container before anything in it is parsed, and read as hardened XML.

A workbook is a ZIP archive of XML parts. Invariants: the archive's own list is bounded before it is read; no part is
larger than the limits, named like a path elsewhere, or encrypted; no XML part has a document type, so there are no
entities; parsing holds one chunk, and no element, text apart, is larger than `MARKUP_LIMIT_BYTES`. Macros, links to
other files and pictures are never opened: only named parts are.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader
from xml.parsers import expat

from app.sources.source import SourceError

FILE_LIMIT_BYTES = 268_435_456
MEMBERS_LIMIT = 1_000
LIST_LIMIT_BYTES = 262_144
UNPACKED_LIMIT_BYTES = 1_073_741_824
RATIO_LIMIT = 200
RATIO_FREE_BYTES = 1_048_576
"""Below this size a part may be packed as well as it likes."""
DEPTH_LIMIT = 64
MARKUP_LIMIT_BYTES = 1_048_576
_CHUNK = 8_192
"""Small: each step of a parse keeps the rows of one chunk, and shared texts make them larger than their markup."""
_END = b"PK\x05\x06"
_END_BYTES = 22
_END64_LOCATOR = b"PK\x06\x07"
_END64_BYTES = 20
_ENCRYPTED = 1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML_ENDS = (".xml", ".rels", ".vml")

Attributes = dict[str, str]
Begin = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class XlsxError(SourceError):
    """The workbook is refused.

    Attributes:
        line: the row of the sheet from 1, or 0 for the file as a whole.
    """

    def __init__(self, reason: str, place: str = "", line: int = 0) -> None:
        super().__init__(reason, place, code="xlsx")
        self.line = line


class Parts:
    """A checked workbook's parts by name; use as a context."""

    def __init__(self, stream: BufferedReader) -> None:
        """Check the archive behind the stream.

        Raises:
            XlsxError: it is no ZIP archive, or one that no spreadsheet program writes.
        """
        _check_list(stream)
        try:
            self._archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise XlsxError("The workbook is damaged: its list of parts cannot be read") from error
        _check_members(self._archive.infolist())
        self._by_name = {m.filename.casefold(): m for m in self._archive.infolist()}
        for member in self._archive.infolist():
            if member.filename.lower().endswith(_XML_ENDS) and member.file_size:
                self._check_prolog(member.filename)

    def __enter__(self) -> "Parts":
        """The parts."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the archive, not the stream."""
        self._archive.close()

    def has(self, name: str) -> bool:
        """Whether there is a part of this name; capitals do not count (ECMA-376 part 2)."""
        return name.casefold() in self._by_name

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes.

        Raises:
            XlsxError: no such part, or a damaged one.
        """
        member = self._by_name.get(name.casefold())
        if member is None:
            raise XlsxError(f"The workbook has no part {name!r}")
        try:
            with self._archive.open(member) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise XlsxError(f"The workbook is damaged in its part {name!r}") from error

    def parse(self, name: str, begin: Begin, end: End, text: Text) -> Iterator[None]:
        """Parse a part; one step for each chunk, so that a caller may take rows out in between.

        Raises:
            XlsxError: no such part, not XML, a document type, or markup beyond any use.
        """
        reader = _XmlReader(name, begin, end, text)
        for chunk in self.chunks(name):
            reader.feed(chunk, final=False)
            yield
        reader.feed(b"", final=True)
        yield

    def _check_prolog(self, name: str) -> None:
        """Read a part up to its first element: a document type can stand nowhere later."""
        reader = _XmlReader(name, _nothing_begins, _nothing, _nothing)
        for number, chunk in enumerate(self.chunks(name)):
            reader.feed(chunk, final=False)
            if reader.depth_seen:
                return
            if (number + 1) * _CHUNK > MARKUP_LIMIT_BYTES:
                break
        if not reader.depth_seen:
            raise XlsxError(f"The part {name!r} of the workbook does not begin like XML")


def _nothing_begins(_name: str, _attributes: Attributes) -> None:
    pass


def _nothing(_text: str) -> None:
    pass


class _XmlReader:
    """Expat without document types, deep nesting and endless markup. Names lose their prefix."""

    def __init__(self, part: str, begin: Begin, end: End, text: Text) -> None:
        self._part = part
        self._begin, self._end = begin, end
        self._depth = self._silent_bytes = self.depth_seen = 0
        self._moved = False
        self._text = text
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = False
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._on_begin
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        parser.CommentHandler = self._on_other
        parser.StartDoctypeDeclHandler = self._on_doctype
        parser.EntityDeclHandler = self._on_doctype

    def feed(self, chunk: bytes, *, final: bool) -> None:
        self._moved = False
        try:
            self._parser.Parse(chunk, final)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding that it does not know
            raise XlsxError(f"The part {self._part!r} of the workbook is not well-formed XML") from error
        self._silent_bytes = 0 if self._moved else self._silent_bytes + len(chunk)
        if self._silent_bytes > MARKUP_LIMIT_BYTES:
            raise XlsxError(f"The part {self._part!r} of the workbook has an element of more than a mebibyte")

    def _on_begin(self, name: str, attributes: Attributes) -> None:
        self._moved = True
        self._depth += 1
        self.depth_seen = max(self.depth_seen, self._depth)
        if self._depth > DEPTH_LIMIT:
            raise XlsxError(f"The part {self._part!r} of the workbook is nested more than {DEPTH_LIMIT} deep")
        self._begin(name.rpartition(":")[2], attributes)

    def _on_end(self, name: str) -> None:
        self._moved = True
        self._depth -= 1
        self._end(name.rpartition(":")[2])

    def _on_text(self, text: str) -> None:
        self._moved = True
        self._text(text)

    def _on_other(self, _text: str) -> None:
        self._moved = True

    def _on_doctype(self, *_declaration: object) -> None:
        raise XlsxError(f"The part {self._part!r} of the workbook declares a document type or entities")


def _check_list(stream: BufferedReader) -> None:
    """Judge the end of the archive, so that its list is small before anybody reads it (APPNOTE 4.3.16)."""
    size = os.fstat(stream.fileno()).st_size
    if size > FILE_LIMIT_BYTES:
        raise XlsxError(f"The workbook is larger than {FILE_LIMIT_BYTES} bytes; export it as CSV")
    stream.seek(max(0, size - _END_BYTES - _END64_BYTES))
    tail = stream.read()
    end = tail[-_END_BYTES:]
    if len(end) < _END_BYTES or not end.startswith(_END) or end[20:] != b"\0\0":
        raise XlsxError("The workbook is damaged or cut off: it does not end as a ZIP archive")
    if tail[:-_END_BYTES].startswith(_END64_LOCATOR):
        raise XlsxError("The workbook is packed in a way (ZIP64 list) that no workbook of this size needs")
    members = int.from_bytes(end[10:12], "little")
    if members > MEMBERS_LIMIT or int.from_bytes(end[12:16], "little") > LIST_LIMIT_BYTES:
        raise XlsxError(f"The workbook has {members} parts or a list too long; at most {MEMBERS_LIMIT} are read")
    stream.seek(0)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    """Judge what the list says of each part, and of all together."""
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if (
            name.startswith("/")
            or "\\" in name
            or ":" in name
            or ".." in name.split("/")
            or "\0" in member.orig_filename
        ):
            raise XlsxError("A part of the workbook is named like a path outside it")
        if name.casefold() in seen:
            raise XlsxError(f"The part {name!r} is in the workbook twice")
        seen.add(name.casefold())
        if member.flag_bits & _ENCRYPTED or member.compress_type not in _PACKINGS:
            raise XlsxError(f"The part {name!r} of the workbook is encrypted, or packed in an unusual way")
        if member.file_size > max(RATIO_FREE_BYTES, RATIO_LIMIT * member.compress_size):
            raise XlsxError(f"The part {name!r} would unpack to more than {RATIO_LIMIT} times its size: a zip bomb")
    if sum(m.file_size for m in members) > UNPACKED_LIMIT_BYTES:
        raise XlsxError(
            f"The workbook would unpack to more than {UNPACKED_LIMIT_BYTES} bytes: a zip bomb, or CSV's job"
        )

"""XLSX workbooks: one sheet, read row by row, its cells as text. Formulas give the value that was saved with them.

Invariants: only the workbook, its list of relations, its styles, its shared texts and the one sheet are read; memory
is bounded by the shared texts (`TEXTS_LIMIT_BYTES`) and one row; a refusal names sheet and cell, never a cell's text.
"""

import posixpath
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from app.sources.file_kind import WORKBOOK_MARK, other_kind
from app.sources.source import CELL_LIMIT_BYTES, COLUMNS_LIMIT, UntrustedRow, escaped, header_fault, open_regular
from app.sources.xlsx_cells import CellFault, date_text, is_date_format, number_text, unescaped, zeros_of
from app.sources.xlsx_parts import Attributes, Parts, XlsxError

__all__ = ["XlsxError", "XlsxFile", "open_xlsx"]

TEXTS_LIMIT_BYTES = 67_108_864
TEXTS_LIMIT = 4_194_304
ROWS_LIMIT = 1_048_576
ROW_LIMIT = 4_194_304
"""Characters of one row."""
SHEETS_LIMIT = 255
STYLES_LIMIT = 65_536
_NO_TEXT = "Numbers, texts and styles of the workbook do not fit together"


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell's number is to be read."""

    is_date: bool = False
    zeros: int = 0


@dataclass(frozen=True, slots=True)
class _Book:
    """What the workbook says of its sheets."""

    sheets: tuple[tuple[str, str], ...]
    """Name and part of each sheet that is shown, in order."""
    texts: str
    styles: str
    since_1904: bool


@dataclass(frozen=True, slots=True)
class XlsxFile:
    """A workbook whose header was read; iterate it as often as needed, each time from its first row."""

    path: Path
    sheet: str
    header: tuple[str, ...]
    encoding: str = "xlsx"

    def __iter__(self) -> Iterator[UntrustedRow]:
        """The rows after the header.

        Raises:
            XlsxError: at the first cell that cannot be read.
        """
        rows = _rows(self.path, self.sheet)
        next(rows, None)
        width = len(self.header)
        for row in rows:
            if any(row.cells[width:]):
                place = _place(self.sheet, row.line, width + 1)
                raise XlsxError("A cell beyond the columns that have a name", place, row.line)
            yield UntrustedRow(row.line, (*row.cells[:width], *("",) * (width - len(row.cells))))


def open_xlsx(path: Path, sheet: str | None = None) -> XlsxFile:
    """Read the header of a sheet, which is its first row that is not empty.

    Args:
        path: where the workbook lies.
        sheet: the sheet's name, or None for the first that is shown.

    Raises:
        XlsxError: no workbook, a hostile one, no such sheet, no usable header, no rows.
    """
    with open_regular(path) as stream:
        head = stream.peek(512)[:512]
        if not head.startswith(WORKBOOK_MARK):
            raise XlsxError(f"This is no Excel workbook (.xlsx): it looks like {other_kind(head) or 'something else'}")
        with Parts(stream) as parts:
            name = _sheet(_book(parts), sheet)[0]
    rows = _rows(path, name)
    first = next(rows, None)
    if first is None:
        raise XlsxError("The sheet is empty", f"Sheet {escaped(name)!r}")
    cells = list(first.cells)
    while cells and not cells[-1].strip():
        cells.pop()
    header = tuple(" ".join(cell.split()) for cell in cells)
    if fault := header_fault(header):
        raise XlsxError(fault, f"Sheet {escaped(name)!r}, row {first.line}", first.line)
    if next(rows, None) is None:
        raise XlsxError("The sheet has a header but no rows", f"Sheet {escaped(name)!r}")
    return XlsxFile(path=path, sheet=name, header=header)


def _place(sheet: str, row: int, column: int = 0) -> str:
    """A place for people: `Sheet 'Contacts', cell C5`."""
    letters, rest = "", column
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"Sheet {escaped(sheet)!r}, cell {letters}{row}" if column else f"Sheet {escaped(sheet)!r}, row {row}"


def _sheet(book: _Book, wanted: str | None) -> tuple[str, str]:
    if not book.sheets:
        raise XlsxError("The workbook has no sheet with cells")
    if wanted is None:
        return book.sheets[0]
    for name, part in book.sheets:
        if name.casefold() == wanted.casefold():
            return name, part
    names = ", ".join(escaped(name) for name, _part in book.sheets[:10])
    raise XlsxError(f"The workbook has no sheet of that name. It has: {names}")


def _rows(path: Path, sheet: str) -> Iterator[UntrustedRow]:
    """The rows that are not empty, each as wide as its last cell."""
    with open_regular(path) as stream, Parts(stream) as parts:
        book = _book(parts)
        name, part = _sheet(book, sheet)
        reader = _SheetReader(name, _texts(parts, book.texts), _styles(parts, book.styles), book.since_1904)
        for _step in parts.parse(part, reader.begin, reader.end, reader.text):
            while reader.rows:
                yield reader.rows.popleft()


def _all(parts: Parts, name: str, reader: "_Handlers") -> None:
    for _step in parts.parse(name, reader.begin, reader.end, reader.text):
        pass


class _Handlers:
    """What a part's reader listens to; each does nothing until it is told otherwise."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text within the element."""


# the workbook and its relations


@dataclass
class _Relations(_Handlers):
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id to kind and part."""

    def begin(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode", "").lower() == "external":
            return
        if len(self.targets) > 10 * SHEETS_LIMIT:
            raise XlsxError("The workbook has too many relations between its parts")
        target = attributes.get("Target", "")
        part = target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], part)


@dataclass
class _Workbook(_Handlers):
    sheets: list[tuple[str, str]] = field(default_factory=list)
    since_1904: bool = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "").lower() in {"1", "true", "on"}
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", "")[:255], link))
            if len(self.sheets) > SHEETS_LIMIT:
                raise XlsxError(f"The workbook has more than {SHEETS_LIMIT} sheets")


def _book(parts: Parts) -> _Book:
    if not parts.has("xl/workbook.xml"):
        raise XlsxError("This is a ZIP archive, but no Excel workbook (.xlsx)")
    workbook, relations = _Workbook(), _Relations()
    _all(parts, "xl/workbook.xml", workbook)
    _all(parts, "xl/_rels/workbook.xml.rels", relations)
    kinds = dict(relations.targets.values())
    linked = [(name, relations.targets.get(link, ("", ""))) for name, link in workbook.sheets]
    return _Book(
        sheets=tuple((name, part) for name, (kind, part) in linked if kind == "worksheet"),
        texts=kinds.get("sharedStrings", ""),
        styles=kinds.get("styles", ""),
        since_1904=workbook.since_1904,
    )


# styles


@dataclass
class _StyleSheet(_Handlers):
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[_Style] = field(default_factory=list)
    in_cells: bool = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "cellXfs":
            self.in_cells = True
        elif name == "numFmt":
            self.codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:255]
        elif name == "xf" and self.in_cells:
            number = _whole(attributes.get("numFmtId"))
            code = self.codes.get(number, "")
            self.styles.append(_Style(is_date_format(number, code), zeros_of(code)))
        if len(self.styles) > STYLES_LIMIT or len(self.codes) > STYLES_LIMIT:
            raise XlsxError(f"The workbook has more than {STYLES_LIMIT} styles")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.in_cells = False


def _styles(parts: Parts, name: str) -> list[_Style]:
    sheet = _StyleSheet()
    if name and parts.has(name):
        _all(parts, name, sheet)
    return sheet.styles


def _whole(text: str | None) -> int:
    """A whole number of an attribute.

    Raises:
        XlsxError: it is none.
    """
    if text is None:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise XlsxError(_NO_TEXT)
    return int(text)


# shared texts


@dataclass
class _Texts(_Handlers):
    """The shared texts, end to end as UTF-8, so that they cost what they weigh."""

    held: bytearray = field(default_factory=bytearray)
    ends: "array[int]" = field(default_factory=lambda: array("I"))
    takes: bool = False
    spoken: int = 0

    def begin(self, name: str, _attributes: Attributes) -> None:
        self.spoken += name == "rPh"
        self.takes = name == "t" and not self.spoken

    def end(self, name: str) -> None:
        self.takes = False
        self.spoken -= name == "rPh"
        if name == "si":
            self.ends.append(len(self.held))
            if len(self.ends) > TEXTS_LIMIT:
                raise XlsxError(f"The workbook has more than {TEXTS_LIMIT} texts; export it as CSV")

    def text(self, text: str) -> None:
        if self.takes:
            self.held += text.encode("utf-8")
            if len(self.held) > TEXTS_LIMIT_BYTES:
                raise XlsxError(f"The workbook has texts of more than {TEXTS_LIMIT_BYTES} bytes; export it as CSV")

    def at(self, number: int) -> str:
        if number >= len(self.ends):
            raise CellFault(_NO_TEXT)
        begin = self.ends[number - 1] if number else 0
        if self.ends[number] - begin > CELL_LIMIT_BYTES:
            raise CellFault(f"A cell longer than {CELL_LIMIT_BYTES} bytes")
        return self.held[begin : self.ends[number]].decode("utf-8")


def _texts(parts: Parts, name: str) -> _Texts:
    texts = _Texts()
    if name and parts.has(name):
        _all(parts, name, texts)
    return texts


# the sheet


class _SheetReader(_Handlers):
    """Rows of a sheet, as its XML goes by."""

    def __init__(self, sheet: str, texts: _Texts, styles: list[_Style], since_1904: bool) -> None:
        self.rows: deque[UntrustedRow] = deque()
        self._sheet, self._texts, self._styles, self._since_1904 = sheet, texts, styles, since_1904
        self._row = self._column = 0
        self._cells: list[str] = []
        self._kind = "n"
        self._style = _Style()
        self._takes = self._has_formula = self._has_value = False
        self._spoken = self._size = self._row_size = 0
        self._parts: list[str] = []

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        self._spoken += name == "rPh"
        self._has_formula = self._has_formula or name == "f"
        self._has_value = self._has_value or name == "v"
        self._takes = name == "v" or (name == "t" and not self._spoken and self._kind == "inlineStr")

    def text(self, text: str) -> None:
        if self._takes:
            self._parts.append(text)
            self._size += len(text)
            if self._size > CELL_LIMIT_BYTES:
                self._refuse(f"A cell longer than {CELL_LIMIT_BYTES} bytes")

    def end(self, name: str) -> None:
        self._takes = False
        self._spoken -= name == "rPh"
        if name == "c":
            self._end_cell()
        elif name == "row" and any(self._cells):
            self.rows.append(UntrustedRow(self._row, tuple(self._cells)))

    def _refuse(self, reason: str) -> NoReturn:
        raise XlsxError(reason, _place(self._sheet, self._row, self._column), self._row)

    def _begin_row(self, attributes: Attributes) -> None:
        row = _whole(attributes.get("r")) or self._row + 1
        if not self._row < row <= ROWS_LIMIT:
            self._refuse("The rows after this one are out of order, or more than a sheet can have")
        self._row, self._column, self._cells, self._row_size = row, 0, [], 0

    def _begin_cell(self, attributes: Attributes) -> None:
        column = _column(attributes.get("r", "")) or self._column + 1
        if not self._column < column:
            self._refuse("The cells after this one are out of order")
        self._column = column
        self._kind = attributes.get("t", "n")
        number = _whole(attributes.get("s"))
        self._style = self._styles[number] if number < len(self._styles) else _Style()
        self._parts, self._size = [], 0
        self._has_formula = self._has_value = False

    def _end_cell(self) -> None:
        raw = "".join(self._parts)
        if self._has_formula and not self._has_value:
            self._refuse("A formula whose value was never saved. Open the workbook, save it, and try again")
        if not raw:
            return
        if self._column > COLUMNS_LIMIT:
            self._refuse(f"More than {COLUMNS_LIMIT} columns")
        try:
            text = self._value(raw)
        except CellFault as fault:
            self._refuse(str(fault))
        if len(text) * 4 > CELL_LIMIT_BYTES and len(text.encode("utf-8")) > CELL_LIMIT_BYTES:
            self._refuse(f"A cell longer than {CELL_LIMIT_BYTES} bytes")
        self._row_size += len(text)
        if self._row_size > ROW_LIMIT:
            self._refuse(f"More than {ROW_LIMIT} characters in one row")
        self._cells += [""] * (self._column - 1 - len(self._cells))
        self._cells.append(text)

    def _value(self, raw: str) -> str:
        """A cell's text by its kind (ECMA-376 part 1, 18.18.11)."""
        if self._kind == "s":
            if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
                raise CellFault(_NO_TEXT)
            return unescaped(self._texts.at(int(raw)))
        if self._kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if self._kind in {"str", "inlineStr", "e", "d"}:
            return unescaped(raw)
        if self._style.is_date:
            return date_text(raw, since_1904=self._since_1904)
        return number_text(raw, self._style.zeros)


def _column(reference: str) -> int:
    """The column of `BC7`, from 1, or 0 where nothing is said.

    Raises:
        XlsxError: no reference.
    """
    letters = reference.rstrip("0123456789")
    if len(letters) > 3 or not all("A" <= letter <= "Z" for letter in letters):
        raise XlsxError(_NO_TEXT)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number

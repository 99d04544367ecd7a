"""CSV files: RFC 4180, read strictly, each refusal with line and column.

Delimiter `,` `;` tab or `|`, told from the header; UTF-8 with or without a byte order mark; CRLF or LF. Invariants:
the file is opened read-only and must be a regular file; memory is bounded by one row whatever the file (attack A35);
a message names a place, never a cell's text.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from app.domain.errors import InputRefusedError

CELL_LIMIT_BYTES = 65_536
COLUMNS_LIMIT = 1_000
LINE_LIMIT_BYTES = 4_194_304
DELIMITERS = ",;\t|"
_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x00\x00\xfe\xff": "UTF-32",
}


class CsvError(InputRefusedError):
    """The file is refused.

    Attributes:
        line: physical line from 1, or 0 for the file as a whole.
        column: character in the line from 1, or 0 for the line as a whole.
    """

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        place = f"Line {line}, column {column}: " if column else f"Line {line}: " if line else ""
        super().__init__(f"{place}{reason}", code="csv")
        self.reason = reason
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class UntrustedRow:
    """One row as it stands in the file.

    Attributes:
        line: the physical line on which it begins, from 1.
        cells: as many as the header has; nothing about them is believed. Not in `repr`.
    """

    line: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file whose header was read; iterate it as often as needed, each time from its first row."""

    path: Path
    header: tuple[str, ...]
    encoding: str
    delimiter: str

    def __iter__(self) -> Iterator[UntrustedRow]:
        """The rows after the header.

        Raises:
            CsvError: at the first row that is not CSV.
        """
        with _open(self.path) as stream:
            rows = _rows(stream, self.delimiter)
            next(rows)
            for row in rows:
                if len(row.cells) != len(self.header):
                    raise CsvError(f"{len(row.cells)} cells where the header has {len(self.header)}", row.line)
                yield row


def open_csv(path: Path) -> CsvFile:
    """Read the header of a CSV file.

    Raises:
        CsvError: not a readable regular file, not UTF-8, no usable header, no rows.
    """
    with _open(path) as stream:
        encoding = "utf-8-sig" if stream.peek(3)[:3] == _UTF8_MARK else "utf-8"
        delimiter = _delimiter(_first_line(stream))
    with _open(path) as stream:
        rows = _rows(stream, delimiter)
        first = next(rows, None)
        if first is None:
            raise CsvError("The file is empty")
        header = _header(first)
        if next(rows, None) is None:
            raise CsvError("The file has a header but no rows")
    return CsvFile(path=path, header=header, encoding=encoding, delimiter=delimiter)


def _open(path: Path) -> BufferedReader:
    """The file for reading; a pipe or device would block or never end."""
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise CsvError(f"The file cannot be opened: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise CsvError("This is not a regular file")
    return os.fdopen(number, "rb")


def _first_line(stream: BufferedReader) -> str:
    return next(_lines(stream), "")


def _lines(stream: BufferedReader) -> Iterator[str]:
    """Physical lines with their ends, decoded.

    Raises:
        CsvError: not UTF-8, a NUL, or a line beyond any use.
    """
    number = 0
    while raw := stream.readline(LINE_LIMIT_BYTES + 1):
        number += 1
        if number == 1:
            raw = _without_mark(raw)
        if len(raw) > LINE_LIMIT_BYTES:
            raise CsvError(f"Longer than {LINE_LIMIT_BYTES} bytes", number)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            column = len(raw[: error.start].decode("utf-8")) + 1
            raise CsvError("Not UTF-8. Save the file as CSV UTF-8 and try again", number, column) from None
        if "\0" in text:
            raise CsvError("A NUL character", number, text.index("\0") + 1)
        yield text


def _without_mark(raw: bytes) -> bytes:
    for mark, name in _OTHER_MARKS.items():
        if raw.startswith(mark):
            raise CsvError(f"This is {name}. Save the file as CSV UTF-8 and try again", 1)
    return raw.removeprefix(_UTF8_MARK)


def _delimiter(header: str) -> str:
    """The delimiter that stands most often in the header outside quotes; a comma when none does."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _header(row: UntrustedRow) -> tuple[str, ...]:
    """The column names, trimmed.

    Raises:
        CsvError: too many, an empty one, or the same one twice.
    """
    names = tuple(" ".join(cell.split()) for cell in row.cells)
    if len(names) > COLUMNS_LIMIT:
        raise CsvError(f"{len(names)} columns; at most {COLUMNS_LIMIT} are read", row.line)
    seen: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if not name:
            raise CsvError(f"Column {position} has no name", row.line)
        if not name.isprintable():
            raise CsvError(f"The name of column {position} has a control character", row.line)
        if (other := seen.setdefault(name.casefold(), position)) != position:
            raise CsvError(f"Columns {other} and {position} have the same name", row.line)
    return names


def _rows(stream: BufferedReader, delimiter: str) -> Iterator[UntrustedRow]:
    """The rows; a line without quotes is split at once, any other is read sign by sign.

    Raises:
        CsvError: a quote out of place, an open quote at the end, a cell or row too big.
    """
    lines = enumerate(_lines(stream), start=1)
    for number, line in lines:
        if '"' not in line:
            text = _without_end(line, number)
            if not text:
                continue
            cells = text.split(delimiter)
        else:
            cells = _quoted_row(line, number, lines, delimiter)
        _bound(cells, number)
        yield UntrustedRow(number, tuple(cells))


def _without_end(line: str, number: int) -> str:
    """The line without CRLF or LF; a lone carriage return is refused."""
    text = line.removesuffix("\n").removesuffix("\r")
    if "\r" in text:
        raise CsvError("A carriage return without line feed", number, text.index("\r") + 1)
    return text


def _bound(cells: list[str], number: int) -> None:
    if len(cells) > COLUMNS_LIMIT:
        raise CsvError(f"{len(cells)} columns; at most {COLUMNS_LIMIT} are read", number)
    for position, cell in enumerate(cells, start=1):
        if len(cell) * 4 > CELL_LIMIT_BYTES and len(cell.encode()) > CELL_LIMIT_BYTES:
            raise CsvError(f"The cell in column {position} is longer than {CELL_LIMIT_BYTES} bytes", number)


def _quoted_row(line: str, number: int, lines: Iterator[tuple[int, str]], delimiter: str) -> list[str]:
    """A row in which some cell is quoted; it may go on over several lines."""
    cells: list[str] = []
    size = at = 0
    current = number
    while True:
        if line.startswith('"', at):
            cell, current, line, at = _quoted_cell(current, line, at, lines)
        else:
            cell, at = _bare_cell(current, line, at, delimiter)
        cells.append(cell)
        size += len(cell)
        if len(cells) > COLUMNS_LIMIT or size > LINE_LIMIT_BYTES:
            raise CsvError(f"More than {COLUMNS_LIMIT} columns or {LINE_LIMIT_BYTES} characters in one row", number)
        if line.startswith(delimiter, at):
            at += len(delimiter)
            continue
        if line[at:] not in ("", "\n", "\r\n"):
            raise CsvError("Text after a closing quote", current, at + 1)
        return cells


def _bare_cell(number: int, line: str, at: int, delimiter: str) -> tuple[str, int]:
    end = line.find(delimiter, at)
    text = line[at:] if end < 0 else line[at:end]
    if end < 0:
        text = text.removesuffix("\n").removesuffix("\r")
    for mark, words in (('"', "A quote inside an unquoted cell"), ("\r", "A carriage return without line feed")):
        if mark in text:
            raise CsvError(words, number, at + text.index(mark) + 1)
    return text, at + len(text)


def _quoted_cell(number: int, line: str, at: int, lines: Iterator[tuple[int, str]]) -> tuple[str, int, str, int]:
    """A quoted cell: its text, then the line number, line and position after its closing quote."""
    opened, column = number, at + 1
    parts: list[str] = []
    size = 0
    at += 1
    while True:
        end = line.find('"', at)
        parts.append(line[at:] if end < 0 else line[at:end])
        size += len(parts[-1])
        if size > CELL_LIMIT_BYTES:
            raise CsvError(f"A cell longer than {CELL_LIMIT_BYTES} bytes; is a quote left open?", opened, column)
        if end >= 0 and line.startswith('"', end + 1):
            parts.append('"')
            at = end + 2
        elif end >= 0:
            return "".join(parts).replace("\r\n", "\n"), number, line, end + 1
        else:
            number, line = next(lines, (0, ""))
            at = 0
            if not number:
                raise CsvError("A quote is opened and never closed", opened, column)

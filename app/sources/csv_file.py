"""CSV files: RFC 4180, read strictly, each refusal with line and column.

Delimiter `,` `;` tab or `|`, told from the header; encodings as `encodings.py` says; CRLF or LF. Invariants:
the file is opened read-only and must be a regular file; memory is bounded by one row whatever the file (attack A35);
a message names a place, never a cell's text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from app.sources.encodings import LINE_LIMIT_BYTES, CsvError, encoding_of, lines
from app.sources.file_kind import HEAD_BYTES, refuse_other_kinds
from app.sources.source import (
    CELL_LIMIT_BYTES,
    COLUMNS_LIMIT,
    UntrustedRow,
    header_fault,
    open_regular,
)

__all__ = ["CELL_LIMIT_BYTES", "COLUMNS_LIMIT", "LINE_LIMIT_BYTES", "CsvError", "CsvFile", "UntrustedRow", "open_csv"]

DELIMITERS = ",;\t|"


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
        with open_regular(self.path) as stream:
            rows = _rows(stream, self.encoding, self.delimiter)
            next(rows, None)
            for row in rows:
                if len(row.cells) != len(self.header):
                    raise CsvError(f"{len(row.cells)} cells where the header has {len(self.header)}", row.line)
                yield row


def open_csv(path: Path, encoding: str | None = None) -> CsvFile:
    """Read the header of a CSV file.

    Args:
        path: where it lies; its name says nothing about its kind.
        encoding: what the person says it is, or None to go by its mark and take UTF-8 without one.

    Raises:
        SourceError: not a readable regular file, or a file of another kind.
        CsvError: not in its encoding, no usable header, no rows.
    """
    with open_regular(path) as stream:
        head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
        refuse_other_kinds(head)
        encoding = encoding_of(head, encoding)
        delimiter = _delimiter(next(lines(stream, encoding), ""))
    with open_regular(path) as stream:
        rows = _rows(stream, encoding, delimiter)
        first = next(rows, None)
        if first is None:
            raise CsvError("The file is empty")
        header = tuple(" ".join(cell.split()) for cell in first.cells)
        if fault := header_fault(header):
            raise CsvError(fault, first.line)
        if next(rows, None) is None:
            raise CsvError("The file has a header but no rows")
    return CsvFile(path=path, header=header, encoding=encoding, delimiter=delimiter)


def _delimiter(header: str) -> str:
    """The delimiter that stands most often in the header outside quotes; a comma when none does."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _rows(stream: BufferedReader, encoding: str, delimiter: str) -> Iterator[UntrustedRow]:
    """The rows; a line without quotes is split at once, any other is read sign by sign.

    Raises:
        CsvError: a quote out of place, an open quote at the end, a cell or row too big.
    """
    numbered = enumerate(lines(stream, encoding), start=1)
    for number, line in numbered:
        if '"' not in line:
            text = _without_end(line, number)
            if not text:
                continue
            cells = text.split(delimiter)
        else:
            cells = _quoted_row(line, number, numbered, delimiter)
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


def _quoted_row(line: str, number: int, following: Iterator[tuple[int, str]], delimiter: str) -> list[str]:
    """A row in which some cell is quoted; it may go on over several lines."""
    cells: list[str] = []
    size = at = 0
    current = number
    while True:
        if line.startswith('"', at):
            cell, current, line, at = _quoted_cell(current, line, at, following)
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


def _quoted_cell(number: int, line: str, at: int, following: Iterator[tuple[int, str]]) -> tuple[str, int, str, int]:
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
            number, line = next(following, (0, ""))
            at = 0
            if not number:
                raise CsvError("A quote is opened and never closed", opened, column)

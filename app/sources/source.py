"""What every source of customers is: a header, and untrusted rows that can be read as often as needed.

Invariants: a source is read in one pass with bounded memory; whatever is wrong with it is a `SourceError` that names
the place and never a cell's text.
"""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Protocol, runtime_checkable

from app.domain.errors import InputRefusedError

CELL_LIMIT_BYTES = 65_536
COLUMNS_LIMIT = 1_000
NAME_LIMIT = 4_000
"""Characters of a column's name: as many as a header's message carries (`ImportBegin`)."""


class SourceError(InputRefusedError):
    """The file is refused.

    Attributes:
        reason: what is wrong, without the place.
    """

    def __init__(self, reason: str, place: str = "", code: str = "source") -> None:
        super().__init__(f"{place}: {reason}" if place else reason, code=code)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class UntrustedRow:
    """One row as it stands in the file.

    Attributes:
        line: the physical line on which it begins, or the row of a sheet, from 1.
        cells: as many as the header has; nothing about them is believed. Not in `repr`.
        key: what names the row where it comes from, for messages, or empty where a line does.
    """

    line: int
    cells: tuple[str, ...] = field(repr=False)
    key: str = field(default="", repr=False)


class Source(Protocol):
    """An opened source; each iteration begins at the first row after the header."""

    @property
    def header(self) -> tuple[str, ...]:
        """The column names: none empty, no two the same."""

    @property
    def encoding(self) -> str:
        """How its text was decoded."""

    def __iter__(self) -> Iterator[UntrustedRow]:
        """The rows.

        Raises:
            SourceError: at the first row that cannot be read.
        """


@runtime_checkable
class SelectiveSource(Source, Protocol):
    """A source that need not hand over what nobody collects, and that may know how far it was read."""

    @property
    def name(self) -> str:
        """By which its mark is known."""

    @property
    def mark(self) -> str:
        """What to keep once all rows came in; empty before the end, and where there is nothing to keep."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the last iteration has to say besides its rows, a sentence each."""

    def without(self, columns: Collection[str]) -> "SelectiveSource":
        """The same source, with these columns empty."""

    def after(self, mark: str) -> "SelectiveSource":
        """The same source from a kept mark on, or from the beginning where it is none."""


def chunks(source: Source, count: int, characters: int) -> Iterator[tuple[UntrustedRow, ...]]:
    """Rows to bring together: by number, and by weight, since a source may have cells as large as they may be.

    Args:
        source: whose rows.
        count: rows of a chunk at most.
        characters: after which a chunk ends early.
    """
    chunk: list[UntrustedRow] = []
    weight = 0
    for row in source:
        chunk.append(row)
        weight += sum(map(len, row.cells))
        if len(chunk) == count or weight > characters:
            yield tuple(chunk)
            chunk, weight = [], 0
    if chunk:
        yield tuple(chunk)


def open_regular(path: Path) -> BufferedReader:
    """The file for reading; a pipe or device would block or never end.

    Raises:
        SourceError: it cannot be opened, or is no regular file.
    """
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise SourceError(f"The file cannot be opened: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise SourceError("This is not a regular file")
    return os.fdopen(number, "rb")


def header_fault(names: tuple[str, ...]) -> str:
    """What is wrong with trimmed column names, or nothing. A sign is named by its number, never a name by its text."""
    if len(names) > COLUMNS_LIMIT:
        return f"{len(names)} columns; at most {COLUMNS_LIMIT} are read"
    seen: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if not name:
            return f"Column {position} has no name"
        if len(name) > NAME_LIMIT:
            return f"The name of column {position} is longer than {NAME_LIMIT} characters"
        if hidden := next((sign for sign in name if not sign.isprintable()), ""):
            return f"The name of column {position} has a control character or invisible sign ({escaped(hidden)})"
        if (other := seen.setdefault(name.casefold(), position)) != position:
            return f"Columns {other} and {position} have the same name"
    return ""


def escaped(text: str) -> str:
    r"""Text from outside for a terminal: signs that move, hide or fake others stand as `\u202e`."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)

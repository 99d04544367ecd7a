"""The stream that fills a console's cache: lines of JSON, each of a bounded length, in chunks that count as a whole.

A stream is a head, then chunks, then an end. A chunk is rows in the order of their numbers and the *token* from which
another stream goes on behind them; a chunk without its token did not come. Whoever reads a stream that stops anywhere
else than at its end asks for another one with the last token.

A row is a list: number in the office, record in hex, customer number, queue, last contact (ms since 1970, or null), the
open fields in the inventory's order (empty texts where there is nothing), and the masks in the order of its sealed
fields (`["","",0]` where the field is empty). That is how a cache keeps both lists, so their text is copied.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pydantic import Field

from app.api.messages.wire import MOST_ENTRIES, Blob, Key32, Message

STREAM_TYPE: Final = "application/x-ndjson"
LONGEST_LINE_BYTES: Final = 10 * 1024 * 1024
"""With its end. The longest row that there can be: 200 fields of 4,000 characters, each written with twelve."""
MOST_ROWS: Final = 5_000
"""Of a chunk."""
MOST_CHUNK_BYTES: Final = 16 * 1024 * 1024
"""Of a chunk, with the last line that goes over it."""
NO_MASK: Final = '["","",0]'

_TEXT = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"'
"""A string of JSON (RFC 8259 section 7)."""
_MASK = rf"\[{_TEXT}, ?{_TEXT}, ?\d{{1,9}}\]"
_NUMBER = r"\d{1,16}"


class BeginFill(Message):
    """Where a stream is to begin.

    Attributes:
        token: from the last chunk that came, or None for all rows.
    """

    token: Blob | None = None


class FillHead(Message):
    """The first line.

    Attributes:
        inventory: digest of the inventory by which the rows are laid out.
        total: rows that there are, about.
        change: what changes later than this number is not in the stream for certain; it is asked for afterwards.
        anew: the rows begin with the first one: no token was brought, or it is not good here (any more), and what the
            console has from an earlier stream is to go.
    """

    inventory: Key32
    total: int = Field(ge=0, le=MOST_ENTRIES)
    change: int = Field(ge=0, le=MOST_ENTRIES)
    anew: bool


class FillToken(Message):
    """The last line of a chunk.

    Attributes:
        token: goes on behind the rows above; it says nothing to whoever has it.
        is_last: there are no more rows; the end.
    """

    token: Blob
    is_last: bool


class FillRow(NamedTuple):
    """A row that was read from a stream and judged.

    Attributes:
        id: number in the office.
        record: hex.
        number: customer number.
        queue: its queue.
        last_contact_ms: ms since 1970, or None.
        open: the open fields.
        open_text, masks_text: both lists as JSON, as they came.
    """

    id: int
    record: str
    number: str
    queue: str
    last_contact_ms: int | None
    open: tuple[str, ...]
    open_text: str
    masks_text: str


class NotARowError(ValueError):
    """A line is no row of this inventory. The message repeats nothing of it."""


class StoredShape:
    """Takes the values of one column out of the JSON object in which the office keeps them, as text, in order.

    A row is matched as a whole and its values are copied, never decoded: what was kept under names that the inventory
    does not have (any more) does not match, and neither does what is no JSON of ours.
    """

    def __init__(self, names: Sequence[str], value: str, nothing: str) -> None:
        parts = "".join(rf'(?:"{re.escape(name)}": ({value})(?:, )?)?' for name in names)
        self._match = re.compile(rf"\{{{parts}\}}").fullmatch
        self._nothing = nothing

    @classmethod
    def of_open(cls, names: Sequence[str]) -> "StoredShape":
        """Of open fields."""
        return cls(names, _TEXT, '""')

    @classmethod
    def of_masks(cls, names: Sequence[str]) -> "StoredShape":
        """Of masks."""
        return cls(names, _MASK, NO_MASK)

    def list_of(self, stored: str) -> str | None:
        """The values as a list of JSON, or None where they have to be read one by one."""
        found = self._match(stored)
        return None if found is None else f"[{','.join(found.groups(self._nothing))}]"


class RowReader:
    """Reads lines of rows by one inventory; what does not fit is refused.

    Args:
        open_count: how many open fields it has.
        sealed_count: how many sealed ones.
    """

    def __init__(self, open_count: int, sealed_count: int) -> None:
        opened = rf"{_TEXT}(?:,{_TEXT}){{{open_count - 1}}}" if open_count else ""
        masks = rf"{_MASK}(?:,{_MASK}){{{sealed_count - 1}}}" if sealed_count else ""
        self._match = re.compile(
            rf'\[({_NUMBER}),"([0-9a-f]{{32}})",({_TEXT}),({_TEXT}),(null|{_NUMBER}),(\[{opened}\]),(\[{masks}\])\]'
        ).fullmatch

    def read(self, untrusted_lines: Iterable[bytes], after: int) -> list[FillRow]:
        """Read rows whose numbers rise.

        Args:
            untrusted_lines: without their ends.
            after: the first number is above this one.

        Raises:
            NotARowError: a line is no row, or its number is not above the one before.
        """
        rows: list[FillRow] = []
        for untrusted in untrusted_lines:
            row = self._row(untrusted)
            if row.id <= after:
                raise NotARowError("rows do not follow each other")
            after = row.id
            rows.append(row)
        return rows

    def _row(self, untrusted: bytes) -> FillRow:
        try:
            found = self._match(untrusted.decode())
            if found is None:
                raise NotARowError("not a row")
            if b"\\u" in untrusted:  # half of a pair is no text
                json.dumps(json.loads(untrusted), ensure_ascii=False).encode()
        except UnicodeError:
            raise NotARowError("not a text") from None
        id_, record, number, queue, contact, open_text, masks_text = found.groups()
        number, queue, values = json.loads(f"[{number},{queue},{open_text}]")
        last_contact_ms = None if contact == "null" else int(contact)
        return FillRow(int(id_), record, number, queue, last_contact_ms, tuple(values), open_text, masks_text)

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

_AGREED_TEXT: Final = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"'
"""A string of JSON (RFC 8259 section 7)."""
_TEXT: Final = _AGREED_TEXT.replace("]*", "]*+").replace(")*", ")*+")
"""The same; a letter that was taken is never given back, as none could begin what follows. A quarter faster."""
_NUMBER: Final = r"\d{1,16}"


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


def row_form(open_count: int, sealed_count: int, text: str = _AGREED_TEXT) -> str:
    """What a line of a row matches.

    Args:
        open_count: how many open fields the inventory has.
        sealed_count: how many sealed ones.
        text: what each text matches.
    """
    mask = _mask_form(text)
    opened = rf"{text}(?:,{text}){{{open_count - 1}}}" if open_count else ""
    masks = rf"{mask}(?:,{mask}){{{sealed_count - 1}}}" if sealed_count else ""
    return rf'\[({_NUMBER}),"([0-9a-f]{{32}})",({text}),({text}),(null|{_NUMBER}),(\[{opened}\]),(\[{masks}\])\]'


def _mask_form(text: str) -> str:
    return rf"\[{text}, ?{text}, ?\d{{1,9}}\]"


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
        return _OpenShape(names)

    @classmethod
    def of_masks(cls, names: Sequence[str]) -> "StoredShape":
        """Of masks."""
        return cls(names, _mask_form(_TEXT), NO_MASK)

    def list_of(self, stored: str) -> str | None:
        """The values as a list of JSON, or None where they have to be read one by one."""
        found = self._match(stored)
        return None if found is None else f"[{','.join(found.groups(self._nothing))}]"


class _OpenShape(StoredShape):
    """Of texts. Where all are there and none has a backslash, quotes stand at their ends and nowhere else."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names, _TEXT, '""')
        self._between = ["{", *(part for name in names for part in (name, ": ", "", ", "))]
        self._between[-1] = "}"

    def list_of(self, stored: str) -> str | None:
        """The values as a list of JSON, or None where they have to be read one by one."""
        parts = stored.split('"')
        if len(parts) == len(self._between) and "\\" not in stored and stored.isprintable():
            texts = parts[3::4]
            parts[3::4] = self._between[3::4]
            if parts == self._between:
                return '["' + '","'.join(texts) + '"]'
        return super().list_of(stored)


class RowReader:
    """Reads lines of rows by one inventory; what does not fit is refused.

    Args:
        open_count: how many open fields it has.
        sealed_count: how many sealed ones.
    """

    def __init__(self, open_count: int, sealed_count: int) -> None:
        self._rows = re.compile(f"^{row_form(open_count, sealed_count, _TEXT)}$", re.MULTILINE).findall

    def read(self, untrusted_lines: Iterable[bytes], after: int) -> list[FillRow]:
        """Read rows whose numbers rise.

        Args:
            untrusted_lines: without their ends.
            after: the first number is above this one.

        Raises:
            NotARowError: a line is no row, or its number is not above the one before.
        """
        untrusted = list(untrusted_lines)
        whole = b"\n".join(untrusted)
        try:
            found: list[tuple[str, ...]] = self._rows(whole.decode())
        except UnicodeError:
            raise NotARowError("not a text") from None
        # A row fills its line, so that each line has one at most; and a line is one line.
        if len(found) != len(untrusted) or whole.count(b"\n") != max(0, len(untrusted) - 1):
            raise NotARowError("not a row")
        rows = list[FillRow]()
        for line, parts in zip(untrusted, found, strict=True):
            row = _row_of(parts) if b"\\" in line else _plain_row_of(parts)
            if row.id <= after:
                raise NotARowError("rows do not follow each other")
            after = row.id
            rows.append(row)
        return rows


def _plain_row_of(parts: tuple[str, ...]) -> FillRow:
    """Of a line without a backslash, whose texts are what they say between their quotes."""
    id_, record, number, queue, contact, open_text, masks_text = parts
    values = tuple(open_text[2:-2].split('","')) if open_text != "[]" else ()
    last_contact_ms = None if contact == "null" else int(contact)
    return FillRow(int(id_), record, number[1:-1], queue[1:-1], last_contact_ms, values, open_text, masks_text)


def _row_of(parts: tuple[str, ...]) -> FillRow:
    id_, record, number, queue, contact, open_text, masks_text = parts
    number, queue, values, masks = json.loads(f"[{number},{queue},{open_text},{masks_text}]")
    try:
        json.dumps((number, queue, values, masks), ensure_ascii=False).encode()
    except UnicodeError:  # half of a pair is no text
        raise NotARowError("not a text") from None
    last_contact_ms = None if contact == "null" else int(contact)
    return FillRow(int(id_), record, number, queue, last_contact_ms, tuple(values), open_text, masks_text)

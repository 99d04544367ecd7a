"""Rows of the session cache: as the console has them, and as they lie in the file. Open fields and masks, no value."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

Masks = tuple[tuple[str, str, int], ...]
"""(before, after, pleats) for each sealed field, in the inventory's order."""
StoredRow = tuple[int, str, str, str, str, str]
"""As it is read: id, record, number, queue, open fields and masks, the last two as JSON."""

encoded: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""One encoder for all rows: `json.dumps` with options makes a new one each time, a third of a fill."""


@dataclass(frozen=True, slots=True)
class CacheRow:
    """One customer as the console may know it.

    Attributes:
        id: the row's number in the office; orders the table.
        record: the record's id, hex.
        number: the customer number.
        queue: which queue the record is in.
        open: the open fields, in the order given to `create`.
        masks: one per sealed field.
    """

    id: int
    record: str
    number: str
    queue: str
    open: tuple[str, ...]
    masks: Masks


class WrittenRow(NamedTuple):
    """The same, with its lists written down already, as the cache keeps them (JSON).

    Attributes:
        id, record, number, queue, open: see `CacheRow`.
        open_text: `open`.
        masks_text: the masks.
    """

    id: int
    record: str
    number: str
    queue: str
    open: tuple[str, ...]
    open_text: str
    masks_text: str


def rows_of(stored: Sequence[StoredRow]) -> list[CacheRow]:
    """The rows, their lists read in one go: a call of the decoder for each list costs half as much again."""
    open_ = json.loads(f"[{','.join([row[4] for row in stored])}]")
    masks = json.loads(f"[{','.join([row[5] for row in stored])}]")
    return [
        CacheRow(id_, record, number, queue, tuple(shown), tuple(map(tuple, masked)))
        for (id_, record, number, queue, _, _), shown, masked in zip(stored, open_, masks, strict=True)
    ]

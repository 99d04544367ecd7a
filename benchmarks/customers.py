"""The customers that are measured with: the demo's, judged and masked as an import does it, once, outside the clock."""

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.masks import mask_of
from app.resource_files import resource_text
from app.sources.csv_file import UntrustedRow
from app.sources.mapping import plan_columns
from app.sources.records import ReadRow, read_row
from app.storage.cache_rows import CacheRow, WrittenRow
from tests.demo.customers import HEADERS, demo_customers

T = TypeVar("T")
MADE = 20_000
"""So many different customers are made; more rows repeat them."""
CHUNK = 1000
"""Rows of one page from the office, and of one transaction."""


def inventory() -> Inventory:
    """The inventory that Tirai brings along."""
    return load_inventory(resource_text("inventory", "customer.toml"))


def read_customers(n: int) -> list[ReadRow]:
    """`n` customers as an import reads them."""
    fields, header = inventory(), tuple(HEADERS.values())
    plan = plan_columns(header, fields, None)
    rows = (tuple(customer[name] for name in HEADERS) for customer in demo_customers(n))
    return [read_row(UntrustedRow(line, cells), plan, fields, header) for line, cells in enumerate(rows, 2)]


def cache_row(number: int, read: ReadRow, fields: Inventory) -> CacheRow:
    """What a console gets of a customer: open fields and masks."""
    values, record = read.values, fields.record
    city = values.get(record.city, "") if record.city else ""
    masks = (mask_of(f, values[f.name], city) if f.name in values else None for f in fields.sealed_fields)
    return CacheRow(
        id=number,
        record=f"{number:032x}",
        number=values[record.number],
        queue=values.get(record.queue, "general"),
        open=tuple(values.get(f.name, "") for f in fields.open_fields),
        masks=tuple((m.before, m.after, m.pleats) if m else ("", "", 0) for m in masks),
    )


def keep_cache_rows(path: Path, n: int) -> Path:
    """Make the rows once and keep them in a file, for turns in processes of their own."""
    path.write_bytes(pickle.dumps(many_cache_rows(n)))
    return path


def rows_for(n: int, made: Sequence[CacheRow]) -> Iterator[CacheRow]:
    """`n` rows: the made ones, again and again under other numbers."""
    for number in range(1, n + 1):
        row = made[(number - 1) % len(made)]
        yield row if number <= len(made) else replace(row, id=number, record=f"{number:032x}", number=f"C-{number:07d}")


def many_cache_rows(n: int) -> list[CacheRow]:
    """`n` rows of at most 20,000 different customers."""
    fields = inventory()
    made = [cache_row(number, read, fields) for number, read in enumerate(read_customers(min(n, MADE)), 1)]
    return list(rows_for(n, made))


def kept_cache_rows(path: Path) -> list[CacheRow]:
    """The rows that `keep_cache_rows` kept."""
    rows: list[CacheRow] = pickle.loads(path.read_bytes())
    return rows


def written_down(rows: list[CacheRow]) -> list[WrittenRow]:
    """The same rows as a stream gives them: their lists are texts already."""
    return [
        WrittenRow(r.id, r.record, r.number, r.queue, r.open, _json(r.open), _json(r.masks)) for r in rows
    ]  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def chunks(rows: Sequence[T]) -> Iterator[list[T]]:
    """The rows by pages."""
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk

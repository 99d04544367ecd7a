"""A saved view: a name and what a table shows. It has room for no search text and for nothing of a customer.

It lies among a person's choices in the open, so it is read as untrusted, and what does not fit is dropped.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.table_query import FilterKind, Sort, TableColumn
from app.ui.table.filters import DAYS

LONGEST_NAME = 40
MOST_VIEWS = 12
_MOST_VALUES = 40
_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view.

    Attributes:
        name: the person's words.
        filters: chosen values by column.
        sort: by what, or None.
        columns: keys of the columns shown, in order.
    """

    name: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort | None = None
    columns: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is kept."""
        sort = [self.sort.by, self.sort.is_down] if self.sort is not None else None
        said = {"name": self.name, "filters": dict(self.filters), "sort": sort, "columns": self.columns}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def view_of(text: str, columns: Mapping[str, TableColumn]) -> SavedView | None:
    """The view that was kept as this text; None where it is none.

    Args:
        text: untrusted.
        columns: those that the table may have, by key; others are left out.
    """
    try:
        untrusted = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(untrusted, dict) or not isinstance(untrusted.get("name"), str):
        return None
    name = " ".join(untrusted["name"].split())[:LONGEST_NAME]
    if not name or not name.isprintable():
        return None
    shown = untrusted.get("columns")
    keys = tuple(key for key in shown if key in columns) if isinstance(shown, list) and _are_words(shown) else ()
    return SavedView(name, _filters(untrusted.get("filters"), columns), _sort(untrusted.get("sort"), columns), keys)


def _are_words(values: list[object]) -> bool:
    return all(isinstance(value, str) and len(value) <= _LONGEST_VALUE for value in values)


def _filters(untrusted: object, columns: Mapping[str, TableColumn]) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    for key, values in untrusted.items() if isinstance(untrusted, dict) else ():
        column = columns.get(key)
        if column is None or column.filter is FilterKind.NONE or not isinstance(values, list) or not _are_words(values):
            continue
        is_days = column.filter is FilterKind.DAYS
        kept = [value for value in values[:1] if value in DAYS] if is_days else values[:_MOST_VALUES]
        if kept:
            filters[key] = tuple(kept)
    return filters


def _sort(untrusted: object, columns: Mapping[str, TableColumn]) -> Sort | None:
    match untrusted:
        case [str(by), bool(is_down)] if by in columns:
            return Sort(by, is_down)
        case _:
            return None

"""The columns by which a session cache sorts and filters, in SQL."""

import re

_PLACE = re.compile(r"(open|mask):(\d{1,3})")
_PLAIN = {"name": "name_key", "number": "number", "queue": "queue"}
FROM_THE_FILL = frozenset({"name", "queue"})
"""Columns whose order the cache has from its beginning, as an index."""


def expression(column: str, row: str = "") -> str:
    """What a column is in SQL.

    Args:
        column: `name`, `number`, `queue`, or the place of an open field (`open:2`) or a mask (`mask:0`).
        row: of which row: `NEW.` or `OLD.` in a trigger.

    Raises:
        ValueError: there is no such column.
    """
    if column in _PLAIN:
        return f"{row}{_PLAIN[column]}"
    found = _PLACE.fullmatch(column)
    if found is None:
        raise ValueError(f"Not a column of the cache: {column[:40]!r}.")
    kind, place = found[1], int(found[2])
    if kind == "open":
        return f"json_extract({row}open, '$[{place}]')"
    return f"json_extract({row}masks, '$[{place}][0]') || ' ' || json_extract({row}masks, '$[{place}][1]')"


def collation(column: str) -> str:
    """How its values are compared; what follows a column's type."""
    return " COLLATE NOCASE" if column.startswith("open:") else ""


def nothing(column: str) -> str:
    """What the column of a row without a value is."""
    return " " if column.startswith("mask:") else ""


def table_of(column: str) -> str:
    """The table that keeps its order."""
    return f"order_of_{column.replace(':', '_')}"


def whole_key(column: str) -> str:
    """What `about` says of an order that is whole."""
    return f"order:{column}"


def source(column: str, *, ordered: bool) -> tuple[str, str]:
    """Table and column to read from.

    Args:
        column: see `expression`.
        ordered: whether its order is there; without one each row is read.

    Raises:
        ValueError: there is no such column.
    """
    value = expression(column)
    if column in FROM_THE_FILL or not ordered:
        return "customer", value + collation(column)
    return table_of(column), "value"

"""Orders and filters of the session cache: arrays of ids, made by SQLCipher from narrow indexes, never with OFFSET.

An index over a column is made when somebody first sorts or filters by it, and kept by the file from then on: a fill
makes none of them. The order of a column is read once from its index and kept in memory, as ids alone, until a row
changes.
"""

import json
import re
from array import array
from collections.abc import Callable
from contextlib import AbstractContextManager

from app.domain.table_query import Among, Between, Filter, Sort
from app.storage import sqlcipher

_PLACE = re.compile(r"(open|mask):(\d{1,3})")
_PLAIN = {"name": "name_key", "number": "number", "queue": "queue"}
_MOST_ORDERS = 4
"""So many orders are kept; at a million rows each has eight megabytes."""

MOST_VALUES = 500
"""So many values of one column are offered as a filter."""

Guarded = Callable[[], AbstractContextManager[sqlcipher.Connection]]
Ids = array[int]


def expression(column: str) -> str:
    """What a column is in SQL.

    Raises:
        ValueError: there is no such column.
    """
    if column in _PLAIN:
        return _PLAIN[column]
    found = _PLACE.fullmatch(column)
    if found is None:
        raise ValueError(f"Not a column of the cache: {column[:40]!r}.")
    kind, place = found[1], int(found[2])
    if kind == "open":
        return f"json_extract(open, '$[{place}]') COLLATE NOCASE"
    return f"json_extract(masks, '$[{place}][0]') || ' ' || json_extract(masks, '$[{place}][1]')"


class Orders:
    """Orders of one cache.

    Args:
        reading: the connection, to read.
        writing: the connection in a transaction.
    """

    def __init__(self, reading: Guarded, writing: Guarded) -> None:
        self._reading, self._writing = reading, writing
        self._kept: dict[str, Ids] = {}

    def forget(self) -> None:
        """A row has changed."""
        self._kept.clear()

    def sorted(self, sort: Sort, among: Ids | None) -> Ids:
        """Ids in the order of a column.

        Args:
            sort: by what.
            among: only these, in whatever order; None for all.
        """
        up = self._order(sort.by)
        ids = up if among is None else array("q", filter(set(among).__contains__, up))
        if not sort.is_down:
            return ids
        # Rows without a value stay last: they are the end of the order upwards, too.
        empty = self._empty(sort.by)
        split = len(ids) - (len(empty) if among is None else len(set(among).intersection(empty)))
        return ids[:split][::-1] + ids[split:]

    def matching(self, asked: Filter, *, with_index: bool = True) -> Ids:
        """Ids that a filter leaves, in no order.

        Args:
            asked: the filter.
            with_index: make the index if there is none; without one, each row is read.
        """
        if with_index:
            self.need_index(asked.by)
        column = expression(asked.by)
        with self._reading() as db:
            if isinstance(asked, Among):
                return _ids(db, f"{column} IN (SELECT value FROM json_each(?))", json.dumps(asked.values))  # noqa: S608
            ids = _ids(db, *_between(column, asked))
            return ids + _ids(db, f"{column} = ''") if asked.with_none else ids

    def values(self, by: str) -> list[str]:
        """The values that a column has, in order; the empty one too, and not more than `MOST_VALUES`.

        Each step jumps to the next value in the index.
        """
        self.need_index(by)
        column = expression(by)
        query = (
            f"WITH RECURSIVE step (value) AS (SELECT min({column}) FROM customer"  # noqa: S608 (no input in it)
            f" UNION ALL SELECT (SELECT min({column}) FROM customer WHERE {column} > step.value)"
            " FROM step WHERE step.value IS NOT NULL)"
            " SELECT value FROM step WHERE value IS NOT NULL LIMIT ?"
        )
        with self._reading() as db:
            return [str(value) for (value,) in db.execute(query, (MOST_VALUES,))]

    def _order(self, by: str) -> Ids:
        kept = self._kept.pop(by, None)
        if kept is None:
            self.need_index(by)
            column = expression(by)
            with self._reading() as db:
                every = _ids(db, f"true ORDER BY {column}")
            empty = len(self._empty(by))
            kept = every[empty:] + every[:empty]
        self._kept[by] = kept
        while len(self._kept) > _MOST_ORDERS:
            del self._kept[next(iter(self._kept))]
        return kept

    def _empty(self, by: str) -> Ids:
        column = expression(by)
        nothing = " " if by.startswith("mask:") else ""
        with self._reading() as db:
            return _ids(db, f"{column} = ?", nothing)

    def need_index(self, by: str) -> None:
        """Make the index over a column, if there is none."""
        name = f"customer_by_{by.replace(':', '_')}"
        with self._reading() as db:
            if db.execute("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?", (name,)).fetchone():
                return
        with self._writing() as db:
            db.execute(f"CREATE INDEX {name} ON customer ({expression(by)})")


def _between(column: str, asked: Between) -> tuple[str, ...]:
    """One bound at each end: with two at one end the index alone would not do."""
    where = f"{column} >= ?" if asked.first else f"{column} > ''"
    if asked.last:
        where += f" AND {column} <= ?"
    return (where, *(day for day in (asked.first, asked.last) if day))


def _ids(db: sqlcipher.Connection, where: str, *bound: str) -> Ids:
    return ids_from(db, f"SELECT id FROM customer WHERE {where}", *bound)  # noqa: S608 (no input in it)


def ids_from(db: sqlcipher.Connection, query: str, *bound: str | int) -> Ids:
    """The ids that a query of one column `id` brings, in its order.

    One text for all of them comes over twice as fast as a row for each.
    """
    text = db.execute(f"SELECT group_concat(id) FROM ({query})", bound).fetchone()[0]  # noqa: S608 (no input in it)
    return array("q", map(int, text.split(","))) if text else array("q")

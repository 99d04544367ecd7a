"""Orders and filters of the session cache: arrays of ids, read by SQLCipher from narrow orders, never with OFFSET.

The order of a column is made when somebody first sorts or filters by it (`order_making`), and kept by the file from
then on: a fill makes none of them. It is read once and kept in memory, as ids alone, until a row changes.
"""

import json
import threading
from array import array
from collections.abc import Callable, Iterable

from app.domain.table_query import Among, Between, Filter, Sort
from app.storage import sqlcipher
from app.storage.order_columns import FROM_THE_FILL, nothing, source, whole_key
from app.storage.order_making import Guarded, Ids, OrderMaking

_MOST_ORDERS = 4
"""So many orders are kept; at a million rows each has eight megabytes."""
_LOOK_S = 0.05
"""How often who waits for another making looks whether it is to stop."""
_PIECE_CHARACTERS = 1 << 16
"""So much of a list of ids is cut into words at once."""

MOST_VALUES = 500
"""So many values of one column are offered as a filter."""


class Orders:
    """Orders of one cache.

    Args:
        reading: the connection, to read.
        writing: the connection in a transaction.
    """

    def __init__(self, reading: Guarded, writing: Guarded) -> None:
        self._reading, self._writing = reading, writing
        self._kept: dict[str, Ids] = {}
        self._turn = threading.Lock()
        self._making: OrderMaking | None = None

    def changed(self, ids: Iterable[int]) -> None:
        """These rows change, in the transaction of now."""
        self._kept.clear()
        if self._making is not None:
            self._making.touched(ids)

    def is_there(self, by: str) -> bool:
        """Whether the order of a column was made."""
        if by in FROM_THE_FILL:
            return True
        with self._reading() as db:
            return db.execute("SELECT 1 FROM about WHERE key = ?", (whole_key(by),)).fetchone() is not None

    def make(self, by: str, total: int, told: Callable[[int, int], object], is_stopped: Callable[[], bool]) -> bool:
        """Make the order of a column, if there is none; others use the cache meanwhile.

        Not to be called by whoever holds the cache: another making may be on, and waits for it.

        Args:
            by: the column.
            total: how many rows there are, about.
            told: told how many steps are done, of how many.
            is_stopped: asked between small pieces.

        Returns:
            Whether it is there; not, if it was stopped.
        """
        while not self._turn.acquire(timeout=_LOOK_S):
            if is_stopped():
                return False
        try:
            if self.is_there(by):
                return True
            self._making = OrderMaking(self._reading, self._writing, by, total, told, is_stopped)
            return self._making.run(lambda ids: self._keep(by, ids))
        finally:
            self._making = None
            self._turn.release()

    def sorted(self, sort: Sort, among: Ids | None) -> Ids:
        """Ids in the order of a column, which is there.

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

    def matching(self, asked: Filter, *, ordered: bool = True) -> Ids:
        """Ids that a filter leaves, in no order.

        Args:
            asked: the filter.
            ordered: the column's order is there; without one, each row is read.
        """
        table, column = source(asked.by, ordered=ordered)
        with self._reading() as db:
            if isinstance(asked, Among):
                where = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608 (no input in it)
                return _ids(db, table, where, json.dumps(asked.values))
            ids = _ids(db, table, *_between(column, asked))
            return ids + _ids(db, table, f"{column} = ''") if asked.with_none else ids

    def values(self, by: str) -> list[str]:
        """The values that a column has, in order; the empty one too, and not more than `MOST_VALUES`.

        Each step jumps to the next value in the order, which is there.
        """
        table, column = source(by, ordered=True)
        query = (
            f"WITH RECURSIVE step (value) AS (SELECT min({column}) FROM {table}"  # noqa: S608 (no input in it)
            f" UNION ALL SELECT (SELECT min({table}.{column}) FROM {table} WHERE {table}.{column} > step.value)"
            " FROM step WHERE step.value IS NOT NULL)"
            " SELECT value FROM step WHERE value IS NOT NULL LIMIT ?"
        )
        with self._reading() as db:
            return [str(value) for (value,) in db.execute(query, (MOST_VALUES,))]

    def _order(self, by: str) -> Ids:
        kept = self._kept.pop(by, None)
        if kept is None:
            table, column = source(by, ordered=True)
            with self._reading() as db:
                every = _ids(db, table, f"true ORDER BY {column}, id")
            empty = len(self._empty(by))
            kept = every[empty:] + every[:empty]
        self._keep(by, kept)
        return kept

    def _keep(self, by: str, ids: Ids) -> None:
        self._kept[by] = ids
        while len(self._kept) > _MOST_ORDERS:
            del self._kept[next(iter(self._kept))]

    def _empty(self, by: str) -> Ids:
        table, column = source(by, ordered=True)
        with self._reading() as db:
            return _ids(db, table, f"{column} = ?", nothing(by))


def _between(column: str, asked: Between) -> tuple[str, ...]:
    """One bound at each end: with two at one end the order alone would not do."""
    where = f"{column} >= ?" if asked.first else f"{column} > ''"
    if asked.last:
        where += f" AND {column} <= ?"
    return (where, *(day for day in (asked.first, asked.last) if day))


def _ids(db: sqlcipher.Connection, table: str, where: str, *bound: str) -> Ids:
    return ids_from(db, f"SELECT id FROM {table} WHERE {where}", *bound)  # noqa: S608 (no input in it)


def ids_from(db: sqlcipher.Connection, query: str, *bound: str | int) -> Ids:
    """The ids that a query of one column `id` brings, in its order.

    One text for all of them comes over twice as fast as a row for each. It is read in pieces: a million words at once
    are 60 MiB.
    """
    text = db.execute(f"SELECT group_concat(id) FROM ({query})", bound).fetchone()[0] or ""  # noqa: S608 (no input)
    found, at = array("q"), 0
    while at < len(text):
        end = text.find(",", at + _PIECE_CHARACTERS)
        end = end if end >= 0 else len(text)
        found.extend(map(int, text[at:end].split(",")))
        at = end + 1
    return found

"""The making of one column's order, in small pieces between which others use the cache.

An index made by SQL is one statement, and nobody is answered until it is over: seconds, from some 200,000 rows on. So
the values are read a chunk at a time into a table in memory, which sorts them, and written from there in their order,
a chunk in each transaction. What changes meanwhile is noted, and set right with the last one; triggers keep the order
from then on. Half an order counts as none: `about` names those that are whole.
"""

import contextlib
import json
from array import array
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from app.storage import sqlcipher
from app.storage.order_columns import collation, expression, nothing, table_of, whole_key

CHUNK = 4_000
"""Rows of one piece: others wait for some hundredths of a second."""

Guarded = Callable[[], AbstractContextManager[sqlcipher.Connection]]
Ids = array[int]


class OrderMaking:
    """One order on its way.

    Args:
        reading: the cache's connection, to read.
        writing: the connection in a transaction.
        by: the column.
        told: told how many steps are done, of how many.
        is_stopped: asked between pieces.
    """

    def __init__(
        self,
        reading: Guarded,
        writing: Guarded,
        by: str,
        total: int,
        told: Callable[[int, int], object],
        is_stopped: Callable[[], bool],
    ) -> None:
        self._reading, self._writing, self._by, self._total = reading, writing, by, total
        self._told, self._is_stopped = told, is_stopped
        self._changed: set[int] = set()

    def touched(self, ids: Iterable[int]) -> None:
        """These rows change now, in a transaction of the cache."""
        self._changed.update(ids)

    def run(self, keep: Callable[[Ids], object]) -> bool:
        """Make it.

        Args:
            keep: given the ids in their order, rows without a value last, unless a row has changed meanwhile.

        Returns:
            Whether it is there; not, if it was stopped.

        Raises:
            EncryptedFileError: the file was touched, or the cache is closed.
        """
        with contextlib.closing(sqlcipher.memory()) as memory:
            return self._sort(memory) and self._write(memory, keep)

    def _sort(self, memory: sqlcipher.Connection) -> bool:
        memory.execute(f"CREATE TABLE sorted {self._form()}")
        memory.execute("BEGIN")
        query = f"SELECT coalesce({expression(self._by)}, ''), id FROM customer WHERE id > ? ORDER BY id LIMIT {CHUNK}"  # noqa: S608 (no input in it)
        last, done = -1, 0
        while not self._is_stopped():
            with self._reading() as db:
                rows = db.execute(query, (last,)).fetchall()
            if not rows:
                return True
            memory.executemany("INSERT INTO sorted VALUES (?, ?)", rows)
            last, done = rows[-1][1], done + len(rows)
            self._tell(done)
        return False

    def _write(self, memory: sqlcipher.Connection, keep: Callable[[Ids], object]) -> bool:
        table, ids, empty = table_of(self._by), array("q"), 0
        with self._writing() as db:
            db.execute(f"DROP TABLE IF EXISTS {table}")  # half a one, of an earlier stop
            db.execute(f"CREATE TABLE {table} {self._form()}")
        sorted_ = memory.execute("SELECT value, id FROM sorted ORDER BY value, id")
        while rows := sorted_.fetchmany(CHUNK):
            if self._is_stopped():
                with self._writing() as db:
                    db.execute(f"DROP TABLE {table}")
                return False
            with self._writing() as db:
                db.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)  # noqa: S608 (no input in it)
            ids.extend(id_ for _value, id_ in rows)
            empty += sum(value == nothing(self._by) for value, _id in rows)
            self._tell(self._total + len(ids))
        with self._writing() as db:
            self._finish(db, table)
            if not self._changed:
                keep(ids[empty:] + ids[:empty])
        return True

    def _finish(self, db: sqlcipher.Connection, table: str) -> None:
        """Set right what has changed meanwhile, and have the file keep the order from now on."""
        new, old = expression(self._by, "NEW."), expression(self._by, "OLD.")
        if self._changed:
            changed = json.dumps(list(self._changed))
            among = "id IN (SELECT value FROM json_each(?))"
            db.execute(f"DELETE FROM {table} WHERE {among}", (changed,))  # noqa: S608 (no input in it)
            value = f"coalesce({expression(self._by)}, '')"
            db.execute(f"INSERT INTO {table} SELECT {value}, id FROM customer WHERE {among}", (changed,))  # noqa: S608 (no input in it)
        db.execute(
            f"CREATE TRIGGER {table}_comes AFTER INSERT ON customer"  # noqa: S608 (no input in it)
            f" BEGIN INSERT INTO {table} VALUES (coalesce({new}, ''), NEW.id); END"
        )
        db.execute(
            f"CREATE TRIGGER {table}_goes AFTER DELETE ON customer"  # noqa: S608 (no input in it)
            f" BEGIN DELETE FROM {table} WHERE value = coalesce({old}, '') AND id = OLD.id; END"
        )
        db.execute("INSERT INTO about VALUES (?, 'true')", (whole_key(self._by),))

    def _form(self) -> str:
        return f"(value TEXT NOT NULL{collation(self._by)}, id INTEGER NOT NULL, PRIMARY KEY (value, id)) WITHOUT ROWID"

    def _tell(self, done: int) -> None:
        self._told(min(done, 2 * self._total), 2 * self._total)

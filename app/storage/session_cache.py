"""The session cache: open fields, masks and a full-text index over open fields, in one encrypted file per session.

It also keeps a few items of the session itself (token, draft, wrapped account keys). It never holds a sealed value,
blob, box, tag or index value: rows come with masks only, and there is no column for anything else.

Invariants: what a person types is matched literally: it is split into words by the index's own tokenizer, and each
word is the beginning of a word in the row. Search works from the first chunk on. How the file is held, by one writer
that notices every other, is in `cache_file`; any thread may call.

Storage (`docs/performance.md`): 4 KiB pages, WAL; strings and `bytearray` are bound, never None; one FTS5 column,
contentless with deletes, `detail=none` (so no phrases: each word is a term of its own), prefixes of 1 to 3
characters, secure delete in file and index.
"""

import json
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from app.domain.table_query import TableQuery
from app.storage import sqlcipher
from app.storage.cache_file import READ_ONLY, CacheFile, closed_on_error, generation_of, refuse_older, tune
from app.storage.cache_orders import Orders
from app.storage.cache_rows import CacheRow, WrittenRow, encoded, rows_of
from app.storage.cache_search import QUERY_LIMIT, TOKENIZER, CacheSearch, all_ids, ids_beginning, name_key
from app.storage.order_columns import expression
from app.storage.wiping import CACHE_NAME

AT_ONCE: Final = 20_000
"""Up to so many rows the order of a column is made when it is wanted; with more it is worth a word."""

_SCHEMA_VERSION: Final = 1

_SCHEMA: Final = f"""
CREATE TABLE item (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    number TEXT NOT NULL,
    queue TEXT NOT NULL,
    name_key TEXT NOT NULL,
    open TEXT NOT NULL,
    masks TEXT NOT NULL
);
CREATE INDEX customer_by_queue ON customer (queue);
CREATE INDEX customer_by_name ON customer (name_key);
CREATE VIRTUAL TABLE found USING fts5 (
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='{TOKENIZER}'
);
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);
"""  # noqa: S608 (constants only)


class SessionCache(CacheFile):
    """One session's cache file, open.

    Attributes:
        fields, searchable: names of the open fields, and of those that the search looks into.
    """

    def __init__(
        self, path: Path, connection: sqlcipher.Connection, fields: Sequence[str], searchable: Sequence[str], name: str
    ) -> None:
        """Use `create` or `open`."""
        super().__init__(path, connection)
        self.fields = tuple(fields)
        self.searchable = tuple(searchable)
        self._word_places = tuple(self.fields.index(field) for field in searchable)
        self._name_place = self.fields.index(name) if name else None
        self._search = CacheSearch(has_names=self._name_place is not None)
        self._orders = Orders(self._guarded, self._transaction)

    @classmethod
    def create(
        cls,
        folder: Path,
        key: bytes,
        fields: Sequence[str],
        searchable: Sequence[str],
        name: str | None = None,
        generation: int = 1,
    ) -> "SessionCache":
        """Make the cache file of a session.

        Args:
            folder: the session's folder; must exist.
            key: 32 bytes.
            fields: names of the open fields, in the order of `CacheRow.open`.
            searchable: those of them that the search looks into (the customer number always is).
            name: the field with the display name; by default `name`, else the first searchable one.
            generation: the first one; of a cache that replaces another, above that one's last.

        Raises:
            EncryptedFileError: there is a file already, or the folder is refused.
            ValueError: a searchable field is not among the fields.
        """
        if unknown := [field for field in (*searchable, *([name] if name else [])) if field not in fields]:
            raise ValueError(f"Not an open field: {unknown[0]}.")
        name_field = name or ("name" if "name" in fields else next(iter(searchable), ""))
        path = folder / CACHE_NAME
        connection = sqlcipher.connect(path, key, memory_security=False, create=True, exclusive=True)
        about = {
            "fields": list(fields), "searchable": list(searchable), "name": name_field, "filled": False,
            "generation": generation, "count": 0,
        }  # fmt: skip
        with closed_on_error(connection), sqlcipher.explained(path):
            tune(connection)
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            connection.executemany(
                "INSERT INTO about VALUES (?, ?)", [(key, json.dumps(value)) for key, value in about.items()]
            )
            return cls(path, connection, fields, searchable, name_field)

    @classmethod
    def open(cls, folder: Path, key: bytes, at_least: int = 0) -> "SessionCache":
        """Open a session's cache file; what it holds is known from the file.

        Args:
            folder: the session's folder.
            key: 32 bytes.
            at_least: the generation that the guardian was told last. The file may be newer (its writer died before
                it could tell), never older.

        Raises:
            EncryptedFileError: it is missing, damaged, plain, or has another key or form; `older`: it is an earlier
                copy of itself.
        """
        path = folder / CACHE_NAME
        connection = sqlcipher.connect(path, key, memory_security=False, exclusive=True)
        with closed_on_error(connection), sqlcipher.explained(path):
            if connection.execute("PRAGMA user_version").fetchone() != (_SCHEMA_VERSION,):
                raise sqlcipher.EncryptedFileError(
                    "The session cache was written by another version. Wipe it and fill it again.", code="damaged"
                )
            refuse_older(generation_of(connection), at_least)
            tune(connection)
            about = {key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM about")}
            return cls(path, connection, about["fields"], about["searchable"], about["name"])

    # Rows

    def add(self, rows: Iterable[CacheRow | WrittenRow], items: Mapping[str, bytes] | None = None) -> None:
        """Add a chunk of rows whose ids are new; all or nothing, searchable at once.

        Args:
            rows: to add.
            items: items of the session that say how far that goes.

        Raises:
            ValueError: a row has another number of open fields than the cache.
        """
        made = list(rows)
        with self._transaction() as connection:
            self._orders.changed(row.id for row in made)
            connection.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", map(self._stored, made))
            connection.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", map(self._indexed, made))
            for key, value in (items or {}).items():
                connection.execute("INSERT OR REPLACE INTO item VALUES (?, ?)", (key, bytearray(value)))
            self._count += len(made)

    def begin_anew(self, *items: str) -> None:
        """Forget every row, and these items: all rows are about to come from the first one on."""
        with self._lock:
            gone = self.ids()
            with self._transaction() as connection:
                self._orders.changed(gone)
                connection.execute("INSERT INTO found (found) VALUES ('delete-all')")
                connection.execute("DELETE FROM customer")
                connection.executemany("DELETE FROM item WHERE key = ?", [(item,) for item in items])
                self._count = 0

    def replace(self, rows: Iterable[CacheRow]) -> None:
        """Write rows anew, whether their ids are there or not; all or nothing.

        Raises:
            ValueError: a row has another number of open fields than the cache.
        """
        made = list({row.id: row for row in rows}.values())
        with self._transaction() as connection:
            self._orders.changed(row.id for row in made)
            removed = self._delete(connection, [row.id for row in made])
            connection.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", map(self._stored, made))
            connection.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", map(self._indexed, made))
            self._count += len(made) - removed

    def follow(self, rows: Iterable[CacheRow], gone: Iterable[int], item: str, value: bytes) -> None:
        """Take over what changed, and how far that goes: rows written anew, others forgotten; all or nothing.

        Args:
            rows: as they are now.
            gone: ids of rows that left; they go from the index, too.
            item: the item of the session that says how far the cache follows.
            value: of that item.

        Raises:
            ValueError: a row has another number of open fields than the cache.
        """
        made = list({row.id: row for row in rows}.values())
        old = [*(row.id for row in made), *gone]
        with self._transaction() as connection:
            self._orders.changed(old)
            removed = self._delete(connection, old)
            connection.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", map(self._stored, made))
            connection.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", map(self._indexed, made))
            connection.execute("INSERT OR REPLACE INTO item VALUES (?, ?)", (item, bytearray(value)))
            self._count += len(made) - removed
            if gone:  # what left may have been erased: a word stays in its part of the index until that is made anew
                connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        if gone:  # and its pages stay in the log until that is written back
            with self._guarded() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def remove(self, ids: Iterable[int]) -> None:
        """Forget rows (erased customers, rows that left the queues); ids that are not there are ignored."""
        gone = list(ids)
        with self._transaction() as connection:
            self._orders.changed(gone)
            self._count -= self._delete(connection, gone)

    def finish_fill(self) -> None:
        """Say that all rows are here: the index is packed and the log written back."""
        with self._transaction() as connection:
            connection.execute("INSERT INTO found (found) VALUES ('optimize')")
            connection.execute("UPDATE about SET value = 'true' WHERE key = 'filled'")
        with self._guarded() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    @property
    def filled(self) -> bool:
        """Whether `finish_fill` was called."""
        with self._guarded() as connection:
            return bool(connection.execute("SELECT value FROM about WHERE key = 'filled'").fetchone() == ("true",))

    def count(self) -> int:
        """How many rows are here."""
        with self._lock:
            return self._count

    # Search

    def ids(
        self,
        query: str = "",
        queue: str | None = None,
        limit: int | None = None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> "array[int]":
        """Ids of the rows that match.

        Every word of the query must begin a word of the row's searchable fields or its number; letters match
        without regard to case and accents. Rows whose display name begins with the query come first, by name;
        then the others by id. A query without any letter or digit matches nothing, an empty one everything.

        Args:
            query: what the person typed, taken literally.
            queue: only rows of this queue.
            limit: at most so many.
            is_stopped: asked between pieces; nothing comes of a search that is stopped.
        """
        text = query[:QUERY_LIMIT].strip()
        with self._guarded() as connection:
            if not text:
                return all_ids(connection, queue, limit)
            found = self._search.ids(connection, text, queue, is_stopped)
        return found if limit is None else found[:limit]

    def first_ids(self, query: str, limit: int) -> "array[int] | None":
        """The first of those that `ids` brings of all queues, where that is told without reading them all.

        A letter that half of a million customers have is answered in under a millisecond instead of in half a second.
        None where only the whole search can tell: of letters beyond ASCII, which Python and the index may fold
        otherwise.
        """
        text = query[:QUERY_LIMIT].strip()
        if not text.isascii():
            return None
        with self._guarded() as connection:
            return self._search.first(connection, text, limit) if text else all_ids(connection, None, limit)

    def ids_of(self, query: TableQuery) -> "array[int]":
        """Ids of the rows that a table shows, in its order.

        While the cache is being filled they come unsorted and filters read each row: an order would slow the fill.
        Orders that are not there yet are made before; see `lacking`.

        Raises:
            ValueError: a column that the cache has not.
        """
        if not query.filters and query.sort is None:
            return self.ids(query.text, query.queue)
        filled = self.filled
        for column in query.columns if filled else ():
            self.make_order(column)
        with self._lock:
            text = [self.ids(query.text, query.queue)] if query.text.strip() or query.queue is not None else []
            parts = text + [self._orders.matching(one, ordered=filled) for one in query.filters]
            left = _in_all(parts) if parts else None
            if query.sort is not None and filled:
                return self._orders.sorted(query.sort, left)
            if left is None:
                return self.ids()
            return left if text else array("q", sorted(left))

    def ids_beginning(self, text: str) -> "array[int]":
        """Ids of the rows whose display name begins with a text, by name."""
        with self._guarded() as connection:
            return ids_beginning(connection, name_key(text[:QUERY_LIMIT]))

    def lacking(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Those of these columns whose order takes longer to make than a person should wait for unasked.

        Raises:
            ValueError: a column that the cache has not.
        """
        asked = [column for column in columns if expression(column)]
        if self.count() <= AT_ONCE or not self.filled:
            return ()
        return tuple(column for column in asked if not self._orders.is_there(column))

    def make_order(
        self,
        column: str,
        on_progress: Callable[[int, int], object] = lambda _done, _total: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Make the order of a column, if there is none, in a full cache; others use the cache meanwhile.

        Args:
            column: by which one wants to sort or filter.
            on_progress: called with steps done and all steps.
            is_stopped: asked between small pieces; what was begun is gone then.

        Returns:
            Whether it is there.

        Raises:
            ValueError: the cache has no such column.
        """
        expression(column)
        return self.filled and self._orders.make(column, self.count(), on_progress, is_stopped)

    def values_of(self, column: str) -> list[str]:
        """The values that a column has, in order; none while the cache is being filled."""
        if not self.make_order(column):
            return []
        with self._lock:
            return self._orders.values(column)

    def rows(self, ids: Iterable[int]) -> list[CacheRow]:
        """The rows with these ids, in this order; ids that are not there are left out."""
        wanted = list(ids)
        with self._guarded() as connection:
            found = connection.execute(
                "SELECT id, record, number, queue, open, masks FROM customer"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            )
            by_id = {row.id: row for row in rows_of(found.fetchall())}
        return [by_id[id_] for id_ in wanted if id_ in by_id]

    def row(self, id_: int) -> CacheRow | None:
        """The row with this id, if it is there.

        It reads one row by its key, which changes nothing of the file: so the file is looked at before, and not marked
        anew behind it.
        """
        with self._lock, sqlcipher.explained(self._path, READ_ONLY):
            self._refuse_if_touched()
            found = self._connection.execute(
                "SELECT id, record, number, queue, open, masks FROM customer WHERE id = ?", (id_,)
            ).fetchone()
        return None if found is None else rows_of((found,))[0]

    def ids_of_records(self, records: Iterable[str]) -> list[int]:
        """Ids of the rows of these records, hex, in this order; records that are not there are left out."""
        wanted = list(records)
        with self._guarded() as connection:
            found = connection.execute(
                "SELECT record, id FROM customer WHERE record IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            )
            by_record = dict(found.fetchall())
        return [by_record[record] for record in wanted if record in by_record]

    def close(self) -> None:
        """Close the file; calling it again does nothing."""
        with self._lock:
            super().close()
            self._search.close()

    # Inside

    def _stored(self, row: CacheRow | WrittenRow) -> tuple[int | str, ...]:
        if len(row.open) != len(self.fields):
            raise ValueError(f"A row has {len(row.open)} open fields, the cache {len(self.fields)}.")
        key = "" if self._name_place is None else name_key(row.open[self._name_place])
        if isinstance(row, WrittenRow):
            return (row.id, row.record, row.number, row.queue, key, row.open_text, row.masks_text)
        return (row.id, row.record, row.number, row.queue, key, encoded(row.open), encoded(row.masks))

    def _indexed(self, row: CacheRow | WrittenRow) -> tuple[int, str]:
        return (row.id, "\n".join((row.number, *(row.open[place] for place in self._word_places))))

    @staticmethod
    def _delete(connection: sqlcipher.Connection, ids: list[int]) -> int:
        """Delete rows and their index entries; how many there were."""
        one_each = [(id_,) for id_ in set(ids)]
        connection.executemany("DELETE FROM found WHERE rowid = ?", one_each)
        deleted: int = connection.executemany("DELETE FROM customer WHERE id = ?", one_each).rowcount
        return deleted


def _in_all(parts: "Sequence[array[int]]") -> "array[int]":
    """Ids that are in each of these, in the order of the first."""
    if len(parts) == 1:
        return parts[0]
    among = set(parts[1]).intersection(*parts[2:])
    return array("q", filter(among.__contains__, parts[0]))

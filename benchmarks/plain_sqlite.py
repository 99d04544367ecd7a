"""The peer of the session cache: SQLite without encryption, with the same rows, the same indexes and the same search.

It is the same SQLite library (SQLCipher's, without a key), so that a ratio shows Tirai's price and not two versions'.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from app.backoffice.filling import CHUNK_ROWS
from app.session.filling import CHUNKS_AT_ONCE
from app.storage import session_cache, sqlcipher
from app.storage.cache_rows import CacheRow, WrittenRow, rows_of
from app.storage.session_cache import SessionCache
from app.storage.wiping import CACHE_NAME
from benchmarks.customers import inventory

T = TypeVar("T")
Rows = Sequence[CacheRow | WrittenRow]
KEY = bytes(range(32))
Stored = tuple[int, str, str, str, str, str, str]


def open_fields() -> tuple[list[str], list[str], str]:
    """Names of the open fields, of the searchable ones, and of the one with the display name."""
    fields = inventory()
    return [f.name for f in fields.open_fields], [f.name for f in fields.searchable], fields.record.name


def new_cache(folder: Path) -> SessionCache:
    """Ours, empty."""
    folder.mkdir(mode=0o700)
    return SessionCache.create(folder, KEY, *open_fields())


def fill(cache: SessionCache, rows: Rows) -> None:
    """Fill it as a console does: the first page at once, then a few in one transaction."""
    for chunk in transactions(rows):
        cache.add(chunk)
    cache.finish_fill()


def transactions(rows: Sequence[T]) -> Iterator[list[T]]:
    """The rows as a console's fill puts them into transactions."""
    yield list(rows[:CHUNK_ROWS])
    for start in range(CHUNK_ROWS, len(rows), CHUNK_ROWS * CHUNKS_AT_ONCE):
        yield list(rows[start : start + CHUNK_ROWS * CHUNKS_AT_ONCE])


def plain_connection(path: Path) -> Any:
    """A plain file with the cache's tables and pragmas; nothing in it is encrypted."""
    connection = sqlcipher.DBAPI.connect(str(path), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -16384", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(session_cache._SCHEMA)
    return connection


def plain_copy(cache: SessionCache, path: Path) -> Any:
    """The same rows in a plain file, for lookups."""
    connection = plain_connection(path)
    with cache._guarded() as ours:
        rows = ours.execute("SELECT * FROM customer ORDER BY id").fetchall()
    words = [(row[0], _words(cache, row)) for row in rows]
    fill_plain(connection, rows, words)
    return connection


def _words(cache: SessionCache, row: Any) -> str:
    return cache._indexed(rows_of([(*row[:4], row[5], row[6])])[0])[1]


def prepared(folder: Path, rows: Rows) -> tuple[list[Any], list[Any]]:
    """Rows and their words, ready to be bound, as ours would bind them."""
    cache = new_cache(folder)
    made = [cache._stored(row) for row in rows], [cache._indexed(row) for row in rows]
    cache.close()
    return made


def fill_plain(connection: Any, rows: list[Any], words: list[Any]) -> None:
    """Bind ready rows in the same transactions as ours."""
    for row_chunk, word_chunk in zip(transactions(rows), transactions(words), strict=True):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", row_chunk)
        connection.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", word_chunk)
        connection.execute("COMMIT")
    connection.execute("INSERT INTO found (found) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def fill_plain_from_rows(connection: Any, cache: SessionCache, rows: Rows) -> None:
    """The same, with the work of making bound values out of rows inside."""
    for chunk in transactions(rows):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", map(cache._stored, chunk))
        connection.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", map(cache._indexed, chunk))
        connection.execute("COMMIT")
    connection.execute("INSERT INTO found (found) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def fill_plain_in_best_order(connection: Any, cache: SessionCache, rows: Rows) -> None:
    """As SQLite fills fastest, values made out of rows within it: one transaction, indexes by column after the load."""
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%'").fetchall()
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", map(cache._stored, rows))
    connection.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", map(cache._indexed, rows))
    for _name, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("INSERT INTO found (found) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def size_mb(path: Path) -> float:
    """Size of a file and its log, in MB."""
    return sum(p.stat().st_size for p in path.parent.glob(f"{path.name}*")) / 1e6


def cache_file(folder: Path) -> Path:
    """Where ours lies."""
    return folder / CACHE_NAME

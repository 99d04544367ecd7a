"""The encrypted file of a session cache as its only writer holds it: lock, transactions, generation, items.

Invariants: one connection under one lock, so any thread may call. Nobody else uses the file, so each use looks first
whether it was touched (`file_mark`): that, and a page that does not open, raises EncryptedFileError, and the file is
left as it is (`cache_damage` says what was done to it). Each transaction raises the *generation* that stands in the
file: whoever keeps the last number elsewhere, as the guardian does, refuses an older copy that was put back.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.storage import sqlcipher
from app.storage.file_mark import FileMark
from app.storage.wiping import CACHE_NAME

TwoMarks = tuple[FileMark | None, FileMark | None]
"""Of the file and of its log."""

WAL_NAME: Final = f"{CACHE_NAME}-wal"

READ_ONLY: Final = "readonly database"
"""What SQLite says of a file that was moved away under it, and SQLCipher after a page that did not open."""


class CacheFile:
    """One session's cache file, open.

    Attributes:
        generation: the number that stands in the file.
        salt: the first 16 bytes of the file, which tell it from any other.
        on_written: told each new generation, after it stands in the file, in the thread that wrote.
    """

    def __init__(self, path: Path, connection: sqlcipher.Connection) -> None:
        """Hold a file whose tables stand."""
        self._path = path
        self._paths = (str(path), str(path.with_name(WAL_NAME)))
        self._connection = connection
        self._lock = threading.RLock()
        self._closed = False
        self.on_written: Callable[[int], object] = lambda _generation: None
        self.generation = generation_of(connection)
        self.salt = bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
        self._marks = self._marks_now()
        self._count = count_of(connection)

    # Items of the session

    def get(self, key: str) -> bytes | None:
        """An item of the session (token, draft, wrapped account keys), or None."""
        with self._guarded() as connection:
            found = connection.execute("SELECT value FROM item WHERE key = ?", (key,)).fetchone()
            return bytes(found[0]) if found else None

    def put(self, key: str, value: bytes) -> None:
        """Keep an item of the session; an older one of that key is overwritten."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO item VALUES (?, ?)", (key, bytearray(value)))

    def forget(self, key: str) -> None:
        """Drop an item; it need not be there."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM item WHERE key = ?", (key,))

    def close(self) -> None:
        """Close the file; calling it again does nothing."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def check_untouched(self) -> None:
        """Look whether anybody else has touched the file since it was used last; costs no read.

        Raises:
            EncryptedFileError: somebody has (`touched`), or the cache is closed (`closed`).
        """
        with self._guarded():
            pass

    @property
    def marks(self) -> TwoMarks:
        """File and log as this process left them."""
        with self._lock:
            return self._marks

    # Inside

    @contextmanager
    def _guarded(self) -> Iterator[sqlcipher.Connection]:
        """The connection, if nobody touched the file; afterwards the file is marked as it was left."""
        with self._lock, sqlcipher.explained(self._path, READ_ONLY):
            self._refuse_if_touched()
            try:
                yield self._connection
            finally:
                now = self._marks_now()
                if _may_be_ours(self._marks, now):
                    self._marks = now

    def _refuse_if_touched(self) -> None:
        if self._closed:
            raise sqlcipher.EncryptedFileError("The session cache is closed.", code="closed")
        if self._marks_now() != self._marks:
            raise sqlcipher.EncryptedFileError(
                "Another program touched the session cache. It is put aside and filled again.", code="touched"
            )

    def _marks_now(self) -> TwoMarks:
        file, log = self._paths
        return FileMark.of(file), FileMark.of(log)

    @contextmanager
    def _transaction(self) -> Iterator[sqlcipher.Connection]:
        with self._guarded() as connection:
            count = self._count
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE about SET value = ? WHERE key = 'generation'", (str(self.generation + 1),))
                if self._count != count:
                    connection.execute("INSERT OR REPLACE INTO about VALUES ('count', ?)", (str(self._count),))
                connection.execute("COMMIT")
            except BaseException:
                self._count = count
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            self.generation += 1
        self.on_written(self.generation)


@contextmanager
def closed_on_error(connection: sqlcipher.Connection) -> Iterator[None]:
    """What fails within the block leaves no open file behind."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def refuse_older(found: int, at_least: int) -> None:
    """Refuse a cache of an earlier generation than is known.

    Raises:
        EncryptedFileError: it is older.
    """
    if found < at_least:
        raise sqlcipher.EncryptedFileError(
            "An older copy of the session cache was put back. It is refused; the cache is filled again.", code="older"
        )


def generation_of(connection: sqlcipher.Connection) -> int:
    """The generation that stands in a cache file; 0 in a file that has none."""
    found = connection.execute("SELECT value FROM about WHERE key = 'generation'").fetchone()
    return int(found[0]) if found else 0


def count_of(connection: sqlcipher.Connection) -> int:
    """How many rows stand in a cache file. It is kept, since SQLite would read an index from end to end for it."""
    found = connection.execute("SELECT value FROM about WHERE key = 'count'").fetchone()
    if found is None:  # written by a version that did not keep it
        found = connection.execute("SELECT count(*) FROM customer").fetchone()
    return int(found[0])


def _may_be_ours(before: TwoMarks, after: TwoMarks) -> bool:
    """Whether a use of ours can have changed the one into the other: it swaps no file and shortens none but the log."""
    (file, log), (file_now, log_now) = before, after
    if file is None or file_now is None or not file.is_same_file(file_now) or file_now.size_bytes < file.size_bytes:
        return False
    return log is None or log.is_same_file(log_now)


def tune(connection: sqlcipher.Connection) -> None:
    """WAL with SYNCHRONOUS=NORMAL: a killed process loses nothing, a power cut at most the last writes."""
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -16384")

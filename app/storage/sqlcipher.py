"""Encrypted files: the only place where SQLCipher is imported, keyed and checked.

Invariants, held at each open (`protection.md` section 7, rule 4):
- the library *is* SQLCipher (`cipher_version` answers), and the file does not begin like a plain SQLite file;
- a bad file is refused and left as it is: nothing is ever created in its place. Creating is a separate request
  that demands that nothing is there;
- the file is a plain file of the owner's alone, in a folder of the owner's alone, and is still the same file
  after SQLite has opened it;
- secure delete is on and temporary data stays in memory.

Limits: the key reaches SQLCipher as text, so hex copies stay in memory until the process ends. A page's MAC does
not show that an older page of the same file was put back. A flipped byte is noticed when its page is read:
`check_pages` reads all.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sqlcipher3 import dbapi2

from app.domain.errors import VerificationError
from app.storage.places import FILE_MODE, PlaceRefusedError, checked_folder, private_file

if TYPE_CHECKING:
    # Untyped, but a fork of the standard module with the same interface.
    from sqlite3 import Connection, DatabaseError
else:
    Connection = dbapi2.Connection
    DatabaseError = dbapi2.DatabaseError
DBAPI: Final = dbapi2
"""The DB-API module, for SQLAlchemy in the back office."""

__all__ = [
    "Connection",
    "DatabaseError",
    "EncryptedFileError",
    "check_pages",
    "connect",
    "copy_to",
    "explained",
    "look_at",
    "memory",
]

KEY_BYTES: Final = 32
APPLICATION_ID: Final = 0x54697261
"""`Tira` in the file's header; writing it makes a new file's first page exist before anything else."""

_PLAIN_HEADER: Final = b"SQLite format 3\x00"
_SMALLEST_PAGE: Final = 512
_BUSY_S: Final = 10.0
_STATEMENTS: Final = 128
"""Statements that a connection keeps ready (Python's own default)."""
_STATEMENTS_SECURE: Final = 4
"""The same under memory security. A kept statement takes slots of SQLite's lookaside, and what finds none there is
locked, wiped and unlocked by calls of the system, some 14 times a row: with 128, an import takes 3.7 times as long."""
_FILE_FAULTS: Final = (
    "not a database", "malformed", "disk image", "encrypted", "hmac", "disk i/o error", "vtable constructor failed",
    "fts5: corrupt", "fts5: missing",
)  # fmt: skip


class EncryptedFileError(VerificationError):
    """An encrypted file cannot be opened or trusted; the message says what to do.

    `code` is one of: missing, exists, plain, key_or_damage, damaged, place, no_cipher; of a session cache also
    touched, older, closed (`session_cache`).
    """


def connect(
    path: Path,
    key: bytes,
    *,
    memory_security: bool,
    create: bool = False,
    exclusive: bool = False,
    read_only: bool = False,
    known: os.stat_result | None = None,
) -> Connection:
    """Open (or create) an encrypted file.

    The connection may be used from several threads, one at a time. It commits each statement by itself unless
    the caller says BEGIN (`isolation_level=None`).

    Args:
        path: the file; its folder must exist.
        key: 32 random or derived bytes, used as they are (no passphrase stretching).
        memory_security: SQLCipher wipes all its memory before freeing it. Process-wide: once on, it stays on.
        create: make a new file; nothing may be there yet.
        exclusive: no other connection may use the file; the index of a WAL then lies in this process's memory,
            not in a shared file that others could cut under it (which ends a process by SIGBUS).
        read_only: leave file and folder as they are, to the byte. Nobody else may have the file open, and it must
            have been closed well: what lies in a `-wal` beside it is not read.
        known: what `look_at` found, for a further connection of this process: looking again would drop its locks.

    Raises:
        EncryptedFileError: see its codes.
        ValueError: the key does not have 32 bytes.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("A file key has 32 bytes.")
    identity = known or (_create_empty(path) if create else look_at(path))
    connection = _open(path, "mode=ro&immutable=1" if read_only else "mode=rw", memory_security)
    try:
        _key(connection, key, memory_security=memory_security)
        with explained(path):
            if exclusive:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            _set_up(connection, create=create)
        _check_still_same(path, identity)
    except BaseException:
        connection.close()
        if create:
            path.unlink(missing_ok=True)
        raise
    return connection


def memory() -> Connection:
    """An empty database in memory, without key or file; usable from several threads, one at a time."""
    connection: Connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def check_pages(connection: Connection, path: Path) -> None:
    """Read every page and check its MAC; takes time in proportion to the file.

    Raises:
        EncryptedFileError: at least one page was changed or is missing.
    """
    with explained(path):
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise _damaged(path)


def copy_to(connection: Connection, path: Path, key: bytes, change: Callable[[Connection], None] | None = None) -> None:
    """Copy everything as it stands into a new file under another key, in one consistent read; others may go on writing.

    Args:
        connection: an open file, outside of a transaction; good for nothing but closing if this fails.
        path: the new file; nothing may be there yet.
        key: its key, 32 bytes.
        change: what to change in the copy, as the schema `copy`, before anybody can see it without the change.

    Raises:
        EncryptedFileError: the place is taken or not the owner's alone.
        DatabaseError: the file that is copied is damaged, or the disk refused.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("A file key has 32 bytes.")
    _create_empty(path)
    connection.execute("PRAGMA foreign_keys = OFF")  # rows are copied table by table
    connection.execute(f"ATTACH DATABASE ? AS copy KEY \"x'{key.hex()}'\"", (str(path.absolute()),))
    connection.execute("PRAGMA copy.journal_mode = OFF")  # half a copy is thrown away whole
    connection.execute(f"PRAGMA copy.application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA copy.secure_delete = ON")
    connection.execute("BEGIN")
    connection.execute("SELECT sqlcipher_export('copy')").fetchone()
    if change is not None:
        change(connection)
    connection.execute("COMMIT")
    connection.execute("DETACH DATABASE copy")
    connection.execute("PRAGMA foreign_keys = ON")


@contextlib.contextmanager
def explained(path: Path, *more: str) -> Iterator[None]:
    """Turn SQLite's words for a damaged file into an EncryptedFileError; other errors pass.

    Args:
        path: which file.
        more: further words, in lower case, that mean the same here.
    """
    try:
        yield
    except DatabaseError as error:
        if any(fault in str(error).lower() for fault in (*_FILE_FAULTS, *more)):
            raise _damaged(path) from error
        raise


def _damaged(path: Path) -> EncryptedFileError:
    return EncryptedFileError(
        f"{path.name} does not open: this is not its key, or it was changed or cut. "
        "It was left as it is. A session cache can be wiped and filled again; an office file comes from a backup.",
        code="key_or_damage",
    )


def _create_empty(path: Path) -> os.stat_result:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        checked_folder(path.parent)
        descriptor = os.open(path, flags, FILE_MODE)
    except FileExistsError as error:
        raise EncryptedFileError(
            f"{path.name} is there already; nothing is created over it. Open it, or move it away.", code="exists"
        ) from error
    except PlaceRefusedError as error:
        raise EncryptedFileError(error.message, code="place") from error
    except OSError as error:
        raise EncryptedFileError(f"{path.name} cannot be created: {error.strerror}.", code="place") from error
    try:
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def look_at(path: Path) -> os.stat_result:
    """Judge a file before it is opened.

    Where other processes use the file, too, that is before this process's first connection to it: closing any
    descriptor of a file drops all locks that the process has on it (`fcntl(2)`), SQLite's among them.

    Raises:
        EncryptedFileError: it is missing, in a bad place, plain, or cut.
    """
    try:
        checked_folder(path.parent)
        found = private_file(path)
        with path.open("rb") as file:
            head = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError as error:
        raise EncryptedFileError(f"{path.name} is missing. Set up first, or restore it.", code="missing") from error
    except PlaceRefusedError as error:
        raise EncryptedFileError(error.message, code="place") from error
    if head == _PLAIN_HEADER:
        raise EncryptedFileError(
            f"{path.name} is a plain, unencrypted SQLite file. Tirai refuses it: find out who put it there.",
            code="plain",
        )
    if found.st_size < _SMALLEST_PAGE:
        raise _damaged(path)
    return found


def _open(path: Path, how: str, memory_security: bool) -> Connection:
    location = f"file:{quote(os.fsencode(path.absolute()))}?{how}"
    try:
        connection: Connection = dbapi2.connect(
            location,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_S,
            cached_statements=_STATEMENTS_SECURE if memory_security else _STATEMENTS,
        )
    except DatabaseError as error:
        raise EncryptedFileError(f"{path.name} cannot be opened.", code="place") from error
    return connection


def _key(connection: Connection, key: bytes, *, memory_security: bool) -> None:
    """Key the connection before anything touches the file.

    Memory security comes first, so that the key is already handled under it. SQLCipher's own log goes to
    the terminal otherwise; what it would say is said by `EncryptedFileError`.
    """
    connection.execute("PRAGMA cipher_log_level = NONE")
    if memory_security:
        connection.execute("PRAGMA cipher_memory_security = ON")
        if connection.execute("PRAGMA cipher_memory_security").fetchone() != ("1",):
            raise EncryptedFileError("SQLCipher cannot wipe its memory here.", code="no_cipher")
    # Hex of exactly 32 validated bytes: nothing here can end the quotation.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not (connection.execute("PRAGMA cipher_version").fetchone() or ("",))[0]:
        raise EncryptedFileError("This SQLite cannot encrypt: SQLCipher is not installed.", code="no_cipher")


def _set_up(connection: Connection, *, create: bool) -> None:
    if create:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")


def _check_still_same(path: Path, identity: os.stat_result) -> None:
    """SQLite opens by name: make sure that the name still means the file that was checked."""
    try:
        now = path.lstat()
    except OSError as error:
        raise EncryptedFileError(f"{path.name} vanished while it was opened.", code="place") from error
    if (now.st_dev, now.st_ino) != (identity.st_dev, identity.st_ino):
        raise EncryptedFileError(f"{path.name} was replaced while it was opened.", code="place")

"""What another program did to a session's cache file under the running console, and putting the file aside.

Pure evidence: nothing here is believed or kept. The file is copied and the copy opened with the session's key, because
the console's own connection shares its file with nobody and remembers pages that are no longer on the disk.
"""

import contextlib
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.storage import sqlcipher
from app.storage.cache_file import WAL_NAME, generation_of
from app.storage.file_mark import FileMark
from app.storage.open_flags import AS_BYTES, NO_LINK, NO_WAIT
from app.storage.session_cache import SessionCache
from app.storage.wiping import CACHE_NAME

_SALT_BYTES: Final = 16
_FEW: Final = 4
"""So many other bytes in the salt are damage; more make it another file."""

_ROOM_BYTES: Final = 64 * 1024 * 1024
"""A file that has grown by more than this is not copied to be looked at."""

_FILES: Final = (CACHE_NAME, WAL_NAME, f"{CACHE_NAME}-shm", f"{CACHE_NAME}-journal")


class Damage(StrEnum):
    """What was done, as it stands in the audit log.

    OLDER is an earlier copy of the whole. TOUCHED: somebody wrote to it, and yet every page opens and the generation is
    the last: a new date, or single pages of an earlier time.
    """

    MISSING = "missing"
    TRUNCATED = "truncated"
    FOREIGN = "foreign"
    OLDER = "older"
    DAMAGED = "damaged"
    TOUCHED = "touched"


@dataclass(frozen=True, slots=True)
class Left:
    """A cache as its console left it.

    Attributes:
        salt: the first 16 bytes of the file.
        generation: the number that stands in it.
        file, log: marks of the file and of its WAL.
    """

    salt: bytes
    generation: int
    file: FileMark | None
    log: FileMark | None

    @classmethod
    def of(cls, cache: SessionCache) -> "Left":
        """How this cache was left."""
        return cls(cache.salt, cache.generation, *cache.marks)


def what_happened(folder: Path, key: bytes, left: Left) -> Damage:
    """What was done to the cache file of a session since its console left it so; changes nothing but a copy."""
    path = folder / CACHE_NAME
    file, log = FileMark.of(path), FileMark.of(folder / WAL_NAME)
    if file is None:
        return Damage.MISSING
    if not _is_plain(file) or (log is not None and not _is_plain(log)):
        return Damage.FOREIGN
    head = _head(path)
    if len(head) == _SALT_BYTES and sum(a != b for a, b in zip(head, left.salt, strict=True)) > _FEW:
        return Damage.FOREIGN
    if left.log is not None and log is None:
        return Damage.MISSING
    found = None if _has_grown(file, left.file) or _has_grown(log, left.log) else _generation_in_copy(folder, key)
    if found is not None and found < left.generation:
        return Damage.OLDER
    if _is_shorter(file, left.file) or _is_shorter(log, left.log):
        return Damage.TRUNCATED
    if found is None:
        return Damage.DAMAGED
    return Damage.TOUCHED


def put_aside(folder: Path) -> None:
    """Rename what lies at the cache's names; it stays in the session's folder, so that the wipe removes it too.

    Raises:
        OSError: the folder does not let it.
    """
    name = f"put-aside-{secrets.token_hex(4)}"
    for file in _FILES:
        with contextlib.suppress(FileNotFoundError):
            (folder / file).rename(folder / f"{name}-{file}")


def _generation_in_copy(folder: Path, key: bytes) -> int | None:
    """The generation in a copy of which every page opens; None if one does not."""
    copy = folder / f"look-{secrets.token_hex(4)}"
    try:
        copy.mkdir(mode=0o700)
        for file in (CACHE_NAME, WAL_NAME):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(folder / file, copy / file, follow_symlinks=False)
                (copy / file).chmod(0o600)
        connection = sqlcipher.connect(copy / CACHE_NAME, key, memory_security=False)
        with contextlib.closing(connection), sqlcipher.explained(copy / CACHE_NAME):
            sqlcipher.check_pages(connection, copy / CACHE_NAME)
            return generation_of(connection)
    except (OSError, sqlcipher.EncryptedFileError, sqlcipher.DatabaseError):
        return None
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _head(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_LINK | NO_WAIT | AS_BYTES)
    except OSError:
        return b""
    try:
        return os.read(descriptor, _SALT_BYTES)
    finally:
        os.close(descriptor)


def _is_plain(mark: FileMark) -> bool:
    return stat.S_ISREG(mark.mode)


def _is_shorter(now: FileMark | None, left: FileMark | None) -> bool:
    return left is not None and (now is None or now.size_bytes < left.size_bytes)


def _has_grown(now: FileMark | None, left: FileMark | None) -> bool:
    return now is not None and now.size_bytes > (left.size_bytes if left else 0) + _ROOM_BYTES

"""Writing a file that a person asked for, beside Tirai's own: whole or not at all, and for its owner alone.

Invariant: until the last byte is on the disk it has a name of its own in the same folder; what lay under the wanted
name is there until then, and is replaced, never followed.
"""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.storage.open_flags import AS_BYTES, NO_LINK

FULL, FORBIDDEN, GONE, FAILED = "file_full", "file_forbidden", "file_no_folder", "file_failed"
_CODES: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: FORBIDDEN,
    errno.ENOENT: GONE,
    errno.ENOTDIR: GONE,
}
_SENTENCES: Final = {
    FULL: "The disk is full, so the file was not written. Make room, or choose another folder.",
    FORBIDDEN: "Nothing may be written in this folder. Choose another one.",
    GONE: "This folder is not there any more. Choose another one.",
    FAILED: "The file could not be written. Choose another folder.",
}


class FileRefusedError(WorkstationError):
    """The file was not written, and nothing half-written is left."""


def write_new_file(path: Path, data: bytes) -> None:
    """Write a file of mode 0600, and have it durable.

    Args:
        path: where; a file or link of this name is replaced.
        data: all of it.

    Raises:
        FileRefusedError: code `file_full`, `file_forbidden`, `file_no_folder` or `file_failed`.
    """
    unfinished = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | AS_BYTES, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            raise
        _settle(path.parent)
    except OSError as e:
        code = _CODES.get(e.errno or 0, FAILED)
        raise FileRefusedError(_SENTENCES[code], code=code) from e


def _settle(folder: Path) -> None:
    """The name, too; a folder that takes no order (a network drive) has the file all the same."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

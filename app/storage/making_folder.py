"""The folder in which an office is made, before it is put in its place, and the sweep of those whose maker died.

Invariant: the maker holds a lock on the folder itself as long as it works there, so a folder whose lock is free belongs
to nobody. What lies in it was never an office.
"""

import contextlib
import os
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.storage.file_locks import try_lock
from app.storage.open_flags import HAS_FOLDERS
from app.storage.places import FOLDER_MODE

PREFIX: Final = ".set-up-"
_TRIES: Final = 10


class MakingFolder:
    """A folder of one's own below a home, locked until `close` or the process's end.

    Attributes:
        path: where it is.
    """

    def __init__(self, home: Path) -> None:
        """Make the folder and lock it.

        Raises:
            WorkstationError: the system does not let it.
        """
        import secrets  # the guardian sweeps at each start, and makes no folder

        for _ in range(_TRIES):
            self.path = home / f"{PREFIX}{secrets.token_hex(4)}"
            self.path.mkdir(mode=FOLDER_MODE)
            lock = _lock_of(self.path)
            if lock is not None:
                self._lock = lock
                return
        raise WorkstationError("The folder for the set-up cannot be kept; try again.", code="place")

    def close(self) -> None:
        """Let go of the lock; the folder is gone, or is left to the next sweep."""
        os.close(self._lock)

    def remove(self) -> None:
        """Remove the folder with all that is in it, and let go."""
        _remove(self.path)
        self.close()


def sweep_making(home: Path) -> int:
    """Remove the folders of set-ups whose process is gone; how many there were."""
    removed = 0
    for path in home.glob(f"{PREFIX}*"):
        lock = _lock_of(path)
        if lock is None:
            continue
        try:
            _remove(path)
            removed += not path.exists()
        finally:
            os.close(lock)
    return removed


def _remove(path: Path) -> None:
    import shutil  # rarely needed, and it brings four ways to compress

    shutil.rmtree(path, ignore_errors=True)


def _lock_of(path: Path) -> int | None:
    """The folder's lock, or None: somebody works there, or it is no folder, or it went meanwhile."""
    if not HAS_FOLDERS:  # no office is made there
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    with contextlib.suppress(OSError):
        if try_lock(descriptor):  # then look: whoever held it before may have removed the folder
            now, held = path.lstat(), os.fstat(descriptor)
            if (now.st_dev, now.st_ino) == (held.st_dev, held.st_ino):
                return descriptor
    os.close(descriptor)
    return None

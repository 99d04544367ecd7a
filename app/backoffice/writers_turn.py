"""Whose turn it is to write, between the processes that have the office's file open: the office, and its imports.

SQLite lets one process write and has the others look again from time to time, with no order among them: a process that
writes without pause would starve the rest. The kernel's lock on a file of its own wakes whoever waits at once, and goes
with its holder, however that ends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.storage.file_locks import lock, unlock
from app.storage.open_flags import NO_LINK


class WritersTurn:
    """One process's hand on the lock file beside the database. Threads of that process must agree among themselves."""

    def __init__(self, database: Path) -> None:
        """Open `<database>-turn`, which is empty and stays."""
        flags = os.O_RDWR | os.O_CREAT | NO_LINK
        self._fd = os.open(database.with_name(f"{database.name}-turn"), flags, 0o600)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, have it, and pass it on."""
        lock(self._fd)
        try:
            yield
        finally:
            unlock(self._fd)

    def close(self) -> None:
        """Never write again."""
        fd, self._fd = self._fd, -1
        os.close(fd)

"""The system's own lock on an open file: taken, waited for, given back. It goes with its holder, however that ends.

Unix: `flock(2)`, which belongs to the open file, so a forked child holds it too. Windows: a lock on one byte far behind
the file's end (`LockFileEx`, which msvcrt calls): other programs can still read the file. It belongs to one process
there, and its file cannot be removed while anybody has it open.
"""

import contextlib
import functools
import os
import sys
import time
from collections.abc import Iterator
from typing import Any, Final, Protocol

_FAR_AWAY: Final = 2**30
"""Which byte is locked on Windows; no file of Tirai's is that long."""
_PAUSE_S: Final = 0.02
"""Between two looks, where the system offers no wait without an end: msvcrt gives up after ten seconds."""


class FileLocks(Protocol):
    """What is asked of a system."""

    def try_lock(self, descriptor: int) -> bool:
        """Take the lock if nobody else has it; whether this descriptor has it now."""
        ...

    def lock(self, descriptor: int) -> None:
        """Wait until nobody else has the lock, and take it."""
        ...

    def unlock(self, descriptor: int) -> None:
        """Give it back."""
        ...


class UnixLocks:
    """`flock(2)`."""

    def __init__(self) -> None:
        """Load what only Unix has."""
        import fcntl

        self._fcntl: Any = fcntl

    def try_lock(self, descriptor: int) -> bool:
        """See `FileLocks`."""
        try:
            self._fcntl.flock(descriptor, self._fcntl.LOCK_EX | self._fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def lock(self, descriptor: int) -> None:
        """See `FileLocks`; the kernel wakes whoever waits at once."""
        self._fcntl.flock(descriptor, self._fcntl.LOCK_EX)

    def unlock(self, descriptor: int) -> None:
        """See `FileLocks`."""
        self._fcntl.flock(descriptor, self._fcntl.LOCK_UN)


class WindowsLocks:
    """One byte, by `msvcrt.locking`; the file's position is left where it was."""

    def __init__(self, msvcrt: Any) -> None:
        """Use this module: the real one, or a test's."""
        self._msvcrt = msvcrt

    def try_lock(self, descriptor: int) -> bool:
        """See `FileLocks`."""
        with _at_lock(descriptor):
            try:
                self._msvcrt.locking(descriptor, self._msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
        return True

    def lock(self, descriptor: int) -> None:
        """See `FileLocks`."""
        while not self.try_lock(descriptor):
            time.sleep(_PAUSE_S)

    def unlock(self, descriptor: int) -> None:
        """See `FileLocks`."""
        with _at_lock(descriptor):
            self._msvcrt.locking(descriptor, self._msvcrt.LK_UNLCK, 1)


@contextlib.contextmanager
def _at_lock(descriptor: int) -> Iterator[None]:
    """The file stands at the locked byte, as `msvcrt.locking` wants it, and goes back after that."""
    before = os.lseek(descriptor, 0, os.SEEK_CUR)
    os.lseek(descriptor, _FAR_AWAY, os.SEEK_SET)
    try:
        yield
    finally:
        os.lseek(descriptor, before, os.SEEK_SET)


@functools.cache
def locks_of_this_system() -> FileLocks:
    """What locks here; asked when something is locked."""
    if sys.platform == "win32":
        import msvcrt

        return WindowsLocks(msvcrt)
    return UnixLocks()


def try_lock(descriptor: int) -> bool:
    """Whether this descriptor holds its file's (on Unix also its folder's) lock now; it is not waited for."""
    return locks_of_this_system().try_lock(descriptor)


def lock(descriptor: int) -> None:
    """Wait for the lock."""
    locks_of_this_system().lock(descriptor)


def unlock(descriptor: int) -> None:
    """Give the lock back."""
    locks_of_this_system().unlock(descriptor)

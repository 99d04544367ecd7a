"""Locks on open files: the system's own here, and Windows' by a stand-in for its module."""

import os
import threading
from pathlib import Path

import pytest

from app.storage.file_locks import UnixLocks, WindowsLocks, lock, try_lock, unlock


class Msvcrt:
    """Windows' locks as `msvcrt` has them: one byte of one file, owned by one descriptor, taken at its position."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        self.held: dict[tuple[int, int], int] = {}

    def locking(self, descriptor: int, how: int, count: int) -> None:
        assert count == 1
        where = (os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        if how == self.LK_UNLCK:
            if self.held.pop(where, None) != descriptor:
                raise PermissionError("not locked here")
            return
        if self.held.setdefault(where, descriptor) != descriptor:
            raise PermissionError("locked elsewhere")


def opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


@pytest.mark.parametrize("locks", [UnixLocks(), WindowsLocks(Msvcrt())])
def test_that_one_has_it_at_a_time_and_the_file_is_as_it_was(locks: UnixLocks | WindowsLocks, tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_bytes(b"contents")
    first, second = opened(path), opened(path)
    os.lseek(first, 3, os.SEEK_SET)
    assert locks.try_lock(first)
    assert not locks.try_lock(second)
    assert os.lseek(first, 0, os.SEEK_CUR) == 3
    locks.unlock(first)
    assert locks.try_lock(second)
    locks.unlock(second)
    assert path.read_bytes() == b"contents"
    os.close(first)
    os.close(second)


@pytest.mark.parametrize("locks", [UnixLocks(), WindowsLocks(Msvcrt())])
def test_that_whoever_waits_has_it_next(locks: UnixLocks | WindowsLocks, tmp_path: Path) -> None:
    first, second = opened(tmp_path / "lock"), opened(tmp_path / "lock")
    locks.lock(first)
    waiter = threading.Thread(target=locks.lock, args=(second,))
    waiter.start()
    waiter.join(0.1)
    assert waiter.is_alive()
    locks.unlock(first)
    waiter.join(120)
    assert not waiter.is_alive()
    assert not locks.try_lock(first)
    os.close(first)
    os.close(second)


def test_the_locks_of_this_system(tmp_path: Path) -> None:
    first, second = opened(tmp_path / "lock"), opened(tmp_path / "lock")
    lock(first)
    assert not try_lock(second)
    unlock(first)
    assert try_lock(second)
    os.close(first)
    os.close(second)

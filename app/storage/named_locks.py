"""Windows: the lock of a session's folder, as an object with a name that is there for as long as anybody holds it.

A lock on bytes of a file belongs to one process there, and a file that is open cannot be removed. An event with a
name (`CreateEventW`) has neither trouble: a guardian holds a copy of its console's handle, and it is gone with
the last of them, however they end. Limits: whoever knows a session's id can hold its name and so keep a sweep from its
folder until they end; the id is 128 random bits, and a session's own end asks for no lock.
"""

import ctypes
import functools
import hashlib
import os
import sys
from pathlib import Path
from typing import Final, Protocol

from app.windows_library import last_error, windows_library

_EXISTS: Final = 183
"""ERROR_ALREADY_EXISTS."""


class Names(Protocol):
    """What is asked of Windows."""

    def make(self, name: str) -> tuple[int, bool]:
        """A handle to the object of that name, or 0, and whether it is new."""

    def close(self, handle: int) -> None:
        """Let it go."""


class RealNames:
    """The system itself."""

    def __init__(self) -> None:
        """Name the functions with their types.

        Raises:
            AttributeError: this is not Windows.
        """
        kernel = windows_library("kernel32")
        self._event, self._close = kernel.CreateEventW, kernel.CloseHandle
        self._event.argtypes = (ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_wchar_p)
        self._event.restype = ctypes.c_void_p
        self._close.argtypes = (ctypes.c_void_p,)

    def make(self, name: str) -> tuple[int, bool]:
        """See `Names`."""
        handle = self._event(None, 1, 0, name)
        return int(handle or 0), last_error() != _EXISTS

    def close(self, handle: int) -> None:
        """See `Names`."""
        self._close(handle)


@functools.cache
def names_of_this_system() -> Names:
    """The real ones; asked when something is locked."""
    return RealNames()


def name_of(folder: Path) -> str:
    """The name of a folder's lock, for every logon session of the machine; it tells no path."""
    return "Global\\tirai-" + hashlib.sha256(str(folder).lower().encode()).hexdigest()[:32]


def hold_by_name(folder: Path, names: Names) -> int | None:
    """A handle that holds a folder's lock; None if somebody else holds it.

    Args:
        folder: which.
        names: the system.
    """
    handle, is_new = names.make(name_of(folder))
    if handle and is_new:
        return handle
    if handle:
        names.close(handle)
    return None


def let_go(lock: int) -> None:
    """Let a folder's lock go: a descriptor, or on Windows such a handle."""
    if sys.platform == "win32":
        names_of_this_system().close(lock)
    else:
        os.close(lock)

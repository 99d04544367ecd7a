"""Every file that is made below some folders, as the kernel tells it (inotify), also one that is gone a moment later.

Linux. New folders are watched as soon as they are told of, and looked through once, so that what was made in them
before the watch stood is known as well; what came and went in between is not.
"""

import contextlib
import ctypes
import os
import struct
import threading
from pathlib import Path

_CREATE, _MOVED_TO, _ISDIR, _OVERFLOW = 0x100, 0x80, 0x40000000, 0x4000
_HEAD = struct.Struct("iIII")


class WatchedFiles:
    """Remembers the path of whatever is made below some folders."""

    def __init__(self, *roots: Path) -> None:
        """Begin; what is there already is not counted.

        Raises:
            OSError: the kernel gives no watch.
        """
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = self._libc.inotify_init1(os.O_CLOEXEC)
        if self._fd < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        self._folders: dict[int, Path] = {}
        self._made: set[Path] = set()
        self.overflown = False
        for root in roots:
            self._watch(root, count=False)
        threading.Thread(target=self._listen, daemon=True).start()

    def made(self) -> list[Path]:
        """What was made until now, folders too."""
        return sorted(self._made)

    def _watch(self, folder: Path, *, count: bool) -> None:
        number = self._libc.inotify_add_watch(self._fd, os.fsencode(folder), _CREATE | _MOVED_TO)
        if number < 0:
            return  # gone already
        self._folders[number] = folder
        with contextlib.suppress(OSError):
            for path in folder.iterdir():
                if count:
                    self._made.add(path)
                if path.is_dir() and not path.is_symlink():
                    self._watch(path, count=count)

    def _listen(self) -> None:
        while True:
            told = os.read(self._fd, 1 << 16)
            at = 0
            while at < len(told):
                number, mask, _cookie, length = _HEAD.unpack_from(told, at)
                name = told[at + _HEAD.size : at + _HEAD.size + length].rstrip(b"\0")
                at += _HEAD.size + length
                self.overflown = self.overflown or bool(mask & _OVERFLOW)
                if number in self._folders and name:
                    path = self._folders[number] / os.fsdecode(name)
                    self._made.add(path)
                    if mask & _ISDIR:
                        self._watch(path, count=True)

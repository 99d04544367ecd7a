"""A mark of a file as its only writer left it: whatever another program does to the file changes the mark.

The time of change (`st_ctime`) is the kernel's and cannot be set by an ordinary user, so a flipped byte, a cut and an
older copy written over the file show in it without a byte being read. It says *that* somebody else touched the file;
what was done to it, `cache_damage` finds out. Limit: a write into the same file while our own is under way, or in the
same tick of the kernel's clock (a few milliseconds), is taken for ours; MACs of pages and the generation remain.
"""

import os
from pathlib import Path
from typing import NamedTuple


class FileMark(NamedTuple):
    """Which file lies at a path, and when it was changed last.

    Attributes:
        device, inode: which file.
        mode: its kind and rights.
        size_bytes: how long.
        written_ns, changed_ns: time of its last write, and of its last change of any kind.
    """

    device: int
    inode: int
    mode: int
    size_bytes: int
    written_ns: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path | str) -> "FileMark | None":
        """The mark of what lies at a path (of a link itself, not of what it names); None where nothing does."""
        try:
            found = os.lstat(path)
        except OSError:
            return None
        return cls(found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    def is_same_file(self, other: "FileMark | None") -> bool:
        """Whether the other is a mark of the same file, however changed."""
        return other is not None and (self.device, self.inode) == (other.device, other.inode)

"""The log of a workstation's own processes, for IT: lines of text in the home, without any value.

`log/tirai.log` and the `KEPT` files before it. Not the audit log, which says who did what and lies with the office.
Invariants: one call is one whole line, whatever the words hold; several processes write at once; a log that cannot be
written stops nothing and nobody.
"""

import contextlib
import os
import time
from enum import IntEnum
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.domain.machine_policy.policy import MachinePolicy
from app.storage.file_locks import try_lock
from app.storage.open_flags import AS_BYTES, NO_LINK
from app.storage.places import FILE_MODE, private_folder

FOLDER: Final = "log"
FILE: Final = "tirai.log"
KEPT: Final = 3
LARGEST_BYTES: Final = 1_000_000
LONGEST_LINE: Final = 600
_TRIES, _BREATH_S = 20, 0.005


class LogLevel(IntEnum):
    """How much is written: a line's level is at least the log's."""

    INFO = 20
    WARNING = 30
    ERROR = 40


LEVELS: Final = {level.name.lower(): level for level in LogLevel}


class TextLog:
    """The log of one home, as one process writes it. Safe from any thread.

    Attributes:
        path: its file.
        level: what is below it is not written.
    """

    def __init__(self, home: Path, process: str, level: LogLevel = LogLevel.WARNING) -> None:
        """Write below this home, for this process (`console`, `office`, ...); nothing is made yet."""
        self.path, self._process, self.level = home / FOLDER / FILE, process, level

    @classmethod
    def under(cls, policy: MachinePolicy, home: Path, process: str) -> "TextLog":
        """The log of a home at the level that the machine policy says."""
        return cls(home, process, LEVELS.get(policy.text("log_level"), LogLevel.WARNING))

    def write(self, level: LogLevel, words: str) -> None:
        """Write a line, if it counts; never raises.

        Args:
            level: its own.
            words: our own, without any value; what is not printable in them becomes `?`.
        """
        if level < self.level:
            return
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        plain = "".join(c if c.isprintable() else "?" for c in words)
        line = f"{when} {level.name} {self._process}[{os.getpid()}]: {plain}"[:LONGEST_LINE] + "\n"
        with contextlib.suppress(OSError, WorkstationError, ValueError):
            self._append(line.encode("utf-8", "replace"))

    def _append(self, line: bytes) -> None:
        private_folder(self.path.parent)
        held = os.open(self.path.with_name(".lock"), os.O_RDWR | os.O_CREAT | NO_LINK, FILE_MODE)
        try:
            if _had(held):
                self._rotate()
            fd = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | NO_LINK | AS_BYTES, FILE_MODE)
            try:
                os.write(fd, line)
            finally:
                os.close(fd)
        finally:
            os.close(held)

    def _rotate(self) -> None:
        try:
            if self.path.stat().st_size < LARGEST_BYTES:
                return
        except FileNotFoundError:
            return
        for number in range(KEPT, 0, -1):
            older = self.path.with_name(f"{FILE}.{number}")
            newer = self.path.with_name(f"{FILE}.{number - 1}") if number > 1 else self.path
            with contextlib.suppress(FileNotFoundError):
                newer.replace(older)


def _had(descriptor: int) -> bool:
    """Whether the lock came within 0.1 s; a process that stands still, or this thread itself, may have it.

    A line is one write to the end of the file, whole without a lock; files are renamed only under it.
    """
    for _ in range(_TRIES):
        if try_lock(descriptor):
            return True
        time.sleep(_BREATH_S)
    return False

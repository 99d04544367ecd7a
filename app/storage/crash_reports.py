"""Reports of faults that nobody expected, in the home: owner-only text files without any value.

One file a fault, `crash-<number>.txt`. The same fault again counts in its head and makes no other file. The newest
`KEPT` stay. Invariants: what a report holds of an exception is its `crash_outline`; a home that takes no report is no
second fault: then there is a number and no path.
"""

import contextlib
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import __version__
from app.domain.crash_outline import CrashOutline, outline_of
from app.domain.errors import WorkstationError
from app.storage.file_locks import try_lock
from app.storage.open_flags import AS_BYTES, HAS_FOLDERS, NO_LINK
from app.storage.places import FILE_MODE, private_folder

FOLDER: Final = "crash-reports"
KEPT: Final = 20
LARGEST_BYTES: Final = 32_768
NO_SESSION: Final = "-" * 32
_HEAD = re.compile(
    r"Tirai crash report (?P<number>[0-9A-F]{6})\n"
    r"count: (?P<count>[0-9]{10})\nfirst: (?P<first>[0-9TZ:-]{20})\nlast:  (?P<last>[0-9TZ:-]{20})\n"
    r"session: (?P<session>[0-9a-f-]{32})\nprocess: (?P<process>[a-z-]{1,32})\n"
)
_TRIES, _BREATH_S = 20, 0.005


@dataclass(frozen=True, slots=True)
class KeptCrash:
    """A report as it lies in the home.

    Attributes:
        number: of the fault.
        path: where it lies; None if the home did not take it.
    """

    number: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class ToldCrash:
    """What a list of reports says of one."""

    number: str
    path: Path
    count: int
    first: str
    last: str
    process: str
    kind: str


class CrashReports:
    """The reports of one home, as one process writes them. Safe from any thread.

    Attributes:
        session: the session that is open here, hex; it stands in the reports, so that the audit log can be asked.
    """

    def __init__(self, home: Path, process: str) -> None:
        """Write below this home, for this process (`console`, `office`, ...); nothing is made yet."""
        self.folder, self._process = home / FOLDER, process
        self.session = ""
        self._lock = threading.Lock()

    def keep(self, error: BaseException) -> KeptCrash:
        """Write an exception down, or count it where it is known already; never raises."""
        outline = outline_of(error)
        number = outline.number(f"{self._process} {__version__}")
        return self._kept(number, outline.lines())

    def keep_signal(self, name: str, places: tuple[str, ...]) -> KeptCrash:
        """Write down that a child was ended by a fatal signal.

        Args:
            name: of the signal.
            places: what `faulthandler` wrote, already without values (`fatal_places`).
        """
        number = CrashOutline(()).number("\n".join((self._process, __version__, name, *places)))
        return self._kept(number, (name, *(f"  {place}" for place in places)))

    def _kept(self, number: str, lines: tuple[str, ...]) -> KeptCrash:
        path = self.folder / f"crash-{number}.txt"
        try:
            with self._lock:
                private_folder(self.folder)
                with _folder_held(self.folder):
                    if not self._count(path, number):
                        self._write(path, number, lines)
                        self._drop_oldest()
        except (OSError, WorkstationError, ValueError):
            return KeptCrash(number, None)
        return KeptCrash(number, path)

    def _head(self, number: str, count: int, first: str, last: str) -> str:
        session = self.session if re.fullmatch("[0-9a-f]{32}", self.session) else NO_SESSION
        return (
            f"Tirai crash report {number}\ncount: {count:010d}\nfirst: {first}\nlast:  {last}\n"
            f"session: {session}\nprocess: {self._process}\n"
        )

    def _count(self, path: Path, number: str) -> bool:
        """Count once more in the head of a report that is there; False if there is none to count in."""
        try:
            fd = os.open(path, os.O_RDWR | NO_LINK | AS_BYTES)
        except FileNotFoundError:
            return False
        with os.fdopen(fd, "r+b") as file:
            head = _HEAD.match(file.read(512).decode("ascii", "replace"))
            if head is None or head["number"] != number or head["process"] != self._process:
                return False
            count = min(int(head["count"]) + 1, 9_999_999_999)
            file.seek(0)
            file.write(self._head(number, count, head["first"], _now()).encode())
        return True

    def _write(self, path: Path, number: str, lines: tuple[str, ...]) -> None:
        import platform  # every process comes by here, few have a fault

        head = self._head(number, 1, now := _now(), now)
        about = (
            f"thread: {_plain(threading.current_thread().name)}",
            f"version: {__version__}{' (frozen)' if getattr(sys, 'frozen', False) else ''}",
            f"python: {platform.python_version()}  qt: {_qt_version()}",
            f"platform: {_plain(platform.platform())}",
            "",
            "Types and places only: no message, value, argument or variable.",
            "",
        )
        text = (head + "\n".join((*about, *lines)) + "\n").encode("ascii", "replace")[:LARGEST_BYTES]
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK | AS_BYTES, FILE_MODE)
        with os.fdopen(fd, "wb") as file:
            file.write(text)
        beside.replace(path)

    def _drop_oldest(self) -> None:
        newest_first = sorted(self.folder.glob("crash-*.txt"), key=lambda p: p.lstat().st_mtime, reverse=True)
        for old in newest_first[KEPT:]:
            old.unlink(missing_ok=True)


def kept_crashes(home: Path) -> tuple[ToldCrash, ...]:
    """The reports of a home, the newest first; a file that is no report is left out."""
    found = []
    for path in (home / FOLDER).glob("crash-*.txt"):
        with contextlib.suppress(OSError):
            if path.is_symlink():
                continue
            text = path.read_text("ascii", errors="replace")[:LARGEST_BYTES]
            head = _HEAD.match(text)
            if head is not None:
                kind = text.split("\n\n")[-1].split("\n", 1)[0]
                count = int(head["count"])
                found.append(ToldCrash(head["number"], path, count, head["first"], head["last"], head["process"], kind))
    return tuple(sorted(found, key=lambda crash: crash.last, reverse=True))


@contextlib.contextmanager
def _folder_held(folder: Path) -> Iterator[None]:
    """One writer at a time over all processes; one that cannot be had within 0.1 s is done without."""
    fd = _lock_of(folder)
    try:
        for _ in range(_TRIES):
            if try_lock(fd):
                break
            time.sleep(_BREATH_S)
        yield
    finally:
        os.close(fd)


def _lock_of(folder: Path) -> int:
    """What is locked: the folder itself, or a file in it where a folder cannot be opened (Windows)."""
    if HAS_FOLDERS:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    return os.open(folder / "lock", os.O_RDWR | os.O_CREAT, FILE_MODE)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_. -]", "?", text)[:80]


def _qt_version() -> str:
    """Qt's, where this process has it; nothing is imported for a report."""
    core = sys.modules.get("PySide6.QtCore")
    return str(core.__version__) if core is not None else "none"

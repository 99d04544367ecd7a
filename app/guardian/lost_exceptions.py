"""Where an exception goes that nobody caught, in any process of Tirai: into a report, and out in one line.

Python prints such exceptions with their text, and `logging` with text and arguments; any of it may hold a value. Here
the process's hooks write a report (`crash_reports`) and say type, place and number. Invariants: what goes wrong in here
goes no further, and reports nothing of itself.
"""

import contextlib
import faulthandler
import logging
import os
import re
import sys
import threading
from types import TracebackType

from app.domain.crash_outline import outline_of
from app.domain.errors import WorkstationError
from app.guardian.children import say
from app.storage.crash_reports import CrashReports, KeptCrash
from app.storage.open_flags import NO_LINK
from app.storage.places import FILE_MODE, private_file, private_folder
from app.storage.text_log import LogLevel, TextLog

FATAL_FILE = "fatal.txt"
FATAL_WORDS = {
    "Segmentation fault": "SIGSEGV",
    "Aborted": "SIGABRT",
    "Bus error": "SIGBUS",
    "Floating": "SIGFPE",
    "Illegal instruction": "SIGILL",
}
_FATAL_PLACE = re.compile(r'  File "(?:[^"\n]*/)?([A-Za-z0-9_]+\.py)", line ([0-9]+) in ([A-Za-z_<][A-Za-z0-9_.<>]*)')
_MOST_FATAL_PLACES, _MOST_FATAL_BYTES = 60, 200_000


class LostExceptions:
    """The end of the way for exceptions of one process.

    Attributes:
        reports: where they are written.
    """

    def __init__(self, reports: CrashReports, log: TextLog | None = None) -> None:
        """Take exceptions for these reports and say so in this log; `install` makes it the process's."""
        self.reports, self._log = reports, log
        self._here = threading.local()
        self._said: set[str] = set()

    def take(self, error: BaseException) -> KeptCrash | None:
        """Write one down and say it in a line; None if this is the handler's own fault, or its home is gone."""
        if getattr(self._here, "busy", False):
            return None
        self._here.busy = True
        try:
            kept = self.reports.keep(error)
            outline = outline_of(error).parts[0]
            if kept.number not in self._said:  # once is enough for a terminal; the report counts
                self._said.add(kept.number)
                place = (*outline.places, "unknown place")[-1]
                self.tell(LogLevel.ERROR, f"fault {kept.number}, {outline.kind} at {place}", "Tirai: ")
        except BaseException:  # noqa: BLE001 -- nothing is left to tell it to
            with contextlib.suppress(BaseException):
                say("Tirai: a fault could not be written down.")
            return None
        else:
            return kept
        finally:
            self._here.busy = False
            _forget_last()

    def tell(self, level: LogLevel, words: str, before: str = "") -> None:
        """A line for the log, and, from a warning on, for the terminal that started this."""
        if level >= LogLevel.WARNING:
            say(before + words)
        if self._log is not None:
            self._log.write(level, words)

    def install(self, *, fatal: bool = True) -> "LostExceptions":
        """Take over the hooks of this process, and the log's last resort.

        Args:
            fatal: whether fatal signals write their places, too; a process that forks others leaves that to them.
        """
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_failed
        sys.unraisablehook = self._on_unraisable
        logging.raiseExceptions = False  # else a broken log call prints its arguments
        root = logging.getLogger()
        root.handlers = [h for h in root.handlers if not isinstance(h, OutlineLog)]
        root.addHandler(OutlineLog(self))
        if self._log is not None and self._log.level < LogLevel.WARNING:
            logging.getLogger("tirai").setLevel(logging.INFO)
        if fatal:
            self._tell_fatal()
        return self

    def _tell_fatal(self) -> None:
        """Have fatal signals write the places of all threads (`faulthandler`: files, lines, names; no values)."""
        with contextlib.suppress(OSError, WorkstationError):
            private_folder(self.reports.folder)
            tell_of_fatal(CrashReports(self.reports.folder.parent, "fatal-signal"))
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_LINK | getattr(os, "O_CLOEXEC", 0)
            faulthandler.enable(os.open(self.reports.folder / FATAL_FILE, flags, FILE_MODE))

    # the hooks

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            self.take(error)

    def _on_thread_failed(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)

    def _on_unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)


class OutlineLog(logging.Handler):
    """The log of a process: our own words as they are, of anybody else's the place alone, of exceptions a report."""

    def __init__(self, lost: LostExceptions) -> None:
        """Tell this one of exceptions."""
        super().__init__(logging.INFO)
        self._lost = lost

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        try:
            error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
            if error is not None:
                self._lost.take(error)
            elif record.name.partition(".")[0] == "tirai":
                self._lost.tell(level_of(record.levelno), f"{record.name}: {record.getMessage()[:500]}")
            elif record.levelno >= logging.WARNING:
                place = f"{record.levelname.lower()} at {record.module}:{record.lineno}"
                self._lost.tell(level_of(record.levelno), f"{record.name}: {place}")
        except Exception:  # noqa: BLE001 -- a log that fails says nothing
            return


def level_of(number: int) -> LogLevel:
    """The log's level for one of `logging`."""
    return next((level for level in sorted(LogLevel, reverse=True) if number >= level), LogLevel.INFO)


def tell_of_fatal(reports: CrashReports) -> None:
    """Make a report of what fatal signals have written since somebody looked; their file is empty again."""
    with contextlib.suppress(OSError, WorkstationError):
        path = reports.folder / FATAL_FILE
        if not private_file(path).st_size:
            return
        text = path.read_bytes()[:_MOST_FATAL_BYTES].decode("ascii", "replace")
        os.truncate(path, 0)
        for one in text.split("Fatal Python error: ")[1:]:
            name = next((signal for words, signal in FATAL_WORDS.items() if one.startswith(words)), "fatal error")
            reports.keep_signal(name, fatal_places(one))


def fatal_places(untrusted: str) -> tuple[str, ...]:
    """File, function and line of each frame that `faulthandler` wrote, and nothing else of it.

    The thread that failed comes first, its innermost frame at the head.
    """
    others, _, failing = untrusted.partition("Current thread")
    found = (f"{m[1]}:{m[3]}:{m[2]}" for m in _FATAL_PLACE.finditer(failing + others))
    return tuple(place for place, _ in zip(found, range(_MOST_FATAL_PLACES), strict=False))


def _forget_last() -> None:
    """Python keeps the last exception it printed, with all its frames' variables; nobody here needs it."""
    for name in ("last_exc", "last_value", "last_traceback", "last_type"):
        if hasattr(sys, name):
            delattr(sys, name)

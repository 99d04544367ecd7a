"""What shall stand in the office's log though no office could be told: a small file beside its own, read when it opens.

A start that was refused and a sweep that could not finish happen before anybody has opened the office, and prove
nothing about who speaks. So this file is *untrusted*: whoever is this OS user can write it or remove it (software).
Invariants: it holds words of a closed list, ids and times, never a value; it is short, and what came first is kept;
a note is gone only after its entry is in the log, so a crash in between writes an entry twice and loses none.
"""

import contextlib
import json
import os
import re
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.storage.file_locks import lock
from app.storage.open_flags import AS_BYTES, NO_LINK, NO_WAIT
from app.storage.places import FILE_MODE
from app.storage.wiping import WipeReport

NOTES_FILE: Final = "for-the-log"
MOST_NOTES: Final = 100
_OFFICE_FILE: Final = "office.json"
_MOST_BYTES: Final = 64 * 1024
_EVENTS: Final = frozenset({"start.refused", "wipe", "wipe.incomplete"})
_OUTCOMES: Final = frozenset({"ok", "refused", "failed"})
_WORDS: Final = re.compile(r"[A-Za-z0-9_=. -]{0,200}")
_LATEST_MS: Final = 2**53


@dataclass(frozen=True, slots=True)
class LogNote:
    """One entry that waits.

    Attributes:
        at_ms: when it happened, ms since 1970, by this workstation's clock.
        event: one of a few words.
        outcome: `ok`, `refused` or `failed`.
        reason: a word.
        detail: words and signs `=`, `.`, `-`, `_`.
        session: id in hex, or empty.
    """

    at_ms: int
    event: str
    outcome: str
    reason: str
    detail: str = ""
    session: str = ""


def leave_note(home: Path, event: str, outcome: str, reason: str, detail: str = "", session: str = "") -> bool:
    """Keep a note for the log of the office in `home`; whether that was possible. Never raises, and makes no home."""
    note = LogNote(int(time.time() * 1000), event, outcome, reason, detail[:200], session)
    if not _is_good(note) or not (home / _OFFICE_FILE).is_file():
        return False
    with contextlib.suppress(OSError), _held(home, os.O_RDWR | os.O_CREAT) as descriptor:
        kept = os.read(descriptor, _MOST_BYTES)
        begin = b"" if not kept or kept.endswith(b"\n") else b"\n"  # a full disk left half a line
        line = begin + json.dumps(asdict(note), separators=(",", ":")).encode() + b"\n"
        if kept.count(b"\n") < MOST_NOTES and len(kept) + len(line) <= _MOST_BYTES:
            os.write(descriptor, line)  # after what was just read
            return True
    return False


@contextlib.contextmanager
def waiting_notes(home: Path) -> Iterator[Sequence[LogNote]]:
    """The notes that wait, without lines that no program of ours wrote; they are removed when the block ends well."""
    with contextlib.ExitStack() as stack:
        descriptor, kept = -1, b""
        with contextlib.suppress(OSError):
            descriptor = stack.enter_context(_held(home, os.O_RDWR))
            kept = os.read(descriptor, _MOST_BYTES)
        yield tuple(note for line in kept.splitlines()[:MOST_NOTES] if (note := _parsed(line)) is not None)
        if kept:
            os.ftruncate(descriptor, 0)


@contextlib.contextmanager
def _held(home: Path, flags: int) -> Iterator[int]:
    """The open file, locked; a link, another's file or one with a second name is refused."""
    flags |= NO_LINK | NO_WAIT | AS_BYTES
    descriptor = os.open(home / NOTES_FILE, flags, FILE_MODE)
    try:
        found = os.fstat(descriptor)
        if sys.platform != "win32":
            if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_nlink != 1:
                raise OSError("not a plain file of one's own")
        lock(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def _parsed(line: bytes) -> LogNote | None:
    try:
        parts = json.loads(line)
        note = LogNote(**parts)
    except (ValueError, TypeError, RecursionError):
        return None
    return note if _is_good(note) else None


def _is_good(note: LogNote) -> bool:
    texts = (note.event, note.outcome, note.reason, note.detail, note.session)
    if type(note.at_ms) is not int or not 0 <= note.at_ms < _LATEST_MS or not all(type(t) is str for t in texts):
        return False
    is_known = note.event in _EVENTS and note.outcome in _OUTCOMES
    return is_known and all(_WORDS.fullmatch(t) for t in texts)


def note_wipe(home: Path, report: WipeReport, cause: str) -> None:
    """Keep for the log what a wipe did that no office was told of."""
    event, outcome = ("wipe", "ok") if report.ok else ("wipe.incomplete", "failed")
    detail = " ".join(f"{step.name}={step.outcome}" for step in report.steps)
    leave_note(home, event, outcome, cause, detail, report.session)

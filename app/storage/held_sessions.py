"""Which sessions of this OS user have lost all their processes: their folders' locks are held by nobody any more.

Console and guardian hold a session's lock together, each as long as it lives or has something to destroy. So once
nobody holds it, nobody is left who could end the session. The kernel's list of locks is read (Linux): to try a lock
would be to hold it for a moment, just when somebody else looks.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from app.storage.places import Places
from app.storage.wiping import LOCK_NAME

GRACE_S = 20.0
"""From the sign-in to the lock: a slow workstation derives keys in between."""
_LOCKS = Path("/proc/locks")


Lock = tuple[int, int]
"""Who took it, and the number of the locked file: such a number alone may soon be another file's."""


@dataclass(slots=True)
class _Seen:
    since_s: float
    lock: Lock | None = None


class HeldSessions:
    """Remembers which sessions were held; an own process asks it again and again."""

    def __init__(self, places: Places, clock_s: Callable[[], float] = time.monotonic) -> None:
        """Watch the sessions of this home."""
        self._places, self._clock_s = places, clock_s
        self._seen: dict[str, _Seen] = {}

    def vanished(self, living: Collection[bytes]) -> list[bytes]:
        """Which of these sessions nobody holds any more, or nobody has come to hold within the grace.

        Args:
            living: consoles' sessions that are not over, as far as the office knows.
        """
        locked = _locked_files()
        if locked is None:
            return []
        self._seen = {s.hex(): self._seen.get(s.hex(), _Seen(self._clock_s())) for s in living}
        return [s for s in living if self._is_gone(s.hex(), locked)]

    @property
    def awaits_one(self) -> bool:
        """Whether a session was not seen held yet: who asks again soon knows its lock before anybody is killed."""
        return any(seen.lock is None for seen in self._seen.values())

    def _is_gone(self, session: str, locked: set[Lock]) -> bool:
        seen = self._seen[session]
        file = _number_of(self._places.session_folder(session) / LOCK_NAME)
        if seen.lock is None:
            seen.lock = next((lock for lock in locked if lock[1] == file), None)
        if seen.lock is not None:  # a folder that is wiped is gone before its lock is let go
            return seen.lock not in locked
        return self._clock_s() - seen.since_s > GRACE_S


def _locked_files() -> set[Lock] | None:
    """Who holds which locked files; None where the kernel does not say.

    A lock that was handed on to another process still names the one that took it. Of the device nothing is asked, since
    some file systems name it otherwise here.
    """
    try:
        lines = _LOCKS.read_text("ascii").splitlines()
    except (OSError, ValueError):
        return None
    words = (line.split() for line in lines)
    held = (w for w in words if len(w) > 5 and w[1] == "FLOCK")  # who waits has an arrow
    return {(int(w[4]), int(w[5].rpartition(":")[2])) for w in held}


def _number_of(path: Path) -> int:
    try:
        return path.lstat().st_ino
    except OSError:
        return 0

"""Which sessions of this OS user have lost all their processes: their folders' locks are held by nobody any more.

Console and guardian hold a session's lock together, each as long as it lives or has something to destroy. So once
nobody holds it, nobody is left who could end the session. The kernel's list of locks is read (Linux): to try a lock
would be to hold it for a moment, just when somebody else looks.
"""

from pathlib import Path

from app.storage.places import Places
from app.storage.wiping import LOCK_NAME

_LOCKS = Path("/proc/locks")


class HeldSessions:
    """Remembers which sessions were held; an own process asks it again and again."""

    def __init__(self, places: Places) -> None:
        """Watch the sessions of this home."""
        self._places = places
        self._held: dict[str, int] = {}

    def vanished(self) -> list[bytes]:
        """Sessions that were held when it was last asked, and are not any more. Each is named once."""
        now = _locked_files()
        if now is None:
            return []
        gone = [session for session, file in self._held.items() if file not in now]
        for session in gone:
            del self._held[session]
        for session in self._places.session_ids():
            file = _number_of(self._places.session_folder(session) / LOCK_NAME)
            if file in now:
                self._held[session] = file
        return [bytes.fromhex(session) for session in gone]


def _locked_files() -> set[int] | None:
    """Inode numbers of all files that somebody has locked; None where the kernel does not say.

    Of the device nothing is asked, since some file systems name it otherwise here. Where another device has a locked
    file of the same number, a session that has vanished is only noticed later.
    """
    try:
        lines = _LOCKS.read_text("ascii").splitlines()
    except (OSError, ValueError):
        return None
    words = (line.split() for line in lines)
    return {int(w[5].rpartition(":")[2]) for w in words if len(w) > 5 and w[1] == "FLOCK"}  # who waits has an arrow


def _number_of(path: Path) -> int:
    try:
        return path.lstat().st_ino
    except OSError:
        return 0

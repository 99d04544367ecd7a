"""Why a console was started, as the first line that it hears where it began before anybody knew that.

So begins a console on Windows (`windows_children`), and one that was made ready on Unix (`ahead`). None of it is on a
command line or in the environment, where other programs of the same person read it.
"""

import json
from dataclasses import asdict

from app.guardian.processes import StartInfo
from app.guardian.wire import SessionBegun
from app.session.ends import LockedSession


def start_line(start: StartInfo) -> bytes:
    """Why a console was started, newline included."""
    parts = {
        "receipt": start.receipt,
        "is_swept": start.is_swept,
        "lock": asdict(start.lock) if start.lock is not None else None,
        "sessions": [asdict(begun) for begun in start.sessions],
    }
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def start_of(line: bytes) -> StartInfo:
    """The same, read.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    parts = json.loads(line)
    lock = parts["lock"]
    return StartInfo(
        receipt=parts["receipt"],
        is_swept=bool(parts["is_swept"]),
        lock=LockedSession(**lock) if lock is not None else None,
        sessions=tuple(SessionBegun(**begun) for begun in parts["sessions"]),
    )

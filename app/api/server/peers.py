"""Who is at the other end of a Unix socket, by the kernel's word: which OS user (unix(7), `SO_PEERCRED`).

The office of a whole workstation writes that down: nobody can say that they are somebody else.
"""

import contextlib
import functools
import re
import socket
import struct

from app.backoffice.workstation import NO_ID, Workstation

LONGEST_SEAT = 32
_LONGEST_USER = 20
_SIZE = struct.calcsize("3i")


def uid_of(line: socket.socket | None) -> int | None:
    """The OS user who connected, or None where the kernel does not say."""
    if line is None or line.family != socket.AF_UNIX:
        return None
    with contextlib.suppress(OSError):
        return int(struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _SIZE))[1])
    return None


def workstation_of_user(own: str, uid: int | None, seat_id: bytes = NO_ID) -> Workstation:
    """How an OS user of this workstation is called on screens and in the log.

    Args:
        own: what the workstation is called.
        uid: the user's number; None is written down as nobody known.
        seat_id: what the console says its keyring's half gives.
    """
    user = "unknown" if uid is None else _user(uid)
    return Workstation(f"{own[: LONGEST_SEAT - len(user) - 1]}.{user}", seat_id, is_known=True)


@functools.lru_cache(maxsize=256)
def _user(uid: int) -> str:
    """A user's name in letters, digits, dashes and lines; the number, where there is no name or it is long."""
    import pwd  # of Unix alone

    try:
        name = re.sub(r"[^\w-]", "-", pwd.getpwuid(uid).pw_name)
    except KeyError:
        return str(uid)
    return name if len(name) <= _LONGEST_USER else str(uid)

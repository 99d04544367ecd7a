"""Begun ahead: the next console, and what forks offices. Each imports while nobody waits for it.

Imports are most of what a console behind its door and an office cost to begin, and they need no key and no session.

Invariants: what is begun ahead is forked from the guardian without exec, is unreadable from its beginning, has no
descriptor but its own line, and knows nothing: whose session it will stand before is the first line that it hears. The
kernel kills it with the guardian for as long as it waits. It is taken once; what was not ready is begun as ever.
"""

import select
import socket
from collections.abc import Callable
from pathlib import Path

from app.domain.errors import WorkstationError
from app.guardian.limits import LINE_BYTES
from app.guardian.nursery import Nursery, start_nursery
from app.guardian.process import outlive_parent
from app.guardian.processes import StartInfo
from app.guardian.start_words import start_of

Load = Callable[[Callable[[], bool]], None]
"""Imports what a console needs, the most urgent first; asks between two whether it is needed already."""
ROOM_KIB = 512 * 1024
"""So much memory has to be free for a console that only waits."""
_LONGEST_LINE = 4 * LINE_BYTES


def wait_to_be_needed(line: socket.socket, load: Load, body: Callable[[socket.socket, StartInfo], int]) -> int:
    """The life of a console that is begun ahead; the exit code.

    Args:
        line: its end.
        load: imports.
        body: the console's.
    """
    load(lambda: has_word(line))
    order = first_line(line)
    if not order:
        return 0
    start = start_of(order)
    outlive_parent()
    return body(line, start)


def has_word(line: socket.socket) -> bool:
    """Whether there is something to hear, or the line has ended."""
    poll = select.poll()
    poll.register(line.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def first_line(line: socket.socket) -> bytes:
    """What comes before the first newline, waited for; what comes after it stays. Nothing: the line has ended."""
    found = b""
    while len(found) <= _LONGEST_LINE:
        try:
            there = line.recv(LINE_BYTES, socket.MSG_PEEK)
        except ConnectionError:
            return b""
        if not there:
            return b""
        end = there.find(b"\n")
        found += line.recv(len(there) if end < 0 else end + 1)
        if end >= 0:
            return found[:-1]
    return b""


def has_room(meminfo: Path = Path("/proc/meminfo")) -> bool:
    """Whether this system has memory to spare."""
    try:
        words = dict(line.split(":", 1) for line in meminfo.read_text(encoding="ascii").splitlines())
        return int(words["MemAvailable"].split()[0]) >= ROOM_KIB
    except (OSError, ValueError, KeyError, IndexError):
        return False


class OfficeNursery:
    """Has offices started by children of one process that imported all of it once (`nursery`).

    Args:
        start: starts an office if none lives.
        load: imports what an office needs; None where none will be started from here.
        is_there: whether an office answers.
    """

    def __init__(
        self, start: Callable[[], None], load: Callable[[], None] | None, is_there: Callable[[], bool]
    ) -> None:
        self._start, self._load, self._is_there = start, load, is_there
        self._nursery: Nursery | None = None

    def begin(self) -> None:
        """Begin the nursery, if it was not needed yet."""
        if self._load is not None and self._nursery is None:
            self._nursery = start_nursery(lambda _line: self._errand_body(), load=self._load)

    def errand(self) -> "Errand | None":
        """A child that starts one; None where the nursery cannot, or where it would only look at one that is there."""
        if self._load is None or (self._nursery is None and self._is_there()):
            return None
        for _again in range(2):
            try:
                self.begin()
                assert self._nursery is not None
                return Errand(self._nursery.child())
            except WorkstationError:  # it was killed
                self._nursery = None
        return None

    def _errand_body(self) -> int:
        self._start()
        return 0


class Errand:
    """A nursery's child (`KnownChild`): it has ended when its line has."""

    def __init__(self, line: socket.socket) -> None:
        """Follow it by this line."""
        self._line = line
        self.exit_code: int | None = None

    @property
    def waitable(self) -> int:
        """See `KnownChild`."""
        return self._line.fileno()

    def wait(self, timeout_s: float) -> bool:
        """See `KnownChild`."""
        if self.exit_code is None:
            poll = select.poll()
            poll.register(self._line.fileno(), select.POLLIN)
            if poll.poll(max(0.0, timeout_s) * 1000):
                self.kill()
        return self.exit_code is not None

    def stop(self) -> bool:
        """See `KnownChild`: it has an errand and nothing else."""
        return True

    def kill(self) -> None:
        """Hear no more of it."""
        if self.exit_code is None:
            self.exit_code = 0
            self._line.close()

    def take(self, handle: int) -> int:
        """See `KnownChild`."""
        raise OSError(handle)

"""A process beside this one, for half of its work: forked while there is one thread, unreadable, and gone with it."""

import contextlib
import socket
from collections.abc import Callable

from app.guardian.children import Child, fork

_LEAVES_S = 10.0


class Beside:
    """The other process, and the line to it.

    Attributes:
        line: this side's end; its end is the other's.
    """

    def __init__(self, line: socket.socket, child: Child) -> None:
        self.line, self._child = line, child

    def end(self) -> None:
        """Have it leave, and wait for that; one that does not is killed."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)
        self.line.close()
        if not self._child.wait(_LEAVES_S):
            self._child.kill()


def begin_beside(body: Callable[[socket.socket], int]) -> Beside:
    """Fork it. Only while this process has one thread.

    Args:
        body: its whole life, from its end of the line to its exit code. It leaves when the line ends.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        child = fork(lambda: body(theirs), keep=(theirs.fileno(),), with_guardian=True)
    return Beside(ours, child)

"""A nursery: a process with one thread and no key that forks children for a process which has threads.

A fork of a process with threads may hang, and an exec would be readable until it hardens itself (`protection.md`
section 7, rule 5). So the office forks a nursery before it has threads or keys, and asks it for children later. The
order is a byte, which says by which of its bodies the child lives, and a descriptor: one end of a line between whoever
asks and the new child. What the child needs to know goes over that line, past the nursery, which never learns it.

Invariants: the nursery leaves at the end of its own line, and the kernel kills it with whoever began it, and its
children with it; a child's line ends when the child ends, however that happens.
"""

import contextlib
import os
import select
import socket
import threading
from collections.abc import Callable

from app.domain.errors import WorkstationError
from app.guardian.children import Child, fork

Body = Callable[[socket.socket], int]
"""A child's whole life: gets its end of the line, returns its exit code."""


class Nursery:
    """A nursery, seen from whoever asks it for children. Safe from any thread."""

    def __init__(self, line: socket.socket) -> None:
        """Ask over this line."""
        self._line = line
        self._asking = threading.Lock()

    def child(self, nth: int = 0) -> socket.socket:
        """Have a child forked.

        Args:
            nth: which of the nursery's bodies it lives by.

        Returns:
            Our end of the line to it; it ends at once if there is no child.

        Raises:
            WorkstationError: the nursery is gone.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                with self._asking:
                    socket.send_fds(self._line, [bytes([nth])], [theirs.fileno()])
            except OSError as e:
                ours.close()
                raise WorkstationError(
                    "The office cannot begin a process any more. Sign out everywhere, wait a minute, and try again.",
                    code="N1",
                ) from e
        return ours


def start_nursery(*bodies: Body, load: Callable[[], None] = lambda: None) -> Nursery:
    """Fork a nursery whose children live by one of `bodies` each. The caller must be hardened, and have one thread.

    Args:
        bodies: the children's lives.
        load: called once in the nursery, before its first child: imports that its children share.

    Raises:
        RuntimeError: the calling process has threads.
    """
    if threading.active_count() != 1 or len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208 -- a count
        raise RuntimeError("a nursery is started from a process with one thread only")
    line, theirs = socket.socketpair()
    with theirs:
        fork(lambda: run_nursery(theirs, *bodies, load=load), keep=(theirs.fileno(),), with_guardian=True)
    return Nursery(line)


def run_nursery(line: socket.socket, *bodies: Body, load: Callable[[], None] = lambda: None) -> int:
    """Fork children until the line ends; the exit code."""
    load()
    children: list[Child] = []
    while True:
        poll = select.poll()
        for fd in (line.fileno(), *(child.pidfd for child in children)):
            poll.register(fd, select.POLLIN)
        poll.poll()
        children = [child for child in children if not child.wait(0)]
        try:
            order, fds, _, _ = socket.recv_fds(line, 1, 1, socket.MSG_DONTWAIT | socket.MSG_CMSG_CLOEXEC)
        except BlockingIOError:
            continue
        except OSError:
            return 0
        if not order:
            return 0
        for fd in fds:
            with contextlib.suppress(OSError):  # no process or memory left: whoever asked sees the line end
                if order[0] < len(bodies):
                    children.append(_born(fd, bodies[order[0]]))
            os.close(fd)


def _born(fd: int, body: Body) -> Child:
    return fork(lambda: body(socket.socket(fileno=fd)), keep=(fd,), with_guardian=True)

"""Windows: the line between a guardian and a child: two anonymous pipes, and a bell that the child rings.

A pipe has no name that anybody could connect to, and its ends go to one child by an explicit list. (A socket pair
would be two TCP sockets there, and whoever connects first between `listen` and `accept` would be the other end.) A pipe
cannot be waited for, so a child rings an event after it has written; who does not ring is looked at all the same.

Invariants: the first thing a child says is `SHUT`, after it has hardened itself; until then, and until the guardian has
read the child's access list itself, nothing is sent to it, not even why it was started.
"""

import queue
import threading
from typing import Final

from app.domain.errors import WorkstationError
from app.guardian.limits import LINE_BYTES
from app.guardian.windows_kernel import Kernel
from app.guardian.windows_process import require_shut_access

SHUT: Final = b"shut\n"
"""A child's first word: nobody of this person can read it, and the environment is clean."""
ORDER_BYTES: Final = 4 * LINE_BYTES
"""Longest first line: a receipt and what a console announced."""


class WindowsLine:
    """The guardian's end (`ChildLine`).

    Args:
        kernel: the system.
        process: the child.
        reads: what the child says.
        writes: what the child hears; closed by the line.
        bell: rung by children.
        order: the first line, sent once the child is shut.
    """

    def __init__(self, kernel: Kernel, process: int, reads: int, writes: int, bell: int, order: bytes) -> None:
        self._kernel, self._process, self._reads, self._bell = kernel, process, reads, bell
        self._order, self._greeting, self._is_shut, self._is_closed = order, b"", False, False
        self._out: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_send, args=(kernel, writes, self._out), name="child-line", daemon=True).start()

    @property
    def waitable(self) -> int:
        """See `ChildLine`."""
        return self._bell

    @property
    def is_shut(self) -> bool:
        """Whether the child may be told something, and was told its order."""
        return self._is_shut

    def hear(self, most: int) -> tuple[bytes, list[int]]:
        """See `ChildLine`; what is no `SHUT` at its beginning, or not true, ends the line."""
        if not self._is_shut:
            untrusted = self._some(len(SHUT) - len(self._greeting))
            self._greeting += untrusted
            if not untrusted or not SHUT.startswith(self._greeting):
                return b"", []
            if self._greeting != SHUT:
                raise BlockingIOError
            try:
                require_shut_access(self._kernel.access_of(self._process))
            except WorkstationError:
                return b"", []
            self._is_shut = True
            self._out.put(self._order)
        return self._some(most), []

    def tell(self, data: bytes) -> None:
        """See `ChildLine`; before the child is shut it hears nothing, and what comes later follows the order."""
        if not self._is_shut:
            self._order += data
        elif not self._is_closed:
            self._out.put(data)

    def close(self) -> None:
        """See `ChildLine`."""
        if not self._is_closed:
            self._is_closed = True
            self._kernel.close(self._reads)
            self._out.put(b"")

    def _some(self, most: int) -> bytes:
        try:
            there = self._kernel.waiting(self._reads)
        except BrokenPipeError:
            return b""
        if not there:
            raise BlockingIOError
        return self._kernel.read(self._reads, min(there, most))


def _send(kernel: Kernel, pipe: int, out: "queue.SimpleQueue[bytes]") -> None:
    """Write what comes until the line is closed: a child that does not listen holds up this thread alone."""
    try:
        while data := out.get():
            kernel.write(pipe, data)
    except OSError:
        pass  # it has ended; its process tells that
    finally:
        kernel.close(pipe)


class LineToGuardian:
    """A child's end.

    Args:
        kernel: the system.
        reads: what the guardian says.
        writes: what it hears.
        bell: wakes it.
    """

    def __init__(self, kernel: Kernel, reads: int, writes: int, bell: int) -> None:
        self._kernel, self._reads, self._writes, self._bell = kernel, reads, writes, bell
        self._rest = b""

    def recv(self, most: int) -> bytes:
        """Wait for bytes; none at the guardian's end."""
        if self._rest:
            found, self._rest = self._rest[:most], self._rest[most:]
            return found
        return self._kernel.read(self._reads, most)

    def sendall(self, data: bytes) -> None:
        """Send all of it and ring.

        Raises:
            BrokenPipeError: the guardian is gone.
        """
        self._kernel.write(self._writes, data)
        self._kernel.ring(self._bell)

    def order(self) -> bytes:
        """The first line, without its end, after having said `SHUT`.

        Raises:
            ConnectionError: the guardian is gone, or the line is too long.
        """
        self.sendall(SHUT)
        found = b""
        while b"\n" not in found:
            part = self._kernel.read(self._reads, LINE_BYTES)
            found += part
            if not part or len(found) > ORDER_BYTES:
                raise ConnectionError
        line, _, self._rest = found.partition(b"\n")
        return line

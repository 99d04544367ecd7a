"""A line to the office over which nothing is said: its end is the end of the office's process, known at once.

The office does not count lines, so this one keeps it from nothing. The thread waits in the kernel and costs nothing.
"""

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Callable


class Lifeline:
    """One open line. It ends with the office, or by `close`.

    Attributes:
        is_open: whether it is still watched.
    """

    def __init__(self, line: socket.socket, on_end: Callable[[], object]) -> None:
        """Wait for the end.

        Args:
            line: connected, its peer checked; nothing was sent over it.
            on_end: called once from a thread of its own when the office closes the line, not after `close`.
        """
        self._line, self._on_end = line, on_end
        self.is_open = True
        self._thread = threading.Thread(target=self._wait, name="office-lifeline", daemon=True)
        self._thread.start()

    def process(self) -> int | None:
        """A descriptor that can be read once the office's process has ended; the caller closes it.

        None where the system has none for it, or the process has gone.
        """
        try:
            who = self._line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            return os.pidfd_open(struct.unpack("3i", who)[0])
        except (AttributeError, OSError):
            return None

    def _wait(self) -> None:
        with contextlib.suppress(OSError):
            self._line.settimeout(None)
            while self._line.recv(4096):
                pass
        if self.is_open:
            self.is_open = False
            self._line.close()
            self._on_end()

    def close(self) -> None:
        """Let go; nobody is told."""
        self.is_open = False
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join(1.0)
        self._line.close()

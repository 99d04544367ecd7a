"""The stream of changes from the office: names of topics, as they change, on a thread that waits in the kernel.

It carries no content: whoever hears of a topic asks in the usual way. It ends with the session, the office, or `close`;
a stream on which nothing came for `DEAD_S` seconds is dead, since the office says every 15 s that it is there.
"""

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable

DEAD_S = 45.0
_LONGEST_LINE = 4096
OPEN = "open"
"""Told like a topic when the stream stands: what changes from now on is heard."""
_STANDS = ": open"
_CHANGED = "data:"


class LiveLine:
    """One stream.

    Attributes:
        is_open: whether it is still heard.
    """

    def __init__(
        self,
        line: socket.socket,
        host: str,
        headers: dict[str, str],
        path: str,
        on_change: Callable[[frozenset[str]], object],
        on_end: Callable[[], object],
    ) -> None:
        """Ask for the stream and hear it.

        Args:
            line: connected, its peer checked; nothing was sent over it.
            host: whose it is.
            headers: of the request.
            path: of the stream.
            on_change: called with topics, and first with `OPEN`, from a thread of its own.
            on_end: called once from that thread when the stream ends, not after `close`.
        """
        self._line, self._on_change, self._on_end = line, on_change, on_end
        self.is_open = True
        self._connection = http.client.HTTPConnection(host)
        self._connection.sock = line
        self._headers, self._path = headers, path
        self._thread = threading.Thread(target=self._hear, name="office-changes", daemon=True)
        self._thread.start()

    def _hear(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            self._line.settimeout(DEAD_S)
            self._connection.request("GET", self._path, headers=self._headers)
            with self._connection.getresponse() as answer:
                if answer.status == http.client.OK:
                    self._read(answer)
        was_open, self.is_open = self.is_open, False
        self._connection.close()
        self._line.close()
        if was_open:
            self._on_end()

    def _read(self, answer: http.client.HTTPResponse) -> None:
        while line := answer.readline(_LONGEST_LINE):
            untrusted = line.decode("ascii", "replace")
            if not self.is_open:
                continue
            if untrusted.startswith(_CHANGED):
                self._on_change(frozenset(untrusted.removeprefix(_CHANGED).split()))
            elif untrusted.startswith(_STANDS):
                self._on_change(frozenset({OPEN}))

    def close(self) -> None:
        """Hear no more; nobody is told."""
        self.is_open = False
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join(1.0)

"""The way to an embedded office: a Unix socket whose owner is checked before the first byte goes out."""

import contextlib
import os
import socket
import struct
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import httpcore
import httpx
from httpcore._backends.sync import SyncBackend, SyncStream

from app.api.client.errors import ForeignOfficeError
from app.domain import patience

SocketOptions = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]


class PeerCheckedBackend(SyncBackend):
    """Connects to a Unix socket and refuses a peer of another uid (`SO_PEERCRED`)."""

    def __init__(self, uid: int) -> None:
        """Accept servers of this uid only."""
        self._uid = uid

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: SocketOptions | None = None
    ) -> httpcore.NetworkStream:
        """Connect, then look who listens.

        Raises:
            httpcore.ConnectError: nobody does.
            httpcore.ConnectTimeout: somebody does, and takes no more lines now.
            ForeignOfficeError: another user's process.
        """
        return SyncStream(_connected(path, self._uid, timeout))


def _connected(path: str, uid: int, timeout: float | None) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(timeout)
        line.connect(path)
    except OSError as e:
        line.close()  # httpcore's own leaves it open
        gone = isinstance(e, ConnectionRefusedError | FileNotFoundError)
        raise (httpcore.ConnectError if gone else httpcore.ConnectTimeout)(type(e).__name__) from e
    peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    if struct.unpack("3i", peer)[1] != uid:
        line.close()
        raise ForeignOfficeError("Another user's process answers in place of the office. Nothing was sent to it.")
    return line


class SocketTransport(httpx.BaseTransport):
    """httpx over a private Unix socket; no proxies, no redirects, no environment.

    Attributes:
        ends_with_line: whether the end of a line is the end of the office.
        is_private: whether what goes this way never leaves the machine; it is not compressed then.
        is_of_machine: whether the office is the whole workstation's: its user was made by root, who vouches for it.
    """

    ends_with_line = True
    is_private = True

    def __init__(self, path: Path, uid: int | None = None, *, is_of_machine: bool = False) -> None:
        """Speak to the office at `path`, which must run as `uid` (this user, if none is given)."""
        self._path, self._uid, self.is_of_machine = path, uid, is_of_machine
        self._held: socket.socket | None = None
        self._pool = httpcore.ConnectionPool(
            uds=str(path),
            max_connections=4,
            keepalive_expiry=30.0,
            network_backend=PeerCheckedBackend(os.getuid() if uid is None else uid),
        )

    def beside(self, name: str) -> "SocketTransport":
        """A line to another process of the same office, whose socket lies in the same folder.

        It stands at once and until `close`: that process leaves whoever has none, and a source may be long before it
        gives its first rows.
        """
        path = self._path.with_name(f"{name}{self._path.suffix}")
        there = SocketTransport(path, self._uid, is_of_machine=self.is_of_machine)
        with contextlib.suppress(httpx.TransportError):  # the first request says so
            there._held = there.open_line()
        return there

    def open_line(self) -> socket.socket:
        """A line of its own to the office, its peer checked, on which nothing was said yet.

        Raises:
            httpx.ConnectError: there is no office process.
            httpx.TransportError: the office does not answer.
        """
        try:
            return _connected(str(self._path), os.getuid() if self._uid is None else self._uid, patience.LINE_S)
        except httpcore.ConnectError as e:
            raise httpx.ConnectError(type(e).__name__) from e
        except httpcore.TimeoutException as e:
            raise httpx.TransportError(type(e).__name__) from e

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request.

        Raises:
            httpx.ConnectError: there is no office process.
            httpx.TransportError: the office does not answer.
        """
        assert isinstance(request.stream, httpx.SyncByteStream)
        ours = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            answer = self._pool.handle_request(ours)
            body = answer.read()
        except httpcore.ConnectError as e:
            raise httpx.ConnectError(type(e).__name__, request=request) from e
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as e:
            raise httpx.TransportError(type(e).__name__, request=request) from e
        finally:
            if "answer" in locals():
                answer.close()
        return httpx.Response(answer.status, headers=answer.headers, content=body, extensions=answer.extensions)

    def hang_up(self) -> None:
        """Close the lines that are open now; the next request makes another."""
        self._pool.close()

    def close(self) -> None:
        """Close all lines."""
        if self._held is not None:
            self._held.close()
        self._pool.close()

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Close all lines."""
        self.close()

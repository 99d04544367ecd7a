"""An office whose streams of rows lie: the real one, with what comes through one stream after another changed.

It stands where the way to the office is: the console speaks HTTP over a real line, and behind it another real line
leads to the real office, in whatever home that is. What is changed are lines of the stream; everything else passes.
"""

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from enum import Enum

import httpx

from app.api.client.client import ApiClient
from app.session.sign_in import SignIn
from tests.office.made import MadeOffice

PATIENCE_S = 120.0
FILL = "/v1/customers/fill"


class Event(Enum):
    """What happens to a stream beside lines."""

    CUT = "cut"
    """The line is gone in the middle of the answer, as when a gateway is killed."""
    SILENT = "silent"
    """Nothing comes any more, and the line stays."""


Piece = bytes | Event
Way = Callable[[Iterator[bytes]], Iterator[Piece]]
"""Makes of the office's lines what the console gets."""


class LyingStreams(httpx.BaseTransport):
    """A way to the real office.

    Attributes:
        asked: the body of each request for a stream.
        packed: whether each of them asked for a compressed one.
        workstation: which one this is.
    """

    def __init__(self, real: ApiClient, *ways: Way) -> None:
        """Use these ways for the first streams; further ones pass as they are."""
        self._real, self.workstation = real._transport, real._workstation
        self._ways = list(ways)
        self.asked: list[bytes] = []
        self.packed: list[bool] = []
        self._lines: list[socket.socket] = []

    def __getattr__(self, name: str) -> object:
        """Everything else is the real way's."""
        return getattr(self._real, name)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._real.handle_request(request)

    def open_line(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self._lines += (ours, theirs)
        threading.Thread(target=self._serve, args=(ours,), daemon=True).start()
        return theirs

    def close(self) -> None:
        self._real.close()
        for line in self._lines:
            line.close()

    def _serve(self, console: socket.socket) -> None:
        console.settimeout(PATIENCE_S)
        with console, console.makefile("rb") as heard:
            method, path, _ = heard.readline().decode().split(" ", 2)
            headers = http.client.parse_headers(heard)
            body = heard.read(int(headers.get("Content-Length", "0")))
            office = http.client.HTTPConnection("office")
            office.sock = self._real.open_line()  # type: ignore[attr-defined]
            with contextlib.closing(office.sock), contextlib.suppress(BrokenPipeError, ConnectionResetError):
                office.request(method, path, body, dict(headers))
                with office.getresponse() as answer:
                    if path != FILL or answer.status != http.client.OK:
                        self._pass_on(console, answer)
                    else:
                        self.asked.append(body)
                        self.packed.append(answer.headers.get("Content-Encoding") == "gzip")
                        self._lie(console, answer)

    @staticmethod
    def _pass_on(console: socket.socket, answer: http.client.HTTPResponse) -> None:
        console.sendall(f"HTTP/1.1 {answer.status} {answer.reason}\r\nConnection: close\r\n".encode())
        console.sendall(f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode())
        while piece := answer.read1(65_536):
            console.sendall(piece)

    def _lie(self, console: socket.socket, answer: http.client.HTTPResponse) -> None:
        console.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
        way = self._ways.pop(0) if self._ways else iter
        for piece in way(iter(answer.readline, b"")):
            if piece is Event.CUT:
                return
            if piece is Event.SILENT:
                console.recv(1)  # until the console goes
                return
            assert isinstance(piece, bytes)
            console.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
        console.sendall(b"0\r\n\r\n")


def sign_in_through(office: MadeOffice, streams: LyingStreams, timeout_s: float = PATIENCE_S) -> SignIn:
    """The sign-in form before such an office.

    Args:
        office: the real one.
        streams: the way to it.
        timeout_s: for how long the console waits for a word.
    """
    return SignIn(
        office.places,
        lambda: ApiClient(streams, timeout_s, streams.workstation),
        lambda: office.store,
        office.policy,
        start_office=lambda: None,
        announce=office.guardian,
    )

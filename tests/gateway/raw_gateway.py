"""A TLS server that says whatever a test wants, and keeps every byte that it hears after a handshake.

with RawGateway(certified, answering(b"HTTP/1.1 200 OK\r\n...")) as gateway:
    client = ApiClient(HttpsTransport(GatewayAddress("localhost", gateway.port, authority=str(authority.file))))
"""

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from app.api.messages.wire import PROBLEM_TYPE, Problem
from tests.gateway.pki import Certified

PATIENCE_S = 60.0
Play = Callable[["Heard"], None]


class Heard:
    """One line, after its handshake."""

    def __init__(self, line: socket.socket, gateway: "RawGateway", number: int) -> None:
        self.line, self._gateway, self.number = line, gateway, number

    def request(self) -> bytes:
        """Wait for one whole request; empty once the other end has closed."""
        data = b""
        while b"\r\n\r\n" not in data:
            if not (part := self._hear()):
                return data
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        wanted = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(body) < wanted and (part := self._hear()):
            body += part
        return head + b"\r\n\r\n" + body

    def _hear(self) -> bytes:
        part = self.line.recv(65_536)
        with self._gateway.told:
            self._gateway.heard += part
            self._gateway.told.notify_all()
        return part

    def say(self, data: bytes) -> None:
        self.line.sendall(data)

    def wait_for_the_end(self) -> None:
        """Until the other end closes."""
        while self._hear():
            pass


class RawGateway:
    """Listens on this machine; each line is played in a thread of its own.

    Attributes:
        port: where.
        heard: what came after handshakes, of all lines.
        lines: how many came to be heard, their handshake done.
        knocks: how many came at all.
        refusals: why handshakes failed, in OpenSSL's words.
    """

    def __init__(
        self,
        certified: Certified,
        play: Play,
        *,
        newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
        tickets: int = 0,
        is_plain: bool = False,
    ) -> None:
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.maximum_version = newest
        self.context.num_tickets = tickets
        self.context.load_cert_chain(certified.certificate, certified.key)
        self._play, self._is_plain = play, is_plain
        self.heard, self.lines, self.knocks = b"", 0, 0
        self.refusals: list[str] = []
        self.told = threading.Condition()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with self.told:
                self.knocks += 1
                self._open.add(line)
                self.told.notify_all()
            thread = threading.Thread(target=self._serve, args=(line, self.knocks), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError, ValueError):  # `close` may have come between
            line.settimeout(PATIENCE_S)
            try:
                secured = line if self._is_plain else self.context.wrap_socket(line, server_side=True)
            except OSError as e:
                with self.told:
                    self.refusals.append(str(getattr(e, "reason", None) or type(e).__name__))
                    self.told.notify_all()
                line.close()
                return
            with self.told:
                self._open.discard(line)
                self._open.add(secured)
                self.lines += 1
                self.told.notify_all()
            try:
                self._play(Heard(secured, self, number))
                if isinstance(secured, ssl.SSLSocket):
                    secured.unwrap()
            finally:
                secured.close()

    def wait_until(self, is_so: Callable[["RawGateway"], bool]) -> None:
        """Until what this gateway has seen is so."""
        with self.told:
            assert self.told.wait_for(lambda: is_so(self), PATIENCE_S)

    def close(self) -> None:
        """Hear no more; what was heard is whole."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(PATIENCE_S)
        for line in [*self._open]:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def answer(body: object, status: str = "200 OK") -> bytes:
    """An answer as a gateway gives it."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def refusing(status: int, code: str) -> bytes:
    """A refusal as a gateway gives it: problem details."""
    said = Problem.of(status, code, "what to do")
    whole = answer(said.model_dump(), f"{status} {said.title}")
    return whole.replace(b"application/json", PROBLEM_TYPE.encode(), 1)


def answering(*answers: bytes) -> Play:
    """Answer requests in turn on each line, the last answer again and again; then close."""

    def play(heard: Heard) -> None:
        number = 0
        while heard.request():
            heard.say(answers[min(number, len(answers) - 1)])
            number += 1

    return play

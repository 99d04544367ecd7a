"""The team's proxy: lines go to gateways that answer, and whose gateway is gone is cut off and comes back elsewhere."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from tests.demo.team_proxy import TeamProxy

PATIENCE_S = 120


class Named:
    """A server that says its name and then what it hears; `close` takes it away with all its lines."""

    def __init__(self, name: bytes) -> None:
        self._name, self._lines = name, list[socket.socket]()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                self._lines.append(line)
                threading.Thread(target=self._echo, args=(line,), daemon=True).start()

    def _echo(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            line.sendall(self._name)
            while heard := line.recv(4096):
                line.sendall(heard)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def pair() -> Iterator[tuple[Named, Named]]:
    one, two = Named(b"1"), Named(b"2")
    yield one, two
    one.close()
    two.close()


def line_to(proxy: TeamProxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), PATIENCE_S)


def test_that_lines_are_shared_and_what_is_said_passes_through(pair: tuple[Named, Named]) -> None:
    with TeamProxy([named.port for named in pair]) as proxy, line_to(proxy) as first:
        assert first.recv(1) == b"1"
        with line_to(proxy) as second:
            assert second.recv(1) == b"2"
            second.sendall(b"said")
            assert second.recv(4) == b"said"


def test_that_a_gateway_that_is_gone_is_out_and_its_lines_end(pair: tuple[Named, Named]) -> None:
    said: list[str] = []
    with TeamProxy([named.port for named in pair], said.append) as proxy:
        with line_to(proxy) as line:
            assert line.recv(1) == b"1"
            pair[0].close()
            assert line.recv(1) == b"", "it is told that its line is over"
        while not said:
            with line_to(proxy) as line:
                assert line.recv(1) == b"2"
        assert proxy.backends[0].taken == 1
    assert said == [f"proxy: the gateway at port {pair[0].port} is gone and gets no line"]


def test_that_without_any_gateway_a_line_is_closed_at_once(pair: tuple[Named, Named]) -> None:
    with TeamProxy([named.port for named in pair]) as proxy:
        pair[0].close()
        pair[1].close()
        with line_to(proxy) as line:
            assert line.recv(1) == b""

"""A gateway behind a balancer that passes TLS through: whom it believes, what it takes, and what it closes unread."""

import ipaddress
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi import FastAPI, Request

from app.api.server.proxied import V2
from app.api.server.tls import ServerTls
from tests.gateway.pki import Authority
from tests.gateway.tls_serving import TlsServing, tls_serving

HERE = (ipaddress.ip_network("127.0.0.1/32"),)


def whoami() -> FastAPI:
    """Tells who calls."""
    application = FastAPI()

    @application.get("/")
    def caller(request: Request) -> str:
        assert request.client is not None
        return f"{request.client.host} {request.client.port}"

    return application


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="module")
def tls(authority: Authority) -> ServerTls:
    certified = authority.issue()
    return ServerTls(certified.certificate, certified.key)


@pytest.fixture(scope="module")
def behind(tls: ServerTls) -> Iterator[TlsServing]:
    with tls_serving(whoami(), tls, balancers=HERE) as serving:
        yield serving


def v2(command: int, family: int, rest: bytes) -> bytes:
    return V2 + struct.pack(">BBH", command, family, len(rest)) + rest


def tcp4(host: str, port: int) -> bytes:
    return socket.inet_aton(host) + socket.inet_aton("10.0.0.1") + struct.pack(">HH", port, 8443)


def tcp6(host: str, port: int) -> bytes:
    return ipaddress.ip_address(host).packed + ipaddress.ip_address("::1").packed + struct.pack(">HH", port, 8443)


def ask(serving: TlsServing, authority: Authority, head: bytes, *, drip: bool = False) -> str:
    """What the server answers to a line that begins so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(authority.file)
    with socket.create_connection(("127.0.0.1", serving.port), 60) as line:
        for piece in [head[n : n + 1] for n in range(len(head))] if drip else [head]:
            line.sendall(piece)
        with context.wrap_socket(line, server_hostname="localhost") as under:
            under.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = b""
            while piece := under.recv(1000):
                answer += piece
    return answer.rpartition(b"\r\n")[2].decode().strip('"')


@pytest.mark.parametrize("drip", [False, True])
@pytest.mark.parametrize(
    ("head", "caller"),
    [
        (b"PROXY TCP4 203.0.113.7 10.0.0.1 40001 8443\r\n", "203.0.113.7 40001"),
        (b"PROXY TCP6 2001:db8::7 ::1 40001 8443\r\n", "2001:db8::7 40001"),
        (v2(0x21, 0x11, tcp4("203.0.113.7", 40_001)), "203.0.113.7 40001"),
        (v2(0x21, 0x21, tcp6("2001:db8::7", 40_001)), "2001:db8::7 40001"),
        (v2(0x21, 0x11, tcp4("203.0.113.7", 40_001) + b"\x04\0\x02hi"), "203.0.113.7 40001"),
    ],
)
def test_that_the_caller_is_whom_the_balancer_names(
    behind: TlsServing, authority: Authority, head: bytes, caller: str, drip: bool
) -> None:
    assert ask(behind, authority, head, drip=drip) == caller


@pytest.mark.parametrize("head", [b"PROXY UNKNOWN\r\n", v2(0x20, 0, b""), v2(0x20, 0x11, tcp4("203.0.113.7", 1))])
def test_that_a_balancers_own_look_is_its_own(behind: TlsServing, authority: Authority, head: bytes) -> None:
    assert ask(behind, authority, head).startswith("127.0.0.1 ")


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00",
        b"PROXY TCP4 203.0.113.7 10.0.0.1 40001\r\n",
        b"PROXY TCP4 2001:db8::7 ::1 40001 8443\r\n",
        b"PROXY TCP4 nobody 10.0.0.1 40001 8443\r\n",
        b"PROXY TCP4 203.0.113.7 10.0.0.1 99999 8443\r\n",
        b"PROXY " + b"x" * 200,
        v2(0x22, 0x11, tcp4("203.0.113.7", 1)),
        v2(0x21, 0x12, tcp4("203.0.113.7", 1)),
        v2(0x21, 0x11, b"short"),
        V2 + struct.pack(">BBH", 0x21, 0x11, 60_000),
    ],
)
def test_that_a_line_that_begins_otherwise_is_closed(behind: TlsServing, head: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", behind.port), 60)) as line:
        line.sendall(head)
        assert is_closed(line)


def is_closed(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionResetError:  # what was sent and not read
        return True


def test_that_nobody_but_the_balancer_is_believed(tls: ServerTls) -> None:
    elsewhere = (ipaddress.ip_network("10.0.0.4/32"),)
    with (
        tls_serving(whoami(), tls, balancers=elsewhere) as serving,
        closing(socket.create_connection(("127.0.0.1", serving.port), 60)) as line,
    ):
        line.sendall(b"PROXY TCP4 203.0.113.7 10.0.0.1 40001 8443\r\n")
        assert is_closed(line)


def test_that_a_server_without_a_balancer_believes_none(tls: ServerTls, authority: Authority) -> None:
    with tls_serving(whoami(), tls) as serving:
        assert ask(serving, authority, b"").startswith("127.0.0.1 ")
        with closing(socket.create_connection(("127.0.0.1", serving.port), 60)) as line:
            line.sendall(b"PROXY TCP4 203.0.113.7 10.0.0.1 40001 8443\r\n")
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(1000):
                assert b"203.0.113.7" not in piece

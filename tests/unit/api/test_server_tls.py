"""A gateway's TLS: what it shows, what it refuses to show, and a certificate changed under lines that stand."""

import asyncio
import contextlib
import datetime
import shutil
import signal
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from fastapi import FastAPI

from app.api.server import tls_server
from app.api.server.serve import config_of
from app.api.server.tls import ServerTls
from app.api.server.tls_server import TlsServer, listening_at
from app.crypto.certificates import certificate_of
from app.domain.errors import WorkstationError
from tests.gateway.pki import Authority, Certified, self_signed
from tests.gateway.tls_serving import TlsServing, tls_serving

LONG_S = 60.0


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "pki")


@pytest.fixture
def shown(authority: Authority, tmp_path: Path) -> Certified:
    """What the server reads; tests put others in its place."""
    place = Certified(tmp_path / "server.pem", tmp_path / "server.key", "")
    put(authority.issue("first"), place)
    return place


def put(new: Certified, place: Certified) -> None:
    """Put another certificate and key in the place of the ones before, as a renewal does."""
    for source, target in ((new.key, place.key), (new.certificate, place.certificate)):
        shutil.copyfile(source, beside := target.with_suffix(".new"))
        beside.chmod(0o600)
        beside.replace(target)


def application() -> FastAPI:
    made = FastAPI()

    @made.get("/whole")
    def whole() -> str:
        return "here"

    @made.post("/echo")
    def echo(body: dict[str, int]) -> dict[str, int]:
        return body

    return made


def serving(tls: ServerTls) -> contextlib.AbstractContextManager[TlsServing]:
    return tls_serving(application(), tls)


@contextlib.contextmanager
def line_to(
    server: TlsServing, authority: Authority, name: str | None = "localhost", oldest: ssl.TLSVersion | None = None
) -> Iterator[ssl.SSLSocket]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(authority.file)
    if oldest is not None:
        context.maximum_version = oldest
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=LONG_S) as plain,
        context.wrap_socket(plain, server_hostname=name) as line,
    ):
        yield line


def ask(line: ssl.SSLSocket) -> bytes:
    """One request, its answer's body."""
    line.sendall(b"GET /whole HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = b""
    while not answer.endswith(b'"here"'):
        part = line.recv(4096)
        assert part, answer
        answer += part
    return answer


def shown_pin(line: ssl.SSLSocket) -> str:
    return certificate_of(line.getpeercert(binary_form=True) or b"").pin.hex()


# what is refused


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o620, 0o640, 0o644])
def test_that_a_key_which_others_can_read_or_change_is_refused(shown: Certified, mode: int) -> None:
    shown.key.chmod(mode)
    if mode == 0o640 and shown.key.stat().st_uid == 0:
        ServerTls(shown.certificate, shown.key)  # root's may be readable for a group, which is how systems keep them
        return
    with pytest.raises(WorkstationError, match="chmod 600"):
        ServerTls(shown.certificate, shown.key)


def test_that_files_which_are_not_in_order_are_named(authority: Authority, shown: Certified, tmp_path: Path) -> None:
    other = authority.issue("other")
    nothing = tmp_path / "nothing"
    nothing.write_text("nothing")
    nothing.chmod(0o600)
    key = serialization.load_pem_private_key(shown.key.read_bytes(), None)
    locked = tmp_path / "locked.key"
    locked.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    locked.chmod(0o600)
    for certificate, private, why in (
        (shown.certificate, other.key, "not the key of"),
        (shown.certificate, locked, "without a password"),
        (shown.certificate, nothing, "not the key of"),
        (shown.certificate, tmp_path / "missing", "missing cannot be read"),
        (shown.certificate, tmp_path, "not a plain file"),
        (tmp_path / "missing", shown.key, "missing cannot be read"),
        (nothing, shown.key, "no certificate"),
        (shown.key, shown.key, "no certificate"),
        (authority.expired().certificate, shown.key, "not good today"),
        (authority.not_yet_valid().certificate, shown.key, "not good today"),
    ):
        with pytest.raises(WorkstationError, match=why):
            ServerTls(certificate, private)


def test_that_no_key_is_logged_for_the_environment(
    authority: Authority, shown: Certified, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    with serving(ServerTls(shown.certificate, shown.key)) as server, line_to(server, authority) as line:
        ask(line)
    assert not (tmp_path / "keys.log").exists()


def test_that_a_port_that_is_taken_is_said_so() -> None:
    with listening_at("127.0.0.1", 0) as first, pytest.raises(WorkstationError, match="cannot listen"):
        listening_at("127.0.0.1", first.getsockname()[1])


def test_that_a_line_holds_no_part_of_an_answer_back() -> None:
    """Nagle's algorithm (RFC 896) would keep a body until its head is acknowledged: 40 ms at every request."""
    held: list[int] = []

    async def serve() -> None:
        done = asyncio.Event()

        class Line(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                line = transport.get_extra_info("socket")
                held.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
                transport.close()
                done.set()

        with listening_at("127.0.0.1", 0) as listener:
            server = await asyncio.get_running_loop().create_server(Line, sock=listener)
            async with server:
                with socket.create_connection(listener.getsockname()):
                    await done.wait()

    asyncio.run(serve())
    assert held == [1]


# what is shown


def test_that_nothing_older_than_tls_1_3_is_agreed_on(authority: Authority, shown: Certified) -> None:
    with serving(ServerTls(shown.certificate, shown.key)) as server:
        with line_to(server, authority) as line:
            ask(line)
            assert line.version() == "TLSv1.3"
        with (
            pytest.raises(ssl.SSLError),
            line_to(server, authority, oldest=ssl.TLSVersion.TLSv1_2),
        ):
            pass


def test_that_no_ticket_is_given(authority: Authority, shown: Certified) -> None:
    with serving(ServerTls(shown.certificate, shown.key)) as server, line_to(server, authority) as line:
        ask(line)
        assert line.session is None or not line.session.has_ticket


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_that_a_changed_certificate_is_shown_to_new_lines_and_old_ones_stand(
    authority: Authority, shown: Certified, name: str
) -> None:
    """A name is told to the server (SNI), an address is not: both see the same."""
    with serving(ServerTls(shown.certificate, shown.key)) as server, line_to(server, authority, name) as old:
        ask(old)
        before, second = shown_pin(old), authority.issue("second")
        put(second, shown)
        server.in_loop(server.server.reload)
        with line_to(server, authority, name) as new:
            ask(new)
            assert shown_pin(new) == second.pin != before
        ask(old)
        assert server.said == []
        assert server.tls.certificate.pin.hex() == second.pin


def test_that_a_change_is_found_without_a_word(
    authority: Authority, shown: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls_server, "_LOOK_EVERY_TICKS", 1)
    changed, reload = threading.Event(), ServerTls.reload

    def told(tls: ServerTls) -> None:
        with contextlib.suppress(WorkstationError):  # between the two files
            reload(tls)
            changed.set()

    monkeypatch.setattr(ServerTls, "reload", told)
    with serving(ServerTls(shown.certificate, shown.key)) as server:
        second = authority.issue("second")
        put(second, shown)
        assert changed.wait(LONG_S)
        with line_to(server, authority) as new:
            assert shown_pin(new) == second.pin


@pytest.mark.parametrize("wrong", ["expired", "other key", "nothing"])
def test_that_a_certificate_that_is_not_in_order_takes_nobodys_place(
    authority: Authority, shown: Certified, wrong: str
) -> None:
    with serving(ServerTls(shown.certificate, shown.key)) as server:
        with line_to(server, authority) as line:
            before = shown_pin(line)
        if wrong == "expired":
            put(authority.expired(), shown)
        elif wrong == "nothing":
            shown.certificate.write_text("nothing")
        else:
            shutil.copyfile(authority.issue("other").certificate, shown.certificate)
        server.in_loop(server.server.reload)
        assert [said.startswith("The certificate was not changed.") for said in server.said] == [True]
        with line_to(server, authority) as line:
            ask(line)
            assert shown_pin(line) == before


def test_that_what_is_wrong_with_a_change_is_said_once(authority: Authority, shown: Certified) -> None:
    tls = ServerTls(shown.certificate, shown.key)
    put(authority.expired(), shown)
    with pytest.raises(WorkstationError):
        tls.reload_if_changed()
    assert not tls.reload_if_changed()
    put(authority.issue("renewed"), shown)
    assert tls.reload_if_changed()


def test_that_a_certificate_which_ends_while_it_is_shown_is_not_taken_anew(shown: Certified) -> None:
    now = [datetime.datetime.now(datetime.UTC)]
    tls = ServerTls(shown.certificate, shown.key, lambda: now[0])
    now[0] += datetime.timedelta(days=31)
    with pytest.raises(WorkstationError, match="not good today"):
        tls.reload()


def test_that_a_signal_changes_the_certificate(authority: Authority, shown: Certified) -> None:
    """In the main thread, as a gateway runs; the signal is this process's own."""
    tls, second = ServerTls(shown.certificate, shown.key), authority.issue("second")
    listener = listening_at("127.0.0.1", 0)
    server = TlsServer(config_of(FastAPI()), tls, lambda _said: None)

    async def main() -> None:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0)
        put(second, shown)
        signal.raise_signal(signal.SIGHUP)
        while tls.certificate.pin.hex() != second.pin:
            await asyncio.sleep(0)
        server.should_exit = True
        await running

    asyncio.run(main())


# who holds lines open


def test_that_a_handshake_that_does_not_come_holds_nobody_and_is_closed(
    authority: Authority, shown: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls_server, "HANDSHAKE_S", 0.2)
    with serving(ServerTls(shown.certificate, shown.key)) as server:
        silent = [socket.create_connection(("127.0.0.1", server.port), timeout=LONG_S) for _ in range(30)]
        half = socket.create_connection(("127.0.0.1", server.port), timeout=LONG_S)
        half.sendall(b"\x16\x03\x01\x02\x00\x01")
        while True:  # a busy machine may be slower than this handshake's time; the test's own limit ends this
            with contextlib.suppress(OSError, AssertionError), line_to(server, authority) as line:
                ask(line)
                break
        for waiting in (*silent, half):
            with waiting, contextlib.suppress(ConnectionError):
                assert waiting.recv(100) == b""


def hurry(server: TlsServing) -> None:
    """From now on a request has a moment to come, at lines that stand, too."""
    server.server._request_s = 0.3
    for line in list(server.server._lines):
        line._wait_s = 0.3


def until_closed(line: ssl.SSLSocket, said: bytes) -> None:
    """Say it, and hear nothing but the end; a line that stands raises TimeoutError."""
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        line.sendall(said)
        while line.recv(4096):
            pass


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET /whole HT",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    ],
)
def test_that_a_request_that_does_not_come_to_its_end_is_closed(
    authority: Authority, shown: Certified, said: bytes
) -> None:
    with serving(ServerTls(shown.certificate, shown.key)) as server:
        if said:  # else such a line is idle, which has its own time
            with line_to(server, authority) as line:
                ask(line)
                server.in_loop(lambda: hurry(server))
                until_closed(line, said)
        server.in_loop(lambda: hurry(server))
        with line_to(server, authority) as line:
            until_closed(line, said)


def test_that_a_request_in_pieces_has_its_answer_and_a_used_line_stands(authority: Authority, shown: Certified) -> None:
    with serving(ServerTls(shown.certificate, shown.key)) as server, line_to(server, authority) as line:
        for _ in range(3):
            for piece in (b"POST /echo HTTP/1.1\r\nHost: x\r\nConte", b"nt-Type: application/json\r\n", b"Content-Len",
                          b"gth: 8\r\n\r\n{\"a\"", b":12}"):  # fmt: skip
                line.sendall(piece)
            answer = b""
            while not answer.endswith(b'{"a":12}'):
                answer += line.recv(4096)
        assert server.server.server_state.connections


def test_that_a_certificate_of_nobody_can_be_shown_too(tmp_path: Path) -> None:
    """Whom to trust is the client's to say: a test machine has its own."""
    own = self_signed(tmp_path / "own")
    assert ServerTls(own.certificate, own.key).certificate.hosts == ("localhost", "127.0.0.1", "::1")

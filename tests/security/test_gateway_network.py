"""T6: the network between a console and its gateway. TLS 1.3 by hand, the machine's trust or one authority, and a pin.

Here, against real servers on this machine: for every wrong certificate not a byte of a request leaves, whatever it is
that the console asks; nobody agrees on an older TLS; no environment is obeyed; what answers slowly, never, half, too
much, in another tongue, twice or again ends with a sentence, and nothing of it is used. Enforced by *key*.

Further parts: `tests/unit/api/test_https_transport.py` (times, lines, retries), `test_server_tls.py` (the gateway's
side), `test_t6_private_socket.py` (an embedded office).
"""

import contextlib
import select
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.api.client import exchange, https_transport
from app.api.client.client import ApiClient
from app.api.client.errors import ForeignOfficeError, OfficeAwayError
from app.api.client.https_transport import HttpsTransport
from app.api.messages import door
from app.api.messages.seats import SeatHere
from app.api.server.feed import Topic
from app.domain.errors import TiraiError
from app.domain.gateway_address import GatewayAddress
from tests.gateway.pki import Authority, Certified, self_signed
from tests.gateway.raw_gateway import Heard, RawGateway, answer, answering
from tests.gateway.tls_serving import over_tls
from tests.office.made import made_office
from tests.security.canaries import planted, record_of

SECRET = b"V" * 32
SEAT = SeatHere(key=bytes(32), name="SBY-0417")
SIGN_IN = door.SignInRequest(
    account="ratna", verifier=SECRET, slot_key=bytes(32), code="123456", kind="command", seat_id=bytes(16), seat=SEAT
)
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
QUOTA = answer({"classes": []})
SALT = answer({"salt": "AAAAAAAAAAAAAAAAAAAAAA==", "memory_kib": 65536, "passes": 3, "lanes": 4})
ROUNDS_S = 60.0
ENCRYPTED = 23
"""Type of a TLS record that holds something encrypted (RFC 8446, section 5.1)."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("pki"))


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https_transport, "_PAUSES_S", (0.0, 0.01))


def where(authority: Authority, gateway: RawGateway, host: str = "127.0.0.1") -> GatewayAddress:
    return GatewayAddress(host, gateway.port, authority=str(authority.file))


@contextlib.contextmanager
def client_at(address: GatewayAddress, timeout_s: float = ROUNDS_S) -> Iterator[ApiClient]:
    client = ApiClient(HttpsTransport(address), timeout_s)
    client.use_token(SECRET)
    try:
        yield client
    finally:
        client.close()


def everything(client: ApiClient) -> list[Callable[[], object]]:
    """Each way in which a console begins to speak."""
    return [
        client.hello,
        lambda: client.salt("ratna"),
        lambda: client.sign_in(SIGN_IN),
        client.quota,
        lambda: client.live(lambda _topics: None, lambda: None),
        lambda: client.report_end(door.EndReport(session=bytes(16), end_token=SECRET, cause="signed_out")),
    ]


# wrong certificates


@dataclass(frozen=True)
class Wrong:
    """A server that is not the gateway, and what is said of it."""

    certified: Callable[[Authority, Path], Certified]
    why: str
    host: str = "127.0.0.1"
    pins: tuple[bytes, ...] = ()
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3


WRONG = {
    "expired": Wrong(lambda authority, _: authority.expired(), "has expired"),
    "not yet valid": Wrong(lambda authority, _: authority.not_yet_valid(), "not valid yet.*clock"),
    "foreign authority": Wrong(lambda _, folder: Authority(folder, "foreign").issue(), "does not trust"),
    "self-signed": Wrong(lambda _, folder: self_signed(folder), "signed by itself"),
    "other host": Wrong(lambda authority, _: authority.for_another_host(), "another host", host="localhost"),
    "other address": Wrong(lambda authority, _: authority.issue("other", ("127.0.0.2", "localhost")), "another host"),
    "name for an address": Wrong(lambda authority, _: authority.issue("name", ("127.0.0.1.example",)), "another host"),
    "other pin": Wrong(lambda authority, _: authority.issue(), "another key", pins=(b"p" * 32, b"q" * 32)),
    "tls 1.2": Wrong(lambda authority, _: authority.issue(), "TLS 1.3", newest=ssl.TLSVersion.TLSv1_2),
}


@pytest.mark.attack("A39", "A40")
@pytest.mark.parametrize("wrong", WRONG)
def test_that_a_wrong_certificate_is_sent_not_a_byte(authority: Authority, tmp_path: Path, wrong: str) -> None:
    case = WRONG[wrong]
    with RawGateway(case.certified(authority, tmp_path), answering(QUOTA), newest=case.newest) as gateway:
        address = replace(where(authority, gateway, case.host), pins=case.pins)
        with client_at(address) as client:
            calls = everything(client)
            for ask in calls:
                with pytest.raises(ForeignOfficeError, match=case.why) as refusal:
                    ask()
                assert "Nothing was sent" in str(refusal.value)
                assert "IT" in str(refusal.value), "it says whom to ask"
        gateway.wait_until(lambda seen: seen.lines + len(seen.refusals) == len(calls))
        assert gateway.knocks == len(calls), "a wrong certificate is not tried again"
    assert gateway.heard == b""


@pytest.mark.attack("A39")
def test_that_the_right_certificate_is_spoken_to(authority: Authority) -> None:
    """The control: the same calls, and everything arrives."""
    certified = authority.issue()
    with RawGateway(certified, answering(QUOTA)) as gateway:
        address = replace(where(authority, gateway), pins=(b"p" * 32, bytes.fromhex(certified.pin)))
        with client_at(address) as client:
            for ask in everything(client):
                with contextlib.suppress(TiraiError):
                    ask()
            gateway.wait_until(lambda seen: b"/v1/session/changes" in seen.heard)
    assert all(path in gateway.heard for path in (b"/v1/hello", b"/v1/door/sign-in", b"/v1/door/ended"))


@pytest.mark.attack("A40")
def test_that_who_speaks_no_tls_hears_no_request(authority: Authority) -> None:
    """What a plain listener hears is the hello of a handshake (RFC 8446, section 4.1.2), which names no secret."""
    said = threading.Event()

    def plain(heard: Heard) -> None:
        heard.line.settimeout(ROUNDS_S)
        heard._hear()
        heard.say(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        said.set()
        heard.wait_for_the_end()

    with RawGateway(authority.issue(), plain, is_plain=True) as gateway, client_at(where(authority, gateway)) as client:
        with pytest.raises(ForeignOfficeError, match="Nothing was sent"):
            client.sign_in(SIGN_IN)
        assert said.wait(ROUNDS_S)
    assert gateway.heard.startswith(b"\x16\x03\x01"), "a handshake record"
    assert b"/v1" not in gateway.heard
    assert SECRET not in gateway.heard


@pytest.mark.attack("A39")
def test_that_a_renewed_certificate_of_the_pinned_key_is_taken_and_another_key_is_not(authority: Authority) -> None:
    first = authority.issue("first")
    renewed, other = authority.issue("renewed", key=first.key), authority.issue("another")
    for certified, is_taken in ((renewed, True), (other, False)):
        with RawGateway(certified, answering(QUOTA)) as gateway:
            address = replace(where(authority, gateway), pins=(bytes.fromhex(first.pin),))
            with client_at(address) as client:
                if is_taken:
                    client.quota()
                else:
                    with pytest.raises(ForeignOfficeError, match="--pin HEX"):
                        client.quota()


@pytest.mark.attack("A39")
def test_that_a_right_pin_makes_no_wrong_certificate_right(authority: Authority, tmp_path: Path) -> None:
    for certified in (authority.expired(), self_signed(tmp_path), Authority(tmp_path, "foreign").issue()):
        with RawGateway(certified, answering(QUOTA)) as gateway:
            address = replace(where(authority, gateway), pins=(bytes.fromhex(certified.pin),))
            with client_at(address) as client, pytest.raises(ForeignOfficeError):
                client.quota()
        assert gateway.heard == b""


# the environment


@pytest.mark.attack("A40")
def test_that_no_proxy_no_authority_and_no_log_of_keys_come_from_the_environment(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = Authority(tmp_path, "foreign")
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    monkeypatch.setenv("SSL_CERT_FILE", str(foreign.file))
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "")
        with RawGateway(authority.issue(), answering(QUOTA)) as gateway, client_at(where(authority, gateway)) as client:
            client.quota()
        with RawGateway(foreign.issue(), answering(QUOTA)) as gateway:
            with client_at(where(authority, gateway)) as client, pytest.raises(ForeignOfficeError):
                client.quota()
            with pytest.raises(TiraiError, match="SSL_CERT_FILE"):
                HttpsTransport(GatewayAddress("127.0.0.1", gateway.port))
        with pytest.raises(BlockingIOError):
            proxy.accept()
    assert not (tmp_path / "keys.log").exists()


def test_that_a_log_of_keys_would_have_been_written_by_the_usual_context(authority: Authority, tmp_path: Path) -> None:
    """The control: the variable does what it is feared for, in a process of its own."""
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway:
        program = (
            "import socket, ssl, sys\n"
            "context = ssl.create_default_context(cafile=sys.argv[1])\n"
            "line = socket.create_connection(('127.0.0.1', int(sys.argv[2])))\n"
            "context.wrap_socket(line, server_hostname='127.0.0.1').close()\n"
        )
        subprocess.run(
            [sys.executable, "-c", program, str(authority.file), str(gateway.port)],
            env={"SSLKEYLOGFILE": str(tmp_path / "keys.log")},
            check=True,
        )
    assert (tmp_path / "keys.log").exists()


# gateways that lie


def head(rest: str, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{rest}\r\n".encode()


LIES = {
    "redirect": head("Location: https://127.0.0.1:9/v1/hello\r\nContent-Length: 0\r\n", "307 Moved"),
    "redirect for ever": head("Location: /v1/hello\r\nContent-Length: 0\r\n", "308 Moved"),
    "another shape": answer({}),
    "a page": head("Content-Type: text/html\r\nContent-Length: 13\r\n") + b"<html></html>",
    "no http": b"SSH-2.0-somebody\r\n\r\n",
    "noise": bytes(range(256)) * 64,
    "an upgrade": head("Upgrade: h2c\r\nConnection: Upgrade\r\n", "101 Switching Protocols"),
    "a continue": head("", "100 Continue") + QUOTA,
    "two lengths": head("Content-Length: 15\r\nContent-Length: 3\r\n") + b'{"classes": []}',
    "length and chunks": head("Content-Length: 15\r\nTransfer-Encoding: gzip, chunked\r\n") + b'{"classes": []}',
    "a packed answer": head("Content-Encoding: gzip\r\nContent-Length: 15\r\n") + b'{"classes": []}',
    "no end": head("") + b'{"classes": []}',
    "too much said": head(f"Content-Length: {10**15}\r\n"),
    "a length without end": head(f"Content-Length: {'9' * 5000}\r\n"),
    "a head without end": b"HTTP/1.1 200 OK\r\n" + b"X-Filler: 0123456789\r\n" * 20_000,
    "a signed-in answer": answer({"session": "AAAAAAAAAAAAAAAAAAAAAA==", "token": "x"}),
    "an error of nobody": answer(b"internal error", "500 Internal Server Error"),
}


@pytest.mark.attack("A40")
@pytest.mark.parametrize("lie", LIES)
def test_that_a_false_answer_is_refused_with_a_sentence(authority: Authority, lie: str) -> None:
    with RawGateway(authority.issue(), answering(LIES[lie])) as gateway, client_at(where(authority, gateway)) as client:
        with pytest.raises(ForeignOfficeError) as refusal:
            client.salt("ratna")
        assert gateway.knocks == 1, "nobody is asked again, nor elsewhere"
    said = str(refusal.value)
    assert said.endswith(".")
    assert "127.0.0.1" not in said
    assert b"/v1/door/salt" in gateway.heard, "the control: it was asked"


@pytest.mark.attack("A40")
@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"HTTP/1.1 2",
        head("Content-Length: 400\r\n") + b"{",
        head("Content-Length: 9\r\n"),
        head("Transfer-Encoding: chunked\r\n") + b'f\r\n{"classes": []}\r\n',
    ],
)
@pytest.mark.parametrize("how", ["says goodbye", "is cut"])
def test_that_half_an_answer_is_none(authority: Authority, part: bytes, how: str) -> None:
    """Also where somebody on the way cuts the line: a goodbye in TLS is missing then (RFC 8446, section 6.1)."""

    def half(heard: Heard) -> None:
        heard.request()
        heard.say(part)
        if how == "is cut":
            heard.line.shutdown(socket.SHUT_RDWR)

    with RawGateway(authority.issue(), half) as gateway, client_at(where(authority, gateway)) as client:
        with pytest.raises(OfficeAwayError, match="Try again"):
            client.sign_in(SIGN_IN)
        assert gateway.heard.count(b"POST") == 1


@pytest.mark.parametrize("said", [b"", head("Content-Length: 400\r\n"), head("Transfer-Encoding: chunked\r\n")])
def test_that_a_gateway_that_hangs_is_away(authority: Authority, said: bytes) -> None:
    over = threading.Event()

    def hang(heard: Heard) -> None:
        heard.request()
        heard.say(said)
        over.wait(ROUNDS_S)

    with RawGateway(authority.issue(), hang) as gateway, client_at(where(authority, gateway), 0.3) as client:
        with pytest.raises(OfficeAwayError, match="Try again"):
            client.sign_in(SIGN_IN)
        over.set()


def test_that_an_answer_without_end_is_stopped(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "LARGEST_ANSWER", 1_000_000)
    sent = [0]

    def flood(heard: Heard) -> None:
        heard.request()
        heard.say(head("Transfer-Encoding: chunked\r\n"))
        while True:
            heard.say(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            sent[0] += 0x10000

    with (
        RawGateway(authority.issue(), flood) as gateway,
        client_at(where(authority, gateway)) as client,
        pytest.raises(ForeignOfficeError, match="larger"),
    ):
        client.quota()
    assert sent[0] > 1_000_000


@pytest.mark.attack("A40")
def test_that_an_answer_given_in_advance_answers_nothing(authority: Authority) -> None:
    """Two answers to one request: the second one would be taken for the answer to whatever is asked next."""
    other = answer({"classes": [{"data_class": "contact", "limit": 1, "used": 0}]})
    for in_one in (True, False):

        def eager(heard: Heard, *, in_one: bool = in_one) -> None:
            if heard.number > 1:
                answering(QUOTA)(heard)
                return
            heard.request()
            heard.say(QUOTA + other if in_one else QUOTA)
            if not in_one:
                heard.say(other)
            heard.wait_for_the_end()

        with RawGateway(authority.issue(), eager) as gateway:
            transport = HttpsTransport(where(authority, gateway))
            with contextlib.closing(ApiClient(transport)) as client:
                client.quota()
                for line, _since in transport._idle:  # it may be on its way still
                    assert line.pending() or select.select([line], [], [], ROUNDS_S)[0]
                assert client.quota().classes == ()
                assert gateway.lines == 2


@pytest.mark.attack("A40")
def test_that_a_recorded_conversation_cannot_be_played_again(authority: Authority) -> None:
    """Somebody on the way keeps every byte, and plays the gateway's to the next line: no handshake comes of it."""
    with RawGateway(authority.issue(), answering(SALT)) as gateway:
        recorder = Recorder(gateway.port)
        address = replace(where(authority, gateway), port=recorder.port)
        with client_at(address) as client:
            client.salt("ratna")
        assert recorder.said, "the control: what was recorded was a good answer"
        recorder.plays_again = True
        with client_at(address) as client, pytest.raises((OfficeAwayError, ForeignOfficeError)):
            client.salt("ratna")
        recorder.close()
        assert gateway.heard.count(b"/v1/door/salt") == 1
    assert len(recorder.heard) > 1
    assert all(b"ratna" not in line for line in recorder.heard)


@pytest.mark.attack("A40")
def test_that_a_days_work_shows_the_network_no_word_of_it(authority: Authority, tmp_path: Path) -> None:
    """Every byte of a whole day is kept on its way: sign-in, the cache's fill, a search, a reveal, a note, the end."""
    with made_office(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        rows, canaries = planted(4)
        office.bring_in(rows)
        person = office.people["ratna"]
        with over_tls(office, authority) as through:
            recorder = Recorder(through.serving.port)
            through.address = replace(through.address, port=recorder.port)
            desk, stands, told = office.desk("ratna"), threading.Event(), threading.Event()
            desk.watch_changes(lambda topics: (told if "policy" in topics else stands).set(), lambda: None)
            assert stands.wait(ROUNDS_S), "what is told before goes to nobody"
            record = record_of(desk, "C-")
            shown = desk.reveal(record, "street_address", "confirm_delivery")
            desk.save_note(record, desk.new_note(), "the pelican waits behind the fence")
            office.service.feed.tell(Topic.POLICY)
            assert told.wait(ROUNDS_S), "the stream of changes is on its way, too"
            desk.beat()
            desk.end("signed_out")
            recorder.close()
    assert any(canary.value == shown.value.reveal() for canary in canaries), "the control: a canary was shown"
    passed = recorder.said + b"".join(recorder.heard)
    assert len(passed) > 30_000
    words = [canary.needle for canary in canaries] + [
        person.password,
        "ratna",
        "Ratna",
        "pelican",
        "tirai",
        "Bearer",
    ]
    assert not [word for word in words if word.encode() in passed]
    assert all(line.startswith(b"\x16\x03\x01") for line in recorder.heard), "nothing but TLS was begun"


class Recorder:
    """Somebody on the way between console and gateway."""

    def __init__(self, gateway: int) -> None:
        self._gateway = gateway
        self.plays_again = False
        self.said = b""
        self.heard: list[bytes] = []
        self._lines: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.heard.append(b"")
            thread = threading.Thread(target=self._attend, args=(line, len(self.heard) - 1), daemon=True)
            self._lines.append(thread)
            thread.start()

    def _attend(self, line: socket.socket, number: int) -> None:
        with line, contextlib.suppress(OSError):
            line.settimeout(ROUNDS_S)
            (self._play if self.plays_again else self._record)(line, number)

    def _play(self, line: socket.socket, number: int) -> None:
        self.heard[number] += line.recv(65_536)
        line.sendall(self.said)
        while part := line.recv(65_536):
            self.heard[number] += part

    def _record(self, line: socket.socket, number: int) -> None:
        with socket.create_connection(("127.0.0.1", self._gateway), timeout=ROUNDS_S) as there:

            def back() -> None:
                with contextlib.suppress(OSError):
                    while part := there.recv(65_536):
                        self.said += part
                        line.sendall(part)

            thread = threading.Thread(target=back, daemon=True)
            thread.start()
            with contextlib.suppress(OSError):
                while part := line.recv(65_536):
                    self.heard[number] += part
                    there.sendall(part)
            there.shutdown(socket.SHUT_RDWR)
            thread.join(ROUNDS_S)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(ROUNDS_S)
        for thread in self._lines:
            thread.join(ROUNDS_S)


@pytest.mark.attack("A40")
@pytest.mark.parametrize("at", ["handshake", "request", "answer"])
def test_that_a_changed_byte_on_the_way_ends_the_line(authority: Authority, at: str) -> None:
    """Whichever record is touched: nothing that was made of it is used."""
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway:
        meddler = Meddler(gateway.port, at)
        address = replace(where(authority, gateway), port=meddler.port)
        with client_at(address) as client, pytest.raises((OfficeAwayError, ForeignOfficeError)):
            client.sign_in(SIGN_IN)
        meddler.close()
    assert meddler.has_changed
    if at != "answer":
        assert b"/v1/door/sign-in" not in gateway.heard


class Meddler(Recorder):
    """Changes the last byte of encrypted records: of the gateway's first flight, of the request, or of the answer."""

    def __init__(self, gateway: int, at: str) -> None:
        self._at, self.has_changed, self._is_asked = at, False, False
        super().__init__(gateway)

    def _record(self, line: socket.socket, _number: int) -> None:
        with socket.create_connection(("127.0.0.1", self._gateway), timeout=ROUNDS_S) as there:
            thread = threading.Thread(target=self._pass, args=(there, line, self._from_gateway), daemon=True)
            thread.start()
            self._pass(line, there, self._from_console)
            with contextlib.suppress(OSError):
                there.shutdown(socket.SHUT_RDWR)
            thread.join(ROUNDS_S)

    def _from_console(self, number: int) -> bool:
        """The first encrypted record is the handshake's last word, the second one begins the request."""
        self._is_asked = number > 1
        return self._at == "request" and number > 1

    def _from_gateway(self, _number: int) -> bool:
        return self._at == ("answer" if self._is_asked else "handshake")

    def _pass(self, source: socket.socket, target: socket.socket, is_meant: Callable[[int], bool]) -> None:
        """Pass records on (RFC 8446, section 5.1: type, version, length, then what they hold)."""
        with contextlib.suppress(OSError), source.makefile("rb") as records:
            number = 0
            while start := records.read(5):
                rest = records.read(int.from_bytes(start[3:5]))
                if start[0] == ENCRYPTED:
                    number += 1
                    if is_meant(number):
                        rest, self.has_changed = rest[:-1] + bytes([rest[-1] ^ 1]), True
                target.sendall(start + rest)

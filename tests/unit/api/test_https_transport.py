"""The way to a gateway: real TLS servers, every line judged before a byte goes out, one time for each request."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from app.api.client import exchange, gateway_line, https_transport
from app.api.client.client import ApiClient
from app.api.client.errors import OFFICE_GONE, ForeignOfficeError, OfficeAwayError, SignInAnswerError
from app.api.client.https_transport import HttpsTransport
from app.api.messages import door, reveals
from app.api.messages.seats import SeatHere
from app.domain.errors import WorkstationError
from app.domain.gateway_address import GatewayAddress
from tests.gateway.pki import Authority
from tests.gateway.raw_gateway import PATIENCE_S, Heard, RawGateway, answer, answering, refusing

QUOTA = answer({"classes": []})
SEAT = SeatHere(key=bytes(32), name="SBY-0417")
SIGN_IN = door.SignInRequest(
    account="ratna", verifier=bytes(32), slot_key=bytes(32), code="123456", kind="command", seat_id=bytes(16), seat=SEAT
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("pki"))


def address(authority: Authority, gateway: RawGateway, host: str = "127.0.0.1") -> GatewayAddress:
    return GatewayAddress(host, gateway.port, authority=str(authority.file))


@contextlib.contextmanager
def client_at(where: GatewayAddress, timeout_s: float = 20.0) -> Iterator[ApiClient]:
    client = ApiClient(HttpsTransport(where), timeout_s)
    try:
        yield client
    finally:
        client.close()


def test_that_a_request_and_its_answer_go_over_tls(authority: Authority) -> None:
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway, client_at(address(authority, gateway)) as client:
        client.use_token(b"t" * 32)
        assert client.quota() == reveals.Quotas(classes=())
    host = f"127.0.0.1:{gateway.port}".encode()
    assert gateway.heard.startswith(b"GET /v1/reveals/quota HTTP/1.1\r\n")
    assert b"\r\nHost: " + host + b"\r\n" in gateway.heard
    assert b"accept-encoding: identity" in gateway.heard.lower()


@pytest.mark.parametrize("tickets", [0, 2])
def test_that_a_line_is_used_again_whatever_tickets_a_server_hands_out(authority: Authority, tickets: int) -> None:
    with (
        RawGateway(authority.issue(), answering(QUOTA), tickets=tickets) as gateway,
        client_at(address(authority, gateway)) as client,
    ):
        for _ in range(5):
            client.quota()
        assert gateway.lines == 1


def test_that_a_line_that_was_closed_meanwhile_is_not_used_again(authority: Authority) -> None:
    def one_answer(heard: Heard) -> None:
        heard.request()
        heard.say(QUOTA)

    with RawGateway(authority.issue(), one_answer) as gateway, client_at(address(authority, gateway)) as client:
        for _ in range(3):
            client.quota()
        assert gateway.lines == 3


def test_that_an_idle_line_is_closed_after_its_time(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway, client_at(address(authority, gateway)) as client:
        client.quota()
        monkeypatch.setattr(https_transport, "IDLE_S", 0.0)
        client.quota()
        assert gateway.lines == 2


def test_that_hanging_up_closes_lines_and_the_next_request_makes_another(authority: Authority) -> None:
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway, client_at(address(authority, gateway)) as client:
        client.quota()
        client.hang_up()
        client.quota()
        assert gateway.lines == 2


def test_that_a_line_that_comes_back_after_the_end_is_closed(authority: Authority) -> None:
    """A request that waited for its place while the transport was closed is answered, and leaves no line behind."""
    ends: list[bool] = []

    def until_the_end(heard: Heard) -> None:
        heard.request()
        heard.say(QUOTA)
        heard.wait_for_the_end()
        ends.append(True)

    with RawGateway(authority.issue(), until_the_end) as gateway:
        transport = HttpsTransport(address(authority, gateway))
        client = ApiClient(transport)
        transport.close()
        assert client.quota() == reveals.Quotas(classes=())
        assert transport._idle == []
        for thread in gateway._threads:
            thread.join(PATIENCE_S)
        assert ends == [True]
        client.close()


def test_that_requests_at_once_have_four_lines_and_wait_for_one(authority: Authority) -> None:
    together, at_once, most = threading.Condition(), [0], [0]
    full = threading.Event()

    def slowly(heard: Heard) -> None:
        while heard.request():
            with together:
                at_once[0] += 1
                most[0] = max(most[0], at_once[0])
                if at_once[0] == 4:
                    full.set()
            assert full.wait(120)
            with together:
                at_once[0] -= 1
            heard.say(QUOTA)

    with RawGateway(authority.issue(), slowly) as gateway, client_at(address(authority, gateway)) as client:
        threads = [threading.Thread(target=client.quota) for _ in range(9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
            assert not thread.is_alive()
        assert most[0] == 4
        assert gateway.lines <= 4


def test_that_a_connection_is_tried_again_and_nothing_was_sent_before(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a sign-in: what never began can begin again."""
    monkeypatch.setattr(https_transport, "_PAUSES_S", (0.0, 0.01))
    refused = socket.create_server(("127.0.0.1", 0))
    port = refused.getsockname()[1]
    refused.close()
    tried: list[int] = []

    def dialled(where: GatewayAddress, until: float) -> socket.socket:
        tried.append(where.port)
        return gateway_line.dialled(where if len(tried) == 3 else replace(where, port=port), until)

    monkeypatch.setattr(https_transport, "dialled", dialled)
    refusal = refusing(401, "wrong")
    with (
        RawGateway(authority.issue(), answering(refusal)) as gateway,
        client_at(address(authority, gateway)) as client,
        pytest.raises(SignInAnswerError),
    ):
        client.sign_in(SIGN_IN)
    assert len(tried) == 3
    assert gateway.heard.count(b"POST /v1/door/sign-in") == 1


def test_that_a_gateway_that_is_gone_is_away_and_ends_no_session(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(https_transport, "_PAUSES_S", (0.0, 0.01))
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway:
        where = address(authority, gateway)
    with client_at(where) as client, pytest.raises(OfficeAwayError) as away:
        client.quota()
    assert away.value.code != OFFICE_GONE
    assert "again" in str(away.value)


def test_that_a_request_that_may_have_been_heard_is_sent_once(authority: Authority) -> None:
    def hear_and_leave(heard: Heard) -> None:
        heard.request()

    with RawGateway(authority.issue(), hear_and_leave) as gateway, client_at(address(authority, gateway)) as client:
        with pytest.raises(OfficeAwayError):
            client.sign_in(SIGN_IN)
        assert gateway.heard.count(b"POST ") == 1
        with pytest.raises(OfficeAwayError):
            client.quota()
        assert gateway.heard.count(b"GET ") == 3, "what changes nothing may come again"


@pytest.mark.parametrize("piece", [b"", b"H", b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"])
def test_that_one_time_holds_for_all_of_an_answer(authority: Authority, piece: bytes) -> None:
    """A byte now and then keeps nobody waiting: each would come within a time for reading."""
    over = threading.Event()

    def drip(heard: Heard) -> None:
        heard.request()
        heard.say(piece)
        while not over.wait(0.02):
            heard.say(b"" if not piece else b"x")

    with RawGateway(authority.issue(), drip) as gateway:
        with client_at(address(authority, gateway), 0.5) as client, pytest.raises(OfficeAwayError):
            client.sign_in(SIGN_IN)
        over.set()


def test_that_a_gateway_that_takes_nothing_holds_nobody(authority: Authority) -> None:
    over = threading.Event()

    def deaf(_heard: Heard) -> None:
        over.wait(60)

    with RawGateway(authority.issue(), deaf) as gateway:
        with httpx.Client(transport=HttpsTransport(address(authority, gateway)), timeout=0.5) as client:
            url = f"https://127.0.0.1:{gateway.port}/v1/x"
            with pytest.raises(httpx.TransportError):
                client.post(url, content=b"x" * 30_000_000)
        over.set()


def test_that_a_silent_handshake_ends_with_the_requests_time(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        where = GatewayAddress("127.0.0.1", mute.getsockname()[1], authority=str(authority.file))
        with client_at(where, 0.4) as client, pytest.raises(OfficeAwayError):
            client.sign_in(SIGN_IN)


def test_that_the_longest_answer_is_taken_and_nothing_longer(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LARGEST_ANSWER", 200_000)
    padded = b'{"classes": []}'.ljust(200_000)
    for body, refusal in ((padded, None), (padded + b" ", "larger")):
        with (
            RawGateway(authority.issue(), answering(answer(body))) as gateway,
            client_at(address(authority, gateway)) as client,
            pytest.raises(ForeignOfficeError, match=refusal) if refusal else contextlib.nullcontext(),
        ):
            client.quota()


def test_that_an_answer_in_chunks_is_taken(authority: Authority) -> None:
    chunked = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"classe\r\n7\r\ns": []}\r\n0\r\n\r\n'
    with RawGateway(authority.issue(), answering(chunked)) as gateway, client_at(address(authority, gateway)) as client:
        client.quota()
        client.quota()
        assert gateway.lines == 1


def test_that_an_early_refusal_of_a_long_request_is_heard(authority: Authority) -> None:
    def refuse(heard: Heard) -> None:
        heard.line.recv(1000)
        heard.say(refusing(413, "too_large"))
        heard.wait_for_the_end()

    with (
        RawGateway(authority.issue(), refuse) as gateway,
        httpx.Client(transport=HttpsTransport(address(authority, gateway)), timeout=20) as client,
    ):
        assert client.post(f"https://127.0.0.1:{gateway.port}/", content=b"x" * 200_000).status_code == 413


# lines of their own


def test_that_there_is_no_line_whose_end_is_the_gateways(authority: Authority) -> None:
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway, client_at(address(authority, gateway)) as client:
        assert client.lifeline(lambda: None) is None
        assert gateway.knocks == 0


def test_that_changes_are_heard_over_a_judged_line(authority: Authority) -> None:
    heard_topics, told, ended, over = [], threading.Event(), threading.Event(), threading.Event()

    def stream(heard: Heard) -> None:
        heard.request()
        event = b"event: changed\ndata: policy unlocks\n\n"
        heard.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n%s\r\n" % (len(event), event))
        over.wait(60)

    def on_change(topics: frozenset[str]) -> None:
        heard_topics.append(topics)
        told.set()

    with RawGateway(authority.issue(), stream) as gateway, client_at(address(authority, gateway)) as client:
        client.use_token(b"t" * 32)
        live = client.live(on_change, ended.set)
        assert live is not None
        assert told.wait(120)
        assert heard_topics == [frozenset({"policy", "unlocks"})]
        assert b"Host: 127.0.0.1:" in gateway.heard
        over.set()
        assert ended.wait(120)
    with RawGateway(Authority(authority.file.parent, "foreign").issue(), stream) as gateway:
        with client_at(address(authority, gateway)) as client, pytest.raises(ForeignOfficeError):
            client.live(on_change, ended.set)
        assert gateway.heard == b""


def test_that_a_line_that_is_let_go_tells_nobody(authority: Authority) -> None:
    ended, asked = threading.Event(), threading.Event()

    def stream(heard: Heard) -> None:
        heard.request()
        heard.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        asked.set()
        heard.wait_for_the_end()

    with RawGateway(authority.issue(), stream) as gateway, client_at(address(authority, gateway)) as client:
        live = client.live(lambda _topics: None, ended.set)
        assert live is not None
        assert asked.wait(120)
        live.close()
        assert not ended.is_set()


# what is said of slots, and trust


def test_that_a_gateway_is_given_no_slot_key(authority: Authority) -> None:
    with RawGateway(authority.issue(), answering(QUOTA)) as gateway, client_at(address(authority, gateway)) as client:
        assert client.slot(b"k" * 32) == b""


def test_that_a_file_of_an_authority_that_holds_none_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    for file in (tmp_path / "ca.pem", tmp_path / "missing.pem"):
        with pytest.raises(WorkstationError, match="--ca FILE"):
            HttpsTransport(GatewayAddress("localhost", authority=str(file)))


def test_that_the_machines_own_store_judges_where_no_file_is_named(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    with (
        RawGateway(authority.issue(), answering(QUOTA)) as gateway,
        client_at(GatewayAddress("127.0.0.1", gateway.port)) as client,
        pytest.raises(ForeignOfficeError),
    ):
        client.quota()
    assert gateway.heard == b""

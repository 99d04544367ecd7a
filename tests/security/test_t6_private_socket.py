"""T6: the network, as far as there is one: a private Unix socket. TLS and its attacks come with the gateway.

Here: a whole day's work opens no other socket than that one, whatever proxies the environment names; a stranger who
listens in the office's place gets not a byte; nobody else can reach the socket; an answer of another shape, a redirect
or a hang-up is refused. Enforced by *process*: the kernel names the peer's user and keeps others out of the folder.

Further parts: `tests/unit/api/test_client.py` (every refusal of the client), `tests/contract/test_wire.py` (what the
server refuses), `tests/unit/guardian/test_office_start.py` (one office, of this user), `test_doors_and_roles.py`.
"""

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.client.client import ApiClient
from app.api.client.errors import ForeignOfficeError
from app.api.client.transport import SocketTransport
from app.domain.errors import TiraiError
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import planted, record_of

OTHER_USER = 65533
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("socket")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        made.bring_in(planted(2)[0])
        yield made


@pytest.mark.attack("A40")
def test_that_a_days_work_opens_no_socket_but_the_private_one_and_asks_no_proxy(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses: list[object] = []

    class Watched(socket.socket):
        def connect(self, address: object, /) -> None:
            addresses.append(address)
            super().connect(address)  # type: ignore[arg-type]

        def bind(self, address: object, /) -> None:
            addresses.append(address)
            super().bind(address)  # type: ignore[arg-type]

    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("SSLKEYLOGFILE", str(office.places.home.parent / "keys.log"))
        monkeypatch.setattr(socket, "socket", Watched)
        desk = office.desk("ratna")
        record = record_of(desk, "C-")
        desk.reveal(record, "street_address", "confirm_delivery")
        desk.save_note(record, desk.new_note(), "noted")
        desk.beat()
        desk.end("signed_out")
        office.command("hendra").end()
        with pytest.raises(BlockingIOError):
            proxy.accept()
    assert len(addresses) > 2, "the control: connections were seen"
    assert set(addresses) == {str(office.places.socket("office"))}
    assert not (office.places.home.parent / "keys.log").exists()


@pytest.mark.attack("A32")
def test_that_only_the_owner_reaches_the_socket(office: MadeOffice) -> None:
    path = office.places.socket("office")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.stat().st_uid == os.geteuid()
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else who knocks")
    knock = f"import socket; socket.socket(socket.AF_UNIX).connect({str(path)!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-c", knock], user=OTHER_USER, group=OTHER_USER, extra_groups=[], capture_output=True,
        text=True, check=False, cwd="/",
    )  # fmt: skip
    assert "PermissionError" in done.stderr


class Stranger:
    """Listens in the office's place and keeps what it hears."""

    def __init__(self, path: Path, answer: bytes) -> None:
        self.heard, self._answer = b"", answer
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line:
                line.settimeout(60)
                try:
                    self.heard += line.recv(65_536)
                    line.sendall(self._answer)
                except OSError:
                    continue

    def close(self) -> bytes:
        """Stop; what it heard."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(120)
        return self.heard


def test_that_a_stranger_in_the_offices_place_hears_not_a_byte(tmp_path: Path) -> None:
    """The kernel says who listens; to the client this process is another user's."""
    stranger = Stranger(tmp_path / "office.sock", b"")
    client = ApiClient(SocketTransport(tmp_path / "office.sock", uid=os.getuid() + 1))
    for ask in (client.hello, lambda: client.salt("ratna"), client.quota, lambda: client.lifeline(lambda: None)):
        with pytest.raises(ForeignOfficeError):
            ask()
    client.close()
    assert stranger.close() == b""


ANSWERS = {
    "redirect": b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:9/v1/hello\r\nContent-Length: 0\r\n\r\n",
    "another shape": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    "a page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
    "no http": b"SSH-2.0-somebody\r\n",
    "a hang-up": b"",
    "half an answer": b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{",
    "an upgrade": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
}


@pytest.mark.attack("A40")
@pytest.mark.parametrize("answer", ANSWERS)
def test_that_a_false_answer_is_refused_and_followed_nowhere(tmp_path: Path, answer: str) -> None:
    """Even from this user: what is no answer of an office ends the request, with a sentence."""
    stranger = Stranger(tmp_path / "office.sock", ANSWERS[answer])
    client = ApiClient(SocketTransport(tmp_path / "office.sock"))
    with pytest.raises(TiraiError) as refusal:
        client.salt("ratna")
    client.close()
    assert str(refusal.value)
    assert "127.0.0.1" not in str(refusal.value)
    assert b"/v1/door/salt" in stranger.close(), "the control: it was asked"

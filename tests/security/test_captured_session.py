"""T6: everything that passes on the loopback while somebody works at a gateway, packet by packet, and no secret in it.

Here: console to gateway and gateway to database, in which the latter goes without TLS, as it may beside each other: one
sign-in, a fill, a reveal and a note; then every byte is searched for values, password, code, token and V. A control is
sent in the clear and found, so that the search can fail. Enforced by *key*.
"""

import contextlib
import os
import socket
import struct
import threading
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.office.door import derive
from tests.office.team import TeamMade, team_office
from tests.security.canaries import Canary, found_in, needles, new_canary, planted, record_of, spellings

pytestmark = pytest.mark.slow  # a gateway over PostgreSQL

EVERY_PROTOCOL = 0x0003
"""ETH_P_ALL (packet(7))."""
SOL_PACKET, PACKET_STATISTICS, OUTGOING = 263, 6, 4
HELD_BYTES = 256 * 1024 * 1024
IPV4, TCP = 4, 6
LAST = b"the capture ends here " + os.urandom(16)


def why_not() -> str:
    """Why nothing can be captured here; empty where it can."""
    if not hasattr(socket, "AF_PACKET"):
        return "packet sockets are Linux's"
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()
    except PermissionError:
        return "a packet socket takes CAP_NET_RAW"
    return ""


class Captured:
    """What passed: the packets as they were, and the bytes of each TCP stream in their order."""

    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self._streams: dict[bytes, dict[int, bytes]] = defaultdict(dict)

    def take(self, packet: bytes) -> None:
        self.packets.append(packet)
        ip = packet[14:]
        if not ip or ip[0] >> 4 != IPV4 or ip[9] != TCP:
            return
        head = (ip[0] & 15) * 4
        tcp = ip[head : int.from_bytes(ip[2:4]) or None]
        data = tcp[(tcp[12] >> 4) * 4 :]
        if data:
            self._streams[ip[12:20] + tcp[:4]].setdefault(int.from_bytes(tcp[4:8]), data)

    @property
    def all(self) -> bytes:
        """Everything, packets apart and streams whole."""
        streams = (b"".join(data for _, data in sorted(stream.items())) for stream in self._streams.values())
        return b"\0".join((*self.packets, *streams))


@contextlib.contextmanager
def capturing() -> Iterator[Captured]:
    """Capture the loopback until the block ends; nothing may be missed."""
    captured = Captured()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL)) as line:
        line.setsockopt(socket.SOL_SOCKET, 33, HELD_BYTES)  # SO_RCVBUFFORCE
        line.bind(("lo", EVERY_PROTOCOL))

        def hear() -> None:
            while True:
                packet, (_, _, kind, *_rest) = line.recvfrom(1 << 17)
                if kind != OUTGOING:  # on the loopback each one is seen as it goes and as it comes
                    captured.take(packet)
                    if LAST in packet:
                        return

        hears = threading.Thread(target=hear, daemon=True)
        hears.start()
        yield captured
        send_in_the_clear(LAST)
        hears.join()
        _, dropped = struct.unpack("II", line.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
        assert dropped == 0


def send_in_the_clear(*parts: bytes) -> None:
    """Send parts over TCP on the loopback, each when the one before has come."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as sender,
    ):
        sender.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line, _ = listener.accept()
        with line:
            for part in parts:
                sender.sendall(part)
                assert line.recv(len(part), socket.MSG_WAITALL) == part


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TeamMade, list[Canary]]]:
    if reason := why_not():
        pytest.skip(reason)
    rows, canaries = planted(6)
    with team_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(rows)
        yield office, canaries


@pytest.mark.attack("A40")
def test_that_no_secret_of_a_whole_session_passes_in_the_clear(office: tuple[TeamMade, list[Canary]]) -> None:
    made, canaries = office
    person, note = made.people["ratna"], new_canary("note")
    with contextlib.closing(made.connect()) as client:
        verifier = derive(made, client, "ratna").verifier
    code = made.code("ratna")
    mine = next(c for c in canaries if c.field == "email" and c.number in _numbers(made))
    with capturing() as captured:
        desk = made.sign_in().sign_in("ratna", person.password, code)
        desk.fill(lambda _done, _total: None)
        token = desk._identity.client._token
        record = record_of(desk, mine.number)
        assert desk.reveal(record, "email", "call_back").value.reveal() == mine.value
        desk.save_note(record, desk.new_note(), f"The caller said {note}")
        desk.end("signed_out")
    passed = captured.all
    assert len(passed) > 10_000
    assert b"INSERT INTO audit" in passed, "the way to the database was heard, too"
    secrets = [*needles(canaries), note[-32:].encode(), person.password.encode()]
    secrets += spellings(verifier) + spellings(token)
    assert found_in(passed, secrets) == []
    assert f'"{code}"'.encode() not in passed


def _numbers(office: TeamMade) -> set[str]:
    rows = office.database.execute("SELECT number FROM customers WHERE queue = 'billing'", "postgres")
    return {str(number) for (number,) in rows}


@pytest.mark.attack("A40")
def test_that_a_secret_in_the_clear_is_found_also_over_two_packets(office: tuple[TeamMade, list[Canary]]) -> None:
    """The control."""
    canary, halved = office[1][:2]
    half = len(halved.value) // 2
    with capturing() as captured:
        send_in_the_clear(canary.value.encode())
        send_in_the_clear(halved.value[:half].encode(), halved.value[half:].encode())
    assert found_in(captured.all, needles([canary])) == needles([canary])[:1]
    assert not any(halved.needle.encode() in packet for packet in captured.packets)
    assert found_in(captured.all, needles([halved])) == needles([halved])[:1]

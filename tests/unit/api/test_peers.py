"""How the office of a whole workstation calls whoever connects: by the kernel's word."""

import os
import socket
from pathlib import Path

import httpx
import pytest

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.server.peers import LONGEST_SEAT, uid_of, workstation_of_user
from app.backoffice.workstation import Workstation, asking_workstation, asks_from
from app.crypto.account_keys import slot_key
from app.crypto.derive import two
from app.crypto.labels import lp

OFFICE, HALF, CONSOLE, SEAT = b"o" * 32, b"h" * 32, b"c" * 32, b"s" * 16


def test_that_the_kernel_says_who_is_there() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert uid_of(ours) == os.getuid()
    with socket.socket(socket.AF_INET) as network:
        assert uid_of(network) is None
    assert uid_of(None) is None


@pytest.mark.parametrize("own", ["pc-17", "a-workstation-with-a-long-name-000"])
def test_that_a_place_is_workstation_and_user_and_short_enough(own: str) -> None:
    place = workstation_of_user(own, 4_000_000_001)
    assert place.name == f"{own[: LONGEST_SEAT - 11]}.4000000001"
    assert len(place.name) <= LONGEST_SEAT
    assert workstation_of_user("pc-17", 0).name == "pc-17.root"
    assert workstation_of_user("pc-17", None).name == "pc-17.unknown"


@pytest.mark.parametrize(
    ("asks", "fits"),
    [
        (Workstation("pc.sari", SEAT, is_known=True), True),
        (Workstation("pc.budi", SEAT, is_known=True), False),
        (Workstation("pc.sari", bytes(16), is_known=True), False),
        (Workstation("whatever it says", SEAT), True),
    ],
)
def test_that_a_name_counts_where_the_system_says_it(asks: Workstation, fits: bool) -> None:
    before = asking_workstation.set(asks)
    try:
        assert asks_from(SEAT, "pc.sari") is fits
    finally:
        asking_workstation.reset(before)


def test_that_a_slot_for_the_whole_workstation_needs_no_half_of_an_os_user() -> None:
    """Known form: two(O, C, LP("slot", O, account)); in the one-user home H stands in O's first place."""
    mine = ApiClient(SocketTransport(Path("/nowhere/office.sock")))
    machines = ApiClient(SocketTransport(Path("/nowhere/office.sock"), 1, is_of_machine=True))
    assert mine.slot_half(OFFICE, HALF) == HALF
    key = slot_key(OFFICE, "ratna", machines.slot_half(OFFICE, HALF), CONSOLE)
    assert key == two(OFFICE, CONSOLE, lp("slot", OFFICE, "ratna"))


def test_that_a_way_beside_the_office_has_its_line_before_anything_is_asked(tmp_path: Path) -> None:
    """An import's process leaves whoever has none, and a source may be long before it gives its first rows."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "import-1.sock"))
        listener.listen()
        listener.setblocking(False)
        there = SocketTransport(tmp_path / "office.sock").beside("import-1")
        line, _ = listener.accept()
        with line:
            there.close()
            assert line.recv(1) == b"", "it goes with the client"


def test_that_a_way_beside_to_nobody_says_so_when_it_is_asked(tmp_path: Path) -> None:
    with SocketTransport(tmp_path / "office.sock").beside("import-1") as there, pytest.raises(httpx.ConnectError):
        there.handle_request(httpx.Request("GET", "http://office/"))

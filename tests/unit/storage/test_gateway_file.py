"""`gateway.json`: what is read is what was written, and anything doubtful is refused, never passed over."""

import json
import os
from pathlib import Path

import pytest

from app.domain.errors import WorkstationError
from app.domain.gateway_address import GatewayAddress, gateway_address
from app.storage.gateway_file import GATEWAY_FILE, forget_gateway, has_gateway, read_gateway, write_gateway
from app.storage.places import PlaceRefusedError

PIN = "ab" * 32
FULL = GatewayAddress("gateway.example", 8443, (b"\xab" * 32, b"\xcd" * 32), "/etc/tirai/ca.pem")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.mark.parametrize("address", [FULL, GatewayAddress("fd00::7"), gateway_address("https://g", (PIN,))])
def test_that_what_was_written_is_read(home: Path, address: GatewayAddress) -> None:
    assert not has_gateway(home)
    assert read_gateway(home) is None
    write_gateway(home, address)
    assert has_gateway(home)
    assert read_gateway(home) == address
    assert (home / GATEWAY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == [GATEWAY_FILE]


def test_that_another_gateway_takes_the_place_of_the_first_and_is_forgotten(home: Path) -> None:
    write_gateway(home, FULL)
    write_gateway(home, GatewayAddress("other.example"))
    assert read_gateway(home) == GatewayAddress("other.example")
    assert forget_gateway(home)
    assert not has_gateway(home)
    assert not forget_gateway(home)


def test_that_one_pin_may_stand_alone(home: Path) -> None:
    put(home, json.dumps({"url": "https://gateway.example", "pin": PIN}))
    assert read_gateway(home) == gateway_address("https://gateway.example", (PIN,))


def put(home: Path, text: str | bytes) -> None:
    path = home / GATEWAY_FILE
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[" * 10_000, "no JSON"),
        (b"\xff\xfe", "cannot be read"),
        ("[]", '"url"'),
        ("{}", '"url"'),
        ('{"url": 7}', '"url"'),
        ('{"url": "http://gateway.example"}', "https:// alone"),
        ('{"url": "https://gateway.example", "pin": "ab"}', "64 digits"),
        ('{"url": "https://gateway.example", "pin": [7]}', '"pin"'),
        ('{"url": "https://gateway.example", "pin": null}', '"pin"'),
        ('{"url": "https://gateway.example", "ca": "ca.pem"}', '"ca"'),
        ('{"url": "https://gateway.example", "ca": 7}', '"ca"'),
        ('{"url": "https://gateway.example", "token": "secret"}', "1 others"),
        ('{"url": "https://gateway.example"' + " " * 20_000 + "}", "no JSON"),
    ],
)
def test_that_a_file_which_is_not_understood_is_refused(home: Path, text: str | bytes, why: str) -> None:
    put(home, text)
    with pytest.raises(WorkstationError, match=why) as refusal:
        read_gateway(home)
    assert "tirai gateway" in str(refusal.value)
    assert "secret" not in str(refusal.value)
    assert has_gateway(home), "nobody falls back on an office of the home's own"


def test_that_links_and_files_that_others_write_are_refused(home: Path, tmp_path: Path) -> None:
    put(home, '{"url": "https://gateway.example"}')
    (home / GATEWAY_FILE).chmod(0o622)
    with pytest.raises(PlaceRefusedError):
        read_gateway(home)
    (home / GATEWAY_FILE).unlink()
    for target in (tmp_path / "elsewhere", tmp_path / "missing"):
        if target.name == "elsewhere":
            target.write_text('{"url": "https://gateway.example"}')
        (home / GATEWAY_FILE).symlink_to(target)
        assert has_gateway(home)
        with pytest.raises(PlaceRefusedError):
            read_gateway(home)
        (home / GATEWAY_FILE).unlink()


def test_that_a_planted_file_beside_is_not_written_through(home: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (home / f".{GATEWAY_FILE}.{os.getpid()}").symlink_to(victim)
    write_gateway(home, FULL)
    assert victim.read_text() == "mine"
    assert read_gateway(home) == FULL

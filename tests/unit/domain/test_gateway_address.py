"""Addresses of gateways, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InputRefusedError
from app.domain.gateway_address import GatewayAddress, gateway_address

PIN = "ab" * 32


@pytest.mark.parametrize(
    ("written", "host", "port", "url"),
    [
        ("https://gateway.example", "gateway.example", 443, "https://gateway.example"),
        (" https://Gateway.Example:8443/ ", "gateway.example", 8443, "https://gateway.example:8443"),
        ("https://10.0.0.7:443", "10.0.0.7", 443, "https://10.0.0.7"),
        ("https://[fd00::7]:8443", "fd00::7", 8443, "https://[fd00::7]:8443"),
        ("https://xn--bro-hoa.example", "xn--bro-hoa.example", 443, "https://xn--bro-hoa.example"),
    ],
)
def test_that_an_address_is_a_host_and_a_port(written: str, host: str, port: int, url: str) -> None:
    found = gateway_address(written)
    assert (found.host, found.port, found.url) == (host, port, url)
    assert gateway_address(found.url) == found


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("http://gateway.example", "https:// alone"),
        ("gateway.example", "https:// alone"),
        ("", "https:// alone"),
        ("https://", "host is a name"),
        ("https://gateway.example:0", "host is a name"),
        ("https://gateway.example:99999", "port is a number"),
        ("https://gateway.example:x", "port is a number"),
        ("https://[fd00::7", "port is a number"),
        ("https://user:secret@gateway.example", "nothing before the host"),
        ("https://gateway.example/v1", "behind it"),
        ("https://gateway.example?x=1", "behind it"),
        ("https://gateway.example#x", "behind it"),
        ("https://büro.example", "xn--"),
        ("https://gateway example", "host is a name"),
        ("https://-gateway.example", "host is a name"),
    ],
)
def test_that_anything_else_is_refused_with_what_to_write(written: str, why: str) -> None:
    with pytest.raises(InputRefusedError, match=why) as refusal:
        gateway_address(written)
    assert "secret" not in str(refusal.value)


def test_that_pins_are_read_in_both_ways_of_writing() -> None:
    colons = ":".join("AB" for _ in range(32))
    assert gateway_address("https://g", (PIN, colons)).pins == (b"\xab" * 32,) * 2


@pytest.mark.parametrize("pin", ["", "ab" * 31, "ab" * 33, "xy" * 32, PIN[:-1]])
def test_that_no_other_pin_is_taken(pin: str) -> None:
    with pytest.raises(InputRefusedError, match="64 digits"):
        gateway_address("https://g", (pin,))


def test_that_pins_are_few() -> None:
    assert len(gateway_address("https://g", (PIN,) * 8).pins) == 8
    with pytest.raises(InputRefusedError, match="at most"):
        gateway_address("https://g", (PIN,) * 9)


@given(st.text(max_size=60))
def test_that_no_text_is_taken_for_more_than_it_says(text: str) -> None:
    try:
        found = gateway_address(f"https://{text}")
    except InputRefusedError:
        return
    assert isinstance(found, GatewayAddress)
    assert gateway_address(found.url) == found

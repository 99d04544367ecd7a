"""Where a gateway is, and what it must show: the words of `gateway.json` and of `tirai gateway use`."""

import re
from dataclasses import dataclass

from app.domain.errors import InputRefusedError

HTTPS_PORT = 443
PIN_BYTES = 32
MOST_PINS = 8
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45}")


@dataclass(frozen=True, slots=True)
class GatewayAddress:
    """One gateway, or several behind one name.

    Attributes:
        host: name or address; what its certificate must be for.
        port: TCP port.
        pins: SHA-256 of public keys (SPKI), one of which its certificate must be for; empty: any that the machine
            trusts.
        authority: file (PEM) of the authority that its certificate must come from; empty: the machine's trust store.
    """

    host: str
    port: int = HTTPS_PORT
    pins: tuple[bytes, ...] = ()
    authority: str = ""

    @property
    def url(self) -> str:
        """The address as people write it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}" if self.port == HTTPS_PORT else f"https://{host}:{self.port}"


def gateway_address(untrusted_url: str, untrusted_pins: tuple[str, ...] = (), authority: str = "") -> GatewayAddress:
    """Judge an address as somebody wrote it.

    Args:
        untrusted_url: https://host or https://host:port, nothing behind it.
        untrusted_pins: SHA-256 of public keys in hex, at most `MOST_PINS`.
        authority: file of an authority, or empty.

    Raises:
        InputRefusedError: with what to write.
    """
    host, port = _host_and_port(untrusted_url.strip())
    if len(untrusted_pins) > MOST_PINS:
        raise InputRefusedError(f"Pin {MOST_PINS} keys at most.")
    return GatewayAddress(host, port, tuple(_pin(pin) for pin in untrusted_pins), authority)


def _host_and_port(untrusted: str) -> tuple[str, int]:
    from urllib.parse import urlsplit  # not before the first window

    try:
        parts = urlsplit(untrusted)
        port = parts.port if parts.port is not None else HTTPS_PORT
    except ValueError as e:
        raise InputRefusedError("The gateway's port is a number from 1 to 65535.") from e
    if parts.scheme != "https":
        raise InputRefusedError("A gateway is reached by https:// alone; write https://host or https://host:port.")
    host = parts.hostname or ""
    if parts.username is not None or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise InputRefusedError("Write https://host or https://host:port, with nothing before the host or behind it.")
    if not _HOST.fullmatch(host) or not port:
        raise InputRefusedError("The gateway's host is a name or an address; letters beyond a to z are written xn--...")
    return host, port


def _pin(untrusted: str) -> bytes:
    try:
        pin = bytes.fromhex(untrusted.strip().replace(":", ""))
    except ValueError:
        pin = b""
    if len(pin) != PIN_BYTES:
        raise InputRefusedError("A pin is the SHA-256 of the gateway's public key: 64 digits from 0 to f.")
    return pin

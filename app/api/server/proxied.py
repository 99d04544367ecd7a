"""Who calls, as a balancer says it that passes TLS through: the PROXY protocol, versions 1 and 2.

The balancer says it before TLS begins (haproxy.org, proxy-protocol.txt, sections 2.1 and 2.2). Invariants: it is
believed from named networks alone, and a line from anywhere else is closed unread, since otherwise anybody could call
from everywhere; a line that does not say it is closed, too; nothing behind it is read here, which is TLS's.
"""

import asyncio
import ipaddress
import socket
import ssl
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

Address = tuple[str, int]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

V2: Final = b"\r\n\r\n\0\r\nQUIT\n"
_LONGEST_V1: Final = 107
_LONGEST_V2: Final = 2048
_LOCAL, _PROXY = 0x20, 0x21
_TCP4, _TCP6 = 0x11, 0x21
_FORMS: Final = {_TCP4: struct.Struct(">4s4sHH"), _TCP6: struct.Struct(">16s16sHH")}


class NotProxiedError(ValueError):
    """A line does not begin as the protocol wants it."""


class ProxiedLines:
    """Takes lines from a listening socket and hands each on once its balancer has said who calls.

    It has what uvicorn asks of a server: `close` and `wait_closed`.
    """

    def __init__(
        self,
        listener: socket.socket,
        balancers: Sequence[Network],
        line_of: Callable[[Address | None], asyncio.Protocol],
        context: ssl.SSLContext,
        handshake_s: float,
        goodbye_s: float,
    ) -> None:
        """Begin to take lines, in the running loop.

        Args:
            listener: listens already.
            balancers: whose word is believed.
            line_of: a protocol for a caller; None for a balancer's own look.
            context: TLS.
            handshake_s: how long a balancer's word, and then a handshake, may take.
            goodbye_s: how long TLS's end may take.
        """
        self._balancers, self._line_of, self._context = tuple(balancers), line_of, context
        self._handshake_s, self._goodbye_s = handshake_s, goodbye_s
        self._lines: set[asyncio.Task[None]] = set()
        listener.setblocking(False)
        self._taking = asyncio.get_running_loop().create_task(self._take(listener))

    def close(self) -> None:
        """Take no more lines; those that are being handed on are dropped."""
        for task in (self._taking, *self._lines):
            task.cancel()

    async def wait_closed(self) -> None:
        """Until nothing is taken any more."""
        await asyncio.gather(self._taking, *self._lines, return_exceptions=True)

    async def _take(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                line, peer = await loop.sock_accept(listener)
            except OSError:  # no descriptor left: those who have one end some day
                await asyncio.sleep(0.1)
                continue
            line.setblocking(False)
            task = loop.create_task(self._arrive(line, peer[0]))
            self._lines.add(task)
            task.add_done_callback(self._lines.discard)

    async def _arrive(self, line: socket.socket, peer: str) -> None:
        try:
            self._check(peer)
            async with asyncio.timeout(self._handshake_s):
                caller = await said_on(line)
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: self._line_of(caller),
                line,
                ssl=self._context,
                ssl_handshake_timeout=self._handshake_s,
                ssl_shutdown_timeout=self._goodbye_s,
            )
        except (OSError, NotProxiedError, TimeoutError):  # its own fault, and nobody is there to be told
            with suppress(OSError):
                line.close()
        except asyncio.CancelledError:
            line.close()
            raise

    def _check(self, peer: str) -> None:
        address = ipaddress.ip_address(peer.partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None)  # of a listener that takes both kinds
        if not any((mapped or address) in network for network in self._balancers):
            raise NotProxiedError("no balancer of ours")


async def said_on(line: socket.socket) -> Address | None:
    """Read what a balancer says first, and not a byte more.

    Returns:
        Who calls; None where it calls itself, to look whether somebody is there.

    Raises:
        NotProxiedError: it says something else.
        OSError: the line ended.
    """
    head = await _exactly(line, len(V2))
    if head == V2:
        command, family, length = struct.unpack(">BBH", await _exactly(line, 4))
        if length > _LONGEST_V2:
            raise NotProxiedError("too long")
        return _version_2(command, family, await _exactly(line, length))
    if not head.startswith(b"PROXY "):
        raise NotProxiedError("not the protocol")
    while not head.endswith(b"\r\n"):
        if len(head) >= _LONGEST_V1:
            raise NotProxiedError("too long")
        head += await _exactly(line, 1)
    return _version_1(head)


def _version_1(head: bytes) -> Address | None:
    words = head.decode("ascii", "replace").removesuffix("\r\n").split(" ")
    if words[1] == "UNKNOWN":
        return None
    try:
        _proxy, family, source, _target, port, _target_port = words
        address = ipaddress.ip_address(source)
        if family != f"TCP{address.version}" or not port.isdecimal() or not 0 < int(port) < 65_536:
            raise NotProxiedError("no address")
    except ValueError as e:
        raise NotProxiedError("no address") from e
    return str(address), int(port)


def _version_2(command: int, family: int, rest: bytes) -> Address | None:
    if command == _LOCAL:
        return None
    form = _FORMS.get(family)
    if command != _PROXY or form is None or len(rest) < form.size:
        raise NotProxiedError("no address")
    source, _target, port, _target_port = form.unpack_from(rest)
    return str(ipaddress.ip_address(source)), port


async def _exactly(line: socket.socket, size: int) -> bytes:
    loop, read = asyncio.get_running_loop(), b""
    while len(read) < size:
        piece = await loop.sock_recv(line, size - len(read))
        if not piece:
            raise ConnectionResetError("the line ended")
        read += piece
    return read

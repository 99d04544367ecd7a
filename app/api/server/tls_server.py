"""A gateway's server: uvicorn behind TLS lines that nobody can hold open without saying something.

Invariants: a handshake has its time, a request from its first byte to its last has one, and so has an answer that
nobody takes; a certificate is changed without a line being lost.
"""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakSet

import h11
import uvicorn
from starlette.types import ASGIApp

from app.api.server.http_line import HttpProtocol
from app.api.server.proxied import Address, Network, ProxiedLines
from app.api.server.serve import config_of
from app.api.server.tls import ServerTls
from app.domain.errors import WorkstationError

HANDSHAKE_S = 10.0
GOODBYE_S = 5.0
REQUEST_S = 60.0
"""For the largest request over a slow line; whoever takes longer keeps others from the server."""
_USER_TIMEOUT_MS = 60_000
"""So long may bytes wait for a peer that does not take them (TCP_USER_TIMEOUT, RFC 5482)."""
_LOOK_EVERY_TICKS = 50
"""Of a tenth of a second each."""


def listening_at(host: str, port: int) -> socket.socket:
    """A listening socket of a gateway; lines to a peer that is gone, or takes nothing, end by themselves.

    It names its protocol, by which asyncio sees that its lines may send small pieces at once (TCP_NODELAY): an answer's
    body would else wait 40 ms for the acknowledgement of its head.

    Raises:
        WorkstationError: it cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS)
        listener.bind((host, port))
    except OSError as e:
        listener.close()
        raise WorkstationError(f"The gateway cannot listen at {host}, port {port}: {e.strerror}.") from e
    listener.listen(1024)
    return listener


def tls_server_of(
    application: ASGIApp, tls: ServerTls, tell: Callable[[str], object], balancers: Sequence[Network] = ()
) -> "TlsServer":
    """A server that says nothing of itself and logs nothing; run it by `serve(sockets=[listener])`.

    Args:
        application: what to serve.
        tls: what to show.
        tell: told in a sentence why a changed certificate is not shown.
        balancers: networks of balancers that say who calls, if there are any: then nobody else is let in.
    """
    return TlsServer(config_of(application), tls, tell, balancers=balancers)


class TlsServer(uvicorn.Server):
    """uvicorn over TLS. SIGHUP, or a change of its files, puts another certificate in the place of the one before."""

    def __init__(
        self,
        config: uvicorn.Config,
        tls: ServerTls,
        tell: Callable[[str], object],
        request_s: float = REQUEST_S,
        balancers: Sequence[Network] = (),
    ) -> None:
        """See `tls_server_of`.

        Args:
            config: of the application.
            tls: what to show.
            tell: told in a sentence why a changed certificate is not shown.
            request_s: how long a request may take to come.
            balancers: as there.
        """
        super().__init__(config)
        self._balancers = tuple(balancers)
        self._tls, self._tell, self._request_s = tls, tell, request_s
        self._lines = WeakSet[_PromptRequests]()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen; uvicorn's own would give a handshake a minute."""
        await self.lifespan.startup()
        loop = asyncio.get_running_loop()
        self.servers = [await self._listen(listener) for listener in sockets or []]
        if threading.current_thread() is threading.main_thread():
            loop.add_signal_handler(signal.SIGHUP, self.reload)
        self.started = True

    async def _listen(self, listener: socket.socket) -> Any:
        tls = self._tls.context
        if self._balancers:
            return ProxiedLines(listener, self._balancers, self._line, tls, HANDSHAKE_S, GOODBYE_S)
        return await asyncio.get_running_loop().create_server(
            self._line,
            sock=listener,
            ssl=tls,
            ssl_handshake_timeout=HANDSHAKE_S,
            ssl_shutdown_timeout=GOODBYE_S,
            backlog=self.config.backlog,
        )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Leave; a line whose peer does not say goodbye is cut."""
        await super().shutdown(sockets)
        for line in list(self._lines):
            line.cut()
        for _ in range(3):  # a cut line is closed by the loop's next rounds
            await asyncio.sleep(0)

    def _line(self, caller: Address | None = None) -> asyncio.Protocol:
        line = _PromptRequests(self.config, self.server_state, self.lifespan.state, self._request_s, caller)
        self._lines.add(line)
        return line

    def reload(self) -> None:
        """Show what the certificate's files hold now; what stands goes on."""
        self._change(self._tls.reload)

    async def on_tick(self, counter: int) -> bool:
        """Look after the certificate's files now and then."""
        if counter % _LOOK_EVERY_TICKS == 0:
            self._change(self._tls.reload_if_changed)
        return await super().on_tick(counter)

    def _change(self, change: Callable[[], object]) -> None:
        try:
            change()
        except WorkstationError as e:
            self._tell(f"The certificate was not changed. {e.message}")


class _PromptRequests(HttpProtocol):
    """A line that is closed when a request does not come to its end in time: also the first one."""

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: uvicorn.server.ServerState,
        app_state: dict[str, object],
        wait_s: float,
        caller: Address | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state)
        self._wait_s, self._caller = wait_s, caller
        self._timer: asyncio.TimerHandle | None = None

    def cut(self) -> None:
        """End the line at once."""
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._caller is not None:  # whom a balancer names, not the balancer
            self.client = self._caller
        self._timer = self.loop.call_later(self._wait_s, transport.abort)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        is_waiting = self.conn.their_state is h11.SEND_BODY or (
            self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        )
        if not is_waiting:
            self._stop()
        elif self._timer is None:
            self._timer = self.loop.call_later(self._wait_s, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

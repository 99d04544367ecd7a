"""A server under TLS in a thread of the test's own process: any application, or a made office's."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator

from fastapi import FastAPI

from app.api.client.client import ApiClient
from app.api.client.https_transport import HttpsTransport
from app.api.server.application import make_application
from app.api.server.proxied import Network
from app.api.server.serve import config_of
from app.api.server.tls import ServerTls
from app.api.server.tls_server import TlsServer, listening_at
from app.domain.gateway_address import GatewayAddress
from tests.gateway.pki import Authority
from tests.office.made import MadeOffice

LONG_S = 60.0


class TlsServing:
    """Serves until it is closed.

    Attributes:
        port: where, on 127.0.0.1.
        said: why a changed certificate was not shown.
    """

    def __init__(
        self, application: FastAPI, tls: ServerTls, request_s: float = 60.0, balancers: tuple[Network, ...] = ()
    ) -> None:
        self.tls = tls
        self.said: list[str] = []
        self.listener = listening_at("127.0.0.1", 0)
        self.port: int = self.listener.getsockname()[1]
        self.server = TlsServer(config_of(application), tls, self.said.append, request_s, balancers)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(LONG_S)

    def _run(self) -> None:
        async def main() -> None:
            self.loop = asyncio.get_running_loop()
            serving = asyncio.create_task(self.server.serve(sockets=[self.listener]))
            while not self.server.started:
                await asyncio.sleep(0)
            self._ready.set()
            await serving

        asyncio.run(main())

    def in_loop(self, call: Callable[[], None]) -> None:
        """Have the server's own thread do something, and wait for it."""

        async def called() -> None:
            call()

        asyncio.run_coroutine_threadsafe(called(), self.loop).result(LONG_S)

    def close(self) -> None:
        self.server.should_exit = True
        self._thread.join(LONG_S)
        assert not self._thread.is_alive()


@contextlib.contextmanager
def tls_serving(
    application: FastAPI, tls: ServerTls, request_s: float = 60.0, balancers: tuple[Network, ...] = ()
) -> Iterator[TlsServing]:
    """The server for a block."""
    server = TlsServing(application, tls, request_s, balancers)
    try:
        yield server
    finally:
        server.close()


class WithSlots(HttpsTransport):
    """The way to an embedded office that stands behind TLS, as only tests do it: its file is opened by slots."""

    opens_a_file = True


class OverTls:
    """A made office that is spoken to over TLS alone."""

    def __init__(self, office: MadeOffice, authority: Authority) -> None:
        self._certified = authority.issue()
        self.office = office
        self.serving = TlsServing(
            make_application(office.service), ServerTls(self._certified.certificate, self._certified.key)
        )
        self.address = GatewayAddress("127.0.0.1", self.serving.port, authority=str(authority.file))
        office.connect = self.connect  # type: ignore[method-assign]

    def connect(self) -> ApiClient:
        return ApiClient(WithSlots(self.address))

    def close(self) -> None:
        self.office.service.feed.close()
        self.serving.close()


@contextlib.contextmanager
def over_tls(office: MadeOffice, authority: Authority) -> Iterator[OverTls]:
    """Have everybody of a served office come over TLS for a block."""
    before = office.connect
    through = OverTls(office, authority)
    try:
        yield through
    finally:
        office.connect = before  # type: ignore[method-assign]
        through.close()

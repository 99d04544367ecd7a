"""Serves the page on this machine's loopback alone, for a customer at a desk, until their sitting is over."""

import asyncio
import contextlib
import socket
from collections.abc import Callable

import uvicorn

from app.api.server.page.application import PageParts, page_application
from app.api.server.serve import config_of
from app.domain.errors import WorkstationError

HOST = "127.0.0.1"
_LOOK_EVERY_S = 0.5


def serve_at_desk(parts: PageParts, port: int, ends_ms: int, began: Callable[[int], None]) -> None:
    """Serve until it is over, or until somebody stops it (Ctrl-C).

    Args:
        parts: what the page works with.
        port: 0 for any free one.
        ends_ms: when it is over, by the parts' clock.
        began: told of the port once somebody can come.

    Raises:
        WorkstationError: the port cannot be had.
    """
    try:
        listener = socket.create_server((HOST, port))
    except OSError as e:
        raise WorkstationError(f"The page cannot listen at {HOST}, port {port}: {e.strerror}.") from e
    server = uvicorn.Server(config_of(page_application(parts, is_tls=False)))
    with listener, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(server, listener, lambda: parts.now_ms() >= ends_ms, began))


async def _serve(
    server: uvicorn.Server, listener: socket.socket, is_over: Callable[[], bool], began: Callable[[int], None]
) -> None:
    async def watch() -> None:
        while not is_over():
            await asyncio.sleep(_LOOK_EVERY_S)
        server.should_exit = True

    watching = asyncio.create_task(watch())
    began(listener.getsockname()[1])
    await server.serve(sockets=[listener])
    watching.cancel()

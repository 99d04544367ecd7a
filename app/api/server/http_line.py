"""A connection of the server as a route may use it: to wait until the client has taken what was sent, and to cut it.

ASGI has neither. A server that only *sends* reads one piece further than the client has come, and keeps a client that
stopped reading for ever: closing waits until everything was taken. What a route sends must reach the line before it is
waited for, so nothing between them may hand it on in another task (`BaseHTTPMiddleware` does).
"""

import asyncio

from fastapi import Request
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.api.server.peers import uid_of


class HttpLine:
    """The line under one request."""

    def __init__(self, transport: asyncio.Transport, flow: FlowControl) -> None:
        self._transport, self._flow = transport, flow

    @property
    def is_lost(self) -> bool:
        """Whether nobody is there any more."""
        return self._transport.is_closing()

    async def taken(self, within_s: float) -> None:
        """Wait until the client has taken what was sent, but for what the system holds for it.

        Args:
            within_s: seconds.

        Raises:
            TimeoutError: it does not read.
        """
        await asyncio.wait_for(self._flow.drain(), within_s)

    def cut(self) -> None:
        """End the line at once; what was not taken is gone. To be called in the loop's thread."""
        self._transport.abort()


class HttpProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, whose requests know their line (`line_of`)."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the line, and who is at its other end."""
        super().connection_made(transport)
        uid = uid_of(transport.get_extra_info("socket"))
        self.app_state = self.app_state | {"line": HttpLine(transport, self.flow), "uid": uid}


def line_of(request: Request) -> HttpLine:
    """The line under a request."""
    line: HttpLine = request.state.line
    return line

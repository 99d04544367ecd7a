"""The port of those who run a gateway: whether it lives, whether it is ready, its figures. Not for consoles, no names.

- `/live`: the process answers. Who restarts it looks here.
- `/ready`: it can serve: the database answers within a second, and the gateway is not leaving. Balancers look here.
- `/metrics`: for Prometheus.
"""

import asyncio
import contextlib
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.server.metrics import TEXT_TYPE, Metrics
from app.domain import patience

_PLAIN = "text/plain; charset=utf-8"


def private_application(metrics: Metrics, is_ready: Callable[[], bool]) -> ASGIApp:
    """The application of the private port.

    Args:
        metrics: what `/metrics` says.
        is_ready: may wait and may raise; both count as no.
    """

    async def answer(scope: Scope) -> tuple[int, str, bytes]:
        match (scope["method"], scope["path"]):
            case ("GET", "/live"):
                return 200, _PLAIN, b"live\n"
            case ("GET", "/ready"):
                ready = await _within(is_ready)
                return (200, _PLAIN, b"ready\n") if ready else (503, _PLAIN, b"not ready\n")
            case ("GET", "/metrics"):
                return 200, TEXT_TYPE, await asyncio.to_thread(metrics.text)
            case _:
                return 404, _PLAIN, b"nothing here\n"

    async def application(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            status, kind, body = await answer(scope)
            headers = [(b"content-type", kind.encode()), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    return application


def private_server(application: ASGIApp) -> uvicorn.Server:
    """A server for it; run it by `serve(sockets=[listener])`, beside the one for consoles."""
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        limit_concurrency=64,
        timeout_graceful_shutdown=1,
    )
    return _Beside(config)


class _Beside(uvicorn.Server):
    """A server that hears no signals: the one for consoles does, and this one goes when it has gone."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        """Nothing."""
        return contextlib.nullcontext()


async def _within(is_ready: Callable[[], bool]) -> bool:
    try:
        async with asyncio.timeout(patience.READY_S):
            return await asyncio.to_thread(is_ready)
    except Exception:  # noqa: BLE001  (whatever hinders it, it is not ready)
        return False

"""What a gateway counts of itself, for Prometheus: requests, times, sessions, connections. No name, address or value.

A request is counted by the template of its route (`/v1/notes/{key}/count`), never by its address, so that the number of
series is the number of routes and nothing of a customer stands in one. Imported where servers run, and only there.
"""

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
NO_ROUTE = "none"
"""In the place of an address that leads nowhere, or of a request that was refused before it was looked at."""


class Metrics:
    """The figures of one process, in a registry of their own."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = CollectorRegistry(auto_describe=True)
        words = ("method", "route", "status")
        self._requests = Counter("tirai_requests", "Requests answered.", words, registry=self.registry)
        self._seconds = Histogram(
            "tirai_request_seconds", "Until an answer began.", ("route",), buckets=BUCKETS_S, registry=self.registry
        )
        self._running = Gauge("tirai_requests_running", "Requests and streams that are on.", registry=self.registry)

    def watch(self, name: str, what: str, look: Callable[[], float]) -> None:
        """Add a figure that is looked up whenever somebody asks.

        Args:
            name: after `tirai_`.
            what: one sentence.
            look: gives it; quick, and without waiting for the database.
        """
        Gauge(f"tirai_{name}", what, registry=self.registry).set_function(look)

    def begun(self) -> None:
        """A request came."""
        self._running.inc()

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Its answer began."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def ended(self) -> None:
        """It is over."""
        self._running.dec()

    def text(self) -> bytes:
        """Everything, in the text exposition format."""
        return generate_latest(self.registry)


class Counted:
    """Middleware (ASGI 3) outside of all others: what the gate refuses is counted, too, and each fault."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Count what goes through."""
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, method = time.monotonic(), scope["method"] if scope["method"] in _METHODS else "other"
        is_answered = False

        def count(status: int) -> None:
            nonlocal is_answered
            is_answered = True
            self._metrics.answered(method, _template(scope), status, time.monotonic() - begun)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                count(message["status"])
            await send(message)

        self._metrics.begun()
        try:
            await self._app(scope, receive, told)
        except Exception:
            if not is_answered:
                count(500)
            raise
        finally:
            self._metrics.ended()


_METHODS = {"GET", "POST", "PUT", "DELETE"}
"""Anything may stand there, and each word would be a series."""


def _template(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", NO_ROUTE))

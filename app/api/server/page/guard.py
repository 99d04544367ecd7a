"""What stands before the customer's page: how often, how large, how slow, from where; and what every answer says.

Invariants: no answer leaves without all of `HEADERS`, whatever made it; a body is read whole, bounded in size and time,
before anything of it is looked at; a flood is refused here, so neither a thread nor the database hears of it. No path
is written down anywhere: it holds the token.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.server.rates import network_of
from app.backoffice.request_rates import RatesInMemory
from app.domain.request_limits import PAGE_LIMITS, PageLimits, Rate

CSP: Final = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""Without an exception: no script, no image, no font; styles from here alone."""
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
HSTS: Final = "max-age=31536000"
_FORM: Final = "application/x-www-form-urlencoded"


Refusal = Callable[[int, str, str], tuple[bytes, str]]
"""Makes the page of a refusal from status, code and path; gives its body and its language."""
Buckets = Sequence[tuple[str, Rate]]


class _RefusedError(Exception):
    """The request goes no further."""

    def __init__(self, status: int, code: str, wait_s: int = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.wait_s = status, code, wait_s


class PageGuard:
    """The middleware (ASGI 3)."""

    def __init__(
        self,
        app: ASGIApp,
        refusal: Refusal,
        limits: PageLimits = PAGE_LIMITS,
        *,
        is_tls: bool = True,
        now_ms: Callable[[], int] = lambda: time.monotonic_ns() // 1_000_000,
    ) -> None:
        """Stand before `app`.

        Args:
            app: the page.
            refusal: says in words why a request goes no further.
            limits: how much.
            is_tls: whether browsers are told to come by TLS alone from now on.
            now_ms: a clock that only goes on.
        """
        self._app, self._refusal, self._limits, self._now_ms = app, refusal, limits, now_ms
        self._rates = RatesInMemory()
        self._turns, self._inside = asyncio.Semaphore(limits.at_once), 0
        self._headers = HEADERS | ({"Strict-Transport-Security": HSTS} if is_tls else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            return
        told = self._telling(send)
        try:
            body = await self._judged(scope, receive)
            await self._in_turn(lambda: self._app(scope, _given(body), told))
        except _RefusedError as e:
            await self._refuse(scope, e, told)

    async def _judged(self, scope: Scope, receive: Receive) -> bytes:
        """The body of a request that may go on.

        Raises:
            _RefusedError: it may not.
        """
        method, headers = scope["method"], Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._limits.path_bytes:
            raise _RefusedError(414, "path")
        self._judge_rate(scope, is_form=method == "POST")
        if method in {"GET", "HEAD"}:
            return b""
        if method != "POST":
            raise _RefusedError(405, "method")
        if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            raise _RefusedError(403, "elsewhere")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM or "content-encoding" in headers:
            raise _RefusedError(415, "form")
        try:
            async with asyncio.timeout(self._limits.body_s):
                return await _read(receive, headers, self._limits.body_bytes)
        except TimeoutError:
            raise _RefusedError(408, "slow") from None

    def _judge_rate(self, scope: Scope, *, is_form: bool) -> None:
        """Take from all buckets of a request.

        Raises:
            _RefusedError: one is empty.
        """
        client = scope.get("client")
        network = network_of(str(client[0])) if client else ""
        buckets = [(f"address:{network}", self._limits.address)]
        if scope["path"].startswith("/p/"):
            buckets.append((f"link:{scope['path'][3:46]}", self._limits.link))
        if is_form:
            buckets += [(f"form:{network}", self._limits.form), ("form", self._limits.all_forms)]
        if wait := self._rates.take(buckets, self._now_ms()):
            raise _RefusedError(429, "often", math.ceil(wait / 1000))

    async def _in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        if self._inside >= self._limits.at_once + self._limits.waiting:
            raise _RefusedError(503, "busy", 5)
        self._inside += 1
        try:
            async with self._turns:
                await work()
        finally:
            self._inside -= 1

    async def _refuse(self, scope: Scope, refused: _RefusedError, send: Send) -> None:
        body, language = self._refusal(refused.status, refused.code, scope["path"])
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-language", language.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),  # what is still to come of the body is not waited for
        ]
        if refused.wait_s:
            headers.append((b"retry-after", str(refused.wait_s).encode()))
        if refused.status == 405:
            headers.append((b"allow", b"GET, HEAD, POST"))
        await send({"type": "http.response.start", "status": refused.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _telling(self, send: Send) -> Send:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        return told


async def _read(receive: Receive, headers: Headers, most: int) -> bytes:
    """The whole body.

    Raises:
        _RefusedError: it is too large, or its sender has gone.
    """
    said = headers.getlist("content-length")
    if len(said) > 1 or (said and "transfer-encoding" in headers) or not all(map(_is_length, said)):
        raise _RefusedError(400, "form")
    if said and int(said[0]) > most:
        raise _RefusedError(413, "large")
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _RefusedError(400, "form")
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > most:
            raise _RefusedError(413, "large")
        if not message.get("more_body", False):
            return body


def _is_length(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= 16


def _given(body: bytes) -> Receive:
    async def given() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return given

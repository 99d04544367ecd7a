"""What stands before every route: protocol, rate, form, size and time of the body; nothing of an answer is kept.

Bodies are read here, whole, before a route runs: at most as long as their path allows, however long they say they are,
within a time, and no more of them at once than the process can hold. A sender that drips waits for nobody but itself.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterator

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.messages.since import speaking
from app.api.messages.wire import (
    OLDEST,
    PROTOCOL,
    PROTOCOL_HEADER,
    UPDATE_NEEDED,
    WORKSTATION_HEADER,
    Problem,
    workstation_of,
)
from app.api.server.peers import workstation_of_user
from app.api.server.problems import answer
from app.api.server.rates import RequestRates
from app.api.server.service import GATEWAY, SERVICE
from app.backoffice.workstation import NO_ID, Workstation, asking_workstation
from app.domain.errors import TooOftenError
from app.domain.request_limits import BODY_LIMITS, BodyLimits

_SERVED = {str(one): one for one in range(OLDEST, PROTOCOL + 1)}


class _RefusedError(Exception):
    """The request goes no further."""

    def __init__(self, status: int, code: str, sentence: str, wait_s: int = 0, number: int = 0) -> None:
        super().__init__(code)
        self.status, self.problem = status, Problem.of(status, code, sentence, number=number, wait_s=wait_s)


class _LeftError(Exception):
    """Whoever asked has gone; there is nobody to answer."""


class HeldBytes:
    """How much of bodies is held now, over all and by address. One event loop alone touches it."""

    def __init__(self, limits: BodyLimits) -> None:
        self._limits = limits
        self.total = 0
        self.by_address: dict[str, int] = {}

    @contextlib.contextmanager
    def holding(self, address: str) -> Iterator["_Hold"]:
        """While one request's body is held."""
        hold = _Hold(self, address)
        try:
            yield hold
        finally:
            self._move(address, -hold.size)

    def take(self, address: str, size: int) -> None:
        """Hold more.

        Raises:
            _RefusedError: too much is held already.
        """
        limits = self._limits
        own = self.by_address.get(address, 0) + size
        if own > limits.held_per_address_bytes or self.total + size > limits.held_bytes:
            raise _RefusedError(503, "busy", "The office has too much to do at once. Try again in a moment.", 1)
        self._move(address, size)

    def _move(self, address: str, size: int) -> None:
        self.total += size
        own = self.by_address.get(address, 0) + size
        if own:
            self.by_address[address] = own
        else:
            self.by_address.pop(address, None)


class _Hold:
    """What one request holds."""

    def __init__(self, held: HeldBytes, address: str) -> None:
        self._held, self._address = held, address
        self.size = 0

    def more(self, size: int) -> None:
        self._held.take(self._address, size)
        self.size += size


class Gate:
    """The middleware (ASGI 3)."""

    def __init__(self, app: ASGIApp, limits: BodyLimits = BODY_LIMITS) -> None:
        """Stand before `app`."""
        self._app, self._limits, self.held = app, limits, HeldBytes(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["app"].state.service.home == SERVICE:
            scope["client"] = (f"user {scope['state'].get('uid')}", 0)  # rates and bodies are counted by it
        with self.held.holding(address_of(scope)) as hold:
            try:
                body = await self._body(scope, receive, hold)
            except _LeftError:
                return
            except _RefusedError as e:
                refusal = answer(e.status, e.problem)
                refusal.headers[PROTOCOL_HEADER] = str(PROTOCOL)
                refusal.headers["Connection"] = "close"  # what is still to come of the body is not waited for
                await refusal(scope, receive, send)
                return
            service = scope["app"].state.service
            service.last_request = time.monotonic()
            if service.home == GATEWAY:
                asking_workstation.set(Workstation(*_workstation(Headers(scope=scope))))
            elif service.home == SERVICE:
                said = workstation_of(Headers(scope=scope).get(WORKSTATION_HEADER, ""))
                who = (service.office.own_seat, scope["state"].get("uid"))
                asking_workstation.set(workstation_of_user(*who, said[1] if said else NO_ID))
            with speaking(_SERVED[Headers(scope=scope)[PROTOCOL_HEADER]]):
                await self._app(scope, _given(body, receive), _unkept(send))

    @staticmethod
    def _rates_of(scope: Scope) -> RequestRates:
        rates: RequestRates = scope["app"].state.service.rates
        return rates

    async def _body(self, scope: Scope, receive: Receive, hold: _Hold) -> bytes:
        """The whole body.

        Raises:
            _RefusedError: protocol, how often, form, size or time.
            _LeftError: the line has ended.
        """
        headers = Headers(scope=scope)
        if headers.get(PROTOCOL_HEADER, "") not in _SERVED:
            sentence = "This console is too old or too new for its office; update it."
            raise _RefusedError(426, UPDATE_NEEDED, sentence, number=PROTOCOL)
        try:
            self._rates_of(scope).judge_address(address_of(scope), scope["path"])
        except TooOftenError as e:
            raise _RefusedError(429, e.code, e.message, e.wait_s) from None
        service = scope["app"].state.service
        if service.home == GATEWAY:
            if service.is_clock_off:
                raise _RefusedError(503, "clock", "This gateway's clock is off, so it answers nobody. Tell IT.")
            _workstation(headers)
        limit = self._limits.longest(scope["path"])
        if _said_length(headers) > limit:
            raise _TOO_LARGE
        if _says_body(headers) and not _is_json(headers):
            raise _RefusedError(415, "media_type", "The office takes JSON in UTF-8 and nothing else.")
        try:
            async with asyncio.timeout(self._limits.within_s(scope["path"])):
                return await _read(receive, limit, hold)
        except TimeoutError:
            raise _RefusedError(408, "too_slow", "The request did not come to its end in time. Try again.") from None


def _workstation(headers: Headers) -> tuple[str, bytes]:
    """Name and id of the workstation that asks an office of many.

    Raises:
        _RefusedError: it says none.
    """
    said = workstation_of(headers.get(WORKSTATION_HEADER, ""))
    if said is None:
        raise _RefusedError(400, "workstation", "This request does not say which workstation it comes from.")
    return said


_TOO_LARGE = _RefusedError(413, "too_large", "The request is too large.")


async def _read(receive: Receive, limit: int, hold: _Hold) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _LeftError
        part = message.get("body", b"")
        if hold.size + len(part) > limit:
            raise _TOO_LARGE
        hold.more(len(part))
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def address_of(scope: Scope) -> str:
    """Where a request comes from; empty on a private socket."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _says_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _said_length(headers: Headers) -> int:
    """The length that the headers say; none is no length, and what is none is refused.

    Raises:
        _RefusedError: it is no number, or said in two ways (RFC 9112, section 6.3: how requests are smuggled).
    """
    said = headers.getlist("content-length")
    if not said:
        return 0
    if len(said) > 1 or not (said[0].isascii() and said[0].isdigit()) or "transfer-encoding" in headers:
        raise _TOO_LARGE
    return int(said[0]) if len(said[0]) <= 16 else 10**16


def _is_json(headers: Headers) -> bool:
    kind, *parameters = (part.strip().lower() for part in headers.get("content-type", "").split(";"))
    named = (parameter.partition("=") for parameter in parameters)
    charsets = {value.strip().strip('"') for name, _, value in named if name.strip() == "charset"}
    coded = headers.get("content-encoding", "identity")
    return kind == "application/json" and charsets <= {"utf-8"} and coded == "identity"


def _given(body: bytes, receive: Receive) -> Receive:
    """The body that was read, and then what else comes (the line's end)."""
    told = False

    async def given() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return given


def _unkept(send: Send) -> Send:
    async def unkept(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cache-Control"] = "no-store"
            headers[PROTOCOL_HEADER] = str(PROTOCOL)  # so that a console goes on in its own
        await send(message)

    return unkept

"""The gate before every route: what a body says of itself is not believed, and what it costs is bounded."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.api.messages.wire import PROBLEM_TYPE, PROTOCOL, PROTOCOL_HEADER, Problem
from app.api.server.gate import Gate
from app.api.server.rates import RequestRates
from app.domain.request_limits import BODY_LIMITS, BodyLimits, Rate, RateLimits

SMALL = replace(BODY_LIMITS, usual_bytes=100, large_bytes=400, held_bytes=1000, held_per_address_bytes=500)
JSON = ("content-type", "application/json")


class Inner:
    """What stands behind the gate: keeps what it was given, answers 200, or waits until it may."""

    def __init__(self, wait: asyncio.Event | None = None) -> None:
        self.bodies: list[bytes] = []
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.bodies.append((await receive())["body"])
        if self._wait is not None:
            await self._wait.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"max-age=9")]})
        await send({"type": "http.response.body", "body": b"{}"})


def scope_of(
    path: str, headers: tuple[tuple[str, str], ...], client: str | None, rates: RequestRates | None = None
) -> Scope:
    service = SimpleNamespace(home="one-user", last_request=0.0, rates=rates or RequestRates())
    every = ((PROTOCOL_HEADER, str(PROTOCOL)), *headers)
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(name.lower().encode(), value.encode()) for name, value in every],
        "client": (client, 1) if client else None,
        "app": SimpleNamespace(state=SimpleNamespace(service=service)),
    }


class Answer:
    """What came back."""

    def __init__(self, sent: list[Message]) -> None:
        self.status: int = sent[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in sent[1:])

    @property
    def code(self) -> str:
        assert self.headers["content-type"] == PROBLEM_TYPE
        return Problem.model_validate_json(self.body).code


async def through(
    gate: Gate,
    parts: Callable[[], Awaitable[Message]],
    *headers: tuple[str, str],
    path: str = "/v1/x",
    client: str | None = None,
    rates: RequestRates | None = None,
) -> Answer:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await gate(scope_of(path, headers, client, rates), parts, send)
    answer = Answer(sent)
    assert answer.headers["cache-control"] == "no-store"
    return answer


def coming(*parts: bytes, ends: bool = True) -> Callable[[], Awaitable[Message]]:
    """A body in parts; one that does not end keeps whoever waits for it waiting."""
    left = list(parts)

    async def receive() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left) or not ends}
        if not ends:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return receive


def asked(inner: Inner, parts: Callable[[], Awaitable[Message]], *headers: tuple[str, str], **rest: Any) -> Answer:
    return asyncio.run(through(Gate(inner, SMALL), parts, *headers, **rest))


def test_that_a_body_in_parts_reaches_the_route_whole() -> None:
    inner = Inner()
    assert asked(inner, coming(b"ab", b"", b"c"), JSON, ("content-length", "3")).status == 200
    assert inner.bodies == [b"abc"]


@pytest.mark.parametrize("said", [(), (("content-length", "5"),), (("transfer-encoding", "chunked"),)])
def test_that_what_is_counted_is_what_comes(said: tuple[tuple[str, str], ...]) -> None:
    inner = Inner()
    answer = asked(inner, coming(b"x" * 60, b"x" * 60, ends=False), JSON, *said)
    assert (answer.status, answer.code, inner.bodies) == (413, "too_large", [])
    assert answer.headers["connection"] == "close"


def test_that_a_large_body_is_for_routes_that_take_chunks() -> None:
    assert asked(Inner(), coming(b"x" * 300), JSON, path="/v1/outbox").status == 200
    assert asked(Inner(), coming(b"x" * 300), JSON, path="/v1/door/salt").status == 413
    assert asked(Inner(), coming(b"x" * 401), JSON, path="/v1/outbox").status == 413


@pytest.mark.parametrize(
    "headers",
    [
        (("content-length", "3"), ("transfer-encoding", "chunked")),
        (("content-length", "3"), ("content-length", "30")),
        (("content-length", "-3"),),
        (("content-length", "+3"),),
        (("content-length", "٣"),),
        (("content-length", "1" * 5000),),
    ],
)
def test_that_a_length_said_in_two_ways_or_none_is_refused(headers: tuple[tuple[str, str], ...]) -> None:
    inner = Inner()
    assert (asked(inner, coming(b"abc"), JSON, *headers).status, inner.bodies) == (413, [])


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("content-type", "text/plain"),),
        (("content-type", "application/x-www-form-urlencoded"),),
        (("content-type", "application/json; charset=utf-16"),),
        (("content-type", "application/problem+json"),),
        (JSON, ("content-encoding", "gzip")),
    ],
)
def test_that_another_kind_of_body_is_refused_before_it_is_read(headers: tuple[tuple[str, str], ...]) -> None:
    inner = Inner()
    answer = asked(inner, coming(ends=False), ("content-length", "3"), *headers)
    assert (answer.status, answer.code, inner.bodies) == (415, "media_type", [])
    said = (("content-type", "application/json; charset=UTF-8"), ("content-length", "2"))
    assert asked(inner, coming(b"{}"), *said).status == 200, "the control"


def test_that_a_body_that_never_ends_is_given_up() -> None:
    """The sender has all the time there is: none."""
    hurried = replace(SMALL, begin_s=0.0, least_bytes_per_s=10**9)
    gate = Gate(inner := Inner(), hurried)
    answer = asyncio.run(through(gate, coming(b"ab", ends=False), JSON, ("content-length", "9")))
    assert (answer.status, answer.code, inner.bodies) == (408, "too_slow", [])
    assert (gate.held.total, gate.held.by_address) == (0, {})


def test_that_a_longer_body_may_take_longer_and_none_for_ever() -> None:
    limits = BodyLimits()
    assert limits.begin_s < limits.within_s("/v1/door/salt") < limits.within_s("/v1/outbox") < 300


def test_that_a_line_which_ends_early_reaches_no_route() -> None:
    async def run() -> tuple[list[Message], Inner, Gate]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        gate = Gate(inner := Inner(), SMALL)
        parts: list[Message] = [{"type": "http.request", "body": b"ab", "more_body": True}, {"type": "http.disconnect"}]

        async def receive() -> Message:
            return parts.pop(0)

        await gate(scope_of("/v1/x", (JSON, ("content-length", "9")), None), receive, send)
        return sent, inner, gate

    sent, inner, gate = asyncio.run(run())
    assert (sent, inner.bodies, gate.held.total) == ([], [], 0)


def test_that_no_more_is_held_at_once_than_the_process_and_one_address_may() -> None:
    async def run() -> list[tuple[int, str]]:
        go = asyncio.Event()
        gate = Gate(Inner(go), SMALL)

        def one(client: str) -> asyncio.Task[Answer]:
            return asyncio.create_task(through(gate, coming(b"x" * 100), JSON, client=client))

        held = [one(client) for client in ("a",) * 5 + ("b",) * 5]
        while gate.held.total < 1000:
            await asyncio.sleep(0)
        refused = [await one(client) for client in ("a", "b", "c")]
        assert gate.held.by_address == {"a": 500, "b": 500}
        go.set()
        assert [answer.status for answer in await asyncio.gather(*held)] == [200] * 10
        assert (gate.held.total, gate.held.by_address) == (0, {})
        assert (await one("c")).status == 200
        assert all(answer.headers["retry-after"] == "1" for answer in refused)
        return [(answer.status, answer.code) for answer in refused]

    assert asyncio.run(run()) == [(503, "busy")] * 3


def test_that_one_address_alone_holds_no_more_than_its_share() -> None:
    async def run() -> list[int]:
        go = asyncio.Event()
        gate = Gate(Inner(go), SMALL)
        held = [asyncio.create_task(through(gate, coming(b"x" * 100), JSON, client="a")) for _ in range(5)]
        while gate.held.total < 500:
            await asyncio.sleep(0)
        refused = await through(gate, coming(b"x"), JSON, client="a")
        other = asyncio.create_task(through(gate, coming(b"x" * 100), JSON, client="b"))
        while gate.held.total < 600:
            await asyncio.sleep(0)
        go.set()
        return [refused.status, (await other).status, *[answer.status for answer in await asyncio.gather(*held)]]

    assert asyncio.run(run()) == [503] + [200] * 6


def test_that_what_is_no_request_passes_by() -> None:
    """The start and the end of a server."""
    seen: list[str] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def nothing(*_message: Message) -> Message:
        raise AssertionError

    async def no_send(_message: Message) -> None:
        raise AssertionError

    asyncio.run(Gate(inner)({"type": "lifespan"}, nothing, no_send))
    assert seen == ["lifespan"]


def test_that_an_address_which_asks_too_often_is_refused_before_anything_is_read() -> None:
    inner, rates = Inner(), RequestRates(RateLimits(address=Rate(2, 0.5)), now_ms=lambda: 0)
    answers = [asked(inner, coming(b"{}"), JSON, client="192.0.2.7", rates=rates) for _ in range(2)]
    refused = asked(inner, coming(ends=False), JSON, ("content-length", "9"), client="192.0.2.7", rates=rates)
    assert [answer.status for answer in answers] == [200, 200]
    assert (refused.status, refused.code, refused.headers["retry-after"]) == (429, "rate", "2")
    assert asked(inner, coming(b"{}"), JSON, client="192.0.2.8", rates=rates).status == 200
    assert asked(inner, coming(b"{}"), JSON, rates=rates).status == 200, "nobody's address is not counted"
    assert len(inner.bodies) == 4

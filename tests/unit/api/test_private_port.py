"""The private port: alive, ready or not, and figures without a name or a value."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER
from app.api.server.application import make_application
from app.api.server.metrics import Counted, Metrics
from app.api.server.private_port import private_application
from app.domain import patience
from tests.office.made import MadeOffice, made_office

CANARY = "4111111111111111"
SPEAKS = {PROTOCOL_HEADER: str(PROTOCOL)}


def asked(metrics: Metrics, path: str, is_ready: object = lambda: True, method: str = "GET") -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(private_application(metrics, is_ready))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://private") as client:
            return await client.request(method, path)

    return asyncio.run(run())


def figures(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """All samples by name and words, as Prometheus reads them."""
    text = asked(metrics, "/metrics").text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("figures")) as made:
        yield made


def test_that_a_process_that_answers_is_alive_and_says_when_it_is_not_ready() -> None:
    metrics = Metrics()
    assert (asked(metrics, "/live", lambda: False).status_code, asked(metrics, "/ready").text) == (200, "ready\n")
    assert asked(metrics, "/ready", lambda: False).status_code == 503


def test_that_a_check_that_raises_or_hangs_is_a_no_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "READY_S", 0.01)
    metrics, go = Metrics(), threading.Event()

    def fail() -> bool:
        raise ValueError(CANARY)

    def hang() -> bool:
        go.wait(3)  # longer than anybody waits for it
        return True

    for is_ready in (fail, hang):
        answer = asked(metrics, "/ready", is_ready)
        assert (answer.status_code, answer.text) == (503, "not ready\n")
    go.set()


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/v1/hello"), ("POST", "/ready"), ("GET", "/docs")])
def test_that_nothing_else_is_there(method: str, path: str) -> None:
    answer = asked(Metrics(), path, method=method)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_that_requests_are_counted_by_their_routes_and_by_nothing_of_theirs(office: MadeOffice) -> None:
    metrics = Metrics()

    async def run() -> None:
        transport = httpx.ASGITransport(Counted(make_application(office.service), metrics))
        async with httpx.AsyncClient(transport=transport, base_url="http://office", headers=SPEAKS) as client:
            await client.get("/v1/hello")
            await client.get(f"/v1/notes/{'A' * 22}==/count")
            await client.get(f"/v1/{CANARY}?{CANARY}=1")
            await client.request(CANARY, "/v1/hello")
            await client.get("/v1/hello", headers={PROTOCOL_HEADER: CANARY})

    asyncio.run(run())
    said = figures(metrics)
    assert CANARY not in asked(metrics, "/metrics").text
    assert said["tirai_requests_total", "/v1/hello", "200", "GET"] == 1
    assert said["tirai_requests_total", "/v1/notes/{key}/count", "401", "GET"] == 1
    assert said["tirai_requests_total", "404", "GET", "none"] == 1
    assert said["tirai_requests_total", "426", "GET", "none"] == 1
    assert said["tirai_request_seconds_count", "/v1/hello"] >= 1
    assert said[("tirai_requests_running",)] == 0


def test_that_a_fault_is_counted_as_one() -> None:
    metrics = Metrics()

    async def fail(*_asgi: object) -> None:
        raise ValueError(CANARY)

    async def run() -> None:
        transport = httpx.ASGITransport(Counted(fail, metrics))
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
            await client.get("/v1/hello")

    with pytest.raises(ValueError, match=CANARY):
        asyncio.run(run())
    assert figures(metrics)["tirai_requests_total", "500", "GET", "none"] == 1
    assert CANARY not in asked(metrics, "/metrics").text


def test_that_figures_are_looked_up_when_they_are_asked_for(tmp_path: Path) -> None:
    metrics, seen = Metrics(), [3.0]
    metrics.watch("sessions", "Sessions that live.", lambda: seen[0])
    assert figures(metrics)[("tirai_sessions",)] == 3
    seen[0] = 4.0
    assert figures(metrics)[("tirai_sessions",)] == 4

"""The page at a desk is served on loopback alone, and ends with its sitting."""

import socket
import threading

import httpx
import pytest

from app.api.server.page.application import PageParts
from app.api.server.page.loopback import HOST, serve_at_desk
from app.domain.errors import WorkstationError
from tests.page.memory import MemoryStore
from tests.patience import TESTS_S


def test_that_it_answers_on_loopback_and_ends_with_its_sitting() -> None:
    store, clock, answers, faults = MemoryStore(), [0], list[httpx.Response](), list[BaseException]()
    token = store.new()

    def come(port: int) -> None:
        with httpx.Client(base_url=f"http://{HOST}:{port}", timeout=TESTS_S) as line:
            answers.append(line.get(f"/p/{token}"))
        clock[0] = 10

    customers = []

    def began(port: int) -> None:
        customers.append(threading.Thread(target=come, args=(port,)))
        customers[0].start()

    serve_at_desk(PageParts(store, faults.append, now_ms=lambda: clock[0]), 0, 10, began)
    customers[0].join()
    assert [answer.status_code for answer in answers] == [200]
    assert "strict-transport-security" not in answers[0].headers
    assert not faults


def test_that_a_port_that_is_taken_is_said() -> None:
    with socket.create_server((HOST, 0)) as other, pytest.raises(WorkstationError, match="cannot listen"):
        serve_at_desk(PageParts(MemoryStore(), print), other.getsockname()[1], 0, print)

"""`tirai gateway serve` as a program: from its configuration to people at work, and its leave."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from app.api.client.client import ApiClient
from app.domain.errors import TiraiError
from app.gateway.config import load_config
from tests.demo.customers import HEADERS, demo_customers
from tests.gateway.databases import OWNER
from tests.gateway.deployed_page import once
from tests.gateway.moved_office import Moved, moved_office
from tests.office.made import PATIENCE_S, SEAT

pytestmark = pytest.mark.slow  # one story, in its order

CUSTOMERS = 12
ENTRY_WAITS = "SELECT 1 FROM pg_locks WHERE relation = 'audit'::regclass AND NOT granted"
TEN_MINUTES_MS = 600_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    with moved_office(tmp_path_factory.mktemp("office")) as made:
        made.begin()
        yield made


@contextlib.contextmanager
def private_side(office: Moved) -> Iterator[httpx.Client]:
    """Who runs the gateway, at its private port."""
    where = load_config(office.config).private
    with httpx.Client(base_url=f"http://{where.host}:{where.port}", trust_env=False, timeout=PATIENCE_S) as private:
        yield private


def is_once(private: httpx.Client, status: int) -> None:
    """Wait for this answer: a gateway that was not answered within a second is not ready just then."""
    once(lambda: private.get("/ready").status_code == status or None)


def refusal_of(client: ApiClient) -> str:
    try:
        client.hello()
    except TiraiError as e:
        return e.message
    return ""


def test_that_people_work_at_a_gateway_that_was_started_as_it_will_be(office: Moved) -> None:
    office.hire("ratna", "Ratna Dewanti")
    report = office.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in demo_customers(CUSTOMERS, 3)])
    assert report.rows == CUSTOMERS
    with contextlib.closing(office.connect()) as client:
        hello = client.hello()
    assert (hello.home, hello.seat) == ("gateway", SEAT)
    desk = office.desk("ratna")
    try:
        shown = desk.customer(desk.search("", None).ids[0])
        assert desk.reveal(shown.record, "mobile_phone", "call_back").value.reveal().startswith("+62 8")
    finally:
        desk.end("signed_out")


def test_that_what_was_acknowledged_is_there_when_another_gateway_comes(office: Moved) -> None:
    office.gateway.kill()
    office.begin()
    desk = office.desk("ratna")
    seen = desk.search("", None).ids
    assert len(seen) > 1
    office.gateway.kill()
    with pytest.raises(TiraiError):
        desk.reveal(desk.customer(seen[0]).record, "mobile_phone", "call_back")
    office.begin()
    assert desk.reveal(desk.customer(seen[0]).record, "mobile_phone", "call_back").seconds == 30
    desk.end("signed_out")


def test_that_its_private_port_tells_those_who_run_it_and_names_nobody(office: Moved) -> None:
    with private_side(office) as private:
        assert private.get("/live").status_code == 200
        once(lambda: private.get("/ready").text == "ready\n" or None)
        said = private.get("/metrics").text
    assert 'tirai_requests_total{method="POST",route="/v1/reveals",status="200"}' in said
    assert "tirai_sessions " in said
    assert "tirai_database_connections_in_use " in said
    assert "ratna" not in said.lower()


def test_that_a_gateway_killed_in_the_midst_of_a_request_has_done_nothing_and_the_next_one_does_it(
    office: Moved,
) -> None:
    """Its transaction waits at the entry, which the test holds back, when it dies."""
    desk = office.desk("ratna")
    record = desk.customer(desk.search("", None).ids[1]).record
    entries = "SELECT count(*) FROM audit WHERE event = 'reveal'"
    before, failed = office.database.execute(entries), list[str]()

    def reveal() -> None:
        try:
            desk.reveal(record, "mobile_phone", "call_back")
        except TiraiError as e:
            failed.append(e.message)

    with psycopg.connect(office.database.url(OWNER).replace("+psycopg", "")) as writer:
        writer.execute("LOCK TABLE audit IN SHARE MODE")
        asking = threading.Thread(target=reveal)
        asking.start()
        others = office.database.server.connect(office.database.name)
        while not others.execute(ENTRY_WAITS).fetchone():
            pass
        office.gateway.kill()
        asking.join(PATIENCE_S)
        others.close()
    assert failed == ["The back office does not answer. Try again in a moment."]
    assert office.database.execute(entries) == before
    office.begin()
    assert desk.reveal(record, "mobile_phone", "call_back").seconds == 30
    assert office.database.execute(entries) == [(before[0][0] + 1,)]  # type: ignore[operator]
    desk.end("signed_out")


def test_that_a_gateway_whose_clock_is_ten_minutes_off_serves_nobody(office: Moved, tmp_path: Path) -> None:
    office.gateway.kill()
    off, part = tmp_path / "off", tmp_path / "part"

    def set_off(ms: int) -> None:
        part.write_text(str(ms))
        part.replace(off)

    for ms in (TEN_MINUTES_MS, -TEN_MINUTES_MS):
        set_off(ms)
        with pytest.raises(AssertionError, match=r"clock is [+-]600 s off the database's, so nobody is served"):
            office.begin(off)
    set_off(0)
    office.begin(off)
    with private_side(office) as private:
        is_once(private, 200)
        set_off(TEN_MINUTES_MS)
        is_once(private, 503)
        with contextlib.closing(office.connect()) as client:
            once(lambda: "clock is off" in refusal_of(client) or None)
        set_off(0)
        is_once(private, 200)
    with contextlib.closing(office.connect()) as client:
        assert client.hello().home == "gateway"


def test_that_it_leaves_when_told_to_and_with_nothing_wrong(office: Moved) -> None:
    assert office.gateway.end() == 0
    log = office.config.parent / "gateway.log"
    assert not log.exists() or log.read_text() == ""
    office.begin()

"""Rates that guard, counted in the database: N gateways do not give anybody N times as much."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.api.server.rates import RequestRates
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_rates import TeamRates, drop_full
from app.domain.errors import TooOftenError
from app.domain.request_limits import Rate, RateLimits
from tests.gateway.databases import OWNER, GatewayDatabase

SLOWLY = 0.001
"""So few a second that none comes back while a test runs."""
NARROW, WIDE = Rate(5, SLOWLY), Rate(1_000, SLOWLY)


@pytest.fixture
def gateways(gateway_database: GatewayDatabase) -> Iterator[tuple[TeamRates, TeamRates]]:
    databases = [PostgresDatabase(gateway_database.words()) for _ in range(2)]
    yield TeamRates(databases[0]), TeamRates(databases[1])
    for database in databases:
        database.close()


def levels(database: GatewayDatabase) -> list[float]:
    return sorted(float(str(row[0])) for row in database.execute("SELECT level FROM request_rates"))


def test_that_gateways_take_from_one_bucket_and_a_refusal_costs_nothing(
    gateways: tuple[TeamRates, TeamRates], gateway_database: GatewayDatabase
) -> None:
    buckets = [("account:ratna", NARROW), ("workstation:SBY-0417", WIDE)]
    waits = [gateways[n % 2].take(buckets, 0) for n in range(7)]
    assert waits[:5] == [0] * 5
    assert all(900_000 < wait <= 1_000_000 for wait in waits[5:]), "one comes back in a thousand seconds"
    assert [round(level) for level in levels(gateway_database)] == [0, WIDE.burst - 5]
    assert gateways[0].take([("account:yoga", NARROW)], 0) == 0, "nobody else is held up"


def test_that_time_gives_back_by_the_databases_clock_and_no_more_than_the_burst(
    gateways: tuple[TeamRates, TeamRates], gateway_database: GatewayDatabase
) -> None:
    bucket = [("door:192.0.2.1", NARROW)]
    assert [gateways[0].take(bucket, 0) > 0 for _ in range(6)] == [False] * 5 + [True]
    for seconds, more in ((2_100, 2), (1_000_000, 5)):
        gateway_database.execute(f"UPDATE request_rates SET at_ms = at_ms - {seconds * 1000}")
        assert [gateways[1].take(bucket, 0) > 0 for _ in range(more + 1)] == [False] * more + [True]


def test_that_many_at_once_take_each_only_once(gateways: tuple[TeamRates, TeamRates]) -> None:
    """Two buckets each, named in either order: nobody waits in a ring."""
    pair = [("account:ratna", Rate(20, SLOWLY)), ("workstation:SBY-0417", Rate(20, SLOWLY))]

    def take(n: int) -> int:
        return gateways[n % 2].take(pair if n % 3 else pair[::-1], 0)

    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(take, range(60)))
    assert waits.count(0) == 20


def test_that_a_bucket_that_is_full_again_leaves_no_row(
    gateways: tuple[TeamRates, TeamRates], gateway_database: GatewayDatabase
) -> None:
    gateways[0].take([("a", WIDE), ("b", WIDE)], 0)
    engine = gateway_database.engine()
    with engine.begin() as db:
        assert drop_full(db) == 0
    gateway_database.execute("UPDATE request_rates SET at_ms = at_ms - 700000", OWNER)
    with engine.begin() as db:
        assert drop_full(db) == 2


def test_that_the_door_and_what_guards_are_shared_and_other_work_is_each_gateways_own(
    gateways: tuple[TeamRates, TeamRates],
) -> None:
    limits = RateLimits(account=NARROW, workstation=WIDE, door=NARROW)
    both = [RequestRates(limits, shared, now_ms=lambda: 0) for shared in gateways]

    def served(ask: str) -> int:
        count = 0
        for n in range(20):
            try:
                if ask == "door":
                    both[n % 2].judge_door("192.0.2.1")
                else:
                    both[n % 2].judge_session(_Session(), ask)  # type: ignore[arg-type]
            except TooOftenError:
                continue
            count += 1
        return count

    assert served("door") == 5
    assert served("/v1/lookups") == 5
    assert served("/v1/reveals") == 0, "what guards is one bucket"
    assert served("/v1/customers") == 10, "each gateway does its own share of work"


class _Session:
    name, seat = "ratna", "SBY-0417"

"""Who asks too often is told when it goes on; nobody else hears of it, and whoever leaves is let go."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.api.messages.door import EndRequest
from app.api.server.rates import RequestRates, network_of
from app.domain.errors import TooOftenError
from app.domain.request_limits import RATE_LIMITS, Rate, RateLimits
from tests.office.made import MadeOffice, made_office

ROOM = Rate(1_000, 50)


@dataclass
class Clock:
    """A clock that goes when it is told."""

    now: int = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("rates")) as made:
        yield made


@pytest.fixture
def clock(office: MadeOffice) -> Iterator[Clock]:
    yield Clock()
    office.service.rates = RequestRates()


def asked_until_refused(call: object, most: int = 50) -> tuple[int, int]:
    """How often it was answered, and how long to wait then."""
    for count in range(most):
        try:
            call()  # type: ignore[operator]
        except TooOftenError as e:
            return count, e.wait_s
    return most, 0


def test_that_an_account_is_counted_over_all_its_sessions(office: MadeOffice, clock: Clock) -> None:
    hendra, command, adi = office.bare("hendra"), office.bare("hendra", "command"), office.bare("adi", "command")
    office.service.rates = RequestRates(RateLimits(account=Rate(10, 0.1), workstation=ROOM), now_ms=clock)
    for _ in range(5):
        hendra.client.own_grants()
    assert asked_until_refused(command.client.own_grants) == (5, 10)
    assert asked_until_refused(hendra.client.own_grants) == (0, 10)
    assert adi.client.own_grants(), "another account is not held up"
    clock.now += 10_000
    assert asked_until_refused(hendra.client.own_grants) == (1, 10)
    for session in (hendra, command, adi):
        session.end()


def test_that_a_workstation_is_counted_over_all_its_accounts(office: MadeOffice, clock: Clock) -> None:
    hendra, adi = office.bare("hendra", "command"), office.bare("adi", "command")
    office.service.rates = RequestRates(RateLimits(account=ROOM, workstation=Rate(6, 0.1)), now_ms=clock)
    assert [asked_until_refused(one.client.own_grants, most=3)[0] for one in (hendra, adi)] == [3, 3]
    assert asked_until_refused(adi.client.own_grants) == (0, 10)
    hendra.end()
    adi.end()


def test_that_whoever_asked_too_often_may_still_leave(office: MadeOffice, clock: Clock) -> None:
    session = office.bare("hendra", "command")
    office.service.rates = RequestRates(RateLimits(account=Rate(1, 0.001), workstation=ROOM), now_ms=clock)
    assert asked_until_refused(session.client.own_grants) == (1, 1_000)
    assert session.client.end(EndRequest(cause="signed_out")).entry > 0
    session.client.close()


def test_that_a_door_is_narrower_than_the_house() -> None:
    rates = RequestRates(RateLimits(address=Rate(5, 1), door=Rate(2, 1)), now_ms=lambda: 0)
    paths = ("/v1/door/salt", "/v1/hello", "/v1/door/sign-in", "/v1/book", "/v1/book", "/v1/book", "/v1/book")
    served = []
    for path in paths:
        try:
            rates.judge_address("192.0.2.1", path)
        except TooOftenError:
            continue
        served.append(path)
    assert served == ["/v1/door/salt", "/v1/hello", "/v1/book", "/v1/book", "/v1/book"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("no address", "no address", True),
    ],
)
def test_that_an_address_is_as_much_as_somebody_has_of_it(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_that_usual_limits_leave_normal_work_alone() -> None:
    """An audit log of a million entries is read in a thousand pages; a wiped cache is filled over one stream."""
    assert RATE_LIMITS.account.burst >= 1_000
    assert RATE_LIMITS.account.per_s * 60 >= 1_000

"""A21, A22 (T8): a clock that somebody sets, and a time zone, shorten no wait, end no session and remove nothing.

Waits go by a clock that counts from the boot and cannot be set; what is written and compared are times of UTC.
Enforced by *authority*. A clock set back is `test_system_locks.py`'s; one far ahead is not noticed before there is
trusted time, and codes that were good then count as used.
"""

import os
import time
from collections.abc import Iterator

import pytest

from app.session.errors import SignInRefusal, SignInRefusedError
from tests.office.made import MadeOffice
from tests.office.moved_clock import MovedClock
from tests.security.canaries import planted

DAY_S = 86_400
ZONES = ("Asia/Jakarta", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago")


class SetClock(MovedClock):
    """A wall clock that somebody set, beside a boot clock that nobody can set."""

    set_ms = 0

    def now_ms(self) -> int:
        return super().now_ms() + self.set_ms


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    made = MadeOffice(tmp_path_factory.mktemp("clock"))
    clock = SetClock()
    clock.ahead_ms = made.clock.ahead_ms
    made.clock = clock
    made.serve()
    try:
        yield made
    finally:
        made.stop()


def set_clock(office: MadeOffice, seconds: float) -> None:
    assert isinstance(office.clock, SetClock)
    office.clock.set_ms = int(seconds * 1000)


def refused(office: MadeOffice, code: str, password: str = "") -> SignInRefusedError:
    with pytest.raises(SignInRefusedError) as refusal:
        office.sign_in().sign_in_for_command("hendra", password or office.people["hendra"].password, code)
    return refusal.value


@pytest.mark.attack("A21")
@pytest.mark.parametrize("days", [1, 400, 40_000, -1, -400])
def test_that_no_set_clock_shortens_the_wait_after_wrong_passwords(office: MadeOffice, days: int) -> None:
    for _ in range(5):
        assert refused(office, "000000", "not the right words").why is SignInRefusal.WRONG
    before = refused(office, office.code("hendra"))
    assert before.why is SignInRefusal.THROTTLED
    set_clock(office, days * DAY_S)
    after = refused(office, "000000")
    assert after.why is SignInRefusal.THROTTLED
    assert after.wait_s > 0
    assert after.wait_s >= before.wait_s - 60, "time passes, but the setting took nothing off"


@pytest.mark.attack("A21")
def test_that_a_clock_far_ahead_removes_no_customer_and_no_entry(office: MadeOffice) -> None:
    office.bring_in(planted(4)[0])
    office.stop()
    set_clock(office, 400 * DAY_S)
    office.serve()
    session = office.command("hendra")
    assert session.verify_audit().ok
    session.end()
    desk = office.desk("hendra")
    assert len(desk.search("", None).ids) == 4
    desk.end("signed_out")


@pytest.fixture
def zone() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.attack("A22")
@pytest.mark.usefixtures("zone")
def test_that_time_zones_and_summer_time_have_no_effect(office: MadeOffice) -> None:
    """A session that goes on, a wait, codes and the log, while the zone changes by a day and a half-hour."""
    desk = office.desk("hendra")
    ends_at, times = desk.person.ends_at, []
    for name in ZONES:
        os.environ["TZ"] = name
        time.tzset()
        assert time.tzname[0] != "UTC", "the control: this system knows the zone"
        assert abs(office.clock.now_ms() - office.clock.ahead_ms - time.time() * 1000) < 5_000
        desk.beat()
        assert desk.person.ends_at == ends_at
        office.command("adi").end()
    opened = office.back_office.opened
    with opened.database.reading() as db:
        times = [entry.at_ms for entry in opened.log.page(db, 0, 100_000)]
    assert times == sorted(times)
    desk.end("signed_out")

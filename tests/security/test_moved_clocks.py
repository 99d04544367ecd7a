"""T8, T9 (A20, A21, A22): clocks that are set forward or back, and time zones, change no wait, no entry and no right.

A real office whose wall clock a test moves while the machine's own (which counts sleep and cannot be set) goes on.
Enforced by *authority*. That a console locks when its clock was set back is `test_system_locks.py`; that a clock far
ahead is not noticed is a limit (the threat model).
"""

import os
import time
from collections.abc import Iterator

import pytest

from app.domain.errors import NotAllowedError, TiraiError
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.office.made import MadeOffice
from tests.office.moved_clock import MovedClock
from tests.security.canaries import planted, record_of

DAY_MS = 24 * 3_600_000
ZONES = ("Asia/Jakarta", "America/St_Johns", "Australia/Lord_Howe", "UTC")


class SetClock(MovedClock):
    """A wall clock that somebody sets; the machine's own goes its way."""

    def boot_s(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)


class SetOffice(MadeOffice):
    """An office by such a clock."""

    def _set_up(self) -> object:  # type: ignore[override]
        self.clock = SetClock()
        return super()._set_up()


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    made = SetOffice(tmp_path_factory.mktemp("clocks"))
    made.serve()
    try:
        made.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        made.bring_in(planted(2)[0])
        yield made
    finally:
        made.stop()


def set_clock(office: MadeOffice, by_ms: int) -> None:
    office.clock.ahead_ms += by_ms


def entries(office: MadeOffice) -> int:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return len(opened.log.page(db, 0, 100_000))


def refused(office: MadeOffice, password: str, code: str) -> SignInRefusedError:
    with pytest.raises(SignInRefusedError) as refusal:
        office.sign_in().sign_in_for_command("ratna", password, code)
    return refusal.value


@pytest.mark.attack("A21")
@pytest.mark.parametrize("by_ms", [DAY_MS, 400 * DAY_MS])
def test_that_a_clock_set_forward_shortens_no_wait(office: MadeOffice, by_ms: int) -> None:
    for _ in range(6):
        refused(office, "a guess", "000000")
    assert refused(office, "a guess", "000000").why is SignInRefusal.THROTTLED
    set_clock(office, by_ms)
    told = refused(office, office.people["ratna"].password, office.code("ratna"))
    assert told.why is SignInRefusal.THROTTLED
    assert told.wait_s > 0


@pytest.mark.attack("A21")
def test_that_a_clock_set_forward_removes_and_confirms_nothing(office: MadeOffice) -> None:
    """400 days: customers, notes and the log stay; sessions of then are over; a code of that time is refused today."""
    desk = office.desk("ratna")
    record = record_of(desk, "C-")
    desk.save_note(record, desk.new_note(), "noted")
    before = entries(office)
    set_clock(office, 400 * DAY_MS)
    with pytest.raises(TiraiError):
        desk.beat()
    desk._identity.client.close()
    later = office.desk("ratna")
    assert [n.text.reveal() for n in later.notes(record)] == ["noted"]
    assert len(later.search("", None).ids) == 2
    assert entries(office) > before
    later.end("signed_out")
    ahead = office.people["ratna"].authenticator.code_of(office.clock.now_ms() // 30_000 + 5)
    set_clock(office, -400 * DAY_MS)
    assert refused(office, office.people["ratna"].password, ahead).why in (SignInRefusal.WRONG, SignInRefusal.USED_CODE)


@pytest.mark.attack("A20")
def test_that_a_clock_set_back_gives_no_code_a_second_life(office: MadeOffice) -> None:
    code = office.code("ratna")
    office.sign_in().sign_in_for_command("ratna", office.people["ratna"].password, code).end()
    set_clock(office, -3_600_000)
    assert refused(office, office.people["ratna"].password, code).why is not None
    set_clock(office, 3_600_000)
    assert refused(office, office.people["ratna"].password, code).why is SignInRefusal.USED_CODE


@pytest.mark.attack("A22")
def test_that_time_zones_and_summer_time_change_nothing(office: MadeOffice) -> None:
    """The zone changes under an open session and under the office: codes, leases, waits and the log go by UTC."""
    zone = os.environ.get("TZ")
    desk = office.desk("ratna")
    record = record_of(desk, "C-")
    try:
        for name in ZONES:
            os.environ["TZ"] = name
            time.tzset()
            desk.beat()
            assert desk.reveal(record, "street_address", "confirm_delivery").value.reveal()
            desk._identity.client.step_up(office.code("ratna"))
            session = office.command("hendra")
            assert session.verify_audit().ok
            session.end()
            with pytest.raises(NotAllowedError):
                desk.reveal(record, "health_note", "subject_request")
        desk.end("signed_out")
    finally:
        os.environ.pop("TZ", None)
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()
    opened = office.back_office.opened
    with opened.database.reading() as db:
        times = [e.at_ms for e in opened.log.page(db, 0, 100_000)]
    assert times == sorted(times)
    assert abs(times[-1] - office.clock.now_ms()) < DAY_MS // 24

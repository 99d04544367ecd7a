"""What an office does by itself behind gateways: in time, at one of them, and again after a fault."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from app.api.client import editing
from app.api.messages.editing import OpenRecord
from app.backoffice import jobs, schema
from app.backoffice.office import OpenOffice
from app.backoffice.office_jobs import OFFICE_JOBS, OfficeJob, OfficeJobs
from app.backoffice.proposal_rows import EXPIRED, TABLE, _close
from app.backoffice.team_office import TeamOffice
from app.domain.errors import TiraiError
from app.session.accounts import ResetReason
from app.session.enrol import Enrol
from tests.demo.customers import demo_customers
from tests.office.door import entries, rows_of
from tests.office.made import PATIENCE_S
from tests.office.two_gateways import TwoGateways, two_gateways


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoGateways]:
    with two_gateways(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(demo_customers(5, 7))
        yield office


class Jobs(OfficeJobs):
    """One gateway's part, with what it wrote down and told."""

    def __init__(self, office: TwoGateways, gateway: int, **some: OfficeJob) -> None:
        back = (office.back_office, office.other.office)[gateway]
        assert isinstance(back, TeamOffice)
        self.faults, self.told = list[BaseException](), list[str]()
        super().__init__(back, f"g{gateway}", self.faults.append, self.told.append, some or OFFICE_JOBS)


def only(*names: str) -> dict[str, OfficeJob]:
    """Jobs that a test speaks of: others come due by themselves, as the database's clock goes."""
    return {name: OFFICE_JOBS[name] for name in names}


def have_due(office: TwoGateways, *names: str) -> None:
    with office.pool.writing() as db:
        for name in names:
            jobs.put(db, f"office.{name}", "", 0)


def test_that_each_is_done_once_and_put_off(office: TwoGateways) -> None:
    first, other = Jobs(office, 0), Jobs(office, 1)
    have_due(office, *OFFICE_JOBS)
    assert set(first.run_due()) == set(OFFICE_JOBS)
    assert Jobs(office, 1, **only("strangers", "grants")).run_due() == [], "it was done a moment ago"
    have_due(office, "checkpoint")
    assert "checkpoint" in other.run_due()
    assert not first.faults + other.faults


def test_that_two_gateways_at_once_do_a_job_once(office: TwoGateways) -> None:
    ran: list[str] = []
    both = threading.Barrier(2)

    def note(_back: TeamOffice, _office: OpenOffice, _db: Connection) -> int:
        ran.append(threading.current_thread().name)
        return 0

    once = {"once": OfficeJob(3600, note)}
    made = [Jobs(office, gateway, **once) for gateway in (0, 1)]
    have_due(office, "once")

    def run(one: OfficeJobs) -> None:
        both.wait(PATIENCE_S)
        one.run_due()

    threads = [threading.Thread(target=run, args=(one,)) for one in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(ran) == 1


def test_that_a_session_whose_lease_lapsed_ends_in_the_log_and_is_told(office: TwoGateways) -> None:
    ratna, told = office.bare("ratna"), list[str]()
    record = next(r.record for r in rows_of(office, "customers") if r.queue == "billing")
    editing.in_front(ratna.client, OpenRecord(record=record))
    assert [r.session for r in rows_of(office, "fronts")] == [ratna.identity.session]
    office.clock.pass_s(office.policy.lease_s + 1)
    for name in ("sessions", "fronts"):
        have_due(office, name)
        made = Jobs(office, 1, **only(name))
        assert made.run_due() == [name]
        told += made.told
    (end,) = [e for e in entries(office, "session.end") if e.session == ratna.identity.session.hex()]
    assert end.reason == "lapsed"
    assert rows_of(office, "fronts") == []
    assert told == ["sessions", "fronts"]
    ratna.client.close()


def test_that_what_nobody_confirmed_and_nobody_finished_is_over(office: TwoGateways) -> None:
    adi = office.command("adi")
    adi.accounts.propose_reset("ratna", ResetReason.LOST_PASSWORD)
    adi.end()
    code = office.invite("sri", "Sri Wahyuni")
    enrol = Enrol(office.connect, lambda: office.store, office.policy)
    enrol.begin("sri", code)
    enrol.close()
    assert len(rows_of(office, "pending_factors")) == 1
    office.clock.pass_s(office.policy.activation_s + 1)
    have_due(office, "proposals", "pending")
    assert sorted(Jobs(office, 0, **only("pending", "proposals")).run_due()) == ["pending", "proposals"]
    assert [p.status for p in rows_of(office, "proposals")] == ["expired"]
    assert rows_of(office, "pending_factors") == []


def test_that_of_a_confirmation_and_the_end_of_its_time_at_once_one_holds(office: TwoGateways) -> None:
    """As where one gateway's clock says that there is time left, and the other's that there is none: rows decide."""
    adi = office.command("adi")
    adi.accounts.propose_reset("ratna", ResetReason.LOST_PASSWORD)
    adi.end()
    hendra = office.command("hendra")
    (waits,) = hendra.accounts.proposals.waiting()
    both, won = threading.Barrier(2), list[str]()

    def expire_now(_back: TeamOffice, opened: OpenOffice, db: Connection) -> int:
        return _close(opened, db, EXPIRED, TABLE.c.id == bytes.fromhex(waits.id))

    made = Jobs(office, 1, expired=OfficeJob(3600, expire_now))
    have_due(office, "expired")

    def confirm() -> None:
        both.wait(PATIENCE_S)
        try:
            hendra.accounts.proposals.confirm(waits.id)
        except TiraiError:
            return
        won.append("confirmed")

    def expire() -> None:
        both.wait(PATIENCE_S)
        made.run_due()
        won.extend(made.told)

    threads = [threading.Thread(target=act) for act in (confirm, expire)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    (row,) = [p for p in rows_of(office, "proposals") if p.id.hex() == waits.id]
    assert won == [row.status]
    state = office.offices[0].book.account("ratna")
    assert state is not None
    assert (state.state == "reset") == (row.status == "confirmed")
    hendra.end()


def test_that_a_job_that_fails_is_written_down_and_takes_back_what_it_did_while_others_go_on(
    office: TwoGateways,
) -> None:
    def fail(_back: TeamOffice, opened: OpenOffice, db: Connection) -> int:
        opened.log.append(db, "never")
        raise ZeroDivisionError

    def go_on(_back: TeamOffice, opened: OpenOffice, db: Connection) -> int:
        opened.log.append(db, "went_on")
        return 0

    made = Jobs(office, 0, fails=OfficeJob(3600, fail), goes=OfficeJob(3600, go_on))
    have_due(office, "fails", "goes")
    assert sorted(made.run_due()) == ["fails", "goes"]
    assert [type(fault) for fault in made.faults] == [ZeroDivisionError]
    assert entries(office, "never") == []
    assert len(entries(office, "went_on")) == 1
    (row,) = [r for r in rows_of(office, "jobs") if r.kind == "office.fails"]
    assert row.error == "ZeroDivisionError"
    assert made.run_due() == [], "it comes again in its time, not at once"


def test_that_the_loop_goes_on_after_a_fault_of_its_own(office: TwoGateways) -> None:
    twice = threading.Event()
    faults: list[BaseException] = []

    class Failing(OfficeJobs):
        def run_due(self) -> list[str]:
            if faults:
                twice.set()
                self._ended.set()
                return []
            raise ZeroDivisionError

    back = office.back_office
    assert isinstance(back, TeamOffice)
    made = Failing(back, "g", faults.append)
    made.begin()
    assert twice.wait(PATIENCE_S)
    made.close()
    assert [type(fault) for fault in faults] == [ZeroDivisionError]


def test_that_an_import_that_nobody_hears_of_any_more_leaves_nothing(office: TwoGateways) -> None:
    now = office.clock.now_ms()
    stale = {"id": b"s" * 16, "account": "hendra", "at_ms": now, "committed": False, "alive_ms": now}
    with office.pool.writing() as db:
        db.execute(schema.imports.insert().values(stale))
    have_due(office, "imports")
    Jobs(office, 1).run_due()
    assert any(r.id == stale["id"] for r in rows_of(office, "imports")), "its process said a moment ago that it lives"
    office.clock.pass_s(11 * 60)
    have_due(office, "imports")
    Jobs(office, 1).run_due()
    assert not any(r.id == stale["id"] for r in rows_of(office, "imports"))

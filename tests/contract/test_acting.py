"""Acting by reference through real parts: console, office, nursery, and a program that is really executed."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.action_run import Ran, RunningAction
from app.domain.actions import Action
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.kinds import Kind
from app.domain.off_hours import Outside
from app.domain.office_hours import DAYS, OfficeHours, read_office_hours
from app.session.desk import Desk
from app.session.shown import Acted
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.acting import Told
from tests.office.door import entries
from tests.office.made import MadeOffice

CUSTOMERS = demo_customers(60, 7)


@pytest.fixture(scope="module")
def told(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory, told: Told) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office"), checks_callers=True) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(CUSTOMERS)
        office.actions = told.actions()
        yield office


@pytest.fixture
def ratna(office: MadeOffice, told: Told) -> Iterator[Desk]:
    office.clock.pass_s(24 * 3600 + 1)
    told.forget()
    office.actions = told.actions()
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def mine(nth: int = 0) -> dict[str, str]:
    return [c for c in CUSTOMERS if c["queue"] == "billing" and c["mobile_phone"] and c["email"]][nth]


def record_of(desk: Desk, values: dict[str, str]) -> str:
    (found,) = desk.search(values["customer_number"], None).ids
    return desk.customer(found).record


def refusal(act: object) -> str:
    with pytest.raises(NotAllowedError) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


def uses(office: MadeOffice) -> list[tuple[str, str, str]]:
    return [(e.event, e.outcome, e.reason) for e in entries(office) if e.event in ("use", "use.done")]


def test_that_a_field_is_used_and_the_log_says_so_before_and_after(office: MadeOffice, ratna: Desk, told: Told) -> None:
    before = len(entries(office))
    assert ratna.acting.act(record_of(ratna, mine()), "email", "done") == Acted(Ran.DONE)
    assert told.value == mine()["email"] + "\n"
    use, done = entries(office)[before:]
    assert (use.event, use.outcome, use.field, use.data_class, use.detail) == (
        "use", "ok", "email", "contact", "action=done",
    )  # fmt: skip
    assert (done.event, done.outcome, done.reason, done.reference) == ("use.done", "ok", "done", use.reference)
    assert not entries(office, "reveal"), "it was used, not shown"


@pytest.mark.parametrize(
    ("action", "end", "detail"),
    [
        ("refused", Acted(Ran.FAILED, 7), "action=refused exit=7"),
        ("killed", Acted(Ran.KILLED, 15), "action=killed signal=15"),
        ("deaf", Acted(Ran.DONE), "action=deaf"),
        ("loud", Acted(Ran.DONE), "action=loud"),
    ],
)
def test_that_each_end_of_a_program_is_told_and_logged(
    office: MadeOffice, ratna: Desk, action: str, end: Acted, detail: str
) -> None:
    assert ratna.acting.act(record_of(ratna, mine()), "email", action) == end
    last = entries(office, "use.done")[-1]
    assert (last.reason, last.detail) == (end.how.value, detail)
    assert last.outcome == ("ok" if end.how is Ran.DONE else "failed")


def test_that_a_missing_program_is_handed_nothing(office: MadeOffice, ratna: Desk, told: Told) -> None:
    office.actions = told.actions(told.action("gone", argv=("/usr/bin/no-such-program",)))
    assert ratna.acting.act(record_of(ratna, mine()), "email", "gone") == Acted(Ran.MISSING)
    assert uses(office)[-2:] == [("use", "ok", ""), ("use.done", "failed", "missing")]


def test_that_a_program_is_killed_with_what_it_began_when_its_time_is_over(
    office: MadeOffice, ratna: Desk, told: Told
) -> None:
    for time_s in (3, 15, 60):  # a busy machine may take longer to begin it
        office.actions = told.actions(told.action("slow", "sleep", timeout_s=time_s))
        assert ratna.acting.act(record_of(ratna, mine()), "email", "slow") == Acted(Ran.TIMED_OUT)
        assert uses(office)[-1] == ("use.done", "failed", "timed_out")
        if (told.folder / "child").exists():
            break
    for pid in (told.seen["pid"], int((told.folder / "child").read_text())):
        assert until(lambda pid=pid: is_gone(pid))


def test_that_a_person_stops_what_runs(office: MadeOffice, ratna: Desk, told: Told) -> None:
    office.actions = told.actions(told.action("slow", "sleep", timeout_s=60))
    ended: list[Acted] = []
    record = record_of(ratna, mine())
    at_work = threading.Thread(target=lambda: ended.append(ratna.acting.act(record, "email", "slow")))
    at_work.start()
    assert until((told.folder / "child").exists)
    ratna.acting.stop()
    at_work.join(120)
    assert ended == [Acted(Ran.STOPPED)]
    assert until(lambda: is_gone(told.seen["pid"]))


def test_that_a_program_that_is_only_being_started_is_stopped_too(
    office: MadeOffice, ratna: Desk, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.actions = told.actions(told.action("slow", "sleep", timeout_s=60))
    runs, ended, record = office.service.uses, list[Acted](), record_of(ratna, mine())
    begin, starts, may_start = runs._begin, threading.Event(), threading.Event()

    def begin_later(action: Action, value: str) -> RunningAction:
        starts.set()
        assert may_start.wait(60)
        return begin(action, value)

    monkeypatch.setattr(runs, "_begin", begin_later)
    at_work = threading.Thread(target=lambda: ended.append(ratna.acting.act(record, "email", "slow")))
    at_work.start()
    assert starts.wait(60)
    assert runs.any_running
    ratna.acting.stop()
    may_start.set()
    at_work.join(120)
    assert ended == [Acted(Ran.STOPPED)]
    assert uses(office)[-1] == ("use.done", "failed", "stopped")


@pytest.mark.parametrize("who", ["program", "its process"])
def test_that_a_kill_from_outside_is_told_and_leaves_nothing(
    office: MadeOffice, ratna: Desk, told: Told, who: str
) -> None:
    office.actions = told.actions(told.action("slow", "sleep", timeout_s=60))
    ended: list[Acted] = []
    record = record_of(ratna, mine())
    at_work = threading.Thread(target=lambda: ended.append(ratna.acting.act(record, "email", "slow")))
    at_work.start()
    assert until((told.folder / "child").exists)
    program = int(told.seen["pid"])
    parent = int(Path(f"/proc/{program}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(program if who == "program" else parent, signal.SIGKILL)
    at_work.join(120)
    assert [end.how for end in ended] == [Ran.KILLED]
    assert until(lambda: is_gone(program))
    assert uses(office)[-1] == ("use.done", "failed", "killed")


def test_that_no_more_programs_run_at_once_than_the_office_has_room_for(
    office: MadeOffice, ratna: Desk, told: Told
) -> None:
    room = office.service.uses._room
    taken = [room.acquire(blocking=False) for _ in range(4)]
    try:
        with pytest.raises(WorkstationError) as refused:
            ratna.acting.act(record_of(ratna, mine()), "email", "done")
        assert refused.value.code == "use_busy"
    finally:
        for _ in filter(None, taken):
            room.release()
    assert told.value is None
    assert uses(office)[-1] == ("use", "refused", "use_busy")


def test_that_a_person_is_offered_what_is_theirs_and_nothing_of_how(office: MadeOffice, ratna: Desk) -> None:
    assert [a.code for a in ratna.acting.offered()] == ["done", "refused", "killed", "deaf", "loud"]
    adi = office.desk("adi")
    assert adi.acting.offered() == ()
    adi.end("signed_out")


def test_that_a_shift_has_so_many_and_no_more(office: MadeOffice, ratna: Desk, told: Told) -> None:
    office.actions = told.actions(per_shift=2)
    record = record_of(ratna, mine())
    for _ in range(2):
        ratna.acting.act(record, "email", "done")
    assert refusal(lambda: ratna.acting.act(record, "email", "done")) == "use_quota"
    assert uses(office)[-1] == ("use", "refused", "use_quota")


def test_that_a_clock_that_is_set_back_and_put_right_gives_no_more(office: MadeOffice, ratna: Desk, told: Told) -> None:
    office.actions = told.actions(per_shift=2)
    record, back_ms = record_of(ratna, mine()), 11 * 3600 * 1000
    office.clock.ahead_ms -= back_ms
    try:
        for _ in range(2):
            ratna.acting.act(record, "email", "done")
    finally:
        office.clock.ahead_ms += back_ms
    assert refusal(lambda: ratna.acting.act(record, "email", "done")) == "use_quota"


def test_that_twenty_at_once_at_a_limit_of_three_give_exactly_three(
    office: MadeOffice, ratna: Desk, told: Told
) -> None:
    """The count and the entry are one transaction; consoles beside each other take the same way."""
    office.actions = told.actions(per_shift=3)
    record, before = record_of(ratna, mine()), len(entries(office, "use.done"))
    desks = [replace_lock(ratna) for _ in range(20)]

    def one(desk: object) -> None:
        try:
            desk.act(record, "email", "done")  # type: ignore[attr-defined]
        except (NotAllowedError, WorkstationError):
            return

    threads = [threading.Thread(target=one, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    while len(entries(office, "use.done")) - before < 3:  # some were told that there was no room: once more
        one(desks[0])
    one(desks[0])
    assert len(entries(office, "use.done")) - before == 3


def replace_lock(desk: Desk) -> object:
    """Another hand at the same session."""
    from app.session.acting import Acting

    mine = desk.acting
    return Acting(mine._identity, mine._inventory, "en")


def test_that_a_reason_is_wanted_where_the_action_says_so(office: MadeOffice, ratna: Desk, told: Told) -> None:
    office.actions = told.actions(told.action("reasoned", needs_reason=True))
    record = record_of(ratna, mine())
    assert refusal(lambda: ratna.acting.act(record, "email", "reasoned")) == "reason"
    assert ratna.acting.act(record, "email", "reasoned", "call_back") == Acted(Ran.DONE)
    assert entries(office, "use")[-1].reason == "call_back"
    assert refusal(lambda: ratna.acting.act(record, "email", "done", "call_back")) == "reason"


def test_that_an_identified_caller_is_wanted_where_the_action_says_so(
    office: MadeOffice, ratna: Desk, told: Told
) -> None:
    office.actions = told.actions(told.action("checked", needs_caller=True))
    values = next(c for c in CUSTOMERS if c["queue"] == "billing" and c["email"] and c["nik"] and c["birth_date"])
    record = record_of(ratna, values)
    assert refusal(lambda: ratna.acting.act(record, "email", "checked")) == "not_identified"
    ratna.caller.begin(record)
    ratna.caller.answer("nik", values["nik"])
    assert ratna.caller.answer("birth_date", values["birth_date"]).is_identified
    assert ratna.acting.act(record, "email", "checked") == Acted(Ran.DONE)
    check = [e for e in entries(office, "caller_check") if e.outcome == "ok"][-1].reference
    assert f"check={check}" in entries(office, "use")[-1].detail


def test_that_a_role_that_only_asks_for_a_class_may_use_it_where_it_holds_the_key(
    office: MadeOffice, ratna: Desk, told: Told
) -> None:
    """An office whose agents dial and never see."""
    opened = office.back_office.opened
    before = opened.policy
    rights = before.roles
    agent = next(role for role in rights if role.value == "agent")
    asks_only = replace(
        rights[agent], reveals=frozenset({DataClass.NOTE}), asks=rights[agent].asks | {DataClass.CONTACT}
    )
    opened.policy = replace(before, roles={**rights, agent: asks_only})
    try:
        assert refusal(lambda: ratna.reveal(record_of(ratna, mine()), "email", "call_back")) == "role"
        assert ratna.acting.act(record_of(ratna, mine()), "email", "done") == Acted(Ran.DONE)
    finally:
        opened.policy = before


@pytest.mark.parametrize("holds", [Outside.ASK, Outside.CODE])
def test_that_hours_of_work_hold_for_what_is_used_too(
    office: MadeOffice, ratna: Desk, told: Told, holds: Outside
) -> None:
    opened, record = office.back_office.opened, record_of(ratna, mine())
    before = opened.policy
    nights = dict.fromkeys(before.off_hours, holds)
    opened.policy = replace(before, office_hours=another_day(office), off_hours=nights)
    try:
        if holds is Outside.ASK:
            assert refusal(lambda: ratna.acting.act(record, "email", "done")) == "use_off_hours"
            return
        assert ratna.acting.act(record, "email", "done") == Acted(Ran.DONE), "signing in was a code"
        office.clock.pass_s(before.step_up_s + 1)
        assert refusal(lambda: ratna.acting.act(record, "email", "done")) == "off_hours_code"
        ratna.step_up(office.code("ratna"))
        assert ratna.acting.act(record, "email", "done") == Acted(Ran.DONE)
    finally:
        opened.policy = before


def test_that_a_class_that_opens_with_a_fresh_code_is_used_with_one(office: MadeOffice, told: Told) -> None:
    classes, kinds = frozenset({DataClass.FINANCIAL}), frozenset({Kind.ACCOUNT})
    office.actions = told.actions(told.action("transfer", classes=classes, kinds=kinds))
    told.forget()
    hendra = office.desk("hendra")
    values = next(c for c in CUSTOMERS if c["bank_account"])
    record = record_of(hendra, values)
    office.clock.pass_s(office.policy.step_up_s + 1)
    assert refusal(lambda: hendra.acting.act(record, "bank_account", "transfer")) == "step_up"
    hendra.step_up(office.code("hendra"))
    assert hendra.acting.act(record, "bank_account", "transfer") == Acted(Ran.DONE)
    assert (told.value or "").strip().replace(" ", "") == values["bank_account"].replace(" ", "")
    hendra.end("signed_out")


def another_day(office: MadeOffice) -> OfficeHours:
    """Hours of work on another day of the week than today."""
    today = datetime.fromtimestamp(office.clock.now_ms() / 1000, UTC).weekday()
    return read_office_hours({"time_zone": "UTC", "days": [DAYS[(today + 3) % 7]], "from": "00:00", "until": "00:15"})


def until(happened: object, patience_s: float = 60) -> bool:
    end = time.monotonic() + patience_s
    while not happened():  # type: ignore[operator]
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True

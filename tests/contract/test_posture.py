"""Postures: told with a lease, seen by administrators, logged where they change, and required where policy says so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import NotAllowedError
from app.domain.posture.demands import FRESH_MS, Demand
from app.domain.posture.words import Finding, Part, State
from app.session.desk import Desk
from app.session.posture import OwnPosture, ShownPart
from tests.demo.customers import demo_customers
from tests.office.door import rows_of
from tests.office.made import MadeOffice
from tests.office.team import team_office

AT_MS = 1_764_000_000_000


class Machine:
    """What a look finds."""

    def __init__(self, **states: State) -> None:
        self.states = states

    def look(self) -> tuple[Finding, ...]:
        return tuple(Finding(part, self.states.get(part.value, State.OK), f"{part} raw", AT_MS) for part in Part)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    made = MadeOffice(tmp_path_factory.mktemp("office"))
    demands = dict.fromkeys(Part, Demand.ADVISED) | {Part.DISK: Demand.REQUIRED}
    made.policy = replace(made.policy, posture=demands)
    made.serve()
    made.hire("ratna", "Ratna Dewanti", queues=("*",))
    made.bring_in(demo_customers(2, 7))
    yield made
    made.stop()


def sit(office: MadeOffice, machine: Machine) -> Desk:
    desk = office.desk("ratna")
    desk.posture = OwnPosture(machine.look, lambda: office.policy)
    return desk


def tell(desk: Desk) -> None:
    desk.posture.look()
    desk.beat()


def open_phone(desk: Desk) -> str:
    record = desk.customer(desk.search("", None).ids[0]).record
    return desk.reveal(record, "mobile_phone", "call_back").value.reveal()


def refusal(desk: Desk) -> str:
    with pytest.raises(NotAllowedError) as refused:
        open_phone(desk)
    return refused.value.code


def changes(office: MadeOffice) -> list[str]:
    return [row.detail for row in rows_of(office, "audit") if row.event == "posture.changed"]


def parts(office: MadeOffice) -> dict[Part, ShownPart]:
    session = office.command("adi")
    (seat,) = session.workstations.listing().workstations
    session.end()
    return {one.part: one for one in seat.posture}


def test_that_values_stay_shut_where_what_is_required_is_missing_unknown_untold_or_old(office: MadeOffice) -> None:
    machine = Machine(disk=State.UNKNOWN, firewall=State.MISSING)
    desk = sit(office, machine)
    assert refusal(desk) == "posture", "nobody has told anything"
    tell(desk)
    assert refusal(desk) == "posture", "unknown is not good"
    with pytest.raises(NotAllowedError) as refused:
        desk.notes(desk.customer(desk.search("", None).ids[0]).record)
    assert refused.value.code == "posture"
    assert [one.part for one in desk.posture.parts if one.shuts] == [Part.DISK]

    machine.states["disk"] = State.OK
    tell(desk)
    assert open_phone(desk), "an advised part shuts nothing"

    machine.states["disk"] = State.MISSING
    tell(desk)
    assert refusal(desk) == "posture"
    assert parts(office)[Part.DISK].shuts

    machine.states["disk"] = State.OK
    tell(desk)
    desk.end("signed_out")
    office.clock.pass_s(FRESH_MS // 1000 + 60)
    later = sit(office, machine)
    assert refusal(later) == "posture", "what was told long ago"
    tell(later)
    assert open_phone(later)
    later.end("signed_out")


def test_that_a_change_stands_in_the_log_once_and_a_finding_with_its_time(office: MadeOffice) -> None:
    machine = Machine()
    desk = sit(office, machine)
    tell(desk)
    before = len(changes(office))
    tell(desk)
    assert len(changes(office)) == before
    machine.states["updates"] = State.MISSING
    tell(desk)
    assert changes(office)[before:] == ["updates=ok>missing"]
    told = parts(office)[Part.UPDATES]
    assert (told.state, told.raw, told.shuts) == (State.MISSING, "updates raw", False)
    (row,) = [r for r in rows_of(office, "seat_posture") if r.part == "updates"]
    assert row.at_ms == AT_MS
    assert row.heard_ms == row.since_ms
    desk.end("signed_out")


def test_that_a_gateway_keeps_it_too(tmp_path: Path) -> None:
    with team_office(tmp_path) as made:
        made.hire("ratna", "Ratna Dewanti", grant=False)
        desk = sit(made, Machine(antivirus=State.UNKNOWN))
        tell(desk)
        tell(desk)
        assert parts(made)[Part.ANTIVIRUS].state is State.UNKNOWN
        assert changes(made) == [" ".join(f"{p}=none>{'unknown' if p is Part.ANTIVIRUS else 'ok'}" for p in Part)]
        desk.end("signed_out")

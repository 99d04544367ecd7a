"""Suspicions reported while nobody is signed in, through a real office: kept, brought by whoever comes, and told so."""

import time
from collections.abc import Iterator

import pytest

from app.api.client import incidents as calls
from app.api.messages.incidents import BringSuspicions, IncidentRow, ReportSuspicion
from app.domain.incidents.words import Origin, Suspicion
from app.session.identity import new_id
from app.session.lock_place import Place
from app.session.outside import OutsideBringing, OutsideReports
from app.storage.outside_reports import OutsideFolder, ReportNotKeptError
from tests.contract.conftest import Home
from tests.contract.first_protocol import FirstProtocol
from tests.office.coming_back import away, clients_closed, locked, resumed
from tests.office.door import entries
from tests.office.made import MadeOffice

WORDS = "Somebody photographs the screen of desk four"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made, clients_closed(made):
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        yield made


def outside(office: MadeOffice, locked_account: str = "", at: float | None = None) -> OutsideReports:
    clock = time.time if at is None else lambda: at
    return OutsideReports(office.places.home, lambda: office.store, locked_account, clock)


def signed_in_once(office: MadeOffice) -> None:
    desk = office.desk("hendra")
    desk.deliver()
    desk.end("signed_out")


def seen(office: MadeOffice, key: bytes) -> list[IncidentRow]:
    """What the officer's list shows of a report."""
    bare = office.bare("dewi")
    rows = calls.all_incidents(bare.client).incidents
    bare.end()
    return [row for row in rows if row.id == key]


def waiting(office: MadeOffice) -> list[bytes]:
    return list(OutsideFolder(office.places.home).lying(office.made.plate.office).reports.values())


def test_that_before_a_first_sign_in_nothing_is_kept_and_the_person_is_told(office: MadeOffice) -> None:
    reports = outside(office)
    for refused in (reports.check, lambda: reports.report(new_id().hex(), Suspicion.OTHER, WORDS)):
        with pytest.raises(ReportNotKeptError) as told:
            refused()
        assert told.value.code == "reports_no_office"
    assert not OutsideFolder(office.places.home).path.exists()


def test_that_the_next_sign_in_brings_it_and_the_officer_reads_where_and_when(office: MadeOffice) -> None:
    signed_in_once(office)
    reports, key = outside(office), new_id()
    reports.check()
    reports.report(key.hex(), Suspicion.STOLEN_ACCOUNT, WORDS)
    reports.report(key.hex(), Suspicion.STOLEN_ACCOUNT, WORDS)
    assert seen(office, key) == [], "no command and no other call brings it"
    hendra = office.desk("hendra")
    hendra.deliver()
    hendra.deliver()
    assert waiting(office) == []
    [row] = seen(office, key)
    assert (row.origin, row.suspicion) == (Origin.SIGNED_OUT, Suspicion.STOLEN_ACCOUNT)
    assert (row.reported_by, row.locked_account, row.brought_by) == ("", "", "hendra")
    assert row.reported_at == hendra._identity.seat
    assert row.made_ms is not None
    assert abs(row.made_ms - time.time() * 1000) < 3_600_000, "the workstation's clock, not the office's moved one"
    assert row.t0_ms == row.reported_ms, "the office learned of it when it came"
    dewi = office.bare("dewi")
    opened = calls.read(dewi.client, key)
    assert opened.words == WORDS
    assert [line.event for line in opened.timeline] == ["incident.brought"]
    dewi.end()
    [entry] = [one for one in entries(office, "incident.brought") if one.reference == key.hex()]
    assert (entry.outcome, entry.actor) == ("ok", "hendra")
    assert WORDS not in entry.detail
    assert "origin=signed_out" in entry.detail
    hendra.end("signed_out")


def test_that_a_report_at_the_lock_screen_names_whose_session_waited_and_comes_with_the_resume(
    office: MadeOffice,
) -> None:
    desk = office.desk("hendra")
    desk.deliver()
    lock = locked(office, desk.lock("by_hand", Place()))
    office.must_leave()
    key = new_id()
    outside(office, lock.account).report(key.hex(), Suspicion.MISUSE, "")
    back = resumed(office, lock).desk
    back.deliver()
    [row] = seen(office, key)
    assert (row.origin, row.locked_account, row.brought_by) == (Origin.LOCKED, "hendra", "hendra")
    back.end("signed_out")


def test_that_neither_the_end_of_a_session_nor_an_office_that_is_away_takes_it(office: MadeOffice) -> None:
    desk = office.desk("hendra")
    desk.deliver()
    key = new_id()
    outside(office, "hendra").report(key.hex(), Suspicion.OTHER, WORDS)
    with away(office):
        desk.end("office_lost")
        assert len(waiting(office)) == 1
    signed_in_once(office)
    assert len(seen(office, key)) == 1


def test_that_what_came_once_changes_nothing_again_and_an_id_of_a_persons_report_is_not_taken(
    office: MadeOffice,
) -> None:
    signed_in_once(office)
    key = new_id()
    outside(office).report(key.hex(), Suspicion.OTHER, WORDS)
    [sealed] = waiting(office)
    bare = office.bare("hendra")
    said = BringSuspicions(reports=(sealed, sealed))
    assert [fate.outcome for fate in calls.bring(bare.client, said).fates] == ["taken", "already"]
    assert [fate.outcome for fate in calls.bring(bare.client, said).fates] == ["already", "already"]
    bare.end()
    assert len(seen(office, key)) == 1
    hers = new_id()
    ratna = office.bare("adi")
    calls.report(ratna.client, ReportSuspicion(id=hers, suspicion=Suspicion.MISUSE))
    ratna.end()
    outside(office, at=time.time() + 60).report(hers.hex(), Suspicion.MISUSE, WORDS)
    bare = office.bare("hendra")
    OutsideBringing(office.places.home, bare.identity).bring()
    bare.end()
    [row] = seen(office, hers)
    assert (row.reported_by, row.origin) == ("adi", Origin.SIGNED_IN)
    assert waiting(office) == []


@pytest.mark.one_user
def test_that_an_office_of_the_first_protocol_gets_nothing_and_it_waits(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_once(office)
    key = new_id()
    outside(office).report(key.hex(), Suspicion.OTHER, WORDS)
    first = FirstProtocol(office.places.socket("office"))
    with monkeypatch.context() as older:
        older.setattr(office, "transport", lambda: first)
        signed_in_once(office)
    assert len(waiting(office)) == 1
    assert first.faults == []
    signed_in_once(office)
    assert len(seen(office, key)) == 1

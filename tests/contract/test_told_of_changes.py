"""Whose factors were changed is told at the next sign-in that tells, once; and supervisors find it in the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.session.accounts import ResetReason
from app.session.shown import Factor, FactorChanged, RecoveryUse
from tests.contract.conftest import Home
from tests.demo.people import Authenticator
from tests.office.door import entries
from tests.office.kit import recover
from tests.office.made import SEAT, MadeOffice


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as office:
        for account in ("ratna", "yoga"):
            office.hire(account, account.title(), grant=False)
        yield office


def told(office: MadeOffice, account: str) -> list[FactorChanged]:
    session = office.command(account)
    session.end()
    return list(session.person.factor_changes)


@pytest.mark.asvs("V6.3.7")
def test_that_a_person_is_told_of_each_change_of_their_factors_once(office: MadeOffice) -> None:
    assert told(office, "ratna") == []
    person, session = office.people["ratna"], office.command("ratna")
    session.my_account.change_password(person.password, "perahu kertas di selokan")
    person.password = "perahu kertas di selokan"
    offer = session.my_account.begin_authenticator(person.password)
    person.authenticator = Authenticator(offer.secret.reveal())
    session.my_account.finish_authenticator(office.code("ratna"))
    session.my_account.new_recovery_codes(person.password)
    session.end()
    office.approval("hendra").end()
    assert told(office, "yoga") == []
    office.bare("ratna", "approval").end()  # shows nothing of it, so it waits
    changes = told(office, "ratna")
    assert [c.what for c in changes] == [Factor.RECOVERY_CODES, Factor.AUTHENTICATOR, Factor.PASSWORD]
    assert {c.workstation for c in changes} == {SEAT}
    assert abs(changes[0].at - office.clock.now_ms() / 1000) < 600
    assert told(office, "ratna") == []
    for event in ("password.change", "authenticator.replace", "recovery_codes.new"):
        assert [e.actor for e in entries(office, event)] == ["ratna"]


def test_that_a_change_which_was_refused_is_no_news(office: MadeOffice) -> None:
    session = office.command("yoga")
    with pytest.raises(Exception, match="right"):
        session.my_account.change_password("hujan pertama di kebun", "perahu kertas di selokan")
    session.end()
    assert told(office, "yoga") == []


@pytest.mark.attack("A55")
@pytest.mark.asvs("V6.3.7")
def test_that_a_person_is_told_of_a_reset_by_two(office: MadeOffice) -> None:
    adi = office.command("adi")
    code = adi.accounts.propose_reset("yoga", ResetReason.LOST_PASSWORD).code.reveal()
    adi.end()
    hendra = office.command("hendra")
    hendra.accounts.proposals.confirm(hendra.accounts.proposals.waiting()[0].id)
    hendra.end()
    office.enrol("yoga", code)
    assert [c.what for c in told(office, "yoga")] == [Factor.RESET]
    assert [(e.actor, e.acting_with) for e in entries(office, "account.reset")] == [("hendra", "yoga")]


@pytest.mark.asvs("V6.3.7")
@pytest.mark.one_user("the kit opens a workstation's file")
def test_that_whom_the_kit_let_in_again_is_told_of_the_kit_and_of_no_two_people(home: Home, tmp_path: Path) -> None:
    with home(tmp_path) as office:
        office.stop()
        codes = recover(office)
        office.serve()
        office.enrol("adi", codes["adi"])
        session = office.command("adi")
        session.end()
        assert [used.use for used in session.person.recoveries] == [RecoveryUse.OPEN]
        assert session.person.factor_changes == ()

"""Waits at one workstation: of an account, of the workstation, of codes; who releases them; the alarm; elsewhere."""

import secrets
from collections.abc import Iterator

import pytest

from app.api.client.errors import SessionOverError, SignInAnswerError
from app.auth.throttle import ALARM_ACCOUNTS, DAY_S, DEVICE_FREE_TRIES, WRONG_CODES_A_DAY, WRONG_CODES_IN_A_ROW
from app.backoffice import schema
from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.demo.people import Authenticator
from tests.office.door import entries, opened
from tests.office.made import MadeOffice, made_office

WRONG = "hujan pertama di kebun"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        for name in ("ratna", "yoga", "sinta"):
            office.hire(name, name.title(), grant=False)
        office.hire("dewi", "Dewi", role="supervisor", queues=("*",), grant=False)
        yield office


@pytest.fixture(autouse=True)
def nobody_waits(office: MadeOffice) -> Iterator[None]:
    yield
    office.clock.pass_s(DAY_S + 3600)
    for account in ("ratna", "yoga", "sinta"):
        office.command(account).end()


def refusal(office: MadeOffice, account: str, code: str = "", password: str = "") -> SignInRefusedError:
    known = office.people.get(account)
    code = code or (office.code(account) if known else "123456")
    with pytest.raises(SignInRefusedError) as refused:
        office.sign_in().sign_in_for_command(account, password or (known.password if known else WRONG), code)
    return refused.value


def try_wrong_codes(office: MadeOffice, account: str, count: int) -> None:
    """Wrong codes beside the right password, each once its wait is over."""
    for _ in range(count):
        assert refusal(office, account, "000000").why is SignInRefusal.WRONG
        office.clock.pass_s(1801)


# releasing


@pytest.mark.attack("A45")
@pytest.mark.asvs("V6.1.1")
def test_that_a_supervisor_releases_an_account_that_waits(office: MadeOffice) -> None:
    for _ in range(5):
        refusal(office, "ratna", password=WRONG)
    assert refusal(office, "ratna").why is SignInRefusal.THROTTLED
    session = office.command("hendra")
    waiting = session.throttled()
    assert [(w.account, w.display_name, w.failed, w.codes_wait_s) for w in waiting] == [("ratna", "Ratna", 5, 0)]
    assert 0 < waiting[0].wait_s <= 60
    assert waiting[0].last_at == pytest.approx(office.clock.now_ms() / 1000, abs=60)
    session.release_throttle("ratna")
    assert session.throttled() == []
    session.end()
    again = office.command("ratna")
    assert len(again.person.last_failed) == 5  # released, and still told
    again.end()
    last = entries(office, "throttle.release")[-1]
    assert (last.actor, last.acting_with, last.outcome) == ("hendra", "ratna", "ok")


@pytest.mark.parametrize("account", ["adi", "yoga"])
def test_that_only_a_supervisor_releases(office: MadeOffice, account: str) -> None:
    for _ in range(5):
        refusal(office, "ratna", password=WRONG)
    session = office.command(account)
    with pytest.raises(NotAllowedError) as refused:
        session.release_throttle("ratna")
    assert refused.value.code == "role"
    if account == "yoga":
        with pytest.raises(NotAllowedError):
            session.throttled()
    else:
        assert [w.account for w in session.throttled()] == ["ratna"]
    session.end()


def test_that_nobody_releases_oneself_or_somebody_who_does_not_wait_or_with_an_old_code(office: MadeOffice) -> None:
    session = office.command("hendra")
    for account in ("yoga", "nobody"):
        with pytest.raises(InputRefusedError) as none:
            session.release_throttle(account)
        assert none.value.code == "not_throttled"
    with pytest.raises(NotAllowedError) as own:
        session.release_throttle("hendra")
    assert own.value.code == "own_account"
    office.clock.pass_s(301)
    with pytest.raises(NotAllowedError) as stale:
        session.release_throttle("ratna")
    assert stale.value.code == "step_up"
    session.end()


def test_that_strangers_are_in_no_list(office: MadeOffice) -> None:
    for _ in range(5):
        refusal(office, "nobody.at.all")
    session = office.command("hendra")
    assert session.throttled() == []
    session.end()


# codes


@pytest.mark.asvs("V6.3.1")
def test_that_ten_wrong_codes_end_codes_for_a_day_and_only_the_owner_of_both_factors_learns_it(
    office: MadeOffice,
) -> None:
    try_wrong_codes(office, "ratna", WRONG_CODES_A_DAY)
    assert refusal(office, "ratna", "000000").why is SignInRefusal.WRONG  # the guesser is told nothing new
    office.clock.pass_s(1801)
    assert refusal(office, "ratna", password=WRONG).why is SignInRefusal.WRONG
    office.clock.pass_s(1801)
    right = office.code("ratna")
    refused = refusal(office, "ratna", right)
    assert refused.why is SignInRefusal.CODES_REFUSED
    assert 0 < refused.wait_s <= DAY_S
    office.clock.pass_s(1801)
    session = office.command("hendra")
    waiting = {w.account: w for w in session.throttled()}["ratna"]
    assert waiting.codes_wait_s > 0
    assert not waiting.until_released
    session.release_throttle("ratna")
    session.end()
    office.command("ratna").end()


def test_that_wrong_codes_outlive_a_restart_and_are_forgotten_after_a_day(office: MadeOffice) -> None:
    try_wrong_codes(office, "ratna", WRONG_CODES_A_DAY)
    office.stop()
    office.serve()
    assert refusal(office, "ratna").why is SignInRefusal.CODES_REFUSED
    office.clock.pass_s(DAY_S)
    office.command("ratna").end()


def test_that_after_two_wrong_codes_the_present_step_alone_is_taken(office: MadeOffice) -> None:
    try_wrong_codes(office, "ratna", 2)
    authenticator = office.people["ratna"].authenticator
    present = office.code("ratna")  # also moves the clock to the beginning of a step
    step = authenticator.last_step
    assert refusal(office, "ratna", authenticator.code_of(step + 1)).why is SignInRefusal.USED_CODE
    office.sign_in().sign_in_for_command("ratna", office.people["ratna"].password, present).end()


def test_that_a_hundred_wrong_codes_in_a_row_wait_for_a_supervisor_or_another_authenticator(office: MadeOffice) -> None:
    table = schema.accounts
    for released in (True, False):
        session = office.command("yoga")
        codes = session.my_account.new_recovery_codes(office.people["yoga"].password)
        session.end()
        with opened(office).writing() as db:
            db.execute(table.update().where(table.c.name == "yoga").values(code_failures=WRONG_CODES_IN_A_ROW))
        office.clock.pass_s(30 * DAY_S)
        assert refusal(office, "yoga").why is SignInRefusal.CODES_REFUSED
        if released:
            supervisor = office.command("hendra")
            assert supervisor.throttled()[0].until_released
            supervisor.release_throttle("yoga")
            supervisor.end()
        else:
            replacing = office.sign_in().sign_in_to_replace("yoga", office.people["yoga"].password, codes[0].reveal())
            offer = replacing.begin()
            office.people["yoga"].authenticator = Authenticator(offer.secret.reveal())
            replacing.finish(office.code("yoga"))
        office.command("yoga").end()


def test_that_wrong_codes_of_a_session_are_its_own_affair(office: MadeOffice) -> None:
    """Five end the session (another test); they make nobody wait at the door."""
    for _ in range(3):
        session = office.command("sinta")
        for _ in range(4):
            with pytest.raises(SignInAnswerError):
                session._identity.client.step_up("000000")
        session.end()
    office.command("sinta").end()


# the workstation


@pytest.mark.attack("A45")
@pytest.mark.asvs("V6.3.1")
def test_that_one_password_tried_on_many_accounts_makes_the_workstation_wait_and_no_longer_than_it_leaks(
    office: MadeOffice,
) -> None:
    waits = [refusal(office, f"stranger{secrets.token_hex(3)}") for _ in range(DEVICE_FREE_TRIES + 3)]
    throttled = [w.why is SignInRefusal.THROTTLED for w in waits]
    assert throttled.index(True) >= DEVICE_FREE_TRIES - 3
    assert throttled[-1]
    assert refusal(office, "ratna").why is SignInRefusal.THROTTLED
    office.stop()
    office.serve()
    assert refusal(office, "ratna").why is SignInRefusal.THROTTLED
    office.clock.pass_s(301)
    office.command("ratna").end()


def test_that_many_failing_accounts_raise_an_alarm_that_an_administrator_is_told(office: MadeOffice) -> None:
    office.command("adi").end()
    told = len(entries(office, "sign_in.alarm"))
    for n in range(ALARM_ACCOUNTS + 3):
        refusal(office, f"guess{n}")
    office.command("hendra").end()
    alarms = entries(office, "sign_in.alarm")[told:]
    assert [(a.outcome, a.seat, a.detail) for a in alarms] == [("failed", "SBY-0417", f"accounts={ALARM_ACCOUNTS}")]
    administrator, supervisor = office.command("adi"), office.command("hendra")
    assert [(a.workstation, a.accounts) for a in administrator.person.alarms] == [("SBY-0417", ALARM_ACCOUNTS)]
    assert supervisor.person.alarms == ()
    administrator.end()
    supervisor.end()
    again = office.command("adi")
    assert again.person.alarms == ()
    again.end()


def test_that_an_alarm_while_the_office_is_shut_waits_at_the_door(office: MadeOffice) -> None:
    office.stop()
    office.serve()
    for n in range(ALARM_ACCOUNTS + 1):
        refusal(office, f"shut{n}")
    administrator = office.command("adi")
    assert [a.accounts for a in administrator.person.alarms] == [ALARM_ACCOUNTS]
    administrator.end()


def test_that_what_a_person_is_to_hear_waits_for_a_session_that_tells_it(office: MadeOffice) -> None:
    """Whoever has a password and a recovery code takes none of it in; nor does an approval, which shows nothing."""
    adi = office.people["adi"]
    session = office.command("adi")
    recovery = session.my_account.new_recovery_codes(adi.password)[0].reveal()
    session.end()
    refusal(office, "adi", password=WRONG)
    for n in range(ALARM_ACCOUNTS + 1):
        refusal(office, f"quiet{n}")
    office.sign_in().sign_in_to_replace("adi", adi.password, recovery).end()
    office.bare("adi", "approval").end()
    told = office.command("adi")
    assert len(told.person.last_failed) == 1
    assert [a.accounts for a in told.person.alarms] == [ALARM_ACCOUNTS]
    told.end()
    again = office.command("adi")
    assert (again.person.last_failed, again.person.alarms) == ((), ())
    again.end()


# elsewhere


@pytest.mark.asvs("V7.1.2")
def test_that_a_sign_in_of_another_os_user_ends_the_first_with_a_notice_on_both(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = office.bare("ratna")
    with monkeypatch.context() as patch:
        patch.setattr("app.session.sign_in.seat_id", lambda _office, _half: b"another place...")
        second = office.bare("ratna")
    assert [e.seat for e in second.answer.ended_elsewhere] == ["SBY-0417"]
    with pytest.raises(SessionOverError) as over:
        first.client.lease()
    assert over.value.code == "signed_in_elsewhere"
    first.client.close()
    last = [e for e in entries(office, "session.end") if e.actor == "ratna"][-1]
    assert last.reason == "signed_in_elsewhere"
    third = office.bare("ratna")
    second.client.close()
    third.end()


def test_that_a_sign_in_at_the_same_place_is_no_notice(office: MadeOffice) -> None:
    first = office.bare("ratna")
    second = office.bare("ratna")
    assert second.answer.ended_elsewhere == ()
    with pytest.raises(SessionOverError) as over:
        first.client.lease()
    assert over.value.code == "signed_in_again"
    first.client.close()
    second.end()

"""Factors at a real office: who has any at the start, how they are kept, taken and how long they last."""

import secrets
from collections.abc import Iterator

import pytest

from app.auth.recovery_codes import CODES, parse_recovery_code
from app.auth.throttle import wait_after
from app.backoffice import recovery_codes as kept_codes
from app.crypto.account_keys import stored_recovery_code
from app.crypto.derive import PASSWORD_FLOOR, PasswordCost, password_root
from app.domain.role import Role
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.contract.conftest import Home
from tests.office.door import opened, rows_of
from tests.office.made import MadeOffice
from tests.office.quick import at_full_cost

DAY_S = 24 * 60 * 60
WRONG = "hujan pertama di kebun"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as office:
        office.command("adi").end()
        yield office


@pytest.mark.asvs("V6.3.2")
def test_that_a_fresh_office_has_nobody_but_those_who_made_it_and_the_kit(office: MadeOffice) -> None:
    accounts = {entry.name: entry.role for entry in opened(office).book.accounts()}
    assert accounts == {"adi": "administrator", "hendra": "supervisor", "recovery": Role.RECOVERY.value}
    rows = {row.name: row for row in rows_of(office, "accounts")}
    assert rows.keys() == accounts.keys()
    assert (rows["recovery"].verifier, rows["recovery"].totp) == (b"", b"")
    assert office.back_office.front_door.door("recovery") is None
    for account in ("recovery", "admin", "root", "tirai"):
        with pytest.raises(SignInRefusedError) as refusal:
            office.sign_in().sign_in_for_command(account, account, "000000")
        assert refusal.value.why is SignInRefusal.WRONG


@pytest.mark.asvs("V6.2.8", "V6.2.9")
def test_that_256_signs_are_verified_whole(office: MadeOffice) -> None:
    office.hire("ratna", "Ratna Dewanti", grant=False)
    person, session = office.people["ratna"], office.command("ratna")
    signs = "abcdefghijklmnopqrstuvwxyz 漢字🙂"
    long = "Hujan" + "".join(secrets.choice(signs) for _ in range(250)) + "Q"
    session.my_account.change_password(person.password, long)
    session.end()
    for near in (long[:-1], long[:-1] + "q", long + " ", long.lower()):
        office.clock.pass_s(1801)
        with pytest.raises(SignInRefusedError) as refusal:
            office.sign_in().sign_in_for_command("ratna", near, office.code("ratna"))
        assert refusal.value.why is SignInRefusal.WRONG
    office.clock.pass_s(1801)
    person.password = long
    office.command("ratna").end()


@pytest.mark.asvs("V6.1.1", "V6.3.1")
def test_that_the_eleventh_try_waits_half_an_hour_also_after_a_restart(office: MadeOffice) -> None:
    office.hire("tono", "Tono", grant=False)
    person = office.people["tono"]
    for tried in range(1, 11):
        with pytest.raises(SignInRefusedError) as refusal:
            office.sign_in().sign_in_for_command("tono", WRONG, office.code("tono"))
        assert refusal.value.why is SignInRefusal.WRONG
        if tried < 10:
            office.clock.pass_s(wait_after(tried))
    for _ in range(2):
        with pytest.raises(SignInRefusedError) as waits:
            office.sign_in().sign_in_for_command("tono", person.password, "000000")
        assert waits.value.why is SignInRefusal.THROTTLED
        assert 29 * 60 < waits.value.wait_s <= 30 * 60
        office.stop()
        office.serve()
    office.clock.pass_s(30 * 60)
    session = office.command("tono")
    assert len(session.person.last_failed) == 10
    session.end()


@pytest.mark.asvs("V6.2.10")
def test_that_a_password_of_400_days_ago_signs_in_and_nobody_asks_for_another(office: MadeOffice) -> None:
    office.hire("yoga", "Yoga", grant=False)
    office.clock.pass_s(400 * DAY_S)
    session = office.command("yoga")
    assert session.my_account.factors().password_at < office.clock.now_ms() / 1000 - 399 * DAY_S
    session.end()


@pytest.mark.asvs("V6.5.2")
def test_that_recovery_codes_lie_as_salted_argon2_hashes_only(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[PasswordCost] = []

    def counted(password: str, salt: bytes, cost: PasswordCost) -> bytes:
        costs.append(cost)
        return password_root(password, salt, cost)

    office.hire("sinta", "Sinta", grant=False)
    session = office.command("sinta")
    with at_full_cost(), monkeypatch.context() as patch:
        patch.setattr("app.crypto.account_keys.password_root", counted)
        codes = [
            parse_recovery_code(c.reveal())
            for c in session.my_account.new_recovery_codes(office.people["sinta"].password)
        ]
    session.end()
    assert costs.count(PASSWORD_FLOOR) >= CODES
    account = next(row for row in rows_of(office, "accounts") if row.name == "sinta")
    kept = [row.hash for row in rows_of(office, "recovery_codes") if row.account == "sinta"]
    assert len(account.recovery_salt) == kept_codes.SALT_BYTES >= 4
    pepper = opened(office).keys.pepper
    assert kept == [stored_recovery_code(pepper, "sinta", code, account.recovery_salt) for code in codes]
    everything = repr([rows_of(office, table) for table in ("accounts", "recovery_codes", "audit", "sessions")])
    assert not [code for code in codes if code in everything]

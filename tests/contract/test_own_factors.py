"""One person's own factors, through the session's use cases and a real office: change, replace, recover, look, end."""

from collections.abc import Iterator

import pytest

from app.api.client.errors import SessionOverError, SignInAnswerError
from app.auth.recovery_codes import CODES
from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.command import CommandSession
from app.session.errors import SignInRefusal, SignInRefusedError
from app.session.my_account import NewAuthenticator
from tests.contract.conftest import Home
from tests.demo.people import Authenticator
from tests.office.door import entries
from tests.office.made import MadeOffice

NEW = "hujan kedua di kebun teh"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as office:
        for account in ("ratna", "yoga", "sinta", "tono", "maya", "rudi"):
            office.hire(account, account.title(), grant=False)
        yield office


def scan(office: MadeOffice, account: str, offer: NewAuthenticator) -> str:
    """Put an offer into the person's authenticator; a code that it shows."""
    authenticator = office.people[account].authenticator = Authenticator(offer.secret.reveal())
    assert offer.secret.reveal() in offer.uri.reveal()
    return office.code(office.people[account]) if authenticator else ""


def refused(office: MadeOffice, account: str, password: str, code: str) -> SignInRefusal:
    with pytest.raises(SignInRefusedError) as refusal:
        office.sign_in().sign_in_for_command(account, password, code)
    return refusal.value.why


# the password


@pytest.mark.asvs("V6.2.2")
def test_that_a_changed_password_signs_in_and_the_old_one_does_not(office: MadeOffice) -> None:
    person = office.people["ratna"]
    desk, session = office.bare("ratna"), office.command("ratna")
    old = person.password
    keys = session._identity.keys
    session.my_account.change_password(old, NEW, office.code("ratna"))
    session.my_account.factors()  # the token was turned over
    session.end()
    with pytest.raises(SessionOverError):
        desk.client.lease()
    desk.end()
    assert refused(office, "ratna", old, office.code("ratna")) is SignInRefusal.WRONG
    person.password = NEW
    again = office.command("ratna")
    assert (again._identity.keys.kem, again._identity.keys.seed) == (keys.kem, keys.seed)
    again.end()
    change = entries(office, "password.change")[-1]
    assert (change.actor, change.outcome, change.detail) == ("ratna", "ok", "factor=password+code")
    assert [e.reason for e in entries(office, "session.end") if e.actor == "ratna"].count("password_changed") == 1


@pytest.mark.asvs("V6.2.3", "V7.5.1")
def test_that_a_change_needs_the_current_password_and_says_so(office: MadeOffice) -> None:
    session = office.command("yoga")
    with pytest.raises(SignInAnswerError) as wrong:
        session.my_account.change_password("hujan pertama di kebun", NEW, office.code("yoga"))
    assert wrong.value.code == "wrong_password"
    with pytest.raises(SignInAnswerError) as wrong:
        session.my_account.change_password(office.people["yoga"].password, NEW, "000000")
    assert wrong.value.code == "wrong_code"
    session.end()
    office.command("yoga").end()


@pytest.mark.asvs("V7.5.1")
def test_that_a_change_needs_a_code_that_is_fresh(office: MadeOffice) -> None:
    person, session = office.people["yoga"], office.command("yoga")
    session.my_account.change_password(person.password, "perahu kertas di selokan")  # the sign-in was the code
    person.password = "perahu kertas di selokan"
    office.clock.pass_s(301)
    with pytest.raises(NotAllowedError) as stale:
        session.my_account.change_password(person.password, NEW)
    assert stale.value.code == "step_up"
    session.end()
    office.command("yoga").end()


def test_that_a_weak_new_password_is_refused_before_anything_is_sent(office: MadeOffice) -> None:
    session = office.command("yoga")
    weak = {
        "short": "password_short",
        "password password": "password_common",
        "yoga di kebun teh": "password_named",
        "nusantara hujan lagi": "password_named",
    }
    for password, code in weak.items():
        with pytest.raises(InputRefusedError) as refusal:
            session.my_account.change_password(office.people["yoga"].password, password)
        assert refusal.value.code == code
    session.end()


def test_that_wrong_proofs_end_the_session_after_five(office: MadeOffice) -> None:
    session = office.command("yoga")
    for _ in range(4):
        with pytest.raises(SignInAnswerError):
            session.my_account.new_recovery_codes("hujan pertama di kebun")
    with pytest.raises(SessionOverError):
        session.my_account.new_recovery_codes("hujan pertama di kebun")
    with pytest.raises(SessionOverError):
        session.my_account.factors()
    session.end()


# the authenticator


@pytest.mark.asvs("V6.5.6")
def test_that_a_new_authenticator_replaces_the_old_one_once_it_has_shown_a_code(office: MadeOffice) -> None:
    person, session = office.people["sinta"], office.command("sinta")
    old = person.authenticator
    offer = session.my_account.begin_authenticator(person.password)
    session._identity.client.step_up(office.code("sinta"))  # the old one works still
    code = scan(office, "sinta", offer)
    with pytest.raises(NotAllowedError) as wrong:
        session.my_account.finish_authenticator("000000")
    assert wrong.value.code == "wrong_code"
    session.my_account.finish_authenticator(code)
    session.end()
    step = office.clock.now_ms() // 30_000
    assert refused(office, "sinta", person.password, old.code_of(step)) is SignInRefusal.WRONG
    office.command("sinta").end()
    last = entries(office, "authenticator.replace")[-1]
    assert (last.actor, last.detail) == ("sinta", "factor=password+code hash=sha1")


def test_that_an_authenticator_may_use_sha_256(office: MadeOffice) -> None:
    session = office.command("sinta")
    offer = session.my_account.begin_authenticator(office.people["sinta"].password, totp_sha256=True)
    assert "algorithm=SHA256" in offer.uri.reveal()
    session.my_account.finish_authenticator(_sha256_code(office, offer))
    assert session.my_account.factors().totp_hash == "sha256"
    back = session.my_account.begin_authenticator(office.people["sinta"].password)
    session.my_account.finish_authenticator(scan(office, "sinta", back))
    session.end()


def _sha256_code(office: MadeOffice, offer: NewAuthenticator) -> str:
    import hashlib

    import pyotp

    return pyotp.TOTP(offer.secret.reveal(), digest=hashlib.sha256).at(office.clock.now_ms() // 1000)


def test_that_a_half_finished_change_is_over_after_five_minutes_and_belongs_to_its_session(office: MadeOffice) -> None:
    session = office.command("sinta")
    password = office.people["sinta"].password
    account = session.my_account
    account.begin_authenticator(password)
    office.clock.pass_s(301)
    with pytest.raises(NotAllowedError) as over:
        account.finish_authenticator("123456")
    assert over.value.code == "change_over"
    offer = account.begin_authenticator(password, office.code("sinta"))
    desk = office.bare("sinta")
    from app.api.client import own_account as calls

    assert account._change is not None
    with pytest.raises(NotAllowedError) as foreign:
        calls.authenticator_finish(desk.client, account._change.change, "123456")
    assert foreign.value.code == "change_over"
    assert offer
    desk.end()
    session.end()


# recovery codes


def test_that_a_lost_authenticator_is_replaced_with_password_and_recovery_code(office: MadeOffice) -> None:
    person = office.people["tono"]
    session = office.command("tono")
    codes = [c.reveal() for c in session.my_account.new_recovery_codes(person.password)]
    assert session.my_account.factors().recovery_codes == CODES == len(set(codes))
    session.end()

    with pytest.raises(SignInRefusedError) as wrong:
        office.sign_in().sign_in_to_replace("tono", "hujan pertama di kebun", codes[0])
    assert wrong.value.why is SignInRefusal.WRONG
    replacing = office.sign_in().sign_in_to_replace("tono", person.password, codes[0].lower())
    offer = replacing.begin()
    replacing.finish(scan(office, "tono", offer))
    after = office.command("tono")
    assert after.my_account.factors().recovery_codes == CODES - 1
    after.end()
    with pytest.raises(SignInRefusedError) as used:
        office.sign_in().sign_in_to_replace("tono", person.password, codes[0])
    assert used.value.why is SignInRefusal.WRONG
    last = entries(office, "authenticator.replace")[-1]
    assert (last.actor, last.detail) == ("tono", "factor=password+recovery_code hash=sha1")
    assert [e.detail for e in entries(office, "sign_in") if e.actor == "tono" and "replace" in e.detail] == [
        "kind=replace factor=password+recovery_code"
    ]


@pytest.mark.asvs("V6.3.3")
def test_that_a_recovery_code_alone_opens_nothing_but_the_replacement(office: MadeOffice) -> None:
    person, session = office.people["maya"], office.command("maya")
    codes = [c.reveal() for c in session.my_account.new_recovery_codes(person.password)]
    session.end()
    assert refused(office, "maya", person.password, codes[0].replace("-", "")) is SignInRefusal.WRONG
    replacing = office.sign_in().sign_in_to_replace("maya", person.password, codes[0])
    client = replacing._identity.client
    assert not replacing._identity.class_keys
    for call in (
        client.own_requests, client.quota, client.colleagues, lambda: client.book_page(0), client.own_grants,
        lambda: client.customer_page(0, 10), lambda: client.audit_page(0), lambda: client.step_up("123456"),
        lambda: client.call("GET", "/v1/own/sessions", type(client.hello())),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError) as refusal:
            call()
        assert refusal.value.code == "kind"
    replacing.end()
    office.command("maya").end()


def test_that_in_a_session_a_recovery_code_stands_for_the_lost_authenticators_code(office: MadeOffice) -> None:
    person, session = office.people["maya"], office.command("maya")
    codes = [c.reveal() for c in session.my_account.new_recovery_codes(person.password)]
    office.clock.pass_s(301)
    with pytest.raises(SignInAnswerError) as wrong:
        session.my_account.begin_authenticator(person.password, recovery_code="ABCD-EFGH-IJKL-MNOP")
    assert wrong.value.code == "wrong_code"
    offer = session.my_account.begin_authenticator(person.password, recovery_code=codes[3])
    session.my_account.finish_authenticator(scan(office, "maya", offer))
    session.end()
    office.command("maya").end()


def test_that_new_recovery_codes_kill_the_earlier_ones(office: MadeOffice) -> None:
    person, session = office.people["maya"], office.command("maya")
    old = [c.reveal() for c in session.my_account.new_recovery_codes(person.password)]
    new = [c.reveal() for c in session.my_account.new_recovery_codes(person.password)]
    session.end()
    with pytest.raises(SignInRefusedError):
        office.sign_in().sign_in_to_replace("maya", person.password, old[0])
    office.sign_in().sign_in_to_replace("maya", person.password, new[0]).end()


# sign-ins and sessions


@pytest.mark.asvs("V6.3.5")
def test_that_a_person_sees_own_sign_ins_and_failed_tries(office: MadeOffice) -> None:
    assert refused(office, "rudi", "hujan pertama di kebun", office.code("rudi")) is SignInRefusal.WRONG
    assert refused(office, "rudi", office.people["rudi"].password, "000000") is SignInRefusal.WRONG
    session = office.command("rudi")
    assert len(session.person.last_failed) == 2
    seen = session.my_account.sign_ins(3)
    assert [(s.ok, s.kind, s.reason, s.workstation) for s in seen] == [
        (True, "command", "", "SBY-0417"),
        (False, "", "wrong_code", "SBY-0417"),  # somebody has the password: that is worth knowing
        (False, "", "wrong", "SBY-0417"),
    ]
    session.end()


def test_that_a_person_sees_own_sessions_and_ends_the_others(office: MadeOffice) -> None:
    desk = office.bare("rudi")
    other: CommandSession = office.command("yoga")
    session = office.command("rudi")
    seen = session.my_account.sessions()
    assert [(s.kind, s.this) for s in seen] == [("command", True), ("console", False)]
    assert session.my_account.end_others() == 1
    with pytest.raises(SessionOverError) as ended:
        desk.client.lease()
    desk.client.close()
    assert ended.value.code == "ended_by_person"
    assert len(session.my_account.sessions()) == 1
    other.my_account.factors()
    other.end()
    session.end()


def test_that_factors_say_when_they_were_set_and_nothing_secret(office: MadeOffice) -> None:
    session = office.command("rudi")
    own = session.my_account.factors()
    assert (own.account, own.display_name, own.totp_hash, own.recovery_codes) == ("rudi", "Rudi", "sha1", CODES)
    assert own.password_at > 0 < own.authenticator_at
    session.end()

"""T8: a stolen password, or a stolen authenticator, alone. No session of any kind; guesses run into ever longer waits.

Here (A18, A19, A55): either factor alone at every door; a code works once: twice in a row, at a sign-in and a step-up,
from many threads, after a restart; a token dies with the code that turns it over; wrong codes from everywhere at once
meet the throttle. Enforced by *authority*: the office uses a step up in the transaction that lets somebody in. In the
one-user home a person with the file key can turn `last_step` back; there it is *software*, and password and OS account
together open the file by hand.

Further parts: `test_sign_in_paths.py` (every order of moves), `test_parallel_tries.py` (threads and processes at once),
`test_unknown_accounts.py` (what a stranger learns), `tests/unit/auth/test_throttle.py`, `test_administration.py`
(resets by talk), `test_set_clock.py` (clocks set forward), `tests/unit/backoffice/test_release.py`.
"""

import threading
from collections.abc import Callable, Iterator

import pytest

from app.api.client.errors import SessionOverError, SignInAnswerError
from app.domain.errors import NotAllowedError, TiraiError
from app.session.command import CommandSession
from app.session.errors import SignInRefusal, SignInRefusedError
from app.session.sign_in import SignIn
from tests.office.made import STEP_MS, MadeOffice, made_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("codes")) as made:
        for account in ("ratna", "yoga", "sinta", "tono"):
            made.hire(account, account.title(), grant=False)
        yield made


def sign_in(office: MadeOffice, account: str, code: str) -> CommandSession:
    return office.sign_in().sign_in_for_command(account, office.people[account].password, code)


def entries(office: MadeOffice, event: str, actor: str) -> list[tuple[str, str]]:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [(e.outcome, e.reason) for e in opened.log.page(db, 0, 10_000) if (e.event, e.actor) == (event, actor)]


def doors(office: MadeOffice) -> dict[str, Callable[[str, str, str], object]]:
    """Every kind of sign-in."""
    door = office.sign_in()
    return {
        "command": door.sign_in_for_command,
        "approval": door.sign_in_to_approve,
        "console": door.sign_in,
        "verify": door.sign_in_to_verify,
        "replace": door.sign_in_to_replace,
    }


@pytest.mark.attack("A19")
@pytest.mark.parametrize("kind", ["command", "approval", "console", "verify", "replace"])
@pytest.mark.parametrize("has", ["password", "authenticator"])
def test_that_one_factor_alone_opens_no_session_of_any_kind(office: MadeOffice, kind: str, has: str) -> None:
    """A password with no code, codes of other people and times, a guessed recovery code; a code with no password."""
    office.clock.pass_s(3 * 3600)  # earlier tries of this test wait no more
    person = office.people["sinta"]
    code = office.code("sinta")
    if has == "password":
        password, codes = person.password, ["", office.code("tono"), person.authenticator.code_of(5)]
    else:
        password, codes = "", [code, code]
    if kind == "replace":
        codes = ["AAAA-AAAA-AAAA-AAAA" if has == "password" else code]
    for tried in codes:
        with pytest.raises(TiraiError):
            doors(office)[kind]("sinta", password, tried)
    opened = office.back_office.opened
    with opened.database.reading() as db:
        assert not [
            e for e in opened.log.page(db, 0, 10_000) if (e.event, e.outcome, e.actor) == ("sign_in", "ok", "sinta")
        ]


@pytest.mark.attack("A18")
@pytest.mark.asvs("V6.5.1")
@pytest.mark.parametrize("kind", ["command", "approval", "console"])
def test_that_the_same_code_does_not_sign_in_twice(office: MadeOffice, kind: str) -> None:
    code = office.code("ratna")
    sign_in(office, "ratna", code).end()
    with pytest.raises(SignInRefusedError) as refusal:
        doors(office)[kind]("ratna", office.people["ratna"].password, code)
    assert refusal.value.why is SignInRefusal.USED_CODE
    assert refusal.value.wait_s > 0
    assert entries(office, "sign_in", "ratna")[-1] == ("failed", "used_code")


@pytest.mark.attack("A18")
@pytest.mark.asvs("V6.5.1")
def test_that_an_earlier_code_within_the_window_is_used_too(office: MadeOffice) -> None:
    """The step before the last used one is still in the window, but never again after it."""
    person = office.people["ratna"]
    person.authenticator.last_step = max(person.authenticator.last_step, office.clock.now_ms() // STEP_MS)
    code = office.code("ratna")  # at the beginning of its step: the one before stays in the window for half a minute
    before = person.authenticator.code_of(person.authenticator.last_step - 1)
    sign_in(office, "ratna", code).end()
    with pytest.raises(SignInRefusedError) as refusal:
        sign_in(office, "ratna", before)
    assert refusal.value.why is SignInRefusal.USED_CODE


def test_that_the_code_of_a_sign_in_is_no_step_up_and_the_other_way_round(office: MadeOffice) -> None:
    code = office.code("ratna")
    session = sign_in(office, "ratna", code)
    with pytest.raises(SignInAnswerError) as refusal:
        session._identity.client.step_up(code)
    assert refusal.value.code == "used_code"
    fresh = office.code("ratna")
    session._identity.client.step_up(fresh)
    with pytest.raises(SignInAnswerError):
        session._identity.client.step_up(fresh)
    session.end()
    with pytest.raises(SignInRefusedError):
        sign_in(office, "ratna", fresh)


def test_that_the_code_of_an_enrolment_does_not_sign_in(office: MadeOffice) -> None:
    code = office.invite("putri", "Putri Ayu")
    office.enrol("putri", code)
    person = office.people["putri"]
    with pytest.raises(SignInRefusedError) as refusal:
        sign_in(office, "putri", person.authenticator.code_of(person.authenticator.last_step))
    assert refusal.value.why is SignInRefusal.USED_CODE


def test_that_one_of_many_threads_gets_in_with_one_code(office: MadeOffice) -> None:
    """Sign-ins only: all arrive at the office together, each over a line of its own."""
    code, threads = office.code("yoga"), 5  # five tries are free, so the throttle decides nothing here
    barrier = threading.Barrier(threads)
    outcomes: list[object] = []

    def attempt(door: SignIn) -> None:
        barrier.wait()
        try:
            outcomes.append(door.sign_in_for_command("yoga", office.people["yoga"].password, code))
        except NotAllowedError as refusal:
            outcomes.append(refusal)

    run_all([threading.Thread(target=attempt, args=(office.sign_in(),)) for _ in range(threads)])
    sessions = [o for o in outcomes if isinstance(o, CommandSession)]
    refusals = [o for o in outcomes if isinstance(o, SignInRefusedError)]
    assert (len(sessions), len(refusals)) == (1, threads - 1)
    assert {r.why for r in refusals} == {SignInRefusal.USED_CODE}
    sessions[0].end()


def test_that_of_a_sign_in_and_many_step_ups_at_once_one_succeeds(office: MadeOffice) -> None:
    session = sign_in(office, "sinta", office.code("sinta"))
    code, threads = office.code("sinta"), 8
    barrier, good = threading.Barrier(threads), []

    def attempt(number: int) -> None:
        barrier.wait()
        try:
            if number == 0:
                office.sign_in().sign_in_to_approve("sinta", office.people["sinta"].password, code).end()
            else:
                session._identity.client.step_up(code)
            good.append(number)
        except (NotAllowedError, SessionOverError):
            pass  # used, or the session was ended after too many tries

    run_all([threading.Thread(target=attempt, args=(n,)) for n in range(threads)])
    assert len(good) == 1
    session.end()


@pytest.mark.asvs("V7.2.4")
def test_that_a_fresh_code_turns_the_token_over_and_the_old_one_is_dead(office: MadeOffice) -> None:
    session = sign_in(office, "sinta", office.code("sinta"))
    client = session._identity.client
    old, thief = client._token, office.connect()
    thief.use_token(old)
    thief.lease()
    new = client.step_up(office.code("sinta"))
    assert new != old
    for call in (thief.lease, thief.own_grants, lambda: thief.step_up("123456")):
        with pytest.raises(SessionOverError):
            call()
    thief.close()
    client.lease()
    session.end()


def test_that_requests_go_on_beside_a_step_up_and_none_meets_a_dead_token(office: MadeOffice) -> None:
    session = sign_in(office, "sinta", office.code("sinta"))
    client, stop, refused = session._identity.client, threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            try:
                client.lease()
            except TiraiError as e:
                refused.append(e)
                return

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        client.step_up(office.code("sinta"))
    stop.set()
    for thread in threads:
        thread.join()
    assert refused == []
    session.end()


@pytest.mark.attack("A55")
@pytest.mark.asvs("V6.5.1")
def test_that_a_recovery_code_is_used_once_by_many_at_once(office: MadeOffice) -> None:
    session = sign_in(office, "sinta", office.code("sinta"))
    code = session.my_account.new_recovery_codes(office.people["sinta"].password)[0].reveal()
    session.end()
    barrier, good, refused = threading.Barrier(5), [], []

    def attempt(door: SignIn) -> None:
        barrier.wait()
        try:
            good.append(door.sign_in_to_replace("sinta", office.people["sinta"].password, code))
        except SignInRefusedError as refusal:
            refused.append(refusal.why)

    run_all([threading.Thread(target=attempt, args=(office.sign_in(),)) for _ in range(5)])
    assert (len(good), refused) == (1, [SignInRefusal.WRONG] * 4)
    good[0].end()


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.attack("A18")
@pytest.mark.asvs("V6.5.1")
def test_that_a_used_code_stays_used_after_a_restart(office: MadeOffice) -> None:
    code = office.code("tono")
    sign_in(office, "tono", code).end()
    office.stop()
    office.serve()
    with pytest.raises(SignInRefusedError) as refusal:
        sign_in(office, "tono", code)
    assert refusal.value.why is SignInRefusal.USED_CODE


@pytest.mark.asvs("V6.5.5")
def test_that_a_code_of_another_time_is_refused_and_the_clock_named(office: MadeOffice) -> None:
    person = office.people["tono"]
    ahead = office.clock.now_ms() // STEP_MS + 10
    with pytest.raises(SignInRefusedError) as refusal:
        sign_in(office, "tono", person.authenticator.code_of(ahead))
    assert refusal.value.why is SignInRefusal.CLOCK_OFF


@pytest.mark.attack("A19")
@pytest.mark.asvs("V6.3.1")
def test_that_guessing_waits_ever_longer_and_a_restart_does_not_help(office: MadeOffice) -> None:
    """A19: five tries, then a minute, doubling; counted on disk before each is judged."""
    wrong = 0
    for _ in range(12):
        try:
            sign_in(
                office, "hendra", "123456" if office.people["hendra"].authenticator.shown_code() != "123456" else "0"
            )
        except TiraiError as refusal:
            wrong += isinstance(refusal, SignInRefusedError) and refusal.why is not SignInRefusal.THROTTLED
    assert wrong <= 5
    office.stop()
    office.serve()
    with pytest.raises(SignInRefusedError) as throttled:
        sign_in(office, "hendra", office.code("hendra"))
    assert throttled.value.why is SignInRefusal.THROTTLED
    office.clock.pass_s(61)
    sign_in(office, "hendra", office.code("hendra")).end()


@pytest.mark.attack("A20")
def test_that_a_clock_set_back_gives_a_used_code_no_second_life(office: MadeOffice) -> None:
    code = office.code("yoga")
    sign_in(office, "yoga", code).end()
    for by_ms in (-3_600_000, 3_600_000):
        office.clock.ahead_ms += by_ms
        with pytest.raises(SignInRefusedError):
            sign_in(office, "yoga", code)
    assert entries(office, "sign_in", "yoga")[-1] == ("failed", "used_code")

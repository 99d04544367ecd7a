"""Sign-in: what is refused, what is said, what is counted, and that nobody comes in without an entry."""

from collections.abc import Iterator

import pytest

from app.api.client.errors import OfficeFaultError, SignInAnswerError
from app.backoffice import sign_in as office_sign_in
from app.backoffice.front_door import FrontDoor
from app.backoffice.office import FRONT_DOOR_FILE, BackOffice, OpenOffice
from app.backoffice.openings import put_in_order
from app.domain.errors import VerificationError, WorkstationError
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.office.door import derive, entries, nothing_can_be_written, opened, request_of, rows_of
from tests.office.made import SEAT, STEP_MS, MadeOffice, made_office

NOT_RIGHT = "Account, password or code is not right."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", grant=False)
        yield office


@pytest.fixture(autouse=True)
def nobody_waits(office: MadeOffice) -> Iterator[None]:
    """Each test leaves accounts without failed tries and wrong codes, and an open office."""
    yield
    office.clock.pass_s(25 * 3600)
    for account in ("ratna", "hendra"):
        office.command(account).end()


def refused(office: MadeOffice, account: str = "ratna", password: str = "", code: str = "") -> SignInRefusedError:
    code = code or (office.code(account) if account in office.people else "123456")
    password = password or (office.people[account].password if account in office.people else "kopi pagi di Braga")
    with pytest.raises(SignInRefusedError) as refusal:
        office.sign_in().sign_in_for_command(account, password, code)
    return refusal.value


def on_disk(office: MadeOffice, account: str) -> int:
    """Failed tries as another process would read them."""
    door = FrontDoor(office.places.home / FRONT_DOOR_FILE, office.store.seat_half()).door(account)
    return door.failed_count if door else 0


# what is said


@pytest.mark.asvs("V6.3.8")
def test_that_account_password_and_code_are_refused_in_one_sentence(office: MadeOffice) -> None:
    refusals = [
        refused(office, "nobody"),
        refused(office, password="kopi pagi di Bandung"),
        refused(office, code="000000"),
        refused(office, code="é０００００"),
    ]
    assert {(r.why, r.message) for r in refusals} == {(SignInRefusal.WRONG, NOT_RIGHT)}


def test_that_the_tries_left_are_told(office: MadeOffice) -> None:
    assert [refused(office, code="000000").tries_left for _ in range(4)] == [4, 3, 2, 1]


def test_that_a_used_code_is_told_to_somebody_with_the_right_password(office: MadeOffice) -> None:
    code = office.code("ratna")
    person = office.people["ratna"]
    office.sign_in().sign_in_for_command("ratna", person.password, code).end()
    used = refused(office, code=code)
    assert used.why is SignInRefusal.USED_CODE
    assert 1 <= used.wait_s <= 60
    assert "used already" in used.message


def test_that_a_used_code_is_not_told_to_somebody_with_a_wrong_password(office: MadeOffice) -> None:
    code = office.code("ratna")
    office.sign_in().sign_in_for_command("ratna", office.people["ratna"].password, code).end()
    assert refused(office, password="kopi pagi di Bandung", code=code).why is SignInRefusal.WRONG


def test_that_a_clock_that_is_off_is_told_with_the_minutes(office: MadeOffice) -> None:
    step = office.clock.now_ms() // STEP_MS + 20
    early = office.people["ratna"].authenticator.code_of(step)
    off = refused(office, code=early)
    assert (off.why, off.minutes_off) == (SignInRefusal.CLOCK_OFF, 10)
    assert "10 min off" in off.message
    assert refused(office, password="kopi pagi di Bandung", code=early).why is SignInRefusal.WRONG


def test_that_a_told_code_does_not_work_when_its_time_has_come_and_nothing_more_is_told_till_then(
    office: MadeOffice,
) -> None:
    authenticator = office.people["ratna"].authenticator
    told = office.clock.now_ms() // STEP_MS + 20
    assert refused(office, code=authenticator.code_of(told)).why is SignInRefusal.CLOCK_OFF
    for passed in (0, 8, 8):
        office.clock.pass_s(passed * STEP_MS / 1000)
        other = office.clock.now_ms() // STEP_MS + 30
        assert refused(office, code=authenticator.code_of(other)).why is SignInRefusal.WRONG
    office.clock.ahead_ms += told * STEP_MS - office.clock.now_ms()
    office.back_office.front_door.forgive("ratna")  # five tries are free; this is about the code
    assert refused(office, code=authenticator.code_of(told)).why is SignInRefusal.USED_CODE
    last = entries(office, "sign_in")[-1]
    assert (last.outcome, last.reason, last.actor) == ("failed", "used_code", "ratna")


def test_that_a_told_code_is_no_step_up_either(office: MadeOffice) -> None:
    authenticator = office.people["ratna"].authenticator
    told = office.clock.now_ms() // STEP_MS + 8
    assert refused(office, code=authenticator.code_of(told)).why is SignInRefusal.CLOCK_OFF
    session = office.command("ratna")
    office.clock.ahead_ms += told * STEP_MS - office.clock.now_ms()
    with pytest.raises(SignInAnswerError) as used:
        session._identity.client.step_up(authenticator.code_of(told))
    assert used.value.code == "used_code"
    session._identity.client.step_up(authenticator.code_of(told + 1))
    authenticator.last_step = told + 1
    session.end()


def test_that_the_account_is_taken_in_any_case(office: MadeOffice) -> None:
    office.sign_in().sign_in_for_command(" Ratna ", office.people["ratna"].password, office.code("ratna")).end()


def test_that_an_office_unknown_here_gets_no_password(office: MadeOffice) -> None:
    known = dict(office.lasting_shelf.entries)
    for name in [n for n in known if n.startswith("witness")]:
        office.lasting_shelf.delete(name)
    before = len(entries(office))
    try:
        assert refused(office).why is SignInRefusal.UNKNOWN_OFFICE
        assert len(entries(office)) == before
        assert on_disk(office, "ratna") == 0
    finally:
        office.lasting_shelf.entries.update(known)


# what is counted


def test_that_the_sixth_try_waits_even_with_everything_right(office: MadeOffice) -> None:
    for _ in range(5):
        refused(office, code="000000")
    waits = refused(office)
    assert waits.why is SignInRefusal.THROTTLED
    assert 0 < waits.wait_s <= 60
    office.clock.pass_s(61)
    office.command("ratna").end()
    assert on_disk(office, "ratna") == 0


def test_that_a_waiting_try_is_not_counted_and_judged(office: MadeOffice) -> None:
    for _ in range(5):
        refused(office, code="000000")
    logged = len(entries(office, "sign_in"))
    for _ in range(3):
        refused(office, code="000000")
    assert on_disk(office, "ratna") == 5
    assert len(entries(office, "sign_in")) == logged


def test_that_a_stranger_waits_like_anybody(office: MadeOffice) -> None:
    tries = [refused(office, "nobody.else") for _ in range(6)]
    assert [r.tries_left for r in tries] == [4, 3, 2, 1, 0, 0]
    assert tries[-1].why is SignInRefusal.THROTTLED


def test_that_a_try_is_on_disk_when_the_office_dies_before_judging(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object) -> OpenOffice:
        raise RuntimeError("the process ends here: s3cret")

    monkeypatch.setattr(office_sign_in, "_open", die)
    with pytest.raises(OfficeFaultError) as fault:
        office.sign_in().sign_in_for_command("ratna", office.people["ratna"].password, office.code("ratna"))
    assert on_disk(office, "ratna") == 1
    assert "s3cret" not in str(fault.value)
    log = (office.places.home / "office.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "s3cret" not in log


@pytest.mark.asvs("V6.3.5")
def test_that_the_next_sign_in_tells_of_failed_tries(office: MadeOffice) -> None:
    refused(office, code="000000")
    refused(office, password="kopi pagi di Bandung")
    client = office.connect()
    answer = client.sign_in(request_of(office, "ratna", derive(office, client, "ratna"), office.code("ratna")))
    client.close()
    assert len(answer.failed_ms) == 2


# strangers cost the same


def test_that_a_stranger_gets_a_salt_and_the_offices_cost(office: MadeOffice) -> None:
    client = office.connect()
    one, again, other = client.salt("nobody"), client.salt("nobody"), client.salt("nobody2")
    client.close()
    assert one == again
    assert one.salt != other.salt
    profile = office.back_office.front_door.profile
    assert (one.memory_kib, one.passes, one.lanes) == (profile.memory_kib, profile.passes, profile.lanes)


def test_that_a_stranger_and_a_wrong_password_take_the_same_path(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.auth import totp
    from app.crypto import account_keys

    steps: list[str] = []

    def counted(module: object, name: str) -> None:
        real = getattr(module, name)

        def call(*args: object, **rest: object) -> object:
            steps.append(name)
            return real(*args, **rest)

        monkeypatch.setattr(module, name, call)

    counted(account_keys, "unwrap")
    counted(office_sign_in, "count_try")
    counted(office_sign_in, "_remember_failure")
    counted(FrontDoor, "save")
    counted(totp, "judge_code")
    paths = []
    for account in ("nobody.there", "ratna"):
        steps.clear()
        client = office.connect()
        derived = derive(office, client, account, "kopi pagi di Bandung")
        with pytest.raises(SignInAnswerError):
            client.sign_in(request_of(office, account, derived, "123456"))
        client.close()
        paths.append(tuple(steps))
    assert paths[0] == paths[1]
    assert "judge_code" not in paths[0]


# the log


def test_that_failed_tries_are_logged_without_the_names_of_strangers(office: MadeOffice) -> None:
    before = len(entries(office, "sign_in"))
    refused(office, "my.password.typed.here")
    refused(office, password="kopi pagi di Bandung")
    refused(office, code="000000")
    new = entries(office, "sign_in")[before:]
    assert [(e.actor, e.outcome, e.reason) for e in new] == [
        ("", "failed", "wrong"),
        ("ratna", "failed", "wrong"),
        ("ratna", "failed", "wrong_code"),
    ]


def test_that_tries_at_a_shut_office_stand_in_the_log_once_it_opens(office: MadeOffice) -> None:
    office.back_office.shut()
    refused(office, password="kopi pagi di Bandung")
    refused(office, "stranger")
    assert not office.back_office.is_open
    office.command("hendra").end()
    last = [(e.actor, e.outcome) for e in entries(office, "sign_in")][-3:]
    assert last == [("ratna", "failed"), ("", "failed"), ("hendra", "ok")]
    assert office.back_office.front_door.pending == []


def test_that_tries_which_the_log_could_not_take_are_not_forgotten(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.back_office.shut()
    refused(office, password="kopi pagi di Bandung")
    with monkeypatch.context() as patch:
        from app.backoffice.audit_log import AuditLog
        from app.backoffice.database import AuditUnwritableError

        def full(*_args: object, **_rest: object) -> int:
            raise AuditUnwritableError("full", code="audit")

        patch.setattr(AuditLog, "append_at", full)
        with pytest.raises(WorkstationError):
            office.command("hendra")
    refused(office, "stranger")
    office.command("hendra").end()
    assert {e.actor for e in entries(office, "sign_in")[-3:] if e.outcome == "failed"} == {"ratna", ""}


# the disk


def test_that_nobody_is_signed_in_when_the_log_cannot_be_written(office: MadeOffice) -> None:
    client = office.connect()
    derived, code = derive(office, client, "ratna"), office.code("ratna")
    sessions, logged = len(rows_of(office, "sessions")), len(entries(office))
    with nothing_can_be_written(office), pytest.raises(WorkstationError) as full:
        client.sign_in(request_of(office, "ratna", derived, code))
    assert full.value.code == "audit"
    assert "disk" in full.value.message
    assert (len(rows_of(office, "sessions")), len(entries(office))) == (sessions, logged)
    # The code was not used up: the transaction that would have used it did not happen.
    assert client.sign_in(request_of(office, "ratna", derived, code)).token
    client.close()


def test_that_an_office_which_cannot_be_put_in_order_stays_shut(office: MadeOffice) -> None:
    office.back_office.shut()
    real = office.back_office._on_open

    def fail(_office: OpenOffice) -> None:
        raise WorkstationError("no")

    office.back_office._on_open = fail
    try:
        with pytest.raises(WorkstationError):
            office.command("hendra")
        assert not office.back_office.is_open
    finally:
        office.back_office._on_open = real


# another seat half, another plate


def test_that_another_seat_half_is_refused_with_what_to_do(office: MadeOffice) -> None:
    with pytest.raises(VerificationError, match="keyring entry was changed"):
        BackOffice(office.places.home, bytes(32), SEAT, office.policy, office.clock, put_in_order)


def test_that_an_accounts_slot_needs_the_keyrings_half(office: MadeOffice) -> None:
    client = office.connect()
    derived = derive(office, client, "ratna")
    request = request_of(office, "ratna", derived, office.code("ratna"))
    with pytest.raises(SignInAnswerError):
        client.sign_in(request.model_copy(update={"slot_key": bytes(32)}))
    with pytest.raises(SignInAnswerError):
        client.sign_in(request.model_copy(update={"verifier": bytes(32)}))
    client.close()


def test_that_an_open_office_has_its_book_from_the_root(office: MadeOffice) -> None:
    assert opened(office).book.root == office.made.plate.root

"""Workstations that a gateway knows: by a one-time code that counts once, and by the key that they prove."""

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.api.client.client import ApiClient
from app.cli import app
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError
from app.gateway.seat_code import made_by_hand
from app.session.errors import SessionOverError, SignInRefusal, SignInRefusedError
from app.session.lock_place import Place
from app.session.workstations import Workstation, WorkstationListing
from tests.office.coming_back import clients_closed, locked, resumed
from tests.office.door import rows_of
from tests.office.known_seats import (
    DESK,
    at_policy,
    code_for,
    confirm_waiting,
    enrol_at,
    enrol_own,
    only_known,
    propose_only_known,
)
from tests.office.made import SEAT
from tests.office.seats import OTHER_HALF, at_another_seat
from tests.office.team import TeamMade, team_office

pytestmark = pytest.mark.slow
HOUR_S = 3_600


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamMade]:
    with team_office(tmp_path_factory.mktemp("office")) as made, clients_closed(made):
        made.hire("ratna", "Ratna Dewanti")
        yield made


@pytest.fixture
def open_office(office: TeamMade) -> Iterator[TeamMade]:
    """One whose own workstation is known, and whose policy lets everybody in before and after."""
    enrol_own(office)
    yield office
    if office.back_office.opened.policy.only_known_workstations:
        only_known(office, False)


def listing(office: TeamMade) -> WorkstationListing:
    session = office.command("adi")
    try:
        return session.workstations.listing()
    finally:
        session.end()


def named(office: TeamMade, name: str) -> Workstation:
    return next(one for one in listing(office).workstations if one.enrolled_as == name)


def log_of(office: TeamMade, event: str) -> list[tuple[str, str, str]]:
    return [(r.outcome, r.seat, r.reason) for r in rows_of(office, "audit") if r.event == event]


def test_that_a_workstation_becomes_known_by_a_code_and_the_log_says_by_whose(office: TeamMade) -> None:
    code = code_for(office, "desk-40")
    assert [one.name for one in listing(office).waiting] == ["desk-40"]
    assert enrol_at(office, b"the half of desk forty.........4", code) == "desk-40"
    shown, now = named(office, "desk-40"), office.clock.now_ms() / 1000
    assert (shown.invited_by, shown.name) == ("adi", "desk-7")
    assert shown.enrolled_at is not None
    assert shown.proved_at is not None
    assert 0 <= now - shown.enrolled_at < 600
    assert listing(office).waiting == ()
    assert ("ok", SEAT, "") in log_of(office, "seat.enrol")
    assert code not in "".join(str(row) for row in rows_of(office, "seat_codes"))


def test_that_a_code_counts_once_and_is_told_from_one_that_is_over_or_wrong(office: TeamMade) -> None:
    code = code_for(office, "desk-41")
    enrol_at(office, DESK, code)
    with pytest.raises(NotAllowedError) as used:
        enrol_at(office, OTHER_HALF, code)
    assert used.value.code == "seat_code_used"
    late = code_for(office, "desk-42", 1)
    office.clock.pass_s(HOUR_S + 1)
    with pytest.raises(NotAllowedError) as over:
        enrol_at(office, OTHER_HALF, late)
    assert over.value.code == "seat_code_over"
    assert [one.name for one in listing(office).waiting if not one.is_over] == []
    wrong = f"{late[:3]}{'A' if late[3] != 'A' else 'E'}{late[4:]}"
    with pytest.raises(NotAllowedError) as unknown:
        enrol_at(office, OTHER_HALF, wrong)
    assert unknown.value.code == "seat_code_wrong"
    refused = [reason for outcome, _seat, reason in log_of(office, "seat.enrol") if outcome == "refused"]
    assert refused == ["seat_code_used", "seat_code_over", "seat_code_wrong"]


def test_that_a_code_that_was_taken_back_makes_nobody_known_and_one_that_is_over_is_listed_as_that(
    office: TeamMade,
) -> None:
    kept, gone = code_for(office, "desk-44"), code_for(office, "desk-45")
    session = office.command("adi")
    waiting = {one.name: one for one in session.workstations.listing().waiting}
    session.workstations.withdraw(waiting["desk-45"].id)
    with pytest.raises(InputRefusedError) as twice:
        session.workstations.withdraw(waiting["desk-45"].id)
    session.end()
    assert twice.value.code == "no_invitation"
    with pytest.raises(NotAllowedError) as no:
        enrol_at(office, OTHER_HALF, gone)
    assert no.value.code == "seat_code_wrong"
    assert ("ok", SEAT, "") in log_of(office, "seat.withdraw")
    enrol_at(office, b"the half of desk forty-four.....", kept)
    session = office.command("adi")
    with pytest.raises(InputRefusedError):
        session.workstations.withdraw(waiting["desk-44"].id)
    session.end()
    code_for(office, "desk-46", 1)
    office.clock.pass_s(HOUR_S + 1)
    (over,) = [one for one in listing(office).waiting if one.name == "desk-46"]
    assert over.is_over
    office.clock.pass_s(31 * 24 * HOUR_S)
    assert "desk-46" not in [one.name for one in listing(office).waiting]


def test_that_a_code_of_another_office_goes_to_nobody(office: TeamMade) -> None:
    code = code_for(office)
    with pytest.raises(VerificationError) as other:
        enrol_at(office, DESK, f"{code[:-2]}{'A' if code[-2] != 'A' else 'E'}{code[-1]}")
    assert other.value.code == "other_office"
    with pytest.raises(InputRefusedError) as none:
        enrol_at(office, DESK, code.removeprefix("WS-"))
    assert none.value.code == "seat_code_form"


def test_that_of_two_workstations_with_one_code_at_one_instant_one_becomes_known(office: TeamMade) -> None:
    code, together = code_for(office, "desk-43"), threading.Barrier(8)
    answers: list[str] = []

    def show(number: int) -> None:
        half = f"half number {number} of a crowd".encode().ljust(32, b".")
        together.wait()
        try:
            answers.append(enrol_at(office, half, code))
        except NotAllowedError as e:
            answers.append(e.code)

    crowd = [threading.Thread(target=show, args=(n,)) for n in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sorted(answers) == ["desk-43", *["seat_code_used"] * 7]
    assert len([row for row in rows_of(office, "seats") if row.enrolled_as == "desk-43"]) == 1


def test_that_while_policy_lets_everybody_in_nothing_changes(office: TeamMade) -> None:
    with at_another_seat(office):
        office.command("ratna").end()
    assert not office.back_office.opened.policy.only_known_workstations


def test_that_nobody_shuts_others_out_from_a_workstation_that_is_not_known(office: TeamMade) -> None:
    with at_another_seat(office, b"a half that no administrator saw"), pytest.raises(NotAllowedError) as first:
        propose_only_known(office)
    assert first.value.code == "own_seat_unknown"
    enrol_own(office)
    propose_only_known(office)
    with at_another_seat(office, b"a half that no administrator saw"), pytest.raises(NotAllowedError) as second:
        confirm_waiting(office)
    assert second.value.code == "own_seat_unknown"
    with at_policy(office, "adi") as policies:
        waiting = policies.shown().waiting
        assert waiting is not None
        policies.drop(waiting.id)
    assert not office.back_office.opened.policy.only_known_workstations


def test_that_under_the_policy_an_unknown_workstation_is_refused_with_one_sentence(open_office: TeamMade) -> None:
    only_known(open_office)
    for kind in ("console", "approval", "command"):
        with at_another_seat(open_office, b"a half that no administrator saw"), pytest.raises(SignInRefusedError) as no:
            open_office.bare("hendra", kind)
        assert no.value.why is SignInRefusal.SEAT_UNKNOWN
        assert no.value.message == "This workstation is not known to the office. Ask IT."
    assert log_of(open_office, "sign_in")[-1][::2] == ("failed", "seat_unknown")
    open_office.command("ratna").end()


def test_that_an_activation_code_is_not_shown_from_an_unknown_workstation_and_stays_good(open_office: TeamMade) -> None:
    only_known(open_office)
    code = open_office.invite("yoga", "Yoga Pratama")
    own = open_office.lasting_shelf.entries["seat"]
    open_office.lasting_shelf.entries["seat"] = b"a half that no administrator saw".hex()
    try:
        with pytest.raises(NotAllowedError) as no:
            open_office.enrol("yoga", code)
    finally:
        open_office.lasting_shelf.entries["seat"] = own
    assert no.value.code == "seat_unknown"
    open_office.enrol("yoga", code)


def test_that_a_session_at_an_unknown_workstation_ends_as_the_policy_begins(open_office: TeamMade) -> None:
    with at_another_seat(open_office, b"a half that no administrator saw"):
        ratna = open_office.bare("ratna", "command")
    only_known(open_office)
    with pytest.raises(SessionOverError):
        ratna.client.own_requests()
    ratna.end()


def test_that_a_console_that_cannot_prove_is_refused_under_the_policy_alone(
    open_office: TeamMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = ApiClient.sign_in
    monkeypatch.setattr(ApiClient, "sign_in", lambda c, r: send(c, r.model_copy(update={"proof": None})))
    open_office.command("ratna").end()
    monkeypatch.setattr(ApiClient, "sign_in", send)
    only_known(open_office)
    monkeypatch.setattr(ApiClient, "sign_in", lambda c, r: send(c, r.model_copy(update={"proof": None})))
    with pytest.raises(SignInRefusedError) as no:
        open_office.command("ratna")
    monkeypatch.setattr(ApiClient, "sign_in", send)
    assert no.value.why is SignInRefusal.SEAT_UNKNOWN
    assert log_of(open_office, "sign_in")[-1][::2] == ("failed", "seat_unproved")


def test_that_a_code_made_at_the_server_lets_a_locked_out_office_in_again(open_office: TeamMade) -> None:
    only_known(open_office)
    rescue = b"the half of the one that is left"
    with at_another_seat(open_office, rescue):
        with pytest.raises(SignInRefusedError):
            open_office.command("adi")
        code, _until = made_by_hand(open_office.back_office.opened, "rescue", 1)
        enrol_at(open_office, rescue, code)
        open_office.command("adi").end()
    assert any(row.event == "seat.invite" and row.reason.startswith("by ") for row in rows_of(open_office, "audit"))
    assert named(open_office, "rescue").invited_by.startswith("gateway: ")


def test_that_a_revoked_workstation_shows_no_code_and_is_let_in_by_none(office: TeamMade) -> None:
    enrol_own(office)
    half = b"the half of a desk that was lost"
    enrol_at(office, half, code_for(office, "desk-50"))
    lost = named(office, "desk-50").id
    session = office.command("adi")
    session.workstations.revoke(lost)
    session.end()
    with pytest.raises(NotAllowedError) as no:
        enrol_at(office, half, code_for(office, "desk-50"))
    assert no.value.code == "seat_revoked"


def test_that_a_known_workstation_that_calls_itself_otherwise_stands_in_the_log(office: TeamMade) -> None:
    half = b"the half of a disk that is twice"
    enrol_at(office, half, code_for(office, "desk-60"), "desk-60")
    with at_another_seat(office, half):
        office.command("ratna").end()
    renamed = [row for row in rows_of(office, "audit") if row.event == "seat.renamed"][-1]
    assert (renamed.actor, renamed.detail) == ("ratna", f"from=desk-60 to={SEAT}")


def test_that_only_an_administrator_makes_codes_and_names_are_judged(office: TeamMade, tmp_path: Path) -> None:
    session = office.command("hendra")
    with pytest.raises(NotAllowedError) as no:
        session.workstations.invite(("desk-1",))
    session.end()
    assert no.value.code == "role"
    session = office.command("adi")
    for names, hours in (((), 24), (("a b",), 24), (("x" * 33,), 24), (("ok",), 0), (("ok",), 721)):
        with pytest.raises(InputRefusedError):
            session.workstations.invite(names, hours)
    made = session.workstations.invite([f"desk-{n}" for n in range(400)], 720)
    session.end()
    assert len({one.code.reveal() for one in made}) == 400


def test_that_a_locked_console_comes_back_at_a_known_workstation_alone(
    open_office: TeamMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_known(open_office)
    back = resumed(open_office, locked(open_office, open_office.desk("ratna").lock("by_hand", Place())))
    waiting = locked(open_office, back.desk.lock("by_hand", Place()))
    send = ApiClient.resume
    monkeypatch.setattr(ApiClient, "resume", lambda c, r: send(c, r.model_copy(update={"proof": None})))
    with pytest.raises(SignInRefusedError) as no:
        resumed(open_office, waiting)
    monkeypatch.setattr(ApiClient, "resume", send)
    assert no.value.why is SignInRefusal.SEAT_UNKNOWN
    assert log_of(open_office, "session.resume")[-1][::2] == ("failed", "seat_unproved")
    resumed(open_office, waiting).desk.end("signed_out")


def test_that_the_command_at_the_server_says_the_code_and_refuses_what_is_no_name(
    office: TeamMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.gateway.config.load_config", lambda _file: None)
    monkeypatch.setattr("app.gateway.opening.opened_office", lambda _config: nullcontext(office.back_office.opened))
    done = CliRunner().invoke(app, ["gateway", "seat-code", "desk-70", "--valid", "2h"])
    assert done.exit_code == 0, done.exception
    name, code = done.stdout.split()[:2]
    assert name == "desk-70"
    assert enrol_at(office, b"the half of a desk by the server", code) == "desk-70"
    refused = CliRunner().invoke(app, ["gateway", "seat-code", "a desk"])
    assert isinstance(refused.exception, InputRefusedError)


def test_that_two_computers_with_one_key_show_themselves_by_their_boots(
    office: TeamMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One by one: a boot is over for good when its machine starts again, and a copy brings it back."""
    half = b"the half of a disk with a twin.."
    enrol_at(office, half, code_for(office, "desk-61"), "desk-61")
    with at_another_seat(office, half):
        ratna = office.bare("ratna")

    def lease_of(boot: str) -> float | None:
        monkeypatch.setattr("app.session.identity.boot_mark", lambda _office: boot)
        ratna.identity.renew()
        return named(office, "desk-61").twice_at

    def entries() -> int:
        return len([row for row in rows_of(office, "audit") if row.event == "seat.twice"])

    first, second, twin = "01" * 8, "02" * 8, "0a" * 8
    before = entries()
    assert [lease_of(boot) for boot in (first, first, "", second, second)] == [None] * 5, "a machine that starts again"
    assert lease_of(twin) is None, "as far as anybody can tell, again"
    assert lease_of(second) is not None
    assert lease_of(twin) is not None
    assert entries() == before + 1, "not an entry for each lease of an hour"
    seat = named(office, "desk-61").id
    ratna.end()
    session = office.command("adi")
    session.workstations.revoke(seat)
    session.workstations.allow(seat)
    session.end()
    assert named(office, "desk-61").twice_at is None
    monkeypatch.undo()

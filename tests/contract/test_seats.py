"""Workstations: what a console tells of its own, who may see and change them, and what a revocation takes away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __version__
from app.api.client.errors import UpdateNeededError
from app.crypto import signing
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.self_check import CheckedPart, CheckState
from app.domain.unusual_sign_in import Unusual
from app.session.errors import SessionOverError, SignInRefusal, SignInRefusedError
from app.session.workstations import WipeReason, Workstation, WorkstationState
from app.storage.last_check import keep_last_check
from app.ui.faults import fault_of
from tests.contract.conftest import Home
from tests.office.coming_back import clients_closed
from tests.office.door import rows_of
from tests.office.made import SEAT, MadeOffice
from tests.office.seats import OTHER_HALF, at_another_seat


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as made, clients_closed(made):
        made.hire("ratna", "Ratna Dewanti", grant=False)
        made.hire("yoga", "Yoga Pratama", queues=("delivery",), grant=False)
        yield made


def listing(office: MadeOffice) -> tuple[Workstation, ...]:
    session = office.command("adi")
    try:
        return session.workstations.listing().workstations
    finally:
        session.end()


def only(office: MadeOffice) -> Workstation:
    (one,) = listing(office)
    return one


def log_of(office: MadeOffice, event: str) -> list[tuple[str, str, str]]:
    return [(r.outcome, r.actor, r.reason) for r in rows_of(office, "audit") if r.event == event]


def test_that_a_sign_in_makes_the_workstation_known(office: MadeOffice) -> None:
    here, o = only(office), office.made.plate.office
    assert here.id == seat_id(o, office.store.seat_half()).hex()
    assert (here.name, here.version, here.state) == (SEAT, __version__, WorkstationState.KNOWN)
    assert here.is_here
    (row,) = rows_of(office, "seats")
    assert row.public_key == signing.public_of(seat_sign_seed(o, office.store.seat_half()))


@pytest.mark.one_user
def test_that_an_office_on_the_workstation_itself_knows_it_and_makes_no_codes(office: MadeOffice) -> None:
    here = only(office)
    assert here.enrolled_at is not None
    assert here.proved_at is not None
    assert (here.enrolled_as, here.invited_by) == ("", "")
    session = office.command("adi")
    with pytest.raises(InputRefusedError) as no:
        session.workstations.invite(("desk-1",))
    session.end()
    assert no.value.code == "own_office"


def test_that_a_workstation_is_seen_with_each_lease_and_tells_policy_and_self_check(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    before = only(office)
    assert (before.checked_at, before.policy) == (None, 0)
    stood = (CheckedPart("keyring", CheckState.NOT), CheckedPart("clock", CheckState.UNKNOWN))
    keep_last_check(office.places.home, 1_764_000_000_000, ("keyring", "swap"), stood)
    office.clock.pass_s(60)
    desk.beat()
    now = only(office)
    assert now.last_seen >= before.last_seen + 60
    assert (now.checked_at, now.check_failed) == (1_764_000_000.0, ("keyring", "swap"))
    assert now.check_parts == stood
    assert not now.is_policy_old
    assert [(s.account, s.kind, s.is_locked) for s in now.sessions if s.account == "ratna"] == [
        ("ratna", "console", False)
    ]
    desk.end("signed_out")


@pytest.mark.service_too
def test_that_two_os_users_are_two_workstations(office: MadeOffice) -> None:
    with at_another_seat(office):
        office.command("yoga").end()
    assert len({seat.id for seat in listing(office)}) == 2


def test_that_a_sign_in_from_a_new_workstation_is_told_to_the_person_and_to_administrators(office: MadeOffice) -> None:
    office.command("adi").end()
    office.command("yoga").end()
    with at_another_seat(office):
        office.command("yoga").end()
    (flag,) = [r for r in rows_of(office, "audit") if r.event == "sign_in.unusual"]
    assert (flag.actor, flag.outcome) == ("yoga", "ok")
    assert "why=new_workstation" in flag.detail
    told = {}
    for account in ("yoga", "adi", "hendra"):
        session = office.command(account)
        told[account] = [(one.account, one.why) for one in session.person.unusual]
        session.end()
    once = [("yoga", (Unusual.NEW_WORKSTATION,))]
    assert told == {"yoga": once, "adi": once, "hendra": []}
    again = office.command("yoga")
    assert again.person.unusual == ()
    again.end()


@pytest.mark.parametrize("account", ["ratna", "hendra"])
def test_that_only_an_administrator_sees_or_changes_workstations(office: MadeOffice, account: str) -> None:
    seat = only(office).id
    session = office.command(account)
    for ask in (
        session.workstations.listing,
        lambda: session.workstations.wipe(seat, WipeReason.DRILL),
        lambda: session.workstations.wipe_queue("billing", WipeReason.DRILL),
        lambda: session.workstations.wipe_all(WipeReason.DRILL),
        lambda: session.workstations.revoke(seat),
        lambda: session.workstations.allow(seat),
    ):
        with pytest.raises(NotAllowedError) as refusal:
            ask()
        assert refusal.value.code == "role"
    assert ("refused", account, "role") in log_of(office, "wipe.order")
    assert ("refused", account, "role") in log_of(office, "seat.revoke")
    session.end()


def test_that_changes_need_a_fresh_code(office: MadeOffice) -> None:
    with at_another_seat(office):
        office.command("yoga").end()
    there = next(seat.id for seat in listing(office) if not seat.is_here)
    session = office.command("adi")
    office.clock.pass_s(office.policy.step_up_s + 1)
    for ask in (
        lambda: session.workstations.wipe_all(WipeReason.DRILL),
        lambda: session.workstations.revoke(there),
        lambda: session.workstations.allow(there),
    ):
        with pytest.raises(NotAllowedError) as refusal:
            ask()
        assert refusal.value.code == "step_up"
    session.workstations.step_up(office.code("adi"))
    session.workstations.revoke(there)
    session.end()


def test_that_nobody_signs_in_from_a_revoked_workstation_until_it_is_allowed_again(office: MadeOffice) -> None:
    with at_another_seat(office):
        desk = office.desk("yoga")
    session = office.command("adi")
    there = next(seat for seat in session.workstations.listing().workstations if not seat.is_here)
    session.workstations.revoke(there.id)
    with pytest.raises(SessionOverError) as over:
        desk.beat()
    assert over.value.code == "wipe_now"
    with at_another_seat(office), pytest.raises(SignInRefusedError) as refused:
        office.command("yoga")
    assert refused.value.why is SignInRefusal.SEAT_REVOKED
    office.command("yoga").end()  # from elsewhere the account is as good as before
    seen = next(seat for seat in session.workstations.listing().workstations if seat.id == there.id)
    assert (seen.state, seen.changed_by) == (WorkstationState.REVOKED, "adi")
    assert seen.orders[0].reason == WipeReason.REVOKED
    with pytest.raises(InputRefusedError) as again:
        session.workstations.revoke(there.id)
    assert again.value.code == "is_revoked"
    session.workstations.allow(there.id)
    with at_another_seat(office):
        office.command("yoga").end()
    assert [e[0] for e in log_of(office, "seat.revoke")] == ["ok", "refused"]
    assert log_of(office, "seat.allow") == [("ok", "adi", "")]
    session.end()
    desk.end("wipe_now")


def test_that_a_revoked_workstation_learns_it_only_after_password_and_code(office: MadeOffice) -> None:
    with at_another_seat(office):
        office.command("yoga").end()
    there = seat_id(office.made.plate.office, OTHER_HALF).hex()
    session = office.command("adi")
    session.workstations.revoke(there)
    session.end()
    with at_another_seat(office), pytest.raises(SignInRefusedError) as refused:
        office.sign_in().sign_in_for_command("yoga", "not the password at all", "000000")
    assert refused.value.why is SignInRefusal.WRONG


def test_that_nobody_revokes_the_workstation_that_they_sit_at(office: MadeOffice) -> None:
    here = only(office).id
    session = office.command("adi")
    with pytest.raises(InputRefusedError) as refusal:
        session.workstations.revoke(here)
    assert refusal.value.code == "own_seat"


def test_that_a_workstation_never_changes_its_key(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another key under a known id: refused, written down, and the first key stays."""
    (before,) = rows_of(office, "seats")
    with monkeypatch.context() as patch:
        patch.setattr("app.session.sign_in.seat_sign_seed", lambda _office, _half: b"another seed".ljust(32))
        with pytest.raises(SignInRefusedError) as refused:
            office.command("ratna")
    assert refused.value.why is SignInRefusal.SEAT_KEY
    assert ("failed", "ratna", "seat_key") in log_of(office, "sign_in")
    (now,) = rows_of(office, "seats")
    assert now.public_key == before.public_key
    office.command("ratna").end()


def test_that_what_is_not_there_is_refused(office: MadeOffice) -> None:
    here, nowhere = only(office).id, "00" * 16
    session = office.command("adi")
    for ask, code in (
        (lambda: session.workstations.revoke(nowhere), "no_seat"),
        (lambda: session.workstations.allow(nowhere), "no_seat"),
        (lambda: session.workstations.wipe(nowhere, WipeReason.LOST), "no_seat"),
        (lambda: session.workstations.wipe_all(WipeReason.LOST), "nothing_there"),
        (lambda: session.workstations.wipe_queue("billing", WipeReason.LOST), "nothing_there"),
        (lambda: session.workstations.allow(here), "not_revoked"),
    ):
        with pytest.raises(InputRefusedError) as refusal:
            ask()
        assert refusal.value.code == code


def test_that_an_office_that_needs_a_newer_version_says_so_and_lets_nobody_in(office: MadeOffice) -> None:
    office.service.minimum_version = "99.0"
    with pytest.raises(UpdateNeededError, match=r"99\.0") as refused:
        office.command("adi")
    assert "needs a newer Tirai" in fault_of(refused.value).sentence
    with pytest.raises(UpdateNeededError):
        office.desk("ratna")
    office.service.minimum_version = __version__
    office.command("adi").end()

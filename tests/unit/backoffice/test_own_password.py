"""A change of password: whatever stops it, the old one or the new one works, never neither, never both."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.backoffice import own_password
from app.backoffice.front_door import FrontDoor
from app.backoffice.office import FRONT_DOOR_FILE
from app.crypto.derive import PASSWORD_FLOOR, PasswordCost
from app.domain.errors import NotAllowedError, WorkstationError
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.office.door import entries, nothing_can_be_written, rows_of
from tests.office.made import MadeOffice, made_office

STRONGER = PasswordCost(PASSWORD_FLOOR.memory_kib, PASSWORD_FLOOR.passes + 1, PASSWORD_FLOOR.lanes)


class KilledError(BaseException):
    """The process ends here: no handler of the program runs."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        for name in ("ratna", "yoga", "sinta"):
            office.hire(name, name.title(), grant=False)
        yield office


def signs_in(office: MadeOffice, account: str, password: str) -> bool:
    try:
        office.sign_in().sign_in_for_command(account, password, office.code(account)).end()
    except SignInRefusedError as refusal:
        return refusal.why is not SignInRefusal.WRONG
    return True


def restart(office: MadeOffice) -> None:
    """The office's process ends and another one reads what lies on the disk."""
    office.stop()
    office.serve()


def killed_at(monkeypatch: pytest.MonkeyPatch, place: object, name: str, *, before: bool) -> None:
    real: Callable[..., object] = getattr(place, name)

    def killed(*args: object, **rest: object) -> object:
        if not before:
            real(*args, **rest)
        raise KilledError

    monkeypatch.setattr(place, name, killed)


KILLS: dict[str, tuple[object, str, bool, bool]] = {
    # where; what; before it (else after); whether the new password works then
    "before the database knows": (own_password, "_put_beside", True, False),
    "with the database's transaction open": (own_password, "_put_beside", False, False),
    "before the front door": (own_password, "_take_over", True, False),
    "before the rename": (FrontDoor, "save", True, False),
    "after the rename": (FrontDoor, "save", False, True),
    "after the front door": (FrontDoor, "switch_password", False, True),
    "before the database drops the old one": (own_password, "right_password", True, True),
    "after the database dropped the old one": (own_password, "right_password", False, True),
    "after all": (own_password, "_take_over", False, True),
}


@pytest.mark.slow
@pytest.mark.parametrize("where", KILLS)
def test_that_a_kill_leaves_the_old_or_the_new_password_working(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The kill is a BaseException in the office's thread, and then the process's memory is thrown away."""
    place, name, before, new_works = KILLS[where]
    person, session = office.people["ratna"], office.command("ratna")
    old, new = person.password, f"perahu kertas {where} lagi"
    with monkeypatch.context() as patch:
        # `changing` would put the door back as a living process does; a dead one cannot.
        patch.setattr(FrontDoor, "changing", _no_way_back)
        killed_at(patch, place, name, before=before)
        with pytest.raises(Exception):  # noqa: B017, PT011  (the line breaks, or the office reports a fault)
            session.my_account.change_password(old, new)
    restart(office)
    session._identity.client.close()
    works = {"old": signs_in(office, "ratna", old), "new": signs_in(office, "ratna", new)}
    assert works == {"old": not new_works, "new": new_works}
    person.password = new if new_works else old
    row = next(r for r in rows_of(office, "accounts") if r.name == "ratna")
    assert (row.next_verifier, row.next_keys) == (None, None)
    office.command("ratna").end()


@contextmanager
def _no_way_back(_door: FrontDoor, _account: str) -> Iterator[None]:
    yield


def test_that_a_change_which_a_full_disk_stopped_at_the_door_leaves_the_old_password_and_says_so(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.backoffice.database import FULL_DISK_HINT, AuditUnwritableError

    session, old = office.command("yoga"), office.people["yoga"].password

    def full(*_args: object) -> None:
        raise AuditUnwritableError(FULL_DISK_HINT, code="audit")

    with monkeypatch.context() as patch:
        patch.setattr(FrontDoor, "save", full)
        with pytest.raises(Exception, match="Free disk space"):
            session.my_account.change_password(old, "perahu kertas penuh lagi")
    session.my_account.factors()  # the session goes on
    session.end()
    assert signs_in(office, "yoga", old)
    assert not signs_in(office, "yoga", "perahu kertas penuh lagi")
    assert [(e.outcome, e.reason) for e in entries(office, "password.change")][-1] == ("failed", "disk")


def test_that_a_disk_which_is_full_after_the_door_has_decided_is_told_with_the_password_that_counts(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, old, new = office.command("sinta"), office.people["sinta"].password, "perahu kertas telat lagi"
    switch = FrontDoor.switch_password

    with contextlib.ExitStack() as full, monkeypatch.context() as patch:

        def and_full(*args: Any) -> None:
            switch(*args)
            full.enter_context(nothing_can_be_written(office))

        patch.setattr(FrontDoor, "switch_password", and_full)
        with pytest.raises(WorkstationError, match="new password counts") as told:
            session.my_account.change_password(old, new)
    assert told.value.code == "changed_late"
    session.my_account.factors()  # the session goes on
    session.end()
    assert not signs_in(office, "sinta", old)
    assert signs_in(office, "sinta", new)
    office.people["sinta"].password = new
    row = next(r for r in rows_of(office, "accounts") if r.name == "sinta")
    assert (row.next_verifier, row.next_keys) == (None, None)


def test_that_a_change_whose_entry_cannot_be_written_does_not_happen(office: MadeOffice) -> None:
    session, old = office.command("yoga"), office.people["yoga"].password
    with nothing_can_be_written(office), pytest.raises(Exception, match="cannot write its log"):
        session.my_account.change_password(old, "perahu kertas penuh lagi")
    session.end()
    assert signs_in(office, "yoga", old)


def test_that_the_old_slot_opens_nothing_after_a_change(office: MadeOffice) -> None:
    door = office.back_office.front_door.door("yoga")
    assert door is not None
    before = (door.salt, tuple(door.slots))
    session, old = office.command("yoga"), office.people["yoga"].password
    session.my_account.change_password(old, "perahu kertas baru lagi")
    session.end()
    office.people["yoga"].password = "perahu kertas baru lagi"
    on_disk = FrontDoor(office.places.home / FRONT_DOOR_FILE, office.store.seat_half()).door("yoga")
    assert on_disk is not None
    assert len(on_disk.slots) == 1
    assert (on_disk.salt, tuple(on_disk.slots)) != before
    assert not set(on_disk.slots) & set(before[1])


# parameters


def test_that_weaker_parameters_are_raised_at_the_next_sign_in(
    office: MadeOffice,
) -> None:
    front, before = office.back_office.front_door, rows_of(office, "accounts")
    old = next(r for r in before if r.name == "sinta")
    front.set_profile(STRONGER)
    salt = front.salt_and_cost("sinta")
    office.command("sinta").end()
    assert front.salt_and_cost("sinta")[1] == STRONGER
    assert front.salt_and_cost("sinta")[0] != salt[0]
    now = next(r for r in rows_of(office, "accounts") if r.name == "sinta")
    assert now.verifier != old.verifier
    assert now.wrapped_keys != old.wrapped_keys
    assert (now.password_ms, now.totp) == (old.password_ms, old.totp)
    assert entries(office, "password.parameters")[-1].detail == "memory_kib=19456 passes=3 lanes=1"
    desk = office.desk("sinta")  # the cache's key comes from the password as it is derived now
    desk.end("signed_out")
    assert len([e for e in entries(office, "password.parameters") if e.actor == "sinta"]) == 1


def test_that_a_sign_in_goes_on_if_its_parameters_cannot_be_raised(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.api.client import own_account as calls

    office.back_office.front_door.set_profile(STRONGER)
    _salt, cost = office.back_office.front_door.salt_and_cost("yoga")
    assert cost == PASSWORD_FLOOR

    def broken(*_args: object) -> None:
        raise NotAllowedError("no", code="parameters")

    with monkeypatch.context() as patch:
        patch.setattr(calls, "strengthen_password", broken)
        office.command("yoga").end()
    assert office.back_office.front_door.salt_and_cost("yoga")[1] == PASSWORD_FLOOR
    office.command("yoga").end()
    assert office.back_office.front_door.salt_and_cost("yoga")[1] == STRONGER


def test_that_nothing_but_a_raise_is_taken_and_only_after_a_sign_in(office: MadeOffice) -> None:
    from app.api.client import own_account as calls
    from app.session.own_password import derive, new_password

    session = office.command("sinta")
    identity, password = session._identity, office.people["sinta"].password
    derived, cost = derive(identity.client, "sinta", password)
    for other in (PASSWORD_FLOOR, cost):
        request, _ = new_password(identity, derived.verifier, "", password, other)
        with pytest.raises(NotAllowedError) as refusal:
            calls.strengthen_password(identity.client, request)
        assert refusal.value.code == "parameters"
    office.clock.pass_s(301)
    stronger = PasswordCost(cost.memory_kib, cost.passes + 1, cost.lanes)
    request, _ = new_password(identity, derived.verifier, "", password, stronger)
    with pytest.raises(NotAllowedError) as refusal:
        calls.strengthen_password(identity.client, request)
    assert refusal.value.code == "step_up"
    session.end()


def test_that_a_console_believes_no_office_that_asks_for_too_little_or_far_too_much(
    office: MadeOffice,
) -> None:
    from app.domain.errors import VerificationError

    door = office.back_office.front_door.door("yoga")
    assert door is not None
    real = door.cost
    for cost in (PasswordCost(8 * 1024, 1, 1), PasswordCost(64 * 1024 * 1024, 3, 4), PasswordCost(64 * 1024, 5000, 4)):
        door.cost = cost
        with pytest.raises(VerificationError):
            office.command("yoga")
    door.cost = real

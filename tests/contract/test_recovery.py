"""The recovery of an office, from the kit in the safe to work as before, through real parts."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.auth.book import ROOT
from app.backoffice.recovery import Wanted, accept_by_kit, grant_by_kit, marks_of
from app.backoffice.recovery_drill import drill
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError
from app.domain.role import Role
from app.session.errors import SignInRefusedError
from app.session.witness import Remembered, accept
from app.storage.keyring_store import KeyringRefusedError
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.kit import BOTH, a_wrong_one, by_kit, kit_of, recover, standing, two_codes
from tests.office.made import SEAT, MadeOffice, made_office

pytestmark = pytest.mark.slow  # whole offices again and again: in `make test-all`


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as made:
        made.bring_in(demo_customers(20, 7))
        made.stop()
        yield made


def hashes(home: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(home.rglob("*")) if p.is_file()}


def drilled(office: MadeOffice, *codes: str, pinned: bool | None = True) -> dict[str, bool]:
    kit, codes = kit_of(office), codes or office.made.kit_codes[:2]
    checks = drill(office.places.home, kit, (codes[0], codes[1]), office.policy, office.clock, pinned)
    return {c.name: c.ok for c in checks}


# the drill


def test_that_a_drill_proves_everything_and_changes_nothing(office: MadeOffice) -> None:
    before = hashes(office.places.home)
    found = drilled(office)
    assert all(found.values())
    assert {"kit", "root", "pinned_root", "file", "recovery_account"} <= set(found)
    assert {f"class {c.value} v1" for c in SEALED_CLASSES} <= set(found)
    assert hashes(office.places.home) == before


def test_that_a_drill_reads_what_an_office_that_was_killed_left_beside_its_file(office: MadeOffice) -> None:
    """The child ends in the midst of its work, so that the newest pages lie in the `-wal`."""
    pid = os.fork()
    if pid == 0:
        by_hand = by_kit(office)
        with by_hand.__enter__().office.writing() as db:
            db.exec_driver_sql("UPDATE class_grants SET sealed = x'01' WHERE account = 'recovery'")
        os._exit(0)
    os.waitpid(pid, 0)
    assert (office.places.home / "office.db-wal").stat().st_size
    before = hashes(office.places.home)
    found = drilled(office)
    assert found["file"]
    assert not found["class contact v1"]
    assert hashes(office.places.home) == before


def test_that_a_drill_opens_a_value_of_each_class_that_has_one(office: MadeOffice) -> None:
    _, second, third = office.made.kit_codes
    checks = drill(office.places.home, kit_of(office), (second, third), office.policy, office.clock, None)
    said = {c.name: c.found for c in checks}
    assert all(c.ok for c in checks), said
    for data_class in (DataClass.CONTACT, DataClass.IDENTITY, DataClass.FINANCIAL):
        assert said[f"class {data_class.value} v1"].endswith("and so does a value")
    assert "no value to try" in said["class note v1"]


def test_that_a_drill_with_wrong_codes_or_one_says_so(office: MadeOffice) -> None:
    first, second, _ = office.made.kit_codes
    with pytest.raises(InputRefusedError):
        drilled(office, first, first)
    with pytest.raises(NotAllowedError):
        drilled(office, first, a_wrong_one(second))


def test_that_a_drill_names_what_would_fail(office: MadeOffice) -> None:
    with by_kit(office) as opened, opened.office.writing() as db:
        db.exec_driver_sql(
            "UPDATE class_grants SET sealed = x'01' WHERE account = 'recovery' AND data_class = 'contact'"
        )
        db.exec_driver_sql("UPDATE data_keys SET box = x'01' WHERE data_class = 'financial'")
    found = drilled(office)
    assert [name for name, ok in found.items() if not ok] == ["class contact v1", "class financial v1"]
    (office.places.home / "recovery-slot").write_bytes(b"gone")
    assert not drilled(office)["file"]
    assert not drilled(office, pinned=False)["pinned_root"]


# open and grant


def test_that_a_lost_keyring_is_recovered_from(office: MadeOffice) -> None:
    office.lasting_shelf.entries.clear()
    codes = recover(office)
    office.serve()
    for account in ("adi", "hendra"):
        office.enrol(account, codes[account])
    office.stop()
    with by_kit(office) as opened:
        assert set(grant_by_kit(opened, "hendra", SEAT)) == set(SEALED_CLASSES)
        accept(office.store, opened.office.id, Remembered(*marks_of(opened.office)))
    office.serve()
    office.hire("ratna", "Ratna Dewanti", queues=("*",))
    desk = office.desk("ratna")
    customer = desk.customer(desk.search("", None).ids[0])
    assert desk.reveal(customer.record, "mobile_phone", "call_back").value.reveal().startswith("+62")
    desk.end("signed_out")
    session = office.command("adi")
    assert session.verify_audit().ok
    session.end()


def test_that_a_seat_half_that_was_changed_is_made_anew(office: MadeOffice) -> None:
    from app.terminal.recovery_steps import seat_half

    before = office.store.seat_half()
    office.lasting_shelf.entries["seat"] = "something else"
    with pytest.raises(KeyringRefusedError):
        office.store.seat_half()
    assert seat_half(office.store) == office.store.seat_half() != before
    codes = recover(office)
    office.serve()
    office.enrol("adi", codes["adi"])
    office.command("adi").end()


def test_that_recovery_is_in_the_log_and_in_the_book(office: MadeOffice) -> None:
    codes = recover(office)
    office.serve()
    office.enrol("adi", codes["adi"])
    session = office.command("adi")
    said = {e.event: e for e in entries(office)}
    assert said["recovery.open"].actor == "recovery"
    assert "holders=13" in said["recovery.open"].detail
    assert [e.acting_with for e in entries(office, "account.reset")] == ["adi", "hendra"]
    book = session._identity.book
    assert [e.name for e in book.entries if e.state == "reset" and e.signatures[0].signer == ROOT] == ["adi", "hendra"]
    session.end()


def test_that_old_slots_and_passwords_are_gone(office: MadeOffice) -> None:
    old = (office.places.home / "front-door").read_bytes()
    recover(office)
    office.serve()
    with pytest.raises(SignInRefusedError):
        office.command("hendra")
    office.stop()
    (office.places.home / "front-door").write_bytes(old)
    office.serve()
    with pytest.raises(SignInRefusedError):
        office.command("hendra")


def test_that_administrators_see_who_is_shut_out_by_a_recovery(office: MadeOffice) -> None:
    office.serve()
    office.hire("ratna", "Ratna Dewanti", queues=("*",))
    office.stop()
    codes = recover(office)
    office.serve()
    office.enrol("adi", codes["adi"])
    session = office.command("adi")
    assert {a.account: a.is_shut_out for a in session.accounts.listing().accounts} == {
        "adi": False, "hendra": False, "ratna": True,
    }  # fmt: skip
    session.end()


def test_that_a_throttle_begins_anew(office: MadeOffice) -> None:
    office.serve()
    for _ in range(6):
        with pytest.raises(SignInRefusedError):
            office.sign_in().sign_in_for_command("hendra", "not the password at all", "000000")
    office.stop()
    codes = recover(office)
    office.serve()
    office.enrol("hendra", codes["hendra"])
    office.command("hendra").end()
    assert [e for e in entries(office, "sign_in") if e.reason == "wrong" and e.outcome == "failed"]


def test_that_a_new_administrator_can_be_named_where_none_is_left(office: MadeOffice) -> None:
    codes = recover(office, (Wanted("sari", Role.ADMINISTRATOR, "Sari Utami"), BOTH[1]))
    office.serve()
    office._person("sari", "Sari Utami", "administrator", ("*",))
    office.enrol("sari", codes["sari"])
    office.enrol("hendra", codes["hendra"])
    sari = office.command("sari")
    assert sari.person.role is Role.ADMINISTRATOR
    sari.end()


@pytest.mark.slow
@pytest.mark.parametrize(
    "people",
    [
        (),
        BOTH[:1],
        BOTH[1:],
        (BOTH[0], BOTH[0], BOTH[1]),
        (Wanted("hendra", Role.ADMINISTRATOR), BOTH[1]),
        (*BOTH, Wanted("ratna", Role.AGENT)),
        (*BOTH, Wanted("recovery", Role.SUPERVISOR)),
    ],
)
def test_that_a_wrong_choice_of_people_changes_nothing(office: MadeOffice, people: tuple[Wanted, ...]) -> None:
    with by_kit(office):
        pass
    before = hashes(office.places.home)
    with pytest.raises(InputRefusedError):
        recover(office, people)
    after = hashes(office.places.home)
    assert {k: v for k, v in after.items() if "turn" not in k} == {k: v for k, v in before.items() if "turn" not in k}


def test_that_only_one_who_enrolled_is_granted_and_once(office: MadeOffice) -> None:
    codes = recover(office)
    with by_kit(office) as opened, pytest.raises(VerificationError):
        grant_by_kit(opened, "hendra", SEAT)
    office.serve()
    office.enrol("hendra", codes["hendra"])
    office.stop()
    with by_kit(office) as opened:
        grant_by_kit(opened, "hendra", SEAT)
        with pytest.raises(InputRefusedError):
            grant_by_kit(opened, "hendra", SEAT)
        with pytest.raises(VerificationError):
            grant_by_kit(opened, "nobody", SEAT)


def test_that_another_offices_kit_opens_nothing(office: MadeOffice, tmp_path: Path) -> None:
    other = MadeOffice(tmp_path / "other")
    (office.places.home / "office.json").write_bytes((other.places.home / "office.json").read_bytes())
    with pytest.raises(VerificationError, match="another office"), by_kit(office):
        pass


# going on with a log that was cut


def test_that_two_holders_may_go_on_with_a_cut_log(office: MadeOffice) -> None:
    with by_kit(office) as opened, opened.office.writing() as db:
        number = opened.office.log.head(db)[0]
        db.exec_driver_sql(f"DELETE FROM audit WHERE number > {number - 3}")
        db.exec_driver_sql(f"DELETE FROM checkpoints WHERE number > {number - 3}")
    office.serve()
    with pytest.raises(VerificationError):
        office.command("hendra")
    office.stop()
    with by_kit(office) as opened:
        found = standing(office, opened)
        assert found.is_older
        assert any("lost" in sentence for sentence in found.sentences)
        accept_by_kit(opened, found, SEAT)
        accept(office.store, opened.office.id, Remembered(*marks_of(opened.office)))
    office.serve()
    office.command("hendra").end()
    (entry,) = entries(office, "recovery.accept")
    assert f"lost={found.audit_lost}" in entry.detail
    assert two_codes(office).holders in entry.detail


# everybody hears of it


def test_that_everybody_is_told_at_their_next_sign_in_that_the_kit_was_used(office: MadeOffice) -> None:
    office.serve()
    office.hire("ratna", "Ratna Dewanti", queues=("*",))
    session = office.command("ratna")
    assert session.person.recoveries == ()
    session.end()
    office.stop()
    with by_kit(office) as opened:
        accept_by_kit(opened, standing(office, opened), SEAT)
    office.serve()
    for account in ("ratna", "adi"):
        office.bare(account, "approval").end()  # shows nothing of it, so it waits
        session = office.command(account)
        assert [used.use for used in session.person.recoveries] == ["accept"]
        session.end()
        session = office.command(account)
        assert session.person.recoveries == ()
        session.end()

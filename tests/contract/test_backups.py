"""Backups and restores of a real office, in a new home after its disk died."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.auth.erasure_certificate import checked_certificate
from app.backoffice import schema
from app.backoffice.backup import Made, load_keys
from app.backoffice.backup_file import checked_backup
from app.backoffice.backup_keys import KEYS_FILE, BackupKeys, period_name
from app.backoffice.office import KIT_FILE, NAME_FILE
from app.backoffice.recovery import grant_by_kit, marks_of
from app.backoffice.restore import restoring
from app.crypto import hpke, signing
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError, WorkstationError
from app.session.class_keys import next_class_key
from app.session.witness import Remembered, accept
from app.storage.places import Places
from tests.demo.customers import demo_customers
from tests.office.door import entries, rows_of
from tests.office.kit import (
    KEYS_NAME,
    a_wrong_one,
    back_up,
    by_kit,
    end_period,
    kit_of,
    restore,
    source,
    standing,
    two_codes,
)
from tests.office.made import SEAT, MadeOffice, made_office

pytestmark = pytest.mark.slow  # whole offices again and again: in `make test-all`

DAY_S = 24 * 60 * 60
WHO = {"actor": "adi", "seat": SEAT}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path / "first") as made:
        made.bring_in(demo_customers(20, 7))
        yield made


@pytest.fixture
def made(office: MadeOffice, tmp_path: Path) -> Made:
    """A backup, with a customer's session still open."""
    made = back_up(office, tmp_path)
    office.stop()
    return made


def moved(office: MadeOffice, folder: Path) -> Path:
    """A new home on a new disk; the keyring is the old one."""
    (folder / KIT_FILE).write_bytes((office.places.home / KIT_FILE).read_bytes())  # from the safe
    office.places = Places(folder / "home2", folder / "cache2", folder / "run2").prepare()
    return office.places.home


def at_work(office: MadeOffice, codes: dict[str, str]) -> None:
    """The restored office until a supervisor holds the classes again."""
    office.serve()
    for account, code in codes.items():
        office.enrol(account, code)
    office.stop()
    with by_kit(office) as opened:
        assert set(grant_by_kit(opened, "hendra", SEAT)) == set(SEALED_CLASSES)
        accept(office.store, opened.office.id, Remembered(*marks_of(opened.office)))
    office.serve()


# what a backup is


@pytest.mark.slow
def test_that_a_backup_is_two_files_and_nothing_else_and_stands_in_the_log(office: MadeOffice, tmp_path: Path) -> None:
    backup = back_up(office, tmp_path)
    assert sorted(p.name for p in (tmp_path / "backups").iterdir()) == sorted(
        (backup.office_file.name, backup.records_file.name)
    )
    assert [p.name for p in (tmp_path / "keys").iterdir()] == [KEYS_NAME]
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "backups").iterdir()} == {0o600}
    begin, done = entries(office, "backup.begin")[0], entries(office, "backup.make")[0]
    assert begin.number < done.number
    assert begin.reference == done.reference == backup.id.hex()
    assert (done.outcome, done.actor) == ("ok", "adi")
    assert backup.customers == 20


def test_that_the_copy_is_one_moment_while_others_go_on_writing(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note of the log that comes in the middle of the copy is not in it; nothing is torn."""
    import app.backoffice.backup as module

    opened, copied = office.back_office.opened, module.copy_without_record_keys

    def and_write(*parts: object) -> object:
        rows = copied(*parts)  # type: ignore[arg-type]
        with opened.writing() as db:
            opened.log.append(db, "after.copy")
        return rows

    monkeypatch.setattr(module, "copy_without_record_keys", and_write)
    backup = back_up(office, tmp_path)
    monkeypatch.undo()
    office.stop()
    restore(office, source(backup, tmp_path), moved(office, tmp_path), older=True)
    with by_kit(office) as again:
        with again.office.database.reading() as db:
            events = [e.event for e in again.office.log.page(db, 0, 10_000)]
        assert "backup.begin" in events
        assert "after.copy" not in events


def test_that_places_from_which_no_office_comes_back_are_refused(office: MadeOffice, tmp_path: Path) -> None:
    from app.backoffice.backup import check_places

    home, apart = office.places.home, tmp_path / "apart"
    apart.mkdir()
    (tmp_path / "backups").mkdir()
    for folder, keys in (
        (home, apart / "k"),
        (home / "sub", apart / "k"),
        (tmp_path / "backups", home / "k"),
        (tmp_path / "backups", tmp_path / "backups" / "k"),
        (tmp_path / "missing", apart / "k"),
        (tmp_path / "backups", tmp_path / "missing" / "k"),
        (tmp_path / "backups", apart),
        (Path("backups"), apart / "k"),
    ):
        with pytest.raises(InputRefusedError) as refused:
            check_places(home, folder, keys)
        assert ("missing" in f"{folder}{keys}") == (str(tmp_path / "missing") in refused.value.message)
    check_places(home, tmp_path / "backups", apart / "k")


# a restore


def test_that_a_dead_disk_does_not_lose_an_office(office: MadeOffice, made: Made, tmp_path: Path) -> None:
    codes = restore(office, source(made, tmp_path), moved(office, tmp_path), older=True)
    at_work(office, {one.account: one.code for one in codes})
    office.hire("ratna", "Ratna Dewanti", queues=("*",))
    desk = office.desk("ratna")
    customer = desk.customer(desk.search("", None).ids[0])
    assert desk.reveal(customer.record, "mobile_phone", "call_back").value.reveal().startswith("+62")
    desk.end("signed_out")
    session = office.command("adi")
    assert session.verify_audit().ok
    session.end()
    (entry,) = entries(office, "office.restored")
    assert "lost=" in entry.detail
    assert "erased=0" in entry.detail
    assert back_up(office, tmp_path / "again").customers == 20


def test_that_a_restored_office_says_what_is_lost_and_goes_on_only_if_told(
    office: MadeOffice, made: Made, tmp_path: Path
) -> None:
    office.serve()
    office.command("adi").end()
    office.stop()
    home = moved(office, tmp_path)
    with pytest.raises(VerificationError, match=r"older than this workstation remembers.*lost.*--accept-older"):
        restore(office, source(made, tmp_path), home)
    assert list(home.iterdir()) == []
    restore(office, source(made, tmp_path), home, older=True)
    assert (home / NAME_FILE).exists()


def test_that_a_workstation_that_remembers_nothing_says_so(office: MadeOffice, made: Made, tmp_path: Path) -> None:
    office.lasting_shelf.entries.clear()
    kit = kit_of(office)
    home = moved(office, tmp_path)
    with restoring(source(made, tmp_path), kit, two_codes(office, kit), home, office.policy, office.clock) as restored:
        found = standing(office, restored.opened)
    assert [said.partition(" of the ")[0] for said in found.sentences] == ["This workstation remembers nothing"] * 2
    codes = restore(office, source(made, tmp_path), home)
    at_work(office, {one.account: one.code for one in codes})
    office.command("hendra").end()


def test_that_no_restore_is_made_over_an_office(office: MadeOffice, made: Made) -> None:
    before = {p: p.read_bytes() for p in office.places.home.iterdir()}
    with pytest.raises(InputRefusedError, match="another --home"):
        restore(office, source(made, made.office_file.parent.parent), office.places.home, older=True)
    assert {p: p.read_bytes() for p in office.places.home.iterdir()} == before


def test_that_the_backup_keys_which_lie_in_the_new_home_are_put_aside(
    office: MadeOffice, made: Made, tmp_path: Path
) -> None:
    """They may be another office's, or newer than the copy at hand: the only keys of some backup."""
    home = moved(office, tmp_path)
    (home / KEYS_FILE).write_text("the keys of an office before")
    restore(office, source(made, tmp_path), home, older=True)
    (aside,) = home.glob(f"put-aside-*-{KEYS_FILE}")
    assert aside.read_text() == "the keys of an office before"


def test_that_the_file_key_of_a_restored_office_is_a_fresh_one(office: MadeOffice, made: Made, tmp_path: Path) -> None:
    with by_kit(office) as opened:
        before = opened.file_key
    restore(office, source(made, tmp_path), moved(office, tmp_path), older=True)
    with by_kit(office) as opened:
        assert opened.file_key != before


def test_that_an_older_kit_restores_after_a_class_rotation(office: MadeOffice, tmp_path: Path) -> None:
    """The kit was printed at set-up; a new version of a class key came later. No new print."""
    opened = office.back_office.opened
    administrator, supervisor = office.bare("adi", "command"), office.bare("hendra", "command")
    proposal, sealed = next_class_key(supervisor.identity, DataClass.CONTACT)
    consent = proposal.signed_by(opened.id, "hendra", supervisor.identity.keys.seed)
    entry = opened.book.draft_of(proposal).signed(opened.id, [("adi", administrator.identity.keys.seed)], [consent])
    with opened.writing() as db:
        opened.write_book(db, entry)
        rows = [{"account": s.account, "data_class": "contact", "version": 2, "sealed": s.sealed} for s in sealed]
        db.execute(schema.class_grants.insert(), rows)
    administrator.end()
    supervisor.end()
    backup = back_up(office, tmp_path)
    office.stop()
    codes = restore(office, source(backup, tmp_path), moved(office, tmp_path), older=True)
    at_work(office, {one.account: one.code for one in codes})
    session = office.bare("hendra")
    assert {v for c, v in session.identity.class_keys if c.value == "contact"} == {1, 2}
    session.end()


def test_that_erased_customers_stay_erased(office: MadeOffice, tmp_path: Path) -> None:
    """A later file of record keys beside an earlier main file: who is not in it was erased since."""
    first = back_up(office, tmp_path)
    gone = rows_of(office, "customers")[3].record
    with office.back_office.opened.writing() as db:
        for table in ("sealed_values", "notes", "customers"):
            db.exec_driver_sql(f"DELETE FROM {table} WHERE record = ?", (gone,))
    office.clock.pass_s(60)
    later = back_up(office, tmp_path)
    office.stop()
    taken = source(first, tmp_path, later.records_file)
    restore(office, taken, moved(office, tmp_path), older=True)
    with by_kit(office) as opened, opened.office.database.reading() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM customers").scalar() == 19
        assert not db.exec_driver_sql("SELECT count(*) FROM sealed_values WHERE record = ?", (gone,)).scalar()
    with pytest.raises(InputRefusedError, match="older than the backup"):
        source(later, tmp_path, first.records_file)


# kit and keys


def test_that_one_code_or_wrong_codes_restore_nothing(office: MadeOffice, made: Made, tmp_path: Path) -> None:
    kit, (first, second, _) = kit_of(office), office.made.kit_codes
    with pytest.raises(InputRefusedError, match="same code twice"):
        kit.open(first, first)
    with pytest.raises(NotAllowedError):
        kit.open(first, a_wrong_one(second))
    other = MadeOffice(tmp_path / "other")
    home = moved(office, tmp_path)
    with (
        pytest.raises(VerificationError, match="another office"),
        restoring(source(made, tmp_path), kit_of(other), two_codes(other), home, office.policy, office.clock),
    ):
        pass
    assert list(home.iterdir()) == []


def test_that_a_destroyed_period_is_the_end_of_its_backups(office: MadeOffice, tmp_path: Path) -> None:
    backup = back_up(office, tmp_path)
    old_copy = (tmp_path / "keys" / KEYS_NAME).read_bytes()
    opened, keys = office.back_office.opened, tmp_path / "keys" / KEYS_NAME
    period = period_name("office", office.clock.now_ms())
    said = checked_certificate(end_period(office, period, office.places.home / KEYS_FILE, keys), opened.id)
    assert (said["period"], [one["account"] for one in said["people"]]) == (period, ["adi", "hendra"])
    assert old_copy != keys.read_bytes()
    (entry,) = entries(office, "backup.destroy_key")
    assert (entry.reference, entry.actor, entry.acting_with) == (period, "adi", "hendra")
    taken = source(backup, tmp_path)
    home = office.places.home
    # The next backup of the same month has a key of its own, and an older copy brings nothing back.
    keys.write_bytes(old_copy)
    second = back_up(office, tmp_path)
    assert checked_backup(second.office_file).head.period == f"{period}.2"
    joined = load_keys(opened, home / KEYS_FILE, keys)
    assert [p.name for p in joined.periods if not p.lives] == [period]
    office.stop()
    new = moved(office, tmp_path)
    with pytest.raises(VerificationError, match="was destroyed"):
        restore(office, taken, new, older=True)
    assert list(new.iterdir()) == []
    restore(office, source(second, tmp_path), new, older=True)


def test_that_record_keys_are_out_of_time_after_35_days(office: MadeOffice, tmp_path: Path) -> None:
    first = back_up(office, tmp_path)
    office.clock.pass_s(36 * DAY_S)
    second = back_up(office, tmp_path)
    assert second.destroyed == (checked_backup(first.records_file).head.period,)
    office.stop()
    new = moved(office, tmp_path)
    with pytest.raises(VerificationError, match="was destroyed"):
        restore(office, source(first, tmp_path), new, older=True)
    restore(office, source(first, tmp_path, second.records_file), new, older=True)


def test_that_backups_of_one_period_share_its_key_and_of_another_do_not(office: MadeOffice, tmp_path: Path) -> None:
    names = []
    for days in (0, 0, 40):
        office.clock.pass_s(days * DAY_S)
        backup = back_up(office, tmp_path)
        names.append(checked_backup(backup.office_file).head.period)
    assert names[0] == names[1] != names[2]


def test_that_nobody_slips_in_a_key_of_theirs(office: MadeOffice, tmp_path: Path) -> None:
    back_up(office, tmp_path)
    for path in (office.places.home / KEYS_FILE, tmp_path / "keys" / KEYS_NAME):
        data = json.loads(path.read_text("utf-8"))
        good = path.read_bytes()
        import base64

        data["periods"][0]["public"] = base64.b64encode(hpke.public_of(hpke.new_secret())).decode()
        path.write_text(json.dumps(data))
        with pytest.raises(VerificationError, match="did not sign"):
            back_up(office, tmp_path)
        path.write_bytes(good)
    other = BackupKeys(signing.new_seed())
    other.write(tmp_path / "keys" / KEYS_NAME)
    with pytest.raises(InputRefusedError, match="another office"):
        back_up(office, tmp_path)


# damage


def damaged(path: Path, how: str, other: Path) -> None:
    raw, chunk = bytearray(path.read_bytes()), 64 * 1024 + 16
    begins = 12 + int.from_bytes(raw[8:12], "big")
    match how:
        case "flipped":
            raw[len(raw) // 2] ^= 1
        case "head":
            raw[40] ^= 1
        case "signature":
            raw[-1] ^= 1
        case "cut":
            del raw[-1000:]
        case "cut_to_a_chunk":
            del raw[begins + chunk : -64]
        case "reordered":
            a, b = raw[begins : begins + chunk], raw[begins + chunk : begins + 2 * chunk]
            raw[begins : begins + 2 * chunk] = b + a
        case "mixed":
            raw[begins + chunk : begins + 2 * chunk] = other.read_bytes()[begins + chunk : begins + 2 * chunk]
        case "other_head":
            raw[:begins] = other.read_bytes()[:begins]
        case "longer":
            raw += bytes(10)
    path.write_bytes(raw)


@pytest.mark.slow
@pytest.mark.parametrize(
    "how", ["flipped", "head", "signature", "cut", "cut_to_a_chunk", "reordered", "mixed", "other_head", "longer"]
)
def test_that_a_damaged_backup_is_refused_before_anybody_types_a_code(
    office: MadeOffice, tmp_path: Path, how: str
) -> None:
    first, second = back_up(office, tmp_path), back_up(office, tmp_path)
    assert checked_backup(first.office_file)
    damaged(first.office_file, how, second.office_file)
    with pytest.raises(VerificationError, match="damaged, cut, or put together"):
        source(first, tmp_path)


def test_that_files_of_the_wrong_kind_are_named(office: MadeOffice, tmp_path: Path) -> None:
    backup = back_up(office, tmp_path)
    from app.backoffice.restore import source_of

    keys = tmp_path / "keys" / KEYS_NAME
    for main, records, file in (
        (backup.records_file, None, keys),
        (backup.office_file, backup.office_file, keys),
        (keys, None, keys),
        (tmp_path / "nothing", None, keys),
        (backup.office_file, None, backup.office_file),
    ):
        with pytest.raises(InputRefusedError):
            source_of(main, records, file)


# the disk


def test_that_a_full_disk_leaves_no_half_backup(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    import app.backoffice.backup_file as module

    def full(*_parts: object) -> Iterator[bytes]:
        yield b"x" * 1000
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "seal_stream", full)
    with pytest.raises(WorkstationError, match="no room left"):
        back_up(office, tmp_path)
    assert list((tmp_path / "backups").iterdir()) == []
    failed = entries(office, "backup.make")[-1]
    assert failed.outcome == "failed"


@pytest.mark.parametrize("part", ["sync_folder", "_log_done"])
def test_that_a_backup_that_failed_at_its_very_end_leaves_nothing(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    import app.backoffice.backup as module

    log = module.log_backup

    def refuse(*parts: object, **rest: object) -> None:
        if part == "sync_folder" or (parts[1] == "backup.make" and "outcome" not in rest):
            raise WorkstationError("the disk is full") if part == "_log_done" else OSError("no")
        log(*parts, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "log_backup" if part == "_log_done" else part, refuse)
    with pytest.raises(WorkstationError):
        back_up(office, tmp_path)
    assert list((tmp_path / "backups").iterdir()) == []


def test_that_a_full_disk_leaves_no_half_office(
    office: MadeOffice, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    import app.backoffice.restore as module

    def full(*_parts: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    home = moved(office, tmp_path)
    for name in ("_write_out", "put_in_place"):
        monkeypatch.setattr(module, name, full)
        with pytest.raises(WorkstationError, match="no room left"):
            restore(office, source(made, tmp_path), home, older=True)
        monkeypatch.undo()
        assert list(home.iterdir()) == []

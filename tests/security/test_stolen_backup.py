"""T1, T5: a stolen backup: nothing in its files can be read, and nothing opens them but two codes *and* the keys.

Canaries of 128 bits are planted where a backup could leak them: sealed values, open fields, notes, names, the master
and the file key. The thief has both files of the backup, then more and more besides, and never all that it takes.
"""

import itertools
import secrets
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.auth.recovery_kit import RecoveryKit
from app.backoffice.backup import Made
from app.backoffice.backup_file import checked_backup, opened_backup
from app.backoffice.backup_keys import BackupKeys
from app.backoffice.office import KIT_FILE
from app.backoffice.restore import restoring
from app.crypto import hpke
from app.domain.errors import NotAllowedError, TiraiError, VerificationError
from tests.demo.customers import demo_customers
from tests.office.kit import KEYS_NAME, back_up, by_kit, kit_of, source, two_codes
from tests.office.made import MadeOffice, made_office

WORDS = tuple(f"{name}{secrets.token_hex(16)}" for name in ("street", "name", "note"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stolen")


@pytest.fixture(scope="module")
def office(folder: Path) -> Iterator[MadeOffice]:
    with made_office(folder / "office") as made:
        rows = demo_customers(12, 7)
        rows[0] |= {"street_address": WORDS[0], "full_name": WORDS[1]}
        made.bring_in(rows)
        made.hire("ratna", "Ratna Dewanti", queues=("*",))
        desk = made.desk("ratna")
        record = desk.customer(desk.search("", None).ids[0]).record
        desk.save_note(record, desk.new_note(), f"She said {WORDS[2]}.")
        desk.end("signed_out")
        yield made


@pytest.fixture(scope="module")
def stolen(office: MadeOffice, folder: Path) -> Made:
    return back_up(office, folder)


def secrets_of(office: MadeOffice) -> list[bytes]:
    """Everything that the file holds and that no file of a backup may show."""
    opened = office.back_office.opened
    found = [office.back_office.file_key, opened.keys.master[1], opened.keys.pepper, opened.keys.index_key]
    with opened.database.reading() as db:
        found += [row[0] for row in db.exec_driver_sql("SELECT record_key FROM customers")]
        found += [row[0] for row in db.exec_driver_sql("SELECT blob FROM sealed_values LIMIT 50")]
        texts = [row[0] for row in db.exec_driver_sql("SELECT masks FROM customers")]
        texts += [row[0] for row in db.exec_driver_sql("SELECT open_fields FROM customers")]
        texts += [row[0] for row in db.exec_driver_sql("SELECT number FROM customers")]
        texts += [row[0] for row in db.exec_driver_sql("SELECT display_name FROM accounts")]
    return found + [text.encode() for text in texts]


def forms(secret: bytes) -> set[bytes]:
    return {secret, secret.hex().encode(), b64encode(secret), secret.decode("utf-8", "replace").encode("utf-16-le")}


@pytest.mark.attack("A53")
def test_that_nothing_of_the_office_can_be_read_in_a_backup(office: MadeOffice, stolen: Made, folder: Path) -> None:
    assert any(WORDS[1].encode() in secret for secret in secrets_of(office))
    planted = [*secrets_of(office), *(w.encode() for w in WORDS), b"SQLite format 3", b"Nusantara", b"Ratna", b"hendra"]
    for path in (stolen.office_file, stolen.records_file, folder / "keys" / KEYS_NAME):
        raw = path.read_bytes()
        assert not [secret for secret in planted if any(form in raw for form in forms(secret) if len(form) > 4)]


def test_that_the_scan_would_find_what_lies_open(office: MadeOffice, folder: Path) -> None:
    """The scan itself, on a file in which one of the canaries was planted."""
    planted = secrets_of(office)[3]
    (folder / "leak").write_bytes(b"x" * 1000 + b64encode(planted))
    assert any(form in (folder / "leak").read_bytes() for form in forms(planted))


def test_that_the_main_file_opened_by_those_who_may_holds_no_record_key(
    office: MadeOffice, stolen: Made, folder: Path
) -> None:
    """What the month's key opens is the file without the record keys, so it opens no sealed value."""
    from app.backoffice.backup import with_preface
    from app.storage import sqlcipher

    kit = two_codes(office)
    taken = source(stolen, folder)
    preface, pieces = with_preface(
        opened_backup(taken.office, taken.keys.secret(taken.office.head.period, kit.keys.kem))
    )
    work = folder / "opened"
    work.mkdir(mode=0o700)
    (work / "copy.db").write_bytes(b"".join(pieces))
    (work / "copy.db").chmod(0o600)
    copy = sqlcipher.connect(work / "copy.db", bytes.fromhex(preface["key"]), memory_security=True)
    assert set(copy.execute("SELECT record_key FROM customers").fetchall()) == {(b"",)}
    dumped = work / "plain.db"
    copy.execute("ATTACH DATABASE ? AS plain KEY ''", (str(dumped),))
    copy.execute("SELECT sqlcipher_export('plain')")
    copy.execute("DETACH DATABASE plain")
    copy.close()
    raw = dumped.read_bytes()
    dumped.unlink()
    with office.back_office.opened.database.reading() as db:
        keys = [row[0] for row in db.exec_driver_sql("SELECT record_key FROM customers")]
    assert len(keys) == 12
    assert not [key for key in keys if key in raw]


def test_that_no_period_secret_lies_in_a_backup_or_in_the_office_file(
    office: MadeOffice, stolen: Made, folder: Path
) -> None:
    """Else a later backup would carry the key of an earlier one, and nothing could ever be destroyed."""
    sealed = [p.sealed for p in BackupKeys.read(folder / "keys" / KEYS_NAME, office.made.plate.office).periods]
    with office.back_office.opened.database.reading() as db:
        for (table,) in db.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all():
            for row in db.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not [cell for cell in row if isinstance(cell, bytes) and cell in sealed]
    assert len(sealed) >= 2
    assert not any(blob in stolen.office_file.read_bytes() for blob in sealed)


@pytest.mark.attack("A53")
def test_that_the_files_alone_or_with_the_keys_file_open_nothing(
    office: MadeOffice, stolen: Made, folder: Path
) -> None:
    """Not even a secret of the right form: a period's key is none that anybody could make again."""
    taken = source(stolen, folder)
    for file in (taken.office, taken.records):
        for secret in (hpke.new_secret(), bytes(96)):
            with pytest.raises(TiraiError):
                list(opened_backup(file, secret))
            with pytest.raises(VerificationError):
                taken.keys.secret(file.head.period, secret)


def test_that_the_kit_without_the_keys_file_opens_nothing(office: MadeOffice, stolen: Made, folder: Path) -> None:
    kit = two_codes(office)
    with pytest.raises(VerificationError, match="do not hold"):
        BackupKeys(kit_of(office).office).secret(checked_backup(stolen.office_file).head.period, kit.keys.kem)
    with pytest.raises(TiraiError):
        list(opened_backup(checked_backup(stolen.office_file), kit.keys.kem))


def test_that_backup_keys_and_sealed_kit_without_two_codes_open_nothing(office: MadeOffice) -> None:
    kit, (first, second, third) = kit_of(office), office.made.kit_codes
    other = RecoveryKit.make("Other", secrets.token_bytes(32), two_codes(office).keys)[1]
    for held in itertools.product((first, second, third), other):
        with pytest.raises(NotAllowedError):
            kit.open(*held)


def test_that_another_offices_holders_restore_nothing(
    office: MadeOffice, stolen: Made, folder: Path, tmp_path: Path
) -> None:
    other = MadeOffice(tmp_path / "other")
    new = tmp_path / "home"
    new.mkdir(mode=0o700)
    with (
        pytest.raises(VerificationError, match="another office"),
        restoring(source(stolen, folder), kit_of(other), two_codes(other), new, office.policy, office.clock),
    ):
        pass
    assert list(new.iterdir()) == []


def test_that_a_backup_signed_by_somebody_else_is_refused(office: MadeOffice, stolen: Made, tmp_path: Path) -> None:
    """Whoever has the public halves can seal a stream to them; only the office signs one."""
    from app.backoffice.backup_file import write_backup

    head = checked_backup(stolen.office_file).head
    opened = office.back_office.opened
    forged = tmp_path / "forged.tirai-office"
    write_backup(
        forged, "office", head.id, head.made_ms, head.root, opened.book.office_entry, head.period,
        hpke.public_of(hpke.new_secret()), secrets.token_bytes(32), [b"anything"],
    )  # fmt: skip
    with pytest.raises(VerificationError):
        checked_backup(forged)


def test_that_the_stolen_files_of_the_home_hold_no_way_in_for_the_kit_alone(office: MadeOffice) -> None:
    """The slot for recovery is sealed to the kit: without two codes it is 1,200 bytes of nothing."""
    slot = (office.places.home / "recovery-slot").read_bytes()
    assert office.back_office.file_key not in slot
    assert (office.places.home / KIT_FILE).read_text("utf-8").count("-") < 30
    office.stop()
    with by_kit(office) as opened:
        assert opened.file_key not in slot

"""Restoring an office from a backup: a home that stands whole, or not at all.

Two kit holders, the backup's two files and the backup keys make an office again under a fresh file key, in a folder of
its own under the new home. Book and log are judged there, people are told and may say no; only then the root readmits
named accounts and everything is put in its place, the name plate last. Slots of the old front doors do not move along.

Who was erased since the backup is erased again (`app/backoffice/erasure/again.py`): by the orders that lie with the
period keys, by certificates of later ones, and by a later file of record keys beside an earlier main file, where who is
not in it has gone.
"""

import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.auth.audit_chain import Witness
from app.auth.erased_order import ErasedOrder, by_certificate
from app.auth.erased_order import joined as orders_joined
from app.auth.erasure_certificate import LONGEST, checked_certificate
from app.auth.recovery_kit import OpenKit, RecoveryKit
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.backup import (
    GATEWAY_SUFFIX,
    OFFICE_SUFFIX,
    RECORDS_SUFFIX,
    disk_refused,
    record_keys_of,
    with_preface,
)
from app.backoffice.backup_file import DAMAGED, BackupFile, BackupHome, BackupKind, checked_backup, opened_backup
from app.backoffice.backup_keys import KEYS_FILE, BackupKeys
from app.backoffice.clock import Clock
from app.backoffice.database import Database
from app.backoffice.erasure.again import erase_again, gone_since
from app.backoffice.front_door import write_durably
from app.backoffice.master import MasterMissingError
from app.backoffice.office import DATABASE_FILE, KIT_FILE, NAME_FILE, RECOVERY_SLOT_FILE, NamePlate, OpenOffice
from app.backoffice.placing import put_in_place
from app.backoffice.recovery import RECOVERY, ByKit, Readmitted, Wanted, check_recovery_account, marks_of, readmit
from app.backoffice.recovery_slot import recovery_slot
from app.backoffice.standing import Standing
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.errors import InputRefusedError, VerificationError
from app.domain.policy import Policy
from app.storage import sqlcipher

_WORK_PREFIX = ".restore-"
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """What a restore takes, checked from outside.

    Attributes:
        office: the main file.
        records: the record keys.
        keys: the period keys.
        erased: orders that were carried out since some backup, this one perhaps.
    """

    office: BackupFile
    records: BackupFile
    keys: BackupKeys
    erased: tuple[ErasedOrder, ...] = ()

    @property
    def made_ms(self) -> int:
        """When the main file was made."""
        return self.office.head.made_ms

    @property
    def living(self) -> str:
        """For the log: keys of record keys that live, of backups that the restored office does not know, perhaps."""
        names = [p.name for p in self.keys.periods if p.kind == "records" and p.lives]
        return f"periods={'+'.join(names) or '-'}"


def source_of(
    main: Path, records: Path | None, keys: Path, home: BackupHome = "workstation", certificates: Sequence[Path] = ()
) -> Source:
    """Check the files from outside: whole, signed by one office, and of an age that fits.

    Args:
        main: the main file.
        records: the record keys, or None for the ones of the same backup, beside it.
        keys: the backup keys.
        home: which kind of home is to be restored.
        certificates: of erasures after the last backup.

    Raises:
        InputRefusedError: a file is another one than it should be.
        VerificationError: a file is damaged.
    """
    office = checked_of_kind(main, "office", home)
    side = checked_of_kind(records or beside(main), "records", home)
    if side.head.root != office.head.root:
        raise InputRefusedError("The two files belong to different offices.", code="backup_pair")
    if side.head.made_ms < office.head.made_ms:
        raise InputRefusedError(
            "These record keys are older than the backup: customers would come without theirs. "
            "Take the ones of the same backup, or later ones.",
            code="backup_pair",
        )
    head = office.head
    read = BackupKeys.read(keys, head.office, head.office_entry.sign)
    later = tuple(_by_certificate(path, head.office) for path in certificates)
    return Source(office, side, read, orders_joined(read.erased, later))


def _by_certificate(path: Path, office: bytes) -> ErasedOrder:
    """The order of a certificate of this office.

    Raises:
        InputRefusedError: it is none.
        VerificationError: it was changed, or is another office's.
    """
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST).decode()
    except (OSError, ValueError) as e:
        raise InputRefusedError(f"{path} cannot be read as a certificate of erasure.", code="certificate") from e
    said = checked_certificate(text, office)
    if "customers" not in said:
        raise InputRefusedError(f"{path} is a certificate of something else.", code="certificate")
    return by_certificate(said)


def checked_of_kind(path: Path, kind: BackupKind, home: BackupHome = "workstation") -> BackupFile:
    """A file that is whole and of this kind, of this kind of home.

    Raises:
        InputRefusedError: it is of the other kind, or no backup.
        VerificationError: it is damaged.
    """
    file = checked_backup(path)
    if file.head.kind != kind:
        what = "a file of record keys" if kind == "office" else "the main file of a backup"
        suffix = OFFICE_SUFFIX if home == "workstation" else GATEWAY_SUFFIX
        raise InputRefusedError(f"{path.name} is {what}. The main file ends in {suffix}.", code="backup_kind")
    if file.head.home != home:
        made, instead = ("a gateway", "tirai gateway restore") if home == "workstation" else (
            "a workstation's office", "tirai restore, and tirai gateway move-in after it"
        )  # fmt: skip
        raise InputRefusedError(f"{path.name} is a backup of {made}. Restore it by: {instead}", code="backup_home")
    return file


def beside(main: Path) -> Path:
    """The record keys of the same backup."""
    stem = main.name.removesuffix(OFFICE_SUFFIX).removesuffix(GATEWAY_SUFFIX)
    return main.with_name(f"{stem}{RECORDS_SUFFIX}")


@dataclass(slots=True)
class Restoring:
    """An office that is whole, in a folder that nobody looks into yet.

    Attributes:
        opened: the office, by the kit.
        source: where it came from.
        gone: customers that have been erased since, and are again.
        kit: the kit, sealed.
        folder: where it stands.
        home: where it will stand.
        is_closed: whether the file is closed, since it is about to move.
    """

    opened: ByKit
    source: Source
    gone: frozenset[bytes]
    kit: RecoveryKit
    folder: Path
    home: Path
    is_closed: bool = False

    @property
    def erased(self) -> int:
        """How many customers have been erased since, and are again."""
        return len(self.gone)

    def finish(
        self, people: Sequence[Wanted], standing: Standing, seat: str, seat_half: bytes
    ) -> tuple[tuple[Readmitted, ...], tuple[Witness, Witness]]:
        """Readmit people and put the office in its place.

        Returns:
            The people, and length and head of log and book.

        Raises:
            InputRefusedError: the choice of people does not do, or an office was made here meanwhile.
            AuditUnwritableError: the disk refused.
        """
        office, opened = self.opened.office, self.opened
        more = f" made_ms={self.source.made_ms} erased={self.erased} {self.source.living} {standing.numbers}"
        readmitted = readmit(opened, self.folder, seat, seat_half, people, "office.restored", more.strip())
        self._erase_again(seat)
        marks = marks_of(office)
        office.database.close()
        self.is_closed = True
        kem = opened.kit.keys.kem_public
        with disk_said(self.home):
            write_durably(self.folder / RECOVERY_SLOT_FILE, recovery_slot(kem, opened.file_key, office.id))
            write_durably(self.folder / KIT_FILE, self.kit.text().encode())
            self.source.keys.write(self.folder / KEYS_FILE)
            must_be_free(self.home)
            put_in_place(self.folder, self.home, office.plate)
        return readmitted, marks

    def _erase_again(self, seat: str) -> None:
        office = self.opened.office
        with acting_for(OFFICE), office.writing() as db:
            erase_again(office, db, self.gone, self.source.erased, actor=RECOVERY, seat=seat)
            office.log.checkpoint(db)


@contextmanager
def disk_said(home: Path) -> Iterator[None]:
    """Say what a disk refused.

    Raises:
        WorkstationError: it did.
    """
    try:
        yield
    except (OSError, sqlcipher.DatabaseError) as e:
        hint = "A restore needs about three times the size of the backup there."
        raise disk_refused(home, e, hint) from e


def must_be_free(home: Path) -> None:
    """Refuse a home with an office.

    Raises:
        InputRefusedError: there is one.
    """
    if (home / NAME_FILE).exists():
        raise InputRefusedError(
            f"There is an office in {home} already. Restore into another --home, or move this one away.",
            code="office_exists",
        )


@contextmanager
def restoring(
    source: Source, kit: RecoveryKit, opened_kit: OpenKit, home: Path, policy: Policy, clock: Clock,
    tell: Tell = lambda _a, _b: None,
) -> Iterator[Restoring]:  # fmt: skip
    """Bring an office together under `home`; unless it is finished, nothing stays of it.

    Raises:
        InputRefusedError: there is an office in this home.
        VerificationError: kit, keys and backup do not belong together, or the backup is damaged.
    """
    must_be_free(home)
    root = signing.public_of(opened_kit.root)
    if root != source.office.head.root:
        raise VerificationError("This kit belongs to another office than the backup.", code="other_kit")
    for left in home.glob(f"{_WORK_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = home / f"{_WORK_PREFIX}{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    file_key = secrets.token_bytes(32)
    try:
        with disk_said(home):
            name, without_key = _bring_in(source, opened_kit, folder, file_key, tell)
        database, made = Database(folder / DATABASE_FILE, file_key), None
        try:
            office = OpenOffice(database, NamePlate(name, root), policy, clock)
            check_recovery_account(office, opened_kit)
            check_record_keys(office, without_key)
            with acting_for(OFFICE), office.database.reading() as db:
                gone = gone_since(db, without_key, source.erased)
            made = Restoring(ByKit(office, opened_kit, file_key), source, gone, kit, folder, home)
            yield made
        finally:
            if made is None or not made.is_closed:
                database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bring_in(source: Source, kit: OpenKit, folder: Path, file_key: bytes, tell: Tell) -> tuple[str, set[bytes]]:
    """Write the office's file under its new key: its name, and the customers without a record key."""
    records = _record_keys(source, kit)
    secret = source.keys.secret(source.office.head.period, kit.keys.kem)
    preface, pieces = with_preface(opened_backup(source.office, secret))
    incoming = folder / "incoming.db"
    _write_out(incoming, _told(pieces, source.office.ends - source.office.begins, tell))
    without: set[bytes] = set()

    def put_back(copy: sqlcipher.Connection) -> None:
        without.update(_put_record_keys_back(copy, source, records))

    copy = sqlcipher.connect(incoming, bytes.fromhex(preface["key"]), memory_security=True)
    try:
        sqlcipher.check_pages(copy, incoming)
        sqlcipher.copy_to(copy, folder / DATABASE_FILE, file_key, put_back)
    finally:
        copy.close()
    incoming.unlink()
    return str(preface["name"]), without


def _record_keys(source: Source, kit: OpenKit) -> dict[bytes, tuple[int, bytes]]:
    secret = source.keys.secret(source.records.head.period, kit.keys.kem)
    _preface, pieces = with_preface(opened_backup(source.records, secret))
    return record_keys_of(pieces)


def _put_record_keys_back(
    copy: sqlcipher.Connection, source: Source, records: dict[bytes, tuple[int, bytes]]
) -> set[bytes]:
    here = [row[0] for row in copy.execute("SELECT record FROM copy.customers")]
    gone = {record for record in here if record not in records}
    if gone and source.records.head.id == source.office.head.id:
        raise VerificationError(f"{source.records.path.name} {DAMAGED}", code="backup_damaged")
    rows = [(version, key, record) for record, (version, key) in records.items()]
    copy.executemany("UPDATE copy.customers SET master_version = ?, record_key = ? WHERE record = ?", rows)
    return gone


def check_record_keys(office: OpenOffice, but: Collection[bytes] = ()) -> None:
    """Demand that every record key opens, but those of customers who have none.

    Raises:
        VerificationError: one does not: the master has changed between the two files.
    """
    table = schema.customers.c
    with office.database.reading() as db:
        try:
            for row in db.execute(select(table.record, table.master_version, table.record_key)):
                if row.record in but:
                    continue
                office.keys.record_key(row.record, row.master_version, row.record_key)
        except (SealError, MasterMissingError) as e:
            raise VerificationError(
                "The record keys do not fit this backup: its master key has changed in between. "
                "Take the record keys of the same backup.",
                code="backup_pair",
            ) from e


def _told(pieces: Iterable[bytes], size: int, tell: Tell) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        done += len(piece)
        tell(done, size)
        yield piece


def _write_out(path: Path, pieces: Iterable[bytes]) -> None:
    path.touch(mode=0o600, exist_ok=False)
    with path.open("r+b") as file:
        for piece in pieces:
            file.write(piece)

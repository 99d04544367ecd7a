"""Making a backup: one consistent copy of the office's file, and its record keys apart.

The order: keys on disk in both places, an entry in the log, the copy, both files, an entry that it is done. So no
backup exists whose key lies nowhere, none is made that the log does not know, and of one that failed nothing stays.
The copy is an SQLCipher file under a key of its own, which goes into the sealed stream with it: nothing of it is ever
on a disk in the open. Record keys are blanked in the copy: the main file alone opens no sealed value, and an erased
customer stays erased once the last file of record keys with them is out of time.
"""

import errno
import json
import secrets
import shutil
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from app.backoffice.backup_file import BackupHome, BackupKind, write_backup
from app.backoffice.backup_keys import KEYS_FILE, BackupKeys, Period, new_period, period_name
from app.backoffice.database import Database
from app.backoffice.erasure.carried_out import carried_out_since
from app.backoffice.office import OpenOffice
from app.backoffice.placing import sync_folder
from app.crypto.stream import CHUNK_BYTES
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, WorkstationError
from app.domain.role import Role
from app.storage import sqlcipher

OFFICE_SUFFIX: Final = ".tirai-office"
GATEWAY_SUFFIX: Final = ".tirai-gateway"
RECORDS_SUFFIX: Final = ".tirai-records"
_WORK_PREFIX = ".tirai-backup-"
_KINDS: Final[tuple[BackupKind, ...]] = ("office", "records")
_ROW = struct.Struct(">16sIH")
"""Of a record key: record, version of the master, length of what follows."""

Tell = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies in its place.

    Attributes:
        id: 16 bytes.
        office_file: the main file.
        records_file: the record keys.
        size_bytes: of both.
        customers: how many record keys.
        destroyed: periods whose time was over, and whose keys are gone now.
    """

    id: bytes
    office_file: Path
    records_file: Path
    size_bytes: int
    customers: int
    destroyed: tuple[str, ...] = ()


def make_backup(
    office: OpenOffice, home: Path, folder: Path, keys_file: Path, who: dict[str, str], tell: Tell = lambda _a, _b: None
) -> Made:
    """Make a backup.

    Args:
        office: the open office.
        home: its folder.
        folder: where the two files go; it exists.
        keys_file: where a copy of the period keys goes, apart from `folder`.
        who: who asked, for the log.
        tell: progress.

    Raises:
        InputRefusedError: folder or file of keys do not do.
        WorkstationError: the disk refused; nothing stays of the backup.
    """
    check_places(home, folder, keys_file)
    keys = keys_for_now(office, home / KEYS_FILE, keys_file)
    backup, now = secrets.token_bytes(16), office.clock.now_ms()
    periods = living_periods(keys, now)
    log_backup(office, "backup.begin", backup, who, detail=f"periods={'+'.join(p.name for p in periods.values())}")
    try:
        made = _write(office, folder, backup, now, periods, tell)
    except (OSError, sqlcipher.DatabaseError, TiraiError) as e:
        with suppress(TiraiError):  # the begin stands there without an end
            log_backup(office, "backup.make", backup, who, outcome="failed", reason=type(e).__name__)
        raise e if isinstance(e, TiraiError) else _refused(folder, e) from e
    try:
        log_backup(office, "backup.make", backup, who, detail=f"bytes={made.size_bytes} customers={made.customers}")
    except TiraiError:
        remove(made.office_file, made.records_file)
        raise
    return replace(made, destroyed=destroy_out_of_time(office, who, home / KEYS_FILE, keys_file))


def check_places(home: Path, folder: Path, keys_file: Path) -> None:
    """Refuse places from which an office would not come back.

    Raises:
        InputRefusedError: with what to do.
    """
    for path in (folder, keys_file):
        if not path.is_absolute() or home.resolve() in (path.resolve(), *path.resolve().parents):
            raise InputRefusedError(
                "Name a place outside of the office's home, with its whole path: a disk that dies takes both.",
                code="backup_place",
            )
    check_apart(folder, keys_file)


def check_apart(folder: Path, keys_file: Path) -> None:
    """Refuse places that are not there, and keys beside what they open.

    Raises:
        InputRefusedError: with what to do.
    """
    for what, place in (("backup", folder), ("backup's keys", keys_file.parent)):
        if not place.is_dir():
            raise InputRefusedError(
                f"The folder for the {what} is not there: {place}. Make it, or name another one.", code="backup_place"
            )
    if keys_file.parent.resolve() == folder.resolve():
        raise InputRefusedError(
            "Keep the keys on another medium than the backups: only then can a period be ended by destroying its key.",
            code="backup_place",
        )
    if keys_file.is_dir():
        raise InputRefusedError("Name a file for the keys, not a folder.", code="backup_place")


# keys


def load_keys(office: OpenOffice, *files: Path) -> BackupKeys:
    """The period keys of several copies of their file, joined. A file that is not there holds none.

    Raises:
        InputRefusedError, VerificationError: a file is another's, or was changed.
    """
    keys = BackupKeys(office.id)
    for path in files:
        if path.exists():
            read = BackupKeys.read(path, office.id, office.book.office_entry.sign)
            keys = keys.joined(read.periods, read.erased)
    return keys


def save_keys(keys: BackupKeys, *files: Path) -> None:
    """Write the period keys to each copy of their file; the first one last.

    Raises:
        WorkstationError: a disk refused.
    """
    for path in reversed(files):
        try:
            keys.write(path)
        except OSError as e:
            raise WorkstationError(f"The backup keys cannot be written to {path}: {e.strerror}.", code="disk") from e


def destroyed(keys: BackupKeys, names: tuple[str, ...], office: OpenOffice) -> BackupKeys:
    """The same without these keys; what stays says when they went."""
    now, seed = office.clock.now_ms(), office.keys.checkpoint_seed
    gone = [p.destroyed(now).signed(office.id, seed) for p in keys.periods if p.name in names and p.lives]
    return keys.joined(gone)


def keys_for_now(office: OpenOffice, *files: Path) -> BackupKeys:
    """Keys for now, durably in each copy of their file, with who was erased while a backup may have them."""
    keys, now = load_keys(office, *files), office.clock.now_ms()
    recovery = office.book.active(Role.RECOVERY.value).kem
    for kind in _KINDS:
        if keys.living(kind, period_name(kind, now)) is None:
            keys = keys.joined([new_period(keys, kind, now, recovery, office.keys.checkpoint_seed)])
    keys = keys.with_erased(carried_out_since(office, keys.oldest_ms or now))
    save_keys(keys, *files)
    return keys


def destroy_out_of_time(office: OpenOffice, who: dict[str, str], *files: Path) -> tuple[str, ...]:
    """Destroy the keys of record keys whose time is over, now that a backup with newer ones lies in its place."""
    keys, now = load_keys(office, *files), office.clock.now_ms()
    due = tuple(p.name for p in keys.periods if p.kind == "records" and p.is_due(now))
    if not due:
        return ()
    with office.writing() as db:
        for name in due:
            office.log.append(db, "backup.destroy_key", reference=name, **{**who, "reason": "out_of_time"})
    save_keys(destroyed(keys, due, office), *files)
    return due


def living_periods(keys: BackupKeys, now_ms: int) -> dict[BackupKind, Period]:
    """The period of each kind of file.

    Raises:
        WorkstationError: a month has begun since the keys were looked for.
    """
    return {kind: _living(keys, kind, now_ms) for kind in _KINDS}


def _living(keys: BackupKeys, kind: BackupKind, now_ms: int) -> Period:
    period = keys.living(kind, period_name(kind, now_ms))
    if period is None:
        raise WorkstationError("A new period began just now. Make the backup again.", code="backup")
    return period


# the copy and the two files


def _write(
    office: OpenOffice, folder: Path, backup: bytes, now_ms: int, periods: dict[BackupKind, Period], tell: Tell
) -> Made:
    name = name_of(backup, now_ms)
    work = work_folder(folder)
    try:
        key = secrets.token_bytes(32)
        rows = copy_without_record_keys(office, work / "copy.db", key)
        preface = {"name": office.plate.name, "key": key.hex(), "customers": len(rows)}
        files: dict[BackupKind, tuple[str, Iterator[bytes]]] = {
            "records": (RECORDS_SUFFIX, _records(rows)),
            "office": (OFFICE_SUFFIX, preceded(preface, _read(work / "copy.db", tell))),
        }
        sizes = 0
        for kind, (suffix, pieces) in files.items():
            write_one(office, work / f"{name}{suffix}", kind, backup, now_ms, periods[kind], pieces)
            sizes += (work / f"{name}{suffix}").stat().st_size
        for suffix, _pieces in files.values():  # the main file last: where it lies, the backup is whole
            (work / f"{name}{suffix}").rename(folder / f"{name}{suffix}")
        sync_folder(folder)
    except BaseException:
        remove(folder / f"{name}{OFFICE_SUFFIX}", folder / f"{name}{RECORDS_SUFFIX}")
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Made(backup, folder / f"{name}{OFFICE_SUFFIX}", folder / f"{name}{RECORDS_SUFFIX}", sizes, len(rows))


def name_of(backup: bytes, now_ms: int) -> str:
    """The name of a backup's files, without what they end in."""
    return f"tirai-{datetime.fromtimestamp(now_ms / 1000, UTC):%Y%m%d-%H%M%S}-{backup.hex()[:8]}"


def work_folder(folder: Path) -> Path:
    """A new folder for files that are not whole yet; what a backup that was killed left there goes."""
    for left in folder.glob(f"{_WORK_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    work = folder / f"{_WORK_PREFIX}{secrets.token_hex(4)}"
    work.mkdir(mode=0o700)
    return work


def remove(*paths: Path) -> None:
    """Remove files of a backup that is none."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def write_one(
    office: OpenOffice,
    path: Path,
    kind: BackupKind,
    backup: bytes,
    now_ms: int,
    period: Period,
    pieces: Iterable[bytes],
    home: BackupHome = "workstation",
) -> None:
    """Write one of a backup's two files; see `write_backup`."""
    write_backup(
        path,
        kind,
        backup,
        now_ms,
        office.plate.root,
        office.book.office_entry,
        period.name,
        period.public,
        office.keys.checkpoint_seed,
        pieces,
        home,
    )


RecordKey = tuple[bytes, int, bytes]
"""Record, version of the master, wrapped Z."""


def copy_without_record_keys(office: OpenOffice, path: Path, key: bytes) -> list[RecordKey]:
    """Copy the office's file as it stands, others writing on meanwhile; the record keys come back apart."""
    rows: list[RecordKey] = []

    def blank(copy: sqlcipher.Connection) -> None:
        rows.extend(copy.execute("SELECT record, master_version, record_key FROM copy.customers ORDER BY id"))
        copy.execute("UPDATE copy.customers SET record_key = x''")
        copy.execute("DELETE FROM copy.outbox_keys")  # else an erased customer's unsent notes opened for a year

    if not isinstance(office.database, Database):
        raise NotAllowedError("Behind gateways, backups are made there: tirai gateway backup", code="home")
    office.database.copy_to(path, key, blank)
    return rows


def _records(rows: list[RecordKey]) -> Iterator[bytes]:
    yield from preceded({"customers": len(rows)}, packed_record_keys(rows))


def packed_record_keys(rows: Iterable[RecordKey]) -> Iterator[bytes]:
    """Record keys as they stand in a file of them."""
    return (_ROW.pack(record, version, len(z)) + z for record, version, z in rows)


def record_keys_in(pieces: Iterable[bytes]) -> Iterator[RecordKey]:
    """Record keys from a file of them, one after the other."""
    held = b""
    for piece in pieces:
        held += piece
        at = 0
        while len(held) - at >= _ROW.size:
            record, version, length = _ROW.unpack_from(held, at)
            begins = at + _ROW.size
            if len(held) - begins < length:
                break
            yield record, version, held[begins : begins + length]
            at = begins + length
        held = held[at:]


def record_keys_of(pieces: Iterable[bytes]) -> dict[bytes, tuple[int, bytes]]:
    """Record keys from a file of them: by record, the master's version and the wrapped key."""
    return {record: (version, z) for record, version, z in record_keys_in(pieces)}


def preceded(preface: dict[str, Any], pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Content, and before it what `with_preface` gives back."""
    raw = json.dumps(preface, ensure_ascii=False).encode()
    yield struct.pack(">I", len(raw)) + raw
    yield from pieces


def with_preface(pieces: Iterator[bytes]) -> tuple[dict[str, Any], Iterator[bytes]]:
    """What stands before the content, and the content."""
    held = next(pieces, b"")
    (length,) = struct.unpack(">I", held[:4])
    while len(held) < 4 + length:
        held += next(pieces)

    def rest() -> Iterator[bytes]:
        yield held[4 + length :]
        yield from pieces

    return json.loads(held[4 : 4 + length]), rest()


def _read(path: Path, tell: Tell) -> Iterator[bytes]:
    size, done = path.stat().st_size, 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece
            done += len(piece)
            tell(done, size)


def log_backup(
    office: OpenOffice, event: str, backup: bytes, who: dict[str, str], outcome: str = "ok", **rest: str
) -> None:
    """Write an entry about a backup, and sign the log's end."""
    with office.writing() as db:
        office.log.append(db, event, outcome, reference=backup.hex(), **who, **rest)
        office.log.checkpoint(db)


def _refused(folder: Path, error: Exception) -> WorkstationError:
    if "malformed" in str(error):
        return WorkstationError(
            "A part of the office's file is damaged, so no backup can be made of it. Keep the last backup; call IT.",
            code="damaged",
        )
    return disk_refused(folder, error, "A backup needs about twice the size of the office's file there.")


def disk_refused(folder: Path, error: Exception, hint: str) -> WorkstationError:
    """What is said where a disk refused; nothing of what was begun stays."""
    full = "full" in str(error) or getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
    why = "has no room left" if full else "cannot be written"
    return WorkstationError(f"{folder} {why}. {hint} Nothing stays of what was begun.", code="disk")

"""Backing up an office behind gateways, while they serve: two files under period keys, as of a workstation (ADR 0021).

    main file   = preface, dump, customers
    preface     = name, settings (the office's own keys, wrapped), versions of the master (no key), rows by table
    dump        = pieces of `pg_dump`'s custom form, each behind its length as u32; a length of 0 ends it
    customers   = rows of COPY, with empty record keys
    record keys = as a workstation's office has them

All of it is of one moment, and goes from PostgreSQL into the sealed stream: nothing lies on a disk in the open. The
master is in neither file: a backup opens for two kit holders with the period's key, and works where the master is.
"""

import secrets
import shutil
import struct
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from app.backoffice import schema
from app.backoffice.backup import (
    GATEWAY_SUFFIX,
    RECORDS_SUFFIX,
    Made,
    check_apart,
    destroy_out_of_time,
    disk_refused,
    keys_for_now,
    living_periods,
    log_backup,
    name_of,
    packed_record_keys,
    preceded,
    remove,
    work_folder,
    write_one,
)
from app.backoffice.backup_file import BackupKind
from app.backoffice.backup_keys import Period
from app.backoffice.office import OpenOffice
from app.backoffice.placing import sync_folder
from app.backoffice.team_snapshot import APART, OVER, Snapshot, only_backup, snapshot_of
from app.domain.errors import TiraiError, VerificationError

Dump = Callable[[str, tuple[str, ...]], Iterator[bytes]]
"""Called with the name of a moment and the tables whose rows stay out; gives what `pg_dump` says."""
Tell = Callable[[int], None]
"""Called with how many bytes have gone by so far."""


def untold(_bytes: int) -> None:
    """Progress that nobody wants."""


_ROOM: Final = "A backup needs about half the size of the office's database there."
_LENGTH: Final = struct.Struct(">I")


def make_team_backup(
    office: OpenOffice,
    reader: Mapping[str, str],
    dump: Dump,
    folder: Path,
    keys_file: Path,
    who: dict[str, str],
    tell: Tell = untold,
) -> Made:
    """Make a backup.

    Args:
        office: the office, open by the way of gateways.
        reader: libpq's words for the way of the role that reads everything.
        dump: runs `pg_dump` there.
        folder: where the two files go; it exists.
        keys_file: where the period keys are, apart from `folder`.
        who: who makes it, for the log.
        tell: progress.

    Raises:
        InputRefusedError: folder or file of keys do not do.
        NotAllowedError: another one is being made.
        WorkstationError: database, program or disk refused; nothing stays of the backup.
    """
    check_apart(folder, keys_file)
    with only_backup(reader) as engine:
        keys = keys_for_now(office, keys_file)
        made = Made(secrets.token_bytes(16), Path(), Path(), 0, 0)
        now = office.clock.now_ms()
        periods = living_periods(keys, now)
        named = "+".join(period.name for period in periods.values())
        log_backup(office, "backup.begin", made.id, who, detail=f"periods={named}")
        try:
            with snapshot_of(engine) as seen:
                made = _write(office, seen, dump, folder, made, now, periods, tell)
        except (OSError, TiraiError) as e:
            with suppress(TiraiError):  # the begin stands there without an end
                log_backup(office, "backup.make", made.id, who, outcome="failed", detail=type(e).__name__)
            raise e if isinstance(e, TiraiError) else disk_refused(folder, e, _ROOM) from e
        try:
            detail = f"bytes={made.size_bytes} customers={made.customers}"
            log_backup(office, "backup.make", made.id, who, detail=detail)
        except TiraiError:
            remove(made.office_file, made.records_file)
            raise
        return replace(made, destroyed=destroy_out_of_time(office, who, keys_file))


def _write(
    office: OpenOffice,
    seen: Snapshot,
    dump: Dump,
    folder: Path,
    made: Made,
    now_ms: int,
    periods: Mapping[BackupKind, Period],
    tell: Tell,
) -> Made:
    name, work = name_of(made.id, now_ms), work_folder(folder)
    main, side = f"{name}{GATEWAY_SUFFIX}", f"{name}{RECORDS_SUFFIX}"
    try:
        preface = preface_of(seen, office.plate.name)
        customers = preface["rows"][schema.customers.name]
        dumped = framed(dump(seen.id, tuple(table.name for table in (*APART, *OVER))))
        pieces = preceded(preface, told_of(chain(dumped, seen.customers()), tell))
        write_one(office, work / main, "office", made.id, now_ms, periods["office"], pieces, "gateway")
        pieces = preceded({"customers": customers}, packed_record_keys(seen.record_keys()))
        write_one(office, work / side, "records", made.id, now_ms, periods["records"], pieces, "gateway")
        size = sum((work / file).stat().st_size for file in (main, side))
        for file in (side, main):  # the main file last: where it lies, the backup is whole
            (work / file).rename(folder / file)
        sync_folder(folder)
    except BaseException:
        remove(folder / main, folder / side)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return replace(made, office_file=folder / main, records_file=folder / side, size_bytes=size, customers=customers)


def preface_of(seen: Snapshot, name: str) -> dict[str, Any]:
    """What a restore must know before it makes anything."""
    return {
        "name": name,
        "settings": [_as_text(dict(row)) for row in seen.rows(schema.settings)],
        "masters": [_as_text(dict(row)) for row in seen.rows(schema.master_versions)],
        "rows": seen.counts(),
    }


def _as_text(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: b64encode(value).decode() if isinstance(value, bytes) else value for name, value in row.items()}


def told_of(pieces: Iterable[bytes], tell: Tell) -> Iterator[bytes]:
    """Pieces, telling how much of them has gone by."""
    gone = 0
    for piece in pieces:
        gone += len(piece)
        tell(gone)
        yield piece


def framed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces so that their end is known, whatever comes behind them."""
    for piece in pieces:
        if piece:
            yield _LENGTH.pack(len(piece))
            yield piece
    yield _LENGTH.pack(0)


class Framed:
    """Reads what `framed` wrote, and then what stands behind it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Read from these pieces, of any sizes."""
        self._pieces, self._held = pieces, bytearray()

    def pieces(self) -> Iterator[bytes]:
        """What was framed, to its end."""
        while length := _LENGTH.unpack(self._take(_LENGTH.size))[0]:
            yield self._take(length)

    def rest(self) -> Iterator[bytes]:
        """What stands behind it."""
        yield bytes(self._held)
        yield from self._pieces

    def _take(self, size: int) -> bytes:
        while len(self._held) < size:
            piece = next(self._pieces, None)
            if piece is None:
                raise VerificationError("The backup ends too early. Take another one.", code="backup_damaged")
            self._held += piece
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

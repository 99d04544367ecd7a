"""The forms of backups and their keys, pinned: an office must restore what an older Tirai made."""

import contextlib
import hashlib
import json
import os
import struct
import threading
from pathlib import Path

import pytest

from app.backoffice.backup import record_keys_of, with_preface
from app.backoffice.backup_file import _signed, _stream_key, key_info
from app.backoffice.backup_keys import DAY_MS, LARGEST, BackupKeys, Period, new_period, period_name
from app.crypto import hpke, signing
from app.crypto.derive import expand
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError

O = hashlib.sha256(b"root").digest()  # noqa: E741  (the specification's name)
BACKUP, KEY = bytes(range(16)), bytes(range(32))
AT = 1_764_000_000_000
"""24 November 2025, 16:00 UTC."""


def test_that_a_files_key_is_bound_to_office_period_kind_and_backup() -> None:
    assert key_info(O, "office-2025-11", "office", BACKUP) == lp("backup-key", O, "office-2025-11", "office", BACKUP)


def test_that_the_stream_key_is_bound_to_the_head() -> None:
    assert _stream_key(KEY, O, b"h" * 32) == expand(KEY, lp("backup-stream", O, b"h" * 32))


def test_that_the_signature_is_under_head_and_stream() -> None:
    assert _signed(O, b"h" * 32, b"s" * 32) == lp("backup", O, b"h" * 32, b"s" * 32)


def test_that_a_periods_entry_is_signed_whole() -> None:
    period = Period("office-2025-11", AT, b"public", b"sealed", 0)
    assert period.body(O) == lp("backup-period-entry", O, "office-2025-11", AT, b"public", b"sealed", 0)


@pytest.mark.parametrize(
    ("at_ms", "office", "records"),
    [
        (AT, "office-2025-11", "records-2025-W48"),
        (1_767_225_599_000, "office-2025-12", "records-2026-W01"),
        (1_767_225_600_000, "office-2026-01", "records-2026-W01"),
        (1_798_761_600_000, "office-2027-01", "records-2026-W53"),
    ],
)
def test_that_periods_are_months_and_iso_weeks_in_utc(at_ms: int, office: str, records: str) -> None:
    assert (period_name("office", at_ms), period_name("records", at_ms)) == (office, records)


def test_that_record_keys_stand_in_their_file_one_after_another() -> None:
    rows = b"".join(struct.pack(">16sIH", bytes([n]) * 16, n, 3) + b"key" for n in (1, 2))
    preface = json.dumps({"customers": 2}).encode()
    told, pieces = with_preface(iter([struct.pack(">I", len(preface)) + preface[:5], preface[5:] + rows]))
    assert told == {"customers": 2}
    assert record_keys_of(pieces) == {b"\1" * 16: (1, b"key"), b"\2" * 16: (2, b"key")}


def test_that_a_secret_comes_back_from_the_file_to_the_recovery_account_alone(tmp_path: Path) -> None:
    recovery, seed = hpke.new_secret(), signing.new_seed()
    period = new_period(BackupKeys(O), "office", AT, hpke.public_of(recovery), seed)
    BackupKeys(O, (period,)).write(tmp_path / "keys")
    keys = BackupKeys.read(tmp_path / "keys", O, signing.public_of(seed))
    assert keys.periods == (period,)
    assert hpke.public_of(keys.secret(period.name, recovery)) == period.public


def test_that_a_destroyed_period_wins_and_its_name_is_not_used_again() -> None:
    recovery, seed = hpke.public_of(hpke.new_secret()), signing.new_seed()
    keys = BackupKeys(O)
    period = new_period(keys, "office", AT, recovery, seed)
    keys = keys.joined([period])
    gone = keys.joined([period.destroyed(AT + 1).signed(O, seed)])
    for joined in (gone.joined([period]), keys.joined(gone.periods)):
        assert [p.lives for p in joined.periods] == [False]
        assert joined.living("office", "office-2025-11") is None
    assert new_period(gone, "office", AT, recovery, seed).name == "office-2025-11.2"
    assert not gone.periods[0].sealed


@pytest.mark.parametrize(("name", "days", "due"), [("records-2025-W48", 34, False), ("records-2025-W48", 35, True)])
def test_that_record_keys_are_due_after_35_days(name: str, days: int, due: bool) -> None:
    assert Period(name, AT, b"", b"").is_due(AT + days * DAY_MS) is due


def test_that_old_bytes_of_a_file_of_keys_are_written_over(tmp_path: Path) -> None:
    """Whoever had the old file open, as a disk has its blocks, finds nothing of it."""
    path, seed = tmp_path / "keys", signing.new_seed()
    period = new_period(BackupKeys(O), "office", AT, hpke.public_of(hpke.new_secret()), seed)
    BackupKeys(O, (period,)).write(path)
    with path.open("rb") as held:
        before = held.read()
        BackupKeys(O, (period.destroyed(AT).signed(O, seed),)).write(path)
        held.seek(0)
        after = held.read()
    assert len(after) == len(before)
    assert not any(before[i : i + 64] in after for i in range(0, len(before) - 64, 64))


def test_that_a_copy_which_is_the_same_file_under_another_name_stays_whole(tmp_path: Path) -> None:
    path, copy = tmp_path / "keys", tmp_path / "snapshot"
    BackupKeys(O).write(path)
    copy.hardlink_to(path)
    BackupKeys(O).write(path)
    assert BackupKeys.read(copy, O) == BackupKeys(O)


def test_that_keys_are_read_from_a_plain_file_of_a_bounded_size_only(tmp_path: Path) -> None:
    """The office reads at a path that a request names: a pipe would hold it up, and a device fill its memory."""
    keys, pipe = tmp_path / "keys", tmp_path / "pipe"
    BackupKeys(O).write(keys)
    content = keys.read_bytes()
    assert BackupKeys.read(keys, O) == BackupKeys(O)
    with keys.open("ab") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(InputRefusedError):
        BackupKeys.read(keys, O)
    os.mkfifo(pipe)

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), pipe.open("wb") as file:
            file.write(content)

    writer = threading.Thread(target=write)
    writer.start()
    with pytest.raises(InputRefusedError):
        BackupKeys.read(pipe, O)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer.join()
    os.close(reader)


def test_that_what_is_no_file_of_keys_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"{}", b"[]", b"{"):
        (tmp_path / "keys").write_bytes(content)
        with pytest.raises(InputRefusedError):
            BackupKeys.read(tmp_path / "keys", O)

"""The form of a backup file: a head that anybody may read, a sealed stream, and the office's signature under both.

    file      = "TIRAIBK1", u32 length of the head, head (JSON), sealed stream, 64 bytes of signature
    head      = kind, id, time, root, the office's entry of the book, period, HPKE(period key; file's key;
                LP("backup-key", O, period, kind, id))
    stream    = `app.crypto.stream` under expand(file's key, LP("backup-stream", O, SHA-256(head)))
    signature = Ed25519 of the office's checkpoint key over LP("backup", O, SHA-256(head), SHA-256(stream))

Invariants: whoever holds only the public halves can tell whether a file is whole and this office's; nobody can open it
without the period's secret; a file that was put together from two is neither.
"""

import hashlib
import os
import secrets
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import Field, ValidationError

from app.api.messages.book import BookEntry
from app.api.messages.since import all_said
from app.api.messages.wire import Blob, Id16, Key32, Message
from app.auth.book import ROOT, Entry, Kind
from app.auth.book_messages import entry_message, entry_of
from app.crypto import hpke, signing
from app.crypto.derive import expand, sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.crypto.stream import SEALED_CHUNK_BYTES, open_stream, seal_stream
from app.domain.errors import InputRefusedError, VerificationError

BackupKind = Literal["office", "records"]
BackupHome = Literal["workstation", "gateway"]
MAGIC = b"TIRAIBK1"
_LARGEST_HEAD = 64 * 1024
_SIGNATURE_BYTES = 64
DAMAGED = "is damaged, cut, or put together from two files. Take another backup; this one was left as it is."


class BackupHead(Message):
    """What a backup says of itself.

    Attributes:
        format: version of this form.
        kind: the office's file, or its record keys.
        id: which backup; the two files of one have the same.
        made_ms: when, by the office's clock.
        root: the office's root public key.
        office_entry: the book's entry of the office, signed by the root: whose signature is under the file.
        period: name of the period key.
        sealed_key: the file's own key, sealed to the period key.
        home: which kind of home it is of; one is not restored as the other.
    """

    format: Literal[1] = 1
    kind: BackupKind
    id: Id16
    made_ms: int = Field(ge=0)
    root: Key32
    office_entry: BookEntry
    period: str = Field(pattern="^(office|records)-[0-9A-Z.-]{4,16}$")
    sealed_key: Blob
    home: BackupHome = "workstation"

    @property
    def office(self) -> bytes:
        """O."""
        return sha256(self.root)


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup whose form and signature were found good.

    Attributes:
        path: the file.
        head: what it says.
        head_hash: SHA-256 of the head's bytes.
        begins: where its stream begins, bytes.
        ends: where its stream ends, bytes.
    """

    path: Path
    head: BackupHead
    head_hash: bytes
    begins: int
    ends: int


def write_backup(
    path: Path, kind: BackupKind, backup: bytes, made_ms: int, root: bytes, office_entry: Entry, period: str,
    period_public: bytes, sign_seed: bytes, pieces: Iterable[bytes], home: BackupHome = "workstation",
) -> None:  # fmt: skip
    """Write a new file, durably.

    Args:
        path: the file; nothing may be there yet.
        kind: what is in it.
        backup: id of the backup, 16 bytes.
        made_ms: when, ms.
        root: the office's root public key.
        office_entry: the book's entry of the office.
        period: name of the period key.
        period_public: its public half.
        sign_seed: the office's checkpoint seed.
        pieces: what goes in.
        home: which kind of home it is of.

    Raises:
        OSError: the disk refused.
    """
    office, key = sha256(root), secrets.token_bytes(32)
    head = BackupHead(
        kind=kind,
        id=backup,
        made_ms=made_ms,
        root=root,
        office_entry=entry_message(office_entry),
        period=period,
        sealed_key=hpke.seal(period_public, key, key_info(office, period, kind, backup)),
        home=home,
    )
    with all_said():
        raw = head.model_dump_json().encode()
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(MAGIC + struct.pack(">I", len(raw)) + raw)
        digest = hashlib.sha256()
        for chunk in seal_stream(_stream_key(key, office, sha256(raw)), pieces):
            digest.update(chunk)
            file.write(chunk)
        file.write(signing.sign(sign_seed, _signed(office, sha256(raw), digest.digest())))
        file.flush()
        os.fsync(file.fileno())


def checked_backup(path: Path) -> BackupFile:
    """Read the whole file and check its signature; opens nothing.

    Raises:
        InputRefusedError: it is no backup.
        VerificationError: it is one, but changed or cut, or not signed by the office that it names.
    """
    try:
        with path.open("rb") as file:
            raw, begins = _raw_head(file, path)
            ends = path.stat().st_size - _SIGNATURE_BYTES
            digest = hashlib.sha256()
            for chunk in _chunks(file, begins, ends):
                digest.update(chunk)
            signature = file.read(_SIGNATURE_BYTES)
    except OSError as e:
        raise InputRefusedError(f"{path} cannot be read: {e.strerror}.", code="backup") from e
    head, entry = _head(raw, path)
    try:
        root_mark = next(s for s in entry.signatures if s.signer == ROOT)
        signing.check(head.root, root_mark.value, entry.body(head.office))
        signing.check(entry.sign, signature, _signed(head.office, sha256(raw), digest.digest()))
    except (SealError, StopIteration) as e:
        raise VerificationError(f"{path.name} {DAMAGED}", code="backup_damaged") from e
    return BackupFile(path, head, sha256(raw), begins, ends)


def opened_backup(file: BackupFile, period_secret: bytes) -> Iterator[bytes]:
    """What is in a checked file; whole only when the reading ended without an error.

    Raises:
        VerificationError: the period key is another one, or the file was changed since it was checked.
    """
    head = file.head
    try:
        key = hpke.unseal(period_secret, head.sealed_key, key_info(head.office, head.period, head.kind, head.id))
        with file.path.open("rb") as raw:
            yield from open_stream(_stream_key(key, head.office, file.head_hash), _chunks(raw, file.begins, file.ends))
    except SealError as e:
        raise VerificationError(f"{file.path.name} {DAMAGED}", code="backup_damaged") from e


def key_info(office: bytes, period: str, kind: str, backup: bytes) -> bytes:
    """What a file's key is bound to."""
    return lp("backup-key", office, period, kind, backup)


def _stream_key(key: bytes, office: bytes, head_hash: bytes) -> bytes:
    return expand(key, lp("backup-stream", office, head_hash))


def _signed(office: bytes, head_hash: bytes, stream_hash: bytes) -> bytes:
    return lp("backup", office, head_hash, stream_hash)


def _raw_head(file: BinaryIO, path: Path) -> tuple[bytes, int]:
    start = file.read(len(MAGIC) + 4)
    if start[: len(MAGIC)] != MAGIC or len(start) != len(MAGIC) + 4:
        raise InputRefusedError(f"{path} is not a backup of Tirai.", code="backup")
    (length,) = struct.unpack(">I", start[len(MAGIC) :])
    raw = file.read(min(length, _LARGEST_HEAD))
    if len(raw) != length:
        raise VerificationError(f"{path.name} {DAMAGED}", code="backup_damaged")
    return raw, len(start) + length


def _head(raw: bytes, path: Path) -> tuple[BackupHead, Entry]:
    try:
        head = BackupHead.model_validate_json(raw)
        entry = entry_of(head.office_entry)
    except (ValidationError, ValueError) as e:
        raise VerificationError(f"{path.name} {DAMAGED}", code="backup_damaged") from e
    if entry.kind is not Kind.OFFICE or not head.period.startswith(head.kind):
        raise VerificationError(f"{path.name} {DAMAGED}", code="backup_damaged")
    return head, entry


def _chunks(file: BinaryIO, begins: int, ends: int) -> Iterator[bytes]:
    file.seek(begins)
    left = ends - begins
    while left > 0:
        chunk = file.read(min(SEALED_CHUNK_BYTES, left))
        if not chunk:
            return
        left -= len(chunk)
        yield chunk

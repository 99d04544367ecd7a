"""An archive of the log: a segment of entries as gzipped JSON Lines, between a head and the office's signed checkpoint.

First line: office, first entry, and the chain's hash before it. Then the entries. Last line: the last entry, the hash
after it, and the office's Ed25519 signature over both. So an archive is judged by itself, and two of them, or one and
the live log, show that nothing lies between them.
"""

import contextlib
import gzip
import json
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.auth.audit_chain import AuditEntry, Checkpoint, link
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from app.siem.export_place import ExportPlace
from app.siem.json_lines import LONGEST_LINE, entry_of, line_of

_FORMAT = 1
_GZIP = 31
"""What zlib calls a gzip file with the largest window."""
_TOLD_EVERY = 100
Progress = Callable[[int], None]
"""Called with the number of the entry that was judged last, now and then; what it raises stops the judging."""
_NAME = re.compile(r"tirai-audit-([0-9a-f]{8})-(\d{1,15})-(\d{1,15})\.jsonl\.gz")


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive that was judged holds.

    Attributes:
        path: the file.
        first, last: numbers of its entries.
        before: the chain's hash before its first entry.
        head: the chain's hash after its last.
    """

    path: Path
    first: int
    last: int
    before: bytes
    head: bytes


class ArchiveError(VerificationError):
    """An archive does not hold.

    Attributes:
        first_bad: number of the first wrong or missing entry, or 0 where head or signature are wrong.
    """

    def __init__(self, path: Path, first_bad: int, what: str) -> None:
        where = f"entry {first_bad} {what}" if first_bad else what
        super().__init__(f"The archive {path} does not hold: {where}.", code="archive")
        self.first_bad = first_bad


def archives_in(folder: Path, office: bytes) -> list[Path]:
    """An office's archives in a folder, by their first entry.

    Raises:
        WorkstationError: the folder cannot be read.
    """
    try:
        found = [(match, path) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
    except OSError as e:
        raise WorkstationError(f"{folder} cannot be read.") from e
    own = [(int(match[2]), path) for match, path in found if match[1] == office.hex()[:8]]
    return [path for _first, path in sorted(own)]


def last_named(paths: Iterable[Path]) -> int:
    """The last entry by the names of archives, before anybody has judged them; 0 where there is none."""
    return max((int(match[3]) for path in paths if (match := _NAME.fullmatch(path.name))), default=0)


class NewArchive:
    """An archive on its way: written beside, judged again as it lies on the disk, then put in its place whole."""

    def __init__(self, folder: Path, office: bytes, place: ExportPlace) -> None:
        """Begin behind a place.

        Raises:
            WorkstationError: the folder cannot be written.
        """
        self._folder, self._office = folder, office
        self._beside = folder / f".tirai-audit-{os.getpid()}.new"
        try:
            self._beside.unlink(missing_ok=True)
            fd = os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as e:
            raise WorkstationError(f"{folder} cannot be written.") from e
        self._raw = os.fdopen(fd, "wb", buffering=0)
        self._zip = zlib.compressobj(wbits=_GZIP)
        try:
            self._write(_line({"tirai_audit_archive": _FORMAT, "office": office.hex(), "first": place.number + 1,
                               "before": place.head.hex()}))  # fmt: skip
        except WorkstationError:
            self.drop()
            raise

    def take(self, entries: Sequence[AuditEntry]) -> None:
        """Write entries.

        Raises:
            WorkstationError: the disk refused.
        """
        self._write(b"".join(line_of(self._office, entry) for entry in entries))

    def _write(self, content: bytes, *, last: bool = False) -> None:
        packed = self._zip.compress(content) + (self._zip.flush() if last else b"")
        try:
            while packed:
                packed = packed[self._raw.write(packed) :]
        except OSError as e:
            raise WorkstationError(f"{self._folder} is full; nothing was archived.") from e

    def finish(self, mark: Checkpoint, public: bytes, on_entries: Progress = lambda _number: None) -> Archive:
        """Sign it off with the office's checkpoint over its last entry, judge what lies on the disk, and name it.

        Raises:
            ArchiveError: it does not hold; it is gone again.
            WorkstationError: the disk refused; it is gone again.
        """
        try:
            end = {"last": mark.number, "hash": mark.hash.hex(), "signature": mark.signature.hex()}
            self._write(_line(end), last=True)
            os.fsync(self._raw.fileno())
            self._raw.close()
            judged = judge_archive(self._beside, self._office, public, on_entries)
            path = self._folder / f"tirai-audit-{self._office.hex()[:8]}-{judged.first}-{judged.last}.jsonl.gz"
            self._beside.rename(path)
            _sync(self._folder)
        except OSError as e:
            self.drop()
            raise WorkstationError(f"{self._folder} cannot be written; nothing was archived.") from e
        except BaseException:
            self.drop()
            raise
        return Archive(path, judged.first, judged.last, judged.before, judged.head)

    def close(self) -> None:
        """No more come; only `finish` makes an archive of it."""
        self.drop()

    def drop(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(OSError):
            self._raw.close()
        with contextlib.suppress(OSError):
            self._beside.unlink(missing_ok=True)


def _line(words: dict[str, Any]) -> bytes:
    return json.dumps(words).encode("ascii") + b"\n"


def judge_archive(path: Path, office: bytes, public: bytes, on_entries: Progress = lambda _number: None) -> Archive:
    """Read an archive whole, and judge it by the office's key.

    Args:
        path: the file.
        office: O.
        public: the office's checkpoint key, from the book.
        on_entries: see `Progress`.

    Raises:
        ArchiveError: with the first wrong entry.
        InputRefusedError: it is no archive, or another office's.
        WorkstationError: it cannot be read.
    """
    lines = _lines(path)
    head = _words(path, next(lines, b""))
    try:
        if head["tirai_audit_archive"] != _FORMAT or bytes.fromhex(head["office"]) != office:
            raise InputRefusedError(f"{path} is an archive of another office, or of another Tirai.")
        first, before = int(head["first"]), bytes.fromhex(head["before"])
    except (KeyError, TypeError, ValueError) as e:
        raise InputRefusedError(f"{path} is no archive of an audit log.") from e
    return _judge_rest(path, office, public, lines, ExportPlace(first - 1, before), on_entries)


def _judge_rest(
    path: Path, office: bytes, public: bytes, lines: Iterator[bytes], start: ExportPlace, on_entries: Progress
) -> Archive:
    number, head, end = start.number, start.head, b""
    for line in lines:
        if not line:
            raise ArchiveError(path, number + 1, "is missing: the file is cut or damaged there")
        if line.startswith(b'{"last":'):
            end = line
            break
        try:
            entry = entry_of(line, office)
        except InputRefusedError as e:
            raise ArchiveError(path, number + 1, "is no entry") from e
        if entry.number != number + 1:
            raise ArchiveError(path, number + 1, "is missing or out of order")
        head, number = link(head, entry.digest(office)), number + 1
        if head != entry.hash:
            raise ArchiveError(path, number, "was edited, or stands in another's place")
        if not number % _TOLD_EVERY:
            on_entries(number)
    if not end:
        raise ArchiveError(path, number + 1, "is missing: the archive was cut before it")
    if next(lines, None) is not None:
        raise ArchiveError(path, 0, "something stands behind its end")
    _check_end(path, office, public, _words(path, end), ExportPlace(number, head))
    return Archive(path, start.number + 1, number, start.head, head)


def _check_end(path: Path, office: bytes, public: bytes, end: dict[str, Any], place: ExportPlace) -> None:
    try:
        last, head, signature = int(end["last"]), bytes.fromhex(end["hash"]), bytes.fromhex(end["signature"])
    except (KeyError, TypeError, ValueError) as e:
        raise ArchiveError(path, 0, "its last line is none") from e
    if last > place.number:
        raise ArchiveError(path, place.number + 1, "is missing: the archive was cut before it")
    if (last, head) != (place.number, place.head):
        raise ArchiveError(path, 0, "its last line tells of another chain")
    try:
        signing.check(public, signature, Checkpoint.body(office, last, head))
    except SealError as e:
        raise ArchiveError(path, 0, "the office's signature does not fit") from e


def judge_archives(
    paths: Iterable[Path], office: bytes, public: bytes, on_entries: Progress = lambda _number: None
) -> list[Archive]:
    """Judge archives in the order of their entries, and demand that each follows the one before it.

    Raises:
        ArchiveError: one does not hold, or entries between two are missing.
    """
    judged = sorted((judge_archive(path, office, public, on_entries) for path in paths), key=lambda a: a.first)
    for one, after in pairwise(judged):
        if after.first > one.last + 1:
            raise ArchiveError(after.path, one.last + 1, "is missing: the archive before it ends there")
        if after.first <= one.last:
            raise ArchiveError(after.path, 0, f"entry {after.first} is in the archive before it as well")
        if after.before != one.head:
            raise ArchiveError(after.path, 0, "it does not follow the archive before it")
    return judged


def _lines(path: Path) -> Iterator[bytes]:
    """Lines, none longer than an entry can be."""
    try:
        with gzip.open(path, "rb") as file:
            while line := file.readline(LONGEST_LINE):
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield b""  # what is wrong with it is said by whoever misses a line
    except OSError as e:
        raise WorkstationError(f"{path} cannot be read.") from e


def _words(path: Path, line: bytes) -> dict[str, Any]:
    try:
        words = json.loads(line)
    except ValueError:
        words = None
    if not isinstance(words, dict):
        raise InputRefusedError(f"{path} is no archive of an audit log.")
    return words


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)

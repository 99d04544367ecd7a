"""The outbox of this seat: a folder in the home with one file per session that had to keep something for its office.

What lies in it is sealed to the office; this module knows bytes only. A file is a head (which session, from which
number on, hash of what came before) and entries, each as u32 big-endian length and bytes; it only grows, and goes as a
whole once the office has all of it. It is no cache: wipes and sweeps leave it.

Invariants: an entry is on disk, with its file and folder, before `append` returns, and what `append` refused is not in
the file. A tail that is shorter than its length says was never acknowledged: readers leave it out, the next append cuts
it off. Nothing else is ever dropped: what a reader does not understand stays, in a file that is set aside. Files are
the owner's alone. One lock over the folder keeps processes apart; another one makes whoever delivers the only one.
"""

import contextlib
import os
import re
import secrets
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.storage.file_locks import try_lock
from app.storage.places import FILE_MODE, PlaceRefusedError, checked_session_id, private_file, private_folder

FOLDER_NAME: Final = "outbox"
LONGEST_ENTRY: Final = 131_072
LARGEST_FILE: Final = 32 * 1024 * 1024
"""More than anybody types in a session; then a full outbox is said, and the draft stays where it is."""

_MAGIC: Final = b"tirai-outbox-1\n\0"
_HEAD: Final = struct.Struct(">16s16sQ32s")
_LENGTH: Final = struct.Struct(">I")
_REFUSED, _TORN = ".refused", ".torn"
_SESSION: Final = re.compile("[0-9a-f]{32}")
_LOCK_S, _PAUSE_S = 5.0, 0.01


class OutboxUnwritableError(WorkstationError):
    """An entry could not be made durable, and is not in the outbox. Codes: `outbox_disk`, `outbox_full`."""


class FileTouchedError(WorkstationError):
    """Another program has cut or replaced a file of the outbox."""


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A session's file as it lies there.

    Attributes:
        base: number of the last entry before the file's first.
        base_link: hash of that.
        entries: the sealed entries, in order.
        rest: bytes behind them that are no whole entry.
    """

    base: int
    base_link: bytes
    entries: tuple[bytes, ...]
    rest: int

    @property
    def last(self) -> int:
        """Number of its last entry."""
        return self.base + len(self.entries)


@dataclass(slots=True)
class OutboxFolder:
    """The outbox below a home. Any thread and process may call."""

    home: Path
    _end: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Per session: inode, length and last number of the file as this process left it; saves reading it anew."""

    @property
    def path(self) -> Path:
        """Where it is; not made before something is kept."""
        return self.home / FOLDER_NAME

    def sessions(self) -> list[str]:
        """Ids of the sessions that have something here, hex, sorted."""
        return self._named("")

    def refused(self) -> list[str]:
        """Ids of the sessions whose file was set aside because its office does not take it."""
        return self._named(_REFUSED)

    def _named(self, ending: str) -> list[str]:
        try:
            names = [path.name for path in self.path.iterdir() if path.suffix == ending]
        except (FileNotFoundError, NotADirectoryError):
            return []
        ids = (name.split(".")[0] for name in names)
        return sorted({name for name in ids if _SESSION.fullmatch(name)})

    def read(self, session: str) -> Kept | None:
        """A session's file, or None where there is none.

        Raises:
            PlaceRefusedError: it is a link, somebody else's, or no file of this kind.
        """
        if not os.path.lexists(self.path):
            return None
        with self._locked():
            return self._read(session)

    def append(self, session: str, entry: bytes, number: int, previous: bytes) -> None:
        """Put an entry behind those before it; return once it is on disk.

        Args:
            session: whose, hex.
            entry: sealed.
            number: its own; what the file has from this number on was never acknowledged, and goes.
            previous: hash of the entry before it.

        Raises:
            OutboxUnwritableError: it is not in the outbox: the disk is full or broken, or the file too large.
            PlaceRefusedError: folder or file are not the owner's alone.
            FileTouchedError: the file lacks entries before this one: somebody cut it; see `put`.
        """
        if not 0 < len(entry) <= LONGEST_ENTRY:
            raise OutboxUnwritableError("This text is too long to be kept here.", code="outbox_full")
        with self._locked(), _said():
            if os.path.lexists(self._file(session)):
                self._append(session, entry, number)
            else:
                self._put(session, number - 1, previous, [entry])

    def put(self, session: str, base: int, base_link: bytes, entries: Sequence[bytes]) -> None:
        """Write a session's file anew, from the memory of the process that wrote it.

        Raises:
            OutboxUnwritableError: the disk is full or broken; what was there stays.
        """
        with self._locked(), _said():
            self._put(session, base, base_link, entries)

    def remove(self, session: str, last: int) -> bool:
        """Remove a file whose entries were delivered up to this number; False if it has more of them by now.

        A rest behind the last entry is set aside with the file: it should be a torn one, and nobody can be sure.
        """
        with self._locked(), _said():
            kept = self._read(session)
            if kept is None:
                return True
            if kept.last > last:
                return False
            if kept.rest:
                self._set_aside(session, _TORN)
                return True
            self._file(session).unlink()
            self._sync_folder()
            self._end.pop(session, None)
            return True

    def set_aside(self, session: str) -> None:
        """Take a file that its office refuses out of the way; it stays, and is not tried again by itself."""
        with self._locked(), _said():
            self._set_aside(session, _REFUSED)

    def _set_aside(self, session: str, ending: str) -> None:
        aside = self.path / f"{session}.{secrets.token_hex(4)}{ending}"
        with contextlib.suppress(FileNotFoundError):
            self._file(session).rename(aside)
        self._sync_folder()
        self._end.pop(session, None)

    @contextlib.contextmanager
    def courier(self) -> Iterator[bool]:
        """Whether this process is the one that delivers, until the block is left. Where nothing lies, nobody is."""
        if not self.path.is_dir():
            yield False
            return
        with _said():
            descriptor = self._open_lock("courier")
        try:
            is_courier = try_lock(descriptor)
            if is_courier:
                self._tidy()
            yield is_courier
        finally:
            os.close(descriptor)

    def _tidy(self) -> None:
        """Remove files that a killed process was making: nothing in them was acknowledged."""
        with self._locked(), _said():
            for half_made in self.path.glob(".new-*"):
                half_made.unlink(missing_ok=True)

    # below the lock

    def _read(self, session: str) -> Kept | None:
        path = self._file(session)
        try:
            if private_file(path).st_size > LARGEST_FILE + LONGEST_ENTRY:
                raise PlaceRefusedError(f"{path} is refused: it is larger than an outbox. Move it away.")
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PlaceRefusedError(f"{path} cannot be read: {error.strerror}.") from error
        if len(data) < _HEAD.size or data[: len(_MAGIC)] != _MAGIC:
            raise PlaceRefusedError(f"{path} is refused: it is no outbox. Move it away.")
        _magic, whose, base, base_link = _HEAD.unpack_from(data)
        if whose.hex() != session:
            raise PlaceRefusedError(f"{path} is refused: it is another session's. Move it away.")
        entries, at = [], _HEAD.size
        while (end := _end_of(data, at)) is not None:
            entries.append(data[at + _LENGTH.size : end])
            at = end
        return Kept(base, base_link, tuple(entries), len(data) - at)

    def _append(self, session: str, entry: bytes, number: int) -> None:
        path = self._file(session)
        private_file(path)
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            length = self._end_before(session, descriptor, number)
            if length is None:
                raise FileTouchedError(f"{path} has lost entries.", code="outbox_touched")
            if length + len(entry) > LARGEST_FILE:
                raise OutboxUnwritableError("The outbox of this session is full.", code="outbox_full")
            try:
                os.ftruncate(descriptor, length)
                _write(descriptor, _LENGTH.pack(len(entry)) + entry, length)
                os.fsync(descriptor)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.ftruncate(descriptor, length)
                raise
            found = os.fstat(descriptor)
            self._end[session] = (found.st_ino, found.st_size, number)
        finally:
            os.close(descriptor)

    def _end_before(self, session: str, descriptor: int, number: int) -> int | None:
        """Where the entry of this number begins; None if the file does not reach so far, or is another."""
        found = os.fstat(descriptor)
        if self._end.get(session) == (found.st_ino, found.st_size, number - 1):
            return found.st_size
        head = os.pread(descriptor, _HEAD.size, 0)
        if len(head) < _HEAD.size or head[: len(_MAGIC)] != _MAGIC:
            return None
        at, now = _HEAD.size, int(_HEAD.unpack(head)[2])
        while now < number - 1:
            prefix = os.pread(descriptor, _LENGTH.size, at)
            length = _LENGTH.unpack(prefix)[0] if len(prefix) == _LENGTH.size else 0
            if not 0 < length <= LONGEST_ENTRY or at + _LENGTH.size + length > found.st_size:
                return None
            at, now = at + _LENGTH.size + length, now + 1
        return at if now == number - 1 else None

    def _put(self, session: str, base: int, base_link: bytes, entries: Sequence[bytes]) -> None:
        """Write a file beside, make it durable, and put it in its place whole."""
        private_folder(self.path)
        beside = self.path / f".new-{session}"
        beside.unlink(missing_ok=True)  # of a process that died; it was never acknowledged
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(beside, flags, FILE_MODE)
        try:
            head = _HEAD.pack(_MAGIC, bytes.fromhex(session), base, base_link)
            _write(descriptor, head + b"".join(_LENGTH.pack(len(e)) + e for e in entries), 0)
            os.fsync(descriptor)
            beside.rename(self._file(session))
            found = os.fstat(descriptor)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        finally:
            os.close(descriptor)
        self._sync_folder()
        self._end[session] = (found.st_ino, found.st_size, base + len(entries))

    def _file(self, session: str) -> Path:
        return self.path / checked_session_id(session)

    def _sync_folder(self) -> None:
        for folder in (self.path, self.home):  # the home, too: the folder itself may be new
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Held for a moment only; somebody who holds it for longer is broken.

        Raises:
            OutboxUnwritableError: it is not free within 5 s.
        """
        with _said():
            private_folder(self.path)
            descriptor = self._open_lock("lock")
        try:
            until = time.monotonic() + _LOCK_S
            while not try_lock(descriptor):
                if time.monotonic() > until:
                    raise OutboxUnwritableError("Another process holds the outbox. Try again.", code="outbox_disk")
                time.sleep(_PAUSE_S)
            yield
        finally:
            os.close(descriptor)

    def _open_lock(self, name: str) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        return os.open(self.path / f".{name}", flags, FILE_MODE)


def _end_of(data: bytes, at: int) -> int | None:
    """Where the entry that begins there ends; None if it is no whole one."""
    if len(data) < at + _LENGTH.size:
        return None
    end: int = at + _LENGTH.size + _LENGTH.unpack_from(data, at)[0]
    return end if at + _LENGTH.size < end <= min(len(data), at + _LENGTH.size + LONGEST_ENTRY) else None


def _write(descriptor: int, data: bytes, at: int) -> None:
    while data:
        written = os.pwrite(descriptor, data, at)
        data, at = data[written:], at + written


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Say what the system refuses in a sentence."""
    try:
        yield
    except OSError as error:
        raise OutboxUnwritableError(
            f"The outbox cannot be written: {error.strerror}. Free disk space or call IT.", code="outbox_disk"
        ) from error

"""Wiping a session: its half in the keyring first, then every file of its folder, then a look whether all is gone.

Console, guardian, a fresh start and `tirai wipe` all use this; two of them may wipe the same session at once.

Invariants: the key goes first, so that whatever is left over cannot be read; a file that stays does not stop the
rest; links are removed, never followed; "removed" is said only after looking again. A session whose folder lock
is held is alive and not swept. Reports carry names of steps, counts, bytes and times, never contents.

Limits: deleted blocks may stay readable on the disk; the key that opened them does not. Windows removes by path
(`app/storage/removing.py`), and locks a folder by a name (`app/storage/named_locks.py`).
"""

import contextlib
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from app.domain.errors import TiraiError
from app.storage.file_locks import try_lock
from app.storage.named_locks import hold_by_name, let_go, names_of_this_system
from app.storage.open_flags import HAS_FOLDERS, NO_LINK
from app.storage.places import (
    FILE_MODE,
    FOLDER_MODE,
    PlaceRefusedError,
    Places,
    checked_folder,
    checked_session_id,
    private_folder,
)
from app.storage.removing import empty_by_path

LOCK_NAME: Final = "lock"
CACHE_NAME: Final = "cache.db"

_FIRST: Final = (CACHE_NAME, f"{CACHE_NAME}-wal", f"{CACHE_NAME}-shm", f"{CACHE_NAME}-journal")
_LOOKS: Final = 3
_NO_LOCK: Final = -1
_LOCK_TRIES: Final = 20
_LOCK_PAUSE_S: Final = 0.01


class WipeOutcome(StrEnum):
    """What became of one step."""

    REMOVED = "removed"
    WAS_NOT_THERE = "was_not_there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WipeStep:
    """One step of a wipe.

    Attributes:
        name: `keyring` or `cache`.
        outcome: what became of it, after looking again.
        detail: why it failed, else empty.
        ms: how long it took, in milliseconds.
        count: entries removed.
        size_bytes: bytes of the files removed.
    """

    name: str
    outcome: WipeOutcome
    detail: str
    ms: float
    count: int
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class WipeReport:
    """What a wipe did, step by step."""

    session: str
    steps: tuple[WipeStep, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing of the session is left."""
        return all(step.outcome is not WipeOutcome.FAILED for step in self.steps)


class SessionHalves(Protocol):
    """What wiping needs of a key store (`keyring_store.KeyStore` has it)."""

    def session(self, session_id: str) -> bytes | None:
        """The session half, or None."""
        ...

    def delete_session(self, session_id: str) -> bool:
        """Remove it; whether it was there."""
        ...

    def session_ids(self) -> list[str]:
        """All sessions that have a half."""
        ...


class SessionLockedError(TiraiError):
    """Somebody else holds this session's folder: it is alive."""


def hold_session_lock(folder: Path) -> int:
    """Make the session's folder if need be, take its lock and return the descriptor that holds it.

    The lock is held as long as *any* copy of the descriptor is open: a forked child must close its own, or
    a session outlives its guardian in the eyes of `sweep`.

    Raises:
        SessionLockedError: the session is alive elsewhere.
        PlaceRefusedError: the folder is not the owner's alone.
    """
    for _ in range(_LOCK_TRIES):
        private_folder(folder)
        with contextlib.suppress(FileNotFoundError):
            descriptor = _lock(folder)
            if descriptor is not None and (not HAS_FOLDERS or _is_still_at(folder / LOCK_NAME, descriptor)):
                return descriptor
            if descriptor is not None:
                let_go(descriptor)
        # Held elsewhere, or a sweep just removes the new folder: look again.
        time.sleep(_LOCK_PAUSE_S)
    raise SessionLockedError("This session is held by another process.")


def wipe_session(places: Places, store: SessionHalves | None, session_id: str) -> WipeReport:
    """Remove a session's half from the keyring, then its folder; look again at both.

    Args:
        places: where the session's folder is.
        store: the key store, or None if none can be opened (then the report says so and fails).
        session_id: whose.
    """
    checked_session_id(session_id)
    keyring = _timed("keyring", lambda: _remove_half(store, session_id))
    cache = _timed("cache", lambda: _remove_folder(places.session_folder(session_id)))
    return WipeReport(session=session_id, steps=(keyring, cache))


def sweep(places: Places, store: SessionHalves | None) -> list[WipeReport]:
    """Wipe every session that nobody holds: folders with a free lock, and halves without a folder.

    Who starts a session takes its lock *before* putting its half into the keyring, so a half without a
    folder belongs to no living session. If the keyring cannot say which sessions it has, the folders go all
    the same, and a report without a session id carries the failure.
    """
    reports = []
    with_half: list[str] = []
    if store is not None:
        try:
            with_half = store.session_ids()
        except TiraiError as error:
            step = WipeStep("keyring", WipeOutcome.FAILED, error.message, ms=0.0, count=0)
            reports.append(WipeReport(session="", steps=(step,)))
    for session_id in sorted({*places.session_ids(), *with_half}):
        report = _sweep_one(places, store, session_id)
        if report is not None:
            reports.append(report)
    return reports


def _sweep_one(places: Places, store: SessionHalves | None, session_id: str) -> WipeReport | None:
    """Wipe one session unless its lock is held; the lock is kept while wiping."""
    folder = places.session_folder(session_id)
    try:
        descriptor = _lock(checked_folder(folder)) if _is_folder(folder) else _NO_LOCK
    except (FileNotFoundError, PlaceRefusedError):
        # Gone meanwhile, or not a folder that a guardian of ours could hold.
        descriptor = _NO_LOCK
    if descriptor is None:
        return None
    try:
        return wipe_session(places, store, session_id)
    finally:
        if descriptor != _NO_LOCK:
            let_go(descriptor)


# The lock


def _lock(folder: Path) -> int | None:
    """The descriptor of the folder's lock file, locked; None if somebody else holds it. On Windows see `named_locks`.

    Raises:
        FileNotFoundError: the folder is gone.
        PlaceRefusedError: the lock is a link or cannot be opened.
    """
    flags = os.O_RDWR | os.O_CREAT | NO_LINK
    try:
        descriptor = os.open(folder / LOCK_NAME, flags, FILE_MODE)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise PlaceRefusedError(f"{folder / LOCK_NAME} is refused: {error.strerror}.") from error
    if not HAS_FOLDERS:  # there the file is a mark that the folder was locked, and no more
        os.close(descriptor)
        return hold_by_name(folder, names_of_this_system())
    if try_lock(descriptor):
        return descriptor
    os.close(descriptor)
    return None


def _is_still_at(path: Path, descriptor: int) -> bool:
    try:
        now = path.lstat()
    except OSError:
        return False
    held = os.fstat(descriptor)
    return (now.st_dev, now.st_ino) == (held.st_dev, held.st_ino)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


# The steps


@dataclass(slots=True)
class _Tally:
    """What a step has removed so far and what resisted."""

    count: int = 0
    size_bytes: int = 0
    failures: list[str] = field(default_factory=list)

    def removed(self, size_bytes: int) -> None:
        """One more is gone."""
        self.count += 1
        self.size_bytes += size_bytes


def _timed(name: str, step: Callable[[], _Tally]) -> WipeStep:
    begin = time.perf_counter()
    tally = step()
    ms = (time.perf_counter() - begin) * 1000
    if tally.failures:
        outcome = WipeOutcome.FAILED
    else:
        outcome = WipeOutcome.REMOVED if tally.count else WipeOutcome.WAS_NOT_THERE
    detail = "; ".join(tally.failures[:5])
    return WipeStep(name, outcome, detail, ms, tally.count, tally.size_bytes)


def _remove_half(store: SessionHalves | None, session_id: str) -> _Tally:
    if store is None:
        return _Tally(failures=["No keyring is open, so nobody can say whether the session half is gone."])
    tally = _Tally()
    try:
        tally.count = int(store.delete_session(session_id))
        if store.session(session_id) is not None:
            tally.failures.append("The keyring still has the session half after removing it.")
    except TiraiError as error:
        tally.failures.append(error.message)
    return tally


def remove_folder(folder: Path) -> list[str]:
    """Remove a folder of one's own with all that is in it; links are removed, not followed.

    Returns:
        What could not be removed, a sentence each.
    """
    return list(_remove_folder(folder).failures) if os.path.lexists(folder) else []


def _remove_folder(folder: Path) -> _Tally:
    """Remove the session's folder; if something new appears in it meanwhile, again, three times at most."""
    tally = _Tally()
    for _ in range(_LOOKS):
        tally.failures.clear()
        _remove_once(folder, tally)
        if not os.path.lexists(folder):
            tally.failures.clear()
            return tally
    if not tally.failures:
        tally.failures.append("The session folder is still there after removing it.")
    return tally


def _remove_once(folder: Path, tally: _Tally) -> None:
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            folder.unlink()
            tally.count += 1
            return
        with contextlib.suppress(OSError):
            folder.chmod(FOLDER_MODE)
        if HAS_FOLDERS:
            _empty_by_descriptor(folder, tally)
        else:
            empty_by_path(folder, _order, tally.removed, lambda name, error: _note(tally, _safe_name(name), error))
        folder.rmdir()
    except FileNotFoundError:
        return
    except OSError as error:
        _note(tally, "the session folder", error)


def _empty_by_descriptor(folder: Path, tally: _Tally) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _empty(descriptor, tally)
    finally:
        os.close(descriptor)


def _empty(descriptor: int, tally: _Tally) -> None:
    """Remove everything below an open folder, encrypted file first, lock last; keep going after a failure."""
    for name in sorted(os.listdir(descriptor), key=_order):
        try:
            found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            if stat.S_ISDIR(found.st_mode):
                _remove_subfolder(descriptor, name, tally)
                continue
            os.unlink(name, dir_fd=descriptor)
        except FileNotFoundError:
            continue
        except OSError as error:
            _note(tally, _safe_name(name), error)
        else:
            tally.count += 1
            tally.size_bytes += found.st_size if stat.S_ISREG(found.st_mode) else 0


def _remove_subfolder(parent: int, name: str, tally: _Tally) -> None:
    with contextlib.suppress(OSError):
        os.chmod(name, FOLDER_MODE, dir_fd=parent)
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
    try:
        _empty(descriptor, tally)
    finally:
        os.close(descriptor)
    with contextlib.suppress(FileNotFoundError):
        os.rmdir(name, dir_fd=parent)
        tally.count += 1


def _order(name: str) -> tuple[int, str]:
    if name in _FIRST:
        return (_FIRST.index(name), name)
    return (len(_FIRST) + (name == LOCK_NAME), name)


def _note(tally: _Tally, what: str, error: OSError) -> None:
    reason = f"{what}: {error.strerror or type(error).__name__}"
    if reason not in tally.failures:
        tally.failures.append(reason)


def _safe_name(name: str) -> str:
    """Names that Tirai gives are said; any other could carry a value."""
    return name if name in {*_FIRST, LOCK_NAME} else "another file"

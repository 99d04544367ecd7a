"""Where Tirai's files lie on a workstation, and the refusal of places that others could have prepared.

Three roots: the *home* (office file, front door, outbox; stays), the *cache root* (one folder per session;
goes with the session) and the *runtime* folder (sockets; differs per home). Each is owner-only.

Invariants: no folder or file is used that is a link, belongs to somebody else or was writable for others
while it held anything; the owner's own too wide mode is repaired to 0700 and 0600. Messages name places, never
contents. Unix only: on Windows the checks of owner and mode are left to the profile's own access list.
"""

import hashlib
import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.storage.open_flags import NO_LINK, NO_WAIT

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
SOCKET_PATH_LIMIT: Final = 107
"""Longest path of a Unix socket in bytes: `sun_path` has 108 with its final zero (unix(7))."""

_SOCKET_NAME_RESERVE: Final = 28
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_SESSION_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class PlaceRefusedError(WorkstationError):
    """A folder or file is a link, somebody else's, or open to others."""


def checked_session_id(session_id: str) -> str:
    """Return the session id, or raise ValueError if it could name another folder or keyring entry."""
    if not _SESSION_ID.fullmatch(session_id):
        raise ValueError("A session id has 1 to 64 letters, digits, '-' or '_'.")
    return session_id


def private_folder(path: Path) -> Path:
    """Make the folder if it is missing and make sure that it is the owner's alone.

    A folder of ours that others may read is repaired to 0700. One that others may *write* is repaired only
    while it is empty: what lies in it could be theirs.

    Returns:
        The same path.

    Raises:
        PlaceRefusedError: it is a link or no folder, belongs to another user, others can write into it or
            rename it, or it cannot be made.
    """
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    except FileExistsError as error:
        raise PlaceRefusedError(f"{path} is in the way: a file or a broken link. Move it away.") from error
    except OSError as error:
        raise PlaceRefusedError(f"{path} cannot be made: {error.strerror}.") from error
    return checked_folder(path)


def checked_folder(path: Path) -> Path:
    """Like `private_folder`, for a folder that must be there.

    Raises:
        PlaceRefusedError: as there, or it is missing.
    """
    try:
        _check_parent(path)
        _check_folder(path)
    except OSError as error:
        raise PlaceRefusedError(f"{path} cannot be used: {error.strerror}.") from error
    return path


def private_file(path: Path) -> os.stat_result:
    """Make sure that an existing file is a plain file of the owner's alone; return what it is.

    Raises:
        PlaceRefusedError: it is a link, no plain file, has a second name (hard link), belongs to another
            user, or others could write it.
        FileNotFoundError: it is not there.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_LINK | NO_WAIT)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise PlaceRefusedError(f"{path} is refused: {error.strerror}. Links are not followed.") from error
    try:
        found = os.fstat(descriptor)
        _check_file(path, found)
        if _has_owners() and found.st_mode & _OTHERS:
            os.fchmod(descriptor, FILE_MODE)
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _check_file(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise PlaceRefusedError(f"{path} is refused: it is not a plain file. Move it away.")
    if not _has_owners():
        return
    if found.st_uid != os.geteuid():
        raise PlaceRefusedError(f"{path} is refused: it belongs to another user. Move it away.")
    if found.st_nlink != 1:
        raise PlaceRefusedError(f"{path} is refused: it has a second name (hard link). Move it away.")
    if found.st_mode & _OTHERS_WRITE:
        raise PlaceRefusedError(f"{path} is refused: others can write it. Look at it, then: chmod 600.")


def _check_folder(path: Path) -> None:
    """Judge and repair through one open descriptor, so that nothing can be swapped in between."""
    if not _has_owners():
        if path.is_symlink():
            raise PlaceRefusedError(f"{path} is refused: it is a link. Name the folder itself.")
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        if path.is_symlink():
            raise PlaceRefusedError(f"{path} is refused: it is a link. Name the folder itself.") from error
        raise
    try:
        found = os.fstat(descriptor)
        if found.st_uid != os.geteuid():
            raise PlaceRefusedError(f"{path} is refused: it belongs to another user. Choose another folder.")
        if found.st_mode & _OTHERS_WRITE and not _is_empty(descriptor):
            raise PlaceRefusedError(
                f"{path} is refused: others could write into it. See what lies in it, then: chmod 700."
            )
        if stat.S_IMODE(found.st_mode) != FOLDER_MODE:
            os.fchmod(descriptor, FOLDER_MODE)
    finally:
        os.close(descriptor)


def _is_empty(descriptor: int) -> bool:
    with os.scandir(descriptor) as entries:
        return next(entries, None) is None


def _check_parent(path: Path) -> None:
    """Refuse a folder that another user could rename: in a foreign or a world-writable, not sticky parent."""
    if not _has_owners():
        return
    parent = path.parent.stat()
    if parent.st_uid not in {0, os.geteuid()}:
        raise PlaceRefusedError(f"{path} is refused: the folder above it belongs to another user.")
    if parent.st_mode & stat.S_IWOTH and not parent.st_mode & stat.S_ISVTX:
        raise PlaceRefusedError(f"{path} is refused: everybody can write into the folder above it.")


def _has_owners() -> bool:
    return hasattr(os, "geteuid")


@dataclass(frozen=True, slots=True)
class Places:
    """The three roots of one home.

    Attributes:
        home: what stays: the office file, the front door, the outbox.
        cache_root: one folder per session.
        runtime: sockets; a folder of its own per home, short enough for a socket's path.
    """

    home: Path
    cache_root: Path
    runtime: Path

    @classmethod
    def find(cls, home: Path | None = None) -> "Places":
        """Where the roots are for this OS user; nothing is made or checked yet.

        Args:
            home: what `--home` says; otherwise the user's data folder.
        """
        chosen = home.absolute() if home is not None else _data_folder() / "tirai"
        return cls(home=chosen, cache_root=_cache_folder() / "tirai", runtime=_runtime_folder(chosen))

    def prepare(self) -> "Places":
        """Make and check all three.

        Raises:
            PlaceRefusedError: one of them is not the owner's alone.
        """
        private_folder(self.home)
        private_folder(self.cache_root)
        private_folder(self.runtime.parent)
        private_folder(self.runtime)
        return self

    def session_folder(self, session_id: str) -> Path:
        """The cache folder of a session; not made here (`wiping.hold_session_lock` makes it)."""
        return self.cache_root / checked_session_id(session_id)

    def session_ids(self) -> list[str]:
        """Ids of all sessions that have left a folder (or anything else of that name), sorted."""
        try:
            return sorted(path.name for path in self.cache_root.iterdir() if _SESSION_ID.fullmatch(path.name))
        except FileNotFoundError:
            return []

    def socket(self, name: str) -> Path:
        """The path of a socket in the runtime folder.

        Raises:
            PlaceRefusedError: it would be longer than a socket's path may be.
        """
        path = self.runtime / f"{name}.sock"
        if len(os.fsencode(path)) > SOCKET_PATH_LIMIT and sys.platform != "win32":  # no socket lives there
            raise PlaceRefusedError(f"{path} is too long for a socket (107 bytes). Set XDG_RUNTIME_DIR shorter.")
        return path


def _data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return _from_environment("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    return _from_environment("XDG_DATA_HOME") or Path.home() / ".local" / "share"


def _cache_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if sys.platform == "win32":
        return (_from_environment("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "cache"
    return _from_environment("XDG_CACHE_HOME") or Path.home() / ".cache"


def _runtime_folder(home: Path) -> Path:
    """`$XDG_RUNTIME_DIR/tirai/<home>`, or a short owner-only folder where that is missing, unsafe or too long.

    The last part is a hash of the home's real path, so that two homes of one user never share a socket.
    """
    mark = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    offered = _from_environment("XDG_RUNTIME_DIR")
    if offered is not None and _is_own_folder(offered):
        folder = offered / "tirai" / mark
        if len(os.fsencode(folder)) + _SOCKET_NAME_RESERVE <= SOCKET_PATH_LIMIT:
            return folder
    if sys.platform == "win32":  # below the profile, whose access list keeps others out
        return _cache_folder() / "tirai-run" / mark
    user = os.geteuid() if _has_owners() else 0
    # Shared folder on purpose: `prepare` refuses one that somebody else has put there.
    return Path("/tmp") / f"tirai-{user}" / mark  # noqa: S108


def _is_own_folder(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    own = not _has_owners() or found.st_uid == os.geteuid()
    return stat.S_ISDIR(found.st_mode) and own and not found.st_mode & _OTHERS_WRITE


def _from_environment(name: str) -> Path | None:
    """An absolute path from the environment; a relative one is ignored (XDG Base Directory Specification)."""
    value = os.environ.get(name, "")
    return Path(value) if value and Path(value).is_absolute() else None

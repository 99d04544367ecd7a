"""The repository as one machine sees it: what it may believe, and the packages it brings.

python-tuf does the work (specification 1.0.34, section 5): the chain of roots from the one that came with Tirai or
that IT laid down, then timestamp, snapshot and targets. Here its answers become Tirai's errors, each with what to do:

- `U1` nothing answers; `U2` signatures of too few, or of strangers; `U3` older than what was seen before (rollback);
  `U4` a list past its end (freeze); `U5` other bytes than the signed ones, or parts that do not belong together;
  `U6` what was signed is not understood; `U7` no room or no right to write here.
"""

import errno
import shutil
from pathlib import Path
from typing import Final

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from app.domain.errors import TiraiError, VerificationError, WorkstationError
from app.updating.fetching import METADATA, TARGETS
from app.updating.release import Release, release_of

_SPARE_BYTES: Final = 64 * 2**20
"""Left free beside a package, so that a full disk is told before the download and nothing else lacks room."""


class Repository:
    """Releases that may be believed. An object looks once; it is made anew for another look."""

    def __init__(self, trusted: Path, root: bytes, address: str, fetcher: FetcherInterface) -> None:
        """Look with what was believed at the last look.

        Args:
            trusted: folder of what was verified before; it makes an older list known as older. Made when needed.
            root: the first root of trust (TUF root metadata).
            address: where the folders `metadata` and `targets` are.
            fetcher: how files come.

        Raises:
            VerificationError: the root is none.
            WorkstationError: nothing can be written to `trusted`.
        """
        self._trusted, self._address = trusted, address.rstrip("/")
        with _Told():
            trusted.mkdir(mode=0o755, parents=True, exist_ok=True)
            self._updater = Updater(
                str(trusted),
                f"{self._address}/{METADATA}/",
                target_base_url=f"{self._address}/{TARGETS}/",
                fetcher=fetcher,
                config=UpdaterConfig(max_root_rotations=64, app_user_agent="Tirai"),
                bootstrap=root,
            )

    def releases(self) -> list[Release]:
        """All releases of the signed list, by name.

        Raises:
            VerificationError: something does not hold; nothing of it is believed.
            WorkstationError: nobody answers, or nothing can be written.
        """
        with _Told():
            self._updater.refresh()
            # What `refresh` has just verified and put there; the updater lists no names.
            listed = Metadata[Targets].from_file(str(self._trusted / "targets.json")).signed.targets
            found = []
            for name in sorted(listed):
                info = self._updater.get_targetinfo(name)
                if info is not None:
                    found.append(release_of(name, info.length, info.custom))
            return found

    def is_whole(self, release: Release, folder: Path) -> bool:
        """Whether a copy of the repository's `targets` has the package, as it was signed."""
        info = self._updater.get_targetinfo(release.name)
        if info is None:
            return False
        places = (folder / f"{told}.{release.name}" for told in info.hashes.values())
        return any(self._updater.find_cached_target(info, str(place)) is not None for place in places)

    def bring(self, release: Release, folder: Path) -> Path:
        """The package of a release, whole and verified, in a folder.

        Raises:
            VerificationError: it is not what was signed; nothing of it stays.
            WorkstationError: it does not come, or there is no room.
        """
        with _Told():
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            info = self._updater.get_targetinfo(release.name)
            if info is None:
                raise VerificationError("The signed list names this package no longer.", code="U6")
            place = folder / release.name
            there = self._updater.find_cached_target(info, str(place))
            if there is not None:
                return Path(there)
            if shutil.disk_usage(folder).free < release.length + _SPARE_BYTES:
                raise _no_room(folder)
            begun = folder / f".{release.name}.part"
            try:
                self._updater.download_target(info, str(begun))
                begun.replace(place)
            finally:
                begun.unlink(missing_ok=True)
            return place


class _Told:
    """Turns what the library says into what a person can act on."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise Tirai's error in place of the library's."""
        told = error_for(error) if isinstance(error, Exception) else None
        if told is not None:
            raise told from error


def error_for(error: Exception) -> TiraiError | None:
    """Tirai's error for one of the library's; None for what passes as it is."""
    if isinstance(error, TiraiError):
        return None
    if isinstance(error, ExpiredMetadataError):
        return VerificationError(
            "The list of releases is past its end: whoever serves it may hold an old one back, or this machine's clock "
            "is wrong. Nothing was installed. Compare the clock; if it is right, tell whoever publishes.",
            code="U4",
        )
    if isinstance(error, BadVersionNumberError):
        return VerificationError(
            "The list of releases is older than one that was seen here before. Nothing was installed. Tell whoever "
            "publishes; if they went back on purpose, they publish it as a newer list.",
            code="U3",
        )
    if isinstance(error, UnsignedMetadataError):
        return VerificationError(
            "The list of releases is not signed by enough of those who may. Nothing was installed. Tell whoever "
            "publishes at once: somebody else may have written it.",
            code="U2",
        )
    if isinstance(error, LengthOrHashMismatchError | DownloadLengthMismatchError):
        return VerificationError(
            "What came is not what was signed. Nothing was installed. Try again; if it stays, tell whoever publishes.",
            code="U5",
        )
    if isinstance(error, RepositoryError):
        return VerificationError("What came is no list of releases. Nothing was installed.", code="U6")
    if isinstance(error, DownloadHTTPError):
        what = f"The place for updates answered {error.status_code}"
        return WorkstationError(f"{what}. Nothing was installed. Look at its address.", code="U1")
    if isinstance(error, DownloadError):
        return WorkstationError(
            "The place for updates does not answer. Nothing was installed. Look at the network, at the proxy and at "
            "the address.",
            code="U1",
        )
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _no_room(Path(error.filename) if error.filename else None)
        return WorkstationError(f"Updates cannot be kept here: {error.strerror or type(error).__name__}.", code="U7")
    return None


def _no_room(folder: Path | None) -> WorkstationError:
    where = f" in {folder}" if folder is not None else ""
    return WorkstationError(f"There is no room{where} for the update. Nothing was installed. Make room.", code="U7")

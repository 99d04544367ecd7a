"""Who updates this machine, where from, and where what is brought lies.

Invariant: the default asks nobody. Where apt, dnf or Intune update, `managed` says so, and nothing here sends a packet.
"""

import os
import stat
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from app.domain.errors import InputRefusedError, WorkstationError
from app.resource_files import resource_path

ROOT_OF_TRUST: Final = Path("/etc/tirai/update-root.json")
STATE: Final = Path("/var/lib/tirai-update")
_LONGEST_ROOT: Final = 512_000
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Updates(StrEnum):
    """Who updates."""

    MANAGED = "managed"
    """The organisation, by its own means: Tirai asks nobody."""
    CHECK = "check"
    """A person: Tirai looks, and tells."""
    INSTALL = "install"
    """Tirai: it looks, brings, verifies and hands over to the package manager."""


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """What IT decided.

    Attributes:
        updates: who updates.
        address: where the repository is, `https://...`; empty while it is not named.
        proxy: the way out, `http://host:port`; empty for the direct way.
    """

    updates: Updates = Updates.MANAGED
    address: str = ""
    proxy: str = ""

    def must_be_whole(self) -> None:
        """Judge the addresses.

        Raises:
            InputRefusedError: one is missing or not such that it may be used.
        """
        place = urlsplit(self.address)
        if not self.address:
            raise InputRefusedError(
                "No place for updates is named. Name it in the machine's policy: updates_from.", code="U9"
            )
        # Signatures guard the packages; TLS keeps from others who updates what, and from replays until the list ends.
        if place.scheme != "https" and not (place.scheme == "http" and place.hostname in _LOOPBACK):
            raise InputRefusedError("The place for updates is an address that begins with https://.", code="U9")
        if place.username or place.password or place.query or place.fragment:
            raise InputRefusedError(
                "The place for updates is a plain address, without a name or a question.", code="U9"
            )
        if self.proxy and urlsplit(self.proxy).scheme not in ("http", "https"):
            raise InputRefusedError("The proxy is an address that begins with http:// or https://.", code="U9")


@dataclass(frozen=True, slots=True)
class UpdatePlaces:
    """Folders of updates on this machine.

    Attributes:
        state: all of it.
    """

    state: Path = STATE

    @property
    def incoming(self) -> Path:
        """What the network brought: `metadata` and `targets`. Its owner has no other right."""
        return self.state / "incoming"

    @property
    def seen(self) -> Path:
        """What the process that brings believed last."""
        return self.incoming / "seen"

    @property
    def trusted(self) -> Path:
        """What the process that installs believed last; nobody else may write here."""
        return self.state / "trusted"

    @property
    def verified(self) -> Path:
        """Packages on their way to the package manager; nobody else may write here."""
        return self.state / "verified"


def root_of_trust(named: Path = ROOT_OF_TRUST) -> bytes:
    """The first root: IT's own where it lies there, else the one that came with this version.

    Raises:
        WorkstationError: others could change IT's, or there is none (a checkout has none).
    """
    try:
        opened = os.open(named, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return _shipped()
    except OSError as error:
        raise WorkstationError(f"{named} cannot be read: {error.strerror}.", code="U7") from error
    with os.fdopen(opened, "rb") as file:
        _must_be_kept(os.fstat(opened), named)
        return file.read(_LONGEST_ROOT)


def must_be_ours(folder: Path) -> None:
    """Refuse a folder that somebody else could fill: what lies there would be believed.

    Raises:
        WorkstationError: it is a link, or others own it or may write to it.
    """
    if not folder.exists() and not folder.is_symlink():
        folder.mkdir(mode=0o755)
    _must_be_kept(folder.lstat(), folder, folder_of=os.geteuid() if sys.platform != "win32" else None)


def _must_be_kept(found: os.stat_result, place: Path, *, folder_of: int | None = None) -> None:
    if sys.platform == "win32":  # below ProgramData, where the installer set who may write
        return
    is_kind = stat.S_ISREG(found.st_mode) if folder_of is None else stat.S_ISDIR(found.st_mode)
    owners = {0} if folder_of is None else {0, folder_of}
    if not is_kind or found.st_uid not in owners or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise WorkstationError(
            f"{place} could be changed by others than root, so no update is believed. Give it to root, mode "
            f"{'0644' if folder_of is None else '0755'}.",
            code="U7",
        )


def _shipped() -> bytes:
    try:
        return resource_path("updates", "root.json").read_bytes()
    except FileNotFoundError:
        raise WorkstationError(
            f"This copy of Tirai came without a root of trust for updates. IT lays one at {ROOT_OF_TRUST}.", code="U9"
        ) from None

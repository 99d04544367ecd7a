"""Where the office of a workstation lives that runs as a system service under an OS user of its own.

The folder and the user are made by whoever installs the package, so that nobody but root could have prepared them. A
console that finds the folder works with that office, unless its own home belongs to a gateway or holds an office.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.storage.places import Places

SERVICE_USER: Final = "tirai-office"
SERVICE_HOME: Final = Path("/var/lib/tirai")
SERVICE_RUNTIME: Final = Path("/run/tirai")
"""Made by systemd for its service; everybody may pass, the service alone may put something there."""


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """The office of the whole workstation.

    Attributes:
        home: its folder, which its user alone can read.
        runtime: where its sockets lie, which everybody can reach.
        user: its OS user, by name or by number.
    """

    home: Path = SERVICE_HOME
    runtime: Path = SERVICE_RUNTIME
    user: str | int = SERVICE_USER

    @property
    def is_here(self) -> bool:
        """Whether this workstation has, or shall have, such an office."""
        return sys.platform == "linux" and self.home.is_dir()

    @property
    def uid(self) -> int:
        """The number of its user.

        Raises:
            WorkstationError: there is no such user.
        """
        if isinstance(self.user, int):
            return self.user
        import pwd  # of Unix alone

        try:
            return pwd.getpwnam(self.user).pw_uid
        except KeyError as e:
            raise WorkstationError(
                f"This workstation has no user {self.user}, as whom its office would run. Install the package anew.",
                code="O4",
            ) from e

    @property
    def gid(self) -> int:
        """The number of its user's group; the user's own number where it has no name."""
        import pwd  # of Unix alone

        try:
            return pwd.getpwuid(self.uid).pw_gid
        except KeyError:
            return self.uid

    def places(self) -> Places:
        """Its folders, as its own processes see them; made and checked by `Places.prepare` but for the runtime one."""
        return Places(self.home, self.home / "cache", self.runtime)

    def socket(self, name: str) -> Path:
        """The path of one of its sockets."""
        return self.runtime / f"{name}.sock"

    @property
    def is_own_user(self) -> bool:
        """Whether this process works as the service's user."""
        return os.geteuid() == self.uid

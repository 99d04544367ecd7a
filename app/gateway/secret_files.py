"""Secrets of a server, each in a file of its own or in a credential that systemd hands over.

A configuration names the place, never the secret: `/etc/tirai/db-password`, or `credential:db-password` for
`LoadCredential=db-password:...` of the unit (systemd.exec(5), "Credentials"), which lies in a folder that systemd names
in `CREDENTIALS_DIRECTORY`. That variable holds a path; no secret is ever read from the environment or a command line.

Invariants: a file that is a link, that another account could have written, or that others may read is refused; what is
in it is in no error.
"""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError

CREDENTIAL: Final = "credential:"
FOLDER_VARIABLE: Final = "CREDENTIALS_DIRECTORY"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
LARGEST_SECRET_BYTES: Final = 64 * 1024


class SecretFileError(WorkstationError):
    """A secret's file is not there, or is not kept as a secret should be (code `secret_file`)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="secret_file")


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """Where a secret lies.

    Attributes:
        name: the credential's name, or nothing.
        file: the file, where it is no credential.
    """

    name: str = ""
    file: Path = Path()

    @classmethod
    def of(cls, word: str) -> "SecretPlace":
        """The place that a configuration names.

        Raises:
            ValueError: it is neither a whole path nor a credential's name.
        """
        if word.startswith(CREDENTIAL):
            name = word.removeprefix(CREDENTIAL)
            if not _NAME.fullmatch(name):
                raise ValueError("no credential's name")
            return cls(name=name)
        path = Path(word)
        if not path.is_absolute() or ".." in path.parts or not word.isprintable():
            raise ValueError("no whole path")
        return cls(file=path)

    def __str__(self) -> str:
        return f"{CREDENTIAL}{self.name}" if self.name else str(self.file)

    @property
    def path(self) -> Path:
        """The file.

        Raises:
            SecretFileError: it is a credential, and systemd has handed none over.
        """
        if not self.name:
            return self.file
        folder = os.environ.get(FOLDER_VARIABLE, "")
        if not Path(folder).is_absolute():
            raise SecretFileError(
                f"{self} is a credential, and this process was given none. Start it by its unit, with "
                f"LoadCredential={self.name}:/path/of/the/file; by hand: systemd-run with the same option."
            )
        return Path(folder) / self.name

    def read(self) -> bytes:
        """What is in it.

        Raises:
            SecretFileError: it is not there, is a link, is too large, or others may read or change it.
        """
        path = self.path
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as e:
            raise SecretFileError(self._not_opened(path, e)) from e
        with os.fdopen(fd, "rb") as file:
            self._refuse_unsafe(os.fstat(fd))
            data = file.read(LARGEST_SECRET_BYTES + 1)
        if len(data) > LARGEST_SECRET_BYTES:
            raise SecretFileError(f"{self} is larger than a secret is ({LARGEST_SECRET_BYTES // 1024} KiB at most).")
        return data

    def line(self) -> str:
        """A secret of one line, without its end.

        Raises:
            SecretFileError: as `read`, or it is not one line of text.
        """
        try:
            text = self.read().decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError as e:
            raise SecretFileError(f"{self} is no text. Write the secret as one line of UTF-8.") from e
        if not text or not text.isprintable():
            raise SecretFileError(f"{self} must hold the secret as one line, and nothing else.")
        return text

    def _not_opened(self, path: Path, error: OSError) -> str:
        if path.is_symlink():
            return f"{self} is a link. Name the file itself, so that nobody can bend where it points."
        if isinstance(error, FileNotFoundError):
            return f"{self} is not there. Put the secret into that file, mode 0400, owned by the gateway's account."
        return f"{self} cannot be read: {error.strerror}. Give it to the gateway's account, mode 0400."

    def _refuse_unsafe(self, found: os.stat_result) -> None:
        """Refuse what is no plain file, or is not the gateway's or root's alone.

        A credential's group bits are the mask of an access list that systemd sets, so they are left to systemd. A
        file of root may be read by a group that the gateway is in (Debian's manner for keys: root:tirai, 0640).

        Raises:
            SecretFileError: with what to do.
        """
        if not stat.S_ISREG(found.st_mode):
            raise SecretFileError(f"{self} is no plain file.")
        if found.st_uid not in {0, os.geteuid()}:
            raise SecretFileError(f"{self} belongs to another account. It must be root's or the gateway's own.")
        by_group = 0 if self.name or (found.st_uid == 0 and found.st_gid in _own_groups()) else stat.S_IRGRP
        if found.st_mode & (0o037 | by_group):
            raise SecretFileError(f"{self} can be read or changed by others. Make it the gateway's alone: chmod 0400.")


def _own_groups() -> set[int]:
    return {os.getegid(), *os.getgroups()}

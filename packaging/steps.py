"""What every step of building shares: where things lie, running a command, the version and the one time of a build.

Invariant: no time, name or place of whoever builds comes into a package; all files carry the time of the last commit.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from app import __version__

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
REVISION = 1
MAINTAINER = "The Tirai maintainers <maintainers@tirai.invalid>"


def run(*line: str | Path, cwd: Path = ROOT, settings: Mapping[str, str] | None = None) -> None:
    """Run a step; its failure ends everything.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    subprocess.run([str(word) for word in line], cwd=cwd, env=os.environ | dict(settings or {}), check=True)


def said(*line: str | Path, cwd: Path = ROOT) -> str:
    """What a command prints.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    return subprocess.run(
        [str(word) for word in line], cwd=cwd, check=True, text=True, stdout=subprocess.PIPE
    ).stdout.strip()


def package_version() -> str:
    """The program's version and the package's own, as Debian writes both."""
    return f"{__version__}-{REVISION}"


def architecture() -> str:
    """Debian's word for this machine."""
    return said("dpkg", "--print-architecture")


def epoch() -> int:
    """Seconds that every file of a package carries: SOURCE_DATE_EPOCH, or the last commit's time."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or said("git", "log", "-1", "--format=%ct"))


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def emptied(folder: Path) -> Path:
    """The folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder

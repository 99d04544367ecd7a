"""Running Python as an ordinary user, for claims that root would make true by accident or false by power."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
NOBODY = 65534


@contextlib.contextmanager
def ordinary_folder() -> Iterator[Path]:
    """A short temporary folder that belongs to the ordinary user (the current one, unless that is root)."""
    folder = Path(tempfile.mkdtemp(prefix="tirai-u-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_as_ordinary_user(
    program: str, folder: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a Python program with the project importable and warnings as errors; root becomes uid 65534 first."""
    home = folder / "home"
    settings = {"HOME": str(home), "PATH": os.defpath, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
    program = f"import pathlib; pathlib.Path({str(home)!r}).mkdir(mode=0o700, exist_ok=True)\n{program}"
    return _run(["-W", "error", "-c", program], settings | dict(environment or {}))


def skip_unless_ordinary_user_can_run() -> None:
    """Skip, with the reason, where the ordinary user cannot read this interpreter or the project."""
    with contextlib.suppress(OSError):
        if _run(["-c", "import app.domain.errors, keyring"], {"PYTHONPATH": str(PROJECT)}).returncode == 0:
            return
    pytest.skip("an ordinary user cannot read this interpreter or this checkout")


def _run(arguments: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    is_root = os.geteuid() == 0
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        user=NOBODY if is_root else None,
        group=NOBODY if is_root else None,
        extra_groups=[] if is_root else None,
    )

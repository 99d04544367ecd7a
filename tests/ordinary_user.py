"""Running Python as an ordinary user, for claims that root would make true by accident or false by power."""

import contextlib
import functools
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


@functools.cache
def ordinary_user_can_run() -> bool:
    """Whether an ordinary user can read this interpreter and this checkout (root's own home hides both)."""
    try:
        return _run(["-c", "import app.domain.errors, keyring"], _settings(Path("/")), drop=True).returncode == 0
    except OSError:
        return False


def skip_unless_ordinary_user_can_run() -> None:
    """Skip, with the reason: for claims that do not hold, or hold trivially, for root."""
    if not ordinary_user_can_run():
        pytest.skip("an ordinary user cannot read this interpreter or this checkout")


@contextlib.contextmanager
def ordinary_folder() -> Iterator[Path]:
    """A short temporary folder of the user that `run_as_ordinary_user` will be."""
    folder = Path(tempfile.mkdtemp(prefix="tirai-u-", dir="/tmp"))
    try:
        if os.geteuid() == 0 and ordinary_user_can_run():
            os.chown(folder, NOBODY, NOBODY)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_as_ordinary_user(
    program: str, folder: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a Python program with the project importable and warnings as errors.

    Root becomes uid 65534 first, unless that user cannot read the checkout: then it stays root.
    """
    settings = _settings(folder / "home")
    program = f"import pathlib; pathlib.Path({settings['HOME']!r}).mkdir(mode=0o700, exist_ok=True)\n{program}"
    everything = settings | dict(environment or {})
    return _run(["-W", "error", "-c", program], everything, drop=ordinary_user_can_run())


def _settings(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.defpath, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}


def _run(arguments: list[str], environment: dict[str, str], *, drop: bool) -> "subprocess.CompletedProcess[str]":
    becomes_another = drop and os.geteuid() == 0
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        user=NOBODY if becomes_another else None,
        group=NOBODY if becomes_another else None,
        extra_groups=[] if becomes_another else None,
    )

"""Starts a play of real processes as an ordinary user, and hands it orders: the tests' end of the `*_play.py` programs.

A play is told what to do and answers, a JSON line each. Memory is read by root, or by the play itself as root of a user
namespace.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.keyring_session import missing_programs
from tests.ordinary_user import NOBODY, ordinary_folder, skip_unless_ordinary_user_can_run
from tests.security.walk_play import scan


def can_be_root_of_a_namespace() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-Ur", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


class Director:
    """Asks a play; `hello` is what it said first."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path, *, scans_itself: bool) -> None:
        self._process, self.folder, self._scans_itself = process, folder, scans_itself
        self.hello = self._answer()

    def ask(self, do: str, **order: Any) -> dict[str, Any]:
        return self.order({"do": do, **order})

    def order(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the play ended; what it printed stands above"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def scan(self, pid: int, mark: str, keys: dict[str, str]) -> dict[str, Any]:
        """The memory of a process, read by whoever may."""
        if self._scans_itself:
            return self.ask("scan", pid=pid, keys=keys)
        return scan(pid, mark, {name: bytes.fromhex(key) for name, key in keys.items()})


@contextlib.contextmanager
def directed(play: Path, *words: str, reads_memory: bool = True) -> Iterator[Director]:
    """Run a play in a folder of its own until the block is left.

    Args:
        play: the program; it gets the folder and `words`.
        reads_memory: whether it is asked to read processes' memory.
    """
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} here")
    skip_unless_ordinary_user_can_run()
    is_root = os.geteuid() == 0
    scans_itself = reads_memory and not is_root and can_be_root_of_a_namespace()
    with ordinary_folder() as folder:
        command = [sys.executable, str(play), str(folder), *words]
        process = subprocess.Popen(
            ["unshare", "-Ur", *command] if scans_itself else command,
            cwd="/",
            env={"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            user=NOBODY if is_root else None,
            group=NOBODY if is_root else None,
            extra_groups=[] if is_root else None,
        )
        try:
            yield Director(process, folder, scans_itself=scans_itself)
        finally:
            process.communicate(timeout=60)

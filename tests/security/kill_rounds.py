"""Starts a play of kills as an ordinary user and hands it rounds (`console_play.py`, `kill_play.py`)."""

import contextlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.keyring_session import missing_programs
from tests.ordinary_user import NOBODY, ordinary_folder, skip_unless_ordinary_user_can_run

NOTHING: dict[str, list[str]] = {"entries": [], "files": []}


class Play:
    """The director's process: rounds in, results out."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.installed: bool = self._answer()["installed"]

    def round(self, who: str, after: str, longest_s: float) -> dict[str, Any]:
        """Kill `who` at a random moment of the `longest_s` seconds after the play has come to `after`."""
        order = {"who": who, "after": after, "delay_s": random.uniform(0, longest_s)}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return {"order": order, **self._answer()}

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the play ended; what it printed stands above"
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextlib.contextmanager
def playing(program: str, size: int) -> Iterator[Play]:
    """Run a play of this folder, sized for so many rounds or accounts, until the block is left."""
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} here")
    skip_unless_ordinary_user_can_run()
    user = NOBODY if os.geteuid() == 0 else None
    with ordinary_folder() as folder:
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name(program)), str(folder), str(size)],
            cwd="/",
            env={"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
        try:
            yield Play(process)
        finally:
            process.communicate(timeout=60)

"""The demo as `make run` plays it where there is no display: real processes, real widgets, in a folder of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.report import STEPS
from tests.demo.terminal import ROOT
from tests.keyring_session import missing_programs

PATIENCE_S = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tirai-demo-", dir="/tmp") as name:
        yield Path(name)


@pytest.mark.skipif(bool(missing_programs()), reason="a private keyring needs dbus-daemon and gnome-keyring-daemon")
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_that_without_a_display_the_demo_plays_every_step_and_leaves_nobody_behind(folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "-m", "tests.demo", "--build", str(folder)]
    played = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    report = json.loads((folder / "demo" / "report.json").read_text(encoding="utf-8"))
    failed = [step for step in report["steps"] if not step["ok"]]
    assert (played.returncode, report["ok"], failed) == (0, True, []), played.stdout[-4000:] + played.stderr[-2000:]
    assert [step["step"] for step in report["steps"]] == list(STEPS)
    assert set(report["steps"][0]) == {"step", "ok", "ms", "screenshot", "sees"}
    for step in report["steps"]:
        assert (folder / "demo" / step["screenshot"]).read_bytes().startswith(b"\x89PNG")
        assert step["sees"]
    assert [line for line in played.stderr.splitlines() if line.startswith("fault ")] == []
    assert who_stays(folder) == []


def test_that_the_steps_are_those_of_the_story_in_their_order() -> None:
    assert " ".join(STEPS) == "set_up import sign_in search masked reveal unlock note end audit"


def processes_that_name(folder: Path) -> list[int]:
    """Processes whose command line names a folder."""
    return [pid for pid in _everybody() if str(folder).encode() in _command_of(pid)]


def who_stays(folder: Path) -> list[int]:
    """The same of those who stay: who was told to leave may still be at it."""
    end = time.monotonic() + PATIENCE_S
    while (stay := processes_that_name(folder)) and time.monotonic() < end:
        time.sleep(0.1)
    return stay


def _everybody() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""

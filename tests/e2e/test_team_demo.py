"""The team as `make run-team` plays it where there is no display: real PostgreSQL, gateways, consoles and keyrings."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.team_story import STEPS
from tests.demo.terminal import ROOT
from tests.e2e.test_demo import who_stays
from tests.keyring_session import missing_programs


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tirai-team-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(bool(missing_programs()), reason="a private keyring needs dbus-daemon and gnome-keyring-daemon")
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_that_an_unlock_goes_on_at_the_other_gateway_when_one_is_killed(folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "-m", "tests.demo.team_run", "--build", str(folder)]
    played = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    report = json.loads((folder / "team" / "report.json").read_text(encoding="utf-8"))
    failed = [step for step in report["steps"] if not step["ok"]]
    assert (played.returncode, report["ok"], failed) == (0, True, []), played.stdout[-4000:] + played.stderr[-2000:]
    assert [step["step"] for step in report["steps"]] == list(STEPS)
    for step in report["steps"]:
        assert (folder / "team" / step["screenshot"]).read_bytes().startswith(b"\x89PNG")
    told = played.stdout
    assert told.index("] kill: ok") < told.index("] approve: ok") < told.index("] open: ok")
    assert who_stays(folder) == []

"""An office made at the window, with real processes and a real keyring: a fresh console follows and knows it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keyring_session import missing_programs, private_keyring
from tests.ordinary_user import PROJECT

WAIT_S = 280


@pytest.mark.slow
@pytest.mark.skipif(bool(missing_programs()), reason="dbus-daemon and gnome-keyring-daemon are needed")
def test_that_an_office_made_at_the_window_is_known_to_the_fresh_console_that_follows(tmp_path: Path) -> None:
    home, out = tmp_path / "office", tmp_path / "events"
    with private_keyring(tmp_path) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.set_up_play", str(home), str(out)],
            cwd=PROJECT,
            env={**environment, "QT_QPA_PLATFORM": "offscreen"},
            timeout=WAIT_S,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    events = [json.loads(line) for line in out.read_text().splitlines()]
    assert [event["what"] for event in events] == ["kit", "door"]
    assert events[0]["pid"] != events[1]["pid"]
    assert (home / "office.json").is_file()

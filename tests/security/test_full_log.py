"""A29: on a disk that is really full nothing opens, because nothing can be written down; the screen says so.

Enforced by *authority*: the entry is committed before the office's half leaves (`app/backoffice/reveal.py`).
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.attack("A29")
def test_that_a_full_disk_opens_no_field_shows_no_log_and_stands_on_the_screen(tmp_path: Path) -> None:
    """A real office and a real console's window over a file system of 24 MiB, filled to the last byte."""
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    can_mount = [*unshare, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if shutil.which("unshare") is None or subprocess.run(can_mount, capture_output=True, check=False).returncode:
        pytest.skip("nobody here may mount a small file system, not even in a namespace of their own")
    play = [*unshare, sys.executable, str(Path(__file__).with_name("audit_disk_play.py")), str(tmp_path)]
    done = subprocess.run(play, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert "The audit log cannot be written, so nothing can be opened. Call IT (A1)." in told["said"]
    assert not told["open"]
    assert told["grew"] == 0
    assert told["search"] == "audit", "who looks into the log is written down first, too"
    assert told["found"] == 4, "work with masks goes on"
    assert told["open_again"], "the control: with room on the disk the same press opens the field"
    assert (told["reveals"], told["holds"]) == (1, True)

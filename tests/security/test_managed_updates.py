"""Where the organisation brings updates itself, Tirai asks nobody: not one packet, and nothing is read for it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ordinary_user import PROJECT


@pytest.mark.slow
@pytest.mark.attack("A43")
def test_that_managed_updates_send_not_one_packet() -> None:
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    cards = [*unshare, "ip", "tuntap", "add", "dev", "out", "mode", "tun"]
    if shutil.which("unshare") is None or subprocess.run(cards, capture_output=True, check=False).returncode:
        pytest.skip("nobody here may make a network of their own (unshare, iproute2)")
    play = [*unshare, sys.executable, str(Path(__file__).with_name("packets_play.py"))]
    told = subprocess.run(
        play,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": ".:packaging"},
    )
    assert told.returncode == 0, told.stderr
    counted = json.loads(told.stdout.splitlines()[-1])
    assert counted["silent"] == {"packets": 0, "ends": [0, 0, 0]}
    assert counted["managed"] == {"packets": 0, "ends": [0, 0, 0]}
    assert counted["control"]["packets"] > 0, "the control: a look is seen"
    assert counted["control"]["ends"] != [0, 0, 0]

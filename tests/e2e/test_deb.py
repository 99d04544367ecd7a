"""The package as `make deb` builds and tries it; see `packaging/try_deb.py` for what the trial covers."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.demo.report import STEPS
from tests.demo.terminal import ROOT

BUILD = ROOT / "build" / "deb"
NEEDED = ("mmdebstrap", "dpkg-shlibdeps", "objdump", "unshare", "nsenter")
PARTS = (
    "install",
    "self-check without keyring",
    "self-check",
    *STEPS,
    "the shipped console signs in by key events",
    "after its guardian's death it wipes and starts afresh",
    "purge",
)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(os.geteuid() != 0, reason="a minimal Debian root is made by root")
@pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}; `make deb` brings them")
def test_that_the_package_installs_checks_itself_plays_the_story_and_leaves() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "make_deb.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    report = json.loads((BUILD / "report.json").read_text(encoding="utf-8"))
    assert report["ok"]
    assert {part["part"] for part in report["parts"]} == set(PARTS)
    about = json.loads((BUILD / "package.json").read_text(encoding="utf-8"))
    assert any(word.startswith("libc6 (>= ") for word in about["depends"])
    assert tuple(map(int, about["glibc"].split("."))) >= (2, 34)

"""Programs of a process of their own, for what a test's process must not do: harden itself, fork, be killed."""

import subprocess
import sys
import textwrap
from pathlib import Path

GONE = """
def gone(pid):
    for _ in range(12_000):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] in "ZX":
                return True
        except OSError:
            return True
        time.sleep(0.01)
    return False
"""
"""Whether a process ends within two minutes; wants `time` and `Path`."""


def played(prologue: str, program: str) -> str:
    """What a program prints, which begins with a prologue and ends well."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", prologue + textwrap.dedent(program)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()

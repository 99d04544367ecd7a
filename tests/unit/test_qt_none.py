"""The Qt binding in use keeps its reference to `None`: void calls do not abort the process.

PySide6 6.12.0 on Python 3.11 loses one reference to `None` per call of a void method; after some thousands the
interpreter ends with `Fatal Python error: none_dealloc`. `pyproject.toml` keeps that pair apart, this proves it.
"""

import os
import subprocess
import sys

CALLS = 200_000
PROGRAM = f"""
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for _ in range({CALLS}):
    label.setText("x")
print("alive")
"""


def test_that_two_hundred_thousand_void_calls_leave_the_process_alive() -> None:
    child = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert child.stdout.strip() == "alive"

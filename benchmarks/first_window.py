"""First window: from the start of a process to its first paint, beside a bare QApplication with one label.

Ours is the whole way a person waits for: interpreter, imports of the command, guardian, fork, Qt, main window. Nothing
but the wiring is changed: the first paint is reported, then the process ends.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.harness import ROOT, Goal, Report, arguments, in_turns, work_folder

_REPORT = """
def on_first_paint(widget):
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                QTimer.singleShot(0, self.report)
            return False
        def report(self):
            os.write(1, b"%f\\n" % time.monotonic())
            QApplication.exit(0)
    watch = Watch(widget)
    watch.seen = False
    widget.installEventFilter(watch)
"""
BARE = f"""
import os, time
{_REPORT}
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(["bare"])
label = QLabel("Tirai")
on_first_paint(label)
label.resize(1180, 760)
label.show()
application.exec()
"""
CONSOLE = f"""
import os, sys, time
{_REPORT}
from pathlib import Path
from app.guardian.process import harden
harden(keep=("QT_QPA_PLATFORM",))
import app.cli
from app.bootstrap import Program, run_console
from app.storage.places import Places
here = Path(sys.argv[1])
places = Places(here / "home", here / "cache", here / "run").prepare()
sys.exit(run_console(Program(places, on_console=on_first_paint)))
"""


def first_paint_ms(code: str, folder: Path, platform: str) -> float:
    """Milliseconds from the spawn to the first paint; what Python compiles stays, as in an installed program."""
    keyring = {"PYTHON_KEYRING_BACKEND": "", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    env = os.environ | {"QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)} | keyring | compiled
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], env=env, capture_output=True, text=True, check=False, cwd=ROOT
    )
    painted = [float(line) for line in done.stdout.split()]
    if not painted:
        raise RuntimeError(f"Nothing was painted (exit code {done.returncode}): {done.stderr[-2000:]}")
    return (painted[0] - started) * 1000


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=11)
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    report = Report("first_window", "First window", {"repeats": asked.repeats, "Qt platform": platform})
    with work_folder() as folder:
        for code in (BARE, CONSOLE):
            first_paint_ms(code, folder, platform)
        taken = in_turns(
            {
                "ours": lambda: first_paint_ms(CONSOLE, folder, platform),
                "bare": lambda: first_paint_ms(BARE, folder, platform),
            },
            asked.repeats,
        )
    report.add(
        "start to first paint",
        taken["ours"],
        taken["bare"],
        unit="ms",
        peer_name="bare QApplication and QLabel",
        goal=Goal(1.4),
    )
    report.finish()


if __name__ == "__main__":
    main()

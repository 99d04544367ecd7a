"""First window: from the start of a process to its first paint, beside a bare QApplication with one label.

Ours is the whole way a person waits for: interpreter, guardian, fork, Qt, the main window with its door (a home with an
office's name plate, as after set-up). Nothing but the wiring is changed: the first paint is reported, then a letter is
typed, and the process ends when the account's field shows it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.harness import ROOT, Report, arguments, in_turns, work_folder

_REPORT = """
def on_first_paint(widget):
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QLineEdit
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                QTimer.singleShot(0, self.report)
            return False
        def report(self):
            os.write(1, b"%f\\n" % time.monotonic())
            field = watch.parent().findChild(QLineEdit, "account")
            if field is None:
                QApplication.exit(0)
                return
            field.textEdited.connect(self.typed)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
                QApplication.postEvent(widget.focusWidget(), key)
        def typed(self):
            QTimer.singleShot(0, self.leave)
        def leave(self):
            os.write(1, b"%f\\n" % time.monotonic())
            QApplication.exit(0)
    watch = Watch(widget)
    watch.seen = False
    widget.installEventFilter(watch)
"""
OFFICE_FILE = "home/office.json"
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
import app.__main__
from pathlib import Path
from app.bootstrap.console import run_console
from app.bootstrap.program import Program
from app.guardian.process import harden
from app.storage.places import Places
harden(keep=("QT_QPA_PLATFORM",))
here = Path(sys.argv[1])
places = Places(here / "home", here / "cache", here / "run").prepare()
sys.exit(run_console(Program(places, on_console=on_first_paint)))
"""


def start_ms(code: str, folder: Path, platform: str) -> list[float]:
    """Milliseconds from the spawn to the first paint, and to the letter in the field if there is one.

    What Python compiles stays, as in an installed program.
    """
    keyring = {"PYTHON_KEYRING_BACKEND": "", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    env = os.environ | {"QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)} | keyring | compiled
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], env=env, capture_output=True, text=True, check=False, cwd=ROOT
    )
    seen = [(float(line) - started) * 1000 for line in done.stdout.split()]
    if len(seen) != (1 if code is BARE else 2):
        raise RuntimeError(f"Nothing was painted, or typed (exit code {done.returncode}): {done.stderr[-2000:]}")
    return seen


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=11)
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    report = Report("first_window", "First window", {"repeats": asked.repeats, "Qt platform": platform})
    with work_folder() as folder:
        (folder / "home").mkdir(mode=0o700)
        (folder / OFFICE_FILE).write_text("{}")
        typed: list[float] = []

        def ours() -> float:
            painted, letter = start_ms(CONSOLE, folder, platform)
            typed.append(letter)
            return painted

        for code in (BARE, CONSOLE):
            start_ms(code, folder, platform)
        taken = in_turns({"ours": ours, "bare": lambda: start_ms(BARE, folder, platform)[0]}, asked.repeats)
    peer = "bare QApplication and QLabel, painted"
    report.add("start to first paint", taken["ours"], taken["bare"], unit="ms", peer_name=peer)
    report.add("start to a letter in the field", typed, taken["bare"], unit="ms", peer_name=peer)
    report.finish()


if __name__ == "__main__":
    main()
